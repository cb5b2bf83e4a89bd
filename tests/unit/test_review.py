"""Proposed rows are reviewed one by one: each decision is written at once, checked as `verify` checks, or refused."""

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from helpers.chromium import serving
from helpers.coding import TEXT, change, files, project_with_document, rows
from zhenzhi import paths
from zhenzhi.__main__ import main
from zhenzhi.coding.accept import accept
from zhenzhi.coding.edit import Edit
from zhenzhi.coding.review import Changed, Review
from zhenzhi.coding.review_page import server
from zhenzhi.coding.review_panel import ReviewPanel
from zhenzhi.data import drafts, lock, sources, tables
from zhenzhi.errors import DataError, ZhenzhiError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project_with_document(tmp_path)


@pytest.fixture
def review(root) -> Review:
    return Review(root, root.parent / "texts", "qh24")


def decide(review: Review, words: str, **cells: str) -> list[str]:
    seen = rows(review.root)[words]
    return review.decide(seen["start"], seen, cells)


def shown(review: Review, words: str) -> dict:
    return next(row for row in review.state()["rows"] if row["cells"]["as_written"] == words)


# What is seen


def test_rows_come_unsure_first_with_what_is_empty_and_what_cells_allow(root, review):
    change(root, "86个", confidence="0.1")
    state = review.state()
    assert [row["cells"]["as_written"] for row in state["rows"]][0] == "86个"
    assert state["rows"][-1]["cells"]["proposed"] == "numeral"
    assert shown(review, "86个")["empty"] == ["label_en", "label_zh", "indicator_id", "rung"]
    assert state["problems"] == state["uncovered"] == state["claims"] == state["numerals"] == []
    words = state["vocabulary"]
    assert "outcome" in words["rung"] and "date" in words["reason"]
    assert words["place_id"]["qinghe"] == "青禾镇 Qinghe"
    assert words["of_indicator"]["gross-industrial-output"]["unit"] == "yuan"


def test_a_row_is_told_what_it_looks_like(root, review):
    change(root, "98.6%", indicator_id="", label_zh="", label_en="", rung="")
    (like,) = shown(review, "98.6%")["suggestions"]
    assert like["text"].startswith("looks like ") and like["cells"]["rung"] == "output"
    later = rows(root)["12.5亿元"]
    put_repeats = {"start": later["start"], "seen": later, "cells": {"repeats": ""}}
    review.decide(**put_repeats)
    first = next(row for row in Edit(root).rows("drafts") if row["as_written"] == "12.5亿元")
    offered = [one for row in review.state()["rows"] for one in row["suggestions"] if "repeats" in one["cells"]]
    assert offered == [
        {"text": f"repeats {first['claim_id']} (12.5亿元)?", "cells": {"repeats": first["claim_id"]}}
    ]  # fmt: skip
    decide(review, "86个", place_id="nanhai")
    assert {"text": "about qinghe (青禾镇)?", "cells": {"place_id": "qinghe"}} in shown(review, "86个")["suggestions"]
    (label,) = shown(review, "1+6+N")["suggestions"]
    assert label["cells"]["indicator_id"] == "programme-label" and "label_zh" not in label["cells"]


def test_what_is_wrong_with_a_row_is_told_at_the_row(root, review):
    change(root, "1.2万件", as_written="1.3万件", unit="furlong")
    change(root, "86个", rung="inputs")
    state = review.state()
    told = {row["cells"]["as_written"]: row["problems"] for row in state["rows"]}
    assert [fault["column"] for fault in told["1.3万件"]] == ["unit", ""]
    assert told["1.3万件"][0]["text"].startswith("'furlong' is unknown; expected a unit of units.csv")
    assert "expected '1.2万件'" in told["1.3万件"][1]["text"]
    assert told["98.6%"] == []
    change(root, "近7000万元", reviewed="true")
    change(root, "1.3万件", as_written="1.2万件", unit="event")
    assert [fault["column"] for fault in shown(review, "近7000万元")["problems"]][:1] == ["label_en"]


