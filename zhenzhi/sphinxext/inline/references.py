"""The roles ``claim``, ``computed`` and ``external``: a figure in the prose that knows where it comes from.

In the page the figure is a link to its record. Hovering, focusing or tapping it opens a card with what the document
wrote. The cards stand once at the end of the page, whatever the number of times a figure is used.
"""

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from zhenzhi.audit import INCONSISTENT, UNDETERMINED
from zhenzhi.book import counts
from zhenzhi.book.edition import Edition, Reference
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.domain import domain_of
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_text_node
from zhenzhi.sphinxext.inline.literal import is_web_address

_LOGGER = logging.getLogger(__name__)

#: The mark beside a figure that a check finds fault with or cannot decide.
MARKS = {INCONSISTENT: "≠", UNDETERMINED: "○"}


class figure_reference(nodes.Inline, nodes.TextElement):
    """A figure in the prose; ``kind`` is claim, computed or external, ``target`` its name."""


class FigureRole(SphinxRole):
    """``{claim}`ID``` or ``{claim}`ID|form```; the forms are those of ``Edition.show``."""

    def __init__(self, kind: str):
        self.kind = kind

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        reference = Reference.parse(self.kind, self.text)
        try:
            text = edition_of(self.env).show(reference)
        except UnknownReference as error:
            _LOGGER.warning("%s", error, location=self.get_location(), type="zhenzhi", subtype=self.kind)
            return [nodes.literal(text=self.text)], []
        node = figure_reference(self.rawtext, text, kind=reference.kind, target=reference.target)
        node["written"] = reference.form == "written"
        return [node], []


class BookRole(SphinxRole):
    """``{book}`claims``` or ``{book}`documents|word```: a count of what the book holds; see ``zhenzhi.book.counts``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            return [nodes.Text(counts.show(edition_of(self.env), self.text))], []
        except UnknownReference as error:
            _LOGGER.warning("%s", error, location=self.get_location(), type="zhenzhi", subtype="book")
            return [nodes.literal(text=self.text)], []


def card_id(target: str) -> str:
    """The element ID of a card."""
    return "card-" + target.replace(".", "-")


def record(kind: str, target: str) -> tuple[str, str]:
    """The kind and the name of the record that a figure leads to: a computed figure leads to its check."""
    return ("check", target.partition(".")[0]) if kind == "computed" else (kind, target)


def _address(builder: Builder, here: str, kind: str, target: str) -> str:
    """The address of a figure's record; of an outside figure without one, the address of its source."""
    address = anchors.address(builder, here, *record(kind, target))
    url = edition_of(builder.env).external(target)["url"] if kind == "external" else None
    if address is None and is_web_address(url):
        return url
    return address or f"#{card_id(target)}"


def _visit_html(self, node: figure_reference) -> None:
    target, kind = node["target"], node["kind"]
    card = card_id(target)
    uri = _address(self.builder, self.builder.current_docname, kind, target)
    is_foreign = node["written"] and edition_of(self.builder.env).language != "zh"
    language = Markup(' lang="zh"') if is_foreign else ""
    self.body.append(
        Markup('<a class="zz-figure zz-{}" href="{}" data-card="{}" aria-describedby="{}-brief"{}>').format(
            kind, uri, card, card, language
        )
    )


def _depart_html(self, node: figure_reference) -> None:
    edition = edition_of(self.builder.env)
    if node["kind"] != "external" and (flag := edition.flag(node["target"])):
        mark = Markup('<sup class="zz-flag zz-flag-{}" title="{}">{}</sup>')
        self.body.append(mark.format(flag, edition.label(f"verdict-{flag}"), MARKS[flag]))
    self.body.append("</a>")


def _definition(term: str, description: str) -> Markup:
    return Markup("<dt>{}</dt><dd>{}</dd>").format(term, description)


def _zh(edition: Edition, text: str) -> Markup | str:
    """Words of a document, marked as Chinese where the page is not."""
    return text if edition.language == "zh" else Markup('<span lang="zh">{}</span>').format(text)


def _wording(edition: Edition, claim_id: str) -> Markup:
    """The headline of a claim: its phrase, and what the phrase allows."""
    written, _, allowed = edition.wording(claim_id).partition(edition.claim(claim_id)["as_written"])
    return Markup("{}<b>{}</b>{}").format(written, _zh(edition, edition.claim(claim_id)["as_written"]), allowed)


def claim_facts(edition: Edition, claim_id: str) -> list[tuple[str, str]]:
    """What a card and the register tell of a claim, as pairs of a term and a text."""
    claim, document = edition.claim(claim_id), edition.document_of(claim_id)
    label = edition.label
    facts = [
        ("fact-written", _wording(edition, claim_id)),
        (
            "fact-source",
            edition.source_of(document),
        ),
        ("fact-where", _place(edition, claim_id)),
        ("fact-about", edition.local(edition.tables.places.loc[claim["place_id"]], "name")),
        ("fact-period", edition.period(claim_id)),
    ]
    if claim["comparison"]:
        facts.append(("fact-comparison", edition.local(claim, "comparison")))
    coded = (label(f"{column}-{claim[column]}") for column in ("kind", "status", "rung"))
    facts.append(("fact-kind", label("facts-separator").join(coded).lower()))
    if claim["note_en"]:
        facts.append(("fact-note", edition.local(claim, "note")))
    return [(label(key), text) for key, text in facts]


