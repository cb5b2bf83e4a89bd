"""What Jupyter names by chance has the same name in every build."""

import copy
import uuid

import pytest

from zhenzhi.building.normalize_notebook import normalize_notebook

STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


def notebook() -> dict:
    """Two lists and a stack, linked, under names given by chance."""
    box, first, second, stack, link, other = (uuid.uuid4().hex for _ in range(6))

    def link_of(name: str) -> dict:
        return {
            "model_name": "Link",
            "state": {"source": [f"IPY_MODEL_{name}", "index"], "target": [f"IPY_MODEL_{stack}"]},
        }

    models = {
        other: link_of(second),
        link: link_of(first),
        box: {"model_name": "Box", "state": {"children": [f"IPY_MODEL_{name}" for name in (first, second, stack)]}},
        first: {"model_name": "Dropdown", "state": {"description": "one"}},
        second: {"model_name": "Dropdown", "state": {"description": "one"}},
        stack: {"model_name": "Stack", "state": {"children": []}},
    }
    outputs = [{"output_type": "display_data", "data": {VIEW: {"model_id": box}}}]
    return {
        "metadata": {"widgets": {STATE: {"state": dict(sorted(models.items()))}}},
        "cells": [{"id": uuid.uuid4().hex[:8], "cell_type": "code", "source": "", "outputs": outputs}],
    }


@pytest.mark.parametrize("attempt", range(5))
def test_names_given_by_chance_are_the_same_in_every_build(attempt):
    assert normalize_notebook(notebook()) == normalize_notebook(notebook())


def test_widgets_still_name_each_other():
    made = normalize_notebook(notebook())
    models = made["metadata"]["widgets"][STATE]["state"]
    box = models[made["cells"][0]["outputs"][0]["data"][VIEW]["model_id"]]
    assert box["model_name"] == "Box"
    children = [child.removeprefix("IPY_MODEL_") for child in box["state"]["children"]]
    assert [models[child]["model_name"] for child in children] == ["Dropdown", "Dropdown", "Stack"]
    linked = [model["state"]["source"][0] for model in models.values() if model["model_name"] == "Link"]
    assert sorted(linked) == [f"IPY_MODEL_{child}" for child in children[:2]]


def test_what_is_steady_stays_as_it_is():
    made = normalize_notebook(notebook())
    assert normalize_notebook(copy.deepcopy(made)) == made


def test_a_notebook_without_widgets_keeps_all_but_the_names_of_its_cells():
    plain = {"metadata": {}, "cells": [{"id": "a", "source": "1 + 1"}, {"source": "text"}]}
    assert normalize_notebook(plain) == {
        "metadata": {},
        "cells": [{"id": "cell-0", "source": "1 + 1"}, {"source": "text"}],
    }
