"""The files of a project that its people write beside the data: settings, table of contents, pages."""

from pathlib import Path
from typing import Any

import yaml
from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from zhenzhi.errors import BuildError, line_at

SETTINGS, CONTENTS = "_config.yml", "_toc.yml"


def settings(root: Path) -> dict[str, Any]:
    """The settings of ``_config.yml``.

    Raises:
        BuildError: it is no file of settings in YAML; the text says where it ends to be one.
    """
    try:
        found = yaml.safe_load(text(root / SETTINGS))
    except yaml.YAMLError as error:
        raise BuildError(f"{SETTINGS}: not YAML: {_line(error)}") from None
    if not isinstance(found, dict):
        raise BuildError(f"{SETTINGS}: it holds no settings; expected lines such as title: A book")
    return found


def contents(root: Path) -> SiteMap:
    """The table of contents.

    Raises:
        BuildError: ``_toc.yml`` is none; the text says where.
    """
    try:
        return parse_toc_data(yaml.safe_load(text(root / CONTENTS)))
    except (MalformedError, TypeError, yaml.YAMLError) as error:  # a TypeError where a name is a list
        raise BuildError(f"{CONTENTS}: {_line(error)}; expected a table of contents of Jupyter Book") from None


def text(file: Path) -> str:
    """The text of a file that people write.

    Raises:
        BuildError: it is missing, is not UTF-8, or begins with a byte-order mark, which would hide front matter.
    """
    try:
        found = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise BuildError(f"{file}: {error.strerror}; expected a text in UTF-8") from None
    except UnicodeDecodeError as error:
        raise BuildError(
            f"{file}, line {line_at(error)}: byte {error.start} is not UTF-8; expected a text in UTF-8"
        ) from None
    if found.startswith("\ufeff"):
        raise BuildError(f"{file}, line 1: it begins with a byte-order mark; expected UTF-8 without one")
    return found


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