def _place(edition: Edition, claim_id: str) -> Markup:
    """Where a claim stands in its text, with a link to the passage where a public copy is known."""
    claim = edition.claim(claim_id)
    place = Markup.escape(edition.characters(claim["start"], claim["end"]))
    if url := edition.passage(claim_id):
        link = Markup('<a href="{}" rel="noopener">{}</a>').format(url, edition.label("open-passage"))
        place += Markup(edition.aside("{}")).format(link)
    return place


def _claim_card(edition: Edition, claim_id: str, uri: str) -> Markup:
    claim = edition.claim(claim_id)
    label = edition.label
    told = claim_facts(edition, claim_id)[1:]  # the head says the wording
    blank = label("not-stated")  # left to the record
    facts = Markup().join(_definition(term, text) for term, text in told if text != blank)
    head, brief = _wording(edition, claim_id), edition.local(claim, "label")
    return card(edition, claim_id, head, brief, facts, uri, label("open-claim", id=claim_id))


def _computed_card(edition: Edition, name: str, uri: str) -> Markup:
    result = edition.result(name.partition(".")[0])
    label = edition.label
    head = label("claim-title", figure=edition.amount(name), what=edition.name_of(name))
    facts = _definition(label("fact-how"), edition.plain(edition.reason(result)))
    facts += _definition(label("fact-verdict"), label(f"verdict-{result.verdict}"))
    bounds = edition.interval(edition.quantity(name))
    if bounds != edition.amount(name):
        facts += _definition(label("fact-range"), bounds)
    for named in result.claims:
        figure = Markup.escape(edition.amount(named))
        written = edition.claim(named)["as_written"] if edition.is_claim(named) else figure
        if written != figure:
            figure += Markup(edition.aside("{}")).format(_zh(edition, written))
        facts += _definition(edition.name_of(named), figure)
    return card(edition, name, head, label("brief-computed"), facts, uri, label("open-check", id=result.check_id))


def external_facts(edition: Edition, external_id: str) -> list[tuple[str, str]]:
    """What a card and the list of outside figures tell of one, as pairs of a term and a text."""
    row, label = edition.external(external_id), edition.label
    source = edition.local(row, "publisher")
    if is_web_address(row["url"]):
        link = Markup('<a href="{}">{}</a>').format(row["url"], label("open-external"))
        source = Markup.escape(source) + Markup(edition.aside("{}")).format(link)
    facts = [(label("fact-written"), _zh(edition, row["as_written"]))] if row.get("as_written") else []
    facts.append((label("fact-source"), source))
    if row["published"]:
        facts.append((label("fact-published"), edition.date(row["published"])))
    if row["note_en"]:
        facts.append((label("fact-note"), edition.local(row, "note")))
    return facts


def _external_card(edition: Edition, external_id: str, uri: str) -> Markup:
    label = edition.label
    facts = Markup().join(_definition(term, text) for term, text in external_facts(edition, external_id))
    head = label("claim-title", figure=edition.amount(external_id), what=edition.name_of(external_id))
    return card(edition, external_id, head, label("brief-external"), facts, uri, label("open-outside", id=external_id))


def card(edition: Edition, target: str, head: str, brief: str, facts: Markup, uri: str, link: str) -> Markup:
    """A card as HTML: its head, a brief, the facts as the inside of a ``dl``, a link, and what closes it on a phone."""
    return Markup(
        '<div class="zz-card" id="{name}" popover="manual"><div id="{name}-brief"><p class="zz-card-head">{head}</p>'
        '<p class="zz-card-brief">{brief}</p></div><dl>{facts}</dl>'
        '<p class="zz-card-link"><a href="{uri}">{link}</a></p>'
        '<button type="button" class="zz-card-close" aria-label="{close}">×</button></div>'
    ).format(
        name=card_id(target), head=head, brief=brief, facts=facts, uri=uri, link=link, close=edition.label("close")
    )


def cards(label: str, made: list[Markup]) -> str:
    """The cards of a page as HTML, under a name that says what they are."""
    group = Markup('<div class="zz-cards" aria-label="{}" role="group">{}</div>')
    return str(group.format(label, Markup().join(made)))


def _add_cards(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Appends a card for each figure that the page uses."""
    if doctree is None:
        return
    edition = edition_of(app.env)
    make = {"claim": _claim_card, "computed": _computed_card, "external": _external_card}
    used = dict.fromkeys((node["kind"], node["target"]) for node in doctree.findall(figure_reference))
    made = [make[kind](edition, target, _address(app.builder, pagename, kind, target)) for kind, target in used]
    if made:
        context["body"] += cards(edition.label("cards"), made)


def _note_uses(app: Sphinx, doctree: nodes.document) -> None:
    """Notes in which section of the page each figure is used."""
    for node in doctree.findall(figure_reference):
        domain_of(app.env).note_use(*record(node["kind"], node["target"]), anchors.section_of(app.env, node))


def setup(app: Sphinx) -> None:
    add_text_node(app, figure_reference, _visit_html, _depart_html)
    for kind in ("claim", "computed", "external"):
        app.add_role(kind, FigureRole(kind))
    app.add_role("book", BookRole())
    app.connect("doctree-read", _note_uses)
    app.connect("html-page-context", _add_cards)
