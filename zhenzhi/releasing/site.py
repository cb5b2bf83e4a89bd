"""The site: every release of the book in a folder of its own, which no later release changes, and what leads to them.

    site/
      index.html           leads to the newest release, in the reader's language
      latest/**.html       one for each page of the newest release: leads to it, with anchor
      redirect.js          carries the anchor along
      versions.json        the releases, newest first, each with its date and its pages
      versions.js          the same for the pages themselves: from a disk (file://) a page may run a script, but not fetch
      0.1.0/               a release
      dev/                 the state between releases, replaced at will: nothing vouches for it, and its pages say so
      0.1.0.sha256         the checksums of its files, and of those of the release before, as ``sha256sum -c`` reads them
      site.sha256          the checksums of all that stands beside the releases, and of those of the newest
      404.html             what a host sends for an address that it does not have: leads to where the page stands now
      sitemap.xml          the pages of the newest release in both languages, for search engines
      releases.atom        a feed of the releases
      .nojekyll            tells Pages to serve folders that begin with an underscore

So each list of checksums vouches for the one before, and the digest of ``site.sha256``, kept elsewhere, for the whole site.
All addresses are relative, so that the site works under any path, from any static server, and from a disk; sitemap and feed,
which must be absolute, are made where ``html.baseurl`` of ``_config.yml`` names the site.
"""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import zip_longest
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from zhenzhi import DEVELOPMENT, locales, paths, plain_yaml
from zhenzhi.building.replace import coming, last, recover, replace
from zhenzhi.errors import ZhenzhiError
from zhenzhi.locales import LOCALES, NAMES, language_of, tag
from zhenzhi.releasing import pages

#: For search engines, and for who follows the releases.
SITEMAP, FEED = "sitemap.xml", "releases.atom"

#: The script of a built book that says whether it stands in a site with other versions, and what it says there.
RELEASED = Path("_static/released.js")
_IN_A_SITE = (
    "// This book stands beside other versions; ../versions.js lists them.\nglobalThis.zhenzhiReleased = true;\n"
)
_BETWEEN_RELEASES = f"{_IN_A_SITE}// It is none of them.\nglobalThis.zhenzhiBetweenReleases = true;\n"

#: The checksums of what stands beside the releases.
ROOT = "site.sha256"

#: What else may stand at the root of a site: what belongs to whoever serves it.
_HOSTS_OWN = (".git", ".well-known", "CNAME")

