"""Sends a page the styles and scripts that it uses, and no others.

What every page loads is joined into one style sheet and one script when the book is written. Of the style sheets of
Sphinx, the theme and the extensions, only the rules that can match something in the book are kept. Scripts that some pages
use are named on these only. FontAwesome and Bootstrap's script, which the theme would send, are not sent; ``reading.css``
draws the few icons.
"""

import hashlib
import re
from collections.abc import Callable
from os.path import relpath
from pathlib import Path

from sphinx.application import Sphinx

from zhenzhi.sphinxext import pruning
from zhenzhi.sphinxext.freshness import edition_of, once

#: The joined files, below ``_static``.
STYLE, SCRIPT = "book.css", "book.js"

#: Style sheets of others, in the order of the cascade; MyST-NB names its own after its content.
_THEIR_STYLES = (
    "basic.css",
    "styles/pydata-sphinx-theme.css",
    "pygments.css",
    "styles/sphinx-book-theme.css",
    "togglebutton.css",
    "copybutton.css",
    "mystnb.*.css",
    "sphinx-design.min.css",
)
_OWN_STYLES = ("zhenzhi.css", "reading.css")

#: Scripts that every page uses.
_SCRIPTS = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "scripts/sphinx-book-theme.js",
    "scripts/pydata-sphinx-theme.js",
    "zhenzhi.js",
    "cite.js",
    "panels.js",
)

#: Scripts that a page uses only where its body has one of these classes; ``panels.js`` loads the widget runtime itself.
_OPTIONAL = {
    "clipboard.min.js": {"cell_input"},
    "copybutton.js": {"cell_input"},
    "togglebutton.js": {"toggle", "dropdown"},
    "design-tabs.js": {"sd-tab-set"},
    "embed.js": set(),
}

#: Scripts that no page loads. The style sheet keeps the rules for classes that a script names; these are not asked.
_NOT_READ = ("fontawesome.js", "bootstrap.js")


def _choose(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    """Takes from the page what the joined files hold and what it does not use."""
    classes = pruning.names_in([context.get("body", "")], [])
    context["css_files"] = [file for file in context["css_files"] if not _is_joined_style(_name(file))]
    context["script_files"] = [_deferred(file) for file in context["script_files"] if _is_wanted(file, classes)]
    context["zz_style"], context["zz_script"] = STYLE, SCRIPT
    context["zz_licence"] = edition_of(app.env).label("licence-line", version=app.config.release)


def _name(file) -> str:
    """Path of a style sheet or script below ``_static``; empty where its text stands in the page."""
    return str(getattr(file, "filename", file) or "").removeprefix("_static/").partition("?")[0]


def _is_joined_style(name: str) -> bool:
    return any(Path(name).match(pattern) for pattern in (*_THEIR_STYLES, *_OWN_STYLES))


def _is_wanted(file, classes: set[str]) -> bool:
    name = _name(file)
    if name:
        return name not in _SCRIPTS and (name not in _OPTIONAL or bool(_OPTIONAL[name] & classes))
    text = file.attributes.get("body", "")
    if "toggle" in text:
        return bool(_OPTIONAL["togglebutton.js"] & classes)
    # Options of the theme's version switcher and search as you type, which the book does not use.
    return not text.startswith("DOCUMENTATION_OPTIONS.")


def _deferred(file):
    """The same script, run after the joined one."""
    if _name(file) not in _OPTIONAL:
        return file
    return type(file)(file.filename, priority=file.priority, **file.attributes | {"defer": "defer"})


def _join(app: Sphinx, exception: Exception | None) -> None:
    """Writes the joined files, and their fingerprints into the pages that name them."""
    if exception is not None or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    (static / SCRIPT).write_text(
        "".join(f"{_without_map(static / name)}\n;\n" for name in _SCRIPTS), encoding="utf-8"
    )  # fmt: skip
    pages = [path for path in Path(app.outdir).rglob("*.html") if static not in path.parents]
    texts = {path: path.read_text(encoding="utf-8") for path in pages}
    scripts = [path for path in static.rglob("*.js") if path.name not in _NOT_READ]
    used = pruning.names_in(texts.values(), (path.read_text(encoding="utf-8") for path in scripts))
    theirs = [path for pattern in _THEIR_STYLES for path in sorted(static.glob(pattern))]
    sheet = _pruned(app, [path.read_text(encoding="utf-8") for path in theirs], used)
    sheet += "".join((static / name).read_text(encoding="utf-8") for name in _OWN_STYLES)
    (static / STYLE).write_text(sheet, encoding="utf-8")
    for name in (STYLE, SCRIPT):
        version = hashlib.sha256((static / name).read_bytes()).hexdigest()[:8]
        link = re.compile(rf'(_static/{re.escape(name)})(\?v=\w+)?"')
        texts = {path: link.sub(rf'\1?v={version}"', text) for path, text in texts.items()}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")


def _pruned(app: Sphinx, sheets: list[str], used: set[str]) -> str:
    """Style sheets as one, without the rules for names that are not ``used``."""
    asked = sorted(pruning.names_asked(sheets, used))
    return once(app, repr((sheets, asked)), lambda: "\n".join(pruning.prune(sheet, used) for sheet in sheets))


def _without_map(path: Path) -> str:
    """A script without the address of its source map, which the joined file does not have."""
    return re.sub(r"^//# sourceMappingURL=.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


#: Files that the widget runtime asks for itself or that its licence wants beside it.
_OF_RUNTIME = ("*.woff2", "embed.js.LICENSE.txt")

_NAMED = re.compile(r"_static/([^\"'?#)]+)")


def unsent(book: Path) -> Callable[[str, list[str]], set[str]]:
    """Tells ``shutil.copytree`` what not to copy of a built book: files below ``_static`` that no page loads."""
    static = book / "_static"
    pages = [page.read_text(encoding="utf-8") for page in book.rglob("*.html") if static not in page.parents]
    named = {static / name for page in pages for name in _NAMED.findall(page)}
    sent = named.union(*(static.glob(pattern) for pattern in _OF_RUNTIME))
    wanted = {path for file in sent for path in (file, *file.parents)}

    def unwanted(folder: str, names: list[str]) -> set[str]:
        here = Path(folder)
        return {name for name in names if here.is_relative_to(static) and here / name not in wanted}

    return unwanted


def setup(app: Sphinx) -> None:
    app.connect("config-inited", _configure)
    # After all that adds files to a page.
    app.connect("html-page-context", _choose, priority=900)
    app.connect("build-finished", _join, priority=800)


def _configure(app: Sphinx, config) -> None:
    # As seen from the project: Sphinx puts a fingerprint of it into the book, which is the same wherever it is built.
    config.templates_path.insert(0, relpath(Path(__file__).parent / "templates", app.confdir))
