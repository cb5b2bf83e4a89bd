"""What the argument of the book rests on: findings, the table of silences, voices and events.

Each row names passages of the documents, or says which words were looked for in vain. This module tells what the tables and
the texts do not bear out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING

from zhenzhi.amounts.around import squeezed
from zhenzhi.data.problems import Problem, Rule, cell_of
from zhenzhi.data.rows import line_of
from zhenzhi.data.schema import entry_place

if TYPE_CHECKING:
    from zhenzhi.data.tables import Tables

#: What is asked of a system, in the order in which it is shown; see the column ``question`` of ``silences.csv``.
QUESTIONS = ("who-pays", "who-answers", "how-measured", "residents-say", "what-costs", "since-when")

#: The columns of a silence that are filled where the document says something, and those where it does not.
_SAID = ("says_en", "says_zh", "start", "end", "as_written")
_LOOKED_FOR = ("words_absent_zh", "words_elsewhere_zh")


#: Degrees north and east between which China lies.
_CHINA = {"latitude": (3, 54), "longitude": (73, 136)}


def _silences_are_whole(tables: Tables) -> Iterator[Problem]:
    """A cell says something, with its passage, or it says which words were looked for in vain."""
    for position, row in enumerate(tables.silences.to_dict("records")):
        cell = partial(cell_of, "silences", line_of(position))
        said = [column for column in _SAID if row[column] is not None]
        if said and len(said) < len(_SAID):
            missing = next(column for column in _SAID if row[column] is None)
            yield Problem(cell(missing), f"the cell is empty; expected it filled, as {said[0]} is")
        if said and any(row[column] is not None for column in _LOOKED_FOR):
            yield Problem(cell("words_absent_zh"), "the document says something; expected no words looked for in vain")
        if not said and row["words_absent_zh"] is None:
            yield Problem(cell("words_absent_zh"), "the cell is empty; expected the words that were looked for in vain")
        if row["model_id"] in tables.models.index:
            expected = tables.document_of.get(tables.models.at[row["model_id"], "article_id"])
            if expected not in (None, row["document_id"]):
                yield Problem(
                    cell("document_id"), f"{row['document_id']!r}; expected {expected!r}, as of {row['model_id']}"
                )


def _voices_are_of_their_document(tables: Tables) -> Iterator[Problem]:
    """The article in which a voice is heard is of the document that the row names."""
    for position, row in enumerate(tables.speakers.itertuples()):
        expected = tables.document_of.get(row.article_id)
        if expected not in (None, row.document_id):
            yield Problem(
                cell_of("speakers", line_of(position), "document_id"),
                f"{row.document_id!r}; expected {expected!r}, as of {row.article_id}",
            )


def _events_say_where_they_are_told(tables: Tables) -> Iterator[Problem]:
    """An event is told in a passage of a document, or on a page outside."""
    for position, row in enumerate(tables.events.itertuples()):
        cell, outside = partial(cell_of, "events", line_of(position)), row.basis == "outside"
        if outside and (row.url is None or row.document_id is not None):
            yield Problem(cell("url"), "an outside event; expected an address and no document")
        if not outside and (None in (row.document_id, row.start, row.end, row.as_written) or row.url is not None):
            yield Problem(cell("document_id"), "an event of a document; expected a passage and no address")


def _positions_are_whole(tables: Tables) -> Iterator[Problem]:
    """A position has both coordinates, which lie in China, and says where it was read."""
    columns = ["latitude", "longitude", "coordinate_source_en", "coordinate_source_zh"]
    for position, row in enumerate(tables.places[columns].to_dict("records")):
        filled = [column for column in columns if row[column] is not None]
        if filled and len(filled) < len(columns):
            where = cell_of("places", line_of(position), filled[0])
            yield Problem(where, f"a position in part; expected all of {', '.join(columns)}")
        for column, (low, high) in _CHINA.items():
            if row[column] is not None and not low <= row[column] <= high:
                fault = f"{row[column]} degrees lie outside China; expected {low} to {high}"
                yield Problem(cell_of("places", line_of(position), column), fault)


def _findings_rest_on_what_there_is(tables: Tables) -> Iterator[Problem]:
    """What a finding names as its evidence exists, and a silence that it names is one."""
    cells, silences = tables.instrument_evidence, tables.silences
    blank = silences[silences["as_written"].isna()]
    known = {
        "document": set(tables.documents.index),
        "claim": set(tables.claims.index),
        "check": {check["check_id"] for check in tables.checks},
        "cell": set(zip(cells["instrument_id"], cells["document_id"], strict=True)),
        "silence": set(zip(blank["model_id"], blank["question"], strict=True)),
    }
    seen = set()
    for number, finding in enumerate(tables.findings):
        where = f"findings.yml, {entry_place(tables.findings, number)}"
        if finding["finding_id"] in seen:
            yield Problem(f"{where}, key finding_id", "it stands twice; expected each once")
        seen.add(finding["finding_id"])
        evidence = finding["evidence"]
        named = [
            *(("claims", "claim", claim_id) for claim_id in evidence["claims"]),
            *(("checks", "check", check_id) for check_id in evidence["checks"]),
            *(("cells", "cell", (cell["instrument_id"], cell["document_id"])) for cell in evidence["cells"]),
            *(("silences", "silence", (cell["model_id"], cell["question"])) for cell in evidence["silences"]),
            *(("passages", "document", passage["document_id"]) for passage in evidence["passages"]),
            *(("counter", "document", passage["document_id"]) for passage in finding["counter"]),
        ]
        for key, kind, name in named:
            if name not in known[kind]:
                shown = " of ".join(name[::-1]) if isinstance(name, tuple) else name
                yield Problem(f"{where}, key {key}", f"there is no {kind} {shown!r}; expected one that the tables hold")


def _findings_are_bounded(tables: Tables) -> Iterator[Problem]:
    """The passages of a finding lie in their documents, and the bounds of a count leave it room."""
    lengths = tables.documents["characters"].to_dict()
    for number, finding in enumerate(tables.findings):
        where = f"findings.yml, {entry_place(tables.findings, number)}"
        for key, passages in (("passages", finding["evidence"]["passages"]), ("counter", finding["counter"])):
            for passage in passages:
                start, end, words = passage["start"], passage["end"], passage["as_written"]
                length = lengths.get(passage["document_id"], end)
                if not start < end <= length or end - start < len(words):
                    yield Problem(
                        f"{where}, key {key}",
                        f"the passage {start}-{end} of {passage['document_id']}, which is 0-{length}, cannot read "
                        f"{words!r}; expected start before end, and as many characters at least",
                    )
        for bound in finding["holds_while"]:
            low, high = bound["at_least"], bound["at_most"]
            if not 0 <= low <= high:
                fault = f"{low} to {high} of {bound['count']!r}; expected the smaller one first"
                yield Problem(f"{where}, key holds_while", fault)


RULES: tuple[Rule, ...] = (
    _silences_are_whole,
    _voices_are_of_their_document,
    _events_say_where_they_are_told,
    _positions_are_whole,
    _findings_rest_on_what_there_is,
    _findings_are_bounded,
)


def against_texts(tables: Tables, texts: Mapping[str, str]) -> list[str]:
    """What the texts do not bear out: a passage that reads otherwise, a word looked for in vain that stands there.

    Args:
        texts: the texts of documents by ID; documents without a text are passed over.
    """
    if "findings" not in tables.yaml:  # tables made up in part
        return []
    return [*_passages(tables, texts), *_blanks(tables, texts)]


def _passages(tables: Tables, texts: Mapping[str, str]) -> Iterator[str]:
    articles, models = tables.articles, tables.models
    named: list[tuple[str, Mapping, str | None]] = []
    for row in tables.silences.to_dict("records"):
        if row["as_written"] is not None:
            article = models.at[row["model_id"], "article_id"]
            named.append((f"silences.csv, {row['model_id']} {row['question']}", row, article))
    for row in tables.speakers.to_dict("records"):
        named.append((f"speakers.csv, {row['speaker_id']}", row, row["article_id"]))
    for row in tables.relations.to_dict("records"):
        named.append((f"relations.csv, {row['relation_id']}", row, None))
    for row in tables.relation_codings.to_dict("records"):
        named.append((f"relation_codings.csv, {row['document_id']} {row['start']}", row, None))
    for row in tables.events.to_dict("records"):
        if row["document_id"] is not None:
            named.append((f"events.csv, {row['event_id']}", row, None))
    for finding in tables.findings:
        for passage in (*finding["evidence"]["passages"], *finding["counter"]):
            named.append((f"findings.yml, {finding['finding_id']} {passage['start']}", passage, None))
    for where, passage, article in named:
        if passage["document_id"] not in texts:
            continue
        start, end = passage["start"], passage["end"]
        reads = squeezed(texts[passage["document_id"]][start:end])
        if reads != passage["as_written"]:
            yield f"{where}, column as_written: {passage['as_written']!r}; expected {reads!r}, as the characters read"
        if article is not None and not articles.at[article, "start"] <= start < end <= articles.at[article, "end"]:
            yield f"{where}, column start: the passage lies outside the article {article}"


def _blanks(tables: Tables, texts: Mapping[str, str]) -> Iterator[str]:
    """A blank holds where its words stand nowhere in the article; the others must stand there, or nobody looked."""
    for row in tables.silences.to_dict("records"):
        if row["as_written"] is not None or row["document_id"] not in texts:
            continue
        article = tables.articles.loc[tables.models.at[row["model_id"], "article_id"]]
        text = squeezed(texts[row["document_id"]][article["start"] : article["end"]])
        where = f"silences.csv, {row['model_id']} {row['question']}"
        for word in row["words_absent_zh"].split():
            if word in text:
                yield f"{where}, column words_absent_zh: {word!r} stands in the article; expected a passage or another word"
        for word in (row["words_elsewhere_zh"] or "").split():
            if word not in text:
                yield f"{where}, column words_elsewhere_zh: {word!r} does not stand in the article; expected it as absent"
