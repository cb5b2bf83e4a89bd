"""Settings, table of contents and pages that are none are told in a line, with file and place."""

import re
from pathlib import Path

import pytest

from zhenzhi import project, works
from zhenzhi.building.build import build
from zhenzhi.building.execute import _read, notebooks
from zhenzhi.errors import BuildError
from zhenzhi.sphinxext.env.soundness import fault_of_picture

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
    [
        ("", "it holds no settings"),
        ("a: [", "line 2, column 1: not YAML"),
        ("a: " + "[" * 9999, "line 1, column 104: more than 100 levels deep"),
        ("title: a\ntitle: b", "line 2, column 1: the key 'title' stands twice"),
        (b"\xff", "line 1: byte 0 is not UTF-8"),
        ("colour: red", "key colour: Jupyter Book has no such setting"),
        (
            "html: {favicom: a.svg}",
            "key html.favicom: Jupyter Book has no such setting; expected one of its own; did you mean",
        ),
        ("execute: {timeout: soon}", "key execute.timeout: it must be number"),
    ],
    ids=["empty", "broken", "deep", "twice", "not UTF-8", "unknown", "unknown below", "a word for a number"],
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
        (f"{CONTENTS}- file: ../a", "names ../a, which lies elsewhere"),
        (f"{CONTENTS}- file: /a", "names /a, which lies elsewhere"),
        ("[" * 9999, "line 1, column 101: more than 100 levels deep"),
        (CONTENTS.encode() + b"# \xff", "line 4: byte 40 is not UTF-8"),
    ],
    ids=["empty", "tabulator", "unknown key", "a list as name", "above", "absolute", "deep", "not UTF-8"],
)
def test_a_table_of_contents_that_is_none_is_refused(told, content, said):
    found = told(project.CONTENTS, content, lambda file: notebooks(file.parent))
    assert project.CONTENTS in found
    assert re.search(said, found)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("标题".encode("gbk"), "line 1: byte 0 is not UTF-8"),
        (b"\xef\xbb\xbf# A", "line 1: it begins with a byte-order mark"),
        (b"# A\n\na\0b", "line 3: a control or unassigned character (U+0000)"),
        ("# A\n\u202eb".encode(), "line 2: right-to-left override (U+202E)"),
    ],
    ids=["not UTF-8", "byte-order mark", "zero", "direction"],
)
def test_a_page_in_another_encoding_is_refused(tmp_path, told, content, said):
    (tmp_path / project.CONTENTS).write_text("format: jb-book\nroot: index\n", encoding="utf-8")
    assert f"index.md, {said}" in told("index.md", content, lambda file: notebooks(file.parent))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("---\na: [b\n---\n# A\n", "page.md, line 3, column 1: not YAML"),
        ("---\na: b\na: c\n---\n# A\n", "page.md, line 3, column 1: the key 'a' stands twice"),
        ("---\na: " + "[" * 9999 + "\n---\n# A\n", "page.md, line 2, column 104: more than 100 levels deep"),
    ],
    ids=["broken", "twice", "deep"],
)
def test_front_matter_that_is_none_is_refused(told, content, said):
    assert said in told("page.md", content, project.page)


def test_lines_between_paragraphs_are_no_front_matter(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A\n\n---\n\na: [b\n\n---\n", encoding="utf-8")
    assert project.page(page) == page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><circle', "expected a picture in SVG"),
        ("a.svg", "", "expected a picture in SVG"),
        ("a.svg", "<html/>", "its root is html; expected {http://www.w3.org/2000/svg}svg"),
        ("a.svg", '<!DOCTYPE svg [<!ENTITY b "c">]><svg xmlns="http://www.w3.org/2000/svg"/>', "it declares entities"),
        ("a.png", "\x89PNG", "expected a picture as its name says, .png"),
        ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', None),
    ],
    ids=["cut short", "empty", "a page", "entities", "no picture", "a picture"],
)
def test_a_picture_that_does_not_open_is_told(tmp_path, name, content, said):
    (tmp_path / name).write_text(content, encoding="utf-8")
    fault = fault_of_picture(tmp_path / name)
    assert fault is None if said is None else said in fault


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.md", "jupytext:\n  text_representation:\n    format_name: myst\n---\n# A\n"),
        ("page.md", "---\na: [b\n---\n# format_name: myst\n"),
        ("page.md", "---\njupytext: {text_representation: {format_name: myst}}\nkernelspec: {language: rust}\n---\n"),
        ("page.ipynb", ""),
        ("page.ipynb", "{"),
        ("page.ipynb", "[]"),
        ("page.ipynb", '{"nbformat": 3}'),
    ],
    ids=["no front matter", "broken front matter", "another language", "empty", "not JSON", "a list", "an old format"],
)
def test_a_notebook_that_is_none_is_refused(told, name, content):
    assert f"{name}: it cannot be read as a notebook: " in told(name, content, _read)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("@article{a, title {}}", "line 1"),
        ("@article{a}\n@book{a}", "repeated"),
        ("@thesis{a, title={T}}", "a: a work of the kind 'thesis'; expected one of article, book, techreport, misc"),
        ("@misc{a, title={T}, year={2000}}", "a: the field author is missing or empty"),
        ("@article{a, author={A}, title={T}, year={2000}}", "a: the field journal is missing or empty"),
        ("@article{a title={T}, author={A}}", "a: the field year is missing or empty"),
        ("@misc{a, author={A}, title={T}, year={2000}, title_zh={}}", "a: the field title_zh is empty"),
        ("@misc{a, author={A}, title={T}, year={2000}, crossref={b}}", "a: it refers to another work (crossref)"),
        ("@misc{a, author={A}, title={T}, year={2000}, url={javascript:b}}", "a: the address 'javascript:b'"),
        (b"\n\xff", "line 2: byte 1 is not UTF-8"),
    ],
    ids=[
        *(
            "broken",
            "one name twice",
            "another kind",
            "nobody",
            "no journal",
            "no comma",
            "empty",
            "crossref",
            "address",
        ),
        "not UTF-8",
    ],
)
def test_works_that_are_none_are_refused(told, content, said):
    found = told(works.BIBLIOGRAPHY, content, lambda file: works.read(file.parent, "en"))
    assert works.BIBLIOGRAPHY in found
    assert said in found
