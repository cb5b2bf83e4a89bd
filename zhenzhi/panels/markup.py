"""A panel as HTML, from its data: with controls for a page of the book, or as a table where nothing can be chosen.

The data are those of ``Panel.content``: ``panel_id``, ``title``, ``controls`` (``name``, ``options``, ``slider``), ``states``
(``sentence``, ``picture`` as SVG; the last control changes fastest), ``key``, ``source``, and ``words`` of the interface.
"""

from html import escape
from itertools import product


def controlled(content: dict) -> str:
    """The panel for a page with ``panels.js``: its lists, the first state, the others at hand.

    Where no script runs, the first state and the table of all states are shown.
    """
    first, *others = content["states"]
    lists = "".join(_list(f"{_anchor(content)}-{n}", control) for n, control in enumerate(content["controls"]))
    region = escape(content["words"]["region"], quote=True)
    return (
        f'<div class="zz-panel" id="{_anchor(content)}">{_title(content)}<div class="zz-controls pst-js-only">{lists}</div>'
        f'<div class="zz-panel-state" aria-live="polite">{_shown(first)}</div>{_foot(content)}'
        f'<details class="zz-data zz-panel-states" open><summary>{escape(content["words"]["states"])}</summary>'
        f'<div class="zz-scroll" tabindex="0" role="region" aria-label="{region}">{_rows(content)}</div></details>'
        f"<template>{''.join(state['picture'] for state in others)}</template></div>"
    )


def table(content: dict) -> str:
    """All states in words, for viewers of notebooks that show neither script nor widget."""
    return f"{_title(content)}{_rows(content)}{_source(content)}"


def _anchor(content: dict) -> str:
    return f"panel-{content['panel_id']}"


def _title(content: dict) -> str:
    return f'<p class="zz-panel-title"><strong>{escape(content["title"])}</strong></p>'


def _list(name: str, control: dict) -> str:
    label = f'<label for="{name}">{escape(control["name"])}</label>'
    if control["slider"]:
        last = len(control["options"]) - 1
        return f'<span class="zz-control">{label}<input type="range" id="{name}" min="0" max="{last}" value="0"></span>'
    options = "".join(f"<option>{escape(option)}</option>" for option in control["options"])
    return f'<span class="zz-control">{label}<select id="{name}">{options}</select></span>'


def _shown(state: dict) -> str:
    sentence = escape(state["sentence"], quote=True)
    picture = f'<div class="zz-panel-picture" role="img" aria-label="{sentence}">{state["picture"]}</div>'
    return f'{picture}<p class="zz-sentence">{sentence}</p>'


def _foot(content: dict) -> str:
    key = f'<p class="zz-panel-source">{escape(content["key"])}</p>' if content["key"] else ""
    return key + _source(content)


def _source(content: dict) -> str:
    return f'<p class="zz-panel-source">{escape(content["source"])}</p>'


def _rows(content: dict) -> str:
    """A row for each state: what is chosen, and the sentence."""
    names = [*(control["name"] for control in content["controls"]), content["words"]["answer"]]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    choices = product(*(control["options"] for control in content["controls"]))
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in (*chosen, state['sentence']))}</tr>"
        for chosen, state in zip(choices, content["states"], strict=True)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
