"""Takes chance out of executed notebooks, so that two builds of one commit are the same byte for byte.

Jupyter gives every widget and every cell a name by chance. Here they are numbered: the widgets in the order in which the
outputs show them and they name each other, the cells as they stand.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_STATE = "application/vnd.jupyter.widget-state+json"
_VIEW = "application/vnd.jupyter.widget-view+json"
_NAME = re.compile(r"[0-9a-f]{32}")


def normalize_notebook(notebook: dict) -> dict:
    """An executed notebook with its widgets and cells numbered."""
    models = notebook["metadata"].get("widgets", {}).get(_STATE, {}).get("state", {})
    names: dict[str, str] = {}

    def number(name: str) -> None:
        if name in models and name not in names:
            names[name] = f"{len(names):032x}"
            for other in _named(models[name]["state"]):
                number(other)

    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            view = output.get("data", {}).get(_VIEW)
            if view:
                number(view["model_id"])
    # Links between widgets are shown by no output; they differ in what they link.
    for name in sorted(models.keys() - names.keys(), key=lambda name: _renamed(models[name], names)):
        number(name)

    made = json.loads(_renamed(notebook, names))
    for position, cell in enumerate(made["cells"]):
        if "id" in cell:
            cell["id"] = f"cell-{position}"
    return made


def _named(state: Any) -> Iterator[str]:
    """The models that the state of a model names."""
    if isinstance(state, str) and state.startswith("IPY_MODEL_"):
        yield state.removeprefix("IPY_MODEL_")
    elif isinstance(state, list):
        for item in state:
            yield from _named(item)
    elif isinstance(state, dict):
        for key in sorted(state):
            yield from _named(state[key])


def _renamed(content: Any, names: dict[str, str]) -> str:
    """Content as JSON with the names given so far."""
    text = json.dumps(content, sort_keys=True)
    return _NAME.sub(lambda match: names.get(match.group(), match.group()), text)
