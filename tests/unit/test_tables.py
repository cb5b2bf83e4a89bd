"""The data package loads into typed frames; whatever breaks its contract is named with file, row, column and remedy."""

import csv
import io
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from zhenzhi import paths, plain_yaml
from zhenzhi.data import schema, tables
from zhenzhi.errors import DataError

#: The columns of ``places.csv``.
PLACES = ", ".join((paths.DATA / "places.csv").read_text(encoding="utf-8").splitlines()[0].split(","))


class Broken:
    """A copy of the data package that a test breaks."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(paths.DATA, folder)

    def replace(self, file: str, old: str, new: str) -> None:
        """Changes a text once; fails where there is nothing to change."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, file: str, key: str) -> tuple[int, str]:
        """The row with a key in its first cell: its number and its text."""
        lines = (self.folder / file).read_text(encoding="utf-8").splitlines()
        return next((number, line) for number, line in enumerate(lines, 1) if line.startswith(f"{key},"))

    def put(self, file: str, key: str, column: str, cell: str) -> int:
        """Overwrites one cell; returns the number of its row."""
        header = (self.folder / file).read_text(encoding="utf-8").splitlines()[0].split(",")
        number, line = self.line(file, key)
        cells = next(csv.reader([line]))
        cells[header.index(column)] = cell
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow(cells)
        self.replace(file, line, written.getvalue())
        return number

    def problems(self) -> list[str]:
        """What loading complains of."""
        with pytest.raises(DataError) as error:
            tables.load(self.folder)
        return error.value.problems


@pytest.fixture
def broken(tmp_path: Path) -> Broken:
    return Broken(tmp_path / "data")


@pytest.fixture(scope="module")
def data() -> tables.Tables:
    return tables.load()


def test_rows_are_found_by_their_id(data):
    assert data.claims.loc["jj17-grids", "as_written"] == "104个网格"


def test_numbers_are_exact_decimals(data):
    value = data.claims.loc["jj17-events-rate", "value"]
    assert isinstance(value, Decimal)
    assert value == Decimal("99.32")


def test_offsets_are_integers(data):
    assert type(data.claims.loc["jj17-grids", "start"]) is int


def test_truth_values_are_booleans(data):
    assert data.units.loc["grid", "counted"] is True
    assert data.units.loc["yuan", "counted"] is False


def test_empty_cells_are_none(data):
    assert data.claims.loc["jj17-two-plus-two", "value"] is None
    assert data.claims.loc["jj17-grids", "period_start"] is None


def test_yaml_files_are_read_as_they_stand(data):
    assert data.labels["range"]["zh"] == "{low}至{high}"


