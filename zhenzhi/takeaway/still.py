"""Makes a page of the book one that holds still: on paper and in a reader of EPUBs no script runs and nothing is chosen.

What only a screen of the book can do is left out or replaced: cards, code, downloads, dark pictures; a panel stands as its
default picture, and what is folded stands open.
"""

import re
from collections.abc import Callable

import lxml.html
from lxml.html import HtmlElement, builder

from zhenzhi.book.edition import Edition

#: What has no place there.
_DROPPED = (
    ".//script|.//style|.//template|.//noscript|.//button|.//a[contains(@class,'headerlink')]"
    "|.//*[contains(concat(' ',@class,' '),' only-dark ')]"
    "|.//*[contains(@class,'cell_input') or contains(concat(' ',@class,' '),' above-input ') or contains(@class,'zz-code')]"
    "|.//*[contains(@class,'zz-cards') or contains(@class,'zz-data') or contains(@class,'zz-downloads')]"
    "|.//*[contains(@class,'zz-cite-fold') or contains(@class,'zz-launch') or contains(@class,'zz-text-fold')]"
    "|.//*[contains(@class,'zz-pick-told')]"
    # Of a figure, what held its data and downloads.
    "|.//*[contains(concat(' ',@class,' '),' legend ')]"
)

#: What works on a screen alone, by its class, and what is said in its place.
_ON_SCREEN = (("zz-explorer", "volume-explorer"), ("zz-take-away", "volume-listing"), ("zz-pick", "volume-pick"))


def settle(article: HtmlElement, edition: Edition, address: str, store: Callable[[str, str], str]) -> None:
    """Changes the article of a page in place.

    Args:
        article: as it was built.
        edition: the words.
        address: where the page stands in the book on the web; empty where that is not known.
        store: keeps the picture of a panel, given its name and the SVG, and returns its address.
    """
    for panel in article.find_class("zz-panel"):
        _settle_panel(panel, edition, address, store)
    for name, label in _ON_SCREEN:
        for element in article.find_class(name):
            element.getparent().replace(element, _note(label, edition, address))
    for element in article.xpath(_DROPPED):
        element.drop_tree()
    for link in article.xpath(".//a[@data-card]"):
        for name in ("data-card", "aria-describedby"):
            link.attrib.pop(name, None)
    # To this parser a source element holds the picture that follows it.
    for source in article.xpath(".//source"):
        source.drop_tag()
    for details in article.xpath(".//details"):
        details.tag = "div"
        details.attrib.pop("open", None)
        for summary in details.findall("summary"):
            summary.tag = "div"
            summary.set("class", "zz-summary")


def _settle_panel(panel: HtmlElement, edition: Edition, address: str, store: Callable[[str, str], str]) -> None:
    """A panel as it opens: what is chosen in words, the picture, the sentence, and a link to the book."""
    head, first = panel.xpath("(.//table//tr)[position() < 3]")
    chosen = [
        builder.P(
            builder.CLASS("zz-panel-choice"),
            edition.named(name.text_content(), ""),
            builder.STRONG(cell.text_content()),
        )
        for name, cell in list(zip(head, first, strict=True))[:-1]
    ]
    (controls,) = panel.find_class("zz-controls")
    controls.getparent().replace(controls, builder.DIV(*chosen))
    for element in panel.xpath("./details | ./template"):
        element.drop_tree()
    (picture,) = panel.find_class("zz-panel-picture")
    drawing = lxml.html.tostring(picture[0], encoding="unicode", with_tail=False).replace("viewbox=", "viewBox=", 1)
    # The colours stand as variables of the page with the colour of paper behind a comma.
    drawing = re.sub(r"var\(--[a-z-]+, (#[0-9a-f]{6})\)", r"\1", drawing)
    image = builder.IMG(src=store(panel.get("id"), drawing), alt=picture.get("aria-label"))
    picture.getparent().replace(picture, image)
    panel.set("class", "panel")
    panel.append(_note("volume-panel", edition, address))


def _note(label: str, edition: Edition, address: str) -> HtmlElement:
    """Says that something works in the book on the web only, and leads there."""
    note = builder.P(builder.CLASS("panel-note"), edition.label(label))
    if address:
        link = builder.A(edition.label("volume-link"), href=address)
        link.set("class", "outside")
        link.tail = ""
        note.text = edition.label(label) + edition.label("word-separator")
        note.append(link)
    return note
