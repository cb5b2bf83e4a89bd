"""Settings, table of contents and pages that are none are told in a line, with file and place."""

import re
from pathlib import Path

import pytest

from zhenzhi import project, works
from zhenzhi.building.build import build
from zhenzhi.building.execute import _read, notebooks
from zhenzhi.errors import BuildError

CONTENTS = "format: jb-book\nroot: index\nchapters:\n"


@pytest.fixture
def told(tmp_path: Path):
    """What is said of a file with a content."""

    def say(name: str, content: str | bytes, read) -> str:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        with pytest.raises(BuildError) as error:
            read(file)
        return str(error.value)

    return say


@pytest.mark.parametrize(
    ("content", "said"),
    [("", "it holds no settings"), ("a: [", "line 1, column 5"), (b"\xff", "line 1: byte 0 is not UTF-8")],
    ids=["empty", "broken", "not UTF-8"],
)
def test_settings_that_are_none_are_refused(told, content, said):
    found = told(project.SETTINGS, content, lambda file: build(file.parent))
    assert project.SETTINGS in found
    assert said in found


def test_settings_that_are_missing_are_named(tmp_path):
    with pytest.raises(BuildError, match="_config.yml: No such file or directory"):
        project.settings(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "not a mapping"),
        (f"{CONTENTS}\t- file: a", "line 4, column 1"),
        (f"{CONTENTS}- page: a", "does not contain one of .* @ '/chapters/0'"),
        (f"{CONTENTS}- file: [a]", "unhashable"),
        (CONTENTS.encode() + b"# \xff", "line 4: byte 40 is not UTF-8"),
    ],
    ids=["empty", "tabulator", "unknown key", "a list as name", "not UTF-8"],
)
def test_a_table_of_contents_that_is_none_is_refused(told, content, said):
    found = told(project.CONTENTS, content, lambda file: notebooks(file.parent))
    assert project.CONTENTS in found
    assert re.search(said, found)


@pytest.mark.parametrize(
    ("content", "said"),
    [("标题".encode("gbk"), "line 1: byte 0 is not UTF-8"), (b"\xef\xbb\xbf# A", "line 1: it begins with a byte-order mark")],
    ids=["not UTF-8", "byte-order mark"],
)  # fmt: skip
def test_a_page_in_another_encoding_is_refused(tmp_path, told, content, said):
    (tmp_path / project.CONTENTS).write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    assert f"index.md, {said}" in told("index.md", content, lambda file: notebooks(file.parent))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.md", "jupytext:\n  text_representation:\n    format_name: myst\n---\n# A\n"),
        ("page.md", "---\na: [b\n---\n# format_name: myst\n"),
        ("page.ipynb", ""),
        ("page.ipynb", "{"),
        ("page.ipynb", "[]"),
        ("page.ipynb", '{"nbformat": 3}'),
    ],
    ids=["no front matter", "broken front matter", "empty", "not JSON", "a list", "an old format"],
)
def test_a_notebook_that_is_none_is_refused(told, name, content):
    assert f"{name}: it cannot be read as a notebook: " in told(name, content, _read)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("@article{a, title {}}", "line 1"),
        ("@article{a}\n@book{a}", "repeated"),
        (b"\n\xff", "line 2: byte 1 is not UTF-8"),
    ],
    ids=["broken", "one name twice", "not UTF-8"],
)
def test_works_that_are_none_are_refused(told, content, said):
    found = told(works.BIBLIOGRAPHY, content, lambda file: works.read(file.parent, "en"))
    assert works.BIBLIOGRAPHY in found
    assert said in found
