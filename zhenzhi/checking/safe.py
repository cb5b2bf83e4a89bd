"""Text of others made safe to show: whatever it holds, it ends as text."""

import unicodedata

#: What stands for a character that is not shown.
REPLACEMENT = "\ufffd"
#: Kinds of characters that a terminal or a browser would obey: controls, formats (those that turn text around among them),
#: halves of pairs, and those of private use.
_OBEYED = frozenset({"Cc", "Cf", "Cs", "Co"})


def shown(text: str, keep: str = "") -> str:
    """A text with each character that would be obeyed, and not shown, replaced; those in ``keep`` stay."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        REPLACEMENT if unicodedata.category(character) in _OBEYED and character not in keep else character
        for character in text
    )
