"""The finishing pass: each page that was written anew is read once, taken through the steps below, and written once.

A step finds the pages as the steps before it left them. A page that is as the last pass left it is not read again: what all
pages share, the entries of the search and the joined files, is made from what was noted of each. Where somebody waits to see
them, pages are taken through their steps and shown before what the pages share is made.
"""

import logging

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi.sphinxext.env.domain import domain_of
from zhenzhi.sphinxext.env.incremental import state_of
from zhenzhi.sphinxext.finish import (
    accessibility_fixes,
    assets,
    beside,
    build_info,
    csp,
    inline_styles,
    lighten,
    search,
    search_entries,
    typeface,
)
from zhenzhi.sphinxext.finish.pages import Told, Written


def _note(written: Written) -> None:
    """Notes of each page what is made of all together, before a part of it goes beside it."""
    for page in written.pages:
        sections = list(search_entries.sections(written.edition, page.name, page.tree))
        written.told[page.name] = Told(sections, page.classes(), page.ids(), page.files())


#: The steps over the pages that were written anew, in their order.
_OF_PAGES = (
    accessibility_fixes.mend,  # names, roles and headings, which the index of the search reads
    lighten.take_out,  # elements that say nothing
    inline_styles.replace,  # styles become attributes, which the policy allows
    assets.choose,  # each page names the scripts and styles that it uses
    _note,  # what the steps over the book read
    typeface.write,  # what the joined style sheet names: from the whole home page
    csp.write,  # after all that changes what a page holds: refuses what no page may hold
    beside.take_out,  # after the policy, which reads what is taken out too
)

#: The steps over the book, in their order.
_OF_BOOK = (
    search.write,  # the entries of the search, one of the scripts
    assets.join,  # what all pages share becomes one style sheet and one script
    assets.leave_out,  # scripts and styles that no page names
)


def _finish_pages(written: Written) -> None:
    state, made_from = state_of(written.app), domain_of(written.app.env).data["made_from"]
    # What a step asks for, such as a label, is part of what these pages are made from.
    asked: set[str] = set()
    state.made_from = asked
    for step in _OF_PAGES:
        step(written)
    state.made_from = None
    for page in written.pages:
        if page.name in made_from:
            made_from[page.name] |= asked


def _finish(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    written = Written.read(app)
    _finish_pages(written)
    for step in _OF_BOOK:
        step(written)
    written.write()
    build_info.keep(app)


class _Warned(logging.Handler):
    """Notes whether anything was warned of, also what Sphinx holds back until all pages are written."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.has_been = False

    def emit(self, record: logging.LogRecord) -> None:
        self.has_been = True


def _finish_before_home(app: Sphinx) -> list[str]:
    """Finishes the pages that are written; returns those that will stay as they are."""
    written = Written.read(app)
    if not (versions := written.last_versions()):
        return []
    if app.config.zhenzhi_first and domain_of(app.env).tells_uses:
        return []
    known = set().union(*(told.classes for told in written.told.values()))
    _finish_pages(written)
    for page in written.pages:
        assets.name_versions(written, page, versions)
    written.write()
    return [page.name for page in written.pages if written.told[page.name].classes <= known]


def _show_before_home(app: Sphinx) -> None:
    """Has the pages shown that are written before the home page, which is written in each build, and all that comes after.

    They are shown where they will stay as they are: nothing is wrong with the book so far, and no page has a class for which
    the joined style sheet may have no rule yet. IDs that it has rules for are the theme's, which each page has.
    """
    warned = _Warned()
    logging.getLogger("sphinx").addHandler(warned)  # which each application of Sphinx empties

    def show(app: Sphinx, doctree: nodes.document, docname: str) -> None:
        if docname == app.config.root_doc:
            done = [] if warned.has_been else _finish_before_home(app)
            if done or app.config.zhenzhi_first:
                app.config.zhenzhi_show(done)

    if app.config.zhenzhi_show is not None and app.builder.name == "html":
        # Before the ingredients of the home page are noted.
        app.connect("doctree-resolved", show, priority=0)


def _write_home(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The home page is written in each build, and so are the files of Sphinx that the pass takes and leaves out.

    The search finds what no page shows, such as another name of a record: it can change where no page does.
    """
    return [env.config.root_doc]


def setup(app: Sphinx) -> None:
    # What `make watch` passes: a function that is given the names of pages that are finished before the book is, and the
    # pages that are to be read, finished and shown before any other is read; the function then ends the build.
    app.add_config_value("zhenzhi_show", None, "")
    app.add_config_value("zhenzhi_first", [], "")
    app.connect("builder-inited", _show_before_home)
    app.connect("env-get-updated", _write_home)
    # After all else that adds a file to the book, and before the incremental build notes that it ended well.
    app.connect("build-finished", _finish, priority=900)
