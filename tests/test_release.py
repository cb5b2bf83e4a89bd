"""Releases of a small book: two in a row with changes between them, what is refused, and that a build can be repeated."""

import csv
import io
import json
import re
import signal
import subprocess
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser import needs_browser, serving
from released import Releasable, tree

SMALL = "chapters/small.html"
CLOSED, SUCCESSOR = "jj17-deputies-text", "jj17-deputies-text-again"

#: A sentence on a check that flips between the two releases.
SENTENCE = "\nOf the opinions, {claim}`jj17-opinions-solved` were resolved.\n"


def change(project: Releasable) -> None:
    """What the second release changes: a value, a wording, a verdict; a claim closed and one added; a page added."""
    path = project.root / "data" / "claims.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["claim_id"] == "jj17-grids":
            row.update(value="105", as_written="105个网格", note_en="Counted anew.")
        elif row["claim_id"] == "jj17-opinions-solved":
            row.update(value="1200", as_written="1200条")
        elif row["claim_id"] == CLOSED:
            closed = dict(row)
            row["claim_id"] = SUCCESSOR
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    out = io.StringIO()
    cells = [closed[key] for key in ("claim_id", "article_id", "as_written", "label_en", "label_zh")]
    csv.writer(out, lineterminator="\n").writerow([*cells, "0.2.0", SUCCESSOR, "Its name was wrong."])
    with (project.root / "data" / "closed.csv").open("a", encoding="utf-8") as file:
        file.write(out.getvalue())
    (project.root / "chapters" / "new.md").write_text("# New\n\nA new page.\n")
    (project.root / "_toc.yml").write_text((project.root / "_toc.yml").read_text() + "  - file: chapters/new\n")


def first_release(root) -> Releasable:
    project = Releasable(root)
    project.chapter.write_text(project.chapter.read_text(encoding="utf-8") + SENTENCE, encoding="utf-8")
    project.commit()
    return project


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Releasable:
    """A project with two releases in its site; ``first`` holds the files of the site after the first."""
    project = first_release(tmp_path_factory.mktemp("released") / "project")
    done = project.release("0.1.0")
    assert done.returncode == 0, done.stdout + done.stderr
    project.first = tree(project.site)
    change(project)
    project.become("0.2.0")
    done = project.release("0.2.0")
    assert done.returncode == 0, done.stdout + done.stderr
    project.git("tag", "released")
    return project


@pytest.fixture
def project(released) -> Releasable:
    """The project after two releases, about to release 0.3.0; whatever a test changes is undone."""
    released.become("0.3.0")
    before = tree(released.site)
    yield released
    assert tree(released.site) == before
    released.git("reset", "-q", "--hard", "released")
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
    from zhenzhi.publishing import pages

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


# In a browser


@pytest.fixture(scope="module", params=["http", "file"])
def address(request, released):
    """The site under a path of a server, and on the disk."""
    if request.param == "file":
        yield released.site.as_uri()
        return
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(released.root)))) as site:
        yield f"{site}/site"


@pytest.fixture
def page(browser):
    """A page that must show without an error; a request dropped because the page was left is none."""
    page = browser.new_page()
    errors = []

    def failed(request):
        if request.failure != "net::ERR_ABORTED":
            errors.append(f"{request.url}: {request.failure}")

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("requestfailed", failed)
    yield page
    page.close()
    assert errors == []


def versions(page):
    return page.locator(".zz-version details")


@needs_browser
@pytest.mark.parametrize("start", ["", "latest/"])
def test_the_root_and_latest_lead_to_the_newest(page, address, start):
    page.goto(f"{address}/{start}index.html")
    page.wait_for_url(f"{address}/0.2.0/index.html")


@needs_browser
def test_latest_keeps_page_and_anchor(page, address):
    page.goto(f"{address}/latest/chapters/register/jj17.html#claim-jj17-grids")
    page.wait_for_url(f"{address}/0.2.0/chapters/register/jj17.html#claim-jj17-grids")


@needs_browser
def test_the_switcher_goes_to_the_same_place_in_another_version_by_keyboard(page, address):
    page.goto(f"{address}/0.2.0/chapters/register/jj17.html#claim-jj17-grids")
    versions(page).wait_for()
    page.locator(".zz-version summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".zz-version li").all_inner_texts() == ["0.2.0, the newest, this version", "0.1.0"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/0.1.0/chapters/register/jj17.html#claim-jj17-grids")


@needs_browser
def test_the_switcher_says_where_a_page_is_not_there(page, address):
    page.goto(f"{address}/0.2.0/chapters/new.html")
    versions(page).wait_for()
    page.locator(".zz-version summary").click()
    link = page.locator(".zz-version li a")
    assert link.inner_text() == "0.1.0 does not have this page; its opening"
    link.click()
    page.wait_for_url(f"{address}/0.1.0/index.html")


@needs_browser
def test_an_old_version_says_that_a_newer_one_exists(page, address):
    page.goto(f"{address}/0.1.0/{SMALL}")
    note = page.locator(".zz-newer")
    note.wait_for()
    assert note.inner_text() == "This is version 0.1.0. Version 0.2.0 is newer: read this page there."
    note.locator("a").click()
    page.wait_for_url(f"{address}/0.2.0/{SMALL}")
    versions(page).wait_for()
    assert page.locator(".zz-newer").count() == 0


@needs_browser
def test_every_page_has_the_switcher(page, address, released):
    for name in ("index.html", "search.html", "genindex.html", SMALL, "chapters/changes.html"):
        page.goto(f"{address}/0.2.0/{name}")
        versions(page).wait_for(state="attached")


@needs_browser
def test_a_plain_build_shows_its_version_and_asks_for_no_list(page, html):
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((html / "index.html").as_uri())
    assert page.locator(".zz-version").inner_text().startswith("Version ")
    assert versions(page).count() == 0
    assert [url for url in requests if "versions.js" in url] == []
