"""What a reader takes away: every file opened, read back and compared with what it was made from."""

import csv
import hashlib
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import lxml.html
import nbformat
import pyarrow.parquet
import pytest
from browser import chromium, needs_browser
from frictionless import Package
from nbclient import NotebookClient
from PIL import Image
from pypdf import PdfReader

from zhenzhi import FIGURE_MIME_TYPE, __version__, paths, tables
from zhenzhi.edition import open_book
from zhenzhi.publishing import takeaway
from zhenzhi.publishing.execute import notebooks
from zhenzhi.takeaway import archive, data_files, listing, names, repository, widgets
from zhenzhi.takeaway.notebooks import portable


@pytest.fixture(scope="module")
def downloads(html) -> Path:
    return html / names.FOLDER


def unpack(file: Path, folder: Path) -> Path:
    with zipfile.ZipFile(file) as files:
        assert files.testzip() is None
        files.extractall(folder)
    return folder


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


# Data


def test_the_data_zip_is_a_valid_package_with_all_files(downloads, tmp_path):
    folder = unpack(downloads / names.DATA, tmp_path)
    assert {"LICENSE", "README.md", "datapackage.json"} <= {path.name for path in folder.iterdir()}
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    data = tables.load(folder)
    for name, frame in tables.load().frames.items():
        assert data.frames[name].equals(frame), name


def test_the_sqlite_file_holds_every_table(downloads):
    data = tables.load()
    database = sqlite3.connect(downloads / names.SQLITE)
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    known = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert known == {*data.frames, *data.yaml, "about"}
    for name, frame in data.frames.items():
        rows = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
        assert len(rows) == len(frame)
        for row, expected in zip(rows, frame.itertuples(index=False, name=None), strict=True):
            for cell, value in zip(row, expected, strict=True):
                assert (Decimal(str(cell)) if isinstance(value, Decimal) else cell) == value
    caveats = [json.loads(entry) for (entry,) in database.execute("SELECT entry FROM caveats ORDER BY position")]
    assert caveats == json.loads(json.dumps(data.yaml["caveats"], default=str))
    assert dict(database.execute("SELECT name, value FROM about"))["version"] == __version__


