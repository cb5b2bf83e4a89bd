"""The book's own Sphinx domain: what stands where, what uses it, and what each page is made from.

All that the extension learns while pages are read is kept here, in Sphinx's environment: it is cleared with a page, merged
when pages are read by several processes, and there again in the next build. Claims and the like are also in the inventory of
the built book (``objects.inv``), so that another book links to them by intersphinx::

    {external+zhenzhi:zhenzhi:claim}`jj17-grids`
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

_LOGGER = logging.getLogger(__name__)

#: The kinds of things that stand in the book, with the prefix of their anchors.
ANCHORS = {
    "claim": "claim-",
    "check": "check-",
    "external": "external-",
    "caveat": "caveat-",
    "model": "model-",
    "entry": "entry-model-",
    "chart": "fig-",
    "finding": "finding-",
    "term": "term-",
}

#: Kinds whose names are those of another kind too, to which a reference that names no kind leads.
_SECOND = ("entry",)


@dataclass(frozen=True)
class Place:
    """Where something stands."""

    docname: str
    anchor: str


@dataclass(frozen=True)
class Use:
    """A section, a chart or a term of a page that uses something."""

    docname: str
    anchor: str
    title: str


class ZhenzhiDomain(Domain):
    """Claims, checks, outside figures, caveats, models, charts, findings and terms, and what pages are made from.

    The data hold plain values only:

    - ``places``: the ``Place`` of each thing by kind and name;
    - ``uses``: by page, the uses of each thing by kind and name;
    - ``made_from``: by page, the names of the ingredients it was made from (``zhenzhi.book.dependencies``);
    - ``digests``: by page, what these were worth when the book was last built well;
    - ``common``: the fingerprint of what every page depends on;
    - ``made``: what takes long and is kept from build to build;
    - ``written``: what pages tell of each other, as it was when they were last written.
    """

    name = "zhenzhi"
    label = "Zhenzhi"
    object_types = {kind: ObjType(kind, kind) for kind in ANCHORS}
    roles = {kind: XRefRole() for kind in ANCHORS}
    initial_data = {
        "places": {},
        "uses": {},
        "made_from": {},
        "digests": {},
        "outlines": {},
        "numbered": (None, {}),
        "common": "",
        "made": {},
        "written": ({}, {}),
    }
    data_version = 2

    #: Whether a page of this build tells what uses something, which other pages decide.
    tells_uses = False

    @property
    def places(self) -> dict[tuple[str, str], Place]:
        """Where each thing stands, by kind and name."""
        return self.data["places"]

    @property
    def uses(self) -> dict[str, dict[tuple[str, str], list[Use]]]:
        """By page, the uses of each thing by kind and name."""
        return self.data["uses"]

    def note(self, kind: str, name: str, anchor: str | None = None, location=None) -> bool:
        """Notes that something stands on the page being read; warns where it stands in the book already."""
        return self._put(kind, name, Place(self.env.docname, anchor or ANCHORS[kind] + name), location)

    def _put(self, kind: str, name: str, place: Place, location=None) -> bool:
        other = self.places.setdefault((kind, name), place)
        if other is place:
            return True
        _LOGGER.warning(
            "the %s %s stands in the book twice, first on the page %s",
            kind, name, other.docname, location=location or place.docname, type="zhenzhi", subtype=kind,
        )  # fmt: skip
        return False

    def note_use(self, kind: str, name: str, use: Use) -> None:
        """Notes that the page being read uses something."""
        uses = self.uses.setdefault(use.docname, {}).setdefault((kind, name), [])
        if use not in uses:
            uses.append(use)

    def uses_by_thing(self) -> dict[tuple[str, str], list[Use]]:
        """The uses of each thing by kind and name, by the names of the pages."""
        found: dict[tuple[str, str], list[Use]] = {}
        for docname in sorted(self.uses):
            for thing, uses in self.uses[docname].items():
                found.setdefault(thing, []).extend(uses)
        return found

    def uses_of(self, kind: str, name: str) -> list[Use]:
        """Where something is used, by the names of the pages."""
        self.tells_uses = True
        return [use for docname in sorted(self.uses) for use in self.uses[docname].get((kind, name), ())]

    def clear_doc(self, docname: str) -> None:
        self.data["places"] = {thing: place for thing, place in self.places.items() if place.docname != docname}
        for kept in ("uses", "made_from", "outlines"):
            self.data[kept].pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict) -> None:
        docnames = set(docnames)
        for (kind, name), place in otherdata["places"].items():
            if place.docname in docnames:
                self._put(kind, name, place)
        for kept in ("uses", "made_from"):
            self.data[kept] |= {page: found for page, found in otherdata[kept].items() if page in docnames}

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for (kind, name), place in self.places.items():
            yield name, name, kind, place.docname, place.anchor, 1

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        place = self.places.get((typ, target))
        if place is None:
            return None
        return make_refnode(builder, fromdocname, place.docname, place.anchor, contnode)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        found: list[tuple[str, nodes.Element]] = []
        for kind in ANCHORS:
            reference = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
            if reference is not None and not (found and kind in _SECOND):
                found.append((f"zhenzhi:{kind}", reference))
        return found


def domain_of(env: BuildEnvironment) -> ZhenzhiDomain:
    """The domain of the build that is under way."""
    return cast(ZhenzhiDomain, env.domains["zhenzhi"])


def setup(app: Sphinx) -> None:
    app.add_domain(ZhenzhiDomain)
