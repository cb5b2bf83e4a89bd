"""Mends what the markup of the theme and of others lacks for a keyboard or a screen reader."""

import re
from html import escape

from sphinx.application import Sphinx

from zhenzhi.sphinxext.freshness import edition_of

#: In the text of a page: names that hide the words on the screen, and roles that no longer exist.
_BODY = {
    '<summary aria-label="Toggle hidden content">': "<summary>",
    ' role="doc-biblioentry"': "",
    '<div role="list" class="citation-list">': '<div class="citation-list">',
}

#: A page with others below it, in the sidebar: its title, and the arrow that unfolds them.
_UNFOLD = re.compile(
    r'(<a class="(?:current )?reference internal" href="[^"]*">((?:(?!</a>).)*)</a><details[^>]*><summary)>', re.DOTALL
)


def _mend(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    edition = edition_of(app.env)
    for wrong, right in _BODY.items():
        context["body"] = context.get("body", "").replace(wrong, right)
    context["zz_sidebar"] = edition.label("sidebar")
    make = context.get("generate_toctree_html")
    if make is None:
        return

    def named(match: re.Match) -> str:
        name = edition.label("pages-below", title=re.sub(r"<[^>]+>", "", match.group(2)))
        return f'{match.group(1)} aria-label="{escape(name, quote=True)}">'

    def toctree(*arguments, **options) -> str:
        return _UNFOLD.sub(named, str(make(*arguments, **options)))

    context["generate_toctree_html"] = toctree


def setup(app: Sphinx) -> None:
    # After the theme, which makes the function of the sidebar.
    app.connect("html-page-context", _mend, priority=700)
