"""The fingerprint of a book."""

from zhenzhi.book.fingerprint import of_book


def test_the_fingerprint_of_the_book_depends_on_every_kind_of_input(project):
    seen = {of_book(project.root)}
    for name in (
        "data/claims.csv", "zhenzhi/book/edition.py", "chapters/small.md", "index.md", "_toc.yml", "_config.yml",
        "references.bib", "requirements.txt", "zhenzhi/sphinxext/static/zhenzhi.css", "package-lock.json",
    ):  # fmt: skip
        with (project.root / name).open("a") as file:
            file.write("\n")
        seen.add(of_book(project.root))
    assert len(seen) == 11