def test_numerals_in_no_row_are_told_and_become_rows(root, review):
    edit = Edit(root)
    edit.write_rows("drafts", [row for row in edit.rows("drafts") if row["as_written"] != "近7000万元"])
    edit.write()
    start = TEXT.index("7000万")
    assert review.state()["uncovered"] == [(start, start + 5)]
    assert review.cover() == 1
    assert review.state()["uncovered"] == []
    kept = [int(row["start"]) for row in Edit(root).rows("drafts")]
    assert kept == sorted(kept)


def test_what_is_coded_is_seen_beside_what_is_proposed(root, review):
    decide(review, "12.5亿元", reviewed="true", claim_id="qh24-output", repeats="")
    decide(review, "2024-03-18", reviewed="true")
    accept(root, "qh24")
    state = review.state()
    assert [claim["claim_id"] for claim in state["claims"]] == ["qh24-output"]
    assert [row["reason"] for row in state["numerals"]] == ["date"]
    assert state["problems"] == []


# What is decided


def test_a_decision_is_written_at_once_and_changes_no_other_row(root, review):
    before = (root / "data" / "drafts.csv").read_text(encoding="utf-8").splitlines()
    assert decide(review, "同比增长6.3%", reviewed="true", claim_id="qh24-growth") == []
    after = (root / "data" / "drafts.csv").read_text(encoding="utf-8").splitlines()
    assert [line for line in after if line not in before] == [line for line in after if "qh24-growth" in line]
    assert len(after) == len(before)
    assert lock.differences(tables.load(root / "data")) == []
    assert accept(root, "qh24").claims == 1


def test_a_claim_that_accept_would_refuse_is_not_marked_as_reviewed(root, review):
    before = files(root)
    with pytest.raises(DataError) as error:
        decide(review, "近7000万元", reviewed="true", rung="input")
    assert files(root) == before
    placed = {fault["column"]: fault["text"] for fault in review.placed(error.value.problems)}
    assert set(placed) == {"label_en", "label_zh", "indicator_id"}
    assert placed["indicator_id"].startswith("the cell is empty")
    with pytest.raises(DataError, match="expected 70000000"):
        decide(
            review, "近7000万元", reviewed="true", value="7000", label_en="money spent", label_zh="投入",
            indicator_id="gross-industrial-output", rung="outcome",
        )  # fmt: skip
    assert files(root) == before


def test_a_numeral_needs_a_reason_and_may_not_be_a_quantity(root, review):
    before = files(root)
    with pytest.raises(DataError, match="column reason: the cell is empty"):
        decide(review, "2024-03-18", reason="", reviewed="true")
    with pytest.raises(DataError, match=r"\(qh24 \d+\), column reason: '98.6%' looks like a quantity"):
        decide(review, "98.6%", proposed="numeral", reason="word", reviewed="true")
    assert files(root) == before
    why = {"reads_en": "Quoted only.", "reads_zh": "仅为引用。"}
    decide(review, "98.6%", proposed="numeral", reason="word", reviewed="true", **why)
    decide(review, "2024-03-18", reviewed="true")
    assert accept(root, "qh24").numerals == 2


def test_a_cell_that_no_proposal_may_have_is_refused(root, review):
    before = files(root)
    for cells, told in (
        ({"unit": "furlong"}, "'furlong' is unknown"),
        ({"claim_id": "jj17-grids"}, "is or was another claim"),
        ({"note_en": "two\nlines"}, "a line break"),
        ({"reviewed": "maybe"}, "is not a truth value"),
    ):
        with pytest.raises(DataError, match=told):
            decide(review, "86个", **cells)
    with pytest.raises(ValueError, match="no cells to decide on: as_written"):
        decide(review, "86个", as_written="87个")
    assert files(root) == before


