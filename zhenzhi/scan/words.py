"""The words that the scanner knows, as data: ``lexicon.csv``, the words of ``units.csv``, the names of ``places.csv``."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache

from zhenzhi import paths
from zhenzhi.amounts.lexicon import Lexicon
from zhenzhi.errors import DataError
from zhenzhi.scan.places import Places

LEXICON, UNITS, PLACES = "lexicon.csv", "units.csv", "places.csv"
#: Numerals with which a word of the lexicon can begin, or which stand further inside it.
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿半")

#: Units that count acts, or time, and not things.
_ACTS = frozenset(
    "person-trip person-time attendance time session household-trip firm-visit vehicle-trip event case dispute opinion task "
    "record year month week day hour minute second quarter half-year transaction payment".split()
)


class Words:
    """What the scanner knows of words.

    Attributes:
        units: finds the units that a wording may mean.
        things: those of them that are things as well: a large number of them is no number of parts.
        unit_lengths: by its first two characters, the lengths of the words that write a unit, longest first; none of a word
            that begins like one and is none. Where a pair is not in it, the first character may be one.
        nouns: each noun with the unit that counts it.
        noun: finds nouns.
        parts: nouns of which plans, bodies and lists are said to have so many; part: finds them; ends_with_part: whether a
            text ends with one.
        verb: finds words that tell a flow or a level; verbs: what each tells.
        status: finds words that tell what is planned, pledged or forecast; statuses: what each tells.
        done, already, intent: find words of what was done, those of them that count in a section of plans, and of intentions.
        running: finds verbs of what goes on with a thing that is there, also in a plan.
        report_heading, plan_heading, plan_title: find what headings and titles say of their sections and texts.
        unsure_heading: finds a heading that names projects, done or not.
        target: finds a target right before a figure; target_ends: with these it ends.
        plan_parts, announced: find a plan behind its parts, and what announces them before.
        document_tells: finds 《行动方案》提出.
        happens: finds behind a count what happened to so many: 2967人报名.
        crowd: finds a noun of people.
        surnames: surnames of one character; title: finds at its end what stands before a person's name, or opens a by-line.
        eras: names of reigns and of the Republic, by which years are numbered.
        no_units: words of two characters that begin like a unit and are none: 台阶, 名单.
        page_label: finds before a number what a page counts or numbers itself by: 浏览次数, 邮编.
        numbered: nouns that bear a number behind them (案例一, 地块2), with what that number is;
            numbered_noun: finds one before an offset; numbered_ends: with these characters they end.
        issued: finds at its end what tells when a page was issued: 成文日期.
        money: finds words of what is told in yuan; classed, of what is classed by size; institution, a body with a number.
        turnout: finds words that tell what 人次 count; turnouts: the unit that each tells.
        deals: matches a clause that only tells what was done with things named before it: 成功化解.
        counted: units of things of which a place has so many at a time.
        classifiers: the unit of a classifier where no noun says more.
        places: finds the places of the data package.
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, str, str]],
        units: Iterable[tuple[str, str, bool]],
        places: Iterable[tuple[str, str, str | None]] = (),
    ):
        self.places = Places(places)
        sorts: dict[str, dict[str, str]] = defaultdict(dict)
        for word, sort, means in rows:
            sorts[sort][word] = means
        units = list(units)
        self.units = Lexicon((unit, words.split()) for unit, words, _ in units)
        self.counted = frozenset(unit for unit, _, counted in units if counted) - _ACTS
        self.unit_words = frozenset(word for word in self.units.words if word[0] not in "每一")
        self.unit_lengths = _lengths_by_pair(self.unit_words, sorts["no-unit"])
        self.nouns = sorts["noun"]
        self.noun = _any_of(self.nouns)
        self.parts = frozenset(sorts["part"])
        self.things = frozenset(word for word, means in sorts["part"].items() if means == "thing")
        self.part = re.compile(f"(?:{_any_of(self.parts).pattern})(?![员长])")
        endings = tuple(part for part in self.parts if len(part) > 1)
        self.ends_with_part = lru_cache(maxsize=4096)(lambda text: text.endswith(endings))
        self.verbs = sorts["verb"]
        self.verb = _any_of(self.verbs)
        self.statuses = sorts["status"]
        self.status = _any_of(self.statuses)
        self.done, self.intent = _any_of(sorts["done"]), _any_of(sorts["intent"])
        self.running = _any_of(sorts["running"])
        self.already = _any_of(word for word, means in sorts["done"].items() if means == "already")
        self.report_heading = _any_of(sorts["report-heading"])
        self.unsure_heading = re.compile(f"(?:{_any_of(sorts['unsure-heading']).pattern})$")
        self.plan_heading, self.plan_title = _plan_heading(sorts), _plan_title(sorts["plan-title"])
        self.target = re.compile(f"(?:{_any_of(sorts['target']).pattern})(?:数|值)?(?:为|是|定为)?$")
        self.target_ends = frozenset("数值为是划的") | {word[-1] for word in sorts["target"]}
        self.plan_parts = re.compile(f"[^，。；、\n]{{0,10}}?(?:{_any_of(sorts['plan-parts']).pattern})")
        self.announced = re.compile(f"(?:{_any_of(sorts['announce']).pattern})(?:[^，。；“”\n]|“[^”\n]*”)*$")
        self.document_tells = re.compile(
            f"(?:{_any_of(sorts['document']).pattern})》[^。；\n]{{0,24}}?(?:{_any_of(sorts['document-verb']).pattern}|:)"
        )
        self.page_label = re.compile(f"(?P<label>{_any_of(sorts['page-label']).pattern})[^，。；]{{0,5}}$")
        self.numbered = sorts["numbered"]
        self.numbered_noun = re.compile(f"(?:{_any_of(self.numbered).pattern})$")
        self.numbered_ends = frozenset(word[-1] for word in self.numbered)
        self.issued = re.compile(f"(?:{_any_of(sorts['issued']).pattern})$")
        self.money, self.classed = _any_of(sorts["money"]), _any_of(sorts["classed"])
        self.turnouts = sorts["turnout"]
        self.turnout = _any_of(self.turnouts)
        deals = _any_of(sorts["deals"]).pattern
        self.deals = re.compile(f"(?:其中|已|共|累计|成功|全部|当场|及时|均|了|(?:今|去|当|[0-9]{{4}})年|{deals})+")
        self.institution = re.compile(f"[一-鿿]{{0,4}}?(?:{_any_of(sorts['institution']).pattern})")
        self.classifiers = sorts["classifier"]
        self.no_units = frozenset(sorts["no-unit"])
        self.eras = frozenset(sorts["era"])
        self.surnames = frozenset(sorts["surname"])
        self.crowd = _any_of(word for word, means in self.nouns.items() if means == "person" and len(word) > 1)
        self.happens = re.compile(
            f"(?:{self.crowd.pattern})?(?:已|均|全部|成功|先后|陆续|前来|免费|被){{0,2}}(?:{_any_of(sorts['happens']).pattern})"
        )
        self.title = re.compile(rf"(?:(?:{_any_of(sorts['title']).pattern})[: ]?|。\()$")
        self.unit_of_tail = lru_cache(maxsize=4096)(self._unit_of_tail)
        self._numerals = sorts["numeral"]
        self._shapes = _shapes(self._numerals)

    def _unit_of_tail(self, written: str) -> tuple[str, ...]:
        """The units that may be meant by the words behind a figure: 个, 个网格, 大工业园区."""
        told = self.nouns.get(written[1:])
        return self.units.units(written) or ((told,) if told and told != "none" else ())

    def numeral_word(self, text: str, at: int, done: int) -> tuple[int, int, str] | None:
        """The longest word of the lexicon whose first numeral stands at an offset, and why it is no claim."""
        shapes = self._shapes.get(text[at : at + 2]) or self._shapes.get(text[at], ())
        for before, length in shapes:
            start = at - before
            if start >= done:
                word = text[start : start + length]
                reason = self._numerals.get(word)
                if reason is not None:
                    return start, start + len(word), reason
        return None


