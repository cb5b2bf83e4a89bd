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
from posixpath import dirname, join, normpath

import lxml.html
import nbformat
import pyarrow.parquet
import pytest
from frictionless import Package
from nbclient import NotebookClient
from nbconvert import HTMLExporter
from PIL import Image
from pypdf import PdfReader

from helpers.unpacking import unpack
from zhenzhi import __version__, paths
from zhenzhi.book import open_book
from zhenzhi.building.execute import notebooks
from zhenzhi.data import tables
from zhenzhi.takeaway import listing, names, repository

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


# Notebooks


def test_every_chapter_offers_its_notebook(html):
    for chapter in notebooks():
        page = chapter.relative_to(paths.ROOT).with_suffix("").as_posix()
        text = (html / f"{page}.html").read_text(encoding="utf-8")
        assert f'href="{"../" * page.count("/")}{names.notebook(page)}" download' in text
        assert (html / names.notebook(page)).is_file()


#: A role, a directive or a target of MyST, which other readers of Markdown show as it stands.
MYST = re.compile(r"\{[a-z:-]+\}`|^(?:`{3,}|:{3,})\{|^\([\w-]+\)=$", re.MULTILINE)


@pytest.fixture(scope="module")
def unpacked(downloads, tmp_path_factory):
    return unpack(downloads / names.NOTEBOOKS_ZIP, tmp_path_factory.mktemp("notebooks"))


def test_notebooks_carry_nothing_that_only_this_book_reads(unpacked):
    files = sorted((unpacked / "chapters").glob("*.ipynb"))
    assert [file.stem for file in files] == sorted(chapter.stem for chapter in notebooks())
    for file in files:
        notebook = nbformat.read(file, 4)
        nbformat.validate(notebook)
        assert set(notebook.metadata) <= {"kernelspec", "language_info", "widgets"}
        for cell in notebook.cells:
            assert cell.cell_type == "code" or not MYST.search(cell.source), (file.name, cell.source)
            for output in cell.get("outputs", ()):
                own = [kind for kind in output.get("data", {}) if kind.startswith("application/vnd.")]
                assert own == [], (file.name, own)


def test_links_of_notebooks_lead_to_files_beside_them_and_a_notebook_alone_has_none(unpacked, downloads):
    for folder, expected in ((unpacked / "chapters", True), (downloads / "notebooks", False)):
        texts = {
            file.name: "\n".join(cell.source for cell in nbformat.read(file, 4).cells if cell.cell_type == "markdown")
            for file in folder.glob("*.ipynb")
        }
        files = {file for text in texts.values() for file in re.findall(r"\]\((?!\w+:|#)([^)#]+)[)#]", text)}
        assert bool(files) == expected and files <= set(texts), folder


def test_every_output_of_a_notebook_is_a_picture_or_reads_without_trust(unpacked):
    """As JupyterLab shows a notebook from elsewhere: HTML without scripts, styles and pictures that stand in it."""
    for file in sorted((unpacked / "chapters").glob("*.ipynb")):
        for cell in nbformat.read(file, 4).cells:
            for output in cell.get("outputs", ()):
                data = output.get("data", {})
                if "image/png" in data:
                    assert "text/html" not in data, file.name
                elif "text/html" in data:
                    shown = lxml.html.fromstring(f"<div>{data['text/html']}</div>")
                    for element in shown.xpath("//script | //style | //img | //svg"):
                        element.drop_tree()
                    assert len(shown.text_content().split()) > 20, (file.name, cell.source)


def test_nbconvert_shows_a_notebook_without_trust_and_without_network(unpacked):
    exporter = HTMLExporter(sanitize_html=True, embed_images=True)
    page, _ = exporter.from_filename(unpacked / "chapters" / "audit.ipynb")
    shown = lxml.html.fromstring(page).body
    for script in shown.xpath(".//script"):
        script.drop_tree()
    assert shown.xpath(".//img[starts-with(@src, 'data:image/png')]")
    assert "Patrol tasks per grid and day" in shown.text_content() and "All answers" not in shown.text_content()
    assert not MYST.search(shown.text_content())


@pytest.mark.parametrize("folder", ["chapters", "."])
def test_a_downloaded_notebook_reruns_and_puts_out_what_it_holds(unpacked, folder):
    file = unpacked / "chapters" / "lishui.ipynb"
    published, notebook = nbformat.read(file, 4), nbformat.read(file, 4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.cells.append(nbformat.v4.new_code_cell("import zhenzhi; print(zhenzhi.__file__)"))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    client = NotebookClient(
        notebook,
        timeout=300,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(unpacked / folder)}},
    )
    client.execute(env=environment)
    assert notebook.cells.pop().outputs[0].text.startswith(str(unpacked))
    assert notebook == published


def test_a_notebook_alone_says_what_it_lacks(downloads, tmp_path):
    cell = nbformat.read(downloads / "notebooks" / "lishui.ipynb", 4).cells[0]
    run = subprocess.run([sys.executable, "-c", cell.source], cwd=tmp_path, capture_output=True, text=True)
    assert "expected the folders zhenzhi and data in the working folder or above it" in run.stderr


# Launch buttons


def test_launch_buttons_are_absent_while_no_repository_is_set(html):
    assert repository.address(paths.ROOT) == ""
    for page in sorted(html.rglob("*.html")):
        assert "zz-launch" not in page.read_text(encoding="utf-8"), page


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


#: Bytes of a release in two languages for each document, and of its volumes, which take minutes to make: measured, and with
#: room to grow. Five documents may weigh 60 MB.
RELEASE, VOLUMES = 12_000_000, 11_000_000


def test_a_release_keeps_to_its_weight(html, english):
    weight = sum(path.stat().st_size for path in html.rglob("*") if path.is_file())
    assert weight < RELEASE * len(english.tables.documents) - VOLUMES


