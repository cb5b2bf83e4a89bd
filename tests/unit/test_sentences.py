"""Sentences on the documents as a whole are read again when a document comes."""

import shutil

from zhenzhi import paths
from zhenzhi.book import sentences
from zhenzhi.book.edition import Edition
from zhenzhi.coding.edit import Edit
from zhenzhi.data import tables


def outgrown(root):
    return list(map(str, sentences.outgrown(Edition(tables.load(root / "data"), "en"), root)))


def test_each_sentence_stands_on_its_page_and_was_read_for_the_documents_there_are():
    assert outgrown(paths.ROOT) == []


def test_a_sentence_to_read_again_is_named_by_file_and_line(tmp_path):
    shutil.copytree(paths.ROOT / "data", tmp_path / "data")
    (tmp_path / "chapters").mkdir()
    page = tmp_path / "chapters" / "findings.md"
    page.write_text("# Findings\n\nAll of\nthem agree.\n", encoding="utf-8")
    edit = Edit(tmp_path)
    rows = [("All of them", "documents", "4"), ("None of them", "documents", "5"), ("them agree", "hats", "5")]
    edit.write_rows(
        "page_sentences",
        [{"page": "chapters/findings", "words": words, "count": count, "value": value} for words, count, value in rows],
    )
    edit.write()
    documents = len(tables.load(paths.DATA).documents)
    again, gone, unknown = outgrown(tmp_path)
    assert again == (
        f"chapters/findings.md, line 3: 'All of them' was written for 4 of 'documents', now {documents}; expected it "
        "read again, then the number that it was read for (page_sentences.csv, row 2)"
    )
    assert gone.startswith("page_sentences.csv, row 3: 'None of them' does not stand on chapters/findings.md")
    assert unknown.startswith("page_sentences.csv, row 4: the book has no count 'hats'; expected one of ")
