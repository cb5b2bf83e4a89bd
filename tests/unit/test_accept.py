"""Reviewed rows are moved all or none, and what is left of a document is told in one list."""

import shutil
from pathlib import Path

import pytest

from helpers.coding import TEXT, files, project, project_with_document, rows
from zhenzhi import paths
from zhenzhi.__main__ import main
from zhenzhi.book.telling import told, untold_on
from zhenzhi.coding.accept import Accepted, accept
from zhenzhi.coding.edit import Edit
from zhenzhi.coding.lines import Lines
from zhenzhi.coding.remaining import remaining
from zhenzhi.data import drafts, lock, sources, tables
from zhenzhi.data.problems import Place, Problem, Row, cell_of
from zhenzhi.errors import DataError, ZhenzhiError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project_with_document(tmp_path)


def texts(root: Path) -> Path:
    return root.parent / "texts"


def put(root: Path, words: str, table: str = "drafts", **cells: str) -> None:
    """Fills cells of the first row that quotes some words."""
    edit = Edit(root)
    held = edit.rows(table)
    row = next(row for row in held if row["as_written"] == words)
    assert set(cells) <= set(row)
    row.update(cells)
    edit.write_rows(table, held)
    edit.write()


def drop(root: Path, words: str) -> None:
    edit = Edit(root)
    edit.write_rows("drafts", [row for row in edit.rows("drafts") if row["as_written"] != words])
    edit.write()


def line_of(root: Path, words: str) -> int:
    """The line of ``drafts.csv`` with the first row that quotes some words."""
    return next(line for line, row in enumerate(Edit(root).rows("drafts"), 2) if row["as_written"] == words)


def put_date(root: Path, **cells: str) -> None:
    edit = Edit(root)
    rows = edit.rows("documents")
    next(row for row in rows if row["document_id"] == "qh24").update(cells)
    edit.write_rows("documents", rows)
    edit.write()


GROWTH = {"reviewed": "true", "claim_id": "qh24-output-growth"}


def test_reviewed_rows_are_moved_and_the_others_stay(root):
    put(root, "同比增长6.3%", **GROWTH)
    put(root, "2024-03-18", reviewed="true")
    assert accept(root, "qh24") == Accepted(claims=1, numerals=1, waiting=7)
    data = tables.load(root / "data")
    claim = data.claims.loc["qh24-output-growth"]
    assert (claim["article_id"], claim["as_written"], claim["rung"]) == ("qh24-report", "同比增长6.3%", "outcome")
    assert len(drafts.waiting(data, "qh24")) == 7
    assert list(data.numerals.loc[data.numerals["document_id"] == "qh24", "reason"]) == ["date"]
    assert lock.differences(data) == []
    assert list(sources.uncovered(TEXT, sources.spans(data, "qh24"))) == []


def test_rows_stand_in_the_order_of_their_text(root):
    put(root, "同比增长6.3%", **GROWTH)
    accept(root, "qh24")
    put(root, "12.5亿元", reviewed="true", claim_id="qh24-output")
    accept(root, "qh24")
    assert list(tables.load(root / "data").claims.index[-2:]) == ["qh24-output", "qh24-output-growth"]


def test_a_row_that_breaks_the_contract_is_named_and_nothing_is_moved(root):
    put(root, "同比增长6.3%", **GROWTH)
    put(root, "近7000万元", reviewed="true", rung="inputs")
    before = files(root)
    start = TEXT.index("近7000万元")
    line = line_of(root, "近7000万元")
    with pytest.raises(DataError) as error:
        accept(root, "qh24")
    assert files(root) == before
    told = "\n".join(error.value.problems)
    for words in (
        f"drafts.csv, row {line} (qh24-{start}), column indicator_id: the cell is empty",
        "'inputs' is not allowed; expected one of",
    ):
        assert words in told
    assert "did you mean 'input'?" in told
    assert "claims.csv, row" not in told


def test_rows_that_are_not_moved_are_named_where_they_stand(root):
    edit = Edit(root)
    (last, *_), held = reversed(edit.rows("claims")), edit.rows("drafts")
    lines = Lines(edit, held[:2])
    rows = edit.rows("claims")
    new = [{**last, "claim_id": row["claim_id"], "start": row["start"]} for row in held[:2]]
    moved = [row for row in held[:2] if row["proposed"] == "claim"]
    edit.write_rows("claims", [rows[0], *(row for row in new if row["claim_id"]), *rows[1:]])
    edit.write_rows("drafts", held[2:])
    after = 3 + len(moved)
    fault, cells = (
        "'x' is unknown",
        [("claims", [3, after]), ("claims", [2, *range(after, after + 9)]), ("drafts", [2])],
    )
    told = lines.told(
        [
            *(Problem(Place(tuple(Row(table, line) for line in named), "unit"), fault) for table, named in cells),
            Problem(cell_of("claims", after, "start"), "it stands twice", cell_of("claims", 2)),
            "claims.csv, row 1: the column 'x' is unknown",
        ]
    )
    line = held.index(moved[0]) + 2
    assert told == [
        f"drafts.csv, row {line} ({moved[0]['claim_id']}); claims.csv, row 3, column unit: {fault}",
        f"claims.csv, rows 2, 3, 4, 5 and 6 more, column unit: {fault}",
        f"drafts.csv, row 4, column unit: {fault}",
        "claims.csv, row 3, column start: it stands twice; the first is in claims.csv, row 2",
        "claims.csv, row 1: the column 'x' is unknown",
    ]


