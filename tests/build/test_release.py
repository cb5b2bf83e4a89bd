"""Releases of a small book: two in a row with changes between them, what is refused, and that a build can be repeated."""

import json
import re
import signal
import subprocess
import zipfile

import pytest
from lxml import etree

from helpers.coding import PLACE, text_of
from helpers.released import CLOSED, SMALL, SUCCESSOR, Releasable, first_release, tree
from zhenzhi.coding.document import PLACE_OPTIONS


@pytest.fixture
def project(released) -> Releasable:
    """The project after two releases, about to release 0.3.0; whatever a test changes is undone."""
    before = tree(released.site)
    yield released
    assert tree(released.site) == before
    released.git("reset", "-q", "--hard", "next")
    released.git("clean", "-fdq")


# Two releases in a row


def test_the_second_release_leaves_every_byte_of_the_first(released):
    now = tree(released.site)
    assert {name: now[name] for name in released.first if name.startswith("0.1.0")} == {
        name: content for name, content in released.first.items() if name.startswith("0.1.0")
    }
    assert "105个网格" in now["0.2.0/chapters/register/jj17.html"].decode()
    assert "104个网格" in now["0.1.0/chapters/register/jj17.html"].decode()
    assert released.run("check-site").returncode == 0


def test_every_page_of_the_first_release_is_in_latest(released):
    pages = [name.removeprefix("0.1.0/") for name in released.first if re.fullmatch(r"0\.1\.0/.*\.html", name)]
    missing = [page for page in pages if "_static" not in page and not (released.site / "latest" / page).is_file()]
    assert SMALL in pages
    assert missing == []


def test_what_changed_is_told_as_json_and_by_the_command(released):
    file = released.site / "0.2.0" / "changes" / "since-0.1.0.json"
    changes = json.loads(file.read_text(encoding="utf-8"))
    done = released.run("changes", "--from", "0.1.0", "--to", "0.2.0", "--format", "json")
    assert json.loads(done.stdout) == changes
    assert [claim["claim_id"] for claim in changes["added"]] == [SUCCESSOR]
    assert [(c["claim_id"], c["reason"], c["replaced_by"]) for c in changes["closed"]] == [
        (CLOSED, "Its name was wrong.", SUCCESSOR)
    ]
    assert [edit["claim_id"] for edit in changes["revalued"]] == ["jj17-opinions-solved", "jj17-grids"]
    reworded = {edit["claim_id"]: [cell["column"] for cell in edit["cells"]] for edit in changes["reworded"]}
    assert reworded["jj17-grids"] == ["as_written", "note_en"]
    assert ("jj17-opinions-resolved", "consistent", "inconsistent") in [
        (verdict["check_id"], verdict["before"], verdict["after"]) for verdict in changes["verdicts"]
    ]
    small = next(entry for entry in changes["sentences"] if entry["page"] == SMALL)
    assert any("has 104 grids" in text for text in small["before"])
    assert any("has 105 grids" in text for text in small["after"])
    assert any("1,200" in text for text in small["after"])


def test_what_changed_is_told_on_a_page_whose_links_lead_somewhere(released):
    from zhenzhi.releasing import pages

    known = pages.read(released.site / "0.2.0")
    text = (released.site / "0.2.0" / "chapters" / "changes.html").read_text(encoding="utf-8")
    part = text[text.index('<section class="zz-since" id="since-0.1.0">') : text.index("<!-- /changes -->")]
    for words in (
        "Since version 0.1.0",
        "Claims closed",
        "Its name was wrong.",
        "<ins>inconsistent</ins>",
        "has 105 grids",
    ):
        assert words in part
    links = re.findall(r'href="([^"]*)"', part)
    assert f"register/jj17.html#claim-{CLOSED}" in links
    for link in links:
        page, _, anchor = link.partition("#")
        assert anchor in known[f"chapters/{page}"].anchors
    first = (released.site / "0.1.0" / "chapters" / "changes.html").read_text(encoding="utf-8")
    assert "This is the first release." in first


def test_what_changed_is_told_in_the_epub_with_links_of_its_own(released):
    with zipfile.ZipFile(released.site / "0.2.0" / "downloads" / "zhenzhi-0.2.0.epub") as epub:
        page = etree.fromstring(epub.read("chapters/changes.xhtml"))
        names = epub.namelist()
    (since,) = page.xpath("//*[@id='since-0.1.0']")
    assert "Its name was wrong." in "".join(since.itertext())
    links = since.xpath(".//@href")
    assert f"register/jj17.xhtml#claim-{CLOSED}" in links
    assert [link for link in links if f"chapters/{link.partition('#')[0]}" not in names] == []


