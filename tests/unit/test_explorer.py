"""The claims explorer: its rows are the data, and nothing in the data is markup."""

import csv
import json
import re
from html.parser import HTMLParser

import lxml.html
import pytest

from helpers.exploring import HOSTILE, hostile_claims, options
from zhenzhi import EXPLORER_MIME_TYPE, explorer
from zhenzhi.book import open_book
from zhenzhi.explorer import STATIC, ExplorerError


@pytest.fixture(scope="module")
def content(english):
    return explorer.show(english).content


@pytest.fixture(scope="module")
def hostile(english):
    return hostile_claims(english.tables.claims)


def cells(content: dict, key: str) -> dict[str, str]:
    column = next(column for column in content["columns"] if column["key"] == key)
    return dict(zip(content["table"]["claim_id"], column["cells"], strict=True))


# Rows


def test_the_table_is_claims_csv_with_the_verdict(content, english):
    table = content["table"]
    with (english.tables.folder / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [*rows[0], "verdict"] == list(table)
    assert [dict(zip(rows[0], values, strict=True)) for values in zip(*list(table.values())[:-1], strict=True)] == rows


def test_verdicts_are_those_of_the_audit(content, english):
    verdicts = dict(zip(content["table"]["claim_id"], content["table"]["verdict"], strict=True))
    assert set(verdicts.values()) == {"consistent", "inconsistent", "undetermined", "unchecked"}
    checked = {claim for claim, verdict in verdicts.items() if verdict != "unchecked"}
    assert checked == set(english.checked)
    faulted = {
        claim for result in english.results.values() if result.verdict == "inconsistent" for claim in result.claims
    }
    assert {claim for claim, verdict in verdicts.items() if verdict == "inconsistent"} == faulted & set(verdicts)


def test_a_place_is_found_under_those_that_hold_it(content):
    assert options(content, "place")["jj17-grids"] == ["jiujiang", "nanhai", "foshan", "guangdong"]


def test_a_claim_has_every_year_that_its_period_touches(content):
    assert options(content, "year")["jj17-tasks"] == ["2016", "2017"]


def test_a_claim_without_a_period_is_found_in_the_year_of_its_document(content, english):
    assert english.claim("jj17-grids")["period_start"] is english.claim("jj17-grids")["period_end"] is None
    years = options(content, "year")
    assert years["jj17-grids"] == ["2017"] and years["plans-1258"] == ["2022"]
    assert all(own and all(own) for own in years.values())


def test_repeats_can_be_left_out(content, english):
    again = {claim for claim, told in options(content, "told").items() if told == ["again"]}
    repeats = english.tables.claims["repeats"]
    assert again == set(repeats.index[repeats.notna()]) != set()


def test_figures_are_sorted_by_unit_and_then_by_value(content):
    figure = next(column for column in content["columns"] if column["key"] == "figure")
    rank = dict(zip(content["table"]["claim_id"], figure["rank"], strict=True))
    assert rank["jj17-tax"] < rank["jj17-fixed-investment"] < rank["jj17-industrial-output"]
    units = dict(zip(content["table"]["claim_id"], content["table"]["unit"], strict=True))
    ordered = [
        units[claim]
        for claim in sorted(rank, key=lambda claim: (rank[claim] is None, rank[claim]))
        if rank[claim] is not None
    ]
    assert [unit for n, unit in enumerate(ordered) if n == 0 or ordered[n - 1] != unit] == sorted(set(ordered))


@pytest.mark.slow
def test_every_word_is_there_in_chinese():
    chinese = explorer.show(open_book("zh")).content
    assert cells(chinese, "what")["jj17-tax"] == "国、地两税入库"
    assert all(re.search("[㐀-鿿]", facet["name"]) for facet in chinese["facets"])


def test_a_filtered_frame_is_shown_with_the_verdicts_of_the_whole_book(english, content):
    claims = english.tables.claims.query("rung == 'outcome'")
    shown = explorer.show(english, claims=claims).content
    assert shown["table"]["claim_id"] == list(claims.index)
    whole = dict(zip(content["table"]["claim_id"], content["table"]["verdict"], strict=True))
    assert shown["table"]["verdict"] == [whole[claim] for claim in claims.index]


def test_a_changed_frame_is_shown_as_it_is(english):
    claims = (
        english.tables.claims.loc[["jj17-grids"]]
        .assign(as_written="105个网格", value=105, seen="yes")
        .reset_index(drop=True)
    )
    shown = explorer.show(english, claims=claims).content
    assert cells(shown, "figure") == {"jj17-grids": "105 grids"}
    assert shown["table"]["seen"] == ["yes"]


def test_bad_frames_are_refused_with_what_is_wrong(english):
    claims = english.tables.claims
    with pytest.raises(ExplorerError, match="the claims lack rung; expected the columns of claims.csv"):
        explorer.show(english, claims.drop(columns="rung"))
    with pytest.raises(ExplorerError, match="'jj17-grids' stands twice"):
        explorer.show(english, claims.loc[["jj17-grids", "jj17-grids"]])
    with pytest.raises(
        ExplorerError, match="'jj17-grids', column place_id: 'nowhere' is unknown; expected one of places.csv"
    ):
        explorer.show(english, claims.loc[["jj17-grids"]].assign(place_id="nowhere"))


# The page


class Elements(HTMLParser):
    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)


def test_html_in_the_data_stays_text(english, hostile):
    shown = explorer.show(english, claims=hostile)
    text = explorer.panel(shown.content)
    assert Elements(text).tags == ["div", "script"]
    data = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert data["table"]["label_en"][0] == HOSTILE


def test_jupyterlab_gets_the_same_table_with_its_script_inside(english):
    bundle = explorer.show(english)._repr_mimebundle_()
    assert set(bundle) == {EXPLORER_MIME_TYPE, "text/html", "text/plain"}
    shown = lxml.html.fromstring(bundle["text/html"])
    (data,) = shown.xpath("//script[@type='application/json']")
    assert json.loads(data.text) == json.loads(json.dumps(bundle[EXPLORER_MIME_TYPE]))
    # A viewer that runs no script shows every claim in a plain table.
    assert len(shown.xpath("//table/tbody/tr")) == len(english.tables.claims)
    assert not re.search(r"(src|href)=", re.sub(r"<script.*?</script>", "", bundle["text/html"], flags=re.DOTALL))


def test_the_script_runs_under_a_strict_content_security_policy():
    script = (STATIC / "explorer.js").read_text(encoding="utf-8")
    for banned in ("eval(", "Function(", "innerHTML", "insertAdjacentHTML", ".style", '"style"', "import ", "fetch("):
        assert banned not in script
