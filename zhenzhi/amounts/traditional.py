"""Traditional characters as simplified ones, one for one, so that offsets stay: 餘 as 余, 萬戶 as 万户."""

import re
from functools import cache

#: One of these stands in nearly any line set in traditional characters, and in no simplified one.
_TRADITIONAL = re.compile("[萬億兩餘個會鎮鄉縣區長過達對開發產業實現與為當時動從種類條項戶畝]")
_HAN = range(0x4E00, 0xA000)


def simplified(text: str) -> str:
    """A text in simplified characters; the same text where it is set in them."""
    return text.translate(_twins()) if _TRADITIONAL.search(text) else text


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
