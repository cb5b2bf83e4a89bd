"""A made-up document, and a project in which it is coded: what ``zhenzhi.coding`` reads and writes, and no more."""

import hashlib
import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.cut import cut
from zhenzhi import paths
from zhenzhi.coding.document import Added, Described, add
from zhenzhi.coding.edit import Edit, Row
from zhenzhi.data import lock, tables

TEXT = """青禾镇召开基层治理工作会议

2024-03-18 青禾发布

去年，全镇划分网格86个，上报事件1.2万件，办结率98.6%。

全年实现工业总产值12.5亿元，同比增长6.3%。镇党委推行“1+6+N”工作机制，投入近7000万元。去年工业总产值12.5亿元。
"""

#: What of a project is read and written.
_PARTS = ("data", "chapters/register", "locale")

PLACE = {"name_zh": "青禾镇", "name_en": "Qinghe", "level": "town", "parent_id": "nanhai"}


def project(root: Path) -> Path:
    """The data of one document, and the project's own register, without the rest."""
    shutil.copytree(_one_document().name, root)
    return root


@cache
def _one_document() -> TemporaryDirectory:
    made = TemporaryDirectory()
    for part in _PARTS:
        shutil.copytree(paths.ROOT / part, Path(made.name) / part)
    for file in ("_toc.yml", "chapters/sources.md"):
        shutil.copy(paths.ROOT / file, Path(made.name) / file)
    data = Path(made.name) / "data"
    cut(data, "jj17")
    lock.write(tables.load(data))
    return made


def described(document_id: str = "qh24", **changes) -> Described:
    return Described(**{"document_id": document_id, "place_id": "qinghe", "place": PLACE} | changes)


def with_document(root: Path) -> Added:
    """Adds the made-up document to a project; its text stands in ``texts`` beside the project."""
    return add(root, text_of(root), described())


def project_with_document(folder: Path) -> Path:
    """A project to which the made-up document was added; its text stands in ``texts`` beside the project."""
    shutil.copytree(_added().name, folder, dirs_exist_ok=True)
    return folder / "project"


@cache
def _added() -> TemporaryDirectory:
    made = TemporaryDirectory()
    with_document(project(Path(made.name) / "project"))
    return made


def text_of(root: Path, text: str = TEXT, name: str = "qinghe.txt") -> Path:
    file = root.parent / "texts" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    return file


def files(root: Path) -> dict[str, str]:
    """Every file of a project but the lock of its edits, by a digest of its content."""
    return {
        str(file.relative_to(root)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in root.rglob("*")
        if file.is_file() and file.name != "data.lock"
    }


def rows(root: Path) -> dict[str, Row]:
    """The proposed rows by what they quote; of two that quote the same, the later."""
    return {row["as_written"]: row for row in Edit(root).rows("drafts")}


def change(root: Path, words: str, **cells: str) -> None:
    """Changes a row as somebody does who edits the file."""
    edit = Edit(root)
    held = edit.rows("drafts")
    next(row for row in held if row["as_written"] == words).update(cells)
    edit.write_rows("drafts", held)
    edit.write()