def test_there_is_no_other_table(data):
    assert not hasattr(data, "rivers")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "key", "column", "cell", "problem"),
    [
        ("claims.csv", "jj17-grids", "place_id", "utopia", "'utopia' is unknown; expected a place_id of places.csv"),
        ("claims.csv", "jj17-grids", "repeats", "nothing", "'nothing' is unknown; expected a claim_id of claims.csv"),
        (
            "claims.csv", "jj17-grids", "value", "many",
            "'many' is not a number; expected a decimal such as 5170000000 or -22.9",
        ),
        (
            "claims.csv", "jj17-grids", "value", "1e3",
            "'1e3' is not a number; expected a decimal such as 5170000000 or -22.9",
        ),
        ("claims.csv", "jj17-grids", "start", "3.5", "'3.5' is not a whole number; expected digits only"),
        ("claims.csv", "jj17-grids", "start", "-1", "-1 is too small; expected at least 0"),
        ("claims.csv", "jj17-grids", "label_en", "", "the cell is empty; expected what is measured, in a few words"),
        ("claims.csv", "jj17-grids", "as_written", "一" * 25, "25 characters long; expected at most 24"),
        (
            "claims.csv", "jj17-grids", "status", "hoped",
            "'hoped' is not allowed; expected one of reported, planned, pledged, forecast",
        ),
        (
            "claims.csv", "jj17-grids", "claim_id", "JJ17_grids",
            "'JJ17_grids' has the wrong form; expected the pattern ^[a-z0-9]+(-[a-z0-9]+)*$",
        ),
        (
            "claims.csv", "jj17-tasks", "period_end", "2017-02-30",
            "'2017-02-30' is not an EDTF date; expected such as 2017-09-21, 2022?, 2019~, 198X or 2015/2019",
        ),
        (
            "documents.csv", "plans", "not_excluded", "perhaps 2023",
            "'perhaps 2023' is not an EDTF date; expected such as 2017-09-21, 2022?, 2019~, 198X or 2015/2019",
        ),
        ("units.csv", "yuan", "counted", "no", "'no' is not a truth value; expected true or false"),
        (
            "documents.csv", "jj17", "file_name", "../a.txt",
            r"'../a.txt' has the wrong form; expected the pattern ^[^/\\.][^/\\]*$",
        ),
        (
            "documents.csv", "jj17", "sha256", "abc",
            "'abc' has the wrong form; expected the pattern ^[0-9a-f]{64}$",
        ),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named(broken, file, key, column, cell, problem):
    row = broken.put(file, key, column, cell)
    assert f"{file}, row {row}, column {column}: {problem}" in broken.problems()


def test_an_open_ended_date_is_refused(broken):
    row = broken.put("claims.csv", "jj17-tasks", "period_end", "2017-01/..")
    assert f"claims.csv, row {row}, column period_end: '2017-01/..'" in "\n".join(broken.problems())


def test_a_range_that_runs_backwards_is_refused(broken):
    broken.put("claims.csv", "jj17-grids", "qualifier", "range")
    row = broken.put("claims.csv", "jj17-grids", "value_high", "1")
    assert f"claims.csv, row {row}, column value_high: " in "\n".join(broken.problems())


def test_a_second_row_with_the_same_id_is_named_with_the_first(broken):
    first, line = broken.line("terms.csv", "网格")
    second, other = broken.line("terms.csv", "网格长")
    broken.replace("terms.csv", other, line)
    assert broken.problems() == [
        f"terms.csv, row {second}, column term_zh: '网格' stands twice; expected each once; "
        f"the first is in terms.csv, row {first}"
    ]


def test_a_key_of_two_columns_is_unique(broken):
    first, line = broken.line("numerals.csv", "jj17,4")
    second, other = broken.line("numerals.csv", "jj17,7")
    broken.replace("numerals.csv", other, line)
    assert broken.problems()[0] == (
        f"numerals.csv, row {second}, column document_id: 'jj17, 4' stands twice; expected each once; "
        f"the first is in numerals.csv, row {first}"
    )


def test_a_missing_column_is_named(broken):
    broken.replace("places.csv", ",level,", ",")
    assert broken.problems() == [f"places.csv, row 1: the column 'level' is missing; expected {PLACES}"]


def test_an_unknown_column_is_named(broken):
    broken.replace("places.csv", "place_id,", "place_id,colour,")
    assert broken.problems() == [f"places.csv, row 1: the column 'colour' is unknown; expected {PLACES}"]


def test_columns_in_another_order_are_refused(broken):
    broken.replace("places.csv", "name_zh,name_en", "name_en,name_zh")
    assert broken.problems() == [f"places.csv, row 1: the columns stand in another order; expected {PLACES}"]


@pytest.mark.parametrize("missing", [1, 2])
def test_a_row_with_too_few_cells_is_named(broken, missing):
    row, line = broken.line("numerals.csv", "jj17,4")
    broken.replace("numerals.csv", line, line.rsplit(",", missing)[0])
    width = line.count(",") + 1
    assert broken.problems() == [f"numerals.csv, row {row}: {width - missing} cells; expected {width}"]


def test_a_row_with_too_many_cells_is_named(broken):
    row, line = broken.line("numerals.csv", "jj17,4")
    broken.replace("numerals.csv", line, f"{line},")
    width = line.count(",") + 1
    assert broken.problems() == [f"numerals.csv, row {row}: {width + 1} cells; expected {width}"]


@pytest.mark.parametrize("file", ["claims.csv", "labels.yml"])
def test_a_file_in_another_encoding_is_named_with_the_first_wrong_byte(broken, file):
    path = broken.folder / file
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("gbk"))
    ascii_bytes = next(offset for offset, character in enumerate(text) if not character.isascii())
    line = text[:ascii_bytes].count("\n") + 1
    assert broken.problems() == [f"{file}: byte {ascii_bytes}, in line {line}, is not UTF-8; expected a file in UTF-8"]


