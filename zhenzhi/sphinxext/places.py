"""Where in the book each claim, check, model and figure stands, and where it is used.

Pages are read one by one, so a page does not know yet where on other pages a record stands. Directives and roles note
places here while pages are read; links are set when all pages are known.
"""

from dataclasses import dataclass
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

_LOGGER = logging.getLogger(__name__)

#: The kinds of things that have a place, with the prefix of their anchors.
ANCHORS = {
    "claim": "claim-",
    "check": "check-",
    "external": "external-",
    "caveat": "caveat-",
    "model": "model-",
    "entry": "entry-model-",
    "figure": "fig-",
}


@dataclass(frozen=True)
class Use:
    """A section, or a figure, that uses something."""

    docname: str
    anchor: str
    title: str


def note(env: BuildEnvironment, kind: str, name: str, location=None) -> bool:
    """Notes that something stands on the page being read; warns where it stands in the book already."""
    other = env.zhenzhi_places.get((kind, name))
    if other is not None:
        _LOGGER.warning(
            "the %s %s stands in the book twice, first on the page %s",
            kind, name, other, location=location or env.docname, type="zhenzhi", subtype=kind,
        )  # fmt: skip
        return False
    env.zhenzhi_places[kind, name] = env.docname
    return True


def page_of(env: BuildEnvironment, kind: str, name: str) -> str | None:
    """The page on which something stands."""
    return env.zhenzhi_places.get((kind, name))


def names(env: BuildEnvironment, kind: str) -> list[str]:
    """What of a kind stands in the book."""
    return [name for known, name in env.zhenzhi_places if known == kind]


def address(builder: Builder, here: str, kind: str, name: str) -> str | None:
    """The address of something as seen from the page ``here``; nothing where it does not stand in the book."""
    page = page_of(builder.env, kind, name)
    return None if page is None else at(builder, here, page, ANCHORS[kind] + name)


def at(builder: Builder, here: str, page: str, anchor: str) -> str:
    """The address of an anchor as seen from the page ``here``."""
    uri = "" if page == here else builder.get_relative_uri(here, page)
    return f"{uri}#{anchor}" if anchor else uri


def note_use(env: BuildEnvironment, kind: str, name: str, use: Use) -> None:
    """Notes that a section or a figure of the page being read uses something."""
    uses = env.zhenzhi_uses.setdefault(env.docname, {}).setdefault((kind, name), [])
    if use not in uses:
        uses.append(use)


def uses(env: BuildEnvironment, kind: str, name: str) -> list[Use]:
    """Where something is used, in the order of the pages."""
    return [use for docname in sorted(env.zhenzhi_uses) for use in env.zhenzhi_uses[docname].get((kind, name), [])]


def section_of(env: BuildEnvironment, node: nodes.Node) -> Use:
    """The section around a node."""
    while node is not None and not isinstance(node, nodes.section):
        node = node.parent
    if node is None:
        return Use(env.docname, "", env.docname)
    return Use(env.docname, node["ids"][0], node.next_node(nodes.title).astext())


class link(nodes.Inline, nodes.Element):
    """A link to where something stands (``kind``, ``name``), made when all pages are read.

    Its text is ``text``, or with ``page`` the title of the page on which the thing stands. Where the thing does not stand
    in the book, the text alone remains.
    """


class used_in(nodes.General, nodes.Element):
    """A line that lists where something is used; it becomes links when all pages are read."""


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(link)):
        uri = address(app.builder, docname, node["kind"], node["name"])
        text = nodes.Text(node["text"])
        if uri is None:
            node.replace_self(text)
            continue
        if node.get("page"):
            text = nodes.Text(app.env.titles[page_of(app.env, node["kind"], node["name"])].astext())
        node.replace_self(nodes.reference("", "", text, internal=True, refuri=uri, classes=node["classes"]))
    for node in list(doctree.findall(used_in)):
        found = uses(app.env, node["kind"], node["name"])
        if not found:
            node.parent.remove(node)
            continue
        line = nodes.paragraph(classes=["zz-used"])
        line += nodes.inline(text=app.zhenzhi_edition.label("used-in") + " ", classes=["zz-label"])
        for number, (page, own) in enumerate(groupby(found, key=lambda use: use.docname)):
            line += nodes.Text("; " if number else "")
            line += nodes.Text(app.env.titles[page].astext() + ": ")
            for place, use in enumerate(own):
                line += nodes.Text(", " if place else "")
                uri = at(app.builder, docname, page, use.anchor)
                line += nodes.reference("", _name(app, use), internal=True, refuri=uri)
        node.replace_self(line)


def _name(app: Sphinx, use: Use) -> str:
    """A figure by its number, a section by its title; what stands before the first section is the opening."""
    env = app.env
    if use.title == env.titles[use.docname].astext():
        return app.zhenzhi_edition.label("opening")
    number = env.toc_fignumbers.get(use.docname, {}).get("figure", {}).get(use.anchor)
    return f"{use.title} {'.'.join(map(str, number))}" if number else use.title


def _begin(app: Sphinx) -> None:
    for name in ("zhenzhi_places", "zhenzhi_uses"):
        if not hasattr(app.env, name):
            setattr(app.env, name, {})


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    env.zhenzhi_places = {thing: page for thing, page in env.zhenzhi_places.items() if page != docname}
    env.zhenzhi_uses.pop(docname, None)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    env.zhenzhi_places |= {thing: page for thing, page in other.zhenzhi_places.items() if page in docnames}
    env.zhenzhi_uses |= {page: used for page, used in other.zhenzhi_uses.items() if page in docnames}


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages name and link to what stands on others and list its uses: when these change, every page is written again."""
    titles = {page: title.astext() for page, title in env.titles.items()}
    current = (titles, dict(env.zhenzhi_places), {page: dict(used) for page, used in env.zhenzhi_uses.items()})
    moved = getattr(env, "zhenzhi_written", current) != current
    env.zhenzhi_written = current
    return list(env.found_docs) if moved else []


def setup(app: Sphinx) -> None:
    app.add_node(link)
    app.add_node(used_in)
    app.connect("builder-inited", _begin)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _rewrite)
    app.connect("doctree-resolved", _resolve)
