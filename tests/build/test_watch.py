"""What is shown while the sources are written is what a clean build shows, and errors take nothing away."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from helpers import edits, warm
from helpers.edits import EDITS, copy_sources, restore
from helpers.project import Project, differing
from helpers.watching import Watching, watching
from zhenzhi.building.live import News

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]


def put(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def clean(root: Path, folder: Path) -> Path:
    """The book of a copy of a project, built from nothing."""
    copy_sources(root, folder)
    assert warm.build(folder) == [0], warm.log(folder)
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def session(tmp_path_factory) -> Iterator[Watching]:
    """A session that goes on through the tests of this file; nothing is left of it when it is ended."""
    root = Project(tmp_path_factory.mktemp("watched") / "blank 中文").root
    with watching(root) as running:
        assert "being built for the first time" in running.get("")
        running.until("whole after")
        yield running
    assert running.process.returncode == 0
    left = subprocess.run(["pgrep", "-f", str(root)], capture_output=True, text=True).stdout.split()
    assert [pid for pid in left if int(pid) != os.getpid()] == []


def test_what_is_written_is_shown_and_a_fault_is_told(session, tmp_path):
    told, chart = session.root / "chapters" / "told.md", session.root / "chapters" / "small.md"

    # A sentence: its page alone is written, and no notebook runs.
    other = session.root / "_build" / "watch" / "work" / "en" / "html" / "chapters" / "small.html"
    written, before = other.stat().st_mtime_ns, session.news("chapters/small.html")["at"]
    put(told, "The town is", "A sentence more. The town is")
    session.until("told.md: shown after")
    page = session.get("chapters/told.html")
    assert "A sentence more." in page
    assert other.stat().st_mtime_ns == written
    session.until("whole after")
    # It is shown before the search knows it.
    assert before < session.news("chapters/told.html")["at"] < session.news("search.html")["at"]
    put(told, "A sentence more.", "A sentence more. Another.")  # built in a process that has built before
    session.until("told.md: shown after")
    assert other.stat().st_mtime_ns == written
    assert '<script defer src="/-live/live.js?page=chapters/told.html&amp;at=' in page
    assert session.news("chapters/small.html")["at"] == before
    assert session.news("chapters/told.html")["at"] > before

    # Faults of the prose, a cell, the data and a module stand there with file and line, above the last good page.
    for file, old, new, named in (
        (chart, "{claim}`jj17-grids`", "{claim}`jj17-gridz`", "chapters/small.md:15: "),
        (chart, "book = open_book()", "book = open_book()\n1 / 0", "chapters/small.md, code cell 1 of 1"),
        (session.root / "data" / "claims.csv", ",reported,input,104,", ",reported,input,many,", "claims.csv, row "),
        (session.root / "zhenzhi/charts/forms.py", "from collections.abc import", "from collections.abc impor", "forms.py"),
    ):  # fmt: skip
        good = session.get("chapters/small.html").partition("&amp;at=")[0]
        put(file, old, new)
        assert named in session.until(f"{file.name}: not shown\\n.*")
        assert named in session.news("chapters/small.html")["fault"]
        assert session.get("chapters/small.html").partition("&amp;at=")[0] == good
        put(file, new, old)
        session.until("whole after")
        assert session.news("chapters/small.html")["fault"] == ""

    # A value: the page that somebody has open is shown before the others that tell it.
    with session.opened("chapters/small.html") as seen:
        new = {"as_written": "50个网格", "value": "50", "differs_en": "Changed.", "differs_zh": "已改。"}
        edits.change(session.root, "claims", "jj17-grids", **new)
        session.until("claims.csv: shown after.*\\n.*whole after")
    assert b"50 grids" in seen[0]
    assert set(seen) == {(session.shown / "chapters" / "small.html").read_bytes()}
    assert session.news("chapters/small.html")["at"] < session.news("chapters/register/jj17.html")["at"]

    # A module, a style.
    put(session.root / "zhenzhi" / "charts" / "style.py", '"hatch.linewidth": ', '"hatch.linewidth": 1')
    session.until("style.py.*\\n.*whole after")
    put(session.root / "zhenzhi" / "sphinxext" / "static" / "zhenzhi.css", "{", "{ /* one more */")
    session.until("zhenzhi.css.*\\n.*whole after")

    # A build that is under way is given up for the next one.
    for number in range(4):
        put(told, "A sentence more.", f"A sentence more. {'x' * number}")
        time.sleep(0.4)
    session.until("whole after")
    time.sleep(1)
    assert differing(session.shown, clean(session.root, tmp_path / "clean")) == []


def test_random_edits_are_shown_as_a_clean_build_shows_them(session, tmp_path, request):
    """The edits of the test of incremental builds, a few unless asked for more; one that the book refuses is not counted."""
    count, seed = max(1, request.config.getoption("edits") // 5), request.config.getoption("seed")
    rng, root, kept, shown = Random(seed), session.root, tmp_path / "kept", 0
    pages = sorted(file.relative_to(session.shown).as_posix() for file in session.shown.rglob("chapters/**/*.html"))
    while shown < count:
        copy_sources(root, kept)
        page = rng.choice(pages)
        with session.opened(page) as seen:
            said = f"after {shown} of seed {seed}, {page} open: {rng.choice(EDITS)(rng, root)}"
            outcome = session.until("whole after|: not shown\\n")
        print(said, len(seen), outcome, flush=True)
        if "not shown" in outcome:
            restore(kept, root)
            session.until("whole after")
        else:
            shown += 1
            # What was shown early was what it is now.
            assert set(seen) <= {(session.shown / page).read_bytes()}, said
    assert differing(session.shown, clean(root, tmp_path / "clean")) == []


def test_one_session_at_a_time(session):
    command = [sys.executable, "-m", "zhenzhi", "watch", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(session.root)}
    done = subprocess.run(command, cwd=session.root, capture_output=True, text=True, env=environment)
    assert done.returncode == 1
    assert f"make watch (process {session.process.pid}) is at work here" in done.stderr


def test_a_page_is_told_of_what_it_loads(tmp_path):
    (tmp_path / "chapters").mkdir()
    text = '<link href="../_static/book.css?v=1"><img src="../figures/a%20b.svg" srcset="x.png 1x, y.png 2x">'
    text += '<a href="b.html">'
    (tmp_path / "chapters" / "a.html").write_text(text)
    news = News(tmp_path)
    for name, changes in (
        ("_static/book.css", True), ("figures/a b.svg", True), ("chapters/y.png", True), ("chapters/b.html", False),
        ("chapters/a.html", True), ("downloads/book.zip", False),
    ):  # fmt: skip
        before = news.of("chapters/a.html")["at"]
        news.tell([name])
        assert (news.of("chapters/a.html")["at"] > before) == changes
    news.tell(fault="chapters/a.md:1: wrong")
    assert news.of("chapters/a.html")["fault"] == "chapters/a.md:1: wrong"
