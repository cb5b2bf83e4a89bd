"""Never publishes a stale number, and reads no page again that nothing changed for.

Sphinx compares the sources of pages only. This module notes in the domain what each page is made from: the ingredients that
the edition was asked for while the page was read and written, and the output of its notebook. What every page depends on is
a fingerprint. When the book is built well, the domain keeps what each ingredient was worth; a page is read again where one is
worth something else.
"""

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi import locales
from zhenzhi.book import fingerprint
from zhenzhi.book.dependencies import Digests
from zhenzhi.book.edition import Edition
from zhenzhi.data import tables
from zhenzhi.sphinxext.env.domain import domain_of


@dataclass
class State:
    """What one build holds while it is under way, the extension's only attribute of Sphinx's application.

    Attributes:
        edition: the book in the language of the build.
        digests: what its ingredients are worth.
        outputs: by page, the hash of its notebook's output; nothing where the notebook is at work.
        made_from: the ingredients of the page at work; nothing between pages.
    """

    edition: Edition
    digests: Digests
    outputs: dict[str, str | None]
    made_from: set[str] | None = None


def state_of(app: Sphinx) -> State:
    """The state of the build that is under way."""
    return vars(app)["zhenzhi"]


def edition_of(env: BuildEnvironment) -> Edition:
    """The edition of the build that is under way."""
    return state_of(env.app).edition


def once(app: Sphinx, what: str, make: Callable[[], Any]) -> Any:
    """What ``make`` returns, or what it returned in an earlier build; for what takes long and depends on ``what`` alone.

    It is made again when the package or the libraries change.

    Args:
        what: a description that is different for all that may come out different.
        make: makes something that can be pickled.
    """
    made = domain_of(app.env).data["made"]
    key = hashlib.sha256(what.encode()).hexdigest()
    if key not in made:
        made[key] = make()
    return made[key]


def _open(app: Sphinx) -> None:
    def note(name: str) -> None:
        if state.made_from is not None:
            state.made_from.add(name)

    if app.config.zhenzhi_edition is not None:
        edition = app.config.zhenzhi_edition().noting(note)
    else:
        edition = Edition(tables.load(Path(app.srcdir) / "data"), app.config.language[:2], note)
    state = State(edition, Digests(edition), dict(app.config.zhenzhi_outputs))
    vars(app)["zhenzhi"] = state


def _outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """The pages of which anything changed that they are made from."""
    data = domain_of(env).data
    common = fingerprint.of_pages(Path(app.srcdir))
    if data["common"] != common:
        data |= {"common": common, "digests": {}, "made": {}}
    return sorted(page for page in env.found_docs if data["digests"].get(page) != _worth(app, page))


def _read_first(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Reads those pages alone that are to be shown before the others are read."""
    if first := app.config.zhenzhi_first:
        docnames[:] = [page for page in docnames if page in first]
        if not docnames:
            app.config.zhenzhi_show([])


def _forget(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forgets what is about to change.

    A build that is cut short leaves nothing of these pages that the next one would trust, and costs no other a reading. What
    moves from one page to another does not stand twice while the first is not read yet.
    """
    for docname in docnames:
        domain_of(env).clear_doc(docname)
        domain_of(env).data["digests"].pop(docname, None)
    if docnames:
        _store(app)


def _store(app: Sphinx) -> None:
    """Writes the environment as it is, whole or not at all."""
    file = Path(app.doctreedir) / ENV_PICKLE_FILENAME
    new = file.with_suffix(".new")
    new.write_bytes(pickle.dumps(app.env, pickle.HIGHEST_PROTOCOL))
    new.replace(file)


def _order(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Reads the pages last whose notebooks are at work, in the order in which these were begun."""
    at_work = [page for page, output in state_of(app).outputs.items() if output is None]
    order = {page: number for number, page in enumerate(at_work, 1)}
    docnames.sort(key=lambda page: order.get(page, 0))


def _provide_all(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Waits for all notebooks where several processes read: those that are forked do not have the threads to wait for."""
    if app.parallel > 1:
        for page in docnames:
            _provide(app, page)


def _provide(app: Sphinx, page: str) -> None:
    """Waits for the notebook of a page, if it has one."""
    outputs = state_of(app).outputs
    if page in outputs:
        outputs[page] = app.config.zhenzhi_provide(page)


def _worth(app: Sphinx, page: str) -> dict[str, str]:
    """What a page is made from, with digests.

    Its notebook's output stands under ``output``, its catalogue under ``messages``: Sphinx knows of catalogues only that it
    compiles itself.
    """
    state = state_of(app)
    names = domain_of(app.env).data["made_from"].get(page, ())
    file = locales.catalogues(Path(app.srcdir), state.edition.language) / f"{page}.po"
    messages = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
    return state.digests.of(names) | {"output": state.outputs.get(page) or "", "messages": messages}


def _begin_reading(app: Sphinx, docname: str, source: list[str]) -> None:
    state = state_of(app)
    state.made_from = domain_of(app.env).data["made_from"][docname] = set()
    if app.parallel == 1:
        _provide(app, docname)


def _begin_writing(app: Sphinx, doctree, docname: str) -> None:
    # A page that is written and was not read keeps what it was read from.
    state_of(app).made_from = domain_of(app.env).data["made_from"].setdefault(docname, set())


def _end_writing(app: Sphinx, *_) -> None:
    """What is asked for after the pages, such as for the search, belongs to none of them."""
    state_of(app).made_from = None


def _end_reading(app: Sphinx, env: BuildEnvironment) -> None:
    """Sphinx keeps the environment next; where writing is cut short, it tells that all pages are to be read again."""
    state_of(app).made_from = None
    domain_of(env).data["digests"] = {}


def _keep(app: Sphinx, exception: Exception | None) -> None:
    """Keeps what the pages were made from, with the environment."""
    if exception is not None:
        return
    # What a page asked for that another process wrote is not known here: it will be read again.
    pages = () if app.builder.parallel_ok else app.env.found_docs
    domain_of(app.env).data["digests"] = {page: _worth(app, page) for page in sorted(pages)}
    _store(app)


def setup(app: Sphinx) -> None:
    # What `python -m zhenzhi build` passes: a function that gives the edition, which it has loaded; hashes of the notebooks'
    # outputs by page, none where the notebook is at work; and a function that waits for one. A change of an output alone
    # re-reads its page.
    app.add_config_value("zhenzhi_edition", None, "")
    app.add_config_value("zhenzhi_outputs", {}, "")
    app.add_config_value("zhenzhi_provide", None, "")
    app.connect("builder-inited", _open)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-before-read-docs", _read_first)
    app.connect("env-before-read-docs", _forget)
    app.connect("env-before-read-docs", _order)
    app.connect("env-before-read-docs", _provide_all)
    app.connect("source-read", _begin_reading, priority=1)
    app.connect("env-updated", _end_reading, priority=1)
    app.connect("doctree-resolved", _begin_writing, priority=1)
    app.connect("html-page-context", _end_writing, priority=990)
    app.connect("build-finished", _end_writing, priority=1)
    # After all that makes something once.
    app.connect("build-finished", _keep, priority=990)
