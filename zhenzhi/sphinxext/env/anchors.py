"""Links to what stands in the book, and lists of where it is used.

Pages are read one by one, so a page does not know yet where on other pages a record stands. Directives and roles note in
the domain what stands and what is used; links are set when all pages are known.
"""

from copy import deepcopy
from itertools import groupby

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from zhenzhi.sphinxext.env.domain import Use, domain_of
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.languages import captions


def note(env: BuildEnvironment, kind: str, name: str, anchor: str | None = None, location=None) -> bool:
    """Notes that something stands on the page being read; warns where it stands in the book already."""
    return domain_of(env).note(kind, name, anchor, location)


def page_of(env: BuildEnvironment, kind: str, name: str) -> str | None:
    """The page on which something stands."""
    place = domain_of(env).places.get((kind, name))
    return None if place is None else place.docname


def names(env: BuildEnvironment, kind: str) -> list[str]:
    """What of a kind stands in the book; what stands on one page is in its order."""
    return [name for known, name in domain_of(env).places if known == kind]


def address(builder: Builder, here: str, kind: str, name: str) -> str | None:
    """The address of something as seen from the page ``here``; nothing where it does not stand in the book."""
    place = domain_of(builder.env).places.get((kind, name))
    return None if place is None else at(builder, here, place.docname, place.anchor)


def at(builder: Builder, here: str, page: str, anchor: str) -> str:
    """The address of an anchor as seen from the page ``here``."""
    uri = "" if page == here else builder.get_relative_uri(here, page)
    return f"{uri}#{anchor}" if anchor else uri


def section_of(env: BuildEnvironment, node: nodes.Node) -> Use:
    """The section around a node."""
    around: nodes.Node | None = node
    while around is not None and not isinstance(around, nodes.section):
        around = around.parent
    title = None if around is None else around.next_node(nodes.title)
    if around is None or title is None:
        return Use(env.docname, "", env.docname)
    return Use(env.docname, around["ids"][0], title.astext())


class link(nodes.Inline, nodes.Element):
    """A link to where something stands (``kind``, ``name``), made when all pages are read.

    Its text is ``text``, or with ``page`` the title of the page on which the thing stands. Where the thing does not stand
    in the book, the text alone remains.
    """


class used_in(nodes.General, nodes.Element):
    """A line that lists where something is used; it becomes links when all pages are read."""


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(link)):
        place = domain_of(app.env).places.get((node["kind"], node["name"]))
        text = nodes.Text(node["text"])
        if place is None:
            node.parent.replace(node, text)
            continue
        if node.get("page"):
            text = nodes.Text(app.env.titles[place.docname].astext())
        uri = at(app.builder, docname, place.docname, place.anchor)
        node.replace_self(nodes.reference("", "", text, internal=True, refuri=uri, classes=node["classes"]))
    label = edition_of(app.env).label
    for uses in list(doctree.findall(used_in)):
        found = domain_of(app.env).uses_of(uses["kind"], uses["name"])
        if not found:
            uses.parent.remove(uses)
            continue
        line = nodes.paragraph(classes=["zz-used"])
        line += nodes.inline(text=label("used-in") + " ", classes=["zz-label"])
        for number, (page, own) in enumerate(groupby(found, key=lambda use: use.docname)):
            line += nodes.Text(label("sequence-separator") if number else "")
            line += nodes.Text(app.env.titles[page].astext() + label("name-separator"))
            for position, use in enumerate(own):
                line += nodes.Text(label("list-separator") if position else "")
                uri = at(app.builder, docname, page, use.anchor)
                line += nodes.reference("", _name(app, use), internal=True, refuri=uri)
        uses.replace_self(line)


def _name(app: Sphinx, use: Use) -> str:
    """A chart by its number, a section by its title; what stands before the first section is the opening."""
    env = app.env
    if use.title == env.titles[use.docname].astext():
        return edition_of(env).label("opening")
    number = env.toc_fignumbers.get(use.docname, {}).get("figure", {}).get(use.anchor)
    if not number:
        return use.title
    return edition_of(env).label("counted-part", word=use.title, count=".".join(map(str, number)))


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages to be written again for what changed on others.

    Any page may name others and link to what stands on them; a page tells the uses only of what stands on it.
    """
    domain = domain_of(env)
    titles = {page: title.astext() for page, title in env.titles.items()}
    # A copy: what numbers the chapters changes it later.
    frame = (titles, captions(app), dict(domain.places), deepcopy(env.toc_fignumbers))
    uses = domain.uses_by_thing()
    last_frame, last_uses = domain.data["written"]
    domain.data["written"] = (frame, uses)
    if frame != last_frame:
        return list(env.found_docs)
    changed = [thing for thing in uses.keys() | last_uses.keys() if uses.get(thing) != last_uses.get(thing)]
    return sorted({domain.places[thing].docname for thing in changed if thing in domain.places})


def setup(app: Sphinx) -> None:
    app.add_node(link)
    app.add_node(used_in)
    # After Sphinx has numbered the figures.
    app.connect("env-get-updated", _rewrite, priority=900)
    app.connect("doctree-resolved", _resolve)
