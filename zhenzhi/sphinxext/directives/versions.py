"""The version of the book on every page, and the page that lists what changed since earlier versions.

A page knows its own version and nothing of others. In a site, where a release stands beside others, ``switcher.js`` reads
their list and offers the same page in each; ``released.js`` says whether there is such a list. Elsewhere (a plain build, the
book unpacked from a zip) the page asks for no file that is not there.
"""

import json
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi import CHANGES_MARKS, __date__, __version__
from zhenzhi.locales import folder_among
from zhenzhi.sphinxext.env.incremental import edition_of

#: Words that the script fills in; what it puts into their gaps it knows only in the reader's browser.
_WORDS = (
    *("version-this", "version-newest", "version-missing", "version-newer", "version-newer-missing"),
    *("version-between", "version-not-released", "version-not-released-missing"),
)


class Changes(SphinxDirective):
    """``{changes}``: what changed since each earlier release; a plain build says that it knows of none."""

    def run(self) -> list[nodes.Node]:
        text = escape(edition_of(self.env).label("changes-unknown"))
        begin, end = CHANGES_MARKS
        return [nodes.raw("", f'<div class="zz-changes">{begin}<p>{text}</p>{end}</div>', format="html")]


def _add(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Puts the version into the sidebar, below the name of the book."""
    edition = edition_of(app.env)
    gaps = {"version": "{version}", "newest": "{newest}"}
    words = {key: edition.label(key, **gaps) for key in _WORDS}
    own = edition.label("version-dated", version=__version__, date=edition.date(__date__))
    below = folder_among(edition.language, app.config.zhenzhi_languages)
    data = {
        "version": __version__,
        "page": below + app.builder.get_target_uri(pagename),
        "opening": f"{below}index.html",
        "words": json.dumps(words, ensure_ascii=False),
    }
    attributes = "".join(f' data-{name}="{escape(value, quote=True)}"' for name, value in data.items())
    context["zhenzhi_version"] = f'<div class="zz-version"{attributes}>{escape(own)}</div>'
    sidebars = list(context.get("sidebars") or [])
    context["sidebars"] = [*sidebars[:1], "zhenzhi-version.html", *sidebars[1:]]


def setup(app: Sphinx) -> None:
    app.add_directive("changes", Changes)
    app.add_js_file("released.js", loading_method="defer")
    app.add_js_file("switcher.js", loading_method="defer")
    app.connect("html-page-context", _add)
