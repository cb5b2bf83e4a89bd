"""Pieces of Markdown: heads, lists, tables, and names as they stand there."""

from collections.abc import Iterable, Sequence

from zhenzhi.book.edition import Edition


def in_both(edition: Edition, row, name: str = "name") -> str:
    """A name in the language of the book, and in Chinese where that is another."""
    return " ".join(filter(None, (edition.local(row, name), edition.original(row, name))))


def name_of_check(edition: Edition, check_id: str) -> str:
    return edition.check(check_id)["name"][edition.language]


def head(text: str) -> str:
    """Words that head others. A sign that ends them stands behind: within, it would keep Markdown from ending there."""
    text = text[:1].upper() + text[1:]
    words = text.rstrip(".:：。")
    return f"**{words}**{text[len(words) :]}"


def facts(edition: Edition, rows: Iterable[tuple[str, str]]) -> str:
    return bullets(edition.named(head(edition.label(key)), text) for key, text in rows)


def bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(texts)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))
