"""The prose of a chapter as plain Markdown: roles and directives in words."""

import re
from functools import partial
from pathlib import PurePath
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from zhenzhi import __version__, paths
from zhenzhi.building.execute import notebooks
from zhenzhi.locales import translations
from zhenzhi.takeaway import names
from zhenzhi.takeaway.places import Places
from zhenzhi.takeaway.translation import Translation
from zhenzhi.takeaway.wording import Wording

pytestmark = pytest.mark.slow

SITE = "https://example.org/0.2.0/"


#: Pages whose notebooks lie beside each other.
NEIGHBOURS = ("chapters/audit", "chapters/findings", "chapters/method", "chapters/compare")


@pytest.fixture(scope="module")
def places() -> Places:
    return Places(paths.ROOT, "en")


@pytest.fixture
def wording(english, places):
    return Wording(english, places, "chapters/lishui", SITE, {"tbl-own": "A table"})


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
    ],
)
def test_it_is_put_into_words(wording, text, words):
    assert wording.of(text) == words


def test_a_directive_that_only_the_book_has_leads_there(wording):
    (link,) = (line for line in wording.of("```{no-such-thing} a\n```").splitlines() if line)
    assert link.startswith("The book shows more in this place: [") and f"({SITE}chapters/lishui.html)" in link


def test_it_leads_to_the_book_once(wording):
    assert wording.in_book("notebook-screen") == (
        f"In the book one can choose here and see the answer, and search all pages: "
        f"[{wording.places.title('chapters/lishui')}]({SITE}chapters/lishui.html)."
    )
    assert wording.in_book("notebook-screen") == wording.of("```{no-such-thing} a\n```") == ""


@pytest.mark.parametrize(
    ("text", "alone", "beside", "on_site"),
    [
        (
            "{doc}`the audit <audit>`",
            "the audit",
            "[the audit](audit.ipynb)",
            f"[the audit]({SITE}chapters/audit.html)",
        ),
        ("{doc}`the list <figures>`", "the list", "the list", f"[the list]({SITE}chapters/figures.html)"),
        ("{doc}`figures`", "*List of figures*", "*List of figures*", f"[List of figures]({SITE}chapters/figures.html)"),
        ("[audit](audit.md)", "audit", "[audit](audit.ipynb)", f"[audit]({SITE}chapters/audit.html)"),
        (
            "[one list](who-stands)",
            "one list",
            "[one list](findings.ipynb#One-list-covers-village-candidates-and-village-property)",
            f"[one list]({SITE}chapters/findings.html#finding-who-stands)",
        ),
        (
            "[made](#from-passages-to-findings)",
            "made",
            "[made](method.ipynb#From-passages-to-findings)",
            f"[made]({SITE}chapters/method.html#from-passages-to-findings)",
        ),
        (
            "[{book}`findings|word`](#fig-compare-later)",
            "ten",
            "[ten](compare.ipynb#Targets-are-set,-and-few-are-taken-up-again)",
            f"[ten]({SITE}chapters/compare.html#fig-compare-later)",
        ),
        ("[no such](#thing)", "no such", "no such", "no such"),
        ("[the paper](https://example.org/x)",) * 2 + ("[the paper](https://example.org/x)",) * 2,
    ],
)
def test_a_reference_leads_to_the_next_notebook_or_to_the_book_or_is_plain_words(
    english, places, text, alone, beside, on_site
):
    made = partial(Wording, english, places, "chapters/lishui", tables={})
    assert made(site="").of(text) == alone
    assert made(site="", neighbours=NEIGHBOURS).of(text) == beside
    assert made(site=SITE).of(text) == on_site


def test_a_reference_within_a_page_leads_to_its_heading(english, places):
    wording = Wording(english, places, "chapters/method", "", {})
    assert wording.of("[below](#from-passages-to-findings)") == "[below](#From-passages-to-findings)"


def test_works_cited_stand_at_the_end(wording):
    assert wording.references() == ""
    assert wording.of("So it is {cite:p}`wallace2016`.") == "So it is (Wallace 2016)."
    head, work = wording.references().split("\n\n")
    assert head == "## References" and "Juking the" in work and "https://doi.org/10.1017/S0007123414000106" in work


def test_how_to_cite_is_told_once_with_version_and_licence(wording, english):
    assert wording.closing().startswith(f"## {english.label('cite-chapter')}\n\nThe Zhenzhi contributors.")
    assert wording.closing().endswith(f"Zhenzhi {__version__}. Text, figures and data: CC BY 4.0. Code: MIT. {SITE}")
    assert f"(version {__version__}). {SITE}chapters/lishui.html" in wording.of("```{cite-this}\n```")
    assert "Cite" not in wording.closing()


