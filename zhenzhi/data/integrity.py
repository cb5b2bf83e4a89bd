"""What the tables of the data package say about each other: names, trees, spans, and what refers to what.

A rule takes the tables and yields a line for each place where they disagree. Rules pass over names that are unknown, which
the keys of ``datapackage.json`` have told of. Whether figures make sense is the business of ``plausibility``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from zhenzhi.data import argument, derivation
from zhenzhi.data.problems import Place, Problem, cell_of
from zhenzhi.data.schema import entry_place, leaves, line_of, suggestion
from zhenzhi.data.twins import entries_with, twins
from zhenzhi.data.vocabularies import KINDS, LEVELS, RUNGS, STATUSES

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: Kinds of names of which two may be the same: a model, the part or the claim that counts it, and what is drawn or checked
#: of it are shown apart. All others stand once in the package.
_SHARED = frozenset(
    frozenset(pair)
    for pair in (
        ("models", "claims"), ("models", "model_parts"), ("model_parts", "claims"), ("models", "checks"),
        ("claims", "checks"), ("claims", "figures"), ("models", "figures"), ("indicators", "instruments"),
        ("indicators", "units"), ("units", "instruments"), ("documents", "places"),
    )
)  # fmt: skip

#: A role in a text of the data, and what it names: one whose names the data hold, and any.
_ROLE = re.compile(r"\{(claim|computed|external)\}`([^`|.]+)[^`]*`")
_ANY_ROLE = re.compile(r"\{([\w:]+)\}`([^`|.]+)[^`]*`")


def problems(tables: Tables) -> list[Problem]:
    """Where the tables disagree, rule by rule."""
    return [problem for rule in RULES for problem in rule(tables)]


def rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table, row by row, each with the line of the file that it stands in."""
    lines = range(line_of(0), line_of(len(frame)))
    return zip(lines, *(frame[column].tolist() for column in columns), strict=True)


class _Names(NamedTuple):
    """Names that one table or file gives: of which kind, and what tells where the one with a number stands."""

    kind: str
    names: list[str]
    place: Callable[[int], Place | str]


def _names(tables: Tables) -> Iterator[_Names]:
    """Every name that the package gives."""
    for table, frame in tables.frames.items():
        if frame.index.name is not None:
            column = str(frame.index.name)
            # A closed claim was one; that it is none any more is a rule of its own. A standard indicator is to be one.
            kind = {"closed": "claims", "standard_indicators": "indicators"}.get(table, table)
            yield _Names(kind, frame.index.tolist(), partial(_in_table, table, column))
    for table, key in (
        ("caveats", "caveat_id"), ("checks", "check_id"), ("figures", "figure_id"), ("readings", "reading_id"),
    ):  # fmt: skip
        yield _Names(table, [entry[key] for entry in tables.yaml[table]], partial(_in_entries, tables, table, key))


def _in_table(table: str, column: str, position: int) -> Place:
    return cell_of(table, line_of(position), column)


def _in_entries(tables: Tables, table: str, key: str, number: int) -> str:
    entries = tables.yaml[table]
    file = f"{table}/{entries[number]['chapter']}.yml" if table == "figures" else f"{table}.yml"
    where = "" if table == "figures" else f", {entry_place(entries, number)}"
    return f"{file}{where}, key {key}"


def _names_stand_once(tables: Tables) -> Iterator[Problem]:
    """A name stands once in the package, but for the kinds that are told apart wherever they are shown."""
    given = list(_names(tables))
    times = Counter(name for own in given for name in own.names)
    seen: dict[str, list[tuple[str, Callable[[], Place | str]]]] = defaultdict(list)
    for kind, names, place in given:
        for number, name in enumerate(names):
            if times[name] == 1:
                continue
            for other, before in seen[name]:
                same_table = kind == other and kind in tables.frames  # its key has told of it
                if not same_table and frozenset((kind, other)) not in _SHARED:
                    fault = f"{name!r} stands twice; expected each name once in the package"
                    yield Problem(place(number), fault, before())
                    break
            seen[name].append((kind, partial(place, number)))


