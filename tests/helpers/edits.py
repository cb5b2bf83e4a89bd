"""Random edits of a small project, of the kinds that its people make; each says what it did."""

import csv
import hashlib
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

import yaml

Edit = Callable[[Random, Path], str]


def _rows(file: Path) -> list[dict]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _write(file: Path, rows: list[dict]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _marked(rng: Random, text: str) -> str:
    """A text with a word more."""
    return f"{text} (edited {rng.randrange(1000)})"


def change(root: Path, table: str, name: str, **cells: str) -> None:
    """Changes cells of the row of a name."""
    file = root / "data" / f"{table}.csv"
    rows = _rows(file)
    next(row for row in rows if next(iter(row.values())) == name).update(cells)
    _write(file, rows)


def cell(table: str, column: str) -> Edit:
    """Changes the words in a cell that is filled."""

    def edit(rng: Random, root: Path) -> str:
        file = root / "data" / f"{table}.csv"
        rows = _rows(file)
        row = rng.choice([row for row in rows if row[column]])
        row[column] = _marked(rng, row[column])
        _write(file, rows)
        return f"{table}.{column} of {next(iter(row.values()))}: {row[column]}"

    return edit


def value(rng: Random, root: Path) -> str:
    """Changes a count, in digits and as it is written."""
    file = root / "data" / "claims.csv"
    rows = _rows(file)
    row = rng.choice([row for row in rows if row["value"].isdigit() and row["value"] in row["as_written"]])
    new = str(int(row["value"]) + rng.choice([1, 2, 3]))
    row["as_written"], row["value"] = row["as_written"].replace(row["value"], new), new
    row["differs_en"], row["differs_zh"] = "Changed by a test.", "测试所改。"
    _write(file, rows)
    return f"{row['claim_id']} is {new}"


def wording(rng: Random, root: Path) -> str:
    """Makes an exact count one that is told as about so many."""
    file = root / "data" / "claims.csv"
    rows = _rows(file)
    row = rng.choice([row for row in rows if row["qualifier"] == "exact" and re.match(r"\d", row["as_written"])])
    row["as_written"], row["qualifier"] = f"约{row['as_written']}", "about"
    _write(file, rows)
    return f"{row['claim_id']} is {row['as_written']}"


def unit(rng: Random, root: Path) -> str:
    """Gives a claim the unit of another."""
    file = root / "data" / "claims.csv"
    rows = _rows(file)
    row, other = rng.sample([row for row in rows if row["value"]], 2)
    row["unit"] = other["unit"]
    _write(file, rows)
    return f"{row['claim_id']} in {row['unit']}"


def outside(rng: Random, root: Path) -> str:
    """Changes an outside figure."""
    file = root / "data" / "external.csv"
    rows = _rows(file)
    row = rng.choice([row for row in rows if row["value"]])
    row["value"] = f"{row['value']}{rng.randrange(10)}" if "." in row["value"] else str(int(row["value"]) + 10)
    _write(file, rows)
    return f"{row['external_id']} is {row['value']}"


def row_gone(table: str) -> Edit:
    """Takes out a row, which may leave names that lead nowhere."""

    def edit(rng: Random, root: Path) -> str:
        file = root / "data" / f"{table}.csv"
        rows = _rows(file)
        row = rows.pop(rng.randrange(len(rows)))
        _write(file, rows)
        return f"{table} without {next(iter(row.values()))}"

    return edit


def term_new(rng: Random, root: Path) -> str:
    """Adds a term that the chapters use."""
    file = root / "data" / "terms.csv"
    rows = _rows(file)
    number = rng.randrange(1000)
    new = dict.fromkeys(rows[0], "") | {"term_zh": rng.choice(["行车", "行水", "行舟"]), "pinyin": f"xíng {number}"}
    rows.insert(rng.randrange(len(rows)), new | {"term_en": f"going {number}", "definition_en": "A word of the test."})
    _write(file, rows)
    return f"new term {new['term_zh']}"


def entry(file: str, change: Callable[[Random, dict], None]) -> Edit:
    """Changes an entry of a YAML file."""

    def edit(rng: Random, root: Path) -> str:
        path = root / "data" / file
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        one = rng.choice(entries)
        change(rng, one)
        path.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")
        return f"{file}: {next(iter(one.values()))}"

    return edit


def check_name(rng: Random, check: dict) -> None:
    check["name"]["en"] = _marked(rng, check["name"]["en"])


def caveat_note(rng: Random, caveat: dict) -> None:
    caveat["note_en"] = _marked(rng, caveat["note_en"])


def check_gone(rng: Random, root: Path) -> str:
    """Takes out a check."""
    path = root / "data" / "checks.yml"
    checks = yaml.safe_load(path.read_text(encoding="utf-8"))
    gone = checks.pop(rng.randrange(len(checks)))
    path.write_text(yaml.safe_dump(checks, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return f"no check {gone['check_id']}"


def caption(rng: Random, root: Path) -> str:
    """Changes the caption or the title of a chart of the book."""
    path = root / "data" / "figures" / "jiujiang-2017.yml"
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    one = next(entry for entry in entries if entry["figure_id"] == "jj17-grid-staffing")
    key = rng.choice(["title", "caption"])
    one[key]["en"] = _marked(rng, one[key]["en"])
    path.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return f"{key} of a chart"


def label(rng: Random, root: Path) -> str:
    """Changes a word of the interface."""
    path = root / "data" / "labels.yml"
    labels = yaml.safe_load(path.read_text(encoding="utf-8"))
    key = rng.choice(["used-in", "fact-where", "copy", "column-check", "status-reported", "download-holds"])
    labels[key]["en"] = _marked(rng, labels[key]["en"])
    path.write_text(yaml.safe_dump(labels, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return f"label {key}"


def sentence(rng: Random, root: Path) -> str:
    """Adds a sentence with a figure, a term or a link to a chapter, now and then one with a name that leads nowhere."""
    path = root / "chapters" / rng.choice(["small.md", "told.md"])
    claim = rng.choice(_rows(root / "data" / "claims.csv"))["claim_id"]
    outside = rng.choice(_rows(root / "data" / "external.csv"))["external_id"]
    said = rng.choice(
        [
            f"It counts {{claim}}`{claim}|written`.",
            f"Outside it is {{external}}`{outside}`.",
            f"See {{zhenzhi:claim}}`{claim}`.",
            f"It is called {rng.choice(_rows(root / 'data' / 'terms.csv'))['term_zh']}.",
            "It has {book}`claims` claims.",
            "It has {claim}`nothing-of-the-kind`.",
        ]
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{said}\n")
    return f"{path.name}: {said}"


def heading(rng: Random, root: Path) -> str:
    """Changes the title of a chapter, which other pages name."""
    path = root / "chapters" / rng.choice(["small.md", "told.md", "glossary.md"])
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"^# .*$", f"# Title {rng.randrange(1000)}", text, count=1, flags=re.MULTILINE), "utf-8")
    return f"title of {path.name}"


def code(rng: Random, root: Path) -> str:
    """Lets a chart show other claims."""
    path = root / "chapters" / "small.md"
    text = path.read_text(encoding="utf-8")
    shown = rng.sample(["jj17-grid-heads", "jj17-desk-staff", "jj17-handlers", "jj17-patrol-officers"], 2)
    path.write_text(re.sub(r'\["jj17-[^\]]*\]', f'["{shown[0]}", "{shown[1]}"]', text), encoding="utf-8")
    return f"the chart shows {shown}"


def notebook(rng: Random, root: Path) -> str:
    """Changes a cell of a chapter in Jupyter's own format."""
    path = root / "chapters" / "plain.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"print\(\d*", f"print({rng.randrange(1000)}", text), encoding="utf-8")
    return "a cell of an .ipynb chapter"


def module(rng: Random, root: Path) -> str:
    """Changes how charts are drawn."""
    path = root / "zhenzhi" / "charts" / "style.py"
    text = path.read_text(encoding="utf-8")
    new, count = re.subn(r'("hatch\.linewidth": )[\d.]+', rf"\g<1>{rng.randrange(10, 30) / 10}", text)
    assert count == 1
    path.write_text(new, encoding="utf-8")
    return "style of the charts"


def image(rng: Random, root: Path) -> str:
    """Changes a picture of a chapter."""
    path = root / "images" / "drawn.svg"
    path.write_text(re.sub(r"\d+(?=\"/)", str(rng.randrange(10, 99)), path.read_text(encoding="utf-8")), "utf-8")
    return "a picture"


def file(name: str, text: str) -> Edit:
    """Adds a line to a file of the project."""

    def edit(rng: Random, root: Path) -> str:
        with (root / name).open("a", encoding="utf-8") as stream:
            stream.write(text.format(rng.randrange(1000)))
        return name

    return edit


EDITS: tuple[Edit, ...] = (
    value, wording, unit, outside, term_new, check_gone, caption, label, sentence, heading, code, notebook, module, image,
    cell("claims", "label_en"), cell("claims", "note_en"), cell("claims", "value"), cell("terms", "definition_en"),
    cell("model_parts", "name_en"), cell("models", "states_en"), cell("models", "silent_en"), cell("external", "what_en"),
    cell("places", "name_en"), cell("indicators", "definition"), cell("documents", "damage_note"),
    row_gone("numerals"), row_gone("external"), row_gone("terms"), row_gone("claims"), row_gone("model_parts"),
    entry("checks.yml", check_name), entry("caveats.yml", caveat_note),
    file("LICENSE-CONTENT", "Copy {}.\n"), file("pyproject.toml", "# {}\n"), file("references.bib", "% {}\n"),
)  # fmt: skip


def copy_sources(root: Path, target: Path) -> None:
    """A copy of a project without what was built of it."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, symlinks=True, ignore=shutil.ignore_patterns("_build"))


def restore(kept: Path, root: Path) -> None:
    """Undoes an edit as a person would: the files that differ are written anew."""
    for path in kept.rglob("*"):
        target = root / path.relative_to(kept)
        if path.is_file() and _digest(path) != _digest(target):
            target.write_bytes(path.read_bytes())
            os.utime(target)


def _digest(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes()).digest() if file.is_file() else b""
