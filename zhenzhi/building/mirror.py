"""Makes a folder the same as another, at the cost of what differs."""

import filecmp
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path


def mirror(
    source: Path, target: Path, *, add_only: bool = False, leave: Callable[[Path], bool] = lambda path: False
) -> set[str]:
    """Copies the files that differ, and deletes those that the source does not have.

    Two files are the same when size and time of change are, or else what they hold. A file is put in its place whole.

    Args:
        source: the folder to follow.
        target: the folder that becomes the same; it is made where there is none.
        add_only: whether to delete nothing.
        leave: asked of each file of the source that differs, whether to leave it out.

    Returns:
        the names of the files that hold something else than before, or are gone.
    """
    wanted, found = dict(_files(source)), dict(_files(target))
    changed = set()
    for name, entry in wanted.items():
        if not _is_same(entry, found.get(name)) and not leave(source / name):
            if name in found and filecmp.cmp(source / name, target / name, shallow=False):
                shutil.copystat(source / name, target / name)
            else:
                changed.add(name)
    for name in sorted(changed):
        file = target / name
        if file.is_dir():
            shutil.rmtree(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        # A copy that is cut short leaves none that counts as the same.
        shutil.copy2(source / name, part := file.with_name(f".{file.name}.part"))
        part.replace(file)
    if add_only:
        return changed
    gone = found.keys() - wanted.keys()
    for name in gone:
        (target / name).unlink(missing_ok=True)
    for folder, _, _ in os.walk(target, topdown=False):
        if folder != str(target) and not os.listdir(folder):
            os.rmdir(folder)
    return changed | gone


def _files(folder: Path, below: str = "") -> Iterator[tuple[str, os.stat_result]]:
    """The files of a folder by name; none where it is not there."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), f"{below}{entry.name}/")
        else:
            yield f"{below}{entry.name}", entry.stat()


def _is_same(one: os.stat_result, other: os.stat_result | None) -> bool:
    return other is not None and (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
