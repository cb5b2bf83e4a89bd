"""Lists the files of a built book that can be taken away: with size and checksum, on their page and in a file."""

import hashlib
from collections.abc import Collection
from html import escape
from os.path import relpath
from pathlib import Path

from zhenzhi.book.edition import Edition
from zhenzhi.locales import language_of
from zhenzhi.takeaway import names


def fill(book: Path, edition: Edition, pages: str = "", apart: Collection[Path] = ()) -> None:
    """Lists what lies in the folder of downloads; what was listed before is replaced.

    A book without a page of downloads has the file of checksums only.

    Args:
        book: the built book.
        edition: the words.
        pages: the folder in which the pages of this language stand; what is the same in all languages lies in the root's.
        apart: files that are not listed.
    """
    folder = book / pages / names.FOLDER
    digests = _digests(folder, apart)
    lines = [f"{digest}  {path.relative_to(folder).as_posix()}\n" for path, digest in digests.items()]
    (folder / names.CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    begin, end = names.MARKS
    own = language_of(f"{pages}index.html")
    found = (
        path for path in sorted((book / pages).rglob("*.html")) if language_of(path.relative_to(book).as_posix()) == own
    )
    page = next((path for path in found if begin in path.read_text(encoding="utf-8")), None)
    if page is None:
        return
    known = digests | _digests(book / names.FOLDER, apart)
    files = []
    for name, label, _ in names.FILES:
        places = (folder / names.of(name, edition.language), book / names.FOLDER / name)
        file = next((place for place in places if place in known), None)
        if file is not None:
            files.append((file, label))
    table = _table(files, folder / names.CHECKSUMS, page, known, edition)
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    page.write_text(f"{before}{begin}{table}{end}{rest.partition(end)[2]}", encoding="utf-8", newline="\n")


def _digests(folder: Path, apart: Collection[Path]) -> dict[Path, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path not in apart)
    return {path: digest(path) for path in files if path.name != names.CHECKSUMS}


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _table(
    files: list[tuple[Path, str]], checksums: Path, page: Path, digests: dict[Path, str], edition: Edition
) -> str:  # fmt: skip
    columns = ("download-file", "download-holds", "download-size", "download-checksum")
    head = "".join(f'<th scope="col">{escape(edition.label(column))}</th>' for column in columns)
    rows = "".join(
        f'<tr><td><a href="{_address(file, page)}" download>{file.name}</a></td><td>{escape(edition.label(label))}</td>'
        f"<td>{size(file)}</td><td><code>{digests[file]}</code></td></tr>"
        for file, label in files
    )
    note = escape(edition.label("download-checksums")) + edition.label("word-separator")
    return (
        f'<div class="zz-scroll" tabindex="0" role="region" aria-label="{escape(edition.label("downloads"))}">'
        f'<table class="zz-files"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p>{note}<a href="{_address(checksums, page)}" download>{names.CHECKSUMS}</a></p>'
    )


def _address(file: Path, page: Path) -> str:
    return Path(relpath(file, page.parent)).as_posix()


def size(file: Path) -> str:
    """The size of a file in kB or MB of 1000."""
    count = file.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
