"""The report on any text: what it tells, how it ends, and that whatever a text holds ends as text."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from helpers.marked import data
from zhenzhi.__main__ import main
from zhenzhi.audit import CONSISTENT
from zhenzhi.checking.page import as_html
from zhenzhi.checking.report import check
from zhenzhi.checking.safe import REPLACEMENT, shown
from zhenzhi.checking.terminal import as_text, excerpt
from zhenzhi.commands.reading import FAILED

TRUE = "全年共调处民间纠纷456件，其中调处成功393件，调解成功率86%。税收9.90亿元，同比增长25.43%。\n"
FALSE = "全年共调处民间纠纷456件，其中调处成功393件，调解成功率96%。\n"
HOSTILE = (
    '<script>alert("12件")</script><img src=x onerror=alert(1)>{claim}`c1`{0}%s&amp;</div></main>'
    "\x1b[31m\x07\u202e\u2066\x00 共有党员120名，其中女党员40名，占25%。]]>--><!-- 12个\n"
)


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "text.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return str(path)

    return write


@pytest.mark.parametrize(("text", "status"), [(TRUE, 0), (FALSE, FAILED), ("", 0), ("没有数字。", 0)])
@pytest.mark.parametrize("format", ["text", "html", "json"])
def test_the_exit_status_says_whether_a_relation_fails(file, capsys, text, status, format):
    assert main(["check", file(text), "--format", format]) == status
    output = capsys.readouterr()
    assert output.out
    assert output.err == ""


def test_a_relation_that_fails_has_a_status_of_its_own():
    assert FAILED not in (0, 1, 2)


def test_the_text_report_tells_what_fails_first_with_its_line(file, capsys):
    assert main(["check", file("第一行。\n" + FALSE + TRUE)]) == FAILED
    lines = capsys.readouterr().out.splitlines()
    first = lines.index("fails: 1")
    assert lines[first + 1].split(maxsplit=2)[:2] == ["line", "2"]
    assert "456件" in lines[first + 2]
    assert "is not a share that rounds to the 96% reported" in lines[first + 3]
    assert any(line.startswith("holds: ") for line in lines[first:])


def test_the_report_is_told_in_chinese(file, capsys):
    assert main(["check", file(FALSE), "--language", "zh"]) == FAILED
    output = capsys.readouterr().out
    assert "不成立：1" in output
    assert not re.search("[a-z]{4,}", output.replace("text.txt", ""))


def test_the_data_hold_figures_relations_and_evidence(file, capsys):
    text = FALSE + TRUE
    assert main(["check", file(text), "--format", "json"]) == FAILED
    report = json.loads(capsys.readouterr().out)
    assert report["file"] == "text.txt"
    assert report["characters"] == len(text)
    assert report["counts"]["figures"] == len(report["figures"])
    names = {figure["name"]: figure for figure in report["figures"]}
    assert report["counts"]["inconsistent"] == 1
    assert report["relations"][0]["verdict"] == "inconsistent"
    for relation in report["relations"]:
        for evidence in relation["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["as_written"]
            assert names[evidence["name"]]["as_written"] == evidence["as_written"]


def page_of(text: str, language: str = "en"):
    page = as_html(check(text, "file & <name>", data(), language))
    return page, html.document_fromstring(page)


@pytest.mark.parametrize(
    "text", [TRUE, FALSE, HOSTILE, "", "一" * 500], ids=["true", "false", "hostile", "empty", "ones"]
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_stands_alone_and_says_the_text_as_it_is(text, language):
    page, tree = page_of(text, language)
    for element in ("script", "img", "iframe", "link", "object", "form", "base"):
        assert tree.findall(f".//{element}") == []
    assert not re.search(r"https?://|url\(|@import", page)
    assert {name for element in tree.iter() for name in element.attrib if name.startswith("on")} == set()
    policy = tree.find(".//meta[@http-equiv='Content-Security-Policy']").get("content")
    assert policy.startswith("default-src 'none'")
    (body,) = tree.find_class("text")
    for said in body.find_class("said"):
        said.drop_tree()
    assert body.text_content().replace("\r\n", "\n") == shown(text, keep="\n\t")


def test_the_page_can_be_read_by_all():
    _, tree = page_of(FALSE + TRUE)
    assert tree.get("lang") == "en"
    assert len(tree.findall(".//main")) == 1
    levels = [int(element.tag[1]) for element in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    targets = [link.get("href")[1:] for link in tree.iter("a")]
    assert targets and set(targets) <= set(ids)
    assert all(head.get("scope") for head in tree.iter("th"))
    for mark in tree.find_class("inconsistent"):
        if mark.tag == "mark":  # the verdict is told in words, not in colour alone
            assert "(fails)" in mark.text_content()


def test_what_a_terminal_would_obey_is_not_sent_to_it(file, capsys):
    main(["check", file(HOSTILE)])
    output = capsys.readouterr().out
    assert all(character.isprintable() or character == "\n" for character in output)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("12件", "12件"),
        ("a\x1b[31m", f"a{REPLACEMENT}[31m"),
        ("a\u202eb", f"a{REPLACEMENT}b"),
        ("a\nb", f"a{REPLACEMENT}b"),
        ("\U000e0041", REPLACEMENT),
    ],
)
def test_what_would_be_obeyed_is_replaced(text, safe):
    assert shown(text) == safe
    assert shown("a\nb\x00", keep="\n") == f"a\nb{REPLACEMENT}"


def test_an_excerpt_begins_with_its_sentence_and_leaves_out_its_middle():
    text = "前一句。共收集1252条，" + "很" * 300 + "解决1246条。后一句。"
    start, end = text.index("1252"), text.index("1246条") + 5
    told = excerpt(text, start, end)
    assert told.startswith("共收集1252条")
    assert told.endswith("解决1246条")
    assert "…" in told and len(told) <= 121


LONG = {
    "digits": "1" * 200_000,
    "figures": "收集意见1252条，" * 1_000,
    "shares": "其中党员12名，占10%，" * 1_000,
    "brackets": "三大（" * 2_000,
    "items": "甲、" * 60_000 + "三大",
    "quotes": "“甲”、" * 40_000 + "三大",
    "blank lines": "12件\n\n\n" * 2_000,
    "years": "2020年至2021年" * 1_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_a_long_text_is_checked_to_its_end(text):
    told = check(text, "long", data()).data()
    assert told["characters"] == len(text)
    assert all(0 <= claim["start"] < claim["end"] <= len(text) for claim in told["figures"])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "zh"]))
def test_no_text_breaks_the_report(text, language):
    text = text.encode("utf-8", "ignore").decode("utf-8")
    report = check(text + FALSE, "any", data(), language)
    assert as_text(report)
    assert json.dumps(report.data())
    assert html.document_fromstring(as_html(report)).find(".//main") is not None


#: Sentences as reports have them, with the figure that may be wrong left open, and a true and a wrong one for it.
SENTENCES = {
    "rate": ("全年共受理纠纷1252件，办结1246件，办结率{}%。", "99.5", "95.5"),
    "share": ("全镇共有党员120名，其中女党员30名，占总数的{}%。", "25", "35"),
    "growth from and to": ("税收由51.7亿元增长到110.7亿元，增长{}%。", "114", "141"),
    "growth with its gain": ("收入达到120亿元，比上年增加20亿元，增长{}%。", "20", "30"),
    "total": ("发放3.5亿元、2.5亿元，合计{}亿元。", "6", "7"),
    "days": ("暑运7月1日至8月31日，共{}天。", "62", "60"),
}


def test_growth_that_a_plan_tells_was_worked_out_and_may_be_rounded():
    plan = "力争税收由135万元增加到412万元，增长{}倍。"
    assert check(plan.format("2.1"), "rounded", data()).counts["inconsistent"] == 0
    assert check(plan.format("2.5"), "wrong", data()).counts["inconsistent"] == 1


@pytest.mark.parametrize(("sentence", "true", "wrong"), SENTENCES.values(), ids=SENTENCES)
def test_a_sentence_of_a_report_is_checked_from_its_words_alone(sentence, true, wrong):
    holds = check(sentence.format(true), "true", data())
    assert holds.counts["consistent"] >= 1
    assert holds.counts["inconsistent"] == 0
    assert check(sentence.format(wrong), "wrong", data()).counts["inconsistent"] == 1


def test_what_no_words_state_is_told_apart_where_it_holds():
    near = check("全年化解矛盾612件，化解成功527件，化解成功率为86.1%。", "near.txt", data())
    stated = check("全年共受理投诉612件，其中办结527件，占86.1%。", "stated.txt", data())
    assert (near.counts[CONSISTENT], near.unstated) == (1, 1)
    assert stated.counts[CONSISTENT] and not stated.unstated
    assert "no words state 1 of these" in near.summary
    assert "stated by no words" in near.findings[0].type
