"""Other digits in the place of a figure: a check that fails with none of them could not have failed.

A figure keeps its words, its unit and the number of its digits: in the place of 36 could stand anything from 10 to 99, in
that of 51.7 anything from 10.0 to 99.9. What a check computes moves in one direction with each figure, so that the lowest and
the highest of these values fail wherever one between them does.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

from zhenzhi.audit.inputs import Inputs

#: The lowest and the highest value that can stand in the place of a size, the size of its last written digit given too.
Ends = Callable[[Fraction, Fraction], tuple[Fraction, Fraction]]

#: The part of a check that is a name by which its other figures are measured: it has no other digits.
_NAME = "label"


def every(size: Fraction, step: Fraction) -> tuple[Fraction, Fraction]:
    """The ends of all values with as many digits: of 36, 10 and 99."""
    lowest = 10 ** (len(str(int(size / step))) - 1)
    return lowest * step, (10 * lowest - 1) * step


def last(size: Fraction, step: Fraction) -> tuple[Fraction, Fraction]:
    """The ends of all values with another last digit: of 36, 30 and 39; of 6, 1 and 9."""
    lowest = size - size // step % 10 * step
    return max(lowest, every(size, step)[0]), lowest + 9 * step


def others(inputs: Inputs, ends: Ends) -> Iterator[dict[str, Fraction]]:
    """Each figure of a check in turn with the values that could stand in its place."""
    for name in dict.fromkeys(inputs.names):
        figure = inputs.written(name)
        if figure.value is None or figure.step is None or inputs.part_of(name) == _NAME:
            continue
        sign = -1 if figure.value < 0 else 1
        for size in ends(abs(figure.value), figure.step):
            if sign * size != figure.value:
                yield {name: sign * size}
