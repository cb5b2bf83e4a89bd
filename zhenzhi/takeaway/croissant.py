"""The data package as Croissant describes a data set: its files, and the tables in them column by column.

Croissant 1.0 is schema.org's Dataset with words for files and tables, which search engines of data sets and loaders read
(http://mlcommons.org/croissant/1.0). All of it follows from the descriptor of the data package.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhenzhi.takeaway import listing

#: What the description is called.
FILE = "croissant.json"

#: Croissant's own words; all others are schema.org's.
_WORDS = (
    "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet",
    "format", "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references",
    "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip

#: The context that readers of Croissant expect, word for word, also where the description has no use for a word.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    **{word: f"cr:{word}" for word in _WORDS},
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}

_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}


def described(descriptor: dict[str, Any], folder: Path, site: str = "") -> dict[str, Any]:
    """The description of a data package.

    Args:
        descriptor: that of the package.
        folder: where its files lie.
        site: address of the folder on the web; where it is empty, files are named as seen from the description.
    """
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": descriptor["name"],
        "alternateName": [descriptor["title"], descriptor["title_zh"]],
        "description": descriptor["description"],
        "url": site or descriptor.get("homepage", "datapackage.json"),
        "version": descriptor["version"],
        "datePublished": descriptor["created"].partition("T")[0],
        "license": descriptor["licenses"][0]["path"],
        "keywords": descriptor["keywords"],
        "inLanguage": ["en", "zh"],
        "creator": [{"@type": "sc:Organization", "name": one["title"]} for one in descriptor["contributors"]],
        "citeAs": _citation(descriptor),
        "isLiveDataset": False,
        "distribution": [file for resource in descriptor["resources"] for file in _files(resource, folder, site)],
        "recordSet": [_table(resource) for resource in descriptor["resources"] if "schema" in resource],
    }


def _citation(descriptor: dict[str, Any]) -> str:
    authors = ", ".join(one["title"] for one in descriptor["contributors"])
    identifier = f" {descriptor['id']}" if "id" in descriptor else ""
    return (
        f"{authors} ({descriptor['created'][:4]}). {descriptor['title']} (Version {descriptor['version']}).{identifier}"
    )


def _files(resource: dict[str, Any], folder: Path, site: str) -> Iterator[dict[str, Any]]:
    for path in resource["path"] if isinstance(resource["path"], list) else [resource["path"]]:
        yield {
            "@type": "cr:FileObject",
            "@id": path,
            "name": path,
            "description": resource["title"],
            "contentUrl": f"{site}{path}",
            "contentSize": f"{(folder / path).stat().st_size} B",
            "encodingFormat": resource["mediatype"],
            "sha256": listing.digest(folder / path),
        }


def _table(resource: dict[str, Any]) -> dict[str, Any]:
    """A table; that its columns name rows of other tables is left to the descriptor: loaders join by it, and lose rows."""
    name = resource["name"]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": resource["title"],
        "key": [{"@id": f"{name}/{field}"} for field in resource["schema"]["primaryKey"]],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{name}/{field['name']}",
                "name": field["name"],
                "description": field["description"],
                "dataType": _TYPES[field["type"]],
                "source": {"fileObject": {"@id": resource["path"]}, "extract": {"column": field["name"]}},
            }
            for field in resource["schema"]["fields"]
        ],
    }
