"""The comparison as built: passages lead to where they are told, and a blank says that it is one."""

import re

import pytest

from zhenzhi.book import open_book
from zhenzhi.data import instruments


@pytest.fixture(scope="module")
def book():
    return open_book("en")


@pytest.fixture(scope="module")
def columns(book):
    """The columns of the matrix by place and document."""
    return {(column.place_id, column.document_id): column for column in instruments.columns(book.tables)}


def test_each_passage_is_a_link_to_where_it_is_told(html, book):
    """To the model, in the chapter that has its anchor; without one, to a record in the register."""
    chapters = {path.name: path.read_text(encoding="utf-8") for path in (html / "chapters").glob("*.html")}
    links = re.findall(
        r'<a class="[^"]*" href="([^"]*)"[^>]*>((?:<span lang="zh">|</span>|[^<])*)</a>', chapters["compare.html"]
    )
    told = {(href, re.sub("<[^>]*>", "", text)) for href, text in links}
    claims = book.tables.claims
    for row in book.tables.instrument_evidence.itertuples():
        if any(f'id="model-{row.model_id}"' in page for page in chapters.values()):
            anchor = f"#model-{row.model_id}"
            assert any(href.endswith(anchor) for href, text in told if text == row.as_written), row.as_written
            continue
        own = [row.claim_id, *claims.index[claims["model_id"] == row.model_id]]
        records = [f"#claim-{claim}" for claim in own] + [f"#document-{row.document_id}"]
        assert any(href.endswith(tuple(records)) for href, text in told if text == row.as_written), row.as_written


def test_a_blank_says_that_it_is_one(html, book, columns):
    page = (html / "chapters" / "compare.html").read_text(encoding="utf-8")
    matrix = page.partition('class="zz-scroll zz-matrix-region"')[2].partition("</table>")[0]
    blanks = len(book.tables.instruments) * len(columns) - len(instruments.cells(book.tables))
    assert matrix.count("not mentioned") == blanks
