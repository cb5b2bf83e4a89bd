"""A document is added whole or not at all: rows, drafts, page, contents and lock, from a made-up text."""

import errno
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.coding import PLACE, TEXT, described, files, project, text_of, with_document
from zhenzhi import locales, paths
from zhenzhi.__main__ import main
from zhenzhi.amounts.around import squeezed
from zhenzhi.amounts.numerals import characters
from zhenzhi.coding import propose
from zhenzhi.coding.articles import articles
from zhenzhi.coding.document import Described, add, larger_place
from zhenzhi.coding.edit import Edit
from zhenzhi.data import drafts, lock, sources, tables
from zhenzhi.errors import ZhenzhiError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


def test_a_document_gets_its_row_its_article_and_its_place(root):
    with_document(root)
    data = tables.load(root / "data")
    document = data.documents.loc["qh24"]
    assert (document["file_name"], document["characters"], document["published"]) == (
        "qinghe.txt",
        len(TEXT),
        "2024-03-18",
    )
    assert document["title_zh"] == "青禾镇召开基层治理工作会议"
    article = data.articles.loc["qh24-report"]
    assert (article["start"], article["end"], article["place_ids"]) == (0, len(TEXT), "qinghe")
    assert data.places.at["qinghe", "parent_id"] == "nanhai"


def test_what_the_scan_finds_is_proposed_and_in_no_other_table(root):
    before = tables.load(root / "data")
    added = with_document(root)
    data = tables.load(root / "data")
    own = drafts.waiting(data, "qh24")
    assert added.claims == (own["proposed"] == "claim").sum() == 8
    assert len(data.claims) == len(before.claims) and len(data.numerals) == len(before.numerals)
    rows = own.set_index("as_written")
    tax = rows[rows["start"] == TEXT.index("12.5亿元")].iloc[0]
    assert (tax["indicator_id"], tax["label_zh"], tax["rung"]) == ("gross-industrial-output", "工业总产值", "outcome")
    assert (rows.at["近7000万元", "qualifier"], rows.at["近7000万元", "unit"]) == ("nearly", "yuan")
    growth = rows.loc["同比增长6.3%"]
    assert (growth["indicator_id"], growth["comparison_zh"]) == ("gross-industrial-output-growth", "上年同期")


def test_the_output_of_another_trade_is_not_taken_for_the_indicator_of_one():
    data = tables.load()
    for trade, found in (("工业", ["gross-industrial-output"]), ("农业", []), ("工农业", [])):
        text = f"全年{trade}总产值12.5亿元。"
        start = text.index("12.5")
        named = propose.likely(data, text, start, start + 6, "yuan", "flow")
        assert [name for name in named if name == "gross-industrial-output"] == found


def test_every_numeral_of_the_document_is_in_one_row(root):
    with_document(root)
    held = [
        offset for span in sources.spans(tables.load(root / "data"), "qh24") for offset in range(span.start, span.end)
    ]
    assert set(characters(TEXT)) <= set(held)
    assert len(set(held)) == len(held)


def test_a_quantity_told_again_repeats_the_first(root):
    with_document(root)
    own = drafts.waiting(tables.load(root / "data"), "qh24")
    first, again = own[own["as_written"] == "12.5亿元"].to_dict("records")
    assert (first["repeats"], again["repeats"]) == (None, first["claim_id"])


def told_again(text: str) -> list[str]:
    rows = propose.drafts(tables.load(), "xx24", text, [propose.Reach(0, len(text), ("jiujiang",))])
    return [text[int(row["repeats"].rpartition("-")[2]) :][:3] for row in rows if row.get("repeats")]


def test_what_is_told_again_has_the_same_indicator_or_a_word_beside_it():
    assert told_again("全镇有3个居委会。这3个居委会均已换届。") == ["3个居"]
    assert told_again("解决率100%，覆盖率100%。") == []
    assert told_again("奖励先进村居8家。表彰的先进村居8家均已授牌。") == ["8家。"]


def test_places_that_are_not_known_are_hinted(root):
    text = f"{TEXT}在中南村建成公园，在农村和各村推广，在全镇各社区宣传，又在中南村评比。"
    added = add(root, text_of(root, text), described())
    assert added.places == [f"中南村 ({text.index('中南村')})"]


