"""What a reader takes away: archives and data files, and the one setting behind the launch buttons."""

import hashlib
import json
import os
import re
import subprocess
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import lxml.html
import nbformat
import openpyxl
import pytest
from frictionless import Checklist, Package

from zhenzhi import FIGURE_MIME_TYPE, PANEL_MIME_TYPE, __version__, citing, paths
from zhenzhi.errors import BuildError
from zhenzhi.takeaway import archive, bundle, croissant, data_files, names, offline, repository, workbook
from zhenzhi.takeaway.notebooks import portable
from zhenzhi.takeaway.places import Places
from zhenzhi.takeaway.wording import Wording

pytestmark = pytest.mark.slow

# Archives


def test_an_archive_depends_on_its_content_only(tmp_path):
    (tmp_path / "a.txt").write_text("one")
    archive.write(tmp_path / "1.zip", {"b": b"two", "a": tmp_path / "a.txt"})
    os.utime(tmp_path / "a.txt", (1, 1))
    archive.write(tmp_path / "2.zip", {"a": tmp_path / "a.txt", "b": b"two"})
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()


def test_an_archive_leaves_out_what_machines_leave_behind(tmp_path):
    for name in ("kept.py", ".DS_Store", "__pycache__/kept.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    assert list(archive.below(tmp_path, "p/")) == ["p/kept.py"]


def test_data_files_are_the_same_bytes_each_time(tmp_path, english):
    for number in (1, 2):
        data_files.write_package(paths.ROOT, tmp_path / f"{number}")
        archive.write(tmp_path / f"{number}.zip", archive.below(tmp_path / f"{number}"))
        data_files.write_sqlite(english, tmp_path / f"{number}.sqlite")
        data_files.write_parquet(english, tmp_path / f"{number}.parquet")
        workbook.write(english, tmp_path / f"{number}.xlsx")
    for kind in ("zip", "sqlite", "parquet", "xlsx"):
        assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes(), kind


def test_the_workbook_has_typed_numbers_and_days_and_no_formula(tmp_path, english, monkeypatch):
    rows = data_files.claim_rows(english)
    rows[0] |= {"note_en": "=HYPERLINK(A1)", "label_en": "+1", "label_zh": "@x"}
    monkeypatch.setattr(workbook, "claim_rows", lambda edition: rows)
    workbook.write(english, tmp_path / "claims.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "claims.xlsx")["claims"]
    head, *cells = sheet.iter_rows()
    names = [cell.value for cell in head]
    assert len(cells) == len(rows) and sheet.tables["claims"].ref == sheet.dimensions
    for row, shown in zip(rows, cells, strict=True):
        for name, cell in zip(names, shown, strict=True):
            value = row[name]
            assert cell.data_type != "f"
            if isinstance(value, date):
                assert cell.is_date and cell.value.date() == value
            elif isinstance(value, (int, float, Decimal)):
                assert cell.data_type == "n" and cell.value == float(value)
            else:
                assert cell.value == (value or None)
    assert {type(row[name]) for row in rows for name in ("period_first_day", "value")} == {type(None), date, Decimal}


def test_the_workbook_says_what_it_is_and_what_its_columns_hold(tmp_path, english):
    workbook.write(english, tmp_path / "claims.xlsx")
    book = openpyxl.load_workbook(tmp_path / "claims.xlsx")
    about = dict(book["about"].iter_rows(min_row=2, values_only=True))
    assert about["version"] == __version__ and about["licence"] == "https://creativecommons.org/licenses/by/4.0/"
    assert about["title_zh"] == "珠三角镇治：逐条数字" and about["description_zh"].endswith("。")
    assert (book.properties.title, book.properties.creator) == (about["title"], english.label("book-author"))
    assert __version__ in book.properties.description and about["licence"] in book.properties.description
    described = list(book["columns"].iter_rows(min_row=2, values_only=True))
    assert [name for name, *_ in described] == [cell.value for cell in book["claims"][1]]
    assert all(english_words and chinese[-1] in "。；" for _, english_words, chinese in described)


def test_the_days_of_a_period_are_its_first_and_its_last(english):
    rows = {row["claim_id"]: row for row in data_files.claim_rows(english)}
    tax = rows["jj17-tax"]
    assert (tax["period_start"], tax["period_end"]) == ("2017-01", "2017-08")
    assert (tax["period_first_day"], tax["period_last_day"]) == (date(2017, 1, 1), date(2017, 8, 31))


def test_the_data_package_says_its_version_sources_and_hashes(tmp_path):
    data_files.write_package(paths.ROOT, tmp_path / "data")
    descriptor = tmp_path / "data" / "datapackage.json"
    assert Package.validate_descriptor(str(descriptor)).flatten(["note"]) == []
    package = Package(str(descriptor))
    assert package.version == __version__
    assert [source["title"] for source in package.sources]
    for resource in package.resources:
        if resource.format == "csv":
            assert resource.validate(Checklist(pick_errors=["byte-count", "hash-count"])).valid, resource.name
    assert package.get_resource("claims").hash.startswith("sha256:")


def test_the_data_package_describes_itself_as_croissant(tmp_path):
    address = "https://example.org/0.2.0/downloads/data/"
    data_files.write_package(paths.ROOT, tmp_path / "data", address)
    told = json.loads((tmp_path / "data" / croissant.FILE).read_text(encoding="utf-8"))
    for file in told["distribution"]:
        content = (tmp_path / "data" / file["@id"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest() and file["contentSize"] == f"{len(content)} B"
        assert file["contentUrl"] == address + file["@id"]
    for table in told["recordSet"]:
        sources = [field["source"] for field in table["field"]]
        (file,) = {source["fileObject"]["@id"] for source in sources}
        head = (tmp_path / "data" / file).read_text(encoding="utf-8").partition("\n")[0]
        assert [source["extract"]["column"] for source in sources] == head.split(",")
        assert {key["@id"] for key in table["key"]} <= {field["@id"] for field in table["field"]}


@pytest.mark.parametrize(
    ("setting", "address"),
    [
        ("", ""),
        ("repository:\n", ""),
        ("repository:\n  url: https://github.com/some/book\n", "https://github.com/some/book"),
        ("repository:\n  url: https://github.com/some/book.git/\n", "https://github.com/some/book"),
    ],
)
def test_one_setting_names_the_repository(tmp_path, setting, address):
    (tmp_path / "_config.yml").write_text(f"title: A\n{setting}")
    assert repository.address(tmp_path) == address


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("https://github.com/some/book/tree/main", "https://github.com/some/book"),
        ("https://www.github.com/some/book", "https://github.com/some/book"),
        ("http://gitee.com/some/book", "https://gitee.com/some/book"),
        ("https://gitlab.com/group/part/book/-/tree/main", "https://gitlab.com/group/part/book"),
        ("https://codeberg.org/some/book/src/branch/main", "https://codeberg.org/some/book"),
        ("git@github.com:some/book.git", "https://github.com/some/book"),
        ("github.com/some/book", "https://github.com/some/book"),
        ("https://github.com/some", "https://HOST/OWNER/NAME"),
        ("my book", "https://HOST/OWNER/NAME"),
    ],
)
def test_a_wrong_address_of_the_repository_is_refused_with_the_right_one(tmp_path, given, right):
    (tmp_path / "_config.yml").write_text(f"repository:\n  url: {given}\n")
    with pytest.raises(BuildError, match=rf"expected '{re.escape(right)}'$"):
        repository.address(tmp_path)


@pytest.mark.parametrize(
    "path", ["github.com/some/book", "gitee.com/some/book", "codeberg.org/some/book", "gitlab.com/group/part/book"]
)
def test_the_right_address_is_taken_at_every_host(tmp_path, path):
    (tmp_path / "_config.yml").write_text(f"repository:\n  url: https://{path}\n")
    assert repository.address(tmp_path) == f"https://{path}"


def test_binder_installs_the_pinned_libraries_and_the_package_and_opens_chapters_as_notebooks():
    folder = paths.ROOT / ".binder"
    asked = (folder / "requirements.txt").read_text(encoding="utf-8").split()
    assert asked == ["-r", "../requirements.txt"]
    assert "-e ." in (paths.ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    started = subprocess.run(
        [folder / "start", "printenv", "JUPYTER_CONFIG_PATH"],
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    settings = Path(started.stdout.strip()) / "labconfig" / "default_setting_overrides.json"
    assert "Jupytext Notebook" in settings.read_text(encoding="utf-8")


def test_launch_addresses():
    github, elsewhere = "https://github.com/some/book", "https://git.example.org/some/book"
    assert repository.binder(github, "chapters/audit") == (
        f"https://mybinder.org/v2/gh/some/book/{repository.revision()}?urlpath=lab%2Ftree%2Fchapters%2Faudit.md"
    )
    assert "/gl/group%2Fpart%2Fbook/" in repository.binder("https://gitlab.com/group/part/book", "chapters/audit")
    for host in ("gitee.com", "codeberg.org"):
        assert f"/git/https%3A%2F%2F{host}%2Fsome%2Fbook/" in repository.binder(f"https://{host}/some/book", "index")
    assert "/git/https%3A%2F%2Fgit.example.org%2Fsome%2Fbook/" in repository.binder(elsewhere, "chapters/audit")
    assert repository.colab(github, "chapters/audit").endswith(
        f"/github/some/book/blob/notebooks/{citing.in_site()}/chapters/audit.ipynb"
    )
    assert repository.colab(elsewhere, "chapters/audit") is None
    assert repository.local(elsewhere) == (
        f"git clone --branch {repository.revision()} https://git.example.org/some/book\ncd book\nmake lab"
    )


def test_a_repository_is_cloned_by_the_first_cell_only_where_it_is_set(english):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("{claim}`jj17-grids`, {book}`documents`")])
    wording = Wording(english, Places(paths.ROOT, "en"), "chapters/audit", "", {})
    assert "clone" not in portable(notebook, wording).cells[0].source
    made = portable(notebook, wording, "https://github.com/some/book")
    assert "clone" in made.cells[0].source
    assert made.cells[1].source == f"104 grids, {len(english.tables.documents)}"


def test_what_a_page_sets_below_an_output_stands_below_it(english):
    picture = {"image/png": "", FIGURE_MIME_TYPE: {"caption": "Of {claim}`jj17-grids`."}}
    table = {"text/html": "<figure></figure>", FIGURE_MIME_TYPE: {"caption": "It has it inside."}}
    panel = {"text/html": "<table></table>", PANEL_MIME_TYPE: {}}
    cells = [
        nbformat.v4.new_code_cell(f"{number}", outputs=[nbformat.v4.new_output("display_data", data)])
        for number, data in enumerate((picture, table, panel, panel))
    ]
    wording = Wording(english, Places(paths.ROOT, "en"), "chapters/audit", "", {})
    _, *made = portable(nbformat.v4.new_notebook(cells=cells), wording).cells
    in_book = english.label("notebook-screen", page="*The audit: do the numbers hold together?*")
    assert [cell.source for cell in made[:-1]] == ["0", "Of 104 grids.", "1", "2", in_book, "3"]
    assert made[-1].source.endswith(english.label("licence-line", version=__version__))


def test_finishing_again_changes_nothing_and_the_copy_for_reading_offline_lists_what_it_holds(tmp_path, english):
    book = tmp_path / "book"
    (book / names.FOLDER).mkdir(parents=True)
    for name in (names.PARQUET, *names.NOT_OFFLINE):
        (book / names.FOLDER / name).write_bytes(b"data")
    begin, end = names.MARKS
    (book / "page.html").write_text(f"<p>{begin}{end}</p>")
    bundle.finish(book, {"": english})
    first = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    bundle.finish(book, {"": english})
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == first
    with zipfile.ZipFile(book / names.FOLDER / names.BOOK) as files:
        folder = names.BOOK.removesuffix(".zip")
        inside = files.read(f"{folder}/page.html").decode()
        sums = files.read(f"{folder}/{names.FOLDER}/{names.CHECKSUMS}").decode()
        held = {name.rpartition("/")[2] for name in files.namelist()}
    page = (book / "page.html").read_text()
    for name in (names.BOOK, *names.NOT_OFFLINE):
        assert name in page and name not in held and name not in inside and name not in sums
    assert names.PARQUET in held and names.PARQUET in inside and names.PARQUET in sums


def test_the_copy_for_reading_offline_has_no_link_to_what_it_leaves_out(tmp_path):
    for name in ("figures/a.png", "figures/a.svg", "share/a.png", "downloads/notebooks/a.ipynb", "images/a.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    figure = '<a href="figures/a.svg" download>SVG</a> · <a href="figures/a.png" download>PNG</a>'
    notebook = '<a href="downloads/notebooks/a.ipynb" download>Download</a>'
    launch = '<a class="zz-launch" href="https://example.org">Open</a>'
    lines = (f"Files: {figure}", f"Notebook: {notebook}", f"Notebook: {notebook} · {launch}")
    (tmp_path / "a.html").write_text("".join(f'<p class="zz-downloads">{line}</p>' for line in lines))
    made = offline.entries(tmp_path, "", offline.left_out(tmp_path))
    assert sorted(made) == ["a.html", "figures/a.svg", "images/a.png"]
    page = lxml.html.fromstring(made["a.html"].decode())
    assert [p.text_content() for p in page.find_class("zz-downloads")] == ["Files: SVG", "Notebook: Open"]


# The PDF edition


def test_signs_of_the_pdf_are_as_wide_as_the_language_has_them():
    try:
        from weasyprint import HTML
    except OSError:
        pytest.skip("Pango is missing, which the PDF edition needs")
    from zhenzhi.takeaway import pdf

    face, name = next(iter(pdf._FACES.items()))
    style = f"@font-face {{ font-family: '{face}'; src: url('{(pdf._FONTS / name).as_uri()}') }}"
    style += (pdf._TEMPLATES / "pdf.css").read_text(encoding="utf-8")

    def width(language: str, signs: str) -> float:
        page = (
            HTML(string=f"<html lang='{language}'><style>{style}</style><body>{signs}</body></html>").render().pages[0]
        )
        return next(box.width for box in page._page_box.descendants() if getattr(box, "text", None) == signs)

    assert width("zh-CN", "，“”") == pytest.approx(width("zh-CN", "三个字"))
    assert width("en", "“”") < width("en", "两字")


@pytest.mark.parametrize(("version", "named", "folder"), [("0.2.0", "v0.2.0", "0.2.0"), ("0.2.0-dev", "main", "dev")])
def test_what_lies_between_releases_is_found_at_the_branch_that_holds_it(monkeypatch, version, named, folder):
    for module in (repository, citing):
        monkeypatch.setattr(module, "__version__", version)
    assert repository.revision() == named
    assert f"/notebooks/{folder}/" in repository.colab("https://github.com/some/book", "chapters/audit")
