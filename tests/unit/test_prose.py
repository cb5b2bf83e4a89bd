"""Numbers typed into prose are found wherever a reader would see them, and the book holds none."""

import pytest

from zhenzhi import paths
from zhenzhi.book.prose import TypedNumber, typed_numbers

PAGES = [paths.ROOT / "index.md", *sorted(paths.CHAPTERS.glob("*.md"))]


def lines(text: str) -> list[int]:
    """The lines of the typed numbers in a text."""
    return [number.line for number in typed_numbers(text)]


def found_in(texts: dict[str, str]) -> list[str]:
    """The typed numbers in texts, each with the name of its text."""
    return [f"{name}: {number.text}" for name, text in texts.items() for number in typed_numbers(text)]


@pytest.mark.parametrize(
    "text",
    [
        "There are 104 grids.",
        "It rose by 8.7%.",
        "Some 1,904 projects are complete.",
        "**104** grids",
        "[104 grids](https://example.org)",
        "# 104 grids",
        "- 104 grids",
        "1. 104 grids",
        "> 104 grids",
        "| grids |\n|---|\n| 104 |",
        "Grids\n: 104 of them",
        "Grids[^note]\n\n[^note]: There are 104.",
        "On the 125 March",
        "The road G3255",
        "The 2+25 strategy",
        "２７ stations",
    ],
)
def test_a_typed_number_is_found(text):
    assert len(typed_numbers(text)) == 1


def test_a_typed_number_is_shown_with_the_words_around_it():
    assert typed_numbers("The town has 104 grids in all.") == [TypedNumber(1, "The town has 104 grids in all.")]


def test_every_typed_number_is_found():
    assert lines("104 grids and 27 stations\nin 6 areas") == [1, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "{claim}`jj17-grids`",
        "{computed}`jj17-staff-total.sum|number` people",
        "as told before {cite:p}`wallace2016,tang2020`",
        "the cell `book[104]`",
        "[the report](https://example.org/2017/104.html)",
        "<https://example.org/104>",
        "![A map](images/map-104.png)",
        "    104 in an indented block of code",
        "% 104 in a comment",
        "(section-104)=\n# A heading",
        "{{ grids_104 }}",
    ],
)
def test_digits_that_are_not_prose_are_passed_over(text):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "in 2017",
        "in 2017, and",
        "since 2017.",
        "from 2017–2018",
        "in March 2016",
        "on 21 September 2017",
        "on 21-23 September 2017",
        "in the 1990s",
    ],
)
def test_dates_may_be_typed(text):
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    "text", ["the road G325", "the 2+2 strategy", "under CC BY 4.0", "in GB/T 7714", "Data Package v2."]
)
def test_names_that_hold_digits_may_be_typed(text):
    assert typed_numbers(text) == []


# Front matter, code and directives


def test_front_matter_is_passed_over_and_counted():
    assert lines("---\nnumber: 104\n---\n\n104 grids") == [5]


@pytest.mark.parametrize("info", ["{code-cell} ipython3", "python", "", "{model-card} jj17-grids", "{bibliography}"])
def test_code_and_directives_without_prose_are_passed_over(info):
    assert lines(f"```{info}\n104\n```\n\n27 stations") == [5]


@pytest.mark.parametrize("name", ["note", "tip", "warning", "important", "margin", "sidebar", "card"])
def test_directives_of_prose_are_read(name):
    assert lines(f"```{{{name}}}\n\n104 grids\n```") == [3]


def test_the_title_of_a_directive_is_prose():
    assert lines("```{admonition} The 104 grids\nA text.\n```") == [1]


def test_the_options_of_a_directive_are_not_prose():
    assert lines(":::{note}\n:class: wide-104\n\n104 grids\n:::") == [4]


def test_directives_within_directives_are_read():
    text = "::::{grid} 1 1 2 2\n:gutter: 3\n\n:::{grid-item-card} The 6 areas\n:link: page-5\n\n104 grids\n:::\n::::"
    assert lines(text) == [4, 7]


@pytest.mark.parametrize("span", ["`a\nb`", "{claim}`a\nb`", "[a\nb](c)", "**a\nb**", "a\\\nb", "a  \nb"])
def test_lines_are_counted_across_a_span_that_is_broken(span):
    assert lines(f"{span} 104\n27") == [2, 3]


# The book


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_page_has_a_typed_number(page):
    found = typed_numbers(page.read_text(encoding="utf-8"))
    assert [f"{page.relative_to(paths.ROOT)}:{number.line}: {number.text}" for number in found] == []


def test_no_caption_has_a_typed_number(english):
    texts = {
        f"figures.yml, {entry['figure_id']}, {key}": entry[key]["en"]
        for entry in english.tables.figures
        for key in ("title", "caption")
    }
    assert found_in(texts) == []


def test_no_label_of_a_figure_has_a_typed_number(english):
    texts = {
        f"figures.yml, {entry['figure_id']}, labels.{key}": label["en"]
        for entry in english.tables.figures
        for key, label in entry.get("labels", {}).items()
    }
    assert found_in(texts) == []


@pytest.mark.parametrize("column", ["states_en", "silent_en"])
def test_no_model_has_a_typed_number(english, column):
    texts = english.tables.models[column]
    assert found_in({f"models.csv, {model}, {column}": text for model, text in texts.items()}) == []
