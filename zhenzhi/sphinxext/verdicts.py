"""The directive ``audit``: what the checks of a chapter found, in words, with an anchor for each check."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from zhenzhi.sphinxext.freshness import edition_of


class Audit(SphinxDirective):
    """``{audit} PREFIX``: the checks whose ID begins with the prefix, one entry each."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        edition = edition_of(self.env)
        prefix = self.arguments[0]
        results = [result for key, result in edition.results.items() if key.startswith(prefix)]
        if not results:
            raise self.error(f"audit: no check begins with {prefix!r}; expected one of checks.yml")
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
    app.connect("builder-inited", _begin)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
