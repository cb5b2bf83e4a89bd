"""A panel as an ipywidget, for someone who works with a notebook; ipywidgets 7.7 (Colab) and 8."""

from html import escape
from typing import Any

from IPython import get_ipython

#: The MIME type under which a widget is shown.
VIEW = "application/vnd.jupyter.widget-view+json"


def is_wanted() -> bool:
    """Whether someone works with the notebook: only then may its code ask for input.

    Programs that execute notebooks from end to end, such as the build, papermill and nbconvert, say that nobody answers.
    """
    parent: dict = getattr(get_ipython(), "get_parent", dict)()
    return bool(parent) and parent.get("content", {}).get("allow_stdin", True)


def view(content: dict) -> dict:
    """Makes the widget of a panel; returns what shows it.

    Args:
        content: the panel as data; see ``markup``.
    """
    return {"version_major": 2, "version_minor": 0, "model_id": make(content).model_id}


def make(content: dict) -> Any:
    """The widget of a panel: drop-down lists above the state that they choose."""
    # Imported only here, because the builds of the book never show one.
    import ipywidgets

    def text(kind: str, value: str) -> str:
        return f'<p class="zz-{kind}">{escape(value)}</p>'

    lists = [
        (ipywidgets.SelectionSlider if control["slider"] else ipywidgets.Dropdown)(
            options=control["options"],
            index=0,
            description=control["name"],
            style={"description_width": "initial"},
        )
        for control in content["controls"]
    ]
    shown = ipywidgets.HTML()

    def show(_=None) -> None:
        at = 0
        for chosen in lists:
            at = at * len(chosen.options) + chosen.index
        state = content["states"][at]
        shown.value = f'<div style="max-width: 30rem">{state["picture"]}</div>{text("sentence", state["sentence"])}'

    show()
    for chosen in lists:
        chosen.observe(show, "index")
    notes = text("panel-source", content["key"]) + text("panel-source", content["source"])
    title = ipywidgets.HTML(f"<strong>{escape(content['title'])}</strong>")
    return ipywidgets.VBox([title, ipywidgets.HBox(lists), shown, ipywidgets.HTML(notes)])
