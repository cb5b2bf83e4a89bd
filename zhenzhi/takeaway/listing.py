"""Lists the files of a built book that can be taken away: with size and checksum, on their page and in a file."""

import hashlib
from html import escape
from pathlib import Path

from zhenzhi.edition import Edition
from zhenzhi.takeaway import names


def fill(book: Path, edition: Edition) -> None:
    """Lists what lies in the folder of downloads; what was listed before is replaced.

    A book without a page of downloads has the file of checksums only.

    Args:
        book: the built book.
        edition: the words.
    """
    folder = book / names.FOLDER
    digests = {
        path: _digest(path) for path in sorted(folder.rglob("*")) if path.is_file() and path.name != names.CHECKSUMS
    }
    lines = [f"{digest}  {path.relative_to(folder).as_posix()}\n" for path, digest in digests.items()]
    (folder / names.CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")
    begin, end = names.MARKS
    page = next((path for path in sorted(book.rglob("*.html")) if begin in path.read_text(encoding="utf-8")), None)
    if page is None:
        return
    root = "../" * (len(page.relative_to(book).parts) - 1) + names.FOLDER
    before, _, rest = page.read_text(encoding="utf-8").partition(begin)
    table = _table(folder, root, digests, edition)
    page.write_text(f"{before}{begin}{table}{end}{rest.partition(end)[2]}", encoding="utf-8", newline="\n")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _table(folder: Path, root: str, digests: dict[Path, str], edition: Edition) -> str:
    columns = ("download-file", "download-holds", "download-size", "download-checksum")
    head = "".join(f'<th scope="col">{escape(edition.label(column))}</th>' for column in columns)
    rows = "".join(
        f'<tr><td><a href="{root}/{name}" download>{name}</a></td><td>{escape(edition.label(label))}</td>'
        f"<td>{size(folder / name)}</td><td><code>{digests[folder / name]}</code></td></tr>"
        for name, label, _ in names.FILES
        if folder / name in digests
    )
    note = escape(edition.label("download-checksums"))
    return (
        f'<div class="zz-scroll" tabindex="0" role="region" aria-label="{escape(edition.label("downloads"))}">'
        f'<table class="zz-files"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f'<p>{note} <a href="{root}/{names.CHECKSUMS}" download>{names.CHECKSUMS}</a></p>'
    )


def size(file: Path) -> str:
    """The size of a file in kB or MB of 1000."""
    count = file.stat().st_size
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"
