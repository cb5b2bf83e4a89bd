"""The directive ``audit``: what the checks of a chapter found, in words, with an anchor for each check."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.audit import CONSISTENT
from zhenzhi.book.edition import group_of
from zhenzhi.sphinxext.directives.sources import known_document, nothing_yet
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.record_nodes import verdict_mark
from zhenzhi.sphinxext.inline.literal import literal


class Audit(SphinxDirective):
    """``{audit} PREFIX``: the checks whose ID begins with one of the prefixes, one entry each.

    Facts that are merely told again are left out unless the tellings differ.
    """

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        prefixes = tuple(self.arguments[0].split())
        results = [
            edition.result(key)
            for key, found in edition.verdicts.items()
            if key.startswith(prefixes) and (found.type, found.verdict) != ("same", CONSISTENT)
        ]
        if not results and all(known_document(edition, prefix) for prefix in prefixes):
            return nothing_yet(edition)
        if not results:
            raise self.error(f"audit: no check begins with {self.arguments[0]!r}; expected one of checks.yml")
        entries = nodes.container(classes=["zz-checks"])
        for result in results:
            anchors.note(self.env, "check", result.check_id, location=self.get_location())
            check = edition.check(result.check_id)
            entry = nodes.container(ids=[f"check-{result.check_id}"], classes=["zz-check", f"zz-{result.verdict}"])
            head = nodes.paragraph(classes=["zz-check-head"])
            head += nodes.strong(text=check["name"][edition.language])
            head += verdict_mark(edition, result.verdict)
            entry += head
            entry += self.parse_text_to_nodes(literal(_sentence_case(edition.reason(result))))
            if "note_en" in check:
                entry += nodes.paragraph(text=edition.local(check, "note"), classes=["zz-check-note"])
            entry += anchors.used_in(kind="check", name=result.check_id)
            entries += entry
        return [entries]


class AuditIndex(SphinxDirective):
    """``{audit-index}``: every check with its type and verdict, by document, each leading to where it is told."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        groups: dict[str, list] = {}
        for result in edition.verdicts.values():
            groups.setdefault(group_of(edition, result), []).append(result)
        listing: list[nodes.Node] = []
        for group in [*edition.tables.documents.index, "across", "outside"]:
            if group not in groups:
                continue
            if group in edition.tables.documents.index:
                name = edition.local(edition.tables.documents.loc[group], "title")
            else:
                name = edition.label(f"group-{group}").capitalize()
            listing.append(nodes.rubric(text=name))
            listing.append(_table(edition, groups[group]))
        return listing


def _table(edition, results: list) -> nodes.table:
    table = nodes.table(classes=["zz-audit-index"])
    group = nodes.tgroup(cols=3)
    table += group
    group += [nodes.colspec(colwidth=width) for width in (6, 3, 2)]
    head, body = nodes.thead(), nodes.tbody()
    head += _cells([nodes.Text(edition.label(f"column-{name}")) for name in ("check", "type", "verdict")])
    for result in results:
        name = edition.check(result.check_id)["name"][edition.language]
        body += _cells(
            [
                anchors.link(kind="check", name=result.check_id, text=name),
                nodes.Text(edition.label(f"type-{result.type}")),
                verdict_mark(edition, result.verdict),
            ]
        )
    group += [head, body]
    return table


def _cells(contents: list[nodes.Node]) -> nodes.row:
    row = nodes.row()
    for content in contents:
        row += nodes.entry("", nodes.paragraph("", "", content))
    return row


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def setup(app: Sphinx) -> None:
    app.add_directive("audit", Audit)
    app.add_directive("audit-index", AuditIndex)
