"""Puts a finished folder in the place of an older one, so that a reader finds the old or the new and never a half."""

import shutil
from pathlib import Path


def coming(folder: Path) -> Path:
    """Where the successor of a folder is made; what an earlier attempt left there is gone."""
    path = folder.with_name(folder.name + ".new")
    shutil.rmtree(path, ignore_errors=True)
    return path


def replace(folder: Path) -> None:
    """Puts what stands at ``coming`` at ``folder``; the old one stays at ``.last`` until that is done."""
    new, old = folder.with_name(folder.name + ".new"), last(folder)
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Undoes a replacement that was cut short."""
    old = last(folder)
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)


def last(folder: Path) -> Path:
    """Where the older folder lies while it is replaced."""
    return folder.with_name(folder.name + ".last")
