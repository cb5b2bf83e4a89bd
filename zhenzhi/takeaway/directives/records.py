"""Models, documents, checks and a figure taken apart, in Markdown."""

from collections.abc import Mapping

from zhenzhi.audit import CONSISTENT
from zhenzhi.book import cards, steps
from zhenzhi.book.edition import Edition, group_of
from zhenzhi.book.telling import programmes
from zhenzhi.takeaway.directives import markdown


def model_card(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    model, parts = edition.model(argument), edition.parts_of(argument)
    rows = []
    for label, role in cards.ROWS:
        own = [_part(edition, part) for part in parts[parts["role"] == role].itertuples()]
        if own:
            rows.append((label, edition.sequence(own)))
    if counted := cards.counted(edition, argument):
        label, lines = counted
        rows.append((label, edition.label("sentence-separator").join(lines) or edition.label("nothing-counted")))
    rows.append(("card-silent", edition.local(model, "silent")))
    return markdown.paragraphs([markdown.head(markdown.in_both(edition, model)), markdown.facts(edition, rows)])


def _part(edition: Edition, part) -> str:
    name = " ".join(filter(None, (edition.part_name(part), edition.original(part, "name"))))
    return name + (edition.aside(f"{{claim}}`{part.claim_id}`") if part.claim_id else "")


def programmes_of(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    own = programmes(edition.tables.models.index, argument, options.get("except", "").split())
    told = markdown.paragraphs(block for model_id in own for block in _programme(edition, model_id))
    return told or edition.label("none-recorded")


def _programme(edition: Edition, model_id: str) -> tuple[str, ...]:
    model = edition.model(model_id)
    silent = edition.named(markdown.head(edition.label("card-silent")), edition.local(model, "silent"))
    return markdown.head(markdown.in_both(edition, model)), edition.local(model, "states"), silent


def source_card(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    tables, label = edition.tables, edition.label
    document = tables.documents.loc[argument]
    articles = tables.articles[tables.articles["document_id"] == argument]
    date = label(
        "date-with-basis",
        date=edition.date(document["published"]),
        basis=label(f"date-basis-{document['date_basis']}"),
    )
    if document["not_excluded"]:
        date = label("date-not-excluded", date=date, other=edition.date(document["not_excluded"]))
    size = label(
        "document-size-text",
        characters=edition.digits(document["characters"]),
        claims=str(int(edition.coding.claims["article_id"].isin(articles.index).sum())),
        numerals=str(int((tables.numerals["document_id"] == argument).sum())),
    )
    titles = [markdown.in_both(edition, article, "title") for _, article in articles.iterrows()]
    rows = (
        ("document-publisher", markdown.in_both(edition, document, "publisher")),
        ("document-medium", edition.local(document, "medium")),
        ("document-page", document["page"]),
        ("document-date", label("title-and-text", title=date, text=edition.local(document, "date_note"))),
        ("document-articles", edition.sequence(titles) if len(titles) > 1 else ""),
        ("document-size", size),
        ("document-damage", edition.local(document, "damage_note")),
        ("document-copy", document["url"]),
    )
    facts = markdown.facts(edition, [(key, text) for key, text in rows if text])
    return markdown.paragraphs([markdown.head(markdown.in_both(edition, document, "title")), facts])


def caveats(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    own = [caveat for caveat in edition.tables.caveats if caveat["document_id"] == argument]
    if not own:
        return edition.label("none-recorded")
    if "counted" in options:
        return edition.label("caveats-counted", number=str(len(own)))
    items = []
    for caveat in sorted(own, key=lambda caveat: (caveat["kind"], caveat.get("start", 0))):
        text = edition.named(markdown.head(edition.label(f"caveat-{caveat['kind']}")), edition.local(caveat, "note"))
        if caveat["affects"]:
            named = edition.sequence(
                edition.name_of(claim) + edition.aside(f"{{claim}}`{claim}`") for claim in caveat["affects"]
            )
            text += edition.label("word-separator") + edition.named(edition.label("caveat-bears-on"), named)
        items.append(text)
    return markdown.paragraphs(
        [markdown.head(edition.label("caveats-of", number=str(len(own)))), markdown.bullets(items)]
    )


def audit(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    prefixes, items = tuple(argument.split()), []
    for key, found in edition.verdicts.items():
        if key.startswith(prefixes) and (found.type, found.verdict) != ("same", CONSISTENT):
            verdict = edition.aside(edition.label(f"verdict-{found.verdict}"))
            reason, check = edition.reason(edition.result(key)), edition.check(key)
            if "note_en" in check:
                reason += edition.label("sentence-separator") + edition.local(check, "note")
            items.append(edition.named(markdown.head(markdown.name_of_check(edition, key)) + verdict, reason))
    return markdown.bullets(items) or edition.label("none-recorded")


def audit_index(edition: Edition, argument: str, options: Mapping[str, str]) -> str:
    documents = edition.tables.documents
    groups: dict[str, list[tuple[str, str, str]]] = {}
    for result in edition.verdicts.values():
        row = (
            markdown.name_of_check(edition, result.check_id),
            edition.label(f"type-{result.type}"),
            edition.label(f"verdict-{result.verdict}"),
        )
        groups.setdefault(group_of(edition, result), []).append(row)
    head = [edition.label(f"column-{name}") for name in ("check", "type", "verdict")]
    blocks = []
    for group in (group for group in (*documents.index, "across", "outside") if group in groups):
        known = group in documents.index
        name = edition.local(documents.loc[group], "title") if known else edition.label(f"group-{group}").capitalize()
        blocks += [markdown.head(name), markdown.table(head, groups[group])]
    return markdown.paragraphs(blocks)


def claim_steps(edition: Edition, claim_id: str, options: Mapping[str, str]) -> str:
    claim = edition.claim(claim_id)
    note = edition.local(claim, "note")
    doubts = [*filter(None, [note]), *(edition.local(caveat, "note") for caveat in edition.caveats_of(claim_id))]
    checks = [
        edition.named(
            markdown.name_of_check(edition, result.check_id)
            + edition.aside(edition.label(f"verdict-{result.verdict}")),
            edition.reason(result),
        )
        for result in edition.verdict_of(claim_id)
    ]
    phrase = edition.label("quotation", text=claim["as_written"]) + edition.label("word-separator")
    told_of = {
        "step-phrase": phrase + steps.place(edition, claim_id),
        "step-subject": steps.subject(edition, claim_id),
        "step-value": steps.value(edition, claim_id),
        "step-wording": steps.wording(edition, claim_id),
        "step-sort": steps.sort(edition, claim_id),
        "step-caveats": edition.label("sentence-separator").join(doubts),
        "step-checks": edition.label("sentence-separator").join(checks) or edition.label("step-no-check"),
    }
    listed = [edition.named(markdown.head(edition.label(key)), text) for key, text in told_of.items() if text]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(listed, 1))
