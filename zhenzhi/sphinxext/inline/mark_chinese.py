"""Marks Chinese in pages of another language as Chinese, so that screen readers speak it and browsers set it as such."""

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

#: A run of Chinese: characters, and the signs and digits between them.
_CHINESE = re.compile(r"[㐀-鿿“”‘’、，。；：《》（）]*[㐀-鿿](?:[㐀-鿿“”‘’、，。；：《》（）+\d]*[㐀-鿿”’》）])?")


class chinese(nodes.Inline, nodes.TextElement):
    """A phrase in Chinese."""


class MarkChinese(SphinxPostTransform):
    """Wraps each run of Chinese in running text."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs) -> None:
        if self.config.language.startswith("zh"):
            return
        for text in list(self.document.findall(nodes.Text)):
            parent = text.parent
            if isinstance(parent, (nodes.FixedTextElement, nodes.literal, nodes.raw, chinese)):
                continue
            pieces = _pieces(text.astext())
            if len(pieces) > 1 or isinstance(pieces[0], chinese):
                parent.replace(text, pieces)


def _pieces(text: str) -> list[nodes.Node]:
    pieces: list[nodes.Node] = []
    end = 0
    for match in _CHINESE.finditer(text):
        if match.start() > end:
            pieces.append(nodes.Text(text[end : match.start()]))
        pieces.append(chinese("", match.group()))
        end = match.end()
    if end < len(text) or not pieces:
        pieces.append(nodes.Text(text[end:]))
    return pieces


def _visit(self, node: chinese) -> None:
    self.body.append('<span lang="zh">')


def _depart(self, node: chinese) -> None:
    self.body.append("</span>")


def setup(app: Sphinx) -> None:
    app.add_node(chinese, html=(_visit, _depart))
    app.add_post_transform(MarkChinese)
