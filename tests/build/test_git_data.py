"""Another version of the data, out of git: which verdicts flip."""

import subprocess

import pytest

from zhenzhi.errors import ZhenzhiError
from zhenzhi.releasing.changes import between
from zhenzhi.releasing.contents import of_ref
from zhenzhi.releasing.git_data import project_at


def git(folder, *command):
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", *identity, *command], cwd=folder, check=True)


@pytest.fixture
def repository(project):
    """A small project in a repository of its own, with one commit."""
    git(project.root, "init", "-q")
    git(project.root, "add", "data", "zhenzhi", "pyproject.toml")
    git(project.root, "commit", "-qm", "first")
    return project


def test_what_changed_shows_the_verdict_that_flipped(repository):
    repository.replace("data/checks.yml", "stated: jj17-platforms\n  listed: 2", "stated: jj17-platforms\n  listed: 3")
    git(repository.root, "commit", "-qam", "wrong")
    found = between(*(of_ref(ref, repository.root) for ref in ("HEAD~1", "HEAD")))
    (verdict,) = found.verdicts
    assert (verdict.check_id, verdict.before, verdict.after) == ("jj17-platforms-listed", "consistent", "inconsistent")
    assert not found.revalued


def test_a_ref_that_does_not_exist_is_named(repository):
    with pytest.raises(ZhenzhiError, match="'nowhere' cannot be read"), project_at("nowhere", repository.root):
        pass


def test_a_worktree_and_a_detached_head_are_read_as_any_other(repository, tmp_path):
    git(repository.root, "worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
    with project_at("HEAD", tmp_path / "tree") as folder:
        assert (folder / "data" / "claims.csv").is_file()


def test_a_shallow_clone_says_what_it_may_lack(repository, tmp_path):
    git(repository.root, "commit", "-qm", "second", "--allow-empty")
    git(repository.root, "clone", "-q", "--depth", "1", f"file://{repository.root}", str(tmp_path / "clone"))
    with project_at("HEAD", tmp_path / "clone") as folder:
        assert (folder / "data" / "claims.csv").is_file()
    with pytest.raises(ZhenzhiError, match="which a shallow clone may lack"), project_at("HEAD~1", tmp_path / "clone"):
        pass


def test_without_git_it_is_said_that_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ZhenzhiError, match="git is not installed"), project_at("HEAD", tmp_path):
        pass
