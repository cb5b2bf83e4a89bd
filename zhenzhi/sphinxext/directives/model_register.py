"""The directive ``model-register``: every governance model, and the links between its record and where it is told."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from zhenzhi.book.telling import untold
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.record_nodes import record
from zhenzhi.sphinxext.inline.literal import literal

_LOGGER = logging.getLogger(__name__)

#: Kinds of part in the order of a model card, with the label of each.
_PARTS = {
    "leader": "card-leads",
    "component": "card-components",
    "unit": "card-units",
    "actor": "card-actors",
    "instrument": "card-instruments",
    "feedback": "card-feedback",
}


class ModelRegister(SphinxDirective):
    """``{model-register}``: a section for each document, and for each article where there are several."""

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        articles = edition.tables.articles
        models = edition.tables.models
        result: list[nodes.Node] = [nodes.paragraph(text=summary(edition))]
        for document_id, document in edition.tables.documents.iterrows():
            section = nodes.section(ids=[f"models-{document_id}"])
            section += nodes.title(text=edition.local(document, "title"))
            section += nodes.paragraph(text=edition.source_of(document))
            own = [a for a in articles.index[articles["document_id"] == document_id] if a in set(models["article_id"])]
            for article_id in own:
                records = [self._record(model_id) for model_id in models.index[models["article_id"] == article_id]]
                if len(own) == 1:
                    section += records
                    continue
                part = nodes.section(ids=[f"models-{article_id}"])
                part += nodes.title(text=edition.local(articles.loc[article_id], "title"))
                part += records
                section += part
            result.append(section)
        return result

    def _record(self, model_id: str) -> nodes.Node:
        edition = edition_of(self.env)
        model = edition.model(model_id)
        anchors.note(self.env, "entry", model_id, location=self.get_location())
        name = edition.local(model, "name")
        head = name[:1].upper() + name[1:]
        entry = record(f"entry-model-{model_id}", model_id, head, edition.original(model, "name"))
        entry["classes"].append("zz-entry")
        facts = nodes.definition_list()
        place = edition.local(edition.tables.places.loc[model["place_id"]], "name")
        facts += _fact(edition.label("model-place"), nodes.paragraph(text=place))
        facts += _fact(edition.label("model-parts"), nodes.paragraph(text=parts(edition, model_id)))
        facts += _fact(edition.label("model-announced"), nodes.paragraph(text=components(edition, model)))
        facts += _fact(edition.label("model-claims"), self._claims(model_id))
        for result in edition.verdicts.values():
            check = edition.check(result.check_id)
            if check.get("model") == model_id:
                verdict = edition.label(f"verdict-{result.verdict}")
                text = edition.named(check["name"][edition.language], verdict)
                link = anchors.link(kind="check", name=result.check_id, text=text)
                facts += _fact(edition.label("column-check"), nodes.paragraph("", "", link))
        told = nodes.paragraph(
            "", "", anchors.link(kind="model", name=model_id, text=edition.label("model-not-told"), page=True)
        )
        facts += _fact(edition.label("model-told"), told)
        entry += facts
        return entry

    def _claims(self, model_id: str) -> nodes.paragraph:
        edition = edition_of(self.env)
        own = edition.claims_in(model_id)
        if own.empty:
            return nodes.paragraph(text=edition.label("nothing-counted"), classes=["zz-blank"])
        listed = edition.sequence(
            edition.local(claim, "label") + edition.aside(f"{{claim}}`{claim_id}`")
            for claim_id, claim in own.iterrows()
        )
        inline, _ = self.parse_inline(literal(edition.label("count-and-list", count=str(len(own)), items=listed)))
        return nodes.paragraph("", "", *inline)


def _fact(term: str, content: nodes.Node) -> nodes.definition_list_item:
    return nodes.definition_list_item("", nodes.term(text=term), nodes.definition("", content))


def parts(edition, model_id: str) -> str:
    """How many parts of each kind a model has, in words."""
    roles = list(edition.parts_of(model_id)["role"])
    counts = [
        edition.label("kind-and-count", kind=edition.label(label), count=str(roles.count(role)))
        for role, label in _PARTS.items()
        if role in roles
    ]
    return edition.sequence(counts) or edition.label("not-stated")


def components(edition, model) -> str:
    """How many components the text announces, and how many it lists where it gives a list that can be held against that."""
    stated, listed = model["stated_count"], model["listed_count"]
    announced = edition.label("none-announced") if stated is None else edition.label("announced", count=str(stated))
    if listed is None:
        return announced
    return edition.label("announced-and-listed", announced=announced, listed=edition.label("listed", count=str(listed)))


def summary(edition) -> str:
    """What the register holds as a whole, as a sentence."""
    models, claims = edition.tables.models, edition.coding.claims
    announced = models[models["stated_count"].notna()]
    difference = [row.listed_count - row.stated_count for row in announced.itertuples() if row.listed_count is not None]
    return edition.label(
        "models-summary",
        models=str(len(models)),
        announced=str(len(announced)),
        equal=str(sum(d == 0 for d in difference)),
        fewer=str(sum(d < 0 for d in difference)),
        more=str(sum(d > 0 for d in difference)),
        uncounted=str(len(set(models.index) - set(claims["model_id"]))),
    )


def _check(app: Sphinx, env: BuildEnvironment) -> None:
    """Every model that the register lists is told in a chapter."""
    listed = anchors.names(env, "entry")
    if problem := untold(listed, set(anchors.names(env, "model"))):
        _LOGGER.warning(problem, location=anchors.page_of(env, "entry", listed[0]), type="zhenzhi", subtype="model")


def setup(app: Sphinx) -> None:
    app.add_directive("model-register", ModelRegister)
    app.connect("env-check-consistency", _check)
