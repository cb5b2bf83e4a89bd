"""A panel: a small question that a reader answers by choosing. It holds its controls and, for every choice, a state.

Every state is there before a reader chooses, so that a published page needs no kernel: it gets the panel as data
(``zhenzhi.PANEL_MIME_TYPE``), which the Sphinx extension sets as HTML. In a notebook that someone works with the panel is an
ipywidget; any other viewer of a notebook shows its states as a table.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from zhenzhi import PANEL_MIME_TYPE, __version__, outputs
from zhenzhi.book.edition import Edition
from zhenzhi.errors import ZhenzhiError
from zhenzhi.panels import markup, widget


class PanelError(ZhenzhiError):
    """A panel cannot be made; the text names the panel and what it lacks."""


@dataclass(frozen=True)
class Control:
    """Something to choose by: its name and its options; a slider where the options are steps of one scale."""

    name: str
    options: Sequence[str]
    slider: bool = False


@dataclass(frozen=True)
class State:
    """What a panel shows for one choice: a sentence, and as SVG a picture that the sentence tells."""

    sentence: str
    picture: str


class Panel:
    """A panel of the book.

    Args:
        edition: the book in one language.
        panel_id: the entry of ``data/figures/`` with the title.
        controls: the lists to choose from.
        state: what to show for the chosen options, given their positions; asked once for each combination.
        names: the claims and computed quantities that the panel rests on.
        key: how the picture is to be read, where it does not say so itself.

    Attributes:
        states: all states; the last control changes fastest, and the first state is shown first.
    """

    def __init__(
        self,
        edition: Edition,
        panel_id: str,
        controls: Sequence[Control],
        state: Callable[[tuple[int, ...]], State],
        names: Sequence[str],
        key: str = "",
    ):
        self.edition, self.panel_id, self.controls, self.key = edition, panel_id, controls, key
        self.title = edition.plain(edition.chart_text(panel_id)["title"][edition.language])
        self.source = edition.label("facts-separator").join((edition.label("mark-computed"), _source(edition, names)))
        self.states = [state(chosen) for chosen in product(*(range(len(control.options)) for control in controls))]

    def content(self) -> dict:
        """The panel as data; see ``markup``."""
        return {
            "panel_id": self.panel_id,
            "title": self.title,
            "controls": [
                {"name": control.name, "options": list(control.options), "slider": control.slider}
                for control in self.controls
            ],
            "states": [{"sentence": state.sentence, "picture": state.picture} for state in self.states],
            "key": self.key,
            "source": self.source,
            "words": {
                "states": self.edition.label("panel-states"),
                "answer": self.edition.label("panel-answer"),
                "region": self.edition.named(self.edition.label("panel-states"), self.title),
            },
        }

    def _plain(self) -> str:
        return self.edition.label("title-and-text", title=self.title, text=self.states[0].sentence)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        content = self.content()
        common: dict = {"text/html": markup.table(content), "text/plain": self._plain()}
        if widget.is_wanted():
            common[widget.VIEW] = widget.view(content)
        return outputs.bundle({PANEL_MIME_TYPE: content}, common)


def _source(edition: Edition, names: Sequence[str]) -> str:
    """The documents of claims and computed quantities, and the version of the book."""
    claims = [c for name in names for c in (edition.result(name.partition(".")[0]).claims if "." in name else [name])]
    documents = {document["document_id"]: document for document in map(edition.document_of, claims)}
    publishers = edition.sequence(edition.source_of(document) for document in documents.values())
    return edition.label("source-line", sources=publishers, version=__version__)