def test_the_sqlite_file_refuses_what_breaks_the_contract(downloads, tmp_path):
    file = tmp_path / "data.sqlite"
    file.write_bytes((downloads / names.SQLITE).read_bytes())
    database = sqlite3.connect(file)
    database.execute("PRAGMA foreign_keys = ON")
    for statement in (
        "UPDATE claims SET kind = 'guess' WHERE claim_id = 'jj17-grids'",
        "UPDATE claims SET unit = NULL WHERE claim_id = 'jj17-grids'",
        "INSERT INTO places SELECT * FROM places LIMIT 1",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.execute(statement)
    database.execute("UPDATE claims SET place_id = 'nowhere' WHERE claim_id = 'jj17-grids'")
    with pytest.raises(sqlite3.IntegrityError):
        database.commit()


def test_the_parquet_file_holds_every_claim_joined(downloads):
    book = open_book()
    table = pyarrow.parquet.read_table(downloads / names.PARQUET)
    rows = table.to_pylist()
    claims = book.tables.claims
    assert [row["claim_id"] for row in rows] == list(claims.index)
    for row, claim in zip(rows, claims.to_dict("records"), strict=True):
        assert {column: row[column] for column in claim} == claim
        document = book.document_of(row["claim_id"])
        assert (row["document_id"], row["document_published"]) == (document["document_id"], document["published"])
        assert row["place_name_zh"] == book.tables.places.at[row["place_id"], "name_zh"]
        assert row["indicator_definition"] == book.tables.indicators.at[row["indicator_id"], "definition"]
        if row["model_id"]:
            assert row["model_name_zh"] == book.tables.models.at[row["model_id"], "name_zh"]
        if row["low"] is not None and row["high"] is not None:
            assert row["low"] <= row["high"]
        assert (row["verdict"] is not None) == (row["claim_id"] in book.checked)
        if row["verdict"] == "inconsistent":
            assert "inconsistent" in {book.results[check].verdict for check in row["checks"].split()}
    assert {row["verdict"] for row in rows} == {None, "consistent", "inconsistent", "undetermined"}
    assert table.schema.metadata[b"version"].decode() == __version__
    assert table.schema.field("as_written").metadata[b"description"]


def test_data_files_are_the_same_bytes_each_time(tmp_path, english):
    for number in (1, 2):
        data_files.write_zip(paths.ROOT, tmp_path / f"{number}.zip")
        data_files.write_sqlite(english, tmp_path / f"{number}.sqlite")
        data_files.write_parquet(english, tmp_path / f"{number}.parquet")
    for kind in ("zip", "sqlite", "parquet"):
        assert (tmp_path / f"1.{kind}").read_bytes() == (tmp_path / f"2.{kind}").read_bytes(), kind


# Notebooks


def test_every_chapter_offers_its_notebook(html):
    for chapter in notebooks():
        page = chapter.relative_to(paths.ROOT).with_suffix("").as_posix()
        text = (html / f"{page}.html").read_text(encoding="utf-8")
        assert f'href="{"../" * page.count("/")}{names.notebook(page)}" download' in text
        assert (html / names.notebook(page)).is_file()


def test_notebooks_carry_nothing_that_only_this_book_reads(downloads, tmp_path):
    folder = unpack(downloads / names.NOTEBOOKS_ZIP, tmp_path)
    files = sorted((folder / "chapters").glob("*.ipynb"))
    assert [file.stem for file in files] == sorted(chapter.stem for chapter in notebooks())
    for file in files:
        notebook = nbformat.read(file, 4)
        nbformat.validate(notebook)
        assert set(notebook.metadata) <= {"kernelspec", "language_info", "widgets"}
        for cell in notebook.cells:
            assert not re.search(r"\{(claim|computed|external|book|numref)\}`", cell.source), cell.source
            for output in cell.get("outputs", ()):
                assert not [kind for kind in output.get("data", {}) if kind.startswith("application/vnd.zhenzhi")]
                if widgets.VIEW in output.get("data", {}):
                    assert "<svg" in output["data"]["text/html"]


def test_a_downloaded_notebook_reruns(downloads, tmp_path):
    folder = unpack(downloads / names.NOTEBOOKS_ZIP, tmp_path)
    file = folder / "chapters" / "lishui.ipynb"
    notebook = nbformat.read(file, 4)
    before = [list(output.get("data", {})) for cell in notebook.cells for output in cell.get("outputs", ())]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    client = NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(file.parent)}}
    )
    notebook.cells.append(nbformat.v4.new_code_cell("import zhenzhi; print(zhenzhi.__file__)"))
    client.execute(env=environment)
    assert notebook.cells[-1].outputs[0].text.startswith(str(folder))
    after = [list(output.get("data", {})) for cell in notebook.cells[:-1] for output in cell.get("outputs", ())]
    assert len(after) == len(before)
    assert any(FIGURE_MIME_TYPE in kinds for kinds in after)


def test_a_notebook_alone_says_what_it_lacks(downloads, tmp_path):
    cell = nbformat.read(downloads / "notebooks" / "lishui.ipynb", 4).cells[0]
    run = subprocess.run([sys.executable, "-c", cell.source], cwd=tmp_path, capture_output=True, text=True)
    assert "expected the folders zhenzhi and data beside" in run.stderr


# Launch buttons


def test_launch_buttons_are_absent_while_no_repository_is_set(html):
    assert repository.address(paths.ROOT) == ""
    for page in sorted(html.rglob("*.html")):
        assert "zz-launch" not in page.read_text(encoding="utf-8"), page


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


