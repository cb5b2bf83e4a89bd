"""What a panel shows before a reader touches it, as HTML that needs no widget runtime."""

from html import escape

#: Where an executed notebook, and a built page, keep the widgets.
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def default_picture(models: dict, model_id: str) -> str:
    """The default picture of a panel.

    Args:
        models: the widgets of the page by ID.
        model_id: the panel.

    Returns:
        its title, the options that are chosen, the picture with its text, and its source line.
    """
    state = models[model_id]["state"]
    name = models[model_id]["model_name"]
    if name == "HTMLModel":
        return state["value"]
    if name == "DropdownModel":
        chosen = escape(state["_options_labels"][state["index"]])
        return f'<p class="zz-panel-choice">{escape(state["description"])}: <strong>{chosen}</strong></p>'
    children = [child.removeprefix("IPY_MODEL_") for child in state.get("children", ())]
    if name == "StackModel":
        children = children[state["selected_index"] or 0 :][:1]
    return "\n".join(default_picture(models, child) for child in children)
