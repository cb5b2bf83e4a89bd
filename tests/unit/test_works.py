"""The works cited, in each language: under their own names, and after the rules of the language."""

import pytest
from pybtex.backends.plaintext import Backend
from pybtex.plugin import find_plugin

from zhenzhi import paths, works

MADE = """
@article{one, author = {Chen, Anan}, title = {On {Towns} (论镇)}, journal = {Journal}, year = {2007}, number = {7},
  pages = {36--50}, author_zh = {陈安安}, title_zh = {论镇}, journal_zh = {学报}}
@article{two, author = {Doe, J. K. and de la Roe, Ann}, title = {Of {China}}, journal = {Review}, year = {2016},
  volume = {46}, number = {1}, doi = {10.1/2}}
@book{three, editor = {赵一 and 钱二 and 孙三 and 李四}, title = {书}, publisher = {书社}, address = {北京}, year = {1999}}
"""


@pytest.fixture
def told(tmp_path):
    (tmp_path / "references.bib").write_text(MADE, encoding="utf-8")

    def tell(language: str) -> dict[str, str]:
        known = works.read(tmp_path, language)
        style = find_plugin("pybtex.style.formatting", works.STYLES[language])()
        return {entry.label: entry.text.render(Backend()) for entry in style.format_entries(known.entries.values())}

    return tell


def test_chinese_lists_works_after_its_standard_and_its_own_first(told):
    assert list(told("zh").items()) == [
        ("陈安安，2007", "陈安安. 论镇[J]. 学报, 2007(7): 36-50."),
        ("赵一等，1999", "赵一, 钱二, 孙三, 等. 书[M]. 北京: 书社, 1999."),
        ("Doe、de la Roe，2016", "Doe J K, de la Roe Ann. Of China[J]. Review, 2016, 46(1). DOI: 10.1/2"),
    ]


def test_english_keeps_the_english_names(told):
    assert any("Anan Chen. On Towns (论镇)" in text for text in told("en").values())


def test_no_chinese_work_has_an_english_name_in_chinese():
    for entry in works.read(paths.ROOT, "zh").entries.values():
        assert not (
            any("\u4e00" <= c <= "\u9fff" for c in entry.fields["title"]) and "".join(works.names(entry)).isascii()
        )
