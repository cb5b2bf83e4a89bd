"""The roles ``claim``, ``computed`` and ``external``: a figure in the prose that knows where it comes from.

In the page the figure is a link to its record. Hovering, focusing or tapping it opens a card with what the document
wrote. The cards stand once at the end of the page, whatever the number of times a figure is used.
"""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from zhenzhi import counts
from zhenzhi.audit import INCONSISTENT, UNDETERMINED
from zhenzhi.edition import Edition, Reference, UnknownReference
from zhenzhi.sphinxext import places
from zhenzhi.sphinxext.formats import add_text_node
from zhenzhi.sphinxext.freshness import edition_of

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
    """``{book}`claims``` or ``{book}`documents|word```: a count of what the book holds; see ``zhenzhi.counts``."""

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
    address = places.address(builder, here, *record(kind, target))
    if address is None and kind == "external":
        return edition_of(builder.env).external(target)["url"]
    return address or f"#{card_id(target)}"


def _visit_html(self, node: figure_reference) -> None:
    target, kind = node["target"], node["kind"]
    card = card_id(target)
    uri = escape(_address(self.builder, self.builder.current_docname, kind, target), quote=True)
    self.body.append(
        f'<a class="zz-figure zz-{kind}" href="{uri}" data-card="{card}" '
        f'aria-describedby="{card}-brief"{" lang=zh" if node["written"] else ""}>'
    )


def _depart_html(self, node: figure_reference) -> None:
    edition = edition_of(self.builder.env)
    if node["kind"] != "external" and (flag := edition.flag(node["target"])):
        name = escape(edition.label(f"verdict-{flag}"), quote=True)
        self.body.append(f'<sup class="zz-flag zz-flag-{flag}" title="{name}">{MARKS[flag]}</sup>')
    self.body.append("</a>")


def _definition(term: str, description: str) -> str:
    return f"<dt>{escape(term)}</dt><dd>{description}</dd>"


def _zh(text: str) -> str:
    return f'<span lang="zh">{escape(text)}</span>'


def claim_facts(edition: Edition, claim_id: str) -> list[tuple[str, str]]:
    """What a card and the register tell of a claim, as pairs of a term and HTML."""
    claim, document = edition.claim(claim_id), edition.document_of(claim_id)
    label = edition.label
    facts = [
        ("fact-written", _zh(claim["as_written"])),
        (
            "fact-source",
            f"{escape(document['publisher_' + edition.language])}, {escape(edition.date(document['published']))}",
        ),
        ("fact-where", escape(label("characters", start=f"{claim['start']:,}", end=f"{claim['end']:,}"))),
        ("fact-about", escape(edition.tables.places.at[claim["place_id"], f"name_{edition.language}"])),
        ("fact-period", escape(edition.period(claim_id))),
        ("fact-qualifier", escape(label(f"word-{claim['qualifier']}"))),
    ]
    if claim["value"] is not None:
        facts.append(("fact-range", escape(edition.interval(edition.quantity(claim_id)))))
    if claim["comparison"]:
        facts.append(("fact-comparison", escape(claim["comparison"])))
    facts.append(
        (
            "fact-kind",
            escape(
                " · ".join(
                    (
                        claim["kind"].replace("-", " "),
                        label(f"status-{claim['status']}"),
                        label(f"rung-{claim['rung']}").lower(),
                    )
                )
            ),
        )  # fmt: skip
    )
    if claim["note_en"]:
        facts.append(("fact-note", escape(claim["note_en"])))
    return [(label(key), text) for key, text in facts]


def _claim_card(edition: Edition, claim_id: str, uri: str) -> str:
    claim = edition.claim(claim_id)
    label = edition.label
    head = f"{edition.figure(claim_id)}: {claim[f'label_{edition.language}']}"
    brief = label("brief-claim", written=claim["as_written"], status=label(f"status-{claim['status']}"))
    facts = "".join(_definition(term, text) for term, text in claim_facts(edition, claim_id))
    return card(claim_id, head, brief, facts, uri, label("open-claim", id=claim_id))


def _computed_card(edition: Edition, name: str, uri: str) -> str:
    result = edition.result(name.partition(".")[0])
    label = edition.label
    head = f"{edition.figure(name)}: {edition.name_of(name)}"
    facts = _definition(label("fact-how"), escape(edition.plain(edition.reason(result))))
    facts += _definition(label("fact-verdict"), escape(label(f"verdict-{result.verdict}")))
    for named in result.claims:
        figure = escape(edition.figure(named))
        if edition.is_claim(named):
            figure += f" ({_zh(edition.claim(named)['as_written'])})"
        facts += _definition(edition.name_of(named), figure)
    return card(name, head, label("brief-computed"), facts, uri, label("open-check", id=result.check_id))


def external_facts(edition: Edition, external_id: str) -> list[tuple[str, str]]:
    """What a card and the list of outside figures tell of one, as pairs of a term and HTML."""
    row, label = edition.external(external_id), edition.label
    url = escape(row["url"], quote=True)
    facts = [(label("fact-source"), f'{escape(row["publisher"])} (<a href="{url}">{label("open-external")}</a>)')]
    if row["published"]:
        facts.append((label("fact-published"), escape(edition.date(row["published"]))))
    if row["note_en"]:
        facts.append((label("fact-note"), escape(row["note_en"])))
    return facts


def _external_card(edition: Edition, external_id: str, uri: str) -> str:
    row, label = edition.external(external_id), edition.label
    facts = "".join(_definition(term, text) for term, text in external_facts(edition, external_id))
    head = f"{edition.figure(external_id)}: {row['what_en']}"
    return card(external_id, head, label("brief-external"), facts, uri, label("open-outside", id=external_id))


def card(target: str, head: str, brief: str, facts: str, uri: str, link: str) -> str:
    """A card as HTML: its head and a brief as plain text, facts as the inside of a ``dl``, and a link."""
    name = card_id(target)
    return (
        f'<div class="zz-card" id="{name}" popover="manual"><p class="zz-card-head">{escape(head)}</p>'
        f'<p class="zz-card-brief" id="{name}-brief">{escape(brief)}</p><dl>{facts}</dl>'
        f'<p class="zz-card-link"><a href="{uri}">{escape(link)}</a></p></div>'
    )


def _add_cards(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Appends a card for each figure that the page uses."""
    if doctree is None:
        return
    edition = edition_of(app.env)
    make = {"claim": _claim_card, "computed": _computed_card, "external": _external_card}
    used = dict.fromkeys((node["kind"], node["target"]) for node in doctree.findall(figure_reference))
    cards = []
    for kind, target in used:
        uri = escape(_address(app.builder, pagename, kind, target), quote=True)
        cards.append(make[kind](edition, target, uri))
    if cards:
        label = escape(edition.label("cards"))
        context["body"] += f'<div class="zz-cards" aria-label="{label}" role="group">{"".join(cards)}</div>'


def _note_uses(app: Sphinx, doctree: nodes.document) -> None:
    """Notes in which section of the page each figure is used."""
    for node in doctree.findall(figure_reference):
        places.note_use(app.env, *record(node["kind"], node["target"]), places.section_of(app.env, node))


def setup(app: Sphinx) -> None:
    add_text_node(app, figure_reference, _visit_html, _depart_html)
    for kind in ("claim", "computed", "external"):
        app.add_role(kind, FigureRole(kind))
    app.add_role("book", BookRole())
    app.connect("doctree-read", _note_uses)
    app.connect("html-page-context", _add_cards)
