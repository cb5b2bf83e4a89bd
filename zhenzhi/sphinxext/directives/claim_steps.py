"""The directive ``claim-steps``: one figure taken apart, from the phrase in the text to the checks that bear on it."""

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from zhenzhi.amounts.grammar import anatomy
from zhenzhi.book import steps
from zhenzhi.book.edition import Edition
from zhenzhi.book.lookups import UnknownReference
from zhenzhi.sphinxext.env import anchors
from zhenzhi.sphinxext.env.incremental import edition_of
from zhenzhi.sphinxext.env.record_nodes import verdict_mark
from zhenzhi.sphinxext.inline.literal import literal


class ClaimSteps(SphinxDirective):
    """``{claim-steps} CLAIM``: the phrase and its parts, its place, subject, value, wording, sort, caveats and checks."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition, claim_id = edition_of(self.env), self.arguments[0]
        try:
            edition.quantity(claim_id)
        except UnknownReference as error:
            raise self.error(f"claim-steps: {error}") from None
        listed = nodes.enumerated_list(classes=["zz-steps"])
        for key, content in (
            ("step-phrase", [_phrase(edition, claim_id), *self._prose(steps.place(edition, claim_id))]),
            ("step-subject", self._prose(steps.subject(edition, claim_id))),
            ("step-value", self._prose(steps.value(edition, claim_id))),
            ("step-wording", self._prose(steps.wording(edition, claim_id))),
            ("step-sort", self._prose(steps.sort(edition, claim_id))),
            ("step-caveats", _caveats(edition, claim_id)),
            ("step-checks", self._checks(edition, claim_id)),
        ):
            if content:
                name = nodes.paragraph("", "", nodes.strong(text=edition.label(key)))
                listed += nodes.list_item("", name, *content)
        return [listed]

    def _prose(self, text: str) -> list[nodes.Node]:
        return self.parse_text_to_nodes(literal(text))

    def _checks(self, edition: Edition, claim_id: str) -> list[nodes.Node]:
        content: list[nodes.Node] = []
        for result in edition.verdict_of(claim_id):
            name = edition.check(result.check_id)["name"][edition.language]
            line = nodes.paragraph("", "", anchors.link(kind="check", name=result.check_id, text=name))
            line["classes"].append("zz-step-check")
            line += nodes.Text(" ")
            line += verdict_mark(edition, result.verdict)
            content += [line, *self._prose(_capital(edition.reason(result)))]
        return content or [nodes.paragraph(text=edition.label("step-no-check"))]


def _phrase(edition: Edition, claim_id: str) -> nodes.raw:
    """The phrase in large characters, cut into its parts, each with its name below."""
    written = "<span>{}</span>" if edition.language == "zh" else '<span lang="zh">{}</span>'
    parts = "".join(
        f'<span class="zz-part zz-part-{part}">{written.format(escape(text))}'
        f"<small>{escape(edition.label(f'anatomy-{part}'))}</small></span>"
        for part, text in anatomy(edition.claim(claim_id)["as_written"])
    )
    return nodes.raw("", f'<p class="zz-anatomy">{parts}</p>', format="html")


def _caveats(edition: Edition, claim_id: str) -> list[nodes.Node]:
    note = edition.local(edition.claim(claim_id), "note")
    notes: list[nodes.Node] = [nodes.paragraph(text=note)] if note else []
    for caveat in edition.caveats_of(claim_id):
        told = edition.local(caveat, "note")
        notes.append(nodes.paragraph("", "", anchors.link(kind="caveat", name=caveat["caveat_id"], text=told)))
    return notes


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def setup(app: Sphinx) -> None:
    app.add_directive("claim-steps", ClaimSteps)
