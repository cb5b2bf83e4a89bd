"""The files of a project that its people write beside the data: settings, table of contents, pages."""

import json
import re
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import Any

import fastjsonschema
import yaml
from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import MalformedError, parse_toc_data

from zhenzhi import plain_yaml
from zhenzhi.errors import BuildError, line_at, named

SETTINGS, CONTENTS = "_config.yml", "_toc.yml"

#: Settings of Jupyter Book that it describes nowhere.
_UNDESCRIBED = {"bibtex_reference_style", "myst_substitutions", "myst_extended_syntax", "google_analytics_id"}

# What a page in Markdown begins with.
_FRONT_MATTER = re.compile(r"---\n.*?^---$", re.DOTALL | re.MULTILINE)

# Controls but tabulators and line breaks; zero-width and bidirectional marks, line and paragraph separators, private and
# undefined characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ue000-\uf8ff\ufeff\ufff9-\uffff\U000e0000-\U0010ffff]"
)


def settings(root: Path) -> dict[str, Any]:
    """The settings of ``_config.yml``.

    Raises:
        BuildError: it is no file of settings in YAML; the text says where it ends to be one.
    """
    try:
        found = plain_yaml.read(text(root / SETTINGS))
    except plain_yaml.Fault as error:
        raise BuildError(f"{SETTINGS}, {error}") from None
    if not isinstance(found, dict):
        raise BuildError(f"{SETTINGS}: it holds no settings; expected lines such as title: A book")
    return found


def check_settings(root: Path) -> None:
    """Whether Jupyter Book takes the settings as they are meant: it passes over those that it does not know.

    Raises:
        BuildError: it does not know a setting, or expects another kind of value.
    """
    found, package = settings(root), Path(str(find_spec("jupyter_book").origin)).parent  # type: ignore[union-attr]
    described = json.loads((package / "config_schema.json").read_text(encoding="utf-8"))
    defaults = yaml.safe_load((package / "default_config.yml").read_text(encoding="utf-8"))
    for section in (None, *defaults):
        known, own = (defaults, found) if section is None else (defaults[section], found.get(section))
        if not (isinstance(known, dict) and isinstance(own, dict)):
            continue
        names = described["properties"] if section is None else described["properties"][section]["properties"]
        for key in own.keys() - known.keys() - names.keys() - _UNDESCRIBED:
            near = get_close_matches(key, {*known, *names}, 1)
            where = f"{SETTINGS}, key {key if section is None else f'{section}.{key}'}"
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise BuildError(f"{where}: Jupyter Book has no such setting; expected one of its own{hint}")
    try:
        fastjsonschema.compile(described)(found)
    except fastjsonschema.JsonSchemaValueException as error:
        key = ".".join(error.path[1:])
        raise BuildError(f"{SETTINGS}, key {key}: {error.message.replace(error.name or '', 'it')}") from None


def contents(root: Path) -> SiteMap:
    """The table of contents.

    Raises:
        BuildError: ``_toc.yml`` is none; the text says where.
    """
    try:
        found = parse_toc_data(plain_yaml.read(text(root / CONTENTS)))
    except plain_yaml.Fault as error:
        raise BuildError(f"{CONTENTS}, {error}") from None
    except (MalformedError, TypeError) as error:  # a TypeError where a name is a list
        fault = " ".join(str(error).split())
        raise BuildError(f"{CONTENTS}: {fault}; expected a table of contents of Jupyter Book") from None
    for page in found:
        if PurePosixPath(page).is_absolute() or ".." in PurePosixPath(page).parts:
            raise BuildError(f"{CONTENTS} names {page}, which lies elsewhere; expected a page of the project")
    return found


def page(file: Path) -> str:
    """The text of a page.

    Raises:
        BuildError: it is no text, or its front matter is no YAML.
    """
    found = text(file)
    front = _FRONT_MATTER.match(found) if file.suffix == ".md" else None
    if front:
        try:
            plain_yaml.read(front[0].removesuffix("---"))
        except plain_yaml.Fault as error:
            raise BuildError(f"{file}, {error}; expected front matter in YAML between two lines of ---") from None
    return found


def text(file: Path) -> str:
    """The text of a file that people write.

    Raises:
        BuildError: it is missing, is not UTF-8, begins with a byte-order mark, which would hide front matter, or has a
            character that nobody sees.
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
    if unseen := _UNSEEN.search(found):
        line = found.count("\n", 0, unseen.start()) + 1
        raise BuildError(f"{file}, line {line}: {named(unseen.group())}; expected visible characters and plain blanks")
    return found
