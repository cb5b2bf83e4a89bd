"""Whether the data package says the same in both languages: what has no Chinese, and where the two differ."""

import re
from collections.abc import Iterator
from decimal import Decimal

from zhenzhi.data.tables import Tables
from zhenzhi.data.twins import twins

#: Texts that are the same in both languages, by the key of their label: the name of a checksum.
_SAME_IN_BOTH = ("download-checksum.",)

#: What neither language words: roles, gaps of labels, code and addresses.
_UNWORDED = re.compile(r"\{[\w:-]+\}`[^`]*`|\{[^{}]*\}|`[^`]*`|https?://[^\s）]+")

#: What makes a text English: three of its words in a row. Two may be a name in a Chinese sentence.
_ENGLISH = re.compile(r"[A-Za-z]{2,}(?:,? [A-Za-z]+){2,}")

_HAN = r"[\u3400-\u9fff]"
#: Signs of half width, and blanks, that Chinese text does not have beside its characters.
_HALF_WIDTH = re.compile(rf"{_HAN}[,;:!?()]|[,;:!?()]{_HAN}|{_HAN} +[\u3400-\u9fff\d]|[\d%] +{_HAN}")
_QUOTED = re.compile(r"“[^”]*”")

#: Columns that give a name as the documents write it, whose numbers the English need not repeat.
_AS_WRITTEN = ("column title_zh", "column name_zh")

_SCALES = {"万": 10**4, "亿": 10**8, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_NUMBER = re.compile(r"(?<![A-Za-z_\d.])(\d+(?:,\d{3})*(?:\.\d+)?)[多余]?(万|亿| (?:thousand|million|billion))?")

_COUNTS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_MONTHS = "none january february march april may june july august september october november december".split()
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
#: English words that a Chinese text may have in digits.
_WORDS = {word: value for words in (_COUNTS, _ORDINALS, _MONTHS) for value, word in enumerate(words)} | _TENS
_WORDED = re.compile(rf"\b({'|'.join(_WORDS)})\b(?: (hundred|thousand|million|billion))?", re.IGNORECASE)


def untranslated(tables: Tables) -> Iterator[str]:
    """A line for each text that has no Chinese beside it: file, row, column and the English."""
    for where, english, chinese in twins(tables):
        if not chinese:
            missing = "empty" if ".csv" in where else "missing"
            yield f"{where}: {missing} beside {english!r}"


def differing(tables: Tables) -> Iterator[str]:
    """A line for each Chinese text that is English, is set as English is, or has other numbers than the English one."""
    for where, english, chinese in twins(tables):
        if not chinese:
            continue
        if _is_english(chinese) and not any(f"key {key}" in where for key in _SAME_IN_BOTH):
            yield f"{where}: {chinese!r} is English; expected Chinese"
            continue
        if where.endswith(_AS_WRITTEN):
            continue
        if half := _HALF_WIDTH.search(_QUOTED.sub("", _UNWORDED.sub("", chinese))):
            yield f"{where}: {half.group()!r} is of half width; expected full-width signs and no blank beside Chinese"
        ours, theirs = _numbers(chinese), _numbers(english)
        if missing := theirs - ours:
            yield f"{where}: {_told(missing)} stands in the English only; expected the same numbers in both"
        if added := ours - theirs - _worded(english):
            yield f"{where}: {_told(added)} stands in the Chinese only; expected the same numbers in both"


def _is_english(text: str) -> bool:
    """Whether a text is in Latin letters alone, or has an English phrase in it."""
    bare = _UNWORDED.sub("", text)
    if re.search(_HAN, text) is None:
        return len(re.findall("[A-Za-z]", bare)) > 1
    return _ENGLISH.search(bare) is not None


def _numbers(text: str) -> set[Decimal]:
    """The numbers that a text has in digits, in full: 5.2万 is 52,000."""
    return {
        Decimal(figure.replace(",", "")) * _SCALES.get(scale.strip(), 1)
        for figure, scale in _NUMBER.findall(_UNWORDED.sub("", text))
    }


def _worded(text: str) -> set[Decimal]:
    """The numbers, ordinals and months that an English text has in words."""
    return {
        Decimal(_WORDS[word.lower()]) * _SCALES.get(scale.lower(), 1)
        for word, scale in _WORDED.findall(_UNWORDED.sub("", text))
    }


def _told(numbers: set[Decimal]) -> str:
    return ", ".join(f"{number:f}" for number in sorted(numbers))
