"""The book in one language: what it knows by name, and the words for it."""

from zhenzhi.book.edition import Edition, open_book

__all__ = ["Edition", "open_book"]
