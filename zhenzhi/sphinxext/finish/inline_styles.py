"""Takes styles out of the pages: the policy allows none that stands in a page.

What SVG can say in attributes of its own is said there. The styles that pandas gives its tables are dropped; the theme has
its own for these. Any other is left for the policy to refuse by name.
"""

from zhenzhi.sphinxext.finish.pages import Written, elements

#: Properties of SVG that are attributes as well.
_PRESENTATION = frozenset(
    "fill fill-opacity fill-rule stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin "
    "stroke-miterlimit stroke-opacity stroke-width opacity font-family font-size font-style font-weight text-anchor "
    "dominant-baseline clip-path clip-rule stop-color stop-opacity".split()
)


def replace(written: Written) -> None:
    """The step of the finishing pass."""
    for page in written.pages:
        for picture in page.tree.iter("svg"):
            for element in picture.iter("*"):
                _say_in_attributes(element)
        for table in page.tree.iter("table"):
            if "dataframe" in table.get("class", "").split():
                _make_plain(table)


def _say_in_attributes(element) -> None:
    rest = []
    for declaration in element.get("style", "").split(";"):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name in _PRESENTATION:
            element.set(name, value)
        elif name:
            rest.append(f"{name}: {value}")
    if rest:
        element.set("style", "; ".join(rest))
    else:
        element.attrib.pop("style", None)


def _make_plain(table) -> None:
    table.attrib.pop("border", None)
    for element in elements(table):
        if element.get("style") == "text-align: right;":
            del element.attrib["style"]
    for style in list(table.itersiblings("style", preceding=True)):
        if ".dataframe" in (style.text or ""):
            style.drop_tree()