#: The one version that was released before sites vouched for themselves.
_UNCHAINED = (0, 1, 0)

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
        ZhenzhiError: its list of versions cannot be read, or a release was cut short.
    """
    if not site.exists() and last(site).exists():
        raise ZhenzhiError(
            f"a release was cut short, and the site lies at {last(site)}; release again, or rename it to {site.name}"
        )
    if not site.exists() or not any(site.iterdir()):
        return []
    try:
        listed = json.loads((site / "versions.json").read_text(encoding="utf-8"))
        return [_listed_release(entry) for entry in listed["versions"]]
    except (OSError, ValueError, KeyError, TypeError, ZhenzhiError) as error:
        raise ZhenzhiError(f"{site / 'versions.json'}: {error}; expected the list of the site's versions") from None


def _listed_release(entry: dict) -> Release:
    release = Release(**entry | {"pages": tuple(entry["pages"])})
    for part in (release.version, release.date, release.manifest, *release.pages):
        if not isinstance(part, str):
            raise TypeError(f"{part!r} is not text")
    number(release.version)
    return release


def add(site: Path, book: Path, version: str, date: str, base: str = "") -> None:
    """Adds a release to a site, which it changes at one stroke: until then, the site is as it was.

    Args:
        site: the folder of the site; it is made where there is none.
        book: the built book, with all that the release holds.
        version: its version.
        date: the day of the release, as YYYY-MM-DD.
        base: the address of the site; empty where it is not known.

    Raises:
        ZhenzhiError: the version is there already, or a file of the site is not as it was released.
    """
    recover(site)
    earlier = releases(site)
    if version in {release.version for release in earlier} or (site / version).exists():
        raise ZhenzhiError(f"{site / version} is there already; a release is never changed, expected a new version")
    _refuse(check(site))
    new = coming(site)
    if site.exists():
        _copy(site, new)
    _put(book, new / version, _IN_A_SITE)
    listed = [*_digests(new, new / version), *((_manifest(release), release.manifest) for release in earlier[:1])]
    manifest = _as_text(listed)
    _write(new / f"{version}.sha256", manifest)
    _write(new / ".nojekyll", "")
    own = Release(version, date, hashlib.sha256(manifest.encode()).hexdigest(), tuple(pages.addresses(new / version)))
    _point(new, sorted([own, *earlier], key=lambda release: number(release.version), reverse=True), base)
    _write(new / ROOT, _as_text([(name, _digest(new / name)) for name in _beside(new, [own, *earlier])]))
    _refuse(check(new))
    replace(site)


def add_development(site: Path, book: Path) -> None:
    """Puts a book into a site as its state between releases, in the place of the last such state.

    Args:
        site: the folder of the site, which is changed at one stroke.
        book: the built book.

    Raises:
        ZhenzhiError: the site has no release yet, or a file of it is not as it was released.
    """
    recover(site)
    if not releases(site):
        raise ZhenzhiError(f"there is no site at {site}; expected one with a release, to which {DEVELOPMENT}/ can lead")
    _refuse(check(site))
    new = coming(site)
    _copy(site, new)
    shutil.rmtree(new / DEVELOPMENT, ignore_errors=True)
    _put(book, new / DEVELOPMENT, _BETWEEN_RELEASES)
    replace(site)


def check(site: Path) -> list[str]:
    """What is wrong in a site, which is only read: what a reader's browser may run that is not as it was released.

    That is a file of a release, a list, a script or a page that leads to a release, and a file that nobody released.

    Returns:
        a line for each problem; nothing where all is well.

    Raises:
        ZhenzhiError: the list of versions cannot be read.
    """
    listed = releases(site)
    problems = [problem for release in listed for problem in _check_release(site, release)]
    problems += _check_chain(site, listed)
    known = {release.version for release in listed}
    for name in sorted({*known, DEVELOPMENT}):
        folder = site / name
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            problems.append(f"{name}: it is no folder of its own; expected one that holds what it shows")
    for folder in sorted(site.glob("*/")):
        if _VERSION.fullmatch(folder.name) and folder.name not in known:
            problems.append(f"{folder.name}: versions.json does not list it")
    return problems + ([*_check_pointers(site, listed), *_check_root(site, listed)] if listed else [])


def digest(site: Path) -> str:
    """What vouches for the whole site as it is: the SHA-256 of ``site.sha256``, to be kept elsewhere, as with the tag.

    Raises:
        ZhenzhiError: the site has none.
    """
    if not (site / ROOT).is_file():
        raise ZhenzhiError(f"{site / ROOT}: there is no such file; expected the checksums of the site")
    return _digest(site / ROOT)


def _copy(site: Path, new: Path) -> None:
    """A copy of a site to add to: the bytes of earlier releases are not even copied."""
    shutil.copytree(site, new, copy_function=os.link)


def _put(book: Path, folder: Path, script: str) -> None:
    """Copies a built book into a site; in each language it says what it is there."""
    shutil.copytree(book, folder)
    for language in _folders(folder):
        (folder / language / RELEASED).write_text(script, encoding="utf-8")


def _check_chain(site: Path, listed: list[Release]) -> Iterator[str]:
    """Whether each release but the first vouches for the one before it."""
    for release, before in zip_longest(listed, listed[1:]):
        file = site / _manifest(release)
        named = {name: value for name, value in _listed_in(file) if "/" not in name} if file.is_file() else None
        wanted = {_manifest(before): before.manifest} if before else {}
        if named is None or named == wanted:
            continue
        for name in sorted(named.keys() - wanted.keys()):
            yield f"{name}: {file.name} vouches for it, and versions.json does not list that version"
        for name in sorted(wanted.keys() - named.keys()):
            yield f"{file.name}: it does not vouch for {name}, the checksums of the release before"
        for name in sorted(named.keys() & wanted.keys()):
            if named[name] != wanted[name]:
                yield f"{name}: it is not what {file.name} vouches for"


def _check_root(site: Path, listed: list[Release]) -> Iterator[str]:
    """Whether what stands beside the releases is what the last release left there."""
    file = site / ROOT
    if not file.is_file():
        if [number(release.version) for release in listed] != [_UNCHAINED]:
            yield f"{ROOT}: the checksums of what stands beside the releases are missing"
        return
    expected, found = dict(_listed_in(file)), set(_beside(site, listed))
    for name in sorted({*expected, *found}):
        if name not in found:
            yield f"{name}: the file is missing"
        elif name not in expected:
            yield f"{name}: no release put it here; expected nothing beside the releases and what leads to them"
        elif _digest(site / name) != expected[name]:
            yield f"{name}: the file is not as the last release left it"


def _beside(site: Path, listed: list[Release]) -> list[str]:
    """The files beside the releases, without the older lists of checksums, for which the newer ones vouch."""
    newest = max(listed, key=lambda release: number(release.version))
    apart = {ROOT, DEVELOPMENT, *_HOSTS_OWN, *(release.version for release in listed)}
    apart |= {_manifest(release) for release in listed if release is not newest}
    names = (file.relative_to(site) for file in _files(site))
    return sorted(name.as_posix() for name in names if name.parts[0] not in apart)


def _check_pointers(site: Path, listed: list[Release]) -> list[str]:
    """Whether all that leads to the newest release does so, in whatever words it was written."""
    newest, problems = listed[0].version, []
    script = site / "versions.js"
    try:
        listing = json.loads(script.read_text(encoding="utf-8").partition(" = ")[2].rstrip(";\n"))
    except (OSError, ValueError):
        listing = None
    if listing != json.loads((site / "versions.json").read_text(encoding="utf-8")):
        problems.append("versions.js: it does not list what versions.json lists")
    leading = _leading(listed[0])
    for name, targets in leading.items():
        file = site / name
        text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
        if not all(f'href="{target}"' in text for target in targets.values()):
            problems.append(f"{name}: it does not lead to version {newest}")
    stray = {path.relative_to(site).as_posix() for path in (site / "latest").rglob("*.html")} - set(leading)
    return problems + [f"{name}: version {newest} has no such page" for name in sorted(stray)]


def _check_release(site: Path, release: Release) -> Iterator[str]:
    manifest = site / _manifest(release)
    if not manifest.is_file():
        yield f"{manifest.name}: the checksums of version {release.version} are missing"
        return
    content = manifest.read_bytes()
    if hashlib.sha256(content).hexdigest() != release.manifest:
        yield f"{manifest.name}: it is not as it was released"
    expected = {name: value for name, value in _listed_in(manifest) if "/" in name}
    found = dict(_digests(site, site / release.version))
    for name in sorted({*expected, *found}):
        if name not in found:
            yield f"{name}: the file is missing"
        elif name not in expected:
            yield f"{name}: the file was not released"
        elif expected[name] != found[name]:
            yield f"{name}: the file is not as it was released"


def _manifest(release: Release) -> str:
    """The name of the file with the checksums of a release."""
    return f"{release.version}.sha256"


def _digests(site: Path, folder: Path) -> Iterator[tuple[str, str]]:
    """Name and SHA-256 of every file of a release."""
    for file in sorted(_files(folder)):
        yield file.relative_to(site).as_posix(), _digest(file)


def _files(folder: Path) -> Iterator[Path]:
    """All in a folder that is no folder: files, and what a site has no use for, such as links and pipes."""
    return (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _digest(file: Path) -> str:
    """The SHA-256 of a file; of a link, which could lead out of the site, or a pipe, that of no file."""
    if file.is_symlink() or not file.is_file():
        return "no file"
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _as_text(listed: list[tuple[str, str]]) -> str:
    return "".join(f"{value}  {name}\n" for name, value in listed)


def _listed_in(file: Path) -> Iterator[tuple[str, str]]:
    """The names and checksums in a file; what stands in it otherwise is listed as no file's."""
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        value, _, name = line.partition("  ")
        yield name, value


