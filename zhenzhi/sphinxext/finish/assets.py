"""Sends a page the styles and scripts that it uses, and no others.

What every page loads is joined into one style sheet and one script. Of the style sheets of Sphinx, the theme and the
extensions, only the rules that can match something in the book are kept: of 90 kB, compressed, that leaves 31. Scripts that
some pages use are named on these only. FontAwesome and Bootstrap's script, which the theme would send, are not sent;
``reading.css`` draws the few icons.
"""

import hashlib
import re
from os.path import relpath
from pathlib import Path

from lxml import html
from sphinx.application import Sphinx

from zhenzhi.sphinxext.env.incremental import edition_of, once
from zhenzhi.sphinxext.finish import pruning, typeface
from zhenzhi.sphinxext.finish.pages import Page, Written, static_file

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
    "storage.js",
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "scripts/sphinx-book-theme.js",
    "scripts/pydata-sphinx-theme.js",
    "zhenzhi.js",
    "contents.js",
    "cite.js",
    "beside.js",
    "code.js",
    "panels.js",
    "pick.js",
    "languages.js",
    "search-dialog.js",
)

#: What Sphinx sends beside in another language: words that no page shows, in a form that needs ``eval``.
_TRANSLATIONS = "translations.js"

#: Scripts that a page uses only where its body has one of these classes.
_OPTIONAL = {
    "clipboard.min.js": {"cell_input"},
    "copybutton.js": {"cell_input"},
    "togglebutton.js": {"toggle", "dropdown"},
    "design-tabs.js": {"sd-tab-set"},
}

#: Scripts that no page loads. The style sheet keeps the rules for classes that a script names; these are not asked.
_NOT_READ = ("fontawesome.js", "bootstrap.js")


def choose(written: Written) -> None:
    """Takes from each page what the joined files hold and what it does not use: a step of the finishing pass."""
    for page in written.pages:
        classes = page.classes()
        for sheet in page.tree.xpath("//link[@rel='stylesheet']"):
            if any(Path(static_file(sheet.get("href"))).match(pattern) for pattern in (*_THEIR_STYLES, *_OWN_STYLES)):
                sheet.drop_tree()
        for script in page.tree.xpath("//script"):
            if not _is_wanted(script, classes):
                script.drop_tree()
            elif static_file(script.get("src", "")) in _OPTIONAL:
                script.set("defer", "")  # it runs after the joined one


def _is_wanted(script: html.HtmlElement, classes: set[str]) -> bool:
    name, text = static_file(script.get("src", "")), script.text or ""
    if name:
        return name not in (*_SCRIPTS, _TRANSLATIONS) and (name not in _OPTIONAL or bool(_OPTIONAL[name] & classes))
    if text.startswith(("let toggle", "var toggle")):
        return bool(_OPTIONAL["togglebutton.js"] & classes)
    # Options of the theme's version switcher and search as you type, which the book does not use.
    return not text.startswith("DOCUMENTATION_OPTIONS.")


def join(written: Written) -> None:
    """Writes the joined files, and names them with their fingerprints in the pages: a step of the finishing pass."""
    static = written.static
    script = "".join(f"{_without_map(static / name)}\n;\n" for name in _SCRIPTS)
    (static / SCRIPT).write_text(script, encoding="utf-8")
    sheet = _their_sheet(written) + "".join((static / name).read_text(encoding="utf-8") for name in _OWN_STYLES)
    (static / STYLE).write_text(sheet, encoding="utf-8")
    versions = {name: hashlib.sha256((static / name).read_bytes()).hexdigest()[:8] for name in (STYLE, SCRIPT)}
    for name, told in written.told.items():
        if told.versions != versions:
            name_versions(written, written.reread(name), versions)


def name_versions(written: Written, page: Page, versions: dict[str, str]) -> None:
    """Names the joined files in a page with their fingerprints."""
    written.told[page.name].versions = versions
    for name, version in versions.items():
        for attribute in ("href", "src"):
            for element in page.tree.xpath(f"//*[contains(@{attribute}, '_static/{name}')]"):
                element.set(attribute, f"{element.get(attribute).partition('?')[0]}?v={version}")


def _their_sheet(written: Written) -> str:
    """The style sheets of others as one, without the rules for what stands on no page and is named in no script."""
    static = written.static
    scripts = [path for path in sorted(static.rglob("*.js")) if path.name not in _NOT_READ]
    used = pruning.words(path.read_text(encoding="utf-8") for path in scripts)
    used = used.union(*(told.classes | told.ids for told in written.told.values()))
    files = [path for pattern in _THEIR_STYLES for path in sorted(static.glob(pattern))]
    sheets = [path.read_text(encoding="utf-8") for path in files]
    asked = sorted(pruning.names_asked(sheets, used))
    return once(
        written.app, repr((sheets, asked)), lambda: "\n".join(pruning.prune(sheet, used) for sheet in sheets)
    )  # fmt: skip


def _without_map(path: Path) -> str:
    """A script without the address of its source map, which the joined file does not have."""
    return re.sub(r"^//# sourceMappingURL=.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)


#: Files that the widget runtime asks for itself or that its licence wants beside it.
_OF_RUNTIME = ("*.woff2", "embed.js.LICENSE.txt")


def leave_out(written: Written) -> None:
    """Deletes the files below ``_static`` that no page loads: the last step of the finishing pass."""
    static = written.static
    sent = {static / typeface.FILE, *(static / name for told in written.told.values() for name in told.files)}
    if static / "embed.js" in sent:
        sent.update(*(static.glob(pattern) for pattern in _OF_RUNTIME))
    for path in sorted(static.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in sent:
            path.unlink()


def _add_words(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    context["zz_style"], context["zz_script"] = STYLE, SCRIPT
    label = edition_of(app.env).label
    context["zz_author"] = label("author-line", author=app.config.author)
    context["zz_licence"] = label("licence-line", version=app.config.release)


def _configure(app: Sphinx, config) -> None:
    # As seen from the project: Sphinx puts a fingerprint of it into the book, which is the same wherever it is built.
    config.templates_path.insert(0, relpath(Path(__file__).parent.parent / "templates", app.confdir))


def setup(app: Sphinx) -> None:
    app.connect("config-inited", _configure)
    app.connect("html-page-context", _add_words)
