"""Glossary terms in the prose: the first one on a page leads to the glossary and shows its definition.

A term is found by its Chinese characters. Chinese puts no space between words, so a term may stand by chance across two
of them; a longer term or the name of a place that covers it wins, and a term of one character counts only alone.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from docutils import nodes
from markupsafe import Markup
from sphinx import addnodes
from sphinx.application import Sphinx

from zhenzhi.sphinxext.directives.instruments import evidence_link
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.domain import Use, domain_of
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.other_builders import add_text_node
from zhenzhi.sphinxext.inline.references import card, card_id, cards, figure_reference

_CHARACTER = "[㐀-鿿]"

#: A syllable of pinyin; an n before a vowel begins the next one.
_SYLLABLE = re.compile(r"[b-df-hj-np-tv-z]*[aeiou]+(?:ng?(?![aeiou])|r(?![aeiou]))?")

#: What is not running text: headings, links, code, figures.
_APART = (
    nodes.title,
    nodes.rubric,
    nodes.reference,
    addnodes.pending_xref,
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


def syllables(pinyin: str) -> list[str]:
    """The syllables of a reading without tone marks, by which Chinese puts its words in order."""
    return _SYLLABLE.findall(_letters(pinyin))


def _letters(pinyin: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", pinyin) if not unicodedata.combining(c)).lower()


def anchor(pinyin: str) -> str:
    """The element ID of a term, from its reading without tone marks: ``term-wangge-zhang``."""
    return "-".join(["term", *re.findall("[a-z0-9]+", _letters(pinyin))])


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
            if term not in marked and not (len(term) == 1 and start == 0 and _follows_link(text)):
                marked[term] = None
                pieces += [nodes.Text(string[end:start]), term_reference(term, term, term=term)]
                end = start + len(term)
        if pieces:
            text.parent.replace(text, [piece for piece in (*pieces, nodes.Text(string[end:])) if piece.astext()])
    return list(marked)


def _follows_link(text: nodes.Text) -> bool:
    """Whether a text goes on behind a link, whose words do not stand here yet: a first character belongs to them."""
    before = text.parent.index(text)
    return before > 0 and isinstance(text.parent[before - 1], nodes.reference | addnodes.pending_xref)


def _is_prose(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, _APART) or _APART_CLASSES.intersection(node.get("classes", ())):
            return False
        node = node.parent
    return True


def _mark(app: Sphinx, doctree: nodes.document) -> None:
    """Marks the terms of a page, unless it is the glossary; notes where they are used."""
    env, domain = app.env, domain_of(app.env)
    if any(kind == "term" and place.docname == env.docname for (kind, _), place in domain.places.items()):
        return
    tables = edition_of(env).tables
    # Asked for anew for each page, so that each is known to be made from these tables.
    terms = tables.terms["pinyin"]
    for term in mark(doctree, _finder(tuple(terms.index), tuple(tables.places["name_zh"]))):
        domain.note_use("term", term, Use(env.docname, f"use-{anchor(terms[term])}", term))


@lru_cache(maxsize=1)
def _finder(terms: tuple[str, ...], names: tuple[str, ...]) -> Finder:
    return Finder(terms, names)


def _visit_html(self, node: term_reference) -> None:
    place = domain_of(self.builder.env).places.get(("term", node["term"]))
    if place is None:
        self.body.append("<span>")
        return
    name, uri = place.anchor, anchors.address(self.builder, self.builder.current_docname, "term", node["term"])
    self.body.append(
        f'<a class="zz-term" id="use-{name}" href="{uri}" data-card="{card_id(name)}" '
        f'aria-describedby="{card_id(name)}-brief">'
    )


def _depart_html(self, node: term_reference) -> None:
    known = ("term", node["term"]) in domain_of(self.builder.env).places
    self.body.append("</a>" if known else "</span>")


def _add_cards(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Appends a card for each term that the page shows as a link."""
    if doctree is None:
        return
    used = dict.fromkeys(node["term"] for node in doctree.findall(term_reference))
    terms = [term for term in used if ("term", term) in domain_of(app.env).places]
    if not terms:
        return
    edition = edition_of(app.env)
    made = []
    for term in terms:
        row = edition.tables.terms.loc[term]
        name = anchor(row["pinyin"])
        names = {
            "name_zh": ("zh", term),
            "pinyin": ("zh-Latn-pinyin", row["pinyin"]),
            "name_en": ("en", row["term_en"]),
        }
        head = names.pop(f"name_{edition.language}")[1]
        facts = Markup().join(
            Markup('<dt>{}</dt><dd lang="{}">{}</dd>').format(edition.label(f"column-{key}"), language, text)
            for key, (language, text) in names.items()
        )
        link = edition.label("open-term")
        place = domain_of(app.env).places[("term", term)]
        uri = anchors.at(app.builder, pagename, place.docname, place.anchor)
        made.append(card(edition, name, head, edition.local(row, "definition"), facts, uri, link))
    context["body"] += cards(edition.label("term-cards"), made)


def setup(app: Sphinx) -> None:
    add_text_node(app, term_reference, _visit_html, _depart_html)
    app.connect("doctree-read", _mark)
    app.connect("html-page-context", _add_cards)
