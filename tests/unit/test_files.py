"""Files are written all or not at all."""

import os
from pathlib import Path

import pytest

from zhenzhi.files import write_all


def test_all_are_written_and_keep_their_rights_and_links(tmp_path):
    old, link, new = tmp_path / "old", tmp_path / "link", tmp_path / "folder" / "new"
    old.write_text("before")
    old.chmod(0o640)
    link.symlink_to(old)
    write_all({link: b"after", new: b"new"})
    assert (old.read_text(), new.read_text()) == ("after", "new")
    assert link.is_symlink() and old.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["folder", "link", "old"]


@pytest.mark.parametrize("fails", ["open", "replace"])
def test_where_one_cannot_be_written_none_is(tmp_path, monkeypatch, fails):
    known, new, last = tmp_path / "known", tmp_path / "new", tmp_path / "last"
    known.write_text("before")
    done = getattr(Path, fails)

    def full(self: Path, *arguments, **named):
        if self.name == ".last.new":
            raise OSError(28, "No space left on device", str(self))
        return done(self, *arguments, **named)

    monkeypatch.setattr(Path, fails, full)
    with pytest.raises(OSError, match="No space left on device"):
        write_all({known: b"after", new: b"new", last: b"last"})
    assert known.read_text() == "before"
    assert os.listdir(tmp_path) == ["known"]
