"""The pages of the book in one language: executed, set by Sphinx, and with what is taken away of them."""

import io
import json
import re
import shutil
import sys
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from zhenzhi import locales, project
from zhenzhi import works as cited
from zhenzhi.book import fingerprint
from zhenzhi.book.edition import Edition
from zhenzhi.building import ahead, forks, messages, run_sphinx
from zhenzhi.building.execute import PAGES, Execution, page_file
from zhenzhi.building.mirror import mirror
from zhenzhi.errors import BuildError
from zhenzhi.interrupts import undisturbed
from zhenzhi.sphinxext.inline import works
from zhenzhi.takeaway import bundle, epub, names

#: What of the working folder a good build leaves for the next one, the file that says that it is whole and from what, and
#: the one that says this of each source.
_WHOLE, _MARK, _SOURCES = ("doctrees", "html"), "frame", "sources.json"

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


#: Called with the folder in which the pages of a language are made, where these stand in a book, and which of them are done;
#: nothing where all are.
Show = Callable[[Path, str, list[str] | None], None]


class Pages:
    """The pages in one language.

    As a context manager it ends with its block: what has not begun by then does not begin any more.

    Args:
        root: the project.
        edition: the book in the language.
        work: the folder of the working files of all languages.
        languages: the languages that the book is built in.
        pool: executes notebooks, of this language and of others, in the order in which they are asked for.
        sources: the digests of all that the book is made from.
        first: the pages to show before any other is read, by their files in the book.
    """

    def __init__(
        self,
        root: Path,
        edition: Edition,
        work: Path,
        languages: list[str],
        pool: ThreadPoolExecutor,
        sources: Mapping[str, str],
        first: Collection[str] = (),
    ):
        self.edition = edition
        self.folder = locales.folder_among(edition.language, languages)
        self._root, self._languages = root, languages
        self._work, self._kept = (work / name / edition.language for name in ("work", "kept"))
        self._with_data = edition.language == languages[0]
        self._frame = f"{fingerprint.of_frame(root)} {' '.join(languages)}"
        self._return()
        self._sources = ahead.made_from(edition, sources)
        self._first = self._shown_ahead(first)
        store = work / "executed" / edition.language
        self._execution = Execution(root, edition, store, self._work / "cache", pool)
        self._beside = ThreadPoolExecutor(1)
        self._making: Future | None = None

    def __enter__(self) -> Self:
        self._execution.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._execution.__exit__(kind, error, trace)
        self._beside.shutdown()

    def show_first(self, show: Show) -> None:
        """Has the pages shown that were to be first, made from the data as they are now and from what the last good build
        knew of the other pages. The build then makes them again with all others, and says what is wrong with them.

        Args:
            show: called when they are done.
        """
        if not self._first:
            return
        self._execution.begin(self._first)

        def end(done: list[str]) -> None:
            if done:
                show(self._work / "html", self.folder, done)
            raise _Shown

        settings = {"zhenzhi_first": self._first, "zhenzhi_show": end}
        with suppress(_Shown, BuildError):
            self._sphinx(self._work / "html", self._settings() | settings, pages=self._first)
        self._return()

    def execute(self) -> None:
        """Begins to execute the notebooks that changed."""
        self._execution.begin()

    def _shown_ahead(self, first: Collection[str]) -> list[str]:
        """The pages, as Sphinx names them, that are shown ahead of the others; the home page is written last."""
        kept = self._kept / _SOURCES
        if not first or not kept.is_file():
            return []
        site_map = project.contents(self._root)
        inner = {str(name) for name in site_map} - {site_map.root.docname}
        wanted = [page for page in inner if f"{self.folder}{page}.html" in first]
        last = json.loads(kept.read_text(encoding="utf-8"))
        return sorted(wanted) if ahead.allowed(last, self._sources, wanted) else []

    def build(self, book: Path, volumes: Collection[str], show: Show | None = None) -> None:
        """Builds the pages into their folder of a book.

        Args:
            book: the folder of the book.
            volumes: what will stand among the downloads, of ``names.VOLUMES``.
            show: called when some of the pages are done, and when all are, before there is anything to take away of them.

        Raises:
            BuildError: a notebook cannot be executed, or Sphinx warns of something.
        """
        if show is None:
            self._begin_downloads()
        more: dict[str, Any] = {"zhenzhi_pdf": names.PDF in volumes}
        if show is not None:
            more["zhenzhi_show"] = lambda done: show(self._work / "html", self.folder, done)
        if problems := self._sphinx(self._work / "html", self._settings() | more):
            raise BuildError("\n".join(problems))
        self._keep()
        if show is not None:
            show(self._work / "html", self.folder, None)
            self._begin_downloads()  # not before: what is shown comes first
        shutil.copytree(self._work / "html", book / self.folder, dirs_exist_ok=True)

    def add_downloads(self, book: Path, volumes: Collection[str]) -> None:
        """Adds to a book what is taken away of these pages."""
        assert self._making is not None
        self._making.result()
        own = book / self.folder
        bundle.add(self._root, self.edition, own, self._work / "downloads", volumes)
        if names.EPUB in volumes:
            self.write_epub(own, own / names.FOLDER / names.of(names.EPUB, self.edition.language))

    def write_epub(self, own: Path, file: Path) -> None:
        """Sets the pages as EPUB; they must have been built.

        Args:
            own: the folder of the built pages.
            file: the EPUB.

        Raises:
            BuildError: Sphinx warns of something.
        """
        folder = self._work / "epub"
        shutil.rmtree(folder, ignore_errors=True)
        more = {"zhenzhi_web": bundle.site(self._root, self.edition.language), "zhenzhi_pages": str(own)}
        if problems := self._sphinx(folder, self._settings() | more, "epub"):
            raise BuildError("\n".join(problems))
        (made,) = folder.glob("*.epub")
        made.replace(file)
        shutil.rmtree(folder)

    def _return(self) -> None:
        """Makes the working folder what the last good build left; empty where its files may not belong to the pages any more.

        So a build that failed or was killed costs the next one nothing, and what it warned of is warned of again.
        """
        mark = self._kept / _MARK
        if mark.is_file() and mark.read_text() == self._frame:
            for name in _WHOLE:
                mirror(self._kept / name, self._work / name)
        else:
            shutil.rmtree(self._kept, ignore_errors=True)
            shutil.rmtree(self._work, ignore_errors=True)
            self._work.mkdir(parents=True)

    def _keep(self) -> None:
        """Keeps the working folder as it is after a good build."""
        mark = self._kept / _MARK
        with undisturbed():
            # Cut short all the same, what is kept counts as nothing.
            mark.unlink(missing_ok=True)
            for name in _WHOLE:
                mirror(self._work / name, self._kept / name)
            (self._kept / _SOURCES).write_text(json.dumps(self._sources), encoding="utf-8")
            mark.write_text(self._frame)

    def _begin_downloads(self) -> None:
        self._making = self._beside.submit(self._make_downloads)

    def _make_downloads(self) -> None:
        self._execution.wait()
        forks.call(
            bundle.make, self._root, self.edition.language, self._execution.files, self._work / "downloads", self._with_data
        )  # fmt: skip

    def _settings(self) -> dict[str, Any]:
        """What Sphinx is told beside ``_config.yml``."""

        def provide(page: str) -> str:
            try:
                return self._execution.provide(page)
            except BuildError as error:
                raise _Stop(error) from None

        language = self.edition.language
        return {
            # The pages by name, or the extension looks for pages in each folder of the project, those of libraries too.
            "external_toc_exclude_missing": False,
            "include_patterns": _sources(self._root),
            "nb_execution_mode": "cache",
            "nb_execution_cache_path": str(self._work / "cache"),
            "language": locales.LOCALES[language],
            "locale_dirs": [str(self._work / "locale")],
            "html_theme_options.search_bar_text": self.edition.label("search-box"),
            "html_theme_options.toc_title": self.edition.label("contents"),
            "author": self.edition.label("book-author"),
            "nb_code_prompt_show": self.edition.label("code-show"),
            "nb_code_prompt_hide": self.edition.label("code-hide"),
            "togglebutton_hint": self.edition.label("fold-show"),
            "togglebutton_hint_hide": self.edition.label("fold-hide"),
            "zhenzhi_languages": self._languages,
            # As a function: Sphinx would pickle it.
            "zhenzhi_edition": lambda: self.edition,
            "zhenzhi_outputs": self._execution.outputs(),
            "zhenzhi_provide": provide,
            "numfig_format": {"figure": self.edition.label("numbered-figure", number="%s")},
            **works.settings(language),
            **epub.settings(self.edition),
        }

    def _sphinx(
        self, folder: Path, settings: dict[str, Any], builder: str = "html", pages: Collection[str] = ()
    ) -> list[str]:
        """Runs Jupyter Book's Sphinx build into a folder; returns what is wrong, nothing where all is well.

        Args:
            folder: where to.
            settings: what Sphinx is told.
            builder: what makes them.
            pages: those to write; by default all that changed.

        Raises:
            BuildError: a notebook cannot be executed.
        """
        cited.read(self._root, self.edition.language)  # Sphinx does not say what is wrong where a work is
        messages.compile_into(self._root, self.edition.language, self._work / "locale")
        log, warnings = _Progress(), io.StringIO()
        doctrees, own = self._work / "doctrees", [str(page_file(self._root, page)) for page in pages]
        try:
            status = run_sphinx.run(self._root, folder, settings, builder, doctrees, (log, warnings), own, strict=True)
        except _Stop as stop:
            raise stop.error from None
        lines = [_COLOUR.sub("", line).strip() for line in warnings.getvalue().splitlines()]
        found = [line.replace(f"{self._root}/", "") for line in lines if re.search("WARNING|ERROR|CRITICAL", line)]
        problems = list(dict.fromkeys(found))
        problems += [f"{page} was executed a second time by Sphinx; its output was not kept" for page in log.executed]
        if isinstance(status, Exception) and not problems:
            problems = [f"Sphinx: {type(status).__name__}: {status}"]
        return problems or ([f"Sphinx ended with status {status}", *lines] if status else [])


def _sources(root: Path) -> list[str]:
    """The pages of the table of contents, as patterns of file names."""
    site_map = project.contents(root)
    names = {str(name) for name in (*site_map, *site_map.globs())}
    return sorted(name if Path(name).suffix in PAGES else f"{name}{suffix}" for name in names for suffix in PAGES)


class _Stop(BaseException):
    """Ends a Sphinx build for an error. At an ``Exception`` Sphinx would forget all pages."""

    def __init__(self, error: BuildError):
        super().__init__(error)
        self.error = error


class _Shown(BaseException):
    """Ends a Sphinx build when the pages that were to be first are shown."""


class _Progress(io.TextIOBase):
    """Passes on the lines of Sphinx's log that tell which page it is at.

    Attributes:
        executed: pages that Sphinx executed itself, which it should not.
    """

    def __init__(self):
        self._terminal = sys.stdout
        self._begun = ""
        self.executed: list[str] = []

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            line = " ".join(_COLOUR.sub("", line).split())
            if "Executing notebook" in line:
                self.executed.append(line.partition(":")[0])
            if line.startswith(("reading sources", "writing output")) and "%" in line:
                print(f"  {line}", file=self._terminal, flush=True)
        return len(text)
