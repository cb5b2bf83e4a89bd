"""The directive ``glossary-table``: every term with its reading, its meaning, and the pages that use it."""

from collections.abc import Iterator
from itertools import groupby

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.domain import domain_of
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_text_node
from zhenzhi.sphinxext.inline.terms import anchor, syllables

_LOGGER = logging.getLogger(__name__)


class pinyin(nodes.Inline, nodes.TextElement):
    """The reading of a Chinese term in Latin letters."""


class term_uses(nodes.General, nodes.Element):
    """The pages that use a term, known when all pages are read."""


class GlossaryTable(SphinxDirective):
    """``{glossary-table}``: a section for each first letter, with an entry for each term."""

    def run(self) -> list[nodes.Node]:
        terms = edition_of(self.env).tables.terms
        ids = terms["pinyin"].map(anchor)
        for name in ids[ids.duplicated()].unique():
            same = ", ".join(ids.index[ids == name])
            message = (
                f"terms.csv: {same} would share the anchor {name!r}; expected readings that differ without tone marks"
            )
            _LOGGER.warning("%s", message, location=self.get_location(), type="zhenzhi", subtype="term")
        sections: list[nodes.Node] = []
        # English puts the readings in order by letter, Chinese by syllable: 基层 (ji ceng) before 僵尸 (jiang shi).
        key = syllables if edition_of(self.env).language == "zh" else anchor
        order = sorted(ids.index, key=lambda term: key(terms.at[term, "pinyin"]))
        for letter, names in groupby(ids[order].items(), key=lambda item: item[1][len("term-")]):
            section = nodes.section(ids=[f"letter-{letter}"])
            section += nodes.title(text=letter.upper())
            entries = nodes.definition_list(classes=["glossary", "zz-glossary"])
            entries += [self._entry(name, terms.loc[term]) for term, name in names]
            section += addnodes.glossary("", entries, sorted=False)
            sections.append(section)
        return sections

    def _entry(self, name: str, row) -> nodes.definition_list_item:
        anchors.note(self.env, "term", row["term_zh"], name, location=self.get_location())
        edition = edition_of(self.env)
        term = nodes.term(ids=[name])
        term += [nodes.Text(row["term_zh"]), nodes.Text(" "), pinyin("", row["pinyin"]), nodes.Text(" ")]
        # Docutils makes of this class the language of the element.
        foreign = [] if edition.language == "en" else ["language-en"]
        term += nodes.inline(text=row["term_en"], classes=["zz-term-name", *foreign])
        meaning = nodes.paragraph(text=edition.local(row, "definition"))
        return nodes.definition_list_item(
            "", term, nodes.definition("", meaning, term_uses(term=row["term_zh"], name=name))
        )


def _pages_with(env, term: str) -> Iterator[str]:
    """The pages that use a term, in the order of the book."""
    order = [env.config.root_doc, *env.toctree_includes.get(env.config.root_doc, [])]
    pages = [use.docname for use in domain_of(env).uses_of("term", term)]
    return iter(sorted(pages, key=lambda page: (order.index(page) if page in order else len(order), page)))


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    edition = edition_of(app.env)
    for node in list(doctree.findall(term_uses)):
        paragraph = nodes.paragraph(classes=["zz-uses"])
        for page in _pages_with(app.env, node["term"]):
            uri = app.builder.get_relative_uri(docname, page) + f"#use-{node['name']}"
            paragraph += nodes.Text(
                edition.label("sequence-separator")
                if paragraph.children
                else edition.label("term-used") + edition.label("word-separator")
            )
            paragraph += nodes.reference("", app.env.titles[page].astext(), internal=True, refuri=uri)
        if not paragraph.children:
            paragraph += nodes.Text(edition.label("term-unused"))
        node.replace_self(paragraph)


def _visit_html(self, node: pinyin) -> None:
    self.body.append('<span class="zz-pinyin" lang="zh-Latn-pinyin">')


def _depart_html(self, node: pinyin) -> None:
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    add_text_node(app, pinyin, _visit_html, _depart_html)
    app.add_directive("glossary-table", GlossaryTable)
    app.connect("doctree-resolved", _resolve)
