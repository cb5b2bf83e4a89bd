"""Takes from a style sheet the rules that can match nothing in the book.

A selector is kept when every class and every ID it asks for occurs in a page or as a word in a script. What stands in
``:not()``, ``:is()`` and the like is not looked at, nor are elements and attributes: a rule that might match stays.
"""

import re
from collections.abc import Iterable

import tinycss2
from tinycss2.ast import AtRule, HashToken, IdentToken, Node, QualifiedRule

_WORDS = re.compile(r"[A-Za-z_][\w-]*")

#: Rules without which nothing is lost: web fonts of icons, encodings and sheets that the book joins itself.
_DROPPED = {"font-face", "charset", "import"}


def words(scripts: Iterable[str]) -> set[str]:
    """All words of scripts or style sheets, among them the classes and IDs that they name."""
    return {word for script in scripts for word in _WORDS.findall(script)}


def names_asked(sheets: Iterable[str], used: set[str]) -> set[str]:
    """Those of the names ``used`` on which what is left of style sheets may depend, found without parsing these."""
    named = words(sheets)
    # A name that is no plain word stands escaped in a sheet.
    return {name for name in used if name in named or not _WORDS.fullmatch(name)}


def prune(sheet: str, used: set[str]) -> str:
    """The style sheet without the rules for names that are not ``used``, without comments."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "\n".join(filter(None, (_rule(rule, used) for rule in rules))) + "\n"


def _rule(rule: Node, used: set[str]) -> str:
    if isinstance(rule, QualifiedRule):
        selectors = [_text(s) for s in _split(rule.prelude) if _names(s) <= used and not _is_icon(s)]
        return f"{','.join(selectors)}{{{_text(rule.content)}}}" if selectors else ""
    if not isinstance(rule, AtRule) or rule.lower_at_keyword in _DROPPED:
        return ""
    if rule.lower_at_keyword in ("media", "supports"):
        inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        kept = "".join(filter(None, (_rule(part, used) for part in inner)))
        return f"@{rule.at_keyword} {_text(rule.prelude)}{{{kept}}}" if kept else ""
    return tinycss2.serialize([rule])


def _split(prelude: list[Node]) -> list[list[Node]]:
    """The selectors of a list of selectors."""
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            selectors.append([])
        else:
            selectors[-1].append(token)
    return selectors


def _names(selector: list[Node]) -> set[str]:
    """The classes and IDs that a selector asks for, outside of functions."""
    names = {token.value for token in selector if isinstance(token, HashToken)}
    for before, token in zip(selector, selector[1:], strict=False):
        if isinstance(token, IdentToken) and before.type == "literal" and before.value == ".":
            names.add(token.value)
    return names


def _is_icon(selector: list[Node]) -> bool:
    """Whether a selector sets an icon of FontAwesome."""
    return any(name.startswith("fa-") or name in ("fa", "fas", "far", "fab") for name in _names(selector))


def _text(tokens: list[Node]) -> str:
    return tinycss2.serialize([token for token in tokens if token.type != "comment"]).strip()
