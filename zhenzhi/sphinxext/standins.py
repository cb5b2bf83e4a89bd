"""Shows a panel in its first state until the widget runtime is there: no runtime is needed to read it or to print it.

The stand-in is made from the widget state that the notebook left, in the markup and the classes of the runtime, so that
nothing moves when the panel takes its place. ``panels.js`` loads the runtime when the panel comes near or is used.
"""

import hashlib
import json
import re
from functools import lru_cache
from html import escape

from sphinx.application import Sphinx

from zhenzhi import paths

#: The runtime below ``_static``; npm brings it.
RUNTIME = "embed.js"

_STATE_TYPE = "application/vnd.jupyter.widget-state+json"
_VIEW = re.compile(r'<script type="application/vnd\.jupyter\.widget-view\+json">(.*?)</script>', re.DOTALL)


def _insert(app: Sphinx, pagename: str, templatename: str, context: dict, doctree) -> None:
    state = _state(context)
    if not state:
        return
    runtime = f"{'../' * pagename.count('/')}_static/{RUNTIME}?v={_version()}"

    def place(match: re.Match) -> str:
        model = json.loads(match.group(1))["model_id"]
        waiting = f'<div class="zz-standin">{_markup(state, model)}</div>' if model in state else ""
        return f'<div class="zz-panel-place" data-runtime="{runtime}">{waiting}{match.group()}</div>'

    context["body"] = _VIEW.sub(place, context["body"])


@lru_cache(maxsize=1)
def _version() -> str:
    """The beginning of the runtime's hash, so that no browser keeps an older one."""
    return hashlib.sha256((paths.WIDGET_RUNTIME / RUNTIME).read_bytes()).hexdigest()[:8]


def _state(context: dict) -> dict:
    """The widgets of the page by ID."""
    for file in context["script_files"]:
        attributes = getattr(file, "attributes", {})
        if attributes.get("type") == _STATE_TYPE:
            return json.loads(attributes["body"])["state"]
    return {}


def _markup(state: dict, model: str) -> str:
    """A widget as HTML; of a stack its open page."""
    widget = state[model.removeprefix("IPY_MODEL_")]
    name, values = widget["model_name"], widget["state"]
    if name == "HTMLModel":
        return f'<div class="widget-html"><div class="widget-html-content">{values["value"]}</div></div>'
    if name == "DropdownModel":
        return _dropdown(model.removeprefix("IPY_MODEL_"), values)
    if name == "StackModel":
        return f'<div class="widget-box">{_markup(state, values["children"][values["selected_index"] or 0])}</div>'
    kind = "widget-vbox" if name == "VBoxModel" else "widget-hbox"
    classes = " ".join(("widget-box", kind, *values["_dom_classes"]))
    return f'<div class="{classes}">{"".join(_markup(state, child) for child in values["children"])}</div>'


def _dropdown(model: str, values: dict) -> str:
    options = "".join(
        f"<option{' selected' if number == values['index'] else ''}>{escape(label)}</option>"
        for number, label in enumerate(values["_options_labels"])
    )
    return (
        f'<div class="widget-dropdown pst-js-only"><label class="widget-label" for="zz-{model}">'
        f'{escape(values["description"])}</label><select id="zz-{model}">{options}</select></div>'
    )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", _insert, priority=850)
