"""EDTF dates: the days they may mean, and their words in both languages."""

from datetime import date

import pytest

from zhenzhi.book.edition import Edition
from zhenzhi.data import dates, tables


@pytest.fixture(scope="module")
def editions() -> dict[str, Edition]:
    data = tables.load()
    return {language: Edition(data, language) for language in ("en", "zh")}


@pytest.mark.parametrize(
    ("edtf", "first", "last", "english", "chinese"),
    [
        ("2017-09-21", date(2017, 9, 21), date(2017, 9, 21), "21 September 2017", "2017年9月21日"),
        ("2016-03", date(2016, 3, 1), date(2016, 3, 31), "March 2016", "2016年3月"),
        ("2022?", date(2022, 1, 1), date(2022, 12, 31), "2022 (?)", "2022年（？）"),
        ("198X", date(1980, 1, 1), date(1989, 12, 31), "1980s", "1980年代"),
        ("2015/2019", date(2015, 1, 1), date(2019, 12, 31), "2015 to 2019", "2015年至2019年"),
        ("2019-03/2019-11", date(2019, 3, 1), date(2019, 11, 30), "March to November 2019", "2019年3月至11月"),
        (
            "2018-03/2019-11",
            date(2018, 3, 1),
            date(2019, 11, 30),
            "March 2018 to November 2019",
            "2018年3月至2019年11月",
        ),
        ("2019~", date(2019, 1, 1), date(2019, 12, 31), "about 2019", "约2019年"),
    ],
)
def test_a_date_is_read_and_put_into_words(editions, edtf, first, last, english, chinese):
    assert dates.bounds(edtf) == (first, last)
    assert editions["en"].date(edtf) == english
    assert editions["zh"].date(edtf) == chinese


@pytest.mark.parametrize(
    "edtf", ["2019-0X", "2019-21", "2019/2015", "2017-02-30", "..", "２０１９", "2019%", "19XX", ""]
)
def test_what_the_book_cannot_show_is_refused(edtf):
    with pytest.raises(ValueError, match="is not an EDTF date"):
        dates.bounds(edtf)