def test_its_page_stands_in_the_register_in_both_languages(root):
    with_document(root)
    page = (root / "chapters/register/qh24.md").read_text(encoding="utf-8")
    assert page.startswith("# Claims of Qinghe 2024\n")
    assert "```{claim-register} qh24" in page
    lines = (root / "_toc.yml").read_text(encoding="utf-8").splitlines()
    at = lines.index("          - file: chapters/register/qh24")
    assert lines[at - 1].startswith("          - file: chapters/register/")
    texts = locales.translations(root, "zh", "chapters/register/qh24")
    assert texts["Claims of Qinghe 2024"] == "青禾镇2024年的数字"
    others = locales.translations(root, "zh", "chapters/register/jm24")
    assert {text: texts[text] for text in texts if text in others} == {
        text: others[text] for text in others if "programme" not in text and not text.startswith("Claims of")
    }
    assert len(texts) == 8
    for directive in ("programmes} qh24-", "audit} qh24-", "caveats} qh24"):
        assert f"\n\n```{{{directive}\n```\n" in page


def test_it_has_its_place_among_the_sources_in_both_languages(root):
    catalogue = "locale/zh_CN/LC_MESSAGES/chapters/sources.po"
    before = {file: (root / file).read_text(encoding="utf-8") for file in ("chapters/sources.md", catalogue)}
    with_document(root)
    page = (root / "chapters/sources.md").read_text(encoding="utf-8")
    at = page.index("### Qinghe 2024\n\n```{source-card} qh24\n```\n\nto be filled in: who wrote")
    assert page.index("```{caveats} jm24") < at < page.index("```{caveats} qh24\n:counted:\n```\n\n## What is damaged")
    assert set(before["chapters/sources.md"].splitlines()) <= set(page.splitlines())
    assert (root / catalogue).read_text(encoding="utf-8").startswith(before[catalogue].rstrip("\n"))
    assert locales.translations(root, "zh", "chapters/sources")["Qinghe 2024"] == "青禾镇2024年"


def test_the_texts_of_pages_that_are_to_be_filled_are_left(root):
    assert list(drafts.unfilled_pages(root)) == []
    with_document(root)
    page, catalogue = drafts.unfilled_pages(root)
    assert page.startswith("chapters/sources.md, line ")
    assert catalogue.startswith("locale/zh_CN/LC_MESSAGES/chapters/sources.po, line ")


def test_sources_without_a_place_for_the_card_are_refused_and_nothing_is_written(root):
    (root / "chapters/sources.md").write_text("# Sources\n", encoding="utf-8")
    before = files(root)
    with pytest.raises(ZhenzhiError, match="sources.md counts no caveats; expected a document behind which"):
        with_document(root)
    assert files(root) == before


def test_what_cannot_be_known_is_marked_and_told(root):
    added = with_document(root)
    assert "documents.csv, title_en" in added.unfilled
    left = drafts.left(tables.load(root / "data"))
    assert left[0] == f"drafts.csv: {added.claims + added.numerals} row(s) of qh24 wait for review"
    assert any("(qh24), column publisher_en: it is not filled yet" in line for line in left)
    assert drafts.left(tables.load()) == []


def test_what_a_person_says_is_written(root):
    cells = {
        "published": "2024-03~", "date_basis": "inferred", "form": "newspaper", "title_en": "A meeting", "page": "A2",
        "publisher_zh": "青禾报", "publisher_en": "Qinghe News", "title_zh": "工作会议", "medium": "", "url": "",
    }  # fmt: skip
    added = add(root, text_of(root), described(cells=cells))
    document = tables.load(root / "data").documents.loc["qh24"]
    assert {column: document[column] for column, cell in cells.items() if cell} == {k: v for k, v in cells.items() if v}
    assert added.unfilled == ["documents.csv, date_note", "documents.csv, date_note_zh"]


