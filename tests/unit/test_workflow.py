"""The workflow of the continuous integration."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from helpers.released import tree
from helpers.validators import actionlint
from zhenzhi import paths
from zhenzhi.releasing import site

WORKFLOWS = sorted((paths.ROOT / ".github/workflows").glob("*.yml"))

#: Stands in for make, with what looks like a built book.
MAKE = f"""#!{sys.executable}
import sys
from pathlib import Path

from zhenzhi.releasing import site

target, *settings = sys.argv[1:]
script = Path("book") / site.RELEASED
script.parent.mkdir(parents=True, exist_ok=True)
script.write_text("")
if target == "release":
    (version,) = (setting.removeprefix("VERSION=") for setting in settings)
    (Path("book") / "index.html").write_text(version)
    site.add(Path("site"), Path("book"), version, "2026-11-21")
else:
    assert target == "development" and settings == []
    (Path("book") / "index.html").write_text(Path("state").read_text())
    site.add_development(Path("site"), Path("book"))
"""


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_actionlint_finds_no_fault(workflow):
    assert actionlint(workflow) == []


@pytest.fixture
def origin(tmp_path):
    """A repository of the project, as the workflow meets it."""
    commands = tmp_path / "commands"
    commands.mkdir()
    (commands / "make").write_text(MAKE)
    (commands / "make").chmod(0o755)
    return Origin(tmp_path, commands)


class Origin:
    """A bare repository on the disk, to which steps of the workflow push."""

    def __init__(self, folder: Path, commands: Path):
        self.folder, self.commands, self.runs = folder, commands, 0
        self.git("init", "-q", "--bare", "origin.git")
        self.git("clone", "-q", "origin.git", "first")
        shutil.copytree(paths.ROOT / ".github", folder / "first" / ".github")
        self.save("first")

    def git(self, *command: str) -> str:
        identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
        told = subprocess.run(["git", *identity, *command], cwd=self.folder, check=True, capture_output=True, text=True)
        return told.stdout

    def save(self, state: str) -> None:
        """Commits a state of the project to main."""
        (self.folder / "first" / "state").write_text(state)
        self.git("-C", "first", "add", "--all")
        self.git("-C", "first", "commit", "-q", "-m", state)
        self.git("-C", "first", "push", "-q", "origin", "HEAD:refs/heads/main")

    def run(self, job: str, ref: str) -> Path:
        """Runs the step of a job that publishes, in a fresh clone; returns what Pages then serves."""
        (workflow,) = WORKFLOWS
        steps = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"][job]["steps"]
        (publish,) = (step["run"] for step in steps if step.get("name") == job.capitalize())
        self.runs += 1
        clone, served = f"clone-{self.runs}", f"served-{self.runs}"
        self.git("clone", "-q", "--branch", "main", "origin.git", clone)
        path = f"{self.commands}{os.pathsep}{os.environ['PATH']}"
        known = {**os.environ, "PATH": path, "PYTHONPATH": str(paths.ROOT), "GITHUB_REF_NAME": ref}
        command = ["bash", "-e", "-c", publish]
        subprocess.run(command, cwd=self.folder / clone, env=known, check=True, capture_output=True)
        if "gh-pages" in self.git("-C", "origin.git", "branch"):
            self.git("clone", "-q", "--branch", "gh-pages", "origin.git", served)
            shutil.rmtree(self.folder / served / ".git")
        return self.folder / served


def test_a_dry_run_publishes_each_release_beside_the_earlier_ones(origin):
    first, second = (origin.run("release", f"v{version}") for version in ("0.9.0", "1.0.0"))
    assert site.check(first) == site.check(second) == []
    assert [release.version for release in site.releases(second)] == ["1.0.0", "0.9.0"]
    earlier = {name: content for name, content in tree(first).items() if name.startswith("0.9.0")}
    assert earlier.items() <= tree(second).items()
    assert (second / ".nojekyll").exists() and (second / "404.html").exists()


def test_a_dry_run_publishes_the_state_of_main_until_the_next(origin):
    assert not origin.run("development", "main").exists()  # no release yet
    released = tree(origin.run("release", "v0.9.0"))
    for state in ("second", "third"):
        origin.save(state)
        served = origin.run("development", "main")
        assert (served / "dev" / "index.html").read_text() == state
        assert site.check(served) == []
        assert {name: content for name, content in released.items() if not name.startswith(".git")}.items() <= tree(
            served
        ).items()
    served = origin.run("release", "v1.0.0")
    assert site.check(served) == []
    assert [release.version for release in site.releases(served)] == ["1.0.0", "0.9.0"]
    told = origin.git("-C", "origin.git", "log", "--format=%s", "gh-pages").splitlines()
    assert told == ["Release 1.0.0", "Release 0.9.0"]
