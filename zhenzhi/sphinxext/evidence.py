"""The directives ``source-card`` and ``caveats``: a source document, and what is damaged or open in it."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.edition import Edition
from zhenzhi.sphinxext import places
from zhenzhi.sphinxext.freshness import edition_of


def _document(directive: SphinxDirective, edition: Edition):
    """The row of the document that a directive names."""
    document_id = directive.arguments[0]
    if document_id not in edition.tables.documents.index:
        raise directive.error(
            f"{directive.name}: there is no document {document_id!r}; expected a document_id of documents.csv"
        )
    return edition.tables.documents.loc[document_id]


class SourceCard(SphinxDirective):
    """``{source-card} DOCUMENT``: publisher, date and its basis, kind of text, articles, size, condition, public copy."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        document, tables, label = _document(self, edition), edition.tables, edition.label
        document_id = self.arguments[0]
        articles = tables.articles[tables.articles["document_id"] == document_id]
        card = nodes.container(ids=[f"source-{document_id}"], classes=["zz-model-card"])
        head = nodes.paragraph(classes=["zz-model-head"])
        head += nodes.strong(text=document["title_en"])
        head += nodes.Text(" ")
        head += nodes.Text(document["title_zh"])
        card += head
        size = label(
            "document-size-text",
            characters=f"{document['characters']:,}",
            claims=str(int(edition.coding.claims["article_id"].isin(articles.index).sum())),
            numerals=str(int((tables.numerals["document_id"] == document_id).sum())),
        )
        basis = label(f"date-basis-{document['date_basis']}")
        date = label("date-with-basis", date=edition.date(document["published"]), basis=basis)
        if document["not_excluded"]:
            date = label("date-not-excluded", date=date, other=edition.date(document["not_excluded"]))
        publisher = nodes.paragraph(text=document["publisher_en"] + " ")
        publisher += nodes.Text(document["publisher_zh"])
        facts = [
            ("document-publisher", [publisher]),
            ("document-medium", _text(document["medium"])),
            ("document-page", _text(document["page"])),
            ("document-date", _text(f"{date}. {document['date_note']}")),
            ("document-articles", _articles(edition, articles) if len(articles) > 1 else []),
            ("document-size", _text(size)),
            ("document-damage", _text(document["damage_note"])),
            ("document-copy", _link(document["url"])),
        ]
        entries = nodes.definition_list()
        for key, content in facts:
            if content:
                entries += nodes.definition_list_item("", nodes.term(text=label(key)), nodes.definition("", *content))
        card += entries
        return [card]


def _text(text: str | None) -> list[nodes.Node]:
    return [nodes.paragraph(text=text)] if text else []


def _articles(edition: Edition, articles) -> list[nodes.Node]:
    return [
        nodes.paragraph("", "", nodes.Text(f"{article['title_en']} "), nodes.Text(article["title_zh"]))
        for _, article in articles.iterrows()
    ]


def _link(url: str | None) -> list[nodes.Node]:
    return [nodes.paragraph("", "", nodes.reference("", url, refuri=url))] if url else []


class Caveats(SphinxDirective):
    """``{caveats} DOCUMENT``: the defects of a document by kind, each with an anchor and links to the claims it touches."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        _document(self, edition)
        own = [caveat for caveat in edition.tables.caveats if caveat["document_id"] == self.arguments[0]]
        if not own:
            raise self.error(f"caveats: {self.arguments[0]} has no caveat; expected one in caveats.yml")
        groups: dict[str, list[dict]] = {}
        for caveat in sorted(own, key=lambda caveat: (caveat["kind"], caveat.get("start", 0))):
            groups.setdefault(caveat["kind"], []).append(caveat)
        summary = escape(edition.label("caveats-of", number=str(len(own))))
        # A list that nobody has asked for yet is folded; a link to one of its entries opens it.
        content: list[nodes.Node] = [
            nodes.raw("", f'<details class="zz-caveats"><summary>{summary}</summary>', format="html")
        ]
        for kind, caveats in sorted(groups.items(), key=lambda group: -len(group[1])):
            name = edition.label(f"caveat-{kind}")
            content.append(nodes.rubric(text=f"{name[:1].upper()}{name[1:]} ({len(caveats)})"))
            listing = nodes.bullet_list(classes=["zz-caveat-list"])
            for caveat in caveats:
                listing += self._entry(edition, caveat)
            content.append(listing)
        content.append(nodes.raw("", "</details>", format="html"))
        return content

    def _entry(self, edition: Edition, caveat: dict) -> nodes.list_item:
        places.note(self.env, "caveat", caveat["caveat_id"], location=self.get_location())
        entry = nodes.list_item(ids=[f"caveat-{caveat['caveat_id']}"])
        paragraph = nodes.paragraph(text=f"{caveat['note_en']} ")
        if "start" in caveat:
            place = edition.label("characters", start=f"{caveat['start']:,}", end=f"{caveat['end']:,}")
            paragraph += nodes.inline(text=f"{place[:1].upper()}{place[1:]}.", classes=["zz-caveat-place"])
        entry += paragraph
        if caveat["affects"]:
            touched = nodes.paragraph(text=f"{edition.label('caveat-bears-on')}: ", classes=["zz-caveat-claims"])
            for number, claim_id in enumerate(caveat["affects"]):
                touched += [nodes.Text("; ")] if number else []
                text = f"{edition.name_of(claim_id)} ({edition.figure(claim_id)})"
                touched += places.link(kind="claim", name=claim_id, text=text)
            entry += touched
        return entry


def setup(app: Sphinx) -> None:
    app.add_directive("source-card", SourceCard)
    app.add_directive("caveats", Caveats)
