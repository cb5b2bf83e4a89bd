"""CITATION.cff and .zenodo.json say what the package says, in the form that their readers ask for."""

import json
from importlib.metadata import files

import fastjsonschema
import pytest
import yaml

from zhenzhi import __date__, __version__, citing, paths
from zhenzhi.publishing import citation_files

#: What Zenodo takes of a deposit.
ZENODO = {
    "title", "upload_type", "publication_type", "publication_date", "version", "creators", "description", "keywords",
    "access_right", "license", "language", "notes",
}  # fmt: skip


@pytest.fixture(scope="module")
def citation() -> dict:
    return yaml.safe_load((paths.ROOT / "CITATION.cff").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def schema() -> dict:
    """The schema of the Citation File Format 1.2.0, which the package cffconvert carries."""
    (file,) = (file for file in files("cffconvert") if file.match("schemas/1.2.0/schema.json"))
    return json.loads(file.read_text(encoding="utf-8"))


def test_the_citation_file_is_valid(citation, schema):
    fastjsonschema.compile(schema)(citation)


@pytest.mark.parametrize(
    ("key", "value"), [("date-released", "21 November 2026"), ("authors", []), ("type", "book"), ("colour", "red")]
)
def test_the_schema_tells_a_bad_citation_file(citation, schema, key, value):
    with pytest.raises(fastjsonschema.JsonSchemaValueException):
        fastjsonschema.compile(schema)(citation | {key: value})


def test_both_files_are_as_the_package_writes_them():
    assert citation_files.stale() == []


@pytest.mark.parametrize("name", ["CITATION.cff", ".zenodo.json"])
def test_a_file_that_differs_is_named_and_written_anew(tmp_path, name):
    (tmp_path / "data").symlink_to(paths.DATA)
    assert citation_files.write(tmp_path) == ["CITATION.cff", ".zenodo.json"]
    file = tmp_path / name
    file.write_text(file.read_text(encoding="utf-8").replace(__version__, "9.9.9"), encoding="utf-8")
    assert citation_files.stale(tmp_path) == [name]
    assert citation_files.write(tmp_path) == [name]
    assert citation_files.write(tmp_path) == []


def test_the_deposit_names_the_same_work(citation):
    deposit = json.loads((paths.ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert set(deposit) <= ZENODO
    assert deposit["title"] == citation["title"] == citing.BOOK_TITLE
    assert deposit["creators"] == [{"name": citing.AUTHOR}]
    assert deposit["version"] == str(citation["version"]) == __version__
    assert deposit["publication_date"] == citation["date-released"] == __date__
    assert deposit["upload_type"] == "publication"


@pytest.mark.parametrize("value", [__version__, __date__])
def test_version_and_date_stand_in_one_place_only(value):
    holding = [
        file.relative_to(paths.ROOT).as_posix()
        for file in (paths.ROOT / "zhenzhi").rglob("*.py")
        if f'"{value}"' in file.read_text(encoding="utf-8")
    ]
    assert holding == ["zhenzhi/__init__.py"]