def test_a_row_that_was_changed_elsewhere_is_not_overwritten(root, review):
    seen = rows(root)["86个"]
    change(root, "86个", note_en="Written by somebody else.")
    before = files(root)
    with pytest.raises(Changed, match="changed elsewhere; nothing is written"):
        review.decide(seen["start"], seen, {"note_en": "Mine."})
    edit = Edit(root)
    edit.write_rows("drafts", [row for row in edit.rows("drafts") if row["start"] != seen["start"]])
    assert files(root) == before
    edit.write()
    with pytest.raises(Changed, match="not there any more"):
        review.decide(seen["start"], seen, {"note_en": "Mine."})


def test_what_was_changed_elsewhere_in_another_row_stays(root, review):
    seen, stamp = rows(root)["86个"], review.stamp()
    change(root, "98.6%", note_en="Written by somebody else.", note_zh="他人所写。")
    assert review.stamp() != stamp
    review.decide(seen["start"], seen, {"status": "planned"})
    assert rows(root)["98.6%"]["note_en"] == "Written by somebody else."
    assert rows(root)["86个"]["status"] == "planned"


def test_one_broken_row_is_mended_while_another_is_broken(root, review):
    change(root, "86个", unit="furlong")
    change(root, "98.6%", unit="stone")
    with pytest.raises(DataError, match="'acre' is unknown"):
        decide(review, "86个", unit="acre")
    decide(review, "86个", unit="grid")
    with pytest.raises(DataError, match="'stone' is unknown"):
        decide(review, "86个", reviewed="true")
    decide(review, "98.6%", unit="percent")
    assert review.state()["problems"] == []


NEW = {
    "name_zh": "网格投入", "name_en": "Money for grids", "definition_zh": "投入网格的资金。",
    "definition": "Money put into the grids.", "unit": "yuan", "topic": "social-governance",
}  # fmt: skip


def decide_on_funds(review: Review, indicator: dict, **cells: str) -> list[str]:
    seen = rows(review.root)["近7000万元"]
    told = {"label_zh": "网格投入", "label_en": "money for grids", "rung": "input", "reviewed": "true"}
    return review.decide(seen["start"], seen, {"indicator_id": "grid-funds", **told, **cells}, indicator)


def test_an_indicator_is_described_with_its_first_row(root, review):
    assert decide_on_funds(review, NEW) == []
    indicators = tables.load(root / "data").indicators
    assert indicators.loc["grid-funds"].to_dict() == {"indicator_id": "grid-funds"} | NEW
    assert indicators.index[-1] == "grid-funds"
    assert review.state()["vocabulary"]["of_indicator"]["grid-funds"]["unit"] == "yuan"
    accept(root, "qh24")
    assert lock.differences(tables.load(root / "data")) == []


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"name_en": ""}, "new-name_en", "is empty"),
        ({"definition_zh": ""}, "new-definition_zh", "empty beside 'Money put into the grids.'"),
        ({"definition_zh": "投入2个网格的资金。"}, "new-definition_zh", "2 stands in the Chinese only"),
        ({"unit": "yaun"}, "new-unit", "did you mean 'yuan'?"),
        ({"unit": "usd"}, "unit", "'grid-funds' is told in 'usd'"),
        ({"topic": "money"}, "new-topic", "'money' is not allowed"),
        ({"name_zh": "工业总产值"}, "new-name_zh", "all are '工业总产值'"),
    ],
)
def test_an_indicator_that_breaks_the_contract_is_refused_at_its_cells(root, review, cells, column, words):
    before = files(root)
    with pytest.raises(DataError) as error:
        decide_on_funds(review, NEW | cells)
    faults = [fault for fault in review.placed(error.value.problems) if fault["column"] == column]
    assert any(words in fault["text"] for fault in faults), error.value.problems
    assert files(root) == before


def test_an_indicator_is_not_written_without_its_row(root, review):
    before = files(root)
    with pytest.raises(DataError, match="rung"):
        decide_on_funds(review, NEW, rung="")
    with pytest.raises(ValueError, match="no cells of an indicator: kind"):
        decide_on_funds(review, NEW | {"kind": "flow"})
    assert files(root) == before