def _names_begin_with_their_document(tables: Tables) -> Iterator[Problem]:
    """The name of an article, claim, model, part or caveat begins with that of its document."""
    document_of = _document_of_article(tables)
    models = {name: document_of.get(article) for _, name, article in rows_of(tables.models, "model_id", "article_id")}
    owners: list[tuple[str, str, str, str, Mapping[str, str | None]]] = [
        ("articles", "article_id", "document_id", "document_id", {name: name for name in tables.documents.index}),
        ("claims", "claim_id", "article_id", "article_id", document_of),
        ("models", "model_id", "article_id", "article_id", document_of),
        ("model_parts", "part_id", "model_id", "model_id", models),
    ]
    for table, key, column, owner, documents in owners:
        for line, name, own in rows_of(tables.frames[table], key, owner):
            document = documents.get(own)
            if document is not None and not name.startswith(f"{document}-"):
                yield Problem(
                    cell_of(table, line, column),
                    f"{own!r} is of {document!r}, but {name!r} is not named so; "
                    f"expected a name that begins with {document}-",
                )
    for number, caveat in enumerate(tables.caveats):
        document = caveat["document_id"]
        if not caveat["caveat_id"].startswith(f"{document}-"):
            yield Problem(
                f"caveats.yml, {entry_place(tables.caveats, number)}, key document_id",
                f"{document!r} is not what the name begins with; expected a name that begins with {document}-",
            )


def _document_of_article(tables: Tables) -> dict[str, str]:
    return dict(zip(tables.articles["article_id"], tables.articles["document_id"], strict=True))


def _drafts_have_names_of_their_own(tables: Tables) -> Iterator[Problem]:
    """What a scan proposes as a claim has a name that no claim has or had, begins with its document, and stands once."""
    known = {*tables.claims["claim_id"], *tables.closed["claim_id"]}
    for line, document, proposed, claim_id in rows_of(tables.drafts, "document_id", "proposed", "claim_id"):
        where = cell_of("drafts", line, "claim_id")
        if proposed == "claim" and claim_id is None:
            yield Problem(where, "the cell is empty; expected the name that the claim is to have")
        if claim_id is None:
            continue
        if claim_id in known:
            yield Problem(where, f"{claim_id!r} is or was another claim; expected a name that was never used")
        if not claim_id.startswith(f"{document}-"):
            yield Problem(where, f"{claim_id!r} is of {document!r}; expected a name that begins with {document}-")
        known.add(claim_id)


def _drafts_have_indicators(tables: Tables) -> Iterator[Problem]:
    """What is proposed as a claim has an indicator of the book, or a standard one, which goes to the book with it."""
    known = {*tables.indicators["indicator_id"], *tables.standard_indicators["indicator_id"]}
    for line, name in rows_of(tables.drafts, "indicator_id"):
        if name is not None and name not in known:
            expected = (
                f"expected an indicator_id of indicators.csv or of standard_indicators.csv{suggestion(name, known)}"
            )
            yield Problem(cell_of("drafts", line, "indicator_id"), f"{name!r} is unknown; {expected}")


def _standard_indicators_keep_their_unit(tables: Tables) -> Iterator[Problem]:
    """A standard indicator that the book has taken is told in the same unit there."""
    units = dict(zip(tables.indicators["indicator_id"], tables.indicators["unit"], strict=True))
    for line, name, unit in rows_of(tables.standard_indicators, "indicator_id", "unit"):
        if (own := units.get(name, unit)) != unit:
            yield Problem(
                cell_of("standard_indicators", line, "unit"),
                f"{unit!r}, but {name!r} is told in {own!r} in indicators.csv; expected the same, or another name",
            )


