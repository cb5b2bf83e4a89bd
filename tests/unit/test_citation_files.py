"""CITATION.cff and .zenodo.json say what the package says, in the form that their readers ask for."""

import json
import shutil
from importlib.metadata import files

import fastjsonschema
import pytest
import yaml

from zhenzhi import __date__, __version__, citing, paths
from zhenzhi.book.edition import open_book
from zhenzhi.releasing import citation_files

pytestmark = pytest.mark.slow

#: What Zenodo takes of a deposit.
ZENODO = {
    "title", "upload_type", "publication_type", "publication_date", "version", "creators", "description", "keywords",
    "access_right", "license", "language", "notes", "doi",
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
    (tmp_path / "_config.yml").symlink_to(paths.ROOT / "_config.yml")
    assert citation_files.write(tmp_path) == ["CITATION.cff", ".zenodo.json"]
    file = tmp_path / name
    file.write_text(file.read_text(encoding="utf-8").replace(__version__, "9.9.9"), encoding="utf-8")
    assert citation_files.stale(tmp_path) == [name]
    assert citation_files.write(tmp_path) == [name]
    assert citation_files.write(tmp_path) == []


def test_the_deposit_names_the_same_work(citation):
    deposit = json.loads((paths.ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert set(deposit) <= ZENODO
    cited = citation["preferred-citation"]
    edition = open_book("en")
    assert deposit["title"] == citation["title"] == cited["title"] == citing.title(edition)
    assert deposit["creators"] == cited["authors"] == [{"name": citing.author(edition)}]
    assert cited["type"] == deposit["publication_type"] == "book"
    assert f"{cited['year']}-{cited['month']:02}" == deposit["publication_date"][:7]
    assert cited["version"] == deposit["version"]
    assert deposit["license"] == citation["license"].lower()
    assert deposit["version"] == str(citation["version"]) == __version__
    assert deposit["publication_date"] == citation["date-released"] == __date__
    assert deposit["upload_type"] == "publication"


def test_doi_orcid_and_addresses_appear_where_they_are_set(tmp_path):
    shutil.copytree(paths.DATA, tmp_path / "data")
    descriptor = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["id"] = "https://doi.org/10.5281/zenodo.1"
    descriptor["contributors"][0]["path"] = "https://orcid.org/0000-0002-1825-0097"
    (tmp_path / "data" / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "_config.yml").write_text(
        "html: {baseurl: https://example.org/book}\nrepository: {url: https://github.com/a/b}\n", encoding="utf-8"
    )
    texts = citation_files.texts(tmp_path)
    citation, deposit = yaml.safe_load(texts["CITATION.cff"]), json.loads(texts[".zenodo.json"])
    assert citation["doi"] == citation["preferred-citation"]["doi"] == deposit["doi"] == "10.5281/zenodo.1"
    assert citation["authors"][0]["orcid"] == "https://orcid.org/0000-0002-1825-0097"
    assert deposit["creators"][0]["orcid"] == "0000-0002-1825-0097"
    assert citation["url"] == citing.site("https://example.org/book")
    assert citation["repository-code"] == "https://github.com/a/b"


@pytest.mark.parametrize("value", [__version__, __date__])
def test_version_and_date_stand_in_one_place_only(value):
    holding = [
        file.relative_to(paths.ROOT).as_posix()
        for file in (paths.ROOT / "zhenzhi").rglob("*.py")
        if f'"{value}"' in file.read_text(encoding="utf-8")
    ]
    assert holding == ["zhenzhi/__init__.py"]
