"""Glossary terms in the prose: the first one on a page leads to the glossary and shows its definition.

A term is found by its Chinese characters. Chinese puts no space between words, so a term may stand by chance across two
of them; a longer term or the name of a place that covers it wins, and a term of one character counts only alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi.sphinxext.formats import add_text_node
from zhenzhi.sphinxext.freshness import edition_of
from zhenzhi.sphinxext.instruments import evidence_link
from zhenzhi.sphinxext.references import card, card_id, figure_reference

_CHARACTER = "[㐀-鿿]"

#: What is not running text: headings, links, code, figures.
_APART = (
    nodes.title,
    nodes.rubric,
    nodes.reference,
    addnodes.pending_xref,
    addnodes.download_reference,
    figure_reference,
    evidence_link,
    nodes.literal,
    nodes.FixedTextElement,
    nodes.raw,
    nodes.figure,
    nodes.math,
)

#: Containers whose text is a heading, a record or a reference.
_APART_CLASSES = {"zz-model-head", "zz-programme-head", "zz-check-head", "zz-record", "zz-cite", "cell"}


class term_reference(nodes.Inline, nodes.TextElement):
    """A term in the prose; ``term`` is its Chinese."""


def anchor(pinyin: str) -> str:
    """The element ID of a term, from its reading without tone marks: ``term-wangge-zhang``."""
    letters = "".join(c for c in unicodedata.normalize("NFD", pinyin) if not unicodedata.combining(c))
    return "-".join(["term", *re.findall("[a-z0-9]+", letters.lower())])


class Finder:
    """Finds terms in a text.

    Args:
        terms: the terms, in Chinese.
        names: names that may hide a term, such as 里水 the term 里.
    """

    def __init__(self, terms: Iterable[str], names: Iterable[str] = ()):
        self._terms = frozenset(terms)
        words = sorted(self._terms.union(names), key=len, reverse=True)
        alone = f"(?<!{_CHARACTER}){{}}(?!{_CHARACTER})"
        patterns = [re.escape(word) if len(word) > 1 else alone.format(re.escape(word)) for word in words]
        self._pattern = re.compile("|".join(patterns) or "(?!)")

    def find(self, text: str) -> Iterator[tuple[int, str]]:
        """The terms in a text with their offsets, from left to right; of those that begin together, the longest."""
        for match in self._pattern.finditer(text):
            if match.group() in self._terms:
                yield match.start(), match.group()


def mark(document: nodes.document, finder: Finder) -> list[str]:
    """Makes the first occurrence of each term in the running text of a page a ``term_reference``; returns the terms."""
    marked: dict[str, None] = {}
    for text in list(document.findall(nodes.Text)):
        if not _is_prose(text):
            continue
        pieces, end, string = [], 0, text.astext()
        for start, term in finder.find(string):
            if term not in marked:
                marked[term] = None
                pieces += [nodes.Text(string[end:start]), term_reference(term, term, term=term)]
                end = start + len(term)
        if pieces:
            text.parent.replace(text, [piece for piece in (*pieces, nodes.Text(string[end:])) if piece.astext()])
    return list(marked)


def _is_prose(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, _APART) or _APART_CLASSES.intersection(node.get("classes", ())):
            return False
        node = node.parent
    return True


def _mark(app: Sphinx, doctree: nodes.document) -> None:
    env = app.env
    if env.docname == env.zhenzhi_glossary:
        return
    if app.zhenzhi_terms is None:
        edition = edition_of(env)
        app.zhenzhi_terms = Finder(edition.tables.terms.index, edition.tables.places["name_zh"])
    env.zhenzhi_term_uses[env.docname] = mark(doctree, app.zhenzhi_terms)


def _visit_html(self, node: term_reference) -> None:
    env, here = self.builder.env, self.builder.current_docname
    if env.zhenzhi_glossary is None:
        self.body.append("<span>")
        return
    name = anchor(edition_of(env).tables.terms.at[node["term"], "pinyin"])
    uri = self.builder.get_relative_uri(here, env.zhenzhi_glossary)
    self.body.append(
        f'<a class="zz-term" id="use-{name}" href="{uri}#{name}" data-card="{card_id(name)}" '
        f'aria-describedby="{card_id(name)}-brief">'
    )


def _depart_html(self, node: term_reference) -> None:
    self.body.append("</span>" if self.builder.env.zhenzhi_glossary is None else "</a>")


def _add_cards(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Appends a card for each term that the page shows as a link."""
    env = app.env
    if doctree is None or env.zhenzhi_glossary is None:
        return
    terms = dict.fromkeys(node["term"] for node in doctree.findall(term_reference))
    if not terms:
        return
    edition = edition_of(env)
    base = app.builder.get_relative_uri(pagename, env.zhenzhi_glossary)
    cards = []
    for term in terms:
        row = edition.tables.terms.loc[term]
        name = anchor(row["pinyin"])
        facts = "".join(
            f'<dt>{escape(edition.label(f"column-{key}"))}</dt><dd lang="{language}">{escape(text)}</dd>'
            for key, language, text in (("name_zh", "zh", term), ("pinyin", "zh-Latn-pinyin", row["pinyin"]))
        )
        link = edition.label("open-term")
        cards.append(card(name, row["term_en"], row["definition_en"], facts, f"{base}#{name}", link))
    label = escape(edition.label("term-cards"))
    context["body"] += f'<div class="zz-cards" aria-label="{label}" role="group">{"".join(cards)}</div>'


def _begin(app: Sphinx) -> None:
    app.zhenzhi_terms = None
    if not hasattr(app.env, "zhenzhi_term_uses"):
        app.env.zhenzhi_glossary = None
        app.env.zhenzhi_term_uses = {}


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    env.zhenzhi_term_uses.pop(docname, None)
    if env.zhenzhi_glossary == docname:
        env.zhenzhi_glossary = None


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    env.zhenzhi_glossary = env.zhenzhi_glossary or other.zhenzhi_glossary
    env.zhenzhi_term_uses |= {page: other.zhenzhi_term_uses.get(page, []) for page in docnames}


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page is written again when the glossary moves, and the glossary when a page uses other terms."""
    glossary, uses = env.zhenzhi_glossary, dict(env.zhenzhi_term_uses)
    last_glossary, last_uses = getattr(env, "zhenzhi_terms_written", (glossary, uses))
    env.zhenzhi_terms_written = (glossary, uses)
    if glossary != last_glossary:
        return list(env.found_docs)
    return [glossary] if glossary and uses != last_uses else []


def setup(app: Sphinx) -> None:
    add_text_node(app, term_reference, _visit_html, _depart_html)
    app.connect("builder-inited", _begin)
    app.connect("doctree-read", _mark)
    app.connect("html-page-context", _add_cards)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _rewrite)
