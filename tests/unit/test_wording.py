"""The prose of a chapter as plain Markdown: roles and directives in words."""

import pytest

from zhenzhi import paths
from zhenzhi.takeaway.wording import Wording

pytestmark = pytest.mark.slow

SITE = "https://example.org/0.2.0/"


@pytest.fixture
def wording(english):
    return Wording(english, paths.ROOT, "chapters/lishui", SITE, {"tbl-own": "A table"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{claim}`jj17-grids`", "104 grids"),
        (r"| {claim}`jj17-grids\|number` |", "| 104 |"),
        ("{doc}`audit <audit>`", f"[audit]({SITE}chapters/audit.html)"),
        ("{doc}`the list <figures>`", f"[the list]({SITE}chapters/figures.html)"),
        ("{numref}`tbl-own`", "*A table*"),
        ("{data-file}`README.md`", "`README.md`"),
        ("(a-target)=\n## Head", "## Head"),
        ("```python\nprint(1)\n```", "```python\nprint(1)\n```"),
        ("```{table} Its caption\n:name: tbl-own\n\n| a |\n|---|\n```", "*Its caption*\n\n| a |\n|---|"),
        (":::{warning}\nMind {claim}`jj17-grids`.\n:::", "> **Warning**\n>\n> Mind 104 grids."),
        (
            "::::{grid} 2\n:gutter: 3\n\n:::{grid-item-card} Head\n:link: chapters/audit\n\nText.\n:::\n::::",
            f"**[Head]({SITE}chapters/audit.html)**\n\nText.",
        ),
    ],
)
def test_it_is_put_into_words(wording, text, words):
    assert wording.of(text) == words


def test_a_directive_that_only_the_book_has_leads_there(wording):
    (link,) = (line for line in wording.of("```{no-such-thing} a\n```").splitlines() if line)
    assert link.startswith("The book shows more in this place: [") and f"({SITE}chapters/lishui.html)" in link


def test_without_an_address_of_the_book_nothing_is_linked(english):
    wording = Wording(english, paths.ROOT, "chapters/lishui", "", {})
    assert wording.of("{doc}`the audit <audit>`") == "*the audit*"


def test_works_cited_stand_at_the_end(wording):
    assert wording.references() == ""
    assert wording.of("So it is {cite:p}`wallace2016`.") == "So it is (Wallace 2016)."
    head, work = wording.references().split("\n\n")
    assert head == "## References" and "Juking the" in work and "https://doi.org/10.1017/S0007123414000106" in work


def test_checks_and_models_are_told_in_words(wording, english):
    check = english.check("jj21-clearing")["name"]["en"]
    assert f"- **{check}** (consistent): " in wording.of("```{audit} jj21-clearing\n```")
    model = english.model("nanhai-dungen")
    told = wording.of("```{model-card} nanhai-dungen\n```")
    assert model["name_zh"] in told and f"*{english.label('card-silent')}:*" in told and "{" not in told
