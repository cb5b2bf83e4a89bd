"""The site: a release is added at one stroke, never changed, and everything leads to the newest."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys

import pytest
from lxml import etree

from helpers.chromium import needs_browser
from helpers.released import tree
from zhenzhi.__main__ import main
from zhenzhi.building.replace import recover
from zhenzhi.errors import ZhenzhiError
from zhenzhi.releasing import site

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
        ".nojekyll", "0.9.0", "0.9.0.sha256", "404.html", "index.html", "latest", "redirect.js", "site.sha256", "versions.js",
        "versions.json",
    ]  # fmt: skip
    assert (target / "0.9.0" / site.RELEASED).read_text().endswith("= true;\n")
    assert site.check(target) == []


def test_the_state_between_releases_is_replaced_and_changes_nothing_else(target, second, tmp_path):
    released, vouched = tree(target), site.digest(target)
    for pages in (("chapters/c.html",), ("chapters/d.html",)):
        site.add_development(target, make_book(tmp_path / pages[0].replace("/", "-"), *pages))
    own = {name for name in tree(target) if name.startswith("dev/")}
    assert own == {"dev/index.html", "dev/chapters/d.html", f"dev/{site.RELEASED.as_posix()}"}
    assert {name: content for name, content in tree(target).items() if name not in own} == released
    assert "zhenzhiBetweenReleases = true" in (target / "dev" / site.RELEASED).read_text()
    assert (site.check(target), site.digest(target)) == ([], vouched)
    site.add(target, second, "1.0.0", DATE)
    assert site.check(target) == [] and own <= tree(target).keys()


def test_a_state_between_releases_needs_a_release_that_is_whole(target, second, tmp_path):
    with pytest.raises(ZhenzhiError, match="expected one with a release"):
        site.add_development(tmp_path / "nothing", second)
    (target / "0.9.0" / "index.html").write_text("changed")
    before = tree(target)
    with pytest.raises(ZhenzhiError, match="index.html"):
        site.add_development(target, second)
    assert tree(target) == before


def test_a_later_release_leaves_every_earlier_byte(target, second):
    earlier = {name: content for name, content in tree(target).items() if name.startswith("0.9.0")}
    site.add(target, second, "0.10.0", DATE)
    assert {name: content for name, content in tree(target).items() if name.startswith("0.9.0")} == earlier
    for manifest in ("site.sha256", "0.10.0.sha256", "0.9.0.sha256"):
        assert subprocess.run(["sha256sum", "-c", "--quiet", "--strict", manifest], cwd=target).returncode == 0
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


def test_where_the_site_has_an_address_search_engines_and_followers_find_the_releases(tmp_path, second):
    folder, base = tmp_path / "site", "https://example.org/book"
    site.add(folder, second, "0.9.0", DATE, base)
    site.add(folder, make_book(tmp_path / "third", "chapters/a.html", "zh/index.html"), "0.10.0", "2027-01-02", base)
    assert site.check(folder) == []
    sitemap = etree.parse(str(folder / site.SITEMAP))
    addresses = sitemap.xpath("//*[local-name()='loc']/text()")
    assert addresses == [f"{base}/0.10.0/{page}" for page in ("chapters/a.html", "index.html", "zh/index.html")]
    others = sitemap.xpath("//*[local-name()='url'][2]/*[local-name()='link']")
    assert {link.get("hreflang"): link.get("href") for link in others} == {
        "en": f"{base}/0.10.0/index.html",
        "zh": f"{base}/0.10.0/zh/index.html",
    }
    feed = etree.parse(str(folder / site.FEED))
    assert feed.xpath("//*[local-name()='entry']/*[local-name()='id']/text()") == [f"{base}/0.10.0/", f"{base}/0.9.0/"]
    assert feed.xpath("/*/*[local-name()='updated']/text()") == ["2027-01-02T00:00:00Z"]
    root, latest = ((folder / name).read_text() for name in ("index.html", "latest/chapters/a.html"))
    assert "noindex" not in root and site.FEED in root
    assert "noindex" in latest and f'rel="canonical" href="{base}/0.10.0/chapters/a.html"' in latest


def test_without_an_address_there_is_nothing_that_needs_one(target):
    assert not (target / site.SITEMAP).exists() and not (target / site.FEED).exists()


#: Addresses that are not in a site of 0.10.0 (a, b) and 0.9.0 (a), and where what was asked for stands.
GONE = {
    "0.9.0/chapters/b.html": "0.10.0/chapters/b.html",
    "0.10.0/chapters/a": "0.10.0/chapters/a.html",
    "0.10.0/b.html": "0.10.0/chapters/b.html",
    "0.10.0/unheard-of.html": None,
    "unheard-of.html": None,
}


@needs_browser
@pytest.mark.parametrize(("asked", "stands"), GONE.items())
def test_a_page_that_is_not_there_leads_to_where_it_stands(browser, target, second, asked, stands):
    site.add(target, second, "0.10.0", DATE)
    page = browser.new_page()
    page.route("**/*", lambda route: _serve(route, target))
    page.goto(f"http://book.test/{asked}#part")
    page.wait_for_load_state("networkidle")
    links = page.locator("[data-found] a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    assert links == ([f"/{stands}#part"] * 2 if stands else [])
    page.close()


def _serve(route, folder):
    """As hosts do: the file, or else the page 404."""
    file = folder / route.request.url.partition("book.test/")[2].partition("#")[0]
    found = file.is_file()
    route.fulfill(status=200 if found else 404, path=file if found else folder / "404.html")


def test_the_root_leads_to_each_language_and_each_page_to_its_own(target, tmp_path):
    book = make_book(tmp_path / "both", "chapters/a.html", "zh/index.html", "zh/chapters/a.html")
    script = book / "zh" / site.RELEASED
    script.parent.mkdir()
    script.write_text("globalThis.zhenzhiReleased = false;\n")
    site.add(target, book, "0.10.0", DATE)
    root = (target / "index.html").read_text()
    for language, address in (("en", "0.10.0/index.html"), ("zh-CN", "0.10.0/zh/index.html")):
        assert f'<a href="{address}" lang="{language}"' in root and (target / address).is_file()
    assert "refresh" not in root  # without a script the reader chooses
    page = (target / "latest/zh/chapters/a.html").read_text()
    assert re.findall(r'<a href="([^"]+)"', page) == ["../../../0.10.0/zh/chapters/a.html"] and "refresh" in page
    assert (target / "0.10.0/zh" / site.RELEASED).read_text().endswith("= true;\n")
    assert site.check(target) == []


def test_a_root_that_leaves_out_a_language_is_named(target, tmp_path):
    site.add(target, make_book(tmp_path / "both", "zh/index.html"), "0.10.0", DATE)
    root = target / "index.html"
    root.write_text(root.read_text().replace("0.10.0/zh/index.html", "elsewhere.html"))
    assert "index.html: it does not lead to version 0.10.0" in site.check(target)


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
    "a script that redirects": (
        lambda site: (site / "redirect.js").write_text("alert(1)"),
        "redirect.js: the file is not as the last release",
    ),
    "a broken list": (lambda site: (site / "versions.js").write_text("{"), "versions.js: it does not list"),
    "words of the root": (
        lambda site: (site / "index.html").write_text((site / "index.html").read_text() + "<script src=x></script>"),
        "index.html: the file is not as the last release left it",
    ),
    "a stray file": (lambda site: (site / "new.html").write_text(""), "new.html: no release put it here"),
    "a stray script": (lambda site: (site / "latest/x.js").write_text(""), "latest/x.js: no release put it here"),
    "a link": (
        lambda site: (site / "0.9.0/c.html").symlink_to("/etc/passwd"),
        "0.9.0/c.html: the file was not released",
    ),
    "no list of the root": (lambda site: (site / "site.sha256").unlink(), "site.sha256: the checksums"),
    "no mark for Pages": (lambda site: (site / ".nojekyll").unlink(), ".nojekyll: the file is missing"),
    "another list": (lambda site: (site / "versions.js").write_text("x = {};"), "versions.js: it does not list"),
    "astray": (lambda site: (site / "latest/index.html").write_text(""), "latest/index.html: it does not lead"),
    "not UTF-8": (lambda site: (site / "index.html").write_bytes(b"\xff"), "index.html: it does not lead to version"),
    "a pipe": (lambda site: os.mkfifo(site / "0.9.0/pipe"), "0.9.0/pipe: the file was not released"),
    "a release that lies elsewhere": (
        lambda site: (site / "0.9.0").symlink_to((site / "0.9.0").rename(site.parent / "elsewhere")),
        "0.9.0: it is no folder of its own",
    ),
    "dev is a link": (lambda site: (site / "dev").symlink_to("/etc"), "dev: it is no folder of its own"),
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


def forget(target, version: str) -> None:
    """Takes a release out of a site as somebody would who knows which files list it."""
    shutil.rmtree(target / version)
    (target / f"{version}.sha256").unlink()
    relist(target, lambda entry: None if entry["version"] == version else entry)


def relist(target, change) -> None:
    """Changes the entries of the lists of versions, and the checksums of the root after them."""
    listed = json.loads((target / "versions.json").read_text())
    listed["versions"] = [entry for entry in map(change, listed["versions"]) if entry]
    (target / "versions.json").write_text(json.dumps(listed))
    (target / "versions.js").write_text(f"globalThis.zhenzhiVersions = {json.dumps(listed)};\n")
    names = [line.partition("  ")[2] for line in (target / "site.sha256").read_text().splitlines()]
    sums = subprocess.run(["sha256sum", *names], cwd=target, capture_output=True, text=True, check=True)
    (target / "site.sha256").write_text(sums.stdout)


def test_a_release_that_is_erased_with_all_that_lists_it_is_missed(target, second):
    site.add(target, second, "0.10.0", DATE)
    forget(target, "0.9.0")
    assert site.check(target) == [
        "0.9.0.sha256: 0.10.0.sha256 vouches for it, and versions.json does not list that version"
    ]


def test_a_release_that_is_rewritten_with_its_checksums_is_found(target, second):
    site.add(target, second, "0.10.0", DATE)
    (target / "0.9.0" / "index.html").write_text("other")
    names = [line.partition("  ")[2] for line in (target / "0.9.0.sha256").read_text().splitlines()]
    sums = subprocess.run(["sha256sum", *names], cwd=target, capture_output=True, text=True, check=True).stdout
    (target / "0.9.0.sha256").write_text(sums)
    digest = hashlib.sha256(sums.encode()).hexdigest()
    relist(target, lambda entry: entry | ({"manifest": digest} if entry["version"] == "0.9.0" else {}))
    assert site.check(target) == ["0.9.0.sha256: it is not what 0.10.0.sha256 vouches for"]


def test_what_vouches_for_the_site_changes_with_any_of_it(target, capsys):
    digest = site.digest(target)
    assert main(["check-site", str(target), "--digest", digest]) == 0
    assert main(["check-site", str(target), "--digest", "0" * 64]) == 1
    assert f"the site is {digest}; expected {'0' * 64}" in capsys.readouterr().err
    (target / site.ROOT).unlink()
    with pytest.raises(ZhenzhiError, match="site.sha256: there is no such file; expected the checksums of the site"):
        site.digest(target)


def test_checking_changes_nothing(target):
    target.rename(target.with_name("site.last"))
    with pytest.raises(ZhenzhiError, match="a release was cut short"):
        site.check(target)
    assert target.with_name("site.last").is_dir()
    shutil.copytree(target.with_name("site.last"), target)
    assert site.check(target) == []
    assert target.with_name("site.last").is_dir()


def test_a_site_of_the_first_version_is_added_to(tmp_path, second):
    target = tmp_path / "site"
    site.add(target, make_book(tmp_path / "first"), "0.1.0", DATE)
    (target / "site.sha256").unlink()
    site.add(target, second, "0.10.0", DATE)
    assert site.check(target) == []


def test_what_belongs_to_the_host_is_left_alone(target, second):
    (target / "CNAME").write_text("example.org")
    site.add(target, second, "0.10.0", DATE)
    assert site.check(target) == []
    assert (target / "CNAME").read_text() == "example.org"


def test_check_site_tells_what_it_checked(target, capsys):
    assert main(["check-site", str(target)]) == 0
    assert "1 release(s) is as it was released: 0.9.0" in capsys.readouterr().out


def test_check_site_of_nothing_fails(tmp_path, capsys):
    assert main(["check-site", str(tmp_path / "nowhere")]) == 1
    assert "there is no site" in capsys.readouterr().err


@pytest.mark.parametrize("entry", [None, {"version": 9}, {"pages": [9]}, {"version": "../0.9.0"}], ids=str)
def test_a_list_of_versions_that_cannot_be_read_is_named(target, entry):
    listed = json.loads((target / "versions.json").read_text())
    (target / "versions.json").write_text(json.dumps({"versions": [entry and listed["versions"][0] | entry]}))
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
        "import os, pathlib, signal, sys\nfrom zhenzhi.releasing import site\n"
        f"kill = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n{step}\n"
        "site.check = lambda _: []\n"
        f"site.add(*map(pathlib.Path, sys.argv[1:]), '0.10.0', {DATE!r})"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target), str(second)], env=dict(os.environ))
    assert done.returncode == -signal.SIGKILL
    recover(target)
    assert [release.version for release in site.releases(target)] == ["0.9.0"]
    assert tree(target) == before
    site.add(target, second, "0.10.0", DATE)
    assert site.check(target) == []