def test_an_indicator_that_no_row_has_any_more_is_taken_out(root, review):
    decide_on_funds(review, NEW, reviewed="")
    decide(
        review, "近7000万元", proposed="numeral", reason="word", reads_en="made up", reads_zh="虚构", reviewed="true"
    )
    assert "grid-funds" in tables.load(root / "data").indicators.index
    accept(root, "qh24")
    assert "grid-funds" not in tables.load(root / "data").indicators.index


def test_another_indicator_takes_the_place_of_one_that_was_described(root, review):
    decide_on_funds(review, NEW, reviewed="")
    told = decide(review, "近7000万元", indicator_id="environment-spending")
    assert told == ["No row has the indicator grid-funds any more; it is taken out."]
    assert "grid-funds" not in tables.load(root / "data").indicators.index


def test_a_decision_can_be_taken_back(root, review):
    decide(review, "同比增长6.3%", reviewed="true")
    decide(review, "同比增长6.3%", reviewed="")
    assert not any(drafts.waiting(tables.load(root / "data"), "qh24")["reviewed"])


def test_a_row_may_repeat_one_that_is_not_accepted_yet_and_follows_its_name(root, review):
    first, second = [row for row in Edit(root).rows("drafts") if row["as_written"] == "12.5亿元"]
    assert second["repeats"] == first["claim_id"]
    review.decide(second["start"], second, {"reviewed": "true"})
    told = review.decide(first["start"], first, {"claim_id": "qh24-output", "reviewed": "true"})
    assert told == ["12.5亿元 repeats it under its new name."]
    assert accept(root, "qh24").claims == 2
    assert tables.load(root / "data").claims.at[second["claim_id"], "repeats"] == "qh24-output"


def test_a_span_takes_in_rows_and_lets_go_of_them(root, review):
    at = TEXT.index("86个")
    told = decide(review, "86个", end=str(TEXT.index("1.2万件") + 5))
    assert told == ["1.2万件 is a part of it now."]
    assert rows(root)["86个，上报事件1.2万件"]["start"] == str(at)
    told = decide(review, "86个，上报事件1.2万件", end=str(at + 3))
    assert told == ["1.2万 is a row of its own now."]
    assert rows(root)["1.2万"]["proposed"] == "numeral"
    data = tables.load(root / "data")
    assert list(sources.uncovered(TEXT, sources.spans(data, "qh24"))) == []
    assert lock.differences(data) == []
    before = files(root)
    for end, told in (
        (at, "is no span of the text"), (len(TEXT) + 1, "is no span"), ("x", "is no span"),
        (TEXT.index("1.2万") + 1, "is in two rows; expected each in one"),
    ):  # fmt: skip
        with pytest.raises(DataError, match=told):
            decide(review, "86个", end=str(end))
    assert files(root) == before


def test_a_row_of_another_document_is_left_alone(root, review):
    edit = Edit(root)
    where = {"document_id": "jj17", "start": "0", "end": "2", "claim_id": "jj17-0"}
    other = {**rows(root)["86个"], **where, "as_written": "三四"}
    edit.write_rows("drafts", [other, *edit.rows("drafts")])
    edit.write()
    with pytest.raises(Changed):
        review.decide("0", other, {"note_en": "x"})
    assert all(row["cells"]["document_id"] == "qh24" for row in review.state()["rows"])


# The command and its page


def test_a_missing_document_and_a_missing_text_are_named(root, tmp_path, monkeypatch, capsys):
    with pytest.raises(ZhenzhiError, match="there is no document 'qh25'"):
        Review(root, root.parent / "texts", "qh25")
    monkeypatch.setattr(paths, "ROOT", root)
    assert main(["review", "qh24", "--sources", str(tmp_path)]) == 1
    assert "there is no qinghe.txt in the folder of sources" in capsys.readouterr().err


