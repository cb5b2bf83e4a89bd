"""What lies beside a page of the built book: cards, citations, data of figures, other states of panels, rows."""

import json
from pathlib import Path


def whole(page: Path) -> str:
    """The HTML of a page followed by all that is held beside it."""
    return page.read_text(encoding="utf-8") + "".join(part for part in held(page).values() if isinstance(part, str))


def held(page: Path) -> dict:
    """What is held beside a page, by name; nothing where it has no such file."""
    file = page.with_suffix(".beside.js")
    if not file.is_file():
        return {}
    text = file.read_text(encoding="utf-8")
    return json.loads(text.removeprefix("globalThis.zzHeld = ").removesuffix(";\n"))
