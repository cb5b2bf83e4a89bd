"""Fixtures that several test files share, and the kind of each test.

A test is of the kind that its folder names: ``unit`` (the package, without a built book), ``book`` (reads the one built
book), ``build`` (builds and releases small projects), ``browser`` (drives a chromium).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from helpers import made_up
from helpers.chromium import chromium
from helpers.project import Project, put_back
from helpers.released import Releasable, two_releases
from zhenzhi.book.edition import Edition, open_book
from zhenzhi.data import tables
from zhenzhi.data.tables import Tables
from zhenzhi.takeaway import names

#: The kinds of tests, those first whose files take longest.
KINDS = ("build", "browser", "book", "unit")

#: For ``make test-fast``: fewer examples of what is tried with any input.
settings.register_profile("fast", max_examples=10, deadline=None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--every-page", action="store_true", help="visit every page, not one of each kind")
    parser.addoption(
        "--edits", type=int, default=25, help="random edits after which a book is compared with a clean one"
    )
    parser.addoption("--seed", type=int, default=13, help="what the random edits follow from")
    parser.addoption("--mutations", type=int, default=300, help="how many faults to make in the data on purpose")
    parser.addoption("--mutation-seed", type=int, default=14, help="the seed of these faults")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks each test with its kind, so that ``-m unit`` or ``-m "not browser"`` chooses among them.

    The longest files come first, so that no process is left with one at the end.
    """
    tests = Path(__file__).parent
    for item in items:
        item.add_marker(item.path.relative_to(tests).parts[0])
    items.sort(key=lambda item: KINDS.index(item.path.relative_to(tests).parts[0]))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("built") / "project")
    done = made.build()
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(made.root, made.root.with_name("kept"), symlinks=True)
    return made


@pytest.fixture
def built(_built: Project) -> Project:
    """A small project with its book; whatever an earlier test did to it is undone."""
    put_back(_built.root.with_name("kept"), _built.root)
    return _built


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Releasable:
    """A project with two releases in its site, about to release the third."""
    return two_releases(tmp_path_factory.mktemp("released") / "project")


@pytest.fixture(scope="session")
def english() -> Edition:
    return open_book("en")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    """A made-up data package: see ``helpers.made_up``."""
    return tables.load(made_up.write(tmp_path_factory.mktemp("made") / "data"))


@pytest.fixture(scope="session")
def made_english(made: Tables) -> Edition:
    return Edition(made, "en")


@pytest.fixture(scope="session")
def made_chinese(made: Tables) -> Edition:
    return Edition(made, "zh")


@pytest.fixture(scope="session")
def html() -> Path:
    """The folder of the book, built anew where anything changed."""
    from zhenzhi.building.build import build

    return build()


@pytest.fixture(scope="session")
def downloads(html: Path) -> Path:
    """What the book offers to take away."""
    return html / names.FOLDER


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A running chromium; tests that ask for it are marked ``needs_browser``."""
    with chromium() as running:
        yield running
