"""Never publishes a stale number, and reads no page again that nothing changed for.

Sphinx compares the sources of pages only. This module notes what each page is made from: the ingredients that the edition was
asked for while the page was read and written, and the output of its notebook. What every page depends on is a fingerprint.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi import fingerprint, paths
from zhenzhi.edition import Edition
from zhenzhi.ingredients import Digests

#: File beside the doctrees that keeps what the pages were made from.
_FILE = "ingredients.json"


class _Notes:
    """The ingredients of each page, noted under the page that is at work.

    Attributes:
        page: the page at work; nothing between pages.
        made_from: the names of the ingredients of each page.
    """

    def __init__(self):
        self.page: str | None = None
        self.made_from: dict[str, set[str]] = {}

    def note(self, name: str) -> None:
        if self.page is not None:
            self.made_from.setdefault(self.page, set()).add(name)


def edition_of(env: BuildEnvironment) -> Edition:
    """The edition of the build that is under way."""
    return env.app.zhenzhi_edition


def once(app: Sphinx, what: str, make: Callable[[], Any]) -> Any:
    """What ``make`` returns, or what it returned in an earlier build; for what takes long and depends on ``what`` alone.

    It is made again when the package or the libraries change.

    Args:
        what: a description that is different for all that may come out different.
        make: makes something that JSON can hold.
    """
    key = hashlib.sha256(what.encode()).hexdigest()
    made = app.zhenzhi_kept["made"]
    if key not in made:
        made[key] = make()
    return made[key]


def _open(app: Sphinx) -> None:
    app.zhenzhi_notes = _Notes()
    app.zhenzhi_edition = Edition(language=app.config.language[:2], note=app.zhenzhi_notes.note)
    app.zhenzhi_digests = Digests(app.zhenzhi_edition)


def _outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """The pages of which anything changed that they are made from."""
    app.zhenzhi_outputs = dict(app.config.zhenzhi_outputs)
    common = fingerprint.of_pages(paths.ROOT)
    file = Path(app.doctreedir) / _FILE
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    if kept.get("common") != common:
        kept = {"common": common, "pages": {}, "made": {}}
    app.zhenzhi_kept, pages = kept, kept["pages"]
    outdated = {page for page in env.found_docs if pages.get(page) != _state(app, page, pages.get(page, {}))}
    # Until the build ends well these count as made from nothing known, so that one cut short reads them again.
    rest = {page: state for page, state in pages.items() if page not in outdated}
    file.write_text(json.dumps({**kept, "pages": rest}), encoding="utf-8")
    return sorted(outdated)


def _order(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Reads the pages last whose notebooks are at work, in the order in which these were begun."""
    at_work = [page for page, output in app.zhenzhi_outputs.items() if output is None]
    order = {page: number for number, page in enumerate(at_work, 1)}
    docnames.sort(key=lambda page: order.get(page, 0))


def _state(app: Sphinx, page: str, names) -> dict[str, str]:
    """What a page is made from, with digests; its notebook's output stands under ``output``."""
    state = app.zhenzhi_digests.of(name for name in names if name != "output")
    return state | {"output": app.zhenzhi_outputs.get(page, "")}


def _begin_reading(app: Sphinx, docname: str, source: list[str]) -> None:
    app.zhenzhi_notes.page = docname
    app.zhenzhi_notes.made_from[docname] = set()
    if docname in app.zhenzhi_outputs:
        app.zhenzhi_outputs[docname] = app.config.zhenzhi_provide(docname)


def _begin_writing(app: Sphinx, doctree, docname: str) -> None:
    app.zhenzhi_notes.page = docname
    # A page that is written and was not read keeps what it was read from.
    app.zhenzhi_notes.made_from.setdefault(docname, set(app.zhenzhi_kept["pages"].get(docname, {})) - {"output"})


def _end_reading(app: Sphinx, *_) -> None:
    app.zhenzhi_notes.page = None
    # Which pages are written is for Sphinx to tell; where writing is cut short, all are read and written again.
    (Path(app.doctreedir) / _FILE).unlink()


def _keep(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        return
    app.zhenzhi_notes.page = None
    pages = {page: state for page, state in app.zhenzhi_kept["pages"].items() if page in app.env.found_docs}
    for page, names in app.zhenzhi_notes.made_from.items():
        pages[page] = _state(app, page, names)
    content = {**app.zhenzhi_kept, "pages": pages}
    (Path(app.doctreedir) / _FILE).write_text(json.dumps(content, sort_keys=True), encoding="utf-8")


def setup(app: Sphinx) -> None:
    # What `python -m zhenzhi build` passes: hashes of the notebooks' outputs by page, none where the notebook is at work,
    # and a function that waits for one. A change of an output alone re-reads its page.
    app.add_config_value("zhenzhi_outputs", {}, "")
    app.add_config_value("zhenzhi_provide", None, "")
    app.connect("builder-inited", _open)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-before-read-docs", _order)
    app.connect("source-read", _begin_reading, priority=1)
    app.connect("env-updated", _end_reading, priority=1)
    app.connect("doctree-resolved", _begin_writing, priority=1)
    # After all that makes something once.
    app.connect("build-finished", _keep, priority=990)
