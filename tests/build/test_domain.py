"""The domain: a claim is linked from another book, and pages that several processes read make the same book."""

import subprocess
import sys

import pytest
from lxml import html
from sphinx.util.inventory import InventoryFile

from helpers.project import differing

#: Builds a project with so many processes that read and write pages.
WITH_JOBS = """
import functools, sys
from pathlib import Path
from zhenzhi.building import build, run_sphinx

root, out, jobs = sys.argv[1:]
run_sphinx.build_sphinx = functools.partial(run_sphinx.build_sphinx, jobs=int(jobs))
if __name__ == "__main__":
    build.build(Path(root), Path(out))
"""


@pytest.mark.parametrize(
    ("kind", "name", "address"),
    [
        ("claim", "jj17-grids", "chapters/register/jj17.html#claim-jj17-grids"),
        ("check", "jj17-staff-total", "chapters/register/jj17.html#check-jj17-staff-total"),
        ("model", "jj17-grids", "chapters/told.html#model-jj17-grids"),
        ("entry", "jj17-grids", "chapters/models.html#entry-model-jj17-grids"),
        ("chart", "jj17-grid-staffing", "chapters/small.html#fig-jj17-grid-staffing"),
        ("external", "jiujiang-gdp-2020", "chapters/outside.html#external-jiujiang-gdp-2020"),
        ("caveat", "jj17-quote", "chapters/register/jj17.html#caveat-jj17-quote"),
        ("term", "网格长", "chapters/glossary.html#term-wangge-zhang"),
    ],
)
def test_the_inventory_of_the_book_leads_to_each_kind_of_thing(built, kind, name, address):
    with (built.html / "objects.inv").open("rb") as stream:
        inventory = InventoryFile.load(stream, "", lambda base, path: base + path)
    assert inventory[f"zhenzhi:{kind}"][name][2] == address
    page, _, anchor = address.partition("#")
    tree = html.parse(str(built.html / page)).getroot()
    assert len(tree.xpath(f"//*[@id='{anchor}']")) == 1


def test_a_role_of_the_domain_links_to_a_record(built):
    page = html.parse(str(built.html / "chapters" / "told.html")).getroot()
    assert page.xpath("//article//p/a[@href='register/jj17.html#claim-jj17-grids']")


def test_pages_read_by_two_processes_of_a_package_that_lies_elsewhere_make_the_same_book(built, tmp_path):
    script, book = tmp_path / "with_jobs.py", tmp_path / "html"
    script.write_text(WITH_JOBS, encoding="utf-8")
    command = [sys.executable, str(script), str(built.root), str(book), "2"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "chapters/away .. chapters/" in done.stdout  # read in chunks, as Sphinx gives them to processes
    assert differing(book, built.html) == []
