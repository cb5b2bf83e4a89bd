"""Never publishes a stale number, and reads no page again that nothing changed for.

Sphinx compares the sources of pages only. This module notes what each page is made from: the ingredients that the edition was
asked for while the page was read and written, and the output of its notebook. What every page depends on is a fingerprint.
"""

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from zhenzhi import fingerprint, ingredients, paths
from zhenzhi.edition import Edition

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


def _open(app: Sphinx) -> None:
    app.zhenzhi_notes = _Notes()
    app.zhenzhi_edition = Edition(language=app.config.language[:2], note=app.zhenzhi_notes.note)


def _outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """The pages of which anything changed that they are made from."""
    common = fingerprint.of_pages(paths.ROOT)
    file = Path(app.doctreedir) / _FILE
    app.zhenzhi_kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    # Until the build ends well, pages count as made from nothing known, so that one cut short reads them again.
    file.unlink(missing_ok=True)
    if app.zhenzhi_kept.get("common") != common:
        app.zhenzhi_kept = {"common": common, "pages": {}}
    kept = app.zhenzhi_kept["pages"]
    return [page for page in env.found_docs if kept.get(page) != _state(app, page, kept.get(page, {}))]


def _state(app: Sphinx, page: str, names) -> dict[str, str]:
    """What a page is made from, with digests; its notebook's output stands under ``output``."""
    state = ingredients.digests(app.zhenzhi_edition, (name for name in names if name != "output"))
    return state | {"output": app.config.zhenzhi_outputs.get(page, "")}


def _begin_reading(app: Sphinx, docname: str, source: list[str]) -> None:
    app.zhenzhi_notes.page = docname
    app.zhenzhi_notes.made_from[docname] = set()


def _begin_writing(app: Sphinx, doctree, docname: str) -> None:
    app.zhenzhi_notes.page = docname
    # A page that is written and was not read keeps what it was read from.
    app.zhenzhi_notes.made_from.setdefault(docname, set(app.zhenzhi_kept["pages"].get(docname, {})) - {"output"})


def _end_pages(app: Sphinx, *_) -> None:
    app.zhenzhi_notes.page = None


def _keep(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None:
        return
    app.zhenzhi_notes.page = None
    pages = {page: state for page, state in app.zhenzhi_kept["pages"].items() if page in app.env.found_docs}
    for page, names in app.zhenzhi_notes.made_from.items():
        pages[page] = _state(app, page, names)
    content = {"common": app.zhenzhi_kept["common"], "pages": pages}
    (Path(app.doctreedir) / _FILE).write_text(json.dumps(content, sort_keys=True), encoding="utf-8")


def setup(app: Sphinx) -> None:
    # Hashes of the notebooks' outputs, which `python -m zhenzhi build` passes; a change of them alone re-reads their pages.
    app.add_config_value("zhenzhi_outputs", {}, "")
    app.connect("builder-inited", _open)
    app.connect("env-get-outdated", _outdated)
    app.connect("source-read", _begin_reading, priority=1)
    app.connect("env-updated", _end_pages, priority=1)
    app.connect("doctree-resolved", _begin_writing, priority=1)
    app.connect("build-finished", _keep)
