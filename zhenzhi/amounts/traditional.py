"""Characters that say nothing of their own: traditional ones as simplified ones, one for one, so that offsets stay
(餘 as 余, 萬戶 as 万户), radicals as the characters that look like them, and those that no reader sees.
"""

import re
import unicodedata
from functools import cache

#: One of these stands in any line and in nearly any phrase set in traditional characters, and in no simplified one.
_TRADITIONAL = re.compile(
    "[萬億兩餘佔個優內冊別劃劑動務勝區協問單噸園圖堅場塊壓學實將對屆層崗帶幣庫張戶撐擴攝數於時會條棟業樁樓標樣機歲減準滿漲爲為牀獎環產畝盞碼種"
    "筆節範簡約級組絲維網緩縮縷繳羣臺舉處裏視計調護豐負責資贏踐躍車輛輩輪連過達遞釐錢鍾鎮長門間陣隊階雙電頃項頓領頭頻顆題類驅驟體點黨來鄉縣發開從當週後進統貫]"
)
#: Blanks of no width, marks of the order of bytes, hyphens that only a break would show.
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\xad]+")
#: Radicals, which the text layer of a PDF has in place of characters: ⼈ for 人.
_RADICAL = re.compile("[\u2e80-\u2fd5]")
#: Those that have no twin in Unicode's own tables.
_TWINS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民虎西见角贝车长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)
_HAN = range(0x4E00, 0xA000)


def simplified(text: str) -> str:
    """A text in simplified characters; the same text where it is set in them."""
    if _RADICAL.search(text):
        text = _RADICAL.sub(_of_radical, text)
    return text.translate(_twins()) if _TRADITIONAL.search(text) else text


def _of_radical(match: re.Match) -> str:
    radical = match.group()
    return _TWINS.get(radical) or unicodedata.normalize("NFKC", radical)


@cache
def _twins() -> dict[int, str]:
    from opencc import OpenCC  # most texts need it not

    known = [chr(code) for code in _HAN]
    forms = OpenCC("t2s").convert("\n".join(known)).split("\n")
    return {
        ord(character): form
        for character, form in zip(known, forms, strict=True)
        if form != character and len(form) == 1
    }
