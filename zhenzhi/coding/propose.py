"""What a scan of a document proposes as rows: how far a row can be filled without a person, and what is to be looked at."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhenzhi.amounts.around import squeezed
from zhenzhi.data import standard
from zhenzhi.data.rows import rows_of
from zhenzhi.data.sources import uncovered
from zhenzhi.data.tables import Tables, places_within
from zhenzhi.scan import Claim, scan
from zhenzhi.scan.context import verb_says
from zhenzhi.scan.places import Places
from zhenzhi.scan.words import words

Draft = dict[str, str]

#: Up to so many characters before and behind a figure tell what it measures, unless the clause ends.
_BEFORE, _BEHIND = 24, 10
_ENDS = re.compile("[，。；、！？：,;:!?\\n]")
_SENTENCE = re.compile("[。！？；\\n]")

#: A village or the like of which the text says where it is done: 在中南村建成.
_PLACE = re.compile("[在于赴](?![全各每本该这那此多某其])([一-鿿]{2,3}?(村|社区|街道))(?![级民务委居干])")

#: A growth that stands so close behind an amount is that of the amount.
_NEAR = 3

#: The least part of an indicator's name that must stand beside a figure.
_ENOUGH = 0.75


@dataclass(frozen=True)
class Reach:
    """An article as drafts need it: its span, and the places that it is about."""

    start: int
    end: int
    places: tuple[str, ...]


def places_of(tables: Tables) -> Places:
    """What finds the places of a data package in a text."""
    return Places(zip(tables.places.index, *(tables.places[name] for name in ("name_zh", "parent_id")), strict=True))


def drafts(tables: Tables, document_id: str, text: str, articles: Sequence[Reach]) -> list[Draft]:
    """A row of ``drafts.csv`` for each quantity that a scan finds, and for each other numeral; no numeral is left out."""
    found = scan(text)
    known = places_of(tables)
    rows = [_claim(tables, known, document_id, text, articles, claim) for claim in found.claims]
    rows += [
        _numeral(document_id, row.start, row.end, text, row.reason, "1", "")
        for row in found.numerals
    ]  # fmt: skip
    rows += left_over(document_id, text, rows)
    rows.sort(key=lambda row: int(row["start"]))
    _mark_growths(tables, rows)
    _mark_repeats(rows, text)
    return rows


def left_over(document_id: str, text: str, rows: Iterable[Draft]) -> list[Draft]:
    """Proposals for the numerals that none of the rows holds."""
    held = [(int(row["start"]), int(row["end"])) for row in rows]
    return [
        _numeral(document_id, start, end, text, "word", "0", "left over") for start, end in uncovered(text, held)
    ]  # fmt: skip


def _numeral(document_id: str, start: int, end: int, text: str, reason: str, confidence: str, rule: str) -> Draft:
    return {
        "document_id": document_id, "start": str(start), "end": str(end), "as_written": squeezed(text[start:end]),
        "proposed": "numeral", "reason": reason, "confidence": confidence, "rule": rule,
    }  # fmt: skip


def _claim(
    tables: Tables, known: Places, document_id: str, text: str, articles: Sequence[Reach], claim: Claim
) -> Draft:  # fmt: skip
    article = next(own for own in articles if own.start <= claim.start < own.end)
    near = likely(tables, text, claim.start, claim.end, claim.unit, claim.kind)
    period = (claim.period or "").replace("?", "").split("/")
    carried = ", period carried" if "?" in (claim.period or "") else ""
    row = {
        "document_id": document_id, "start": claim.start, "end": claim.end, "as_written": claim.as_written,
        "proposed": "claim", "claim_id": f"{document_id}-{claim.start}", "kind": claim.kind, "status": claim.status,
        "place_id": place(tables, known, text, claim.start, article.places),
        "value": claim.value, "value_high": claim.value_high,
        "unit": claim.unit, "qualifier": claim.qualifier, "period_start": period[0], "period_end": period[-1],
        "comparison": claim.comparison, "comparison_zh": _in_chinese(tables, claim.comparison),
        "confidence": f"{claim.confidence:g}", "rule": f"{claim.rule}{carried}",
        **(of_indicator(tables, near[0]) if near else {}),
    }  # fmt: skip
    return {column: "" if cell is None else str(cell) for column, cell in row.items()}


def of_indicator(tables: Tables, indicator_id: str) -> Draft:
    """What follows for a claim from its indicator: its labels, the rung of other claims, the kind of a standard one."""
    name_en, name_zh = standard.row(tables, indicator_id)[["name_en", "name_zh"]]
    own = tables.standard_indicators
    usual = own.loc[indicator_id, ["kind", "rung"]].to_dict() if indicator_id in own.index else {"rung": ""}
    rungs = Counter(tables.claims.loc[tables.claims["indicator_id"] == indicator_id, "rung"])
    return {
        "indicator_id": indicator_id, "label_zh": name_zh, "label_en": name_en[:1].lower() + name_en[1:],
        **usual, **({"rung": rungs.most_common(1)[0][0]} if rungs else {}),
    }  # fmt: skip


def likely(
    tables: Tables, text: str, start: int, end: int, unit: str | None, kind: str | None, enough: float = _ENOUGH
) -> list[str]:
    """The indicators that a figure may be one of, the likeliest first: told in its unit, their name or words beside it.

    Of words that stand beside it whole the longest says most: 规模以上工业总产值 is not what 工业总产值 tells.
    """
    beside = clause(text, start, end)
    scores: dict[str, tuple[float, int]] = {}
    for _, name, own, usual, told in rows_of(tables.standard_indicators, "indicator_id", "unit", "kind", "words_zh"):
        if own == unit and _may_be(usual, kind, beside):
            lengths = [len(word) for word in told.split() if word in beside]
            scores[name] = float(bool(lengths)), max(lengths, default=0)
    for name, word in _called(tables, unit, kind):
        share = _share(word, beside)
        scores[name] = max(scores.get(name, (0, 0)), (share, len(word) if share == 1 else 0))
    near = [name for name, (share, _) in scores.items() if share >= enough]
    return sorted(near, key=lambda name: scores[name], reverse=True)


def _called(tables: Tables, unit: str | None, kind: str | None) -> Iterator[tuple[str, str]]:
    """The indicators of the book that have a unit and claims of a kind, with their names and the labels of these claims."""
    kinds = _kinds(tables)
    fit = {
        name: called
        for _, name, own, called in rows_of(tables.indicators, "indicator_id", "unit", "name_zh")
        if own == unit and (kind is None or kind in kinds.get(name, {kind}))
    }
    yield from fit.items()
    yield from ((name, label) for _, name, label in rows_of(tables.claims, "indicator_id", "label_zh") if name in fit)


def _may_be(usual: str, kind: str | None, beside: str) -> bool:
    """Whether a figure may be of a kind; level or flow, which a scan mostly guesses from nouns, a verb decides (新增党员)."""
    if kind is None or kind == usual:
        return True
    said, is_sure, _ = verb_says(beside.partition("|")[0])
    return {kind, usual} == {"level", "flow"} and not (is_sure and said != usual)


def clause(text: str, start: int, end: int) -> str:
    """What stands in a clause beside a figure, without white space."""
    before = _ENDS.split(text[max(0, start - _BEFORE) : start])[-1]
    behind = _ENDS.split(text[end : end + _BEHIND])[0]
    return squeezed(f"{before}|{behind}")


def _share(name: str, text: str) -> float:
    """The part of the pairs of characters of a name that stand in a text.

    None where it is of another trade there: 工业总产值 is not what 农业总产值 tells.
    """
    if name[1:2] == "业" and name not in text and name[1:] in text:
        return 0.0
    pairs = [name[at : at + 2] for at in range(len(name) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs) if len(name) > 2 else 0.0


def _kinds(tables: Tables) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for _, name, kind in rows_of(tables.claims, "indicator_id", "kind"):
        found.setdefault(name, set()).add(kind)
    return found


def place(tables: Tables, known: Places, text: str, start: int, own: Sequence[str]) -> str:
    """The place that a figure is likely to be about: one within the article's, named last before it in its sentence."""
    sentence = _SENTENCE.split(text[max(0, start - 80) : start])[-1]
    within = places_within(tables.places, own).difference(own)
    return next((name for _, name in reversed(known.named(sentence)) if name in within), own[0])