def _closed_claims_are_gone(tables: Tables) -> Iterator[Problem]:
    """A closed claim is no claim any more: its name is used once."""
    for line, claim_id in rows_of(tables.closed, "claim_id"):
        if claim_id in tables.claims.index:
            yield Problem(
                cell_of("closed", line, "claim_id"),
                f"{claim_id!r} stands in claims.csv; expected a claim that was taken out there",
            )


# Trees


def _parents_form_trees(tables: Tables) -> Iterator[Problem]:
    """Nothing is its own parent, near or far."""
    for table, key in (("places", "place_id"), ("model_parts", "part_id")):
        frame = tables.frames[table]
        parents = dict(zip(frame[key], frame["parent_id"], strict=True))
        rooted: set[str] = set()
        for line, name in rows_of(frame, key):
            path, at = [], name
            while at is not None and at not in rooted and at not in path:
                path.append(at)
                at = parents.get(at)
            if path and at == name:
                way = " in ".join(path + [name])
                yield Problem(cell_of(table, line, "parent_id"), f"{way} is a circle; expected a tree")
            elif at is None or at in rooted:
                rooted.update(path)


def _places_lie_in_larger_ones(tables: Tables) -> Iterator[Problem]:
    """A place lies in one of a higher level; only the highest lies in none."""
    levels = dict(zip(tables.places["place_id"], tables.places["level"], strict=True))
    order = {level: rank for rank, level in enumerate(LEVELS)}
    for line, level, parent in rows_of(tables.places, "level", "parent_id"):
        cell = partial(cell_of, "places", line)
        if parent is None and level != LEVELS[0]:
            yield Problem(cell("parent_id"), f"a {level} lies in no place; expected the place it lies in")
        above = levels.get(parent)
        if above in order and level in order and order[above] >= order[level]:
            fault = f"a {level} in a {above}, {parent!r}; expected a place of a lower level than its parent"
            yield Problem(cell("level"), fault)


def _parts_belong_to_the_model_of_their_parent(tables: Tables) -> Iterator[Problem]:
    parts = tables.model_parts
    models = dict(zip(parts["part_id"], parts["model_id"], strict=True))
    for line, model, parent in rows_of(parts, "model_id", "parent_id"):
        other = models.get(parent, model)
        if other != model:
            yield Problem(
                cell_of("model_parts", line, "parent_id"),
                f"{parent!r} is a part of {other!r}; expected a part of {model!r}",
            )


# Spans


def _spans_lie_in_their_texts(tables: Tables) -> Iterator[Problem]:
    """Every span lies in its document or article, and is at least as long as what it is said to read."""
    documents = {name: (0, length) for _, name, length in rows_of(tables.documents, "document_id", "characters")}
    articles = {name: (start, end) for _, name, start, end in rows_of(tables.articles, "article_id", "start", "end")}
    for table, owner, within in (
        ("articles", "document_id", documents), ("claims", "article_id", articles), ("numerals", "document_id", documents),
        ("codings", "document_id", documents), ("drafts", "document_id", documents),
        ("instrument_evidence", "document_id", documents),
    ):  # fmt: skip
        frame = tables.frames[table]
        reads = frame["as_written"].tolist() if "as_written" in frame else [None] * len(frame)
        for (line, name, start, end), words in zip(rows_of(frame, owner, "start", "end"), reads, strict=True):
            low, high = within.get(name, (None, None))
            if low is None or start is None or end is None:
                continue
            if not low <= start < end <= high:
                yield Problem(
                    cell_of(table, line, owner), f"the span {start}-{end} lies outside {name}, which is {low}-{high}"
                )
            elif words is not None and end - start < len(words):
                yield Problem(
                    cell_of(table, line, "end"),
                    f"{start}-{end} is {end - start} characters long and reads "
                    f"{words!r}; expected at least {len(words)}",
                )
    for line, name, start in rows_of(tables.models, "article_id", "start"):
        low, high = articles.get(name, (None, None))
        if low is not None and start is not None and not low <= start < high:
            yield Problem(cell_of("models", line, "start"), f"{start} lies outside {name}, which is {low}-{high}")
    for number, caveat in enumerate(tables.caveats):
        _, length = documents.get(caveat["document_id"], (0, None))
        start, end = caveat.get("start"), caveat.get("end")
        where = f"caveats.yml, {entry_place(tables.caveats, number)}, key"
        if (start is None) != (end is None):
            missing = "start" if start is None else "end"
            yield Problem(f"{where} {missing}", "it is missing; expected both ends of the passage")
        elif start is not None and length is not None and not 0 <= start < end <= length:
            fault = f"the span {start}-{end} lies outside {caveat['document_id']}, which is 0-{length}"
            yield Problem(f"{where} end", fault)