def test_a_place_of_another_province_is_added_with_all_that_it_lies_in(root):
    above = [
        larger_place(words.split()) for words in ("baoding 保定市 Baoding city hebei", "hebei 河北省 Hebei province")
    ]
    add(root, text_of(root), described(place=PLACE | {"parent_id": "baoding"}, above=above))
    places = tables.load(root / "data").places
    assert list(places["parent_id"][["qinghe", "baoding", "hebei"]]) == ["baoding", "hebei", None]


def test_a_larger_place_that_lacks_a_word_is_refused():
    with pytest.raises(ZhenzhiError, match="--place-above hebei 河北省 Hebei: expected ID, name, English name, level"):
        larger_place(["hebei", "河北省", "Hebei"])


def test_the_lock_takes_the_new_rows_and_no_other_change(root):
    claims = root / "data" / "claims.csv"
    claims.write_text(claims.read_text(encoding="utf-8").replace("At current or", "In current or", 1), encoding="utf-8")
    with_document(root)
    assert [str(found) for found in lock.differences(tables.load(root / "data"))] == [
        "claims.csv: jj17-industrial-output-growth was changed"
    ]


def test_a_second_document_of_a_place_and_year_has_a_title_of_its_own(root):
    with_document(root)
    other = Described("qh24b", "qinghe")
    add(root, text_of(root, TEXT + "。", "other.txt"), other)
    assert (
        (root / "chapters/register/qh24b.md")
        .read_text(encoding="utf-8")
        .startswith("# Claims of Qinghe 2024 (`qh24b`)")
    )


REFUSED = [
    ({"document_id": "jj17"}, None, "there is a document 'jj17' already"),
    ({"document_id": "jj17-new"}, None, "could not be told from 'jj17'"),
    ({"document_id": "QH24"}, None, "expected lower-case letters and digits"),
    ({"place_id": "jiujang", "place": {}}, None, "did you mean 'jiujiang'?"),
    ({"place_id": "jiujiang"}, None, "the place 'jiujiang' is known already"),
    ({"place": PLACE | {"parent_id": "hebei"}}, None, "'hebei' is unknown; expected a place_id of places.csv, or a new"),
    ({"place": PLACE | {"level": "hamlet"}}, None, "'hamlet' is not allowed"),
    ({"headlines": ["乌有之事"]}, None, "'乌有之事' stands nowhere in the text"),
    ({"headlines": ["去年"]}, None, "'去年' stands 2 times in the text"),
    ({"cells": {"published": "last week"}}, None, "--published: 'last week' is not an EDTF date"),
    ({"cells": {"form": "scroll"}}, None, "the form 'scroll' is unknown"),
    ({"cells": {"url": "javascript:alert(1)"}}, None, "column url"),
    ({}, "全镇设3个网格。".encode("gbk"), "is not UTF-8"),
    ({}, b" \n", "the file is empty"),
    ({}, b"a\0b", "a binary file"),
    ({}, "全镇设3个网格。".encode(), "the text has no whole date"),
    ({}, "标题\n2023年6月18日，全镇设3个网格。".encode(), "'2023年6月18日' within it may tell another day; expected --publ"),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("changes", "content", "message"), REFUSED)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(root, changes, content, message):
    file = text_of(root)
    if content is not None:
        file.write_bytes(content)
    before = files(root)
    with pytest.raises(ZhenzhiError, match=message.replace("(", r"\(").replace("?", r"\?")):
        add(root, file, described(**changes))
    assert files(root) == before


def test_a_text_that_is_there_already_is_refused(root):
    with_document(root)
    before = files(root)
    with pytest.raises(ZhenzhiError, match="document 'qh24' has this text already"):
        add(root, text_of(root, name="again.txt"), Described("qh25", "qinghe"))
    with pytest.raises(ZhenzhiError, match="document 'qh24' has this file name already"):
        add(root, text_of(root, TEXT + "。"), Described("qh25", "qinghe"))
    assert files(root) == before


def test_a_page_that_is_there_already_is_not_overwritten(root):
    (root / "chapters/register/qh24.md").write_text("# Mine\n", encoding="utf-8")
    before = files(root)
    with pytest.raises(ZhenzhiError, match="qh24.md is there already"):
        with_document(root)
    assert files(root) == before


