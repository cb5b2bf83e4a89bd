"""The directive ``findings``: what the documents bear out together, with its evidence and what stands against it."""

from collections.abc import Iterable

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition, UnknownReference
from zhenzhi.book.findings import finding, outgrown
from zhenzhi.book.passages import of_cell
from zhenzhi.sphinxext.directives.citation import cited_work
from zhenzhi.sphinxext.directives.instruments import folded
from zhenzhi.sphinxext.directives.passages import of_silence, quoted
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of


class Findings(SphinxDirective):
    """``{findings} ID ID``: findings in the order named, or all: sentence, scope, what would overturn it, evidence, citation.

    With ``:brief:`` a list of the sentences alone, each a link to where the finding stands.
    """

    optional_arguments = 1
    final_argument_whitespace = True
    option_spec = {"brief": directives.flag}

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        names = self.arguments[0].split() if self.arguments else [f["finding_id"] for f in edition.tables.findings]
        try:
            entries = [finding(edition, name) for name in names]
            problems = [problem for entry in entries for problem in outgrown(edition, entry)]
        except UnknownReference as error:
            raise self.error(f"findings: {error}") from None
        if problems:
            raise self.error(f"findings: {'; '.join(problems)}")
        if "brief" in self.options:
            return [self._brief(edition, entries)]
        return [self._entry(edition, entry) for entry in entries]

    def _brief(self, edition: Edition, entries: Iterable[dict]) -> nodes.Node:
        listed = nodes.bullet_list(classes=["zz-findings-brief"])
        for entry in entries:
            title = anchors.link(
                kind="finding", name=entry["finding_id"], text=entry["title"][edition.language], classes=[]
            )
            head = nodes.paragraph("", "", nodes.strong("", "", title))
            listed += nodes.list_item("", head, *self.parse_text_to_nodes(entry["sentence"][edition.language]))
        return listed

    def _entry(self, edition: Edition, entry: dict) -> nodes.Node:
        name, language = entry["finding_id"], edition.language
        anchors.note(self.env, "finding", name, location=self.get_location())
        box = nodes.container(ids=[f"finding-{name}"], classes=["zz-finding"])
        sentence, messages = self.parse_inline(entry["sentence"][language])
        box += nodes.paragraph("", "", *sentence, classes=["zz-finding-sentence"])
        for key in ("scope", "overturn"):
            line = nodes.paragraph(
                "", "", nodes.strong(text=edition.label(f"finding-{key}")), classes=["zz-finding-line"]
            )
            line += nodes.Text(edition.label("word-separator") + entry[key][language])
            box += line
        if counter := [quoted(edition, passage) for passage in entry["counter"]]:
            against = folded(summary=edition.label("finding-counter", count=len(counter)))
            against += _bullets(counter)
            box += against
        evidence = folded(summary=edition.label("finding-evidence"))
        evidence += self._evidence(edition, entry)
        box += evidence
        title = edition.plain(entry["sentence"][language])
        box += cited_work(kind="finding", name=name, title=title, anchor=f"finding-{name}", folded=True)
        return box

    def _evidence(self, edition: Edition, entry: dict) -> list[nodes.Node]:
        evidence = entry["evidence"]
        groups = {
            "passages": [quoted(edition, passage) for passage in evidence["passages"]],
            "claims": [self._claim(edition, claim_id) for claim_id in evidence["claims"]],
            "checks": [self._check(edition, check_id) for check_id in evidence["checks"]],
            "cells": [_cell(edition, cell) for cell in evidence["cells"]],
            "silences": [of_silence(edition, cell["model_id"], cell["question"]) for cell in evidence["silences"]],
        }
        return [
            node
            for key, items in groups.items()
            if items
            for node in (
                nodes.paragraph(text=edition.label(f"finding-{key}"), classes=["zz-finding-group"]),
                _bullets(items),
            )
        ]

    def _claim(self, edition: Edition, claim_id: str) -> nodes.paragraph:
        inline, messages = self.parse_inline(edition.named(edition.name_of(claim_id), f"{{claim}}`{claim_id}`"))
        return nodes.paragraph("", "", *inline)

    def _check(self, edition: Edition, check_id: str) -> nodes.paragraph:
        name = edition.check(check_id)["name"][edition.language]
        paragraph = nodes.paragraph("", "", anchors.link(kind="check", name=check_id, text=name, classes=[]))
        paragraph += nodes.Text(
            edition.label("name-separator") + edition.label(f"verdict-{edition.result(check_id).verdict}")
        )
        return paragraph


def _bullets(items: Iterable[nodes.Node]) -> nodes.bullet_list:
    return nodes.bullet_list("", *(nodes.list_item("", item) for item in items), classes=["zz-finding-evidence"])


def _cell(edition: Edition, cell: dict) -> nodes.paragraph:
    """A cell of the matrix of instruments: the instrument, and each passage with the model that tells of it."""
    name = edition.local(edition.tables.instruments.loc[cell["instrument_id"]], "name")
    paragraph = nodes.paragraph("", "", nodes.Text(name + edition.label("name-separator")))
    for number, row in enumerate(of_cell(edition, cell).itertuples()):
        paragraph += nodes.Text(edition.label("sequence-separator") if number else "")
        kind, target = ("model", row.model_id) if row.model_id else ("claim", row.claim_id)
        paragraph += anchors.link(kind=kind, name=target, text=row.as_written, classes=[])
        place = edition.place_and_year(row.place_id, row.document_id)
        paragraph += nodes.Text(edition.aside(edition.listing((place, edition.label(f"degree-{row.degree}")))))
    return paragraph


def setup(app: Sphinx) -> None:
    app.add_directive("findings", Findings)