def _claims_and_numerals_do_not_overlap(tables: Tables) -> Iterator[Problem]:
    """A character of a document is in one row of ``claims.csv``, ``numerals.csv`` or ``drafts.csv``."""
    document_of = _document_of_article(tables)
    spans: dict[str | None, list[tuple[int, int, str, int]]] = defaultdict(list)
    for line, article, start, end in rows_of(tables.claims, "article_id", "start", "end"):
        spans[document_of.get(article)].append((start, end, "claims", line))
    for table in ("numerals", "drafts"):
        for line, document, start, end in rows_of(tables.frames[table], "document_id", "start", "end"):
            spans[document].append((start, end, table, line))
    for own in spans.values():
        known = sorted(span for span in own if None not in span)
        for (_, end, other, before), (start, _, table, line) in zip(known, known[1:], strict=False):
            if start < end:
                fault = f"character {start} is in two rows; expected each in one"
                yield Problem(cell_of(table, line, "start"), fault, cell_of(other, before))


# What is referred to


def _caveats_are_about_something(tables: Tables) -> Iterator[Problem]:
    """What a caveat is about exists, and is of its document."""
    document_of = _document_of_article(tables)
    for number, caveat in enumerate(tables.caveats):
        where = f"caveats.yml, {entry_place(tables.caveats, number)}"
        document = caveat["document_id"]
        if document not in tables.documents.index:
            expected = f"expected a document_id of documents.csv{suggestion(document, tables.documents.index)}"
            yield Problem(f"{where}, key document_id", f"{document!r} is unknown; {expected}")
        for claim_id in caveat["affects"]:
            if claim_id not in tables.claims.index:
                expected = f"expected a claim_id of claims.csv{suggestion(claim_id, tables.claims.index)}"
                yield Problem(f"{where}, key affects", f"{claim_id!r} is unknown; {expected}")
            elif (other := document_of.get(tables.claims.at[claim_id, "article_id"])) not in (None, document):
                yield Problem(f"{where}, key affects", f"{claim_id!r} is of {other!r}; expected one of {document!r}")


def _evidence_is_of_its_document(tables: Tables) -> Iterator[Problem]:
    """Evidence for an instrument names a model or a claim, and what it names is of its document."""
    documents = _document_of_article(tables)
    told = {
        (key, name): documents.get(article)
        for frame, key in ((tables.models, "model_id"), (tables.claims, "claim_id"))
        for name, article in zip(frame[key], frame["article_id"], strict=True)
    }
    columns = ("document_id", "model_id", "claim_id")
    for line, document, model, claim in rows_of(tables.instrument_evidence, *columns):
        cell = partial(cell_of, "instrument_evidence", line)
        for key, name in (("model_id", model), ("claim_id", claim)):
            other = told.get((key, name))
            if other is not None and other != document:
                yield Problem(cell(key), f"{name!r} is of {other!r}; expected one of {document!r}")
        if model is None and claim is None:
            yield Problem(cell("model_id"), "neither a model nor a claim is named; expected one of them")


