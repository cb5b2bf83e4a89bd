"""Every word of the interface is used, and every word that is used exists, those whose key is made from parts too."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from zhenzhi import paths
from zhenzhi.data import tables

PACKAGE = paths.ROOT / "zhenzhi"

#: Keys of which the first part is handed on: where the family is named, ``f"{family}-{word}"`` makes them.
HANDED_ON = {
    "topic": "explorer/__init__.py",
    "held": "charts/verdicts.py",
}

#: The field of the data package whose words a family has, each of which a reader may meet.
OF_FIELD = {
    "kind": ("claims", "kind"),
    "status": ("claims", "status"),
    "rung": ("claims", "rung"),
    "word": ("claims", "qualifier"),
    "topic": ("indicators", "topic"),
    "numeral": ("numerals", "reason"),
    "date-basis": ("documents", "date_basis"),
    "role": ("model_parts", "role"),
    "group": ("instruments", "group"),
    "degree": ("instrument_evidence", "degree"),
    "event": ("events", "event_kind"),
    "event-basis": ("events", "basis"),
    "heard": ("speakers", "heard"),
    "question": ("silences", "question"),
    "question-short": ("silences", "question"),
    "level": ("relations", "to_level"),
    "act": ("relations", "act"),
}

#: A key as it is made: its fixed pieces in order, None for each gap.
Made = tuple[str | None, ...]


def nodes() -> Iterator[ast.AST]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def pieces(made: ast.JoinedStr) -> Made:
    return tuple(value.value if isinstance(value, ast.Constant) else None for value in made.values)


@pytest.fixture(scope="module")
def written() -> set[str]:
    """Whatever stands between quotes in the code or in a template, and the words that the data package allows."""
    found = {node.value for node in nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    # A key has hyphens where the words that it is made from have blanks: "previous year".
    found |= {value.replace(" ", "-") for value in found if re.fullmatch("[a-z]+(?: [a-z]+)+", value)}
    for file in PACKAGE.rglob("templates/**/*"):
        if file.is_file():
            found.update(re.findall(r"""["']([a-z][\w-]*)["']""", file.read_text(encoding="utf-8")))
    found.update(allowed(descriptor()))
    found.update(
        field["name"] for one in descriptor()["resources"] for field in one.get("schema", {}).get("fields", [])
    )
    return found


@pytest.fixture(scope="module")
def made() -> set[Made]:
    """The keys that the code makes from parts, which begin with a fixed piece or end with one."""
    return {
        own
        for node in nodes()
        if isinstance(node, ast.JoinedStr)
        for own in [pieces(node)]
        if any(piece and re.search("[a-z]", piece) for piece in own)
    }


def allowed(described: object) -> Iterator[str]:
    """The words that the data package allows anywhere, in tables and in entries of YAML."""
    if isinstance(described, dict):
        yield from (word for word in described.get("enum", ()) if isinstance(word, str))
    inner = described.values() if isinstance(described, dict) else described if isinstance(described, list) else ()
    for one in inner:
        yield from allowed(one)


@cache
def descriptor() -> dict:
    return json.loads((paths.DATA / tables.DESCRIPTOR).read_text(encoding="utf-8"))


@cache
def labels() -> tuple[str, ...]:
    return tuple(tables.load(paths.DATA).labels)


def stated(key: str, written: set[str], made: set[Made], depth: int = 0) -> bool:
    """Whether a key, or a part of one, stands in the code or is made there from what stands there."""
    if not key or key in written:
        return True
    return depth < 3 and any(_fits(key, own, written, made, depth + 1) for own in made if own != (None,))


def _fits(key: str, own: Made, written: set[str], made: set[Made], depth: int) -> bool:
    """Whether a key is made by these pieces, what fills each gap being stated itself."""
    if not own:
        return not key
    piece, *rest = own
    if piece is not None:
        return key.startswith(piece) and _fits(key[len(piece) :], tuple(rest), written, made, depth)
    ends = range(len(key) + 1) if rest else [len(key)]
    return any(
        _fits(key[end:], tuple(rest), written, made, depth) and stated(key[:end], written, made, depth) for end in ends
    )


def handed_on(key: str, written: set[str]) -> bool:
    return any(key.startswith(f"{family}-") and key.removeprefix(f"{family}-") in written for family in HANDED_ON)


def of_a_place(key: str) -> bool:
    """The name of a part of a place in a document: ``column-PLACE-DOCUMENT``."""
    held = tables.load(paths.DATA)
    return key in {f"column-{place}-{document}" for place in held.places.index for document in held.documents.index}


def test_every_word_of_the_interface_is_used(written, made):
    unused = [key for key in labels() if not (stated(key, written, made) or handed_on(key, written) or of_a_place(key))]
    assert unused == []


def test_a_word_that_nothing_asks_for_is_found(written, made):
    """The test above can fail: a key beside a used one, or with a last part that no table and no code has, is unused."""
    made_up = ("planned-marked", "verdict-perhaps", "topic-weather", "reason-share-of-moons", "question-short-why")
    assert not any(stated(key, written, made) or handed_on(key, written) for key in made_up)


@pytest.mark.parametrize(("family", "module"), HANDED_ON.items())
def test_a_family_that_is_handed_on_is_named_where_it_is_used(family, module):
    assert f'"{family}"' in (PACKAGE / module).read_text(encoding="utf-8")


def test_every_word_that_the_code_asks_for_exists():
    asked = [
        node.args[0]
        for node in nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id) in ("label", "_label")
        and node.args
    ]
    names = {key.value for key in asked if isinstance(key, ast.Constant)}
    families = {pieces(key)[0] for key in asked if isinstance(key, ast.JoinedStr)} - {None}
    assert len(names) > 150 and len(families) > 30
    assert names - set(labels()) == set()
    assert [family for family in families if not any(key.startswith(family) for key in labels())] == []


@pytest.mark.parametrize("family", OF_FIELD)
def test_a_family_has_every_word_of_its_field(family):
    table, column = OF_FIELD[family]
    fields = next(one["schema"]["fields"] for one in descriptor()["resources"] if one["name"] == table)
    words = next(field for field in fields if field["name"] == column)["constraints"]["enum"]
    assert [word for word in words if f"{family}-{word}" not in labels()] == []
