"""The data is a Data Package: frictionless, another reader of the standard, accepts and rejects the same files."""

import json
import re
import shutil

import pytest
from frictionless import Package

from zhenzhi import paths
from zhenzhi.data import tables
from zhenzhi.errors import DataError

pytestmark = pytest.mark.slow

DESCRIPTOR = json.loads((paths.DATA / tables.DESCRIPTOR).read_text(encoding="utf-8"))


def tabular(folder) -> Package:
    """The package without its YAML files, of which frictionless checks nothing but that they are there."""
    package = Package(str(folder / tables.DESCRIPTOR))
    for resource in list(package.resources):
        if resource.format == "yaml":
            package.remove_resource(resource.name)
    return package


def test_the_descriptor_follows_version_2():
    assert DESCRIPTOR["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"


def test_the_descriptor_is_valid():
    report = Package.validate_descriptor(str(paths.DATA / tables.DESCRIPTOR))
    assert report.flatten(["note"]) == []


def test_the_tables_are_valid():
    report = tabular(paths.DATA).validate()
    assert report.flatten(["title", "rowNumber", "fieldName", "note"]) == []


def test_every_data_file_is_described_once():
    described = []
    for resource in DESCRIPTOR["resources"]:
        described += resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
    files = [path for path in paths.DATA.rglob("*") if path.suffix in (".csv", ".yml")]
    assert sorted(described) == sorted(path.relative_to(paths.DATA).as_posix() for path in files)


def test_every_column_says_what_it_holds():
    silent = [
        f"{resource['path']}, {field['name']}"
        for resource in DESCRIPTOR["resources"]
        for field in resource.get("schema", {}).get("fields", [])
        if not field.get("description", "").endswith(".")
    ]
    assert silent == []


def untold(described, path: str = "") -> list[str]:
    """The titles and descriptions of tables and fields that stand in English alone, or in English again."""
    if isinstance(described, list):
        return [place for number, inner in enumerate(described) for place in untold(inner, f"{path}/{number}")]
    if not isinstance(described, dict):
        return []
    found = [
        f"{path}/{key}"
        for key in ("title", "description")
        if isinstance(described.get(key), str) and not re.search("[\u4e00-\u9fff]", described.get(f"{key}_zh", ""))
    ]
    return found + [place for key, inner in described.items() for place in untold(inner, f"{path}/{key}")]


def test_what_describes_the_package_is_in_chinese_too():
    own = {key: value for key, value in DESCRIPTOR.items() if key not in ("licenses", "contributors")}
    assert untold(own) == []


def test_a_description_without_chinese_is_found():
    field = {"name": "unit", "description": "Base unit."}
    assert untold({"fields": [field, field | {"description_zh": "基本单位。"}]}) == ["/fields/0/description"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("places.csv", "place_id,name_zh,name_en,level", "place_id,name_zh,name_en"),
        ("places.csv", "place_id,", "place_id,colour,"),
        ("places.csv", "foshan,佛山市,Foshan,city,guangdong", "foshan,佛山市,Foshan"),
        ("places.csv", "foshan,佛山市,Foshan,city", "foshan,佛山市,Foshan,metropolis"),
        ("places.csv", "foshan,佛山市", "foshan,"),
        ("places.csv", "lingang,", "foshan,"),
        ("claims.csv", "jj17-grids,jj17-report,3307", "jj17-grids,jj17-report,somewhere"),
        ("claims.csv", "jj17-grids,jj17-report", "jj17-grids,nowhere"),
        ("claims.csv", "jj17-grids,", "JJ17_grids,"),
        ("numerals.csv", "jj17,7,15", "jj17,4,15"),
    ],
    ids=[
        "missing column", "unknown column", "too few cells", "outside an enum", "empty required cell", "duplicate ID",
        "text for a number", "unknown article", "bad ID", "duplicate key of two columns",
    ],
)  # fmt: skip
def test_frictionless_and_the_package_reject_the_same(tmp_path, file, old, new):
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    assert not tabular(folder).get_resource(file.removesuffix(".csv")).validate().valid
    with pytest.raises(DataError, match=file):
        tables.load(folder)
