"""The workflow of the continuous integration."""

import os
import subprocess
import sys

import pytest
import yaml

from helpers.released import tree
from helpers.validators import actionlint
from zhenzhi import paths
from zhenzhi.releasing import site

WORKFLOWS = sorted((paths.ROOT / ".github/workflows").glob("*.yml"))

#: Stands in for make: a release adds what looks like a built book.
MAKE = f"""#!{sys.executable}
import sys
from pathlib import Path

from zhenzhi.releasing import site

target, version = sys.argv[1], sys.argv[2].removeprefix("VERSION=")
assert target == "release" and len(sys.argv) == 3
script = Path("book") / site.RELEASED
script.parent.mkdir(parents=True, exist_ok=True)
script.write_text("")
(Path("book") / "index.html").write_text(version)
site.add(Path("site"), Path("book"), version, "2026-11-21")
"""


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda file: file.name)
def test_actionlint_finds_no_fault(workflow):
    assert actionlint(workflow) == []


def test_a_dry_run_publishes_each_release_beside_the_earlier_ones(tmp_path):
    (workflow,) = WORKFLOWS
    steps = yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"]["release"]["steps"]
    (publish,) = (step["run"] for step in steps if step.get("name") == "Release")
    origin, commands = tmp_path / "origin.git", tmp_path / "commands"
    commands.mkdir()
    (commands / "make").write_text(MAKE)
    (commands / "make").chmod(0o755)
    path = f"{commands}{os.pathsep}{os.environ['PATH']}"
    known = {**os.environ, "PATH": path, "PYTHONPATH": str(paths.ROOT)}

    def git(*command: str) -> None:
        identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
        subprocess.run(["git", *identity, *command], cwd=tmp_path, check=True, capture_output=True)

    git("init", "-q", "--bare", str(origin))
    git("clone", "-q", str(origin), "first")
    git("-C", "first", "commit", "-q", "--allow-empty", "-m", "The project")
    git("-C", "first", "push", "-q", "origin", "HEAD:refs/heads/main")
    published = []
    for version in ("0.9.0", "1.0.0"):
        git("clone", "-q", "--branch", "main", str(origin), version)
        run = {**known, "GITHUB_REF_NAME": f"v{version}"}
        subprocess.run(["bash", "-e", "-c", publish], cwd=tmp_path / version, env=run, check=True, capture_output=True)
        git("clone", "-q", "--branch", "gh-pages", str(origin), f"served-{version}")
        published.append(tmp_path / f"served-{version}")
    first, second = published
    assert site.check(first) == site.check(second) == []
    assert [release.version for release in site.releases(second)] == ["1.0.0", "0.9.0"]
    earlier = {name: content for name, content in tree(first).items() if name.startswith("0.9.0")}
    assert earlier.items() <= tree(second).items()
    assert (second / ".nojekyll").exists() and (second / "404.html").exists()
