"""Reads a text for quantities: one pass over its numerals, each told from dates, names, words and articles."""

from zhenzhi.collector import without_collection
from zhenzhi.scan import forms
from zhenzhi.scan.characters import Characters
from zhenzhi.scan.digits import Digits
from zhenzhi.scan.frequencies import Frequencies
from zhenzhi.scan.patterns import DIGITS
from zhenzhi.scan.result import Scan

_CAPITALS = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾佰仟")
_CHARACTERS = frozenset("零〇一二两三四五六七八九十百千万亿廿卅卌")


def scan(text: str) -> Scan:
    """The quantities that a text states, and its other numerals. Never raises on any text; linear in its length.

    Raises:
        DataError: the lexicon or the units of the data package cannot be read.
    """
    # What is found makes no cycles: looking for them again and again would double the time.
    with without_collection():
        return _Scanner(text).scan()


class _Scanner(Digits, Characters, Frequencies):
    """The whole of one pass."""

    def scan(self) -> Scan:
        text, context, search, place = self.text, self.context, forms.HEAD.search, 0
        while (match := search(text, place)) is not None:
            at = match.start()
            if at >= context.end:
                context.at(at)
            if text[at] == "零" and forms.BELOW_ZERO.match(text, at):
                at += 2  # the sign is read from its figure back
            character = text[at]
            if character in DIGITS:
                place = self._in_digits(at)
            elif character in _CHARACTERS:
                place = self._in_characters(at)
            elif character in "每首翻":
                place = self._in_words(at, character)
            elif character == "半":
                place = self._half(at)
            elif character in _CAPITALS:
                place = self._in_capitals(at)
            else:
                place = self._sign(at)
        return Scan(tuple(self.claims), tuple(self.numerals))
