"""What a figure counts: its unit, the classifier behind it, the noun behind or before it."""

import re
from functools import lru_cache

from zhenzhi.scan.figure import Figure
from zhenzhi.scan.patterns import STOPS
from zhenzhi.scan.reader import Reader
from zhenzhi.scan.words import words

#: 港币26.8万元
_CURRENCIES = {"港币": "hkd", "港元": "hkd", "美元": "usd", "美金": "usd"}
_PAID = re.compile("[挣赚花卖买付]|工资|收入|价")
_OF_PEOPLE = frozenset("名位")
#: 28.5米/秒(10级)雷暴大风
_GALE = re.compile(r"\)?(?:以上)?(?:的)?(?:雷暴|短时|极端|瞬时)?大风")
_PHRASE = re.compile(f"[^{re.escape(''.join(sorted(STOPS)))}的和及且0-9]*")


class Nouns(Reader):
    """Tells units."""

    def _unit(self, figure: Figure, unit: str, end: int, changes: bool) -> str | None:
        """The unit that a word stands for here."""
        if unit == "级" and ("风" in self.context.clause(figure.at) or _GALE.match(self.text, end)):
            return "wind-force"
        if unit == "方" and figure.size:
            return "cubic-metre"  # 供水6万方
        if unit == "元" and self.text[figure.at - 2 : figure.at] in _CURRENCIES:
            return _CURRENCIES[self.text[figure.at - 2 : figure.at]]
        if unit == "块" and _PAID.search(self.context.clause(figure.at)):
            return "yuan"  # 一月能挣四千块
        units = self.words.unit_of_tail(unit)
        named = units[0] if len(units) == 1 else self._told_unit(figure.at, end, units, unit)
        if changes and unit == "位":
            named = "position"  # 较去年上升2位
        self.told_by[unit] = named, self.context.sentences
        return named

    def _behind_classifier(self, place: int, own: str) -> tuple[str, bool]:
        """A classifier with the noun behind it that tells the unit, and whether it counts parts: 大行动计划, 个网格.

        ``own`` is the unit that is written at ``place``.
        """
        text, known = self.text, self.words
        first = text[place]
        offset = place + max(len(own), 1)
        near = phrase(text, offset, 8)
        part = known.part.match(near) if first not in _OF_PEOPLE else None
        noun_end = part.end() if part else 0
        parts = bool(noun_end) and first in "大个项类条张套份"
        if not noun_end and first in "个项条大类" and len(near) < 7:  # 20条具体举措
            parts = known.ends_with_part(near)
            noun_end = len(near) if parts else 0
        if first == "大":
            ends = [match.end() for match in known.noun.finditer(near)]
            if not noun_end and ends:
                noun_end = ends[0]
            noun_end = max([noun_end, *(end for end in ends if end <= 6)])
            return text[place : offset + noun_end], True
        if noun_end and known.unit_of_tail(near[:noun_end]):
            return text[place : offset + noun_end], parts
        for length in (4, 3, 2) if first not in _OF_PEOPLE else ():  # 名社区工作者 counts people
            if near[:length] in known.unit_words:
                return text[place : offset + min(length, len(near))], parts
        return own, parts

    def _told_unit(self, at: int, end: int, cands: tuple[str, ...], unit: str) -> str | None:
        """Which of several units is meant: the noun behind the figure says, or the one before it, or the classifier."""
        if "person-trip" in cands:
            return self._turnout(at, end, cands, unit)
        told = self._noun_behind(end)
        if told in cands:
            return told
        behind = told
        told = self._noun_before(at)
        if told in cands and behind is None:
            return told
        named, sentences = self.told_by.get(unit, (None, 0))
        since = self.context.sentences - sentences
        if named in cands and since < 2:
            clause = self.context.clause(at)
            listed = behind is None and since == 0 and clause.startswith("其中")
            if listed or self.words.deals.fullmatch(clause):
                return named  # 收集意见1252条，解决1246条; 床位610张，其中医院430张
        for word in (unit, unit[:1]):
            default = self.words.classifiers.get(word)
            if default in cands:
                return default
        return cands[0] if cands else None

    def _turnout(self, at: int, end: int, cands: tuple[str, ...], unit: str) -> str | None:
        """What 人次 count: a word before the figure says or one behind it, or what they counted last in the sentence."""
        find, clause = self.words.turnout.findall, self.context.clause(at)
        told = [self.words.turnouts[word] for word in find(clause)[-1:] or find(phrase(self.text, end, 9))[:1]]
        for named in (*told, self._noun_before(at), self._noun_behind(end)):
            if named in cands:
                return named
        named, sentences = self.told_by.get(unit, (None, 0))
        if named in cands and sentences == self.context.sentences:
            return named
        ahead = find(self.context.sentence_before(at))  # 接待人次居前五位的景区为:清明湖45万人次
        return self.words.turnouts[ahead[-1]] if ahead else None

    def _noun_behind(self, place: int) -> str | None:
        """The unit of the last noun of the phrase that begins at an offset, up to a verb behind a noun."""
        return last_noun(phrase(self.text, place, 9), True)

    def _noun_before(self, place: int) -> str | None:
        """The unit of the last noun of the clause before an offset."""
        return last_noun(self.context.clause(place))


@lru_cache(maxsize=16384)
def last_noun(text: str, to_verb: bool = False) -> str | None:
    """The unit of the last noun of a text; where asked to, of the last before a verb: 名党员认领岗位 are people."""
    told, done, known = None, 0, words()
    for match in known.noun.finditer(text):
        if known.nouns[match.group()] == "none":
            continue
        verb = known.verb.search(text, done, match.start()) if to_verb and told else None
        if verb and known.verbs[verb.group()] in ("flow", "level"):
            break
        told, done = match.group(), match.end()
    return known.nouns[told] if told else None


def phrase(text: str, place: int, most: int) -> str:
    """The words from an offset to the end of a noun phrase."""
    return _PHRASE.match(text, place, place + most).group()  # type: ignore[union-attr]
