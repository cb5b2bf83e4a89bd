"""The directives ``standfirst`` and ``key-points``: what a reader of a chapter meets first.

The key points say how many minutes the chapter takes, counted when it is read, and which chapters tell of the time before
and after. A line on what the underlines and the marks of figures mean stands in the key points, or follows the first figure
of a page that comes later.
"""

from math import ceil

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util.docutils import SphinxDirective

from zhenzhi.sphinxext.directives.instruments import folded
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.inline.references import figure_reference

#: Words of English, and characters of Chinese, that a reader takes in in a minute.
_WORDS, _CHARACTERS = 230, 400

#: The label of the paragraph that explains the marks of figures at length.
_MARKS = "marks"


class Standfirst(SphinxDirective):
    """``{standfirst}``: two sentences, what this place does and what is telling about it."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        return [nodes.container("", *self.parse_content_to_nodes(), classes=["zz-standfirst"])]


class KeyPoints(SphinxDirective):
    """``{key-points}``: what is to be learnt, the minutes to read, and the chapters before and after in time."""

    has_content = True
    option_spec = {"before": directives.unchanged_required, "after": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        box = nodes.container(classes=["zz-key-points"])
        head = nodes.paragraph(classes=["zz-label"])
        head += [nodes.Text(edition.label("key-points") + edition.label("facts-separator")), minutes()]
        box += [head, *self.parse_content_to_nodes()]
        for way in ("before", "after"):
            if way in self.options:
                line = nodes.paragraph(classes=["zz-in-time"])
                line += nodes.Text(edition.label(f"in-time-{way}") + edition.label("word-separator"))
                target = addnodes.pending_xref(
                    "", nodes.inline(), refdomain="std", reftype="doc", reftarget="/" + self.options[way].lstrip("/"),
                    refexplicit=False, refwarn=True, refdoc=self.env.docname,
                )  # fmt: skip
                line += target
                box += line
        return [box]


class minutes(nodes.Inline, nodes.TextElement):
    """The minutes that the page takes to read; counted when all of the page is there."""


class CountMinutes(SphinxTransform):
    """Counts the words of a page: its paragraphs, not its tables, its pictures or its code."""

    default_priority = 880

    def apply(self, **kwargs) -> None:
        places = list(self.document.findall(minutes))
        if not places:
            return
        edition = edition_of(self.env)
        text = " ".join(
            paragraph.astext() for paragraph in self.document.findall(nodes.paragraph) if not _aside(paragraph)
        )
        chinese = sum("一" <= character <= "鿿" for character in text)
        needed = chinese / _CHARACTERS if edition.language == "zh" else len(text.split()) / _WORDS
        for place in places:
            place.replace_self(nodes.Text(edition.label("minutes-to-read", number=str(max(1, ceil(needed))))))


def _aside(node: nodes.Node) -> bool:
    """Whether a paragraph stands in a table, a picture, a record or what a reader has to open."""
    while node is not None:
        if isinstance(node, nodes.table | nodes.figure | nodes.definition_list | folded):
            return True
        node = node.parent
    return False


class ExplainMarks(SphinxTransform):
    """Adds the line on the marks of figures: in the key points, or behind the first block that has a figure, and what goes
    on from it, where neither they nor what stands above has any.

    The words of the page are counted by then.
    """

    default_priority = CountMinutes.default_priority + 1

    def apply(self, **kwargs) -> None:
        figures = list(self.document.findall(figure_reference))
        if not figures or _MARKS in self.document.nameids:
            return
        edition = edition_of(self.env)
        more = addnodes.pending_xref(
            "", nodes.inline(text=edition.label("marks-more")), refdomain="std", reftype="ref", reftarget=_MARKS,
            refexplicit=True, refwarn=False, refdoc=self.env.docname,
        )  # fmt: skip
        line = nodes.paragraph(classes=["zz-marks"])
        line += [nodes.Text(edition.label("marks-explained") + edition.label("word-separator")), more]
        block = self._behind(figures[0])
        block.parent.insert(block.parent.index(block) + 1, line)

    def _behind(self, figure: nodes.Element) -> nodes.Element:
        """What the line stands behind."""
        block: nodes.Element = figure
        while not isinstance(block.parent, nodes.section | nodes.document):
            block = block.parent
        points = next(
            (box for box in self.document.findall(nodes.container) if "zz-key-points" in box["classes"]), None
        )
        if points is not None and {"zz-standfirst", "zz-key-points"} & set(block["classes"]):
            return next(points.findall(nodes.bullet_list), block)
        while isinstance(after := _next(block), nodes.paragraph) and any(after.findall(figure_reference)):
            block = after
        return block


def _next(node: nodes.Node) -> nodes.Node | None:
    return node.next_node(siblings=True, descend=False)


def setup(app: Sphinx) -> None:
    app.add_node(minutes)
    app.add_directive("standfirst", Standfirst)
    app.add_directive("key-points", KeyPoints)
    app.add_transform(CountMinutes)
    app.add_transform(ExplainMarks)