@pytest.mark.parametrize("file", ["terms.csv", "labels.yml"])
def test_a_missing_file_is_named(broken, file):
    (broken.folder / file).unlink()
    assert broken.problems() == [f"{file}: the file is missing; datapackage.json lists it"]


@pytest.mark.parametrize("file", ["terms.csv", "labels.yml"])
def test_a_folder_in_the_place_of_a_file_is_named(broken, file):
    (broken.folder / file).unlink()
    (broken.folder / file).mkdir()
    assert broken.problems() == [f"{file}: it cannot be read: Is a directory; expected a file in UTF-8"]


def test_an_empty_table_is_named(broken):
    (broken.folder / "places.csv").write_bytes(b"")
    assert broken.problems() == ["places.csv: the file is empty; expected a header and one line a row"]


def test_a_quotation_mark_that_stays_open_is_named_with_its_row(broken):
    row, _ = broken.line("places.csv", "foshan")
    broken.replace("places.csv", "\nfoshan,", '\n"foshan,')
    (problem,) = broken.problems()
    assert problem.startswith(f"places.csv: row {row} cannot be read: ")


def test_a_long_cell_is_not_told_whole(broken):
    row = broken.put("documents.csv", "jj17", "sha256", "x" * 1000)
    (problem,) = broken.problems()
    assert problem.startswith(f"documents.csv, row {row}, column sha256: 'xxx")
    assert problem.endswith("has the wrong form; expected the pattern ^[0-9a-f]{64}$")
    assert len(problem) < 250


def test_a_folder_without_a_descriptor_is_refused(broken):
    (broken.folder / "datapackage.json").unlink()
    assert broken.problems()[0].startswith("datapackage.json: ")


def test_a_descriptor_that_is_not_json_is_refused(broken):
    (broken.folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert broken.problems()[0].startswith("datapackage.json: ")


def test_broken_yaml_is_named_with_its_line(broken):
    (broken.folder / "checks.yml").write_text("- check_id: a\n  type: [sum\n", encoding="utf-8")
    (problem,) = broken.problems()
    assert problem.startswith("checks.yml, line 3, column 1: not YAML: while parsing a flow sequence")


def test_a_key_that_stands_twice_is_named_with_its_line(broken):
    (broken.folder / "labels.yml").write_text(
        "a: {en: a, zh: a}\nb: {en: b, zh: b}\na: {en: c, zh: c}\n", encoding="utf-8"
    )
    assert broken.problems() == ["labels.yml, line 3, column 1: the key 'a' stands twice; expected each once"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("? [a, b]\n: c\n", "line 1, column 3: it is no key"),
        ("- 1: a", "line 1, column 3: '1' is no key"),
        ("- a: &b [1]\n  c: *b", "line 1, column 6: a name (&, *) stands for what is written elsewhere"),
        ("- &a [*a]", "line 1, column 3: a name (&, *) stands for what is written elsewhere"),
        ("- !!int a", "line 1, column 3: 'a' is no int"),
        ("- !!timestamp 2024-01-01", "line 1, column 3: not YAML: could not determine a constructor"),
        ("- a\0b", "line 1, column 4: not YAML: control characters are not allowed"),
        ("[" * 3000 + "]" * 3000, "line 1, column 101: more than 100 levels deep"),
        ("- " * 100_000, "line 1, column 1: more than 100 levels deep"),
        ("".join(" " * level + "a:\n" for level in range(3000)), "line 201, column 1: more than 100 levels deep"),
    ],
    ids=[
        *("a list as key", "a number as key", "a reference", "a circle", "a false tag", "another tag", "a zero"),
        *("deep brackets", "deep dashes", "deep blanks"),
    ],
)
def test_what_no_data_can_be_made_of_is_refused(content, fault):
    problems: list[str] = []
    schema.read_yaml("checks.yml", content, {"type": "array", "items": {}}, problems)
    (problem,) = problems
    assert problem.startswith(f"checks.yml, {fault}")


