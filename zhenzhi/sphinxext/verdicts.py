"""The directive ``audit``: what the checks of a chapter found, in words, with an anchor for each check."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from zhenzhi.audit import CONSISTENT
from zhenzhi.edition import group_of
from zhenzhi.sphinxext.freshness import edition_of


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
            result
            for key, result in edition.results.items()
            if key.startswith(prefixes) and (result.type, result.verdict) != ("same", CONSISTENT)
        ]
        if not results:
            raise self.error(f"audit: no check begins with {self.arguments[0]!r}; expected one of checks.yml")
        entries = nodes.container(classes=["zz-checks"])
        for result in results:
            self.env.zhenzhi_checks[result.check_id] = self.env.docname
            check = edition.check(result.check_id)
            entry = nodes.container(ids=[f"check-{result.check_id}"], classes=["zz-check", f"zz-{result.verdict}"])
            head = nodes.paragraph(classes=["zz-check-head"])
            head += nodes.strong(text=check["name"][edition.language])
            head += nodes.inline(text=edition.label(f"verdict-{result.verdict}"), classes=["zz-verdict"])
            entry += head
            entry += self.parse_text_to_nodes(_sentence_case(edition.reason(result)))
            if note := check.get("note_en"):
                entry += nodes.paragraph(text=note, classes=["zz-check-note"])
            entries += entry
        return [entries]


class AuditIndex(SphinxDirective):
    """``{audit-index}``: every check with its type and verdict, by document, each leading to where it is told."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        groups: dict[str, list] = {}
        for result in edition.results.values():
            groups.setdefault(group_of(edition, result), []).append(result)
        listing: list[nodes.Node] = []
        for group in [*edition.tables.documents.index, "across", "outside"]:
            if group not in groups:
                continue
            if group in edition.tables.documents.index:
                name = edition.tables.documents.at[group, f"title_{edition.language}"]
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
        verdict = nodes.inline(
            text=edition.label(f"verdict-{result.verdict}"), classes=["zz-verdict", f"zz-{result.verdict}"]
        )
        body += _cells(
            [check_name(text=name, check_id=result.check_id), nodes.Text(edition.label(f"type-{result.type}")), verdict]
        )
    group += [head, body]
    return table


def _cells(contents: list[nodes.Node]) -> nodes.row:
    row = nodes.row()
    for content in contents:
        row += nodes.entry("", nodes.paragraph("", "", content))
    return row


class check_name(nodes.Inline, nodes.Element):
    """The name of a check, which becomes a link to where the check is told when all pages are read."""


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    for node in list(doctree.findall(check_name)):
        page = app.env.zhenzhi_checks.get(node["check_id"])
        if page is None:
            node.replace_self(nodes.Text(node["text"]))
            continue
        uri = app.builder.get_relative_uri(docname, page) + f"#check-{node['check_id']}"
        node.replace_self(nodes.reference("", node["text"], internal=True, refuri=uri))


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]


def _begin(app: Sphinx) -> None:
    if not hasattr(app.env, "zhenzhi_checks"):
        app.env.zhenzhi_checks = {}


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    env.zhenzhi_checks = {check: page for check, page in env.zhenzhi_checks.items() if page != docname}


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    env.zhenzhi_checks |= other.zhenzhi_checks


def setup(app: Sphinx) -> None:
    app.add_directive("audit", Audit)
    app.add_directive("audit-index", AuditIndex)
    app.connect("doctree-resolved", _resolve)
    app.connect("builder-inited", _begin)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