def _parts_are_counted_by_claims_of_their_article(tables: Tables) -> Iterator[Problem]:
    claims = dict(zip(tables.claims["claim_id"], tables.claims["article_id"], strict=True))
    models = dict(zip(tables.models["model_id"], tables.models["article_id"], strict=True))
    for line, model, claim in rows_of(tables.model_parts, "model_id", "claim_id"):
        told, own = claims.get(claim), models.get(model)
        if None not in (told, own) and told != own:
            yield Problem(
                cell_of("model_parts", line, "claim_id"),
                f"{claim!r} is of {told!r}; expected a claim of {own!r}, which tells of {model!r}",
            )


def _figures_of_checks_exist(tables: Tables) -> Iterator[Problem]:
    """A check compares claims and outside figures that there are, each once, and counts the parts of a model there is."""
    known = {*tables.claims["claim_id"], *tables.external["external_id"]}
    for number, check in enumerate(tables.checks):
        for part, named in check["claims"].items():
            for name in _named(named):
                if name not in known:
                    where = f"checks.yml, {entry_place(tables.checks, number)}, key claims.{part}"
                    expected = "expected a claim_id of claims.csv or an external_id of external.csv"
                    yield Problem(where, f"{name!r} is unknown; {expected}{suggestion(name, known)}")
        for key, table, column in (("model", "models", "model_id"), ("unit", "units", "unit")):
            if key in check and check[key] not in tables.frames[table].index:
                hint = suggestion(check[key], tables.frames[table].index)
                where = f"checks.yml, {entry_place(tables.checks, number)}, key {key}"
                yield Problem(where, f"{check[key]!r} is unknown; expected a {column} of {table}.csv{hint}")


def _readings_pick_claims(tables: Tables) -> Iterator[Problem]:
    """A reading picks claims by words that their column can hold."""
    known: dict[str, set[str]] = {
        "indicator_id": set(tables.indicators.index), "unit": set(tables.units.index), "kind": set(KINDS),
        "rung": set(RUNGS), "status": set(STATUSES),
    }  # fmt: skip
    for number, reading in enumerate(tables.readings):
        for column, picked in reading["where"].items():
            for word in picked:
                if word not in known[column]:
                    where = f"readings.yml, {entry_place(tables.readings, number)}, key where.{column}"
                    hint = suggestion(word, known[column])
                    yield Problem(
                        where, f"{word!r} is unknown; expected a word that column {column} of claims.csv allows{hint}"
                    )


def _named(part: Any) -> list[str]:
    """The names of figures in one part of a check: one, a list, or a list of products."""
    if isinstance(part, list):
        return [name for item in part for name in _named(item)]
    return [part] if isinstance(part, str) else []


def _everything_is_referred_to(tables: Tables) -> Iterator[Problem]:
    """Places, indicators, documents and instruments are there because something refers to them."""
    for table, referring in {
        "places": (
            *("places.parent_id", "claims.place_id", "drafts.place_id", "models.place_id", "external.place_id"),
            "articles.place_ids",
        ),
        "indicators": ("claims.indicator_id", "drafts.indicator_id"),
        "documents": ("articles.document_id",),
        "instruments": ("instrument_evidence.instrument_id",),
    }.items():
        used: set[str] = set()
        for reference in referring:
            other, column = reference.split(".")
            cells = tables.frames[other][column]
            used.update(name for cell in cells if cell is not None for name in cell.split())
        key = str(tables.frames[table].index.name)
        for line, name in rows_of(tables.frames[table], key):
            if name not in used:
                others = " or ".join(f"{reference.split('.')[0]}.csv" for reference in referring)
                yield Problem(cell_of(table, line, key), f"nothing refers to {name!r}; expected a row of {others}")


# Texts


