"""A chapter says few times that something is missing: what matters stands in its table, and the rest in the registers."""

import re
from pathlib import Path

import pytest
from lxml import html as markup

from helpers import beside

#: Ways to say that a text leaves something out, in any form of the verb.
ABSENT = re.compile(
    r"\b(?:(?:not|never|nowhere) (?:said|stated|given|told|named|defined|explained|listed|specified|reported|disclosed)"
    r"|(?:does|do) not (?:say|state|tell|name|define|explain|list|give|specify|identify)"
    r"|(?:no|without a) (?:figure|number|count|date)|nothing is said|says? nothing|unstated|(?:is|are) silent"
    r"|leaves? (?:it )?open)\b",
    re.IGNORECASE,
)
MOST = 15
#: Pages that readers read through; registers, the explorer and the reference list what is missing row by row.
CHAPTERS = (
    *("findings", "method", "jiujiang-2017", "jiujiang-2021", "jiujiang-plans", "dungen-shangxi"),
    *("lishui", "xiqiao", "jiangmen", "compare", "audit", "official-figures", "limits", "sources"),
)


def said(page: Path) -> list[str]:
    """The phrases of absence on a page and in the cards that it shows, each with what stands before it."""
    (article,) = markup.fromstring(page.read_text(encoding="utf-8")).xpath("//article")
    for hidden in article.xpath(".//script | .//style"):
        hidden.drop_tree()
    texts = [
        article,
        *(markup.fromstring(f"<div>{part}</div>") for part in beside.held(page).values() if is_html(part)),
    ]
    found = []
    for text in (re.sub(r"\s+", " ", part.text_content()) for part in texts):
        found += [text[max(0, match.start() - 60) : match.end()] for match in ABSENT.finditer(text)]
    return found


def is_html(part: object) -> bool:
    return isinstance(part, str) and part.lstrip().startswith("<")


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_does_not_dwell_on_what_is_missing(html, chapter):
    found = said(html / "chapters" / f"{chapter}.html")
    assert len(found) <= MOST, found


def test_phrases_in_cards_and_tables_are_counted(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        "<article><p>It is not said.</p><table><tr><td>No date</td></tr></table></article>", encoding="utf-8"
    )
    page.with_suffix(".beside.js").write_text(
        'globalThis.zzHeld = {"card-one":"<div>The text does not list its parts.</div>","note":[1]};\n',
        encoding="utf-8",
    )
    assert len(said(page)) == 3
