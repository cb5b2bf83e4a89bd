"""Takes out of the pages elements that say nothing: a browser lays out each, and there are thousands on a long page."""

from collections.abc import Iterator

from lxml import html

from zhenzhi.sphinxext.finish.pages import Written

#: What holds the one paragraph in it as well without it.
_HOLDERS = ("td", "th", "li", "dd")

#: What can say itself in which language all of it is.
_SPEAKING = (*_HOLDERS, "a", "b", "em", "p", "span", "strong")


def take_out(written: Written) -> None:
    """The step of the finishing pass."""
    for page in written.pages:
        for link in page.tree.xpath("//ul[contains(@class, 'zz-caveat-list')]//a[@class='reference internal']"):
            del link.attrib["class"]  # there are hundreds, and nothing styles them by it
        # One after the other: what the one takes out can leave the next an only child.
        for find in (_paragraphs, _pieces_of_code, _quotations, _languages, _wholes, _left):
            for element in list(find(page.tree)):
                element.drop_tag()


def _paragraphs(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """A paragraph that is all of a cell or an item."""
    for holder in tree.iter(*_HOLDERS):
        only = _only_child(holder)
        if only is not None and only.tag == "p" and not only.attrib:
            yield only


def _pieces_of_code(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    yield from tree.xpath("//code/span[@class='pre']")


def _quotations(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What marks a part of a quotation as Chinese: all of it is in the words of a document. A Chinese page marks none."""
    if tree.get("lang", "").startswith("zh"):
        return
    for quotation in tree.xpath("//span[@class='zz-quote']"):
        quotation.set("lang", "zh")
        yield from quotation.xpath(".//span[@lang='zh' and count(@*) = 1]")


def _languages(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What says of all of an element in which language it is; the element says it itself."""
    for element in tree.iter(*_SPEAKING):
        only = _only_child(element)
        if only is not None and only.tag == "span" and only.keys() == ["lang"] and element.get("lang") is None:
            element.set("lang", only.get("lang"))
            yield only


def _wholes(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What marks all that is in a cell or an item, which is marked itself."""
    for holder in tree.iter(*_HOLDERS):
        only = _only_child(holder)
        if only is not None and only.tag == "span" and not holder.attrib:
            holder.attrib.update(only.attrib)
            yield only


def _left(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """What held anchors that stand with the heading behind it now."""
    yield from tree.xpath("//div[contains(@class, 'zz-anchors') and not(@id) and not(*)]")


def _only_child(element: html.HtmlElement) -> html.HtmlElement | None:
    """The child that is all that an element holds; nothing where there is more, or text beside it."""
    if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
        return None
    return element[0]
