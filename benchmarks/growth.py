"""Measures how build, data and audit grow: books of 10, 50 and 200 chapters, and 1,000 to 100,000 claims.

A synthetic chapter has a paragraph of figures, a chart and a notebook cell of its own; the plain ``jupyter-book build`` of
the same chapters stands beside it. Synthetic claims are copies of the project's own under names of their own; what they cost
is processor time. Nothing is asserted.

Usage: ``python benchmarks/growth.py [chapters | claims]``, both where neither is named.
"""

import csv
import hashlib
import json
import shutil
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

import yaml

import kept
from builds import copy_project, leave_to_jupyter_book, measure
from zhenzhi import audit, explorer, paths
from zhenzhi.book.edition import Edition
from zhenzhi.data import tables

sys.path.insert(0, str(paths.ROOT / "tests"))

from helpers.project import FRONT_MATTER

CHAPTERS = (10, 50, 200)
CLAIMS = (1_000, 10_000, 100_000)

CHAPTER = (
    FRONT_MATTER
    + """# Chapter {number}

The town has {{claim}}`jj17-grids` with {{claim}}`jj17-patrol-officers`; {{numref}}`fig-growth-{number}` shows its staff.

```{{code-cell}} ipython3
from zhenzhi import charts
from zhenzhi.book import open_book

book = open_book()
charts.bars(book, "growth-{number}", ["jj17-grid-heads", "jj17-patrol-officers", "jj17-handlers", "jj17-desk-staff"])
```
"""
)


def main() -> None:
    chosen = sys.argv[1:] or ["chapters", "claims"]
    if "chapters" in chosen:
        _chapters()
    if "claims" in chosen:
        _claims()


def _chapters() -> None:
    ours = [sys.executable, "-m", "zhenzhi", "build"]
    plain = [str(Path(sys.executable).parent / "jupyter-book"), "build", "."]
    print("books of synthetic chapters")
    print(f"{'':>8}{'zhenzhi build':>40}{'plain':>18}{'ratio':>8}")
    print(f"{'chapters':>8}{'cold s':>10}{'MB':>8}{'one changed':>12}{'nothing':>10}{'cold s':>10}{'MB':>8}{'cold':>8}")
    for count in CHAPTERS:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            synthetic_book(root, count)
            cold, memory = measure(ours, root)
            chapter = root / "chapters" / "growth-1.md"
            chapter.write_text(chapter.read_text(encoding="utf-8").replace("The town has", "It has"), encoding="utf-8")
            changed, _ = measure(ours, root)
            nothing, _ = measure(ours, root)
            shutil.rmtree(root / "_build")
            leave_to_jupyter_book(root)
            other, other_memory = measure(plain, root)
        print(
            f"{count:>8}{cold:>10.1f}{memory:>8.0f}{changed:>12.1f}{nothing:>10.1f}{other:>10.1f}{other_memory:>8.0f}"
            f"{cold / other:>8.2f}",
            flush=True,
        )


def synthetic_book(root: Path, count: int) -> None:
    """A book of ``count`` chapters over the project's data, with its registers and without its other chapters."""
    copy_project(root)
    for page in (root / "chapters").glob("*.md"):
        if page.stem != "register":
            page.unlink()
    (root / "index.md").write_text("# Home\n\nA book.\n", encoding="utf-8")
    own = root / "data" / "figures" / "index.yml"
    figures = []
    for number in range(1, count + 1):
        (root / "chapters" / f"growth-{number}.md").write_text(CHAPTER.format(number=number), encoding="utf-8")
        words = {"en": f"Staff, drawn for chapter {number}", "zh": f"第{number}章"}
        figure = {"figure_id": f"growth-{number}", "chapter": f"growth-{number}", "mark": "reported"}
        figures.append({**figure, "title": words, "caption": words})
    entries = yaml.safe_load(own.read_text(encoding="utf-8")) + figures
    own.write_text(yaml.safe_dump(entries, allow_unicode=True, sort_keys=False), encoding="utf-8")
    register = {"file": "chapters/register", "sections": [{"glob": "chapters/register/*"}]}
    chapters = [{"file": f"chapters/growth-{number}"} for number in range(1, count + 1)]
    toc = {"format": "jb-book", "root": "index", "chapters": [*chapters, register]}
    (root / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False), encoding="utf-8")


