"""What the tables say about each other is held together: a slip in one cell is refused with its row and what was expected."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from zhenzhi import paths
from zhenzhi.data import tables
from zhenzhi.errors import DataError

NBSP, ZERO_WIDTH, RIGHT_TO_LEFT, LINE_SEPARATOR = "\u00a0", "\u200b", "\u202e", "\u2028"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.DATA, tmp_path / "data"))


def put(folder: Path, file: str, key: str, **cells: str) -> None:
    """Overwrites cells of the row that begins with a key."""
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    (row,) = [row for row in rows if next(iter(row.values())) == key]
    assert set(cells) <= set(row)
    row.update(cells)
    with (folder / file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def propose(folder: Path, **cells: str) -> None:
    """Adds a proposed claim to ``drafts.csv``."""
    columns = (folder / "drafts.csv").read_text(encoding="utf-8").strip().split(",")
    row = {"document_id": "jj17", "start": "0", "end": "1", "as_written": "分", "proposed": "claim"} | cells
    with (folder / "drafts.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.DictWriter(stream, columns, restval="", lineterminator="\n").writerow(row)


def replace(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def problems(folder: Path) -> list[str]:
    with pytest.raises(DataError) as error:
        tables.load(folder)
    return error.value.problems


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "key", "cells", "problem"),
    [
        # Cells
        ("places.csv", "foshan", {"name_en": "Foshan "}, "column name_en: 'Foshan ' begins or ends with a blank"),
        ("places.csv", "foshan", {"name_en": f"Fo{NBSP}shan"}, "name_en: character 3 is no-break space (U+00A0)"),
        ("places.csv", "foshan", {"name_en": f"Fo{ZERO_WIDTH}shan"}, "character 3 is zero width space (U+200B)"),
        ("places.csv", "foshan", {"name_en": f"Fo{RIGHT_TO_LEFT}shan"}, "is right-to-left override (U+202E)"),
        ("places.csv", "foshan", {"name_en": "Fo\x07shan"}, "is a control or unassigned character (U+0007)"),
        ("places.csv", "foshan", {"name_en": "Cafe\u0301"}, "character 5 is combining acute accent (U+0301), which is not"),
        ("places.csv", "foshan", {"name_en": "Fo\nshan"}, "column name_en: character 3 is a line break (U+000A)"),
        ("places.csv", "foshan", {"name_en": f"Fo{LINE_SEPARATOR}shan"}, "character 3 is line separator (U+2028)"),
        ("articles.csv", "jj17-report", {"note": "long " * 4000 + "note"}, "column note: 20004 characters long; expected"),
        ("claims.csv", "jj17-grids", {"value": "１０４"}, "column value: '１０４' is not a number"),
        ("claims.csv", "jj17-grids", {"label_en": "１０ grids"}, "label_en: '１' is a full-width character; expected '1'"),
        ("claims.csv", "jj17-tasks", {"period_end": "２０17-08"}, "column period_end: '２' is a full-width character"),
        ("documents.csv", "jj17", {"url": "javascript:alert(1)"}, "column url: 'javascript:alert(1)' is not an address"),
        ("claims.csv", "jj17-grids", {"place_id": "jiujang"}, "of places.csv; did you mean 'jiujiang'?"),
        # Names
        ("external.csv", "jiujiang-gdp-2020", {"external_id": "jj17-grids"}, "'jj17-grids' stands twice"),
        ("claims.csv", "jj17-grids", {"claim_id": "jj21-grids-x"}, "expected a name that begins with jj17-"),
        # Trees
        ("places.csv", "foshan", {"parent_id": "foshan"}, "column parent_id: foshan in foshan is a circle"),
        ("places.csv", "foshan", {"parent_id": "jiujiang"}, "foshan in jiujiang in nanhai in foshan is a circle"),
        ("places.csv", "shangxi", {"parent_id": ""}, "column parent_id: a village lies in no place"),
        ("places.csv", "jiujiang", {"level": "province"}, "column level: a province in a district, 'nanhai'"),
        ("model_parts.csv", "jj17-contact-direct", {"parent_id": "jj17-contact-direct"}, "is a circle; expected a tree"),
        ("model_parts.csv", "jj17-contact-direct", {"parent_id": "jm24-contact-city"}, "is a part of 'jm24-contact'"),
        # Spans
        ("claims.csv", "jj17-grids", {"start": "3307", "end": "3310"}, "is 3 characters long and reads '104个网格'"),
        ("claims.csv", "jj17-grids", {"start": "4500", "end": "4506"}, "the span 4500-4506 lies outside jj17-report"),
        ("claims.csv", "jj17-grids", {"start": "360", "end": "366"}, "character 360 is in two rows; expected each in one"),
        ("models.csv", "jj17-contact", {"start": "9999"}, "column start: 9999 lies outside jj17-report, which is 0-4408"),
        # Sense
        ("claims.csv", "jj17-grids", {"value": "1040"}, "column value: 1040 for 'jj17-grids', which was coded as 104"),
        ("claims.csv", "jj17-grids", {"unit": "yuan"}, "column unit: 'yuan'"),
        ("claims.csv", "jj17-grids", {"qualifier": "over"}, "column qualifier: over for 'jj17-grids', which was coded as"),
        ("claims.csv", "jj17-events-rate", {"unit": "yuan"}, "'jj17-events-rate' is a share in yuan; expected per cent"),
        ("claims.csv", "jj17-events-rate", {"value": "993.2"}, "a share of 993.2 per cent; expected 0 to 100"),
        ("claims.csv", "jj17-industrial-output-growth", {"value": "-8.7"}, "column value: -8.7 beside '较去年同期增长8.7%'"),
        ("claims.csv", "jj17-grids", {"value": "10.4"}, "column value: 10.4 of grid; expected a whole number"),
        ("claims.csv", "jj17-grids", {"repeats": "jj17-grids"}, "repeats 'jj17-grids', which repeats 'jj17-grids'"),
        ("claims.csv", "jj17-industrial-output", {"place_id": "lishui"}, "'lishui' lies in none of the places that"),
        ("claims.csv", "jj17-grids", {"model_id": "jj21-powers-list"}, "'jj21-powers-list' is told in 'jj21-report'"),
        ("claims.csv", "jj17-fixed-investment", {"period_end": "2016-01"}, "2016-01 lies before period_start, 2017-01"),
        ("claims.csv", "jj17-fixed-investment", {"period_end": "2018-01"}, "a result of 2018-01, reported by 2017-09-21"),
        ("documents.csv", "jj17", {"published": "2031"}, "column published: 2031 lies in the future"),
        ("external.csv", "jiujiang-gdp-2020", {"period": "2024"}, "column period: 2024 begins after the publication"),
        ("external.csv", "jiujiang-gdp-2020", {"as_written": "15亿元"}, "which says 1500000000; expected the same"),
        ("models.csv", "plans-five", {"stated_count": "9"}, "column stated_count: 9"),
        ("models.csv", "jj17-contact", {"listed_count": "9"}, "column listed_count: 9"),
        ("terms.csv", "网格", {"pinyin": "wǎnggégé"}, "'wǎnggégé' has 3 tones and '网格' 2 characters"),
        ("places.csv", "foshan", {"name_en": "佛山市"}, "column name_en: '佛山市' is not English"),
        ("places.csv", "lishui", {"name_zh": "西樵镇"}, "column name_zh: all are '西樵镇'; expected each name once"),
        ("units.csv", "mu", {"base_unit": "mu", "factor": "2"}, "column base_unit: 'mu' is no base"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place(folder, file, key, cells, problem):
    put(folder, file, key, **cells)
    found = problems(folder)
    assert any(line.startswith(f"{file}, row") and problem in line for line in found), found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("caveats.yml", "caveat_id: jj17-quote", "caveat_id: jj17-repost", "expected each name once in the package"),
        ("caveats.yml", "  - jj17-cleanup-rate\n", "  - jj21-tax\n", "'jj21-tax' is of 'jj21'; expected one of 'jj17'"),
        ("caveats.yml", "  end: 34\n", "  end: 99999\n", "the span 0-99999 lies outside jj17"),
        ("checks.yml", "first: jj17-grid-heads", "first: jj17-grid-head", "did you mean 'jj17-grid-heads'?"),
        ("labels.yml", 'en: "{low} to {high}"', 'en: "{low} to {highest}"', "{high}, {highest} stands in one language only"),
        ("labels.yml", 'en: "{low} to {high}"', 'en: "{low} to {high"', "key range.en: expected '}' before end of string"),
        ("labels.yml", "en: not stated,", 'en: "not stated ",', "begins or ends with a blank"),
        ("labels.yml", "en: not stated,", 'en: "not\\u200bstated",', "character 4 is zero width space (U+200B)"),
        ("figures/lishui.yml", "“{claim}`nanhai-five-goods`”", "“五好”", "stands in one language only"),
        ("findings.yml", "{book}`documents|word`份文献都", "五份文献都", "{book}`documents` stands in one language only"),
        ("models.csv", "{claim}`jj17-areas`", "{claim}`jj17-area`", "{claim}`jj17-area` is unknown; expected"),
    ],
)  # fmt: skip
def test_a_slip_in_a_text_is_told_with_its_place(folder, file, old, new, problem):
    replace(folder, file, old, new)
    found = problems(folder)
    assert any(line.startswith(file.split("/")[0].removesuffix(".yml")) and problem in line for line in found), found


def test_a_byte_order_mark_is_named_in_one_line(folder):
    path = folder / "places.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert problems(folder) == ["places.csv: it begins with a byte-order mark; expected UTF-8 without one"]


def test_one_slip_in_many_rows_is_one_line(folder):
    path = folder / "claims.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",jiujiang,", ",jiujang,"), encoding="utf-8")
    (problem,) = [line for line in problems(folder) if "column place_id" in line]
    assert re.fullmatch(
        r"claims\.csv, rows 2, 3, 4, 5 and \d+ more, column place_id: 'jiujang' is unknown; "
        r"expected a place_id of places\.csv; did you mean 'jiujiang'\?",
        problem,
    )


def test_an_empty_line_is_named(folder):
    replace(folder, "places.csv", "\nnanhai,", "\n\nnanhai,")
    assert re.fullmatch(r"places\.csv, row 4: 0 cells; expected \d+", *problems(folder))


def test_a_version_of_another_day_is_held_to_its_own_contract_alone(folder):
    put(folder, "documents.csv", "jj17", published="2031")
    assert tables.load(folder, own_contract=True).documents.at["jj17", "published"] == "2031"


def test_a_place_and_an_indicator_that_nothing_refers_to_are_named(folder):
    line = "shenzhen,深圳市,Shenzhen,city,guangdong,,,,\n"
    with (folder / "places.csv").open("a", encoding="utf-8") as stream:
        stream.write(line)
    with (folder / "indicators.csv").open("a", encoding="utf-8") as stream:
        stream.write("ferries,Ferries,渡船数,Ferries counted.,渡船数。,item,transport\n")
    place, indicator = problems(folder)
    assert "column place_id: nothing refers to 'shenzhen'" in place
    assert "column indicator_id: nothing refers to 'ferries'" in indicator


def test_what_a_proposed_row_names_is_referred_to(folder):
    with (folder / "indicators.csv").open("a", encoding="utf-8") as stream:
        stream.write("ferries,Ferries,渡船数,Ferries counted.,渡船数。,item,transport\n")
    (folder / "places.csv").write_text(
        (folder / "places.csv").read_text(encoding="utf-8") + "shenzhen,深圳市,Shenzhen,city,guangdong,,,,\n",
        encoding="utf-8",
    )
    propose(folder, claim_id="jj17-ferries", place_id="shenzhen", indicator_id="ferries")
    assert {"shenzhen", "ferries"} <= {*(data := tables.load(folder)).places.index, *data.indicators.index}


def test_a_place_may_stand_before_the_place_that_it_lies_in(folder):
    lines = (folder / "places.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "places.csv").write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    assert "nanhai" in tables.load(folder).places.index


@pytest.mark.parametrize("unit", ["yuan", "percentage-point"])
def test_a_change_may_be_a_difference(folder, unit):
    put(folder, "indicators.csv", "traffic-losses-growth", unit=unit)
    put(folder, "claims.csv", "jj21-losses-change", unit=unit, reads_en="A slip.", reads_zh="笔误。")
    tables.load(folder)


def test_a_place_that_an_article_is_about_is_referred_to(folder):
    with (folder / "places.csv").open("a", encoding="utf-8") as stream:
        stream.write("shenzhen,深圳市,Shenzhen,city,guangdong,,,,\n")
    put(folder, "articles.csv", "jm24-laboratory", place_ids="jiangmen shenzhen")
    tables.load(folder)


@pytest.mark.parametrize(
    ("claim_id", "problem"),
    [
        ("jj17-grids", "'jj17-grids' is or was another claim; expected a name that was never used"),
        ("jj21-boats", "'jj21-boats' is of 'jj17'; expected a name that begins with jj17-"),
        ("", "the cell is empty; expected the name that the claim is to have"),
    ],
)
def test_a_proposed_claim_has_a_name_of_its_own(folder, claim_id, problem):
    propose(folder, claim_id=claim_id)
    assert problems(folder) == [f"drafts.csv, row 2, column claim_id: {problem}"]
