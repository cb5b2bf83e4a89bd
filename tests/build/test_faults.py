"""Machines as they are: other places and languages, full and read-only disks, keys pressed, two builds at once.

What needs another Python, time zone or locale for all tests stands in the matrix of the continuous integration.
"""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.project import Project, differing
from helpers.watching import hear_the_keyboard

pytestmark = [pytest.mark.slow, pytest.mark.timeout(0)]


def command(root: Path, *arguments: str, **more: str) -> dict:
    """How to start a command of a project, for ``subprocess``."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **more}
    return {"args": [sys.executable, "-m", "zhenzhi", *arguments], "cwd": root, "env": environment, "text": True}


def run(root: Path, *arguments: str, limit: int = 0, **more: str) -> subprocess.CompletedProcess:
    def prepare() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(**command(root, *arguments, **more), capture_output=True, preexec_fn=prepare)


def test_the_book_is_the_same_wherever_it_is_built(built, tmp_path):
    """Another folder with blanks and Chinese, no home to write to, no git, another locale, time zone and order of hashes."""
    root = Project(tmp_path / "a b 镇治").root
    programs = tmp_path / "bin"
    programs.mkdir()
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    done = run(
        root, "build", HOME=str(home), XDG_CACHE_HOME="/dev/null/none", MPLCONFIGDIR="/dev/null/none", PATH=str(programs),
        LC_ALL="C", LANG="tr_TR.UTF-8", TZ="Asia/Kathmandu", PYTHONHASHSEED="7",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert differing(built.html, root / "_build" / "html") == []


def change(project: Project) -> None:
    told = project.root / "chapters" / "told.md"
    told.write_text(told.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")


def test_two_builds_at_once_make_one_book(built):
    change(built)
    first = subprocess.Popen(**command(built.root, "build"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert first.stdout.readline() == "Checking the data package\n"
    second = run(built.root, "build")
    said, _ = first.communicate()
    assert (first.returncode, second.returncode) == (0, 0), said + second.stdout + second.stderr
    assert f"Waiting for a build (process {first.pid}), which is at work here" in second.stdout
    assert "Nothing changed since the last build" in second.stdout


def test_a_full_disk_is_told_in_a_line_and_costs_nothing(built):
    before = (built.html / "chapters" / "told.html").read_bytes()
    change(built)
    done = run(built.root, "build", limit=20_000)  # no file may be larger, as where the disk is full
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr
    assert (built.html / "chapters" / "told.html").read_bytes() == before
    assert built.build().returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; continuous integration runs as another user")
def test_a_read_only_disk_is_told_in_a_line(built):
    change(built)
    build = built.root / "_build"
    build.chmod(0o500)
    (build / "lock").chmod(0o400)
    try:
        done = run(built.root, "build")
    finally:
        build.chmod(0o700)
        (build / "lock").chmod(0o600)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "lock cannot be written" in done.stderr


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_the_last_book_and_no_process(built, tmp_path, tmp_path_factory, kind):
    """While a cell runs that takes its time."""
    before = (built.html / "chapters" / "small.html").read_bytes()
    good = built.chapter.read_text(encoding="utf-8")
    running = tmp_path / "running"
    cell = f"book = open_book()\nopen({str(running)!r}, 'w').close()\nimport time; time.sleep(100)"
    built.chapter.write_text(good.replace("book = open_book()", cell), "utf-8")
    temporary = tmp_path_factory.mktemp("t")  # short: the addresses of sockets may not be long
    process = subprocess.Popen(
        **command(built.root, "build", TMPDIR=str(temporary)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_the_keyboard,
    )
    assert comes(running.exists, 60)
    process.send_signal(kind)
    began = time.monotonic()
    _, said = process.communicate()
    assert process.returncode == (130 if kind == signal.SIGINT else -kind)
    assert time.monotonic() - began < 20
    if kind != signal.SIGKILL:
        assert said.strip().splitlines()[-1] == "interrupted; what was there before stays"
        assert "Traceback" not in said
    assert (built.html / "chapters" / "small.html").read_bytes() == before
    built.chapter.write_text(good, encoding="utf-8")
    assert comes(lambda: left(built.root) == [], 20), left(built.root)
    # The sockets of a kernel go with the process that asked for it, which a kill does not allow.
    kept = list(temporary.iterdir()) if kind != signal.SIGKILL else list(temporary.glob("pymp-*"))
    assert comes(lambda: not any(path.exists() for path in kept), 20), kept
    done = built.build()
    assert done.returncode == 0, done.stderr


def comes(is_so: Callable[[], bool], seconds: float) -> bool:
    """Waits for something to be so; whether it came."""
    until = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def left(root: Path) -> list[str]:
    """The commands of processes that run in a folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve().is_relative_to(root) and process.name != str(os.getpid()):
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found
