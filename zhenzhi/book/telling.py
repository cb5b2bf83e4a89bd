"""Which models the pages tell, by the directives ``model-card`` and ``programmes``, and which they leave out."""

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from zhenzhi import project

#: A directive that tells models, or lists those that are to be told, with what it names and its options.
_DIRECTIVE = re.compile(
    r"^[`:]{3,}\{(?P<name>model-card|programmes|model-register)\}(?P<names>.*)\n(?P<options>(?::[\w-]+:.*\n)*)",
    re.MULTILINE,
)
_EXCEPT = re.compile(r"^:except:(.*)$", re.MULTILINE)


def programmes(models: Iterable[str], prefix: str, leave_out: Collection[str] = ()) -> list[str]:
    """The models that ``{programmes} PREFIX`` tells: those that begin so, but for those that it leaves out."""
    return [name for name in models if name.startswith(prefix) and name not in leave_out]


def told(text: str, models: Collection[str]) -> Iterator[str]:
    """The models that a page in MyST tells."""
    for match in _DIRECTIVE.finditer(text):
        named = match["names"].strip()
        if match["name"] == "programmes":
            leave_out = _EXCEPT.search(match["options"])
            yield from programmes(models, named, leave_out[1].split() if leave_out else ())
        elif match["name"] == "model-card":
            yield named


def untold(listed: Iterable[str], known: Collection[str]) -> str | None:
    """What is said of listed models that are not among those told; nothing where all are."""
    missing = [name for name in listed if name not in known]
    if not missing:
        return None
    return f"no chapter tells the models {', '.join(missing)}; expected a model-card or programmes directive with each"


def untold_on(pages: Iterable[Path], models: Collection[str]) -> str | None:
    """What is said of models that no page tells; nothing where all are told, or no page lists the models."""
    texts = [project.text(page) for page in pages]
    if not any(match["name"] == "model-register" for text in texts for match in _DIRECTIVE.finditer(text)):
        return None
    return untold(models, {name for text in texts for name in told(text, models)})
