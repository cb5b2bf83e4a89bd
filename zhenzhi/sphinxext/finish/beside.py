"""Puts what a page shows only when it is asked into a file beside it, so that the page itself is small and soon there.

These are the cards, what is folded of citations, where a record is used, the data of figures and the code behind them, the
other states of panels, the rows of the explorer, and what shows the text of a document. The file is a script, which a page
can load from a disk too, where it may fetch nothing: ``beside.js`` loads it at the first sign of a reader. What lies in it
has passed the policy of the pages.
"""

import json
from collections.abc import Iterator

from lxml import html

from zhenzhi.sphinxext.finish.pages import Page, Written

#: The name under which the file stands on the root element of its page.
_MARK = "data-beside"

#: By which name an element asks for what is held for it.
_HELD = "data-held"


def take_out(written: Written) -> None:
    """The step of the finishing pass."""
    for page in written.pages:
        label = written.edition.label
        held = dict(
            [
                *(*_cards(page), *_citations(page), *_uses(page, label), *_figures(page), *_states(page), *_rows(page)),
                *_texts(page),
            ]
        )
        file = page.path.with_suffix(".beside.js")
        if held:
            text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
            file.write_text(f"globalThis.zzHeld = {text};\n", encoding="utf-8")
            page.tree.set(_MARK, file.name)
        else:
            file.unlink(missing_ok=True)


def _cards(page: Page) -> Iterator[tuple[str, str]]:
    """The cards by ID; the page keeps one empty group for those that are shown."""
    groups = page.tree.xpath("//div[contains(@class, 'zz-cards')]")
    for group in groups:
        for card in list(group):
            yield card.get("id"), _text(card)
            group.remove(card)
        if group is not groups[0]:
            group.drop_tree()
    # What describes a figure is not there until its card is.
    for link in page.tree.xpath("//a[@data-card][@aria-describedby]"):
        del link.attrib["aria-describedby"]


def _citations(page: Page) -> Iterator[tuple[str, str]]:
    """The works of a fold, each once; the fold keeps their names."""
    for fold in page.tree.xpath("//details[contains(@class, 'zz-cite-fold')]"):
        works = fold.findall("div[@data-work]")
        for work in works:
            yield work.get("data-work"), _text(work)
            fold.remove(work)
        if works:
            fold.append(html.Element("div", {_HELD: " ".join(work.get("data-work") for work in works)}))


def _uses(page: Page, label) -> Iterator[tuple[str, str]]:
    """Where a record of a register is used, as a fold."""
    for record in page.tree.xpath("//div[contains(@class, 'zz-record')][@id]"):
        for line in record.xpath("p[@class='zz-used']"):
            name = f"used-{record.get('id')}"
            for own in line.xpath("span[@class='zz-label']"):
                own.drop_tree()  # the fold says it
            yield name, _text(line)
            fold, summary = html.Element("details", {"class": "zz-used-fold"}), html.Element("summary")
            places = len(line.findall("a"))
            summary.text = label("used-in-places-one") if places == 1 else label("used-in-places", count=str(places))
            fold.extend([summary, html.Element("div", {_HELD: name})])
            record.replace(line, fold)


def _figures(page: Page) -> Iterator[tuple[str, str]]:
    """The data of figures, and the code behind outputs."""
    for kind in ("figure", "code"):
        for data in page.tree.xpath(f"//details/div[@data-{kind}]"):
            yield from _emptied(data, data.get(f"data-{kind}"))


def _states(page: Page) -> Iterator[tuple[str, str]]:
    """The pictures of a panel but the one that it opens with."""
    for number, template in enumerate(page.tree.xpath("//div[contains(@class, 'zz-panel')]//template")):
        yield from _emptied(template, f"panel-{number}")


def _emptied(element: html.HtmlElement, name: str) -> Iterator[tuple[str, str]]:
    yield name, "".join(map(_text, element))
    for child in list(element):
        element.remove(child)
    element.text = None
    element.set(_HELD, name)


def _rows(page: Page) -> Iterator[tuple[str, dict]]:
    """The rows of the explorer, which its script finds when it begins."""
    for data in page.tree.xpath("//div[contains(@class, 'zz-explorer')]/script[@type='application/json']"):
        yield "explorer", json.loads(data.text)
        data.drop_tree()
        for late in page.tree.xpath("//script[contains(@src, '_static/explorer.js')]"):
            late.addprevious(html.Element("script", {"defer": "", "src": page.path.with_suffix(".beside.js").name}))


def _texts(page: Page) -> Iterator[tuple[str, dict]]:
    """What shows the text of a document to a reader who has it, by the ID of its fold."""
    for fold in page.tree.xpath("//details[contains(@class, 'zz-text-fold')]"):
        for data in fold.findall("script"):
            yield fold.get("id"), json.loads(data.text)
            data.drop_tree()


def _text(element: html.HtmlElement) -> str:
    return html.tostring(element, encoding="unicode", with_tail=False)