def second(root: Path, **cells: str) -> None:
    """Fills cells of the row that tells the output again."""
    edit = Edit(root)
    rows = edit.rows("drafts")
    next(row for row in rows if row["repeats"]).update(cells)
    edit.write_rows("drafts", rows)
    edit.write()


@pytest.mark.parametrize("together", [True, False])
def test_a_claim_that_repeats_one_follows_it_to_its_name(root, together):
    put(root, "12.5亿元", reviewed="true", claim_id="qh24-output")
    if not together:
        accept(root, "qh24")
        assert rows(root)["12.5亿元"]["repeats"] == "qh24-output"
    second(root, reviewed="true", claim_id="qh24-output-again")
    accept(root, "qh24")
    assert tables.load(root / "data").claims.at["qh24-output-again", "repeats"] == "qh24-output"


def test_a_claim_that_repeats_one_that_waits_is_told_so(root):
    first = f"qh24-{TEXT.index('12.5亿元')}"
    second(root, reviewed="true")
    with pytest.raises(DataError) as error:
        accept(root, "qh24")
    (problem,) = (problem for problem in error.value.problems if "column repeats" in problem)
    assert f"column repeats: {first!r} waits for review itself (drafts.csv, row {line_of(root, '12.5亿元')})" in problem


def test_a_new_indicator_stands_in_its_table_before_its_first_claim_does(root):
    with (root / "data/indicators.csv").open("a", encoding="utf-8") as stream:
        stream.write("funds,Funds,投入资金,Money put in.,投入的资金。,yuan,economy\n")
    put(
        root, "近7000万元", reviewed="true", claim_id="qh24-funds", indicator_id="funds", label_en="funds",
        label_zh="投入资金", kind="flow", status="reported", rung="input",
    )  # fmt: skip
    assert remaining(root, texts(root)).wrong == []
    assert accept(root, "qh24").claims == 1


def test_a_document_that_is_not_there_is_named(root):
    with pytest.raises(ZhenzhiError, match="there is no document 'qh25'; expected one of jj17"):
        accept(root, "qh25")


# What is left


def test_rows_to_review_come_unsure_first_with_what_is_empty_and_what_they_look_like(root):
    put(root, "86个", confidence="0.1")
    left = remaining(root, texts(root))
    assert left.wrong == left.uncovered == []
    assert len(left.rows) == 9
    assert (
        "'86个' at 41-44: count-of-components 86 grid, sure to 0.1; empty: label_en, label_zh, indicator_id, rung"
        in left.rows[0]
    )
    assert left.rows[-1].endswith("'2024-03-18' at 15-25: no claim, date")
    put(root, "12.5亿元", indicator_id="")
    advice = next(row for row in remaining(root, texts(root)).rows if "'12.5亿元'" in row)
    assert "; looks like jj17-industrial-output (gross-industrial-output)" in advice
    assert any(cell.endswith("column publisher_en") for cell in left.cells)
    assert f"qh24-{TEXT.index('1+6+N')}: 1+6+N" in left.models


def test_a_message_that_is_fuzzy_is_left_as_the_check_of_messages_has_it(root):
    catalogue = root / "locale/zh_CN/LC_MESSAGES/chapters/register/qh24.po"
    before = remaining(root, texts(root)).cells
    text = catalogue.read_text(encoding="utf-8")
    catalogue.write_text(text.replace('msgid "Claims of', '#, fuzzy\nmsgid "Claims of'), encoding="utf-8")
    (line,) = [cell for cell in remaining(root, texts(root)).cells if cell not in before]
    assert line.endswith(
        "qh24.po: the translation of 'Claims of Qinghe 2024' is fuzzy; look at it, and take the mark away"
    )


def test_what_a_date_rests_on_is_asked_for_while_nothing_says_it(root):
    put_date(root, date_note="", date_note_zh="")
    asked = "documents.csv, row 3 (qh24), column date_note: expected what the date rests on"
    assert asked in remaining(root, texts(root)).cells
    put_date(root, date_note="The page prints it.", date_note_zh="版面所印。")
    assert asked not in remaining(root, texts(root)).cells


