"""The directives ``source-card`` and ``caveats``: a source document, and what is damaged or open in it."""

from html import escape

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.sphinxext.directives.citation import articles_to_cite
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.inline.literal import is_web_address


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
        head += nodes.strong(text=edition.local(document, "title"))
        head += _original(edition, document, "title")
        card += head
        size = label(
            "document-size-text",
            characters=edition.digits(document["characters"]),
            claims=str(int(edition.coding.claims["article_id"].isin(articles.index).sum())),
            numerals=str(int((tables.numerals["document_id"] == document_id).sum())),
        )
        basis = label(f"date-basis-{document['date_basis']}")
        date = label("date-with-basis", date=edition.date(document["published"]), basis=basis)
        if document["not_excluded"]:
            date = label("date-not-excluded", date=date, other=edition.date(document["not_excluded"]))
        publisher = nodes.paragraph(text=edition.local(document, "publisher"))
        publisher += _original(edition, document, "publisher")
        facts: list[tuple[str, list[nodes.Node]]] = [
            ("document-publisher", [publisher]),
            ("document-medium", _text(edition.local(document, "medium"))),
            ("document-page", _text(document["page"])),
            ("document-date", _text(label("title-and-text", title=date, text=edition.local(document, "date_note")))),
            ("document-articles", _articles(edition, articles) if len(articles) > 1 else []),
            ("document-size", _text(size)),
            ("document-damage", _text(edition.local(document, "damage_note"))),
            ("document-copy", _link(document["url"])),
        ]
        entries = nodes.definition_list()
        for key, content in facts:
            if content:
                entries += nodes.definition_list_item("", nodes.term(text=label(key)), nodes.definition("", *content))
        card += entries
        card += articles_to_cite(list(articles.index))
        return [card]


def _original(edition: Edition, row, name: str) -> list[nodes.Node]:
    """A title or name in Chinese behind the same in another language."""
    original = edition.original(row, name)
    return [nodes.Text(" "), nodes.Text(original)] if original else []


def known_document(edition: Edition, prefix: str) -> bool:
    """Whether names that begin so are of a document of the book."""
    return prefix.removesuffix("-") in edition.tables.documents.index


def nothing_yet(edition: Edition) -> list[nodes.Node]:
    """What stands where nothing of a document is recorded, such as of one that is being coded."""
    return [nodes.paragraph(text=edition.label("none-recorded"), classes=["zz-blank"])]


def _text(text: str | None) -> list[nodes.Node]:
    return [nodes.paragraph(text=text)] if text else []


def _articles(edition: Edition, articles) -> list[nodes.Node]:
    return [
        nodes.paragraph("", "", nodes.Text(edition.local(article, "title")), *_original(edition, article, "title"))
        for _, article in articles.iterrows()
    ]


def _link(url: str | None) -> list[nodes.Node]:
    return [nodes.paragraph("", "", nodes.reference("", url, refuri=url))] if is_web_address(url) else _text(url)


class Caveats(SphinxDirective):
    """``{caveats} DOCUMENT``: the defects of a document by kind, each with an anchor and links to the claims it touches.

    With ``:counted:`` one line that says how many there are and leads to the list, which stands elsewhere; it keeps the
    addresses that the defects had on this page in earlier releases.
    """

    required_arguments = 1
    option_spec = {"counted": directives.flag}

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        _document(self, edition)
        groups = self._by_kind(edition)
        if not groups:
            return nothing_yet(edition)
        if "counted" in self.options:
            return [self._count(edition, groups)]
        summary = escape(edition.label("caveats-of", number=str(sum(map(len, groups.values())))))
        # A list that nobody has asked for yet is folded; a link to one of its entries opens it.
        content: list[nodes.Node] = [
            nodes.raw("", f'<details class="zz-caveats"><summary>{summary}</summary>', format="html")
        ]
        for kind, caveats in groups.items():
            name = edition.label(f"caveat-{kind}")
            content.append(nodes.rubric(text=name[:1].upper() + name[1:] + edition.aside(str(len(caveats)))))
            listing = nodes.bullet_list(classes=["zz-caveat-list"])
            for caveat in caveats:
                listing += self._entry(edition, caveat)
            content.append(listing)
        content.append(nodes.raw("", "</details>", format="html"))
        return content

    def _by_kind(self, edition: Edition) -> dict[str, list[dict]]:
        """The defects of the document in the order of the text, the most frequent kind first."""
        own = [caveat for caveat in edition.tables.caveats if caveat["document_id"] == self.arguments[0]]
        groups: dict[str, list[dict]] = {}
        for caveat in sorted(own, key=lambda caveat: (caveat["kind"], caveat.get("start", 0))):
            groups.setdefault(caveat["kind"], []).append(caveat)
        return dict(sorted(groups.items(), key=lambda group: -len(group[1])))

    def _count(self, edition: Edition, groups: dict[str, list[dict]]) -> nodes.paragraph:
        names = [caveat["caveat_id"] for caveats in groups.values() for caveat in caveats]
        line = nodes.paragraph(ids=[f"caveat-{name}" for name in names], classes=["zz-caveat-count"])
        text = edition.label("caveats-counted", number=str(len(names)))
        line += anchors.link(kind="caveat", name=names[0], text=text, classes=[])
        return line

    def _entry(self, edition: Edition, caveat: dict) -> nodes.list_item:
        anchors.note(self.env, "caveat", caveat["caveat_id"], location=self.get_location())
        entry = nodes.list_item(ids=[f"caveat-{caveat['caveat_id']}"])
        paragraph = nodes.paragraph(text=edition.local(caveat, "note") + edition.label("word-separator"))
        if "start" in caveat:
            place = edition.characters(caveat["start"], caveat["end"])
            place = edition.label("title-and-text", title=place[:1].upper() + place[1:], text="").rstrip()
            paragraph += nodes.Text(place + edition.label("word-separator"))
        if caveat["affects"]:
            paragraph += nodes.Text(edition.named(edition.label("caveat-bears-on"), ""))
            for number, claim_id in enumerate(caveat["affects"]):
                paragraph += [nodes.Text(edition.label("sequence-separator"))] if number else []
                text = edition.name_of(claim_id) + edition.aside(edition.amount(claim_id))
                paragraph += anchors.link(kind="claim", name=claim_id, text=text)
        entry += paragraph
        return entry


def setup(app: Sphinx) -> None:
    app.add_directive("source-card", SourceCard)
    app.add_directive("caveats", Caveats)
