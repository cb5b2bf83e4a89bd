"""The site: a release is added at one stroke, never changed, and everything leads to the newest."""

import json
import os
import re
import signal
import subprocess
import sys

import pytest
from released import tree

from zhenzhi.__main__ import main
from zhenzhi.errors import ZhenzhiError
from zhenzhi.publishing import site

DATE = "2026-11-21"


def make_book(folder, *pages):
    """What looks like a built book."""
    for page in ("index.html", *pages):
        file = folder / page
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<h1>{page}</h1>")
    script = folder / site.RELEASED
    script.parent.mkdir(exist_ok=True)
    script.write_text("globalThis.zhenzhiReleased = false;\n")
    return folder


@pytest.fixture
def target(tmp_path):
    """A site with one release."""
    folder = tmp_path / "site"
    site.add(folder, make_book(tmp_path / "first", "chapters/a.html"), "0.9.0", DATE)
    return folder


@pytest.fixture
def second(tmp_path):
    return make_book(tmp_path / "second", "chapters/a.html", "chapters/b.html")


def test_a_first_release_makes_the_site(target):
    assert sorted(path.name for path in target.iterdir()) == [
        "0.9.0", "0.9.0.sha256", "index.html", "latest", "redirect.js", "versions.js", "versions.json",
    ]  # fmt: skip
    assert (target / "0.9.0" / site.RELEASED).read_text().endswith("= true;\n")
    assert site.check(target) == []


def test_a_later_release_leaves_every_earlier_byte(target, second):
    earlier = {name: content for name, content in tree(target).items() if name.startswith("0.9.0")}
    site.add(target, second, "0.10.0", DATE)
    assert {name: content for name, content in tree(target).items() if name.startswith("0.9.0")} == earlier
    assert site.check(target) == []
    assert [release.version for release in site.releases(target)] == ["0.10.0", "0.9.0"]


def test_the_lists_for_scripts_and_programs_are_the_same(target, second):
    site.add(target, second, "0.10.0", DATE)
    listed = json.loads((target / "versions.json").read_text())
    script = (target / "versions.js").read_text()
    assert json.loads(re.fullmatch(r"globalThis\.zhenzhiVersions = (.*);\n", script)[1]) == listed
    assert listed["newest"] == "0.10.0"
    assert listed["versions"][0]["pages"] == ["chapters/a.html", "chapters/b.html", "index.html"]


def test_the_root_and_latest_lead_to_the_newest_page_by_page(target, second):
    site.add(target, second, "0.10.0", DATE)
    leading = {
        "index.html": "0.10.0/index.html",
        "latest/index.html": "../0.10.0/index.html",
        "latest/chapters/a.html": "../../0.10.0/chapters/a.html",
        "latest/chapters/b.html": "../../0.10.0/chapters/b.html",
    }
    for name, address in leading.items():
        assert f'href="{address}"' in (target / name).read_text()
        assert ((target / name).parent / address).is_file()


def test_checksums_are_those_that_sha256sum_reads(target):
    done = subprocess.run(["sha256sum", "-c", "--quiet", "0.9.0.sha256"], cwd=target)
    assert done.returncode == 0


def test_nothing_names_a_host(target):
    assert [name for name, content in tree(target).items() if re.search(rb"https?://", content)] == []


def test_a_version_is_never_released_again(target, second):
    before = tree(target)
    with pytest.raises(ZhenzhiError, match="is there already"):
        site.add(target, second, "0.9.0", DATE)
    assert tree(target) == before


SPOILT = {
    "changed": (lambda site: (site / "0.9.0/index.html").write_text("other"), "0.9.0/index.html: the file is not as"),
    "missing": (lambda site: (site / "0.9.0/chapters/a.html").unlink(), "0.9.0/chapters/a.html: the file is missing"),
    "added": (lambda site: (site / "0.9.0/c.html").write_text("new"), "0.9.0/c.html: the file was not released"),
    "no checksums": (lambda site: (site / "0.9.0.sha256").unlink(), "0.9.0.sha256: the checksums"),
    "other checksums": (lambda site: (site / "0.9.0.sha256").write_text(""), "0.9.0.sha256: it is not as"),
    "not listed": (lambda site: (site / "0.8.0").mkdir(), "0.8.0: versions.json does not list it"),
    "another list": (lambda site: (site / "versions.js").write_text("x = {};"), "versions.js: it does not list"),
    "astray": (lambda site: (site / "latest/index.html").write_text(""), "latest/index.html: it does not lead"),
    "stray": (lambda site: (site / "latest/b.html").write_text(""), "latest/b.html: version 0.9.0 has no such"),
}


@pytest.mark.parametrize(("spoil", "named"), SPOILT.values(), ids=SPOILT)
def test_what_is_not_as_released_is_named_and_nothing_is_added_to_it(target, second, spoil, named, capsys):
    spoil(target)
    before = tree(target)
    assert main(["check-site", str(target)]) == 1
    assert named in capsys.readouterr().err
    with pytest.raises(ZhenzhiError, match=re.escape(named)):
        site.add(target, second, "0.10.0", DATE)
    assert tree(target) == before


def test_check_site_tells_what_it_checked(target, capsys):
    assert main(["check-site", str(target)]) == 0
    assert "1 release(s) is as it was released: 0.9.0" in capsys.readouterr().out


def test_check_site_of_nothing_fails(tmp_path, capsys):
    assert main(["check-site", str(tmp_path / "nowhere")]) == 1
    assert "there is no site" in capsys.readouterr().err


def test_a_list_of_versions_that_cannot_be_read_is_named(target):
    (target / "versions.json").write_text("{}")
    with pytest.raises(ZhenzhiError, match="versions.json"):
        site.releases(target)


@pytest.mark.parametrize("version", ["1", "1.2", "v1.2.3", "1.2.3-rc1", "01.2.3", "1.2.3.4", ""])
def test_a_version_is_three_numbers(version):
    with pytest.raises(ZhenzhiError, match="is not a version"):
        site.number(version)


def test_versions_are_ordered_as_numbers():
    assert sorted(["0.10.0", "0.9.1", "1.0.0", "0.9.0"], key=site.number) == ["0.9.0", "0.9.1", "0.10.0", "1.0.0"]


#: Steps at which the process is killed, as what stands in for a step.
KILLED = {
    "while the book is copied": "site._digests = kill",
    "before the new site takes its place": "site.replace = kill",
    "between the old site and the new": (
        "rename = pathlib.Path.rename\n"
        "pathlib.Path.rename = lambda path, to: kill() if path.name == 'site.new' else rename(path, to)"
    ),
}


@pytest.mark.parametrize("step", KILLED.values(), ids=KILLED)
def test_a_release_that_is_killed_leaves_the_site_as_it_was(target, second, step):
    before = tree(target)
    code = (
        "import os, pathlib, signal, sys\nfrom zhenzhi.publishing import site\n"
        f"kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n{step}\n"
        "site.check = lambda _: []\n"
        f"site.add(*map(pathlib.Path, sys.argv[1:]), '0.10.0', {DATE!r})"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target), str(second)], env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    assert [release.version for release in site.releases(target)] == ["0.9.0"]
    assert tree(target) == before
    site.add(target, second, "0.10.0", DATE)
    assert site.check(target) == []
