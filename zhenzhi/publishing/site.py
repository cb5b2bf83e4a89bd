"""The site: every release of the book in a folder of its own, which no later release changes, and what leads to them.

    site/
      index.html           leads to the newest release
      latest/**.html       one for each page of the newest release: leads to it, with anchor
      redirect.js          carries the anchor along
      versions.json        the releases, newest first, each with its date and its pages
      versions.js          the same for the pages themselves: from a disk (file://) a page may run a script, but not fetch
      0.1.0/               a release
      0.1.0.sha256         the checksums of its files, as ``sha256sum -c`` reads them

All addresses are relative, so that the site works under any path, from any static server, and from a disk.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from zhenzhi.errors import ZhenzhiError
from zhenzhi.publishing import pages
from zhenzhi.publishing.replace import coming, recover, replace

#: The script of a built book that says whether it stands in a site with other versions, and what it says there.
RELEASED = Path("_static/released.js")
_IN_A_SITE = (
    "// This book stands beside other versions; ../versions.js lists them.\nglobalThis.zhenzhiReleased = true;\n"
)

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Release:
    """A release in a site.

    Attributes:
        version: its version, which is the name of its folder.
        date: the day of the release, as YYYY-MM-DD.
        manifest: SHA-256 of the file that holds its checksums.
        pages: the addresses of its pages.
    """

    version: str
    date: str
    manifest: str
    pages: tuple[str, ...]


def number(version: str) -> tuple[int, int, int]:
    """A version as numbers, to compare it by.

    Raises:
        ZhenzhiError: it is not three numbers.
    """
    match = _VERSION.fullmatch(version)
    if match is None:
        raise ZhenzhiError(f"{version!r} is not a version; expected three numbers such as 1.2.0")
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def releases(site: Path) -> list[Release]:
    """The releases of a site, the newest first; none where there is no site yet.

    Raises:
        ZhenzhiError: its list of versions cannot be read.
    """
    recover(site)
    if not site.exists() or not any(site.iterdir()):
        return []
    try:
        listed = json.loads((site / "versions.json").read_text(encoding="utf-8"))
        return [Release(**entry | {"pages": tuple(entry["pages"])}) for entry in listed["versions"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ZhenzhiError(f"{site / 'versions.json'}: {error}; expected the list of the site's versions") from None


def add(site: Path, book: Path, version: str, date: str) -> None:
    """Adds a release to a site, which it changes at one stroke: until then, the site is as it was.

    Args:
        site: the folder of the site; it is made where there is none.
        book: the built book, with all that the release holds.
        version: its version.
        date: the day of the release, as YYYY-MM-DD.

    Raises:
        ZhenzhiError: the version is there already, or a file of the site is not as it was released.
    """
    earlier = releases(site)
    if version in {release.version for release in earlier} or (site / version).exists():
        raise ZhenzhiError(f"{site / version} is there already; a release is never changed, expected a new version")
    _refuse(check(site))
    new = coming(site)
    if site.exists():
        # The bytes of earlier releases are not even copied.
        shutil.copytree(site, new, copy_function=os.link)
    shutil.copytree(book, new / version)
    (new / version / RELEASED).write_text(_IN_A_SITE, encoding="utf-8")
    manifest = "".join(f"{digest}  {name}\n" for name, digest in _digests(new, version))
    _write(new / f"{version}.sha256", manifest)
    own = Release(version, date, hashlib.sha256(manifest.encode()).hexdigest(), tuple(pages.addresses(new / version)))
    _point(new, sorted([own, *earlier], key=lambda release: number(release.version), reverse=True))
    _refuse(check(new))
    replace(site)


def check(site: Path) -> list[str]:
    """What is wrong in a site: a release that is not as it was released, or a list or a page that leads elsewhere.

    Returns:
        a line for each problem; nothing where all is well.
    """
    listed = releases(site)
    problems = [problem for release in listed for problem in _check_release(site, release)]
    known = {release.version for release in listed}
    for folder in sorted(site.glob("*/")):
        if _VERSION.fullmatch(folder.name) and folder.name not in known:
            problems.append(f"{folder.name}: versions.json does not list it")
    return problems + (_check_pointers(site, listed) if listed else [])


def _check_pointers(site: Path, listed: list[Release]) -> list[str]:
    """Whether all that leads to the newest release does so, in whatever words it was written."""
    newest, problems = listed[0].version, []
    script = site / "versions.js"
    listing = script.read_text(encoding="utf-8").partition(" = ")[2].rstrip(";\n") if script.is_file() else "null"
    if json.loads(listing) != json.loads((site / "versions.json").read_text(encoding="utf-8")):
        problems.append("versions.js: it does not list what versions.json lists")
    leading = _leading(listed[0])
    for name, target in leading.items():
        file = site / name
        if not file.is_file() or f'href="{target}"' not in file.read_text(encoding="utf-8"):
            problems.append(f"{name}: it does not lead to version {newest}")
    stray = {path.relative_to(site).as_posix() for path in (site / "latest").rglob("*.html")} - set(leading)
    return problems + [f"{name}: version {newest} has no such page" for name in sorted(stray)]


def _check_release(site: Path, release: Release) -> Iterator[str]:
    manifest = site / f"{release.version}.sha256"
    if not manifest.is_file():
        yield f"{manifest.name}: the checksums of version {release.version} are missing"
        return
    content = manifest.read_bytes()
    if hashlib.sha256(content).hexdigest() != release.manifest:
        yield f"{manifest.name}: it is not as it was released"
    expected = {name: digest for digest, _, name in (line.partition("  ") for line in content.decode().splitlines())}
    found = dict(_digests(site, release.version))
    for name in sorted({*expected, *found}):
        if name not in found:
            yield f"{name}: the file is missing"
        elif name not in expected:
            yield f"{name}: the file was not released"
        elif expected[name] != found[name]:
            yield f"{name}: the file is not as it was released"


def _digests(site: Path, version: str) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file of a release."""
    for file in sorted(path for path in (site / version).rglob("*") if path.is_file()):
        with file.open("rb") as stream:
            yield file.relative_to(site).as_posix(), hashlib.file_digest(stream, "sha256").hexdigest()


def _point(site: Path, listed: list[Release]) -> None:
    """Lists the releases and makes the pages that lead to the newest."""
    newest = listed[0]
    versions = {"newest": newest.version, "versions": [asdict(release) for release in listed]}
    _write(site / "versions.json", json.dumps(versions, indent=1) + "\n")
    _write(site / "versions.js", f"globalThis.zhenzhiVersions = {json.dumps(versions)};\n")
    _write(site / "redirect.js", (_TEMPLATES / "redirect.js").read_text(encoding="utf-8"))
    shutil.rmtree(site / "latest", ignore_errors=True)
    template = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True).get_template("redirect.html")
    for name, target in _leading(newest).items():
        text = template.render(root="../" * name.count("/"), target=target, version=newest.version)
        _write(site / name, text + "\n")


def _leading(newest: Release) -> dict[str, str]:
    """The pages that lead to the newest release, by name, each with the address that it leads to."""
    names = {"index.html": "index.html"} | {f"latest/{page}": page for page in newest.pages}
    return {name: f"{'../' * name.count('/')}{newest.version}/{page}" for name, page in names.items()}


def _write(file: Path, text: str) -> None:
    """Writes a new file: what stands there may be one with a file of the site that is still in place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ZhenzhiError("the site is not as it was released:\n  " + "\n  ".join(problems))