@pytest.mark.parametrize(
    "word", ["no", "Yes", "on", "2024-01-01", "2024-13-45", "1e3", "010", "1_000", "12:30", ".nan", "0.5", "9" * 40]
)
def test_a_word_stays_a_word(word):
    assert plain_yaml.read(f"a: {word}") == {"a": word} == plain_yaml.read(f'a: "{word}"')


@pytest.mark.parametrize(("written", "value"), [("1", 1), ("-2", -2), ("true", True), ("null", None), ("", None)])
def test_a_number_is_one_as_it_is_commonly_written(written, value):
    assert plain_yaml.read(f"a: {written}") == {"a": value}


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "checks.yml", "  type: sum\n", "  sort: quick\n  type: sum\n",
            "checks.yml, entry 1 (jj17-staff-total), key -: it must not contain {'sort'} properties",
        ),
        (
            "checks.yml", "  type: sum\n", "",
            "checks.yml, entry 1 (jj17-staff-total), key -: it must contain ['type'] properties",
        ),
        (
            "figures/jiujiang-2017.yml", "mark: described", "mark: drawn",
            "figures/jiujiang-2017.yml, entry 1 (jj17-answering), key mark: "
            "'drawn' is given; it must be one of ['reported', 'computed', 'described']",
        ),
        (
            "labels.yml", "range: {en:", "range: {fr: à, en:",
            "labels.yml, top level, key range: it must not contain {'fr'} properties",
        ),
        (
            "readings.yml", "rung: activity", "rung: 5",
            "readings.yml, entry 1 (rates-as-activities), key rung: '5' is given; it must be one of "
            "['input', 'activity', 'output', 'outcome', 'structure', 'context', 'none']",
        ),
        (
            "readings.yml", "kind: [share]", "kind: [shares]",
            "readings.yml, entry 1 (rates-as-activities), key where.kind: 'shares' is unknown; "
            "expected a word that column kind of claims.csv allows; did you mean 'share'?",
        ),
        (
            "readings.yml", "kind: [share]", "kind: [share, share]",
            "readings.yml, entry 1 (rates-as-activities), key where.kind: 'share' stands twice; expected each once",
        ),
        (
            "readings.yml", 'zh: 完成率、成功率计为活动', 'zh: ""',
            "readings.yml, entry 1 (rates-as-activities), key name.zh: it is empty; expected a text",
        ),
        (
            "caveats.yml", "  start: 0\n", "  start: 0.0\n",
            "caveats.yml, entry 1 (jj17-repost), key start: '0.0' is given; it must be integer",
        ),
        (
            "caveats.yml", "  start: 0\n", "  start: 2024-01-01\n",
            "caveats.yml, entry 1 (jj17-repost), key start: '2024-01-01' is given; it must be integer",
        ),
    ],
    ids=["unknown key", "missing key", "unknown word", "unknown language", "number for a word", "unknown pick",
        "pick twice", "empty text", "fraction for a number", "date for a number",
    ],
)  # fmt: skip
def test_a_yaml_entry_against_the_contract_is_named(broken, file, old, new, problem):
    broken.replace(file, old, new)
    assert broken.problems() == [problem]


def test_an_empty_yaml_file_is_refused(broken):
    (broken.folder / "checks.yml").write_text("", encoding="utf-8")
    assert broken.problems() == ["checks.yml, top level, key -: it is empty; it must be array"]


def test_every_problem_is_told_at_once(broken):
    claim = broken.put("claims.csv", "jj17-grids", "value", "many")
    unit = broken.put("units.csv", "yuan", "counted", "no")
    (broken.folder / "terms.csv").unlink()
    places = [problem.partition(": ")[0] for problem in broken.problems()]
    assert places == [f"units.csv, row {unit}, column counted", f"claims.csv, row {claim}, column value", "terms.csv"]


def test_a_closed_claim_is_no_claim_any_more(broken):
    path = broken.folder / "closed.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("jj17-grids,jj17-report,104个网格,grids,网格,1.0.0,jj17-none,A reason.,\n")
    assert broken.problems() == [
        "closed.csv, row 2, column replaced_by: 'jj17-none' is unknown; expected a claim_id of claims.csv",
        "closed.csv, row 2, column claim_id: 'jj17-grids' stands in claims.csv; expected a claim that was taken out there",
    ]