def _point(site: Path, listed: list[Release], base: str) -> None:
    """Lists the releases and makes what leads to the newest."""
    newest, base = listed[0], f"{base.rstrip('/')}/" if base else ""
    versions = {"newest": newest.version, "versions": [asdict(release) for release in listed]}
    _write(site / "versions.json", json.dumps(versions, indent=1) + "\n")
    _write(site / "versions.js", f"globalThis.zhenzhiVersions = {json.dumps(versions)};\n")
    _write(site / "redirect.js", (_TEMPLATES / "redirect.js").read_text(encoding="utf-8"))
    shutil.rmtree(site / "latest", ignore_errors=True)
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True)
    template = environment.get_template("redirect.html")
    for name, targets in _leading(newest).items():
        root = "../" * name.count("/")
        links = [
            {"language": language, "tag": tag(language), "name": NAMES[language], "target": target}
            for language, target in targets.items()
        ]
        for link in links:
            link["canonical"] = f"{base}{link['target'].removeprefix(root)}" if base else link["target"]
        feed = f"{root}{FEED}" if base else ""
        text = template.render(root=root, links=links, version=newest.version, feed=feed)
        _write(site / name, text + "\n")
    words = plain_yaml.read((paths.DATA / "labels.yml").read_text(encoding="utf-8"))
    chinese = f"{newest.version}/zh/index.html" if "zh/index.html" in newest.pages else "index.html"
    home = {"en": "index.html", "zh": chinese}
    _write(site / "404.html", environment.get_template("404.html").render(words=words, root=base, home=home) + "\n")
    known = {"base": base, "words": words, "listed": listed, "date": newest.date, "pages": _in_languages(newest)}
    for name in (SITEMAP, FEED):
        if base:
            _write(site / name, environment.get_template(name).render(known) + "\n")
        else:
            (site / name).unlink(missing_ok=True)


