"""One look for every picture: colours with a meaning, one typeface that has Chinese, and how text is wrapped.

Every colour has a light and a dark value. Pictures are drawn once, in the light colours; the dark picture is the same
drawing with each colour exchanged, so the two can never differ in anything else.
"""

import unicodedata

from zhenzhi.charts import fonts

#: Role of a colour to its light and its dark value.
COLOURS = {
    "paper": ("#ffffff", "#121212"),
    "ink": ("#22272e", "#e2e6ea"),
    "muted": ("#5b6570", "#a3adb8"),
    "line": ("#d3d9df", "#3a424c"),
    "band": ("#eef1f4", "#1f242a"),
    "series": ("#2b6aa0", "#7cb4e6"),
    "input": ("#79559c", "#b698d6"),
    "activity": ("#2e6ca4", "#7fb3e3"),
    "output": ("#1f7f68", "#5fc3a8"),
    "outcome": ("#b4621f", "#e8a468"),
    "structure": ("#56606b", "#aab4bf"),
    "context": ("#847868", "#c2b6a4"),
    "computed": ("#a8324a", "#f08a9d"),
}

#: Width of a picture in inches, for a page and for a phone; a page shows an inch as 100 pixels.
WIDE, NARROW = 6.2, 3.28

#: Sizes of text in points; the smallest is 13 pixels as shown.
TITLE_SIZE, FONT_SIZE, SMALL = 12.5, 9.8, 9.4


def light(role: str) -> str:
    """The light colour of a role."""
    return COLOURS[role][0]


def rc_params() -> dict:
    """Matplotlib settings of every picture."""
    return {
        "font.family": [fonts.family()],
        "font.size": FONT_SIZE,
        "text.color": light("ink"),
        "text.parse_math": False,
        "axes.edgecolor": light("line"),
        "axes.labelcolor": light("muted"),
        "axes.facecolor": light("paper"),
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.unicode_minus": False,
        "figure.facecolor": light("paper"),
        "xtick.color": light("muted"),
        "ytick.color": light("muted"),
        "xtick.major.size": 3,
        "ytick.major.size": 0,
        "grid.color": light("line"),
        "hatch.color": light("computed"),
        "hatch.linewidth": 0.8,
        "svg.fonttype": "none",
        "svg.hashsalt": "zhenzhi",
    }


def ems(text: str) -> float:
    """Width of a text in ems: a Chinese character is one, a Latin one about half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WF" else 0.54 for character in text)


def wrap(text: str, inches: float, size: float = FONT_SIZE) -> list[str]:
    """Breaks a text into lines of at most ``inches`` at the given font size; Chinese breaks between characters."""
    room = inches * 72 / size
    lines, line = [], ""
    for word in _words(text):
        if line and ems((line + word).rstrip()) > room:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return [*lines, line.rstrip()]


#: Categories of Unicode for signs that open what follows them.
_OPENING = ("Ps", "Pi")


def _words(text: str) -> list[str]:
    """The pieces between which a line may break: no line ends with an opening bracket or begins with a closing one."""
    words, word = [], ""
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        opens = unicodedata.category(character) in _OPENING
        closing = wide and unicodedata.category(character)[0] == "P" and not opens
        after_opening = word and unicodedata.category(word[-1]) in _OPENING
        # A quotation mark is narrow: it opens a word where a Chinese character stands before it.
        after_wide = word and unicodedata.east_asian_width(word[-1]) in "WF"
        if word and not after_opening and ((wide and not closing) or (opens and after_wide)):
            words.append(word)
            word = ""
        word += character
        if character == " ":
            words.append(word)
            word = ""
    return [*words, word]