def _roles_lead_somewhere(tables: Tables) -> Iterator[Problem]:
    """What a role in a text names exists, and both languages name the same."""
    known = {
        "claim": {*tables.claims["claim_id"], *tables.closed["claim_id"]},
        "external": set(tables.external["external_id"]),
        "computed": {check["check_id"] for check in tables.checks},
    }
    known["computed"] |= {f"{name}-told-again" for name in tables.claims["repeats"].dropna().unique()}
    for where, text in _texts(tables):
        for kind, name in _ROLE.findall(text):
            if name not in known[kind]:
                hint = suggestion(name, known[kind])
                yield Problem(where, f"{{{kind}}}`{name}` is unknown; expected a name of the data package{hint}")
    for where, english, chinese in twins(tables, "`"):
        if chinese is None:
            continue
        ours, theirs = (set(_ANY_ROLE.findall(text)) for text in (english, chinese))
        if ours != theirs:
            odd = ", ".join(sorted(f"{{{kind}}}`{name}`" for kind, name in ours ^ theirs))
            yield Problem(where, f"{odd} stands in one language only; expected the same figures in both")


def _gaps_are_the_same_in_both_languages(tables: Tables) -> Iterator[Problem]:
    """A label has the same gaps in both languages, and each brace its other half."""
    for key, label in tables.labels.items():
        gaps: list[set[str | None]] = []
        for language, text in label.items():
            # A role is no gap: it is filled where the page is read.
            bare = re.sub(r"\{(claim|computed|external|term|cite:p)\}(?=`)", "", text)
            try:
                fields = [field for _, field, _, _ in Formatter().parse(bare) if field is not None]
            except ValueError as error:
                where = f"labels.yml, top level, key {key}.{language}"
                yield Problem(where, f"{error}; expected gaps such as {{figure}}")
                break
            gaps.append(set(fields))
        if len(gaps) == 2 and gaps[0] != gaps[1]:
            odd = ", ".join(f"{{{gap}}}" for gap in sorted(map(str, gaps[0] ^ gaps[1])))
            where = f"labels.yml, top level, key {key}"
            yield Problem(where, f"{odd} stands in one language only; expected the same gaps in both")


def _texts(tables: Tables) -> Iterator[tuple[Place | str, str]]:
    for table, frame in tables.frames.items():
        for column in frame.columns:
            if column.endswith(("_en", "_zh", "note")):
                marked = {text for text in set(frame[column].tolist()) if text is not None and "`" in text}
                for line, text in rows_of(frame, column) if marked else ():
                    if text in marked:
                        yield cell_of(table, line, column), text
    for table, content in tables.yaml.items():
        for key, entry in entries_with(content, "`"):
            for path, text in leaves(entry, (key,)):
                if "`" in text:
                    yield f"{table}.yml, {_place(content, path)}", text


def _place(content: Any, path: list) -> str:
    if isinstance(content, list):
        return f"{entry_place(content, path[0])}, key {'.'.join(map(str, path[1:]))}"
    return f"top level, key {'.'.join(map(str, path))}"


Rule = Callable[["Tables"], Iterator[Problem]]

#: The rules, in the order in which their problems are told.
RULES: tuple[Rule, ...] = (
    _names_stand_once,
    _names_begin_with_their_document,
    _drafts_have_names_of_their_own,
    _drafts_have_indicators,
    _standard_indicators_keep_their_unit,
    _closed_claims_are_gone,
    _parents_form_trees,
    _places_lie_in_larger_ones,
    _parts_belong_to_the_model_of_their_parent,
    _spans_lie_in_their_texts,
    _claims_and_numerals_do_not_overlap,
    _caveats_are_about_something,
    _evidence_is_of_its_document,
    _parts_are_counted_by_claims_of_their_article,
    _figures_of_checks_exist,
    _readings_pick_claims,
    _everything_is_referred_to,
    _roles_lead_somewhere,
    _gaps_are_the_same_in_both_languages,
    *argument.RULES,
    *derivation.RULES,
)