def _in_languages(newest: Release) -> dict[str, dict[str, str]]:
    """The pages of a release by their address in the site, each with its addresses by language where it has several."""
    found = {}
    for page in newest.pages:
        own = page.removeprefix(locales.folder(language_of(page)))
        all_of_it = {language: f"{locales.folder(language)}{own}" for language in LOCALES}
        stands = {language: f"{newest.version}/{name}" for language, name in all_of_it.items() if name in newest.pages}
        found[f"{newest.version}/{page}"] = stands if len(stands) > 1 else {}
    return found


def _leading(newest: Release) -> dict[str, dict[str, str]]:
    """The pages that lead to the newest release, by name, each with the addresses that it leads to, by language.

    The root leads to the opening in each language; every other page to its own in the language in which it stands.
    """
    openings = {name: f"{locales.folder(name)}index.html" for name in LOCALES}
    leading = {"index.html": {name: page for name, page in openings.items() if page in newest.pages}}
    leading |= {f"latest/{page}": {language_of(page): page} for page in newest.pages}
    return {
        name: {language: f"{'../' * name.count('/')}{newest.version}/{page}" for language, page in pages.items()}
        for name, pages in leading.items()
    }


def _folders(release: Path) -> list[str]:
    """The folders of a release in which pages of a language have their own scripts."""
    return [locales.folder(name) for name in LOCALES if (release / locales.folder(name) / RELEASED).is_file()]


def _write(file: Path, text: str) -> None:
    """Writes a new file: what stands there may be one with a file of the site that is still in place."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def _refuse(problems: list[str]) -> None:
    if problems:
        raise ZhenzhiError("the site is not as it was released:\n  " + "\n  ".join(problems))