def test_binder_installs_the_pinned_libraries_and_the_package_and_opens_chapters_as_notebooks():
    folder = paths.ROOT / ".binder"
    asked = (folder / "requirements.txt").read_text(encoding="utf-8").split()
    assert asked == ["-r", "../requirements.txt", "-e", "."]
    started = subprocess.run(
        [folder / "start", "printenv", "JUPYTER_CONFIG_PATH"], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    settings = Path(started.stdout.strip()) / "labconfig" / "default_setting_overrides.json"
    assert "Jupytext Notebook" in settings.read_text(encoding="utf-8")


def test_launch_addresses():
    github, elsewhere = "https://github.com/some/book", "https://git.example.org/some/book"
    assert repository.binder(github, "chapters/audit") == (
        f"https://mybinder.org/v2/gh/some/book/v{__version__}?urlpath=lab%2Ftree%2Fchapters%2Faudit.md"
    )
    assert "/git/https%3A%2F%2Fgit.example.org%2Fsome%2Fbook/v" in repository.binder(elsewhere, "chapters/audit")
    assert repository.colab(github, "chapters/audit").endswith(
        f"/github/some/book/blob/notebooks/{__version__}/chapters/audit.ipynb"
    )
    assert repository.colab(elsewhere, "chapters/audit") is None
    assert repository.local(elsewhere) == (
        f"git clone --branch v{__version__} https://git.example.org/some/book\ncd book\nmake lab"
    )


def test_a_repository_that_is_set_brings_launch_buttons(project):
    project.replace(
        "_config.yml",
        "title: Zhenzhi 镇治\nauthor",
        "title: Zhenzhi\nrepository:\n  url: https://github.com/some/book\nauthor",
    )
    built = project.build()
    assert built.returncode == 0, built.stdout + built.stderr
    page = lxml.html.fromstring((project.html / "chapters" / "small.html").read_text(encoding="utf-8"))
    assert [link.text for link in page.find_class("zz-launch") if link.tag == "a"] == [
        "Open in Binder",
        "Open in Colab",
    ]
    assert "git clone" in page.xpath("//details[@class='zz-launch']")[0].text_content()
    register = (project.html / "chapters" / "register.html").read_text(encoding="utf-8")
    assert "zz-launch" not in register
    notebook = nbformat.read(project.html / names.notebook("chapters/small"), 4)
    assert (
        f"git clone --quiet --depth 1 --branch v{__version__} https://github.com/some/book" in notebook.cells[0].source
    )


def test_a_repository_is_cloned_by_the_first_cell_only_where_it_is_set(english):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("{claim}`jj17-grids`, {book}`documents`")])
    assert "clone" not in portable(notebook, english).cells[0].source
    made = portable(notebook, english, "https://github.com/some/book")
    assert "clone" in made.cells[0].source
    assert made.cells[1].source == f"104 grids, {len(english.tables.documents)}"


# The whole book


def test_the_checksums_are_those_of_the_files(downloads):
    lines = (downloads / names.CHECKSUMS).read_text().splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    found = {path.relative_to(downloads).as_posix() for path in downloads.rglob("*") if path.is_file()}
    assert set(listed) == found - {names.CHECKSUMS}
    for name, digest in listed.items():
        assert hashlib.sha256((downloads / name).read_bytes()).hexdigest() == digest, name


def test_the_page_of_downloads_lists_them(html, downloads):
    page = lxml.html.fromstring((html / "chapters" / "downloads.html").read_text(encoding="utf-8"))
    rows = page.xpath("//table[@class='zz-files']/tbody/tr")
    files = [row.xpath("./td/a/@href")[0] for row in rows]
    assert files == [f"../{names.FOLDER}/{name}" for name, _, _ in names.FILES if (downloads / name).is_file()]
    for row, file in zip(rows, files, strict=True):
        target = (html / "chapters" / file).resolve()
        assert row.xpath("./td/code/text()") == [hashlib.sha256(target.read_bytes()).hexdigest()]
        assert row.xpath("./td[3]/text()") == [listing.size(target)]


def test_machines_find_the_data(html, downloads):
    page = lxml.html.fromstring((html / "index.html").read_text(encoding="utf-8"))
    graph = json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"]
    (dataset,) = (thing for thing in graph if thing["@type"] == "Dataset")
    for download in dataset["distribution"]:
        assert (html / download["contentUrl"]).is_file()
    assert {download["name"] for download in dataset["distribution"]} == set(names.DATA_FILES)