def test_texts_of_pages_are_asked_for(root):
    assert any(cell.startswith("chapters/sources.md, line ") for cell in remaining(root, texts(root)).cells)


def test_numerals_in_no_row_are_told_with_what_a_scan_takes_them_for(root):
    drop(root, "近7000万元")
    drop(root, "2024-03-18")
    date, money = remaining(root, texts(root), ["qh24"]).uncovered
    assert date.startswith("qh24, characters 15-25: '2024-03-18' is in no row; no claim? 15-25 '2024-03-18', date")
    assert "a claim? " in money and "'近7000万元', flow, 70000000 yuan" in money


def test_what_is_wrong_is_told_at_once_whatever_else_is(root):
    put(root, "1.2万件", as_written="1.3万件", unit="furlong")
    put(root, "近7000万元", kind="flow", reviewed="maybe")
    drop(root, "98.6%")
    left = remaining(root, texts(root), ["qh24"])
    told = "\n".join(left.wrong)
    for words in ("'furlong' is unknown", "'maybe' is not a truth value", "'1.3万件'; expected '1.2万件'"):
        assert words in told
    assert len(left.uncovered) == 1


def test_a_caveat_that_its_text_does_not_bear_out_is_wrong(root):
    with (root / "data" / "caveats.yml").open("a", encoding="utf-8") as stream:
        stream.write(
            "- {caveat_id: qh24-cut, document_id: qh24, start: 13, end: 15, kind: cut, affects: [],\n"
            "   note_en: The text is cut., note_zh: 文本残缺。}\n"
        )
    (problem,) = remaining(root, texts(root)).wrong
    assert "(qh24-cut), key start: the passage 13-15 begins or ends with white space" in problem


def test_reviewed_rows_that_could_not_be_accepted_are_wrong(root):
    put(root, "近7000万元", reviewed="true")
    assert any("column indicator_id: the cell is empty" in problem for problem in remaining(root, texts(root)).wrong)


def test_a_missing_and_another_text_are_named(root):
    (problem,) = remaining(root, root).wrong
    assert "there is no qinghe.txt in the folder of sources" in problem
    (texts(root) / "qinghe.txt").write_text(TEXT + "。", encoding="utf-8")
    (problem,) = remaining(root, texts(root)).wrong
    assert "qinghe.txt is another file than the one coded" in problem


def test_the_commands_tell_what_is_left_and_what_was_moved(root, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", root)
    assert main(["verify", "--sources", str(texts(root)), "--draft"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert "to review, the unsure first (9):" in told
    assert told[-1] == "Something is left to do."
    put(root, "同比增长6.3%", **GROWTH)
    assert main(["accept", "qh24"]) == 0
    assert capsys.readouterr().out == "1 claim(s) and 0 other numeral(s) accepted; 8 row(s) wait for review.\n"


def test_nothing_is_left_of_a_package_without_proposals(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", project(tmp_path / "project"))
    assert main(["verify", "--sources", str(tmp_path), "--draft"]) == 0
    assert capsys.readouterr().out == "Nothing is left to do.\n"


@pytest.mark.slow
def test_findings_to_read_again_and_models_that_no_page_tells_are_left(tmp_path):
    whole = tmp_path / "whole"
    for part in ("data", "chapters"):
        shutil.copytree(paths.ROOT / part, whole / part)
    assert not remaining(whole, tmp_path)
    findings = whole / "data" / "findings.yml"
    findings.write_text(
        findings.read_text(encoding="utf-8").replace("at_most: 5\n", "at_most: 4\n", 1), encoding="utf-8"
    )
    findings.write_text(
        findings.read_text(encoding="utf-8").replace("at_least: 5\n", "at_least: 4\n", 1), encoding="utf-8"
    )
    page = whole / "chapters" / "lishui.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("```{model-card} nanhai-ledger", "```{x}"), encoding="utf-8"
    )
    left = remaining(whole, tmp_path)
    assert left.book == [
        "findings.yml, entry 1 (answers-upward), key holds_while: the finding was written for 4 to 4 of 'documents', now 5; "
        "expected its sentence read again, then other bounds",
        "no chapter tells the models nanhai-ledger; expected a model-card or programmes directive with each",
    ]


def test_a_page_tells_the_models_that_its_directives_name():
    page = "```{model-card} a-one\n```\n\n:::{programmes} b-\n:except: b-two\n:::\n\n`{model-card} b-two` is prose.\n"
    assert list(told(page, ["a-one", "a-two", "b-one", "b-two"])) == ["a-one", "b-one"]


def test_models_are_asked_for_only_where_a_page_lists_them(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A book without a register of models\n", encoding="utf-8")
    assert untold_on([page], ["a-one"]) is None
    page.write_text("```{model-register}\n```\n", encoding="utf-8")
    assert "the models a-one;" in (untold_on([page], ["a-one"]) or "")
