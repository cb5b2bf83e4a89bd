"""The pages that the browser visits."""

from pathlib import Path

import pytest

from screenshots import pages

#: One page of each kind: to visit all, again and again, takes half an hour.
KINDS = (
    "index.html",
    "search.html",
    "chapters/xiqiao.html",
    "chapters/compare.html",
    "chapters/method.html",
    "chapters/explorer.html",
    "chapters/downloads.html",
    "chapters/register.html",
    "chapters/register/nanhai.html",
    "zh/index.html",
    "zh/chapters/jiujiang-2017.html",
)


@pytest.fixture(scope="session")
def every_page(html: Path) -> list[str]:
    """All pages that a reader can come to."""
    return [*pages(html), "search.html", "genindex.html"]


@pytest.fixture(scope="session")
def some_pages(every_page: list[str], request: pytest.FixtureRequest) -> list[str]:
    """One page of each kind, or all where ``--every-page`` asks for it."""
    return every_page if request.config.getoption("every_page") else list(KINDS)
