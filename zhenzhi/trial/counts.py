"""What the trial counts, by name, and where it is kept for the prose of the book: ``data/trial.csv``."""

import csv
import io
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

from zhenzhi.files import write_all
from zhenzhi.relations.measure import Rate
from zhenzhi.trial.passages import KINDS
from zhenzhi.trial.run import FAILS, UNSEEN, Trial, saying

FILE = "trial.csv"
COLUMNS = ("name", "value", "whole")

#: One relation of so many is wrong.
ONE_IN = (10, 100, 1000)
#: The share of alarms that one would have be true, where one relation of a hundred is wrong.
TRUE, RARE = Fraction(9, 10), Fraction(1, 100)


def counted(done: Trial) -> dict[str, Rate | int]:
    """Every count by name; one that is a part of another is a rate."""
    plain, passing = ([one for one in done.wrong if one.plain is told] for told in (True, False))
    both = {kind for kind, wordings in KINDS.items() if wordings.plain and wordings.passing}
    plain_both, passing_both = ([one for one in own if one.kind in both] for own in (plain, passing))
    last, others = ([one for one in plain if (one.error == "last") is so] for so in (True, False))
    right = len(done.told) - len(done.wrong)
    return {
        "texts": done.texts,
        "figures": done.figures,
        "held": Rate(done.held, done.figures),
        "wordings": sum(len(wordings.plain + wordings.passing) for wordings in KINDS.values()),
        "relations": len(done.told),
        "wrong": Rate(len(done.wrong), len(done.told)),
        "wrong-plain": Rate(len(plain), len(done.wrong)),
        "wrong-passing": Rate(len(passing), len(done.wrong)),
        "found": done.found,
        "found-plain": saying(FAILS, plain),
        "found-passing": saying(FAILS, passing),
        "wrong-plain-both": Rate(len(plain_both), len(plain)),
        "wrong-passing-both": Rate(len(passing_both), len(passing)),
        "found-plain-both": saying(FAILS, plain_both),
        "found-passing-both": saying(FAILS, passing_both),
        "unseen-passing": saying(UNSEEN, passing),
        "wrong-last": Rate(len(last), len(plain)),
        "wrong-others": Rate(len(others), len(plain)),
        "found-last": saying(FAILS, last),
        "found-others": saying(FAILS, others),
        "decided": Rate(len(done.decided), len(done.told)),
        "failing": saying(FAILS, done.decided),
        "right": Rate(right, len(done.told)),
        "alarms": done.false_alarms,
        **{f"worth-{many}": int(100 * done.worth(Fraction(1, many))) for many in ONE_IN},
        "needed": done.needed(RARE, TRUE),
    }


def keep(counts: Mapping[str, Rate | int], folder: Path) -> None:
    """Writes the counts into a data package."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, count in counts.items():
        writer.writerow([name, *((count.found, count.of) if isinstance(count, Rate) else (count, None))])
    write_all({folder / FILE: stream.getvalue().encode()})