def test_a_full_disk_leaves_all_as_it_was(root, monkeypatch):
    before, count, rename = files(root), iter(range(99)), Path.replace

    def fails(self: Path, target):
        if next(count) == 3:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="No space left"):
        with_document(root)
    assert files(root) == before


def test_a_file_that_another_changes_meanwhile_is_not_overwritten(root):
    edit = Edit(root)
    edit.write_rows("terms", edit.rows("terms")[1:])
    theirs = root / "data" / "terms.csv"
    theirs.write_text("theirs", encoding="utf-8")
    with pytest.raises(ZhenzhiError, match="was changed meanwhile"):
        edit.write()
    assert theirs.read_text(encoding="utf-8") == "theirs"


def test_tables_are_written_as_they_stand(root):
    edit = Edit(root)
    for file in (root / "data").glob("*.csv"):
        edit.write_rows(file.stem, edit.rows(file.stem))
    assert edit.write() == []


# Articles


HEADED = "页眉\n# 甲会议\n## 副题\n正文一。\n\n## 乙会议\n正文二。\n### 小节\n正文三。\n"


def test_articles_begin_at_headings_that_text_follows():
    found = articles(HEADED)
    assert [article.title for article in found] == ["甲会议", "乙会议"]
    assert [(article.start, article.end) for article in found] == [
        (0, HEADED.index("## 乙")),
        (HEADED.index("## 乙"), len(HEADED)),
    ]


def test_articles_begin_at_the_headlines_that_a_person_names():
    found = articles("甲会议\n正文提到乙会议。\n乙会议\n正文。", ["乙会议", "甲会议"])
    assert [(article.title, article.start) for article in found] == [("甲会议", 0), ("乙会议", 13)]


def test_a_long_headline_is_cut():
    (found,) = articles("很" * 40 + "\n正文")
    assert found.title == "很" * 23 + "…"


@given(st.text())
def test_the_articles_of_any_text_hold_all_of_it(text):
    found = articles(text)
    assert [found[0].start, found[-1].end] == [0, len(text)]
    assert all(one.end == other.start for one, other in zip(found, found[1:], strict=False))


@given(st.text(alphabet=st.sampled_from("0123４五十万亿元%个镇年月日，。、\n增长约超+—Ⅳ半九江"), max_size=40))
def test_any_text_is_proposed_without_a_gap_or_an_overlap(english, text):
    rows = propose.drafts(english.tables, "xx24", text, [propose.Reach(0, len(text) + 1, ("jiujiang",))])
    held = [offset for row in rows for offset in range(int(row["start"]), int(row["end"]))]
    assert len(held) == len(set(held))
    assert set(characters(text)) <= set(held)
    assert all(row["as_written"] == squeezed(text[int(row["start"]) : int(row["end"])]) for row in rows)


# The command


def test_the_command_tells_what_it_wrote_and_what_is_left(root, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", root)
    place = "--place qinghe --place-zh 青禾镇 --place-en Qinghe --place-level town --place-in nanhai".split()
    assert main(["add-document", str(text_of(root)), "--id", "qh24", *place]) == 0
    told = capsys.readouterr().out
    for words in (
        "written: data/drafts.csv", f"article: 0-{len(TEXT)} 青禾镇召开基层治理工作会议", "8 claim(s) and 1 other numeral(s)",
        "to be filled: documents.csv, title_en", "terms of the glossary: 网格 (1)", "1+6+N (",
    ):  # fmt: skip
        assert words in told


def test_the_command_ends_with_a_message_where_it_writes_nothing(root, monkeypatch, capsys):
    monkeypatch.setattr(paths, "ROOT", root)
    assert main(["add-document", str(text_of(root)), "--id", "jj17", "--place", "jiujiang"]) == 1
    assert capsys.readouterr().err.startswith("error: there is a document 'jj17' already")


def test_a_document_keeps_the_line_ends_of_its_file(root):
    text = TEXT.replace("\n", "\r\n")
    add(root, text_of(root, text), described())
    data = tables.load(root / "data")
    assert data.documents.at["qh24", "characters"] == len(text)
    assert all(
        squeezed(text[row.start : row.end]) == row.as_written for row in drafts.waiting(data, "qh24").itertuples()
    )
