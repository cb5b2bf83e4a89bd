"""A folder is made the same as another."""

import os
from pathlib import Path

from zhenzhi.building.mirror import mirror


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        file = folder / name.replace("__", "/")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def contents(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_differs_is_copied_and_what_is_gone_is_deleted(tmp_path):
    source, target = write(tmp_path / "a", one="1", in__two="2"), tmp_path / "b"
    assert mirror(source, target) == {"one", "in/two"}
    assert mirror(source, target) == set()
    write(source, one="other", three="3")
    (source / "in" / "two").unlink()
    assert mirror(source, target) == {"one", "three", "in/two"}
    assert contents(target) == {"one": "other", "three": "3"}
    assert not (target / "in").exists()


def test_a_file_that_was_written_again_as_it_was_has_not_changed(tmp_path):
    source, target = write(tmp_path / "a", one="1"), tmp_path / "b"
    mirror(source, target)
    os.utime(source / "one", (1, 1))
    assert mirror(source, target) == set()
    assert (target / "one").stat().st_mtime == 1


def test_files_of_one_size_are_told_apart(tmp_path):
    source, target = write(tmp_path / "a", one="1"), write(tmp_path / "b", one="2")
    os.utime(source / "one", (1, 1))
    assert mirror(source, target) == {"one"}
    assert contents(target) == {"one": "1"}


def test_what_is_only_added_to_loses_nothing(tmp_path):
    source, target = write(tmp_path / "a", one="1", two="2"), write(tmp_path / "b", three="3")
    assert mirror(source, target, add_only=True, leave=lambda path: path.name == "two") == {"one"}
    assert contents(target) == {"one": "1", "three": "3"}


def test_a_copy_that_was_cut_short_is_cleared_away(tmp_path):
    source, target = write(tmp_path / "a", one="1"), write(tmp_path / "b", **{".one.part": "half"})
    assert mirror(source, target) == {"one", ".one.part"}
    assert contents(target) == {"one": "1"}