def test_a_citation_without_an_address_of_the_book_has_none(english, places):
    assert "html" not in Wording(english, places, "chapters/lishui", "", {}).of("```{cite-this}\n```")


def test_what_opens_a_chapter_stands_in_words(wording):
    text = (
        "```{standfirst}\nOf {claim}`jj17-grids`.\n```\n\n```{key-points}\n:after: chapters/xiqiao\n- One.\n- Two.\n```"
    )
    xiqiao = f"[{wording.places.title('chapters/xiqiao')}]({SITE}chapters/xiqiao.html)"
    assert wording.of(text) == f"Of 104 grids.\n\n**Key points**\n\n- One.\n- Two.\n\nAfter this in time: {xiqiao}"


def test_earlier_addresses_leave_nothing(wording):
    assert wording.of("One.\n\n```{anchors} a-place another\n```\n\n## Two") == "One.\n\n## Two"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_finding_is_told_with_all_that_bears_on_it(english, language):
    edition = english.told_in(language)
    wording = Wording(edition, Places(paths.ROOT, language), "chapters/findings", "", {})
    for entry in edition.tables.findings:
        told, evidence = wording.of(f"```{{findings}} {entry['finding_id']}\n```"), entry["evidence"]
        said = [entry[key][language] for key in ("sentence", "scope", "overturn")]
        passages = [*evidence["passages"], *entry["counter"]]
        said += [passage["shows"][language] for passage in passages] + [passage["as_written"] for passage in passages]
        said += [edition.named(edition.name_of(claim), edition.amount(claim)) for claim in evidence["claims"]]
        said += [edition.check(check)["name"][language] for check in evidence["checks"]]
        said += [edition.local(edition.model(cell["model_id"]), "name") for cell in evidence["silences"]]
        said += [
            edition.local(edition.tables.instruments.loc[cell["instrument_id"]], "name") for cell in evidence["cells"]
        ]
        assert [words for words in said if wording.of(words) not in told] == [], entry["finding_id"]


def test_checks_and_models_are_told_in_words(wording, english):
    check = english.check("jj21-clearing")["name"]["en"]
    assert f"- **{check}** (consistent): " in wording.of("```{audit} jj21-clearing\n```")
    told = wording.of("```{model-card} nanhai-dungen\n```")
    for part in english.parts_of("nanhai-dungen").itertuples():
        assert part.name_zh in told and (not part.claim_id or f"({english.amount(part.claim_id)})" in told)
    assert english.model("nanhai-dungen")["name_zh"] in told and "**Not stated**: " in told and "{" not in told


#: A role, a directive or a target of MyST.
MYST = re.compile(r"\{[a-z:-]+\}`|^(?:`{3,}|:{3,})\{|^\([\w-]+\)=$", re.MULTILINE)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_with_a_notebook_is_put_into_words(english, language):
    """All of its prose, and each link to a notebook of the book leads to a heading that stands there."""
    edition, places = english.told_in(language), Places(paths.ROOT, language)
    pages = [file.relative_to(paths.ROOT).with_suffix("").as_posix() for file in notebooks()]
    told = {}
    for page in pages:
        _, _, source = (paths.ROOT / f"{page}.md").read_text(encoding="utf-8").split("---\n", 2)
        source = re.sub(r"^```\{code-cell\}.*?^```$", "", source, flags=re.MULTILINE | re.DOTALL)
        source = Translation(translations(paths.ROOT, language, page)).of(source)
        wording = Wording(edition, places, page, "", {}, pages)
        told[PurePath(names.notebook(page)).name] = text = wording.of(source)
        assert wording.in_book("notebook-more") != "", f"{page}: something of it stands in the book only"
        assert not MYST.search(text), page
        shown = MarkdownIt().enable("table").render(text)
        assert [line for line in shown.splitlines() if "**" in line or "](" in line] == [], page
    headings = {
        name: [line.lstrip("# ") for line in re.findall("^#+ .+", text, re.MULTILINE)] for name, text in told.items()
    }
    links = [(here, link) for here, text in told.items() for link in re.findall(r"\]\((?!https?:)([^)\s]+)\)", text)]
    assert len(links) > 50
    for here, link in links:
        file, _, anchor = link.partition("#")
        known = [heading.replace(" ", "-") for heading in headings[unquote(file) or here]]
        assert not anchor or unquote(anchor) in known, f"{here}: {link}"