def test_finishing_again_changes_nothing(tmp_path, english):
    book = tmp_path / "book"
    (book / names.FOLDER).mkdir(parents=True)
    (book / names.FOLDER / names.DATA).write_bytes(b"data")
    begin, end = names.MARKS
    (book / "page.html").write_text(f"<p>{begin}{end}</p>")
    takeaway.finish(book, english)
    first = {path: path.read_bytes() for path in book.rglob("*") if path.is_file()}
    takeaway.finish(book, english)
    assert {path: path.read_bytes() for path in book.rglob("*") if path.is_file()} == first
    with zipfile.ZipFile(book / names.FOLDER / names.BOOK) as files:
        assert not [name for name in files.namelist() if name.endswith(names.BOOK)]
        inside = files.read(f"{names.BOOK.removesuffix('.zip')}/page.html").decode()
    assert names.DATA in inside and names.BOOK not in inside
    assert names.BOOK in (book / "page.html").read_text()


@needs_browser
def test_the_unpacked_book_opens_from_the_disk(downloads, tmp_path):
    unpack(downloads / names.BOOK, tmp_path)
    (folder,) = tmp_path.iterdir()
    assert folder.name == names.BOOK.removesuffix(".zip")
    problems, outside = [], []
    with chromium() as browser:
        page = browser.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("requestfailed", lambda request: problems.append(f"failed: {request.url}"))
        page.on("request", lambda request: outside.append(request.url))
        for name in (
            "index",
            "chapters/jiujiang-2017",
            "chapters/register/jj17",
            "chapters/downloads",
            "chapters/explorer",
        ):
            page.goto((folder / f"{name}.html").as_uri(), wait_until="load")
            page.wait_for_timeout(500)
            problems += [
                f"{name}: {source} is not shown"
                for source in page.eval_on_selector_all(
                    "img",
                    "all => all.filter(i => i.complete && i.checkVisibility() && !i.naturalWidth).map(i => i.src)",
                )
            ]
    assert problems == []
    assert [url for url in outside if not url.startswith(("file:", "data:", "blob:"))] == []


# Figures


def test_every_figure_can_be_taken_away(html):
    figures = sorted(path.stem for path in (html / "figures").glob("*.csv"))
    shown = {name for path in html.rglob("*.html") for name in re.findall(r'id="fig-([a-z0-9-]+)"', path.read_text())}
    assert set(figures) == shown
    for figure in figures:
        check_figure(html / "figures", figure)


def check_figure(folder: Path, figure: str) -> None:
    """SVG, PNG and CSV with the source line and the licence inside."""
    drawing = (folder / f"{figure}.svg").read_text(encoding="utf-8")
    assert f"Zhenzhi {__version__}, CC BY 4.0." in drawing and "<dc:rights>" in drawing
    width, height = (float(size) for size in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing).groups())
    with Image.open(folder / f"{figure}.png") as picture:
        # Twice the size in which the page shows it, 100 pixels an inch.
        assert picture.size == pytest.approx((2 * width * 100 / 72, 2 * height * 100 / 72), abs=2)
        assert f"Zhenzhi {__version__}" in picture.text["Source"] and picture.text["Copyright"] == "CC BY 4.0"
    rows = list(csv.reader(io.StringIO((folder / f"{figure}.csv").read_text(encoding="utf-8"))))
    assert len(rows) >= 4 and "claims" in rows[0]
    assert rows[-2][0].startswith("# Source: ") and "CC BY 4.0" in rows[-1][0]


# The PDF edition


#: The whole book takes many minutes to set; these pages have all that its pages have: panel, figures, records, terms.
PDF_TOC = """format: jb-book
root: index
chapters:
  - file: chapters/jiujiang-2017
  - file: chapters/compare
  - file: chapters/glossary
  - file: chapters/register
    sections:
      - file: chapters/register/nanhai
"""
PDF_PAGES = ("jiujiang-2017", "compare", "glossary", "register", "register/nanhai")


@pytest.fixture(scope="module")
def pdf(html, tmp_path_factory, english) -> Path:
    from zhenzhi.takeaway import pdf

    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("Pango is missing, which the PDF edition needs (Debian: libpango-1.0-0, libpangoft2-1.0-0)")
    root = tmp_path_factory.mktemp("pdf")
    (root / "_toc.yml").write_text(PDF_TOC)
    file = root / "zhenzhi.pdf"
    pdf.write(root, html, english, file, f"{html.name}/")
    return file


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(pdf)