def test_the_copy_for_reading_offline_has_every_page_and_its_links_lead_somewhere(html, downloads):
    with zipfile.ZipFile(downloads / names.BOOK) as files:
        held = {name.partition("/")[2]: name for name in files.namelist()}
        pages = {name: files.read(entry).decode() for name, entry in held.items() if name.endswith(".html")}
    assert set(pages) == {path.relative_to(html).as_posix() for path in html.rglob("*.html")}
    for name, text in pages.items():
        for address in re.findall(r'(?:href|src)="([^"#?:]+)["#?]', text):
            assert normpath(join(dirname(name), address)) in held, f"{name}: {address}"


# Figures


def test_every_figure_can_be_taken_away(html):
    figures = sorted(path.stem for path in (html / "figures").glob("*.csv"))
    pattern = re.compile(r'<figure[^>]* id="fig-([a-z0-9-]+)"')
    shown = {name for path in html.rglob("*.html") for name in pattern.findall(path.read_text())}
    assert set(figures) == shown
    for figure in figures:
        check_data(html / "figures", figure)
        # A table or a tree is text of the page and has no picture.
        if (html / "figures" / f"{figure}.svg").is_file():
            check_picture(html / "figures", figure)


def check_picture(folder: Path, figure: str) -> None:
    """SVG and PNG with the source line and the licence inside."""
    drawing = (folder / f"{figure}.svg").read_text(encoding="utf-8")
    assert f"Zhenzhi {__version__}, CC BY 4.0." in drawing and "<dc:rights>" in drawing
    width, height = (float(size) for size in re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing).groups())
    with Image.open(folder / f"{figure}.png") as picture:
        # Twice the size in which the page shows it, 100 pixels an inch.
        assert picture.size == pytest.approx((2 * width * 100 / 72, 2 * height * 100 / 72), abs=2)
        assert f"Zhenzhi {__version__}" in picture.text["Source"] and picture.text["Copyright"] == "CC BY 4.0"


def check_data(folder: Path, figure: str) -> None:
    """The data of a figure with source and licence."""
    assert (folder / f"{figure}.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO((folder / f"{figure}.csv").read_text(encoding="utf-8-sig"))))
    assert len(rows) >= 1 and "claims" in rows[0]
    for row in rows:
        assert row["source"].startswith("Source: ") and row["licence"] == "CC BY 4.0" and row["figure_title"]


# The PDF edition


#: The whole book takes many minutes to set; these pages have all that its pages have: panel, figures, records, terms.
PDF_TOC = """format: jb-book
root: index
chapters:
  - file: chapters/jiujiang-2021
  - file: chapters/compare
  - file: chapters/glossary
  - file: chapters/register
    sections:
      - file: chapters/register/nanhai
"""
PDF_PAGES = ("jiujiang-2021", "compare", "glossary", "register", "register/nanhai")


@pytest.fixture(scope="module")
def pdf(html, tmp_path_factory, english) -> Path:
    from zhenzhi.takeaway import pdf

    try:
        import weasyprint  # noqa: F401
    except OSError:
        if "CI" in os.environ:
            raise
        pytest.skip("Pango is missing, which the PDF edition needs (Debian: libpango-1.0-0, libpangoft2-1.0-0)")
    root = tmp_path_factory.mktemp("pdf")
    (root / "_toc.yml").write_text(PDF_TOC)
    file = root / "zhenzhi.pdf"
    pdf.write(root, html, english, file, f"{html.name}/")
    return file


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def printed(reader) -> list[str]:
    """The text of each page of the PDF."""
    return [page.extract_text() for page in reader.pages]


def test_the_pdf_has_a_cover_and_says_what_it_is(reader, printed):
    cover = printed[0]
    assert "镇治" in cover and f"Version {__version__}" in cover and "CC BY 4.0" in cover
    assert "Pearl River Delta" in reader.metadata.title
    assert reader.metadata.author == "The Zhenzhi contributors"


def test_every_page_of_the_pdf_names_the_version(printed):
    for number, text in enumerate(printed[1:], 2):
        assert f"Zhenzhi 镇治 {__version__}" in text, number
        assert str(number) in text.split(), number


def flat(outline) -> list:
    return [entry for item in outline for entry in (flat(item) if isinstance(item, list) else [item])]


def test_the_bookmarks_and_the_contents_lead_to_the_chapters(html, reader, printed):
    titles = {}
    for entry in flat(reader.outline):
        titles[entry.title] = reader.get_destination_page_number(entry)
    contents = "".join(printed[1:6])
    for name in PDF_PAGES:
        page = html / "chapters" / f"{name}.html"
        heading = lxml.html.fromstring(page.read_text(encoding="utf-8")).xpath("//article//h1")[0]
        title = " ".join(heading.text_content().removesuffix("#").split())
        assert title in titles, title
        text = " ".join(printed[titles[title]].split())
        assert title.split()[-1] in text
        line = re.search(rf"{re.escape(title.split()[-1])}[ .]*{titles[title] + 1}\b", contents)
        assert line, f"{title}: expected page {titles[title] + 1} in the contents"


def test_the_contents_leave_out_the_letters_of_the_glossary(printed):
    contents = "".join(printed[1:6])
    assert not re.search(r"^[A-Z] ?\.", contents, re.MULTILINE)


def test_a_panel_stands_once(html, printed):
    page = lxml.html.fromstring((html / "chapters" / "jiujiang-2021.html").read_text(encoding="utf-8"))
    (title,) = page.xpath("//*[contains(@class,'zz-panel-title')]//text()")
    text = " ".join(" ".join(page.split()) for page in printed)
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


def test_chinese_can_be_read_throughout_the_pdf(printed):
    text = "".join(printed)
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
