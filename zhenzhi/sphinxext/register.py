"""The claim register: every claim with an anchor of its own, and the pages that use it."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from zhenzhi.sphinxext.freshness import edition_of
from zhenzhi.sphinxext.references import claim_facts
from zhenzhi.sphinxext.verdicts import check_name

_LOGGER = logging.getLogger(__name__)


class ClaimRegister(SphinxDirective):
    """``{claim-register}``: a section for each document with a record for each of its claims."""

    def run(self) -> list[nodes.Node]:
        self.env.zhenzhi_register = self.env.docname
        edition = edition_of(self.env)
        claims, articles = edition.tables.claims, edition.tables.articles
        sections = []
        for document_id, document in edition.tables.documents.iterrows():
            section = nodes.section(ids=[f"document-{document_id}"])
            section += nodes.title(text=document[f"title_{edition.language}"])
            section += nodes.paragraph(
                text=f"{document['publisher_' + edition.language]}, {edition.date(document['published'])}"
            )
            own = claims[claims["article_id"].map(articles["document_id"]) == document_id]
            section += [self._record(edition, claim_id) for claim_id in own.index]
            sections.append(section)
        return sections

    def _record(self, edition, claim_id: str) -> nodes.Node:
        record = nodes.container(ids=[f"claim-{claim_id}"], classes=["zz-record"])
        head = nodes.paragraph(classes=["zz-record-head"])
        head += nodes.strong(text=edition.figure(claim_id))
        head += nodes.Text(f" {edition.name_of(claim_id)} ")
        head += nodes.reference("", claim_id, internal=True, refid=f"claim-{claim_id}", classes=["zz-record-id"])
        record += head
        facts = "".join(f"<div><dt>{term}</dt><dd>{text}</dd></div>" for term, text in claim_facts(edition, claim_id))
        record += nodes.raw("", f"<dl>{facts}</dl>", format="html")
        for result in edition.verdict_of(claim_id):
            verdict = edition.label(f"verdict-{result.verdict}")
            text = f"{edition.check(result.check_id)['name'][edition.language]}: {verdict}"
            record += nodes.paragraph(
                "", "", check_name(text=text, check_id=result.check_id), classes=["zz-record-check"]
            )
        return record


def _begin(app: Sphinx) -> None:
    if not hasattr(app.env, "zhenzhi_register"):
        app.env.zhenzhi_register = None


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set, other: BuildEnvironment) -> None:
    env.zhenzhi_register = env.zhenzhi_register or other.zhenzhi_register


def _rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Pages link to the register and to checks on other pages: when those move, every page is written again."""
    places = (env.zhenzhi_register, dict(env.zhenzhi_checks))
    moved = getattr(env, "zhenzhi_places", places) != places
    env.zhenzhi_places = places
    return list(env.found_docs) if moved else []


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    if env.zhenzhi_register is None:
        _LOGGER.warning("no page holds the claim-register directive; claims would lead nowhere", type="zhenzhi")


def setup(app: Sphinx) -> None:
    app.add_directive("claim-register", ClaimRegister)
    app.connect("builder-inited", _begin)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _rewrite)
    app.connect("env-check-consistency", _check)
