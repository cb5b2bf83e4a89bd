"""YAML as people mean it: words stay words, each key is a word and stands once, and nothing is written by reference.

``no``, ``2024-01-01``, ``0.5`` and ``010`` are texts here, which YAML 1.1 would read as a truth value, a date and numbers.
"""

import json
import re
from typing import Any

import yaml

_TAG = "tag:yaml.org,2002:"

#: How what is not a text is written, and the characters that it can begin with.
_WRITTEN = {
    "null": (r"~|null|", ["~", "n", ""]),
    "bool": (r"true|false", ["t", "f"]),
    "int": (r"-?(?:0|[1-9][0-9]{0,17})", list("-0123456789")),
}

#: More levels than any file of the project has. Some thousands would end the process, as the parser calls itself for each.
_DEEPEST = 100
_BRACKET = re.compile(r"[\[{]|([\]}])")
_INDENTED = re.compile(rf"^[ ?-]{{{2 * _DEEPEST}}}", re.MULTILINE)


class Fault(ValueError):
    """A text is no such YAML; the message begins with the line and the column."""


class _Refused(yaml.constructor.ConstructorError):
    """It is YAML, and not as it is written here."""


class _Loader(yaml.CSafeLoader):
    yaml_implicit_resolvers: dict = {}
    yaml_constructors = {
        tag: construct
        for tag, construct in yaml.CSafeLoader.yaml_constructors.items()
        if tag is None or tag.removeprefix(_TAG) in (*_WRITTEN, "str", "seq", "map")
    }

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node in self.constructed_objects or node in self.recursive_objects:
            raise _refused(node, "a name (&, *) stands for what is written elsewhere; expected it written out")
        try:
            return super().construct_object(node, deep)
        except (KeyError, ValueError):
            raise _refused(node, f"{node.value!r} is no {node.tag.removeprefix(_TAG)}; expected a text") from None

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        seen = set()
        for key, _ in node.value:
            if key.tag != f"{_TAG}str":
                shown = repr(key.value) if isinstance(key, yaml.ScalarNode) else "it"
                raise _refused(key, f"{shown} is no key; expected a word, between quotation marks if need be")
            if key.value in seen:
                raise _refused(key, f"the key {key.value!r} stands twice; expected each once")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _name, (_pattern, _first) in _WRITTEN.items():
    _Loader.add_implicit_resolver(_TAG + _name, re.compile(f"(?:{_pattern})$"), _first)


def _refused(node: yaml.Node, what: str) -> _Refused:
    return _Refused(problem=what, problem_mark=node.start_mark)


def read(text: str) -> Any:
    """What a text in YAML holds; one in JSON, which is YAML too, is read many times as fast.

    Raises:
        Fault: it is not YAML, a key is no text or stands twice, or something is written by reference or very deep.
    """
    if (deep := _too_deep(text)) is not None:
        raise Fault(f"{_at(text, deep)}: more than {_DEEPEST} levels deep; expected a few")
    if text[:1] in ("[", "{"):
        try:
            return json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_number)
        except ValueError:  # flow style, or a fault that YAML's reader places
            pass
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.reader.ReaderError as error:
        raise Fault(f"{_at(text, error.position)}: not YAML: {error.reason}") from None
    except yaml.MarkedYAMLError as error:
        mark, said = error.problem_mark, error.problem if isinstance(error, _Refused) else f"not YAML: {_told(error)}"
        where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
        raise Fault(f"{where}{said}") from None


def _told(error: yaml.MarkedYAMLError) -> str:
    return ", ".join(part for part in (error.context, error.problem) if part)


def _at(text: str, position: int) -> str:
    before = text[:position]
    return f"line {before.count(chr(10)) + 1}, column {position - before.rfind(chr(10))}"


def _too_deep(text: str) -> int | None:
    """Where a text in YAML goes too deep, by its brackets and by what its lines begin with."""
    level = 0
    for bracket in _BRACKET.finditer(text):
        level = max(level - 1, 0) if bracket[1] else level + 1
        if level > _DEEPEST:
            return bracket.start()
    found = _INDENTED.search(text)
    return found.start() if found else None


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number")
