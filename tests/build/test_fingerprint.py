"""The fingerprint of a book."""

from zhenzhi.book.fingerprint import of_book, of_data, sources


def test_the_fingerprint_of_the_book_depends_on_every_kind_of_input(project):
    seen = {of_book(sources(project.root))}
    for name in (
        "data/claims.csv", "zhenzhi/book/edition.py", "chapters/small.md", "index.md", "_toc.yml", "_config.yml",
        "references.bib", "requirements.txt", "zhenzhi/sphinxext/static/zhenzhi.css", "package-lock.json",
    ):  # fmt: skip
        with (project.root / name).open("a") as file:
            file.write("\n")
        seen.add(of_book(sources(project.root)))
    assert len(seen) == 11


def test_what_a_program_says_of_its_run_is_no_part_of_the_book(project):
    before = sources(project.root)
    (project.root / "watch.log").write_text("shown after 1.9 s\n")
    assert sources(project.root) == before


def test_the_files_of_the_data_rest_on_the_data_and_the_package_and_on_no_page(project):
    before = of_data(project.root)
    with (project.root / "chapters" / "small.md").open("a") as file:
        file.write("\n")
    assert of_data(project.root) == before
    for name in ("data/claims.csv", "_config.yml", "LICENSE-CONTENT"):
        with (project.root / name).open("a") as file:
            file.write("\n")
        assert of_data(project.root) != before
        before = of_data(project.root)
