"""Zip archives whose bytes depend on nothing but what is in them."""

import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePath

from zhenzhi.data.lock import LOCK

#: The earliest time that a zip can hold; the time of writing would make every archive differ.
_TIME = (1980, 1, 1, 0, 0, 0)

#: Endings of files that are packed already; packing them again takes time and no byte away.
_PACKED = frozenset({".epub", ".parquet", ".pdf", ".woff2", ".xlsx", ".zip"})

#: Endings of files that are mostly packed pictures, of which the least effort takes as much away as the greatest.
_PICTURES = frozenset({".ipynb", ".png"})


def write(file: Path, entries: Mapping[str, Path | bytes], first: str = "") -> None:
    """Writes an archive.

    Args:
        file: the archive.
        entries: what to put in, by the name in the archive: a file or its content.
        first: the entry by which programs know what the archive is: it stands before all others, and as it is.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(entries, key=lambda name: (name != first, name)):
            entry = zipfile.ZipInfo(name, _TIME)
            kind = PurePath(name).suffix
            entry.compress_type = zipfile.ZIP_STORED if kind in _PACKED or name == first else zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            content = entries[name]
            content = content if isinstance(content, bytes) else content.read_bytes()
            archive.writestr(entry, content, compresslevel=1 if kind in _PICTURES else None)


def below(folder: Path, prefix: str = "") -> dict[str, Path]:
    """The files of a folder by their names in an archive, without what Python and the system leave behind, and the lock."""
    return {
        prefix + path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != LOCK and not path.name.startswith(".")
    }