def _in_chinese(tables: Tables, comparison: str | None) -> str | None:
    """How a comparison is put in Chinese elsewhere in the data package, or among the words of the scan."""
    if not comparison:
        return None
    known = dict(zip(tables.claims["comparison"], tables.claims["comparison_zh"], strict=True))
    words = tables.labels.get(f"comparison-{comparison.replace(' ', '-')}", {})
    return known.get(comparison) or words.get("zh")


def _mark_growths(tables: Tables, rows: Sequence[Draft]) -> None:
    """A growth right behind an amount is that of the amount, where the data package knows its indicator."""
    indicators = standard.known(tables).index
    for amount, growth in zip(rows, rows[1:], strict=False):
        known = f"{amount.get('indicator_id')}-growth"
        if growth.get("kind") == "change" and not growth.get("indicator_id") and known in indicators:
            if int(growth["start"]) - int(amount["end"]) <= _NEAR:
                growth |= of_indicator(tables, known)


def _mark_repeats(rows: Sequence[Draft], text: str) -> None:
    """Names for a quantity the earlier one that seems to tell the same: of its indicator, or with a word beside both."""
    first: dict[tuple, list[Draft]] = {}
    for row in rows:
        if row["proposed"] != "claim" or not row["value"]:
            continue
        known = row.get("indicator_id")
        earlier = first.setdefault((row["value"], row["value_high"], row["unit"], known or row["kind"]), [])
        told = next((other for other in earlier if known or _share_a_word(other, row, text)), None)
        if told is None:
            earlier.append(row)
        else:
            row["repeats"] = told["claim_id"]


def _share_a_word(one: Draft, other: Draft, text: str) -> bool:
    """Whether two characters in a row stand beside both figures, in their clauses."""
    pairs = []
    for row in (one, other):
        beside = clause(text, int(row["start"]), int(row["end"]))
        pairs.append({beside[at : at + 2] for at in range(len(beside) - 1) if "|" not in beside[at : at + 2]})
    return not pairs[0].isdisjoint(pairs[1])


def unknown_places(tables: Tables, text: str) -> Iterator[tuple[str, int]]:
    """Villages and the like that a text says something of and ``places.csv`` does not have, and where each stands first."""
    known = set(tables.places["name_zh"])
    nouns = words().nouns
    for match in _PLACE.finditer(text):
        if match[1] not in known and not any(match[1].endswith(noun) for noun in nouns if len(noun) > len(match[2])):
            known.add(match[1])
            yield match[1], match.start(1)


def terms(tables: Tables, text: str) -> Iterator[tuple[str, int]]:
    """The terms of the glossary that stand in a text, and how often."""
    plain = squeezed(text)
    for term in tables.terms["term_zh"]:
        if len(term) > 1 and (count := plain.count(term)):
            yield term, count