class Asking:
    """Asks a served page as any program of the machine can."""

    def __init__(self, address: str, path: str):
        self.host, self.path = urlsplit(address).netloc, path

    def __call__(
        self, name: str, body: object = None, path: str | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host)
        sent = {"Origin": f"http://{self.host}", "Content-Type": "application/json"} if body is not None else {}
        sent |= {key.replace("_", "-"): value for key, value in headers.items()}
        content = None if body is None else body if isinstance(body, bytes) else json.dumps(body)
        method = "GET" if body is None else "POST"
        connection.request(method, f"{self.path if path is None else path}{name}", content, sent)
        return connection.getresponse()


@pytest.fixture
def ask(review) -> Iterator[Asking]:
    made, path = server(review)
    with serving(made) as address:
        yield Asking(address, path)


def test_the_page_knows_the_text_and_the_state(ask):
    assert ask("").getheader("Content-Type") == "text/html; charset=utf-8"
    assert json.load(ask("text")) == {"id": "qh24", "title": "青禾镇召开基层治理工作会议", "text": TEXT}
    assert len(json.load(ask("state"))["rows"]) == 9
    assert [ask(name).status for name in ("text.js", "review.js", "text.css", "review.css")] == [200] * 4
    assert ask("nothing").status == ask("../state").status == 404


def test_only_who_has_the_address_is_answered(ask):
    assert {ask(name, path=path).status for name in ("", "text", "state") for path in ("/", "/guessed/")} == {404}
    assert ask("", path=ask.path.removesuffix("/")).status == 404
    assert ask("state", Host="example.org").status == 403
    assert ask("state", Host=f"example.org:{ask.host.partition(':')[2]}").status == 403
    assert ask("state", Host="127.0.0.1").status == 403
    assert ask("state", Host=ask.host.replace("127.0.0.1", "localhost")).status == 200


def test_the_page_may_load_and_call_nothing_but_itself(ask):
    answer = ask("")
    policy = answer.getheader("Content-Security-Policy")
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert answer.getheader("Referrer-Policy") == "no-referrer"
    assert "<script>" not in answer.read().decode()


def test_a_notebook_shows_the_page_in_a_frame_until_it_is_closed(root):
    panel = ReviewPanel("qh24", root.parent / "texts", root=root)
    address = urlsplit(panel.src)
    ask = Asking(panel.src, address.path)
    policy = ask("").getheader("Content-Security-Policy")
    assert policy.endswith("frame-ancestors http://127.0.0.1:* http://localhost:*")
    assert panel.src in panel._repr_html_()
    panel.close()
    with pytest.raises(ConnectionRefusedError):
        ask("state")


def test_only_the_page_itself_can_write(ask, root):
    seen = rows(root)["86个"]
    decision = {"seen": seen, "cells": {"status": "planned"}}
    before = files(root)
    assert ask("decide", decision, Origin="http://example.org").status == 403
    assert ask("decide", decision, Origin="null").status == 403
    assert ask("decide", decision, Content_Type="text/plain").status == 415
    assert ask("decide", b"{" * 10).status == 400
    assert ask("decide", {"seen": seen}).status == 400
    assert ask("decide", {"seen": seen, "cells": {"status": 1}}).status == 400
    assert ask("decide", {"seen": seen, "cells": {"rule": "mine"}}).status == 400
    assert ask("state", decision).status == 400
    assert ask("decide", b"{}", Content_Length="1000001").status == 413
    assert ask("decide", decision, path="/guessed/").status == 404
    assert files(root) == before
    answer = json.load(ask("decide", decision))
    assert answer["written"] and answer["told"] == []
    assert rows(root)["86个"]["status"] == "planned"
    again = json.load(ask("decide", decision))
    assert not again["written"] and again["changed"] and again["state"]["rows"]
    refused = json.load(ask("decide", {"seen": rows(root)["86个"], "cells": {"unit": "furlong"}}))
    assert [fault["column"] for fault in refused["problems"]] == ["unit"]


def test_a_file_that_cannot_be_read_is_told(ask, root):
    (root / "data" / "drafts.csv").write_text('document_id,start\n"qh24', encoding="utf-8")
    answer = ask("state")
    assert answer.status == 409
    assert "data/drafts.csv" in json.load(answer)["error"]
