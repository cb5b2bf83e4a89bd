"""The works cited, in the language of the book: read as it has them, and cited in the text with its signs."""

from dataclasses import dataclass, field
from typing import cast

from pybtex import plugin as pybtex
from sphinx.application import Sphinx
from sphinxcontrib.bibtex import plugin as bibtex
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from zhenzhi import works

#: How the text cites a work by language.
STYLES = {"en": "author_year", "zh": "zhenzhi_chinese"}

_REFERENCING = "sphinxcontrib.bibtex.style.referencing"

#: What a build finds by name, some of it for each page.
_FOUND = {
    pybtex: (
        ("pybtex.backends", "plaintext"), ("pybtex.style.formatting", "plain"), ("pybtex.style.labels", "number"),
        ("pybtex.style.names", "last"), ("pybtex.style.names", "plain"), ("pybtex.style.sorting", "author_year_title"),
    ),
    bibtex: ((_REFERENCING, "author_year"), (_REFERENCING, "foot")),
}  # fmt: skip


@dataclass
class Chinese(AuthorYearReferenceStyle):
    """Author and year with the signs of Chinese: （刘伟，2023）."""

    bracket_parenthetical: BracketStyle = field(default_factory=lambda: BracketStyle("（", "）", "；"))
    person: PersonStyle = field(default_factory=lambda: PersonStyle(sep="、", sep2="、", last_sep="、", other="等"))
    author_year_sep: str = "，"


def settings(language: str) -> dict[str, str]:
    """What Sphinx needs to know to cite works in a language."""
    return {"bibtex_default_style": works.STYLES[language], "bibtex_reference_style": STYLES[language]}


def _localize(app: Sphinx) -> None:
    domain = cast(BibtexDomain, app.env.get_domain("cite"))
    works.localize(domain.bibdata.data, app.config.language[:2])


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", _localize)


bibtex.register_plugin(_REFERENCING, STYLES["zh"], Chinese)
# A name that is not registered is looked for in the metadata of all packages that are installed, each time.
for registry, plugins in _FOUND.items():
    for group, name in plugins:
        registry.register_plugin(group, name, registry.find_plugin(group, name), force=True)