def _any_of(words: Iterable[str]) -> re.Pattern:
    """Finds any of the words, the longest first; by their first characters, so that few are tried at each place."""
    ends: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        ends[word[0]].append(re.escape(word[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in ends.items()) or r"(?!)")


def _plan_heading(sorts: dict[str, dict[str, str]]) -> re.Pattern:
    """Finds at the end of a line what heads a section of plans: 工作目标, 下一步工作重点."""
    ahead, nouns, whole = (_any_of(sorts[sort]).pattern for sort in ("plan-time", "plan-noun", "plan-heading"))
    return re.compile(f"(?:(?:{ahead}|[0-9]{{2}}年).{{0,10}}(?:{nouns})(?:要求)?|{whole})$")


def _plan_title(words: dict[str, str]) -> re.Pattern:
    """Finds in a line what is the title of a plan."""
    ends = _any_of(word for word, means in words.items() if means == "end").pattern
    anywhere = _any_of(word for word, means in words.items() if means != "end").pattern
    return re.compile(f"{anywhere}|(?:{ends})(?:的通知)?$")


def _lengths_by_pair(words: frozenset[str], none: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = defaultdict(set)
    for word in words:
        if len(word) > 1:
            found[word[:2]] |= {len(word), *([1] if word[0] in words else [])}
    by_pair = {pair: tuple(sorted(lengths, reverse=True)) for pair, lengths in found.items()}
    return by_pair | dict.fromkeys(none, ())


def _shapes(words: Iterable[str]) -> dict[str, tuple[tuple[int, int], ...]]:
    """How many characters stand before the first numeral of a word, and how long words are; the longest first.

    By the numeral and the character behind it; by the numeral alone for words that end with it.
    """
    last: dict[str, set[tuple[int, int]]] = defaultdict(set)
    found: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for word in words:
        first = next(place for place, character in enumerate(word) if character in _NUMERALS)
        shapes = found[word[first : first + 2]] if first + 1 < len(word) else last[word[first]]
        shapes.add((first, len(word)))
    for pair, shapes in found.items():
        shapes |= last.get(pair[0], set())
    return {
        key: tuple(sorted(shapes, key=lambda shape: (-shape[1], -shape[0])))
        for key, shapes in [*last.items(), *found.items()]
    }


@cache
def words() -> Words:
    """The words of the data package.

    Raises:
        DataError: a table is missing or a row of the lexicon is not as it should be.
    """
    rows = []
    for line, row in enumerate(_read(LEXICON), 2):
        word, sort, means = row["word"], row["sort"], row["means"]
        if sort == "numeral" and not _NUMERALS.intersection(word):
            raise DataError([f"{LEXICON}, row {line}, column word: {word!r} holds no numeral; expected one"])
        rows.append((word, sort, means))
    units = [(row["unit"], row["written_zh"] or "", row["counted"] == "true") for row in _read(UNITS)]
    places = [(row["place_id"], row["name_zh"], row["parent_id"]) for row in _read(PLACES)]
    return Words(rows, units, places)


def _read(name: str) -> list[dict[str, str]]:
    path = paths.DATA / name
    if not path.is_file():
        raise DataError([f"{name}: the file is missing"])
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
