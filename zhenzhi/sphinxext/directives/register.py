"""The claim register: every claim with an anchor of its own, its checks, and where the book uses it."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.edition import Edition
from zhenzhi.data.drafts import waiting
from zhenzhi.data.reliability import coded_twice
from zhenzhi.sphinxext.directives import texts
from zhenzhi.sphinxext.directives.citation import cited_work
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.record_nodes import facts, line, record, verdict_mark
from zhenzhi.sphinxext.inline.references import claim_facts

_LOGGER = logging.getLogger(__name__)


class ClaimRegister(SphinxDirective):
    """``{claim-register} DOCUMENT``: a fold for its text, and a section for each article with a record for each claim."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        document_id = self.arguments[0]
        tables = edition.tables
        if document_id not in tables.documents.index:
            raise self.error(
                f"claim-register: there is no document {document_id!r}; "
                f"expected one of {', '.join(tables.documents.index)}"
            )
        sections: list[nodes.Node] = [*_standing(edition, document_id), texts.fold(edition, document_id)]
        articles = tables.articles[tables.articles["document_id"] == document_id]
        for article_id, article in articles.iterrows():
            own = edition.claims_of(article_id)
            if own.empty:
                continue
            section = nodes.section(ids=[f"article-{article_id}"])
            section += nodes.title(text=edition.local(article, "title"))
            if original := edition.original(article, "title"):
                section += nodes.paragraph(text=original, classes=["zz-original"])
            section += [self._record(edition, claim_id) for claim_id in own.index]
            sections.append(section)
        closed = tables.closed[tables.closed["article_id"].isin(articles.index)]
        if not closed.empty:
            section = nodes.section(ids=["closed"])
            section += nodes.title(text=edition.label("closed-claims"))
            section += [_closed(edition, claim) for _, claim in closed.iterrows()]
            sections.append(section)
        return sections

    def _record(self, edition: Edition, claim_id: str) -> nodes.Node:
        anchors.note(self.env, "claim", claim_id, location=self.get_location())
        claim = edition.claim(claim_id)
        entry = record(f"claim-{claim_id}", claim_id, edition.amount(claim_id), edition.name_of(claim_id))
        entry += facts(claim_facts(edition, claim_id))
        if claim["model_id"]:
            model = edition.model(claim["model_id"])
            name = anchors.link(kind="model", name=claim["model_id"], text=edition.local(model, "name"))
            entry += line(edition.label("fact-model"), name)
        if claim["repeats"]:
            first = anchors.link(kind="claim", name=claim["repeats"], text=claim["repeats"])
            entry += line(edition.label("fact-repeats"), first)
        for result in edition.verdict_of(claim_id):
            name = edition.check(result.check_id)["name"][edition.language]
            entry += line(
                edition.label("fact-check"),
                anchors.link(kind="check", name=result.check_id, text=name),
                nodes.Text(edition.label("name-separator")),
                verdict_mark(edition, result.verdict),
            )
        for caveat in edition.caveats_of(claim_id):
            name = anchors.link(kind="caveat", name=caveat["caveat_id"], text=edition.local(caveat, "note"))
            entry += line(edition.label("fact-caveat"), name)
        entry += anchors.used_in(kind="claim", name=claim_id)
        title = edition.label("claim-title", figure=edition.amount(claim_id), what=edition.name_of(claim_id))
        entry += cited_work(
            kind="claim",
            name=claim_id,
            title=title,
            anchor=f"claim-{claim_id}",
            folded=True,
            articles=[claim["article_id"]],
        )
        return entry


class ClaimIndex(SphinxDirective):
    """``{claim-index}``: the documents, how many claims each has, and every claim as a link to its record."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        claims = edition.coding.claims
        sections: list[nodes.Node] = []
        for document_id, document in edition.tables.documents.iterrows():
            own = claims.index[claims["article_id"].map(edition.tables.document_of) == document_id]
            section = nodes.section(ids=[f"document-{document_id}"])
            section += nodes.title(text=edition.local(document, "title"))
            publisher, date = edition.local(document, "publisher"), edition.date(document["published"])
            section += nodes.paragraph(text=edition.label("claims-of", publisher=publisher, date=date, count=len(own)))
            listing = nodes.bullet_list(classes=["zz-claim-index"])
            for claim_id in own:
                text = edition.label("figure-and-name", figure=edition.amount(claim_id), name=edition.name_of(claim_id))
                entry = nodes.paragraph("", "", anchors.link(kind="claim", name=claim_id, text=text))
                listing += nodes.list_item("", entry)
            section += listing
            sections.append(section)
        return sections


def _standing(edition: Edition, document_id: str) -> list[nodes.Node]:
    """How many rows of a document nobody has reviewed, or that it was coded once; nothing where it was coded twice."""
    proposed = list(waiting(edition.tables, document_id)["proposed"])
    if not proposed:
        twice = document_id in coded_twice(edition.tables)
        return [] if twice else [nodes.paragraph(text=edition.label("document-coded-once"))]
    counts = {name: str(proposed.count(name.removesuffix("s"))) for name in ("claims", "numerals")}
    return [nodes.note("", nodes.paragraph(text=edition.label("drafts-waiting", **counts)))]


def _closed(edition: Edition, claim) -> nodes.Node:
    """The record of a closed claim: its address stays, with the reason why it is none."""
    claim_id = claim["claim_id"]
    entry = record(f"claim-{claim_id}", claim_id, claim["as_written"], edition.local(claim, "label"))
    reason = edition.label("closed-in", version=claim["closed"], reason=edition.local(claim, "reason"))
    entry += nodes.paragraph(text=reason, classes=["zz-record-line"])
    if claim["replaced_by"]:
        link = anchors.link(kind="claim", name=claim["replaced_by"], text=claim["replaced_by"])
        entry += line(edition.label("changes-replaced"), link)
    return entry


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    missing = [claim for claim in edition_of(env).tables.claims.index if not anchors.page_of(env, "claim", claim)]
    if missing:
        _LOGGER.warning(
            "no page holds the claims %s; expected a claim-register for each document",
            ", ".join(missing[:3]) + (" ..." if missing[3:] else ""),
            type="zhenzhi",
            subtype="register",
        )


def setup(app: Sphinx) -> None:
    app.add_directive("claim-register", ClaimRegister)
    app.add_directive("claim-index", ClaimIndex)
    app.connect("env-check-consistency", _check)
