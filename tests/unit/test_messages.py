"""The catalogues of messages: what a release is refused for, and what is read of them."""

import pytest

from zhenzhi import locales
from zhenzhi.building import messages
from zhenzhi.errors import BuildError, DataError
from zhenzhi.takeaway.translation import Translation

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
TEXT = "Of {claim}`grids|number` grids, see {doc}`the audit <audit>` and [a page](https://example.org)."
RIGHT = "{claim}`grids`个网格，见{doc}`核验 <audit>`和[网页](https://example.org)。"


def entry(text: str, translation: str, mark: str = "") -> str:
    return f'\n{mark}msgid "{text}"\nmsgstr "{translation}"\n'


@pytest.fixture
def problems(tmp_path, monkeypatch):
    """What is wrong where the page ``index`` has one message and its catalogue has entries."""

    def found(*entries: str, page: str = "index") -> list[str]:
        folder = locales.catalogues(tmp_path, "zh")
        folder.mkdir(parents=True)
        (folder / f"{page}.po").write_text(HEAD + "".join(entries), encoding="utf-8")
        monkeypatch.setattr(messages, "extract", lambda root: {"index": [TEXT]})
        return messages.problems(tmp_path, "zh")

    return found


def test_a_whole_catalogue_has_no_problem(problems):
    assert problems(entry(TEXT, RIGHT)) == []


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ([], "no translation of"),
        ([entry(TEXT, "")], "no translation of"),
        ([entry(TEXT, RIGHT, "#, fuzzy\n")], "is fuzzy; look at it"),
        ([entry(TEXT, RIGHT), entry("Gone.", "不在了。")], "'Gone.' does not stand on the page any more"),
        ([entry(TEXT, RIGHT), '\n#~ msgid "Gone."\n#~ msgstr "不在了。"\n'], "'Gone.' is obsolete; take it out"),
        ([entry(TEXT, RIGHT.replace("`grids`", "`tasks`"))], "names {claim}`grids`, {claim}`tasks` otherwise than"),
        ([entry(TEXT, RIGHT.replace("{claim}`grids`", "104"))], "names {claim}`grids` otherwise than"),
        ([entry(TEXT, RIGHT.replace("example.org", "example.com"))], "names ](https://example.com)"),
        ([entry(TEXT, RIGHT + "{claim}`grids`")], "names {claim}`grids`, {claim}`grids` 2 times otherwise than"),
    ],
)
def test_what_is_wrong_is_named(problems, entries, problem):
    (line,) = problems(*entries)
    assert line.startswith("locale/zh_CN/LC_MESSAGES/index.po: ") and problem in line


def test_what_is_unsettled_in_a_catalogue_is_told_without_the_pages(problems, tmp_path):
    lines = problems(entry(TEXT, RIGHT, "#, fuzzy\n"), '\n#~ msgid "Gone."\n#~ msgstr "不在了。"\n')
    assert len(lines) == 2 and messages.unsettled(tmp_path, "zh") == lines


def test_a_catalogue_of_no_page_is_named(problems):
    stray, missing = problems(page="gone")
    assert stray.startswith("locale/zh_CN/LC_MESSAGES/gone.po: there is no such page")
    assert missing.startswith("locale/zh_CN/LC_MESSAGES/index.po: no translation of")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('msgid "a"\nnonsense\n', "line 5: 'nonsense'; expected msgid or msgstr"),
        (entry("a", "b").replace('"b"', '"b'), "line 6: 'msgstr \"b'; expected msgid or msgstr"),
        (entry("a", "b") + '"c" d', "line 7: '\"c\" d'; expected msgid or msgstr"),
        (entry("a", r"\q"), r"""line 6: 'msgstr "\\q"'; expected msgid or msgstr"""),
        (entry("a", "b") + 'msgid_plural "as"', "line 7: 'msgid_plural \"as\"'; expected msgid or msgstr"),
        ('msgctxt "x"\n' + entry("a", "b"), "line 4: 'msgctxt \"x\"'; expected msgid or msgstr"),
        ('\nmsgid "a"\n', "missing msgstr for msgid 'a'"),
        (entry("a", "b") + entry("a", "c"), "line 8: the message of line 5 stands here again; expected each once"),
    ],
)
def test_a_broken_catalogue_is_named_with_what_was_expected(tmp_path, content, said):
    file = tmp_path / "index.po"
    file.write_text(HEAD + content, encoding="utf-8")
    with pytest.raises(DataError) as error:
        locales.read(file)
    assert str(error.value.problems[0]).startswith(f"{file}, ") and said in error.value.problems[0]


@pytest.mark.parametrize("encoding", ["gbk", "klingon"])
def test_a_catalogue_in_another_encoding_is_refused(tmp_path, encoding):
    file = tmp_path / "index.po"
    file.write_text(HEAD.replace("utf-8", encoding), encoding="utf-8")
    with pytest.raises(DataError, match=f"index.po: its header names the encoding '{encoding}'; expected UTF-8"):
        locales.read(file)
    file.write_bytes(HEAD.encode() + b"# \xff")
    with pytest.raises(BuildError, match="index.po, line 4: byte 65 is not UTF-8"):
        locales.read(file)


def test_translations_are_those_that_are_settled(tmp_path):
    folder = locales.catalogues(tmp_path, "zh")
    folder.mkdir(parents=True)
    entries = (entry("One.", "一。"), entry("Two.", ""), entry("Three.", "三。", "#, fuzzy\n"))
    (folder / "index.po").write_text(HEAD + "".join(entries), encoding="utf-8")
    assert locales.translations(tmp_path, "zh", "index") == {"One.": "一。"}
    assert locales.translations(tmp_path, "zh", "other") == {} == locales.translations(tmp_path, "en", "index")


TRANSLATION = Translation(
    {
        "Grids": "网格",
        "Each grid has a head, and {claim}`grids` are told of.": "每个网格设网格长，共{claim}`grids`。",
        "A caption": "表题",
        "Grid": "格",
    }
)


@pytest.mark.parametrize(
    ("text", "translated"),
    [
        ("# Grids", "# 网格"),
        ("(grids)=\n## Grids\n", "(grids)=\n## 网格\n"),
        ("Each grid has a head,\nand {claim}`grids` are told of.", "每个网格设网格长，共{claim}`grids`。"),
        ("- Each grid has a head,\n  and {claim}`grids` are told of.", "- 每个网格设网格长，共{claim}`grids`。"),
        ("> Grids", "> 网格"),
        ("| Grids | Grid | Grids of all |", "| 网格 | 格 | Grids of all |"),
        ("```{table} A caption\n:name: tbl\n", "```{table} 表题\n:name: tbl\n"),
        ("Grids stand here.", "Grids stand here."),
        ("What is not known.", "What is not known."),
    ],
)
def test_a_block_gives_way_to_its_translation_as_a_whole(text, translated):
    assert TRANSLATION.of(text) == translated


def test_a_title_without_a_translation_stays():
    assert TRANSLATION.title("Grids") == "网格" and TRANSLATION.title("Gardens") == "Gardens"
