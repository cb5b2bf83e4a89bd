"""The directive ``instrument-matrix``: instruments of governing by place, each cell a link to its evidence or a blank."""

from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.data import instruments
from zhenzhi.data.instruments import Column
from zhenzhi.data.vocabularies import DEGREES
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_page_node, add_text_node

Cells = dict[tuple[str, Column], pd.DataFrame]


class scrolling(nodes.General, nodes.Element):
    """A region with a name that scrolls sideways by itself and takes the focus."""


class picker(nodes.General, nodes.Element):
    """Two lists of the columns, of which ``pick.js`` shows those chosen; ``columns`` are pairs of a key and a name."""


class folded(nodes.General, nodes.Element):
    """What a reader opens; ``summary`` is what stands when it is closed."""


class evidence_link(nodes.Inline, nodes.TextElement):
    """Words that become a link to a model, or to a claim, when all pages are read."""


class InstrumentMatrix(SphinxDirective):
    """``{instrument-matrix}``: rows are instruments, columns are places in documents; below, the passages behind it."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        columns, cells = instruments.columns(edition.tables), instruments.cells(edition.tables)
        region = scrolling(label=edition.label("matrix"))
        region += _table(edition, columns, cells)
        rows = str(len(edition.tables.instruments))
        key = nodes.paragraph(text=edition.label("matrix-key", rows=rows), classes=["zz-matrix-key"])
        keys = [f"{column.place_id}-{column.document_id}" for column in columns]
        names = [edition.place_and_year(column.place_id, column.document_id) for column in columns]
        gaps = {gap: f"{{{gap}}}" for gap in ("both", "one", "other", "first", "second")}
        words = {word: edition.label(f"pick-{word}", **gaps) for word in ("first", "second", "all", "told")}
        choice = picker(columns=list(zip(keys, names, strict=True)), words=words)
        passages = folded(summary=edition.label("matrix-words"))
        for instrument_id in edition.tables.instruments.index:
            passages += self._passages(edition, columns, cells, instrument_id)
        return [choice, key, region, passages]

    def _passages(self, edition: Edition, columns: list[Column], cells: Cells, instrument_id: str) -> nodes.Node:
        """An instrument in words: what it is, each passage with its degree, and where it is not mentioned."""
        instrument = edition.tables.instruments.loc[instrument_id]
        entry = nodes.container(ids=[f"instrument-{instrument_id}"], classes=["zz-instrument"])
        head = nodes.paragraph("", "", nodes.strong(text=edition.local(instrument, "name")))
        if original := edition.original(instrument, "name"):
            head += nodes.Text(f" {original}")
        entry += head
        entry += nodes.paragraph(text=edition.local(instrument, "definition"))
        items, blanks = nodes.bullet_list(), []
        for column in columns:
            name = edition.place_and_year(column.place_id, column.document_id)
            if (instrument_id, column) not in cells:
                blanks.append(name)
                continue
            for row in cells[instrument_id, column].itertuples():
                items += nodes.list_item("", self._passage(edition, name, row))
        entry += items
        words = "、".join(instrument["words_zh"].split())
        text = edition.label("matrix-looked-for", words=words)
        if blanks:
            text += edition.label("sentence-separator") + edition.label(
                "matrix-not-in", columns=edition.listing(blanks)
            )
        entry += nodes.paragraph(text=text, classes=["zz-silent"])
        return entry

    def _passage(self, edition: Edition, column: str, row) -> nodes.paragraph:
        place = edition.tables.places.loc[row.place_id]
        where = column
        if instruments.town_of(edition.tables, row.place_id) != row.place_id:
            where += edition.label("clause-separator") + edition.local(place, "name")
        passage = nodes.paragraph("", where + edition.label("name-separator"))
        passage += nodes.inline(text=edition.label(f"degree-{row.degree}"), classes=["zz-degree", f"zz-{row.degree}"])
        passage += nodes.Text(edition.label("clause-separator"))
        passage += evidence_link("", row.as_written, **_target(row))
        if row.claim_id:
            inline, messages = self.parse_inline(edition.aside(f"{{claim}}`{row.claim_id}`"))
            passage += inline
        passage += nodes.Text(edition.label("title-and-text", title="", text=edition.local(row, "note") or "").rstrip())
        return passage


def _table(edition: Edition, columns: list[Column], cells: Cells) -> nodes.table:
    table = nodes.table(classes=["zz-matrix"])
    group = nodes.tgroup(cols=1 + len(columns))
    table += group
    group += nodes.colspec(colwidth=16, stub=1)
    group += [nodes.colspec(colwidth=9) for _ in columns]
    head, body = nodes.thead(), nodes.tbody()
    names = [edition.place_and_year(column.place_id, column.document_id) for column in columns]
    head += _row([[nodes.Text(text)] for text in (edition.label("matrix-instrument"), *names)])
    last = None
    for instrument_id, instrument in edition.tables.instruments.iterrows():
        if instrument["group"] != last:
            last = instrument["group"]
            band = nodes.row(classes=["zz-matrix-group"])
            band += nodes.entry("", nodes.paragraph(text=edition.label(f"group-{last}")))
            band += [nodes.entry("", nodes.paragraph()) for _ in columns]
            body += band
        name = nodes.reference(
            "", edition.local(instrument, "name"), internal=True, refid=f"instrument-{instrument_id}"
        )
        contents = [
            _cell(edition, cells.get((instrument_id, column)), where)
            for column, where in zip(columns, names, strict=True)
        ]
        body += _row([[name], *contents])
    group += [head, body]
    return table


def _cell(edition: Edition, found: pd.DataFrame | None, where: str) -> list[nodes.Node]:
    """The degrees that a cell holds, each once, the strongest first, as links; or a blank that says so."""
    if found is None:
        blank = nodes.inline(text="–", classes=["zz-blank-mark"])
        return [blank, nodes.inline(text=edition.label("degree-blank"), classes=["zz-hidden"])]
    links: list[nodes.Node] = []
    for degree in DEGREES:
        own = found[found["degree"] == degree]
        if own.empty:
            continue
        row = next(own.itertuples())
        link = evidence_link("", classes=["zz-degree", f"zz-{degree}"], title=row.as_written, **_target(row))
        link += nodes.Text(edition.label(f"degree-{degree}"))
        name = _name(edition, row)
        link += nodes.inline(
            text=edition.label("name-separator") + edition.label("clause-separator").join((name, where)),
            classes=["zz-hidden"],
        )
        links.append(link)
    return links


def _name(edition: Edition, row) -> str:
    if row.model_id:
        return edition.local(edition.model(row.model_id), "name")
    return edition.name_of(row.claim_id)


def _target(row) -> dict[str, str]:
    """What a passage leads to: the model where it names one, or else the claim."""
    return {"kind": "model", "name": row.model_id} if row.model_id else {"kind": "claim", "name": row.claim_id}


def _row(contents: list[list[nodes.Node]]) -> nodes.row:
    row = nodes.row()
    for content in contents:
        row += nodes.entry("", nodes.paragraph("", "", *content))
    return row


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(evidence_link)):
        uri = anchors.address(app.builder, docname, node["kind"], node["name"])
        if uri is None:
            node.replace_self(node.children)
            continue
        link = nodes.reference("", "", *node.children, internal=True, refuri=uri)
        link["classes"] += node["classes"]
        if node.get("title"):
            link["reftitle"] = node["title"]
        node.replace_self(link)


def _visit_scrolling(self, node: scrolling) -> None:
    label = escape(node["label"], quote=True)
    self.body.append(f'<div class="zz-scroll zz-matrix-region" tabindex="0" role="region" aria-label="{label}">')


def _depart_scrolling(self, node: scrolling) -> None:
    self.body.append("</div>")


def _visit_picker(self, node: picker) -> None:
    words = node["words"]
    options = "".join(
        f'<option value="{escape(key, quote=True)}">{escape(name)}</option>' for key, name in node["columns"]
    )
    lists = "".join(
        f'<span class="zz-control"><label for="zz-pick-{place}">{escape(words[place])}</label>'
        f'<select id="zz-pick-{place}"><option value="">{escape(words["all"])}</option>{options}</select></span>'
        for place in ("first", "second")
    )
    told = escape(words["told"], quote=True)
    self.body.append(
        f'<div class="zz-pick zz-controls pst-js-only" data-told="{told}">{lists}</div>'
        '<p class="zz-pick-told" aria-live="polite"></p>'
    )
    raise nodes.SkipNode


def _visit_folded(self, node: folded) -> None:
    self.body.append(f'<details class="zz-folded"><summary>{escape(node["summary"])}</summary>')


def _depart_folded(self, node: folded) -> None:
    self.body.append("</details>")


def setup(app: Sphinx) -> None:
    add_text_node(app, scrolling, _visit_scrolling, _depart_scrolling)
    add_text_node(app, folded, _visit_folded, _depart_folded)
    add_page_node(app, picker, _visit_picker)
    app.add_js_file("pick.js", loading_method="defer")
    app.add_directive("instrument-matrix", InstrumentMatrix)
    app.connect("doctree-resolved", _resolve)