def test_a_closed_claim_keeps_its_address_with_the_reason(released):
    text = (released.site / "0.2.0" / "chapters" / "register" / "jj17.html").read_text(encoding="utf-8")
    record = text[text.index(f'id="claim-{CLOSED}"') :]
    assert "Closed in version 0.2.0: Its name was wrong." in record
    assert f'href="#claim-{SUCCESSOR}"' in record


# A commit makes one book


def test_two_releases_of_one_commit_in_two_folders_are_the_same(released, tmp_path):
    elsewhere = first_release(tmp_path / "another" / "folder")
    done = elsewhere.release("0.1.0", PYTHONHASHSEED="7", TZ="Asia/Shanghai")
    assert done.returncode == 0, done.stdout + done.stderr
    found = tree(elsewhere.site)
    assert sorted(found) == sorted(released.first)
    assert [name for name in found if found[name] != released.first[name]] == []
    assert b"widget-view+json" in found[f"0.1.0/{SMALL}"]


# Refusals; the fixture sees to it that nothing is written


def refused(project: Releasable, version: str = "0.3.0", **options) -> str:
    done = project.release(version, **options)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_refused_while_tests_fail(project):
    assert "the tests fail" in refused(project, tests="false")


def test_refused_without_an_entry_in_the_changelog(project):
    project.replace("CHANGELOG.md", "## 0.3.0", "## 0.2.9")
    project.commit()
    assert "CHANGELOG.md has no entry for 0.3.0" in refused(project)


def test_refused_where_the_changelog_has_another_date(project):
    project.replace("CHANGELOG.md", "## 0.3.0 (2", "## 0.3.0 (1")
    project.commit()
    assert "CHANGELOG.md dates 0.3.0" in refused(project)


@pytest.mark.parametrize(
    ("version", "named"),
    [("0.4.0", "the package is version 0.3.0"), ("3", "'3' is not a version")],
    ids=["another than that of the package", "no version"],
)
def test_refused_for_the_version(project, version, named):
    assert named in refused(project, version)


@pytest.mark.parametrize(("version", "named"), [("0.2.0", "is there already"), ("0.1.5", "0.2.0 is released already")])
def test_refused_where_it_is_not_the_newest(project, version, named):
    project.become(version)
    assert named in refused(project, version)


def test_refused_where_the_citation_file_is_stale(project):
    project.replace("CITATION.cff", "0.3.0", "0.2.0")
    project.commit()
    assert "CITATION.cff does not agree" in refused(project)


def test_refused_where_not_all_is_committed(project):
    project.replace("index.md", "A book.", "Another book.")
    assert "the working tree is not clean" in refused(project)


def test_refused_where_a_claim_has_vanished(project):
    project.replace("data/claims.csv", SUCCESSOR, "jj17-something-else")
    project.replace("data/closed.csv", SUCCESSOR, "jj17-something-else")
    project.commit()
    error = refused(project)
    assert "claims of version 0.2.0 are gone" in error
    assert SUCCESSOR in error


def test_refused_while_a_proposed_row_waits_for_review(project, tmp_path):
    text = text_of(tmp_path / "project", "青禾镇\n\n2024-03-18 青禾发布\n\n全镇划分网格86个。\n")
    place = [part for name, cell in PLACE_OPTIONS.items() for part in (f"--place-{cell}", PLACE[name])]
    added = project.run("add-document", str(text), "--id", "qh24", "--place", "qinghe", *place)
    assert added.returncode == 0, added.stderr
    project.commit()
    error = refused(project)
    assert "documents are not coded to the end" in error
    assert "drafts.csv: 2 row(s) of qh24 wait for review" in error


def test_refused_where_a_file_of_a_release_was_changed(project):
    file = project.site / "0.1.0" / "index.html"
    content = file.read_bytes()
    file.write_text("other")
    error = refused(project)
    file.write_bytes(content)
    assert "0.1.0/index.html: the file is not as it was released" in error


def test_refused_where_an_address_has_vanished(project):
    """A page and an anchor at once: both need a build to be missed."""
    project.replace("chapters/small.md", "# Small", "# Tiny")
    project.replace("_toc.yml", "  - file: chapters/new\n", "")
    project.commit()
    error = refused(project)
    assert "addresses of version 0.2.0 are gone" in error
    assert "chapters/new.html" in error and f"{SMALL}#small" in error


def test_a_release_that_is_killed_while_it_builds_leaves_the_site_as_it_was(project):
    command = project.command("release", "0.3.0", "--test-command", "true")
    with subprocess.Popen(
        command, cwd=project.root, env=project.environment(), stdout=subprocess.PIPE, text=True
    ) as running:
        for line in running.stdout:
            if line.startswith("Executing the notebooks"):
                running.send_signal(signal.SIGKILL)
                break
    assert running.returncode == -signal.SIGKILL
