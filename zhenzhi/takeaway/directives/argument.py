"""Findings, voices, blanks and instruments in Markdown: what the book argues with, and on what."""

from collections.abc import Iterable, Mapping

from zhenzhi.book.edition import Edition
from zhenzhi.book.findings import finding
from zhenzhi.book.passages import answers, looked_for, of_cell, where_told
from zhenzhi.data import instruments
from zhenzhi.data.argument import QUESTIONS
from zhenzhi.data.vocabularies import DEGREES
from zhenzhi.takeaway.directives import markdown


def findings(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    names = argument.split() or [entry["finding_id"] for entry in edition.tables.findings]
    entries = [finding(edition, name) for name in names]
    if "brief" in options:
        return markdown.bullets(
            edition.named(f"**{entry['title'][edition.language]}**", entry["sentence"][edition.language])
            for entry in entries
        )
    return markdown.paragraphs(_finding(edition, entry) for entry in entries)


def _finding(edition: Edition, entry: dict) -> str:
    evidence, label = entry["evidence"], edition.label
    groups = {
        label("finding-counter", count=len(entry["counter"])): [_passage(edition, told) for told in entry["counter"]],
        label("finding-passages"): [_passage(edition, told) for told in evidence["passages"]],
        label("finding-claims"): [
            edition.named(edition.name_of(claim), f"{{claim}}`{claim}`") for claim in evidence["claims"]
        ],
        label("finding-checks"): [
            edition.named(markdown.name_of_check(edition, check), label(f"verdict-{edition.result(check).verdict}"))
            for check in evidence["checks"]
        ],
        label("finding-cells"): [_cell(edition, cell) for cell in evidence["cells"]],
        label("finding-silences"): [
            _silence(edition, cell["model_id"], cell["question"]) for cell in evidence["silences"]
        ],
    }
    said = [
        f"{markdown.head(label(f'finding-{key}'))}{label('word-separator')}{entry[key][edition.language]}"
        for key in ("scope", "overturn")
    ]
    listed = [f"{markdown.head(head)}\n\n{markdown.bullets(items)}" for head, items in groups.items() if items]
    return markdown.paragraphs([f"> {entry['sentence'][edition.language]}", *said, *listed])


def _passage(edition: Edition, passage: dict) -> str:
    where = where_told(edition, passage["document_id"], passage["start"])
    shows = edition.label("passage-told", where=where, shows=passage["shows"][edition.language])
    return edition.label("quotation", text=passage["as_written"]) + edition.label("word-separator") + shows


def _cell(edition: Edition, cell: dict) -> str:
    name = edition.local(edition.tables.instruments.loc[cell["instrument_id"]], "name")
    passages = []
    for row in of_cell(edition, cell).itertuples():
        place = edition.place_and_year(row.place_id, row.document_id)
        aside = edition.aside(edition.listing((place, edition.label(f"degree-{row.degree}"))))
        passages.append(edition.label("quotation", text=row.as_written) + aside)
    return edition.named(name, edition.sequence(passages))


def _silence(edition: Edition, model_id: str, question: str) -> str:
    name = edition.local(edition.model(model_id), "name")
    asked = edition.named(name, edition.label(f"question-{question}")) + edition.label("word-separator")
    return asked + looked_for(edition, answers(edition, model_id)[question])


def speakers(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    voices = edition.tables.speakers
    own = voices[(voices["document_id"] == argument) | (voices["article_id"] == argument)]
    items = []
    for voice in own.to_dict("records"):
        name = " ".join(filter(None, (edition.local(voice, "name"), edition.original(voice, "name"))))
        office = edition.local(voice, "office") or edition.local(voice, "organisation")
        who = edition.label("clause-separator").join(filter(None, (name and f"**{name}**", office)))
        heard = edition.aside(edition.label(f"heard-{voice['heard']}"))
        stake = edition.local(voice, "stake") + edition.label("word-separator")
        items.append(edition.named(who + heard, stake + edition.label("quotation", text=voice["as_written"])))
    return markdown.bullets(items)


def silences(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    models = [model for model in dict.fromkeys(edition.tables.silences["model_id"]) if model.startswith(argument)]
    tables = [] if argument else [_marks(edition, models)]
    return markdown.paragraphs([*tables, *(_answers(edition, model) for model in models)])


def _marks(edition: Edition, models: Iterable[str]) -> str:
    """All systems by question, the state of each cell in words."""
    head = [edition.label("silence-system"), *(edition.label(f"question-short-{question}") for question in QUESTIONS)]
    rows = []
    for model in models:
        cells = answers(edition, model)
        states = (
            "apart" if question not in cells else "blank" if cells[question]["as_written"] is None else "said"
            for question in QUESTIONS
        )
        rows.append(
            [edition.local(edition.model(model), "name"), *(edition.label(f"silence-state-{s}") for s in states)]
        )
    return markdown.table(head, rows)


def _answers(edition: Edition, model: str) -> str:
    cells, items = answers(edition, model), []
    for question in (question for question in QUESTIONS if question in cells):
        row = cells[question]
        if row["as_written"] is None:
            said = f"– {looked_for(edition, row)}"
        else:
            written = edition.label("quotation", text=row["as_written"])
            said = edition.local(row, "says") + edition.label("word-separator") + written
        items.append(f"*{edition.label(f'question-{question}')}* {said}")
    return markdown.paragraphs(
        [markdown.head(markdown.in_both(edition, edition.model(model))), markdown.bullets(items)]
    )


def matrix(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    """Instruments by place and document, and the passages behind each."""
    columns, cells = instruments.columns(edition.tables), instruments.cells(edition.tables)
    names = [edition.place_and_year(column.place_id, column.document_id) for column in columns]
    rows, passages = [], []
    for instrument_id, instrument in edition.tables.instruments.iterrows():
        found = [cells.get((instrument_id, column)) for column in columns]
        degrees = [
            "–"
            if own is None
            else edition.listing(edition.label(f"degree-{d}") for d in DEGREES if d in set(own["degree"]))
            for own in found
        ]
        rows.append([edition.local(instrument, "name"), *degrees])
        items = [
            _instrument_passage(edition, name, row)
            for name, own in zip(names, found, strict=True)
            if own is not None
            for row in own.itertuples()
        ]
        words = edition.label("matrix-looked-for", words="、".join(instrument["words_zh"].split()))
        head = edition.named(
            markdown.head(markdown.in_both(edition, instrument)), edition.local(instrument, "definition")
        )
        passages += [head + edition.label("sentence-separator") + words, markdown.bullets(items)]
    return markdown.paragraphs([markdown.table([edition.label("matrix-instrument"), *names], rows), *passages])


def _instrument_passage(edition: Edition, where: str, row) -> str:
    place = edition.tables.places.loc[row.place_id]
    if instruments.town_of(edition.tables, row.place_id) != row.place_id:
        where += edition.label("clause-separator") + edition.local(place, "name")
    written = edition.label("quotation", text=row.as_written)
    said = edition.label(f"degree-{row.degree}") + edition.label("clause-separator") + written
    said += edition.aside(f"{{claim}}`{row.claim_id}`") if row.claim_id else ""
    return edition.named(
        where, edition.label("title-and-text", title=said, text=edition.local(row, "note") or "").strip()
    )
