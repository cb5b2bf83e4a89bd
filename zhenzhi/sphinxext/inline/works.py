"""The works cited, in the language of the book: read as it has them, and cited in the text with its signs."""

from dataclasses import dataclass, field
from typing import cast

from sphinx.application import Sphinx
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle, PersonStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from zhenzhi import works

#: How the text cites a work by language.
STYLES = {"en": "author_year", "zh": "zhenzhi_chinese"}


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


register_plugin("sphinxcontrib.bibtex.style.referencing", STYLES["zh"], Chinese)
