"""Writes into each page what it may load, a Content-Security-Policy, and refuses a page that holds what no page may.

Everything comes from the book itself, over http and from the disk. Of inline scripts and styles only those run that the
book's own templates and the configuration ship: their hashes are known before any data are read. A page with another, with an
event handler, with a style attribute or with an address that would run ends the build: whatever stands in the data, a caption
or a note ends as text, or not at all.

A chapter that shows a widget of Jupyter gets MyST-NB's runtime from the book, which compiles code and sets styles itself;
such a page alone allows both.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import html
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from zhenzhi.sphinxext.finish.pages import Written, elements

_TEMPLATES = Path(__file__).parent.parent / "templates"

#: The inline script and style of the book's own layout.
_OWN = ("mode.js", "no-script.css")

_WIDGET = "application/vnd.jupyter.widget-view+json"

#: Types of script elements that hold code.
_CODE = {"", "module", "text/javascript", "application/javascript"}

_ATTRIBUTE = "http-equiv"
_POLICY = "Content-Security-Policy"

#: Elements that bring in another page, or change where addresses lead.
_FORBIDDEN = ("applet", "base", "embed", "frame", "frameset", "iframe", "object", "portal")

#: Attributes that hold an address, and the schemes that may stand in them beside addresses within the book.
_ADDRESSES = (
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "ping",
    "{http://www.w3.org/1999/xlink}href",
)
_SCHEMES = {"a": ("http", "https", "mailto"), "img": ("data",), "link": ("http", "https")}
#: What an address begins with that leads out of the book; without a scheme it is that of the page.
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|[/\\]{2}", re.IGNORECASE)
#: Browsers skip these within the scheme of an address.
_SKIPPED = re.compile(r"[\x00-\x20]")


class PageError(SphinxError):
    """A page holds what no page of the book may; the text names the pages and the elements."""

    category = "Refused pages"


def policy(scripts: Iterable[str], styles: Iterable[str], has_widget: bool = False) -> str:
    """The policy of a page.

    Args:
        scripts: hashes of the inline scripts that may run.
        styles: hashes of the style elements that may stand.
        has_widget: whether the page has a widget of Jupyter.
    """
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(["script-src 'self'", *(["'unsafe-eval'"] if has_widget else []), *scripts]),
            " ".join(["style-src 'self'", *(["'unsafe-inline'"] if has_widget else styles)]),
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


def digest(text: str) -> str:
    """The hash of an inline script or style, as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def write(written: Written) -> None:
    """The step of the finishing pass.

    Raises:
        PageError: a page holds what no page may.
    """
    scripts, styles = written.app.config.zhenzhi_inline
    faults = []
    for page in written.pages:
        has_widget = bool(page.tree.xpath(f"//script[@type='{_WIDGET}']"))
        faults += [f"{page.name}: {fault}" for fault in refused(page.tree, scripts, styles, has_widget)]
        for meta in page.tree.xpath(f"//meta[@{_ATTRIBUTE}='{_POLICY}']"):
            meta.getparent().remove(meta)  # with the line end behind it
        meta = html.Element("meta", {_ATTRIBUTE: _POLICY, "content": policy(scripts, styles, has_widget)})
        meta.tail = "\n"
        page.tree.head.insert(1, meta)  # after the encoding
    if faults:
        raise PageError("\n".join(faults))


def refused(tree: html.HtmlElement, scripts: list[str], styles: list[str], has_widget: bool = False) -> Iterator[str]:
    """What a page holds that no page may, in words.

    Args:
        tree: the page.
        scripts: hashes of the inline scripts that may run.
        styles: hashes of the style elements that may stand.
        has_widget: whether the page has a widget of Jupyter, whose output may carry styles.
    """
    for element in elements(tree):
        inline = element.text or ""
        if element.tag == "script" and not element.get("src") and _is_code(element) and digest(inline) not in scripts:
            yield f"an inline script, {_quote(element)}; expected none but the book's own"
        elif element.tag == "style" and not has_widget and digest(inline) not in styles:
            yield f"a style element, {_quote(element)}; expected a style sheet"
        elif element.tag in _FORBIDDEN:
            yield f"an element {element.tag}, {_quote(element)}; expected none"
        elif element.tag == "meta" and element.get(_ATTRIBUTE, _POLICY) != _POLICY:
            yield f"a meta element that acts, {_quote(element)}; expected none"
        for name, value in element.attrib.items():
            if name.startswith("on"):
                yield f"an event handler, {_quote(element)}; expected none"
            elif name == "style" and not has_widget:
                yield f"a style attribute, {_quote(element)}; expected a class"
            elif name in _ADDRESSES and not _leads_where_it_may(element.tag, value):
                expected = ", ".join(("an address within the book", *_SCHEMES.get(element.tag, ())))
                yield f"the address of {_quote(element)}; expected {expected}"


def _is_code(script: html.HtmlElement) -> bool:
    return script.get("type", "").strip().lower() in _CODE


def _leads_where_it_may(tag: str, address: str) -> bool:
    scheme = _SCHEME.match(_SKIPPED.sub("", address))
    return scheme is None or (scheme[1] or "").lower() in _SCHEMES.get(tag, ())


def _quote(element: html.HtmlElement) -> str:
    """The beginning of an element, on one line."""
    text = " ".join(html.tostring(element, encoding="unicode", with_tail=False).split())
    return text if len(text) <= 120 else text[:119] + "…"


def _know(app: Sphinx) -> None:
    """Takes down, before any page is read, which inline scripts and styles the book ships."""
    # The templates lose the line break at the end of a file.
    script, style = ((_TEMPLATES / name).read_text(encoding="utf-8").removesuffix("\n") for name in _OWN)
    shipped = [attributes["body"] for _, attributes in app.registry.js_files if "body" in attributes]
    app.config.zhenzhi_inline = sorted({digest(text) for text in (script, *shipped)}), [digest(style)]


def setup(app: Sphinx) -> None:
    # Hashes of the inline scripts and of the style elements that may stand in a page; set here alone.
    app.add_config_value("zhenzhi_inline", ([], []), "")
    app.connect("builder-inited", _know)
