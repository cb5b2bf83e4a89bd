"""The lock of the data: what differs from it is told by file and key."""

import shutil
from pathlib import Path

import pytest

from zhenzhi import paths
from zhenzhi.data import lock, tables
from zhenzhi.errors import ZhenzhiError


def test_the_lock_has_the_data_as_they_stand():
    """Where this fails, look at what differs; ``python -m zhenzhi lock`` accepts it."""
    assert [str(difference) for difference in lock.differences(tables.load())] == []


def test_a_change_of_any_row_is_told_by_its_key(tmp_path):
    folder = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    path = folder / "terms.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = lines.pop(5).split(",")[0]
    path.write_text("".join(lines), encoding="utf-8")
    assert [str(found) for found in lock.differences(tables.load(folder))] == [f"terms.csv: {gone} was removed"]


def test_a_change_of_one_cell_and_a_new_lock(tmp_path):
    folder = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    path = folder / "terms.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",grid,", ",square,", 1), encoding="utf-8")
    changed = tables.load(folder)
    assert [str(found) for found in lock.differences(changed)] == ["terms.csv: 网格 was changed"]
    lock.write(changed)
    assert lock.differences(changed) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"terms.csv a 0123456789ab\nnonsense\n", "lock.txt, row 2: 'nonsense'; expected FILE KEY DIGEST"),
        (b"terms.csv a 0123\n", "lock.txt, row 1: 'terms.csv a 0123'; expected FILE KEY DIGEST"),
        (
            b"terms.csv a 0123456789ab\nterms.csv a ab0123456789\n",
            "lock.txt, row 2: 'terms.csv a ab0123456789' stands twice",
        ),
        (b"<<<<<<< HEAD\n", "lock.txt, row 1: '<<<<<<< HEAD'; expected"),
        (b"# \xff", "lock.txt, line 1: byte 2 is not UTF-8"),
        (b"terms.csv a\0b 0123456789ab\n", "lock.txt, line 1: a control or unassigned character (U+0000)"),
    ],
    ids=["no line", "cut short", "twice", "conflict", "not UTF-8", "zero"],
)
def test_a_lock_that_is_none_is_named(tmp_path, content, said):
    (tmp_path / lock.LOCK).write_bytes(content)
    with pytest.raises(ZhenzhiError) as error:
        lock.read(tmp_path)
    assert said in str(error.value)