def test_the_pdf_has_a_cover_and_says_what_it_is(reader):
    cover = reader.pages[0].extract_text()
    assert "镇治" in cover and f"Version {__version__}" in cover and "CC BY 4.0" in cover
    assert "Pearl River Delta" in reader.metadata.title
    assert reader.metadata.author == "The Zhenzhi contributors"


def test_every_page_of_the_pdf_names_the_version(reader):
    for number, page in enumerate(reader.pages[1:], 2):
        text = page.extract_text()
        assert f"Zhenzhi 镇治 {__version__}" in text, number
        assert str(number) in text.split(), number


def flat(outline) -> list:
    return [entry for item in outline for entry in (flat(item) if isinstance(item, list) else [item])]


def test_the_bookmarks_and_the_contents_lead_to_the_chapters(html, reader):
    titles = {}
    for entry in flat(reader.outline):
        titles[entry.title] = reader.get_destination_page_number(entry)
    contents = "".join(page.extract_text() for page in reader.pages[1:6])
    for name in PDF_PAGES:
        page = html / "chapters" / f"{name}.html"
        heading = lxml.html.fromstring(page.read_text(encoding="utf-8")).xpath("//article//h1")[0]
        title = " ".join(heading.text_content().removesuffix("#").split())
        assert title in titles, title
        text = " ".join(reader.pages[titles[title]].extract_text().split())
        assert title.split()[-1] in text
        line = re.search(rf"{re.escape(title.split()[-1])}[ .]*{titles[title] + 1}\b", contents)
        assert line, f"{title}: expected page {titles[title] + 1} in the contents"


def test_the_contents_leave_out_the_letters_of_the_glossary(reader):
    contents = "".join(page.extract_text() for page in reader.pages[1:6])
    assert not re.search(r"^[A-Z] ?\.", contents, re.MULTILINE)


def test_a_panel_stands_once(html, reader):
    page = lxml.html.fromstring((html / "chapters" / "jiujiang-2017.html").read_text(encoding="utf-8"))
    (title,) = page.xpath("//*[contains(@class,'zz-standin')]//*[contains(@class,'zz-panel-title')]/text()")
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert text.count(title) == 1


def test_the_matrix_of_instruments_has_pages_on_their_side_and_nothing_else_has(reader):
    wide = [page.extract_text() for page in reader.pages if page.mediabox.width > page.mediabox.height]
    assert wide and all("Instrument" in text and "not mentioned" not in text for text in wide)


def test_all_typefaces_of_the_pdf_are_inside(reader):
    fonts = {}
    for page in reader.pages:
        for font in (page["/Resources"].get("/Font") or {}).values():
            font = font.get_object()
            fonts[str(font["/BaseFont"])] = font
    assert fonts
    for name, font in fonts.items():
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(descriptor), name


def test_chinese_can_be_read_throughout_the_pdf(reader):
    text = "".join(page.extract_text() for page in reader.pages)
    for words in ("九江镇", "网格化", "街坊会"):
        assert words in text, words
    for claim in ("nanhai-pledge", "nanhai-bus-households"):
        assert open_book().claim(claim)["as_written"] in "".join(text.split())
    assert "\ufffd" not in text


def test_links_within_the_pdf_lead_somewhere(reader):
    known, inside, outside = set(reader.named_destinations), 0, set()
    for page in reader.pages:
        for annotation in page.get("/Annots") or ():
            link = annotation.get_object()
            if link.get("/Subtype") != "/Link":
                continue
            action = link.get("/A") or {}
            if "/URI" in action:
                outside.add(str(action["/URI"]))
            else:
                target = link.get("/Dest") or action.get("/D")
                inside += 1
                assert not isinstance(target, str) or target in known, target
    assert inside > 100
    assert not [address for address in outside if address.startswith("file:") or str(paths.ROOT) in address]
    relative = {address for address in outside if not re.match("https?:|mailto:", address)}
    assert relative and all((paths.BUILD / address).is_file() for address in relative), relative


def test_figures_of_the_pdf_are_drawings(reader):
    pictures = [name for page in reader.pages for name in page.images.keys()]
    assert pictures == []
