"""Numbers the figures again only where something changed that they are numbered by.

Sphinx walks through all pages of the book for it, however few were read: a seventh of the time in which a changed sentence is
shown. What it walks by is kept of each page in the domain, and compared.
"""

from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from typing import cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors.toctree import TocTreeCollector

from zhenzhi.sphinxext.env.domain import domain_of


def outline(env: BuildEnvironment, node: nodes.Element) -> Iterator[tuple]:
    """What Sphinx counts by below a node of a page: sections, lists of pages, and what bears a number."""
    standard = cast(StandardDomain, env.domains["std"])
    for child in node.children:
        if isinstance(child, nodes.section):
            yield child["ids"][0], tuple(outline(env, child))
        elif isinstance(child, addnodes.toctree):
            yield tuple(child["entries"])
        elif isinstance(child, nodes.Element):
            kinds = tuple(domain.get_enumerable_node_type(child) for domain in env.domains.values())
            if child["ids"] and any(kinds):
                yield child["ids"][0], kinds, bool(standard.get_numfig_title(child))
            yield from outline(env, child)


def _assign(collector: TocTreeCollector, app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Numbers sections, and figures where need be; returns the pages whose numbers changed."""
    data = domain_of(env).data
    changed = collector.assign_section_numbers(env)
    for page in env.found_docs - data["outlines"].keys():
        data["outlines"][page] = tuple(outline(env, env.get_doctree(page)))
    numbered_by = (dict(data["outlines"]), env.toc_secnumbers, env.config.numfig, env.config.numfig_secnum_depth)
    last, numbers = data["numbered"]
    if numbered_by == last:
        env.toc_fignumbers = deepcopy(numbers)  # Sphinx forgets those of a page that is read again
        return changed
    changed += collector.assign_figure_numbers(env)
    # Copies: what numbers the chapters changes them later.
    data["numbered"] = deepcopy((numbered_by, env.toc_fignumbers))
    return changed


def setup(app: Sphinx) -> None:
    # Sphinx has no setting for it: its listener is taken out, and this one stands in its place.
    for listener in list(app.events.listeners["env-get-updated"]):
        collector = getattr(listener.handler, "__self__", None)
        if isinstance(collector, TocTreeCollector):
            app.disconnect(listener.id)
            app.connect("env-get-updated", partial(_assign, collector), priority=listener.priority)
