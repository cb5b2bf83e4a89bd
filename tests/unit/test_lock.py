"""The lock of the data: what differs from it is told by file and key."""

import shutil
from pathlib import Path

from zhenzhi import paths
from zhenzhi.data import lock, tables


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
    assert [str(found) for found in lock.write(changed)] == ["terms.csv: 网格 was changed"]
    assert lock.differences(changed) == []
