"""The commands print what they promise, and end with 1 and a message where something is wrong."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from zhenzhi import __version__, paths
from zhenzhi.__main__ import main
from zhenzhi.data import tables
from zhenzhi.errors import DataError

FOLDER = paths.ROOT.parent / "shared" / "sources"


@pytest.fixture
def broken_data(monkeypatch):
    """The data package as one that breaks its contract twice."""

    def load(*_):
        raise DataError(["claims.csv, row 3, column unit: 'furlong' is unknown", "terms.csv: the file is missing"])

    monkeypatch.setattr(tables, "load", load)


@pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the source texts belong to their publishers and are not part of the project"
)
def test_verify_prints_the_coverage_of_each_document(capsys):
    assert main(["verify", "--sources", str(FOLDER)]) == 0
    heading, *rows, last = capsys.readouterr().out.splitlines()
    assert heading.split() == ["document", "characters", "numeral", "characters", "claims", "numerals", "figures"]
    assert any(row.split()[:3] == ["jj17", "4,408", "270"] for row in rows)
    assert last == "Every span reads as its row says, and every numeral is in one row."


def test_verify_without_the_texts_names_each_that_is_missing(tmp_path, capsys):
    assert main(["verify", "--sources", str(tmp_path)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert "documents.csv, jj17, column file_name: there is no " in output.err


def test_audit_prints_a_line_for_each_check(capsys, english):
    assert main(["audit"]) == 0
    rows = [line.split(maxsplit=3) for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == list(english.results)
    assert ["jj17-aspects-listed", "listed", "inconsistent", "7 fields are announced; 6 fields are listed."] in rows


def test_audit_as_json_has_every_result(capsys, english):
    assert main(["audit", "--format", "json"]) == 0
    results = {result["check_id"]: result for result in json.loads(capsys.readouterr().out)}
    assert list(results) == list(english.results)
    assert results["jj17-aspects-listed"] == {
        "check_id": "jj17-aspects-listed",
        "name": "Seven fields announced",
        "type": "listed",
        "verdict": "inconsistent",
        "claims": ["jj17-aspects"],
        "unit": "aspect",
        "computed": {"low": "6", "high": "6", "low_open": False, "high_open": False},
        "reported": {"low": "7", "high": "7", "low_open": False, "high_open": False},
        "reason": "7 fields are announced; 6 fields are listed.",
    }


def test_audit_as_json_keeps_bounds_exact_and_shows_where_there_is_none(capsys):
    main(["audit", "--format", "json"])
    results = {result["check_id"]: result for result in json.loads(capsys.readouterr().out)}
    average = results["jj17-tasks-average"]
    assert average["computed"]["low"] == "329261/19032"
    assert average["reported"] == {"low": "10", "high": None, "low_open": True, "high_open": False}
    assert results["jj17-staff-total"]["reported"] is None


def test_reliability_prints_the_agreement_on_each_document_coded_twice(capsys, english):
    assert main(["reliability"]) == 0
    documents = [line.split("|")[1].strip() for line in capsys.readouterr().out.splitlines()]
    twice = {*english.tables.frames["codings"]["document_id"]}
    assert documents == ["document", "---", *(name for name in english.tables.documents.index if name in twice), "all"]


SCANNED = "2017年全镇设104个网格,办结率99.32%。"


@pytest.fixture
def text(tmp_path):
    file = tmp_path / "text.txt"
    file.write_text(SCANNED, encoding="utf-8")
    return str(file)


def test_scan_as_json_has_claims_and_other_numerals(text, capsys):
    assert main(["scan", text, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [(row["start"], row["end"], row["as_written"], row["value"]) for row in found["claims"]] == [
        (8, 14, "104个网格", "104"),
        (18, 24, "99.32%", "99.32"),
    ]
    assert found["numerals"] == [{"start": 0, "end": 5, "as_written": "2017年", "reason": "date"}]


def test_scan_as_csv_has_a_row_for_each_in_the_order_of_the_text(text, capsys):
    assert main(["scan", text, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["table"], row["as_written"], row["unit"], row["reason"]) for row in rows] == [
        ("numerals", "2017年", "", "date"),
        ("claims", "104个网格", "grid", ""),
        ("claims", "99.32%", "percent", ""),
    ]


def test_scan_as_a_table_ends_with_what_it_found(text, capsys):
    assert main(["scan", text]) == 0
    *rows, last = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in rows] == ["0", "8", "18"]
    assert last == "2 claim(s), 1 other numeral(s)"


@pytest.mark.parametrize("content", [None, "网格".encode("gbk"), b"1\0"], ids=["missing", "not UTF-8", "binary"])
@pytest.mark.parametrize("command", ["scan", "check"])
def test_what_cannot_be_read_is_named(tmp_path, capsys, command, content):
    file = tmp_path / "text.txt"
    if content is not None:
        file.write_bytes(content)
    assert main([command, str(file)]) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.startswith(f"error: {file}: ")
    assert output.err.endswith("expected a text in UTF-8\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "--all"], "--all and --sources say what is proposed; expected --propose with them"),
        (["verify", "--sources", "NONE", "--draft"], "NONE is no folder; expected the folder of the source texts"),
        (["audit", "--against", ""], "the data of '' cannot be read: "),
        (["accept", "x\udcff"], "document: 'x\\udcff' is not UTF-8; expected text"),
        (
            ["add-document", "NONE", "--id", "a", "--place", "b", "--article", "x\udcff"],
            "article: 'x\\udcff' is not UTF-8",
        ),
        (["check-site", "FILE"], "FILE: Not a directory"),
        (["development", "--site", "FILE"], "FILE: Not a directory"),
        (["release", "9.9.9", "--test-command", '"'], "--test-command: No closing quotation; expected a command"),
    ],
    ids=lambda part: part[0] if isinstance(part, list) else "",
)
def test_what_cannot_be_done_is_told_in_a_line(tmp_path, monkeypatch, capsys, arguments, said):
    monkeypatch.setattr(paths, "HTML", tmp_path)
    (tmp_path / "FILE").write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith(f"error: {said}")


@pytest.mark.parametrize("arguments", [["audit"], ["audit", "--format", "json"], ["verify", "--sources", "."]])
def test_bad_data_ends_a_command_with_every_problem(broken_data, capsys, arguments):
    assert main(arguments) == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.splitlines() == [
        "2 problem(s) in the data package:",
        "  claims.csv, row 3, column unit: 'furlong' is unknown",
        "  terms.csv: the file is missing",
    ]


@pytest.mark.parametrize(
    "arguments",
    [[], ["sing"], ["verify"], ["audit", "--format", "xml"], ["scan-corpus", "a", "--out", "b", "--workers", "0"]],
)
def test_a_wrong_command_line_ends_with_2(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: python -m zhenzhi" in capsys.readouterr().err


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "zhenzhi", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == __version__


@pytest.mark.slow
def test_a_closed_pipe_ends_a_command_without_a_word():
    command = [sys.executable, "-m", "zhenzhi", "audit", "--format", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.read(1)
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.parametrize("arguments", [["--version"], ["scan", "FILE"]], ids=lambda arguments: arguments[0])
def test_an_output_that_cannot_be_written_is_told_in_a_line(tmp_path, text, arguments):
    command = [sys.executable, "-m", "zhenzhi", *(text if word == "FILE" else word for word in arguments)]
    with open("/dev/full", "w") as full:
        environment = os.environ | {"PYTHONUNBUFFERED": ""}
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=environment)
    assert done.returncode == 1
    assert done.stderr == "error: the output: No space left on device\n"


def test_an_output_that_is_closed_or_lacks_characters_is_no_fault(text):
    command = f"{sys.executable} -m zhenzhi scan {text}"
    closed = subprocess.run(["sh", "-c", f"{command} >&-"], stderr=subprocess.PIPE, text=True)
    assert (closed.returncode, closed.stderr) == (0, "")
    ascii_only = subprocess.run(command.split(), env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True)
    assert ascii_only.returncode == 0
    assert b"104\\u4e2a" in ascii_only.stdout
