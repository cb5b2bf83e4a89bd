"""Mends what the markup of the theme and of others lacks for a keyboard or a screen reader, or has against the standard."""

from lxml import html
from sphinx.application import Sphinx

from zhenzhi.locales import SOURCE
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.finish.pages import Page, Written


def mend(written: Written) -> None:
    """The step of the finishing pass."""
    for page in written.pages:
        _name_arrows(page, written)
        _name_controls(page, written)
        _mend_folds(page.tree)
        mend_lists(page.tree)
        _drop_doubles(page.tree)
        _place_way_to_top(page.tree)


def _name_arrows(page: Page, written: Written) -> None:
    """A page with others below it, in the sidebar: the arrow that unfolds them is named by its title."""
    for summary in page.tree.xpath(
        "//li[a and details/summary/span[contains(@class, 'toctree-toggle')]]/details/summary"
    ):
        title = " ".join(summary.getparent().getparent().find("a").text_content().split())
        summary.set("aria-label", written.edition.label("pages-below", title=title))


#: Names that Sphinx and the theme give in English where their catalogues have no other, with their labels.
_CONTROLS = {
    "Link to this code": "permalink",
    "Link to this definition": "permalink",
    "Link to this equation": "permalink",
    "Link to this heading": "permalink",
    "Link to this image": "permalink",
    "Link to this table": "permalink",
    "Link to this term": "permalink",
    "Main": "pages",
    "Color mode": "colours",
    "System Settings": "colours-of-system",
    "Light": "colours-light",
    "Dark": "colours-dark",
    "Toggle primary sidebar": "fold-pages",
    "Toggle secondary sidebar": "fold-contents",
    "Print to PDF": "print-page",
}
_NAMES = ("aria-label", "title", "data-bs-title")


def _name_controls(page: Page, written: Written) -> None:
    """What the theme names in English on a page of another language."""
    if written.edition.language == SOURCE:
        return
    for attribute in _NAMES:
        for element in page.tree.xpath(f"//*[@{attribute}]"):
            if label := _CONTROLS.get(element.get(attribute)):
                element.set(attribute, written.edition.label(label))


def _mend_folds(tree: html.HtmlElement) -> None:
    """A fold of MyST-NB: its name hides the words on the screen, and no paragraph may stand in it."""
    for summary in tree.iter("summary"):
        if summary.get("aria-label") == "Toggle hidden content":
            del summary.attrib["aria-label"]
        for paragraph in summary.findall("p"):
            paragraph.tag = "span"


def mend_lists(tree: html.HtmlElement) -> None:
    """A list of references: roles that no longer exist, or that ask for children of another."""
    for element in tree.xpath("//*[@role='doc-biblioentry'] | //div[@role='list'][contains(@class, 'citation-list')]"):
        del element.attrib["role"]


def _drop_doubles(tree: html.HtmlElement) -> None:
    """What the theme writes a second time: the size of the window, and a title for print with the contents of the page."""
    for double in tree.xpath("//meta[@name='viewport'][position() > 1] | //div[@id='jb-print-docs-body']"):
        double.drop_tree()


def _place_way_to_top(tree: html.HtmlElement) -> None:
    """The button to the top of the page: into the bar above the text, where it covers nothing."""
    for button in tree.xpath("//body/button[@id='pst-back-to-top']"):
        for bar in tree.find_class("header-article-items__start"):
            button.tail = None
            bar.append(button)


def _name_sidebar(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    context["zz_sidebar"] = edition_of(app.env).label("sidebar")


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _name_sidebar)