def _claims() -> None:
    print("claims, copies of the project's own with their checks")
    print(f"{'claims':>8}{'checks':>8}{'load s':>10}{'audit s':>10}{'explorer s':>12}{'peak MB':>10}{'µs/claim':>10}")
    tables.load()  # compiles the schemas, once
    measured = {}
    for count in CLAIMS:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            synthetic_claims(data, count)
            loaded, own = _timed(lambda data=data: tables.load(data))
            audited, results = _timed(lambda own=own: audit.run(own))
            explored, _ = _timed(lambda own=own: explorer.show(Edition(own)))
            tracemalloc.start()
            tables.load(data)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        seconds = loaded + audited + explored
        measured[f"load {count:,} claims"] = (loaded, "s")
        measured[f"audit {count:,} claims"] = (audited, "s")
        measured[f"list {count:,} claims for the explorer"] = (explored, "s")
        print(
            f"{count:>8,}{len(results):>8,}{loaded:>10.2f}{audited:>10.2f}{explored:>12.2f}{peak / 1e6:>10.0f}"
            f"{1e6 * seconds / count:>10.0f}",
            flush=True,
        )
    kept.tell("growth", measured)


def synthetic_claims(folder: Path, count: int) -> None:
    """The data package with at least ``count`` claims: its own, and copies in documents of their own."""
    shutil.copytree(paths.DATA, folder)
    own = {name: _rows(folder / f"{name}.csv") for name in ("documents", "articles", "claims")}
    made = {name: list(rows) for name, rows in own.items()}
    checks_file = folder / "checks.yml"
    checks = yaml.safe_load(checks_file.read_text(encoding="utf-8"))
    all_checks = list(checks)
    names = {row["claim_id"] for row in own["claims"]}
    documents = {row["document_id"] for row in own["documents"]}
    for copy in range(1, -(-count // len(own["claims"]))):

        def renamed(name: str, copy: int = copy) -> str:
            document, dash, rest = name.partition("-")
            return f"{document}c{copy}{dash}{rest}" if document in documents else name

        def copied(value, renamed=renamed):
            if isinstance(value, dict):
                return {key: copied(item) for key, item in value.items()}
            if isinstance(value, list):
                return [copied(item) for item in value]
            return renamed(value) if value in names else value

        made["documents"] += [
            {**row, "document_id": renamed(row["document_id"]), "file_name": f"{copy}-{row['file_name']}",
             "sha256": hashlib.sha256(f"{copy}{row['sha256']}".encode()).hexdigest()}
            for row in own["documents"]
        ]  # fmt: skip
        made["articles"] += [
            {**row, "article_id": renamed(row["article_id"]), "document_id": renamed(row["document_id"])}
            for row in own["articles"]
        ]
        made["claims"] += [
            {**row, "model_id": "", **{key: renamed(row[key]) for key in ("claim_id", "article_id", "repeats")}}
            for row in own["claims"]
        ]
        all_checks += [
            {**check, "check_id": f"{check['check_id']}-copy-{copy}", "claims": copied(check["claims"])}
            for check in checks
        ]
    for name, rows in made.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    # JSON is YAML, and is written and read much faster.
    checks_file.write_text(json.dumps(all_checks, ensure_ascii=False), encoding="utf-8")


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _timed(function):
    """Seconds of processor time that a function takes, and what it returns."""
    began = time.process_time()
    result = function()
    return time.process_time() - began, result


if __name__ == "__main__":
    main()
