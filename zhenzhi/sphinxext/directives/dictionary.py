"""The directive ``data-dictionary``: the data package table by table and field by field, from its own description."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.data import tables
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.inline import data_file
from zhenzhi.takeaway import croissant


@dataclass(frozen=True)
class Vocabulary:
    """The words that a column allows.

    Attributes:
        field: name of the column.
        words: the words, in the order of the data package.
        resources: the tables that have the column.
    """

    field: str
    words: tuple[str, ...]
    resources: tuple[str, ...]


def vocabularies(descriptor: dict) -> list[Vocabulary]:
    """The vocabularies of a data package; a column of the same name and words in several tables is one."""
    found: dict[tuple, list[str]] = {}
    for resource in descriptor["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            if words := field.get("constraints", {}).get("enum"):
                found.setdefault((field["name"], tuple(words)), []).append(resource["name"])
    return [Vocabulary(name, words, tuple(resources)) for (name, words), resources in found.items()]


def properties(schema: dict, prefix: str = "") -> Iterator[tuple[str, dict, bool]]:
    """The keys that a JSON schema describes, with their path, their schema, and whether each entry must have them."""
    schema = schema.get("items", schema)
    inner = list(schema.get("properties", {}).items())
    if isinstance(rest := schema.get("additionalProperties"), dict):
        inner.append(("*", rest))
    for name, own in inner:
        yield f"{prefix}{name}", own, name in schema.get("required", ())
        yield from properties(own, f"{prefix}{name}.")


def uses(edition: Edition, vocabulary: Vocabulary) -> dict[str, Counter]:
    """How many rows of each table have each word."""
    return {name: edition.words_used(name, vocabulary.field) for name in vocabulary.resources}


class DataDictionary(SphinxDirective):
    """``{data-dictionary} vocabularies``: the words that columns allow, with their use today.

    ``{data-dictionary} files``: the package, and the fields of each file.
    """

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        contents = {"vocabularies": self._all_vocabularies, "files": self._all_files}
        if self.arguments[0] not in contents:
            raise self.error(f"data-dictionary: {self.arguments[0]!r} is unknown; expected {' or '.join(contents)}")
        self._edition, self._descriptor = edition_of(self.env), tables.read_descriptor(Path(self.env.srcdir) / "data")
        # Those of the claims first: they are what a reader of the book meets.
        ordered = sorted(vocabularies(self._descriptor), key=lambda found: "claims" not in found.resources)
        self._vocabularies = {(found.field, found.words): found for found in ordered}
        return contents[self.arguments[0]]()

    def _all_vocabularies(self) -> list[nodes.Node]:
        return [self._vocabulary(vocabulary) for vocabulary in self._vocabularies.values()]

    def _vocabulary_id(self, vocabulary: Vocabulary) -> str:
        """The element ID of a vocabulary; of several for fields of one name, the first has that name for itself."""
        first = next(found for found in self._vocabularies.values() if found.field == vocabulary.field)
        table = "" if vocabulary == first else f"{vocabulary.resources[0]}-"
        return f"vocabulary-{table}{vocabulary.field}"

    def _all_files(self) -> list[nodes.Node]:
        licence = self._descriptor["licenses"][0]
        line = nodes.paragraph()
        for file in (tables.DESCRIPTOR, croissant.FILE):
            line += [data_file.link(file), nodes.Text(" · ")]
        line += nodes.reference("", licence["title"], internal=False, refuri=licence["path"])
        about = nodes.paragraph(text=self._said(self._descriptor, "description"))
        return [about, line, *(self._resource(resource) for resource in self._descriptor["resources"])]

    def _said(self, described: dict, key: str) -> str:
        """A title or description of the descriptor in the language of the edition; empty where there is none."""
        own = key if self._edition.language == "en" else f"{key}_{self._edition.language}"
        return described.get(own, "")

    def _section(self, name: str, title: str) -> nodes.section:
        section = nodes.section(ids=[name])
        section += nodes.title(text=title)
        return section

    def _vocabulary(self, vocabulary: Vocabulary) -> nodes.section:
        edition = self._edition
        section = self._section(self._vocabulary_id(vocabulary), vocabulary.field)
        counts = uses(edition, vocabulary)
        listing = nodes.definition_list(classes=["simple", "zz-fields"])
        for word in vocabulary.words:
            meaning = nodes.paragraph(text=edition.label(f"meaning-{vocabulary.field}-{word}"))
            count = edition.sequence(
                edition.label("count-in-table", count=edition.digits(counts[name][word]), table=name)
                for name in vocabulary.resources
            )
            term = nodes.term("", "", nodes.literal(text=word))
            meaning_and_use = nodes.definition("", meaning, nodes.paragraph(text=count, classes=["zz-constraints"]))
            listing += nodes.definition_list_item("", term, meaning_and_use)
        section += listing
        return section

    def _resource(self, resource: dict) -> nodes.section:
        edition, name = self._edition, resource["name"]
        section = self._section(f"table-{name}", self._said(resource, "title"))
        files = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        line = nodes.paragraph()
        for file in files:
            line += [data_file.link(file), nodes.Text(" · ")]
        is_table = "schema" in resource
        key, count = ("rows", edition.rows(name)) if is_table else ("entries", len(edition.tables.yaml[name]))
        line += nodes.Text(edition.label(f"count-{key}", count=edition.digits(count)))
        section += line
        listing = nodes.definition_list(classes=["simple", "zz-fields"])
        if not is_table:
            for path, own, required in properties(resource["jsonSchema"]):
                notes: list[nodes.Node] = [nodes.Text(edition.label("field-required"))] if required else []
                notes += [nodes.Text(text) for text in _bounds(edition, own)]
                if "enum" in own:
                    notes.append(nodes.Text(edition.label("field-enum", words=edition.listing(own["enum"]))))
                told = self._said(own, "description")
                listing += _field(edition, name, path, own.get("type", "string"), told, notes)
        else:
            for field in resource["schema"]["fields"]:
                notes = self._notes(resource["schema"], name, field)
                told = self._said(field, "description")
                listing += _field(edition, name, field["name"], field["type"], told, notes)
        section += listing
        return section

    def _notes(self, schema: dict, resource: str, field: dict) -> list[nodes.Node]:
        """What a field must hold, in words and links."""
        edition, constraints = self._edition, field.get("constraints", {})
        notes: list[nodes.Node] = []
        if field["name"] in schema.get("primaryKey", []):
            several = len(schema["primaryKey"]) > 1
            notes.append(nodes.Text(edition.label("field-key-part" if several else "field-key")))
        if constraints.get("required"):
            notes.append(nodes.Text(edition.label("field-required")))
        if constraints.get("unique"):
            notes.append(nodes.Text(edition.label("field-unique")))
        notes += [nodes.Text(text) for text in _bounds(edition, constraints)]
        if words := constraints.get("enum"):
            vocabulary = self._vocabularies[field["name"], tuple(words)]
            notes.append(_link(edition.label("field-vocabulary"), self._vocabulary_id(vocabulary)))
        for foreign in schema.get("foreignKeys", []):
            if foreign["fields"] == [field["name"]]:
                table = foreign["reference"]["resource"] or resource
                (column,) = foreign["reference"]["fields"]
                notes.append(
                    _link(edition.label("field-foreign", column=column, table=table), _field_id(table, column))
                )
        return notes


def _bounds(edition: Edition, constraints: dict) -> Iterator[str]:
    """The bounds of a field's values in words."""
    for key in ("minimum", "maxLength", "pattern"):
        if key in constraints:
            yield edition.label(f"field-{key}", value=str(constraints[key]))


def _field(
    edition: Edition, resource: str, name: str, kind: str, description: str, notes: list[nodes.Node]
) -> nodes.Node:  # fmt: skip
    term = nodes.term(
        "", "", nodes.literal(text=name), nodes.Text(" "), nodes.inline(text=kind), ids=[_field_id(resource, name)]
    )
    meaning = nodes.definition("", nodes.paragraph(text=description))
    if notes:
        line = nodes.paragraph(classes=["zz-constraints"])
        for number, note in enumerate(notes):
            line += [nodes.Text(edition.label("sequence-separator")), note] if number else [note]
        meaning += line
    return nodes.definition_list_item("", term, meaning)


def _link(text: str, target: str) -> nodes.reference:
    return nodes.reference("", text, internal=True, refid=target)


def _field_id(resource: str, name: str) -> str:
    """The element ID of a field."""
    return f"field-{resource}-{name}"


def setup(app: Sphinx) -> None:
    app.add_directive("data-dictionary", DataDictionary)
