"""Names: each stands once, tells its document, and is told apart from others."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from zhenzhi.data.problems import Place, Problem, Row, Rule, cell_of
from zhenzhi.data.rows import line_of, rows_of
from zhenzhi.data.schema import entry_place

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
    document_of = tables.document_of
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


def _closed_claims_are_gone(tables: Tables) -> Iterator[Problem]:
    """A closed claim is no claim any more: its name is used once."""
    for line, claim_id in rows_of(tables.closed, "claim_id"):
        if claim_id in tables.claims.index:
            yield Problem(
                cell_of("closed", line, "claim_id"),
                f"{claim_id!r} stands in claims.csv; expected a claim that was taken out there",
            )


def _names_are_told_apart(tables: Tables) -> Iterator[Problem]:
    """Two places, indicators or instruments do not have one name, nor do two documents have one file."""
    for table, columns in {
        "places": ("name_en", "name_zh"),
        "indicators": ("name_en", "name_zh"),
        "standard_indicators": ("name_en", "name_zh"),
        "instruments": ("name_en", "name_zh"),
        "units": ("name_en", "plural_en"),
        "documents": ("file_name", "sha256"),
    }.items():
        for column in columns:
            if column not in tables.frames[table]:
                continue
            lines: dict[str, list[int]] = defaultdict(list)
            for line, name in rows_of(tables.frames[table], column):
                lines[name].append(line)
            for name, rows in lines.items():
                if len(rows) > 1 and name is not None:
                    where = Place(tuple(Row(table, line) for line in rows), column)
                    yield Problem(where, f"all are {name!r}; expected each name once")


RULES: tuple[Rule, ...] = (
    _names_stand_once,
    _names_begin_with_their_document,
    _drafts_have_names_of_their_own,
    _closed_claims_are_gone,
    _names_are_told_apart,
)
