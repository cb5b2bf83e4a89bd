"""One figure taken apart, in sentences: its place in the text, subject, value, wording and sort."""

from zhenzhi.book.edition import Edition


def place(edition: Edition, claim_id: str) -> str:
    claim, document = edition.claim(claim_id), edition.document_of(claim_id)
    return edition.label(
        "step-phrase-text",
        start=edition.digits(claim["start"]),
        end=edition.digits(claim["end"]),
        total=edition.digits(document["characters"]),
        source=edition.source_of(document),
        article=edition.tables.articles.at[claim["article_id"], "title_zh"],
    )


def subject(edition: Edition, claim_id: str) -> str:
    claim, tables = edition.claim(claim_id), edition.tables
    what = edition.local(tables.indicators.loc[claim["indicator_id"]], "name")
    return edition.label(
        "step-subject-text",
        what=what[:1].upper() + what[1:],
        definition=edition.local(tables.indicators.loc[claim["indicator_id"]], "definition"),
        place=edition.local(tables.places.loc[claim["place_id"]], "name"),
        period=edition.period(claim_id),
    )


def value(edition: Edition, claim_id: str) -> str:
    """The value in its base unit; the figure as a person would write it is a reference."""
    return edition.label("step-value-text", value=edition.in_base_unit(claim_id), figure=f"{{claim}}`{claim_id}`")


def wording(edition: Edition, claim_id: str) -> str:
    word = edition.label(f"word-{edition.claim(claim_id)['qualifier']}")
    return edition.label("step-wording-text", word=word, allowed=edition.allowed(claim_id))


def sort(edition: Edition, claim_id: str) -> str:
    claim = edition.claim(claim_id)
    words = (
        edition.label(f"kind-{claim['kind']}"),
        edition.label(f"status-{claim['status']}"),
        edition.label(f"rung-{claim['rung']}"),
    )
    return edition.label("step-sort-text", kind=words[0], status=words[1], rung=words[2].lower())
