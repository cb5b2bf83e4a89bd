"""Another version of the data, out of git: which verdicts flip."""

import json
import subprocess
from contextlib import contextmanager

import pytest

from zhenzhi import audit
from zhenzhi.__main__ import main
from zhenzhi.errors import ZhenzhiError
from zhenzhi.publishing import versions
from zhenzhi.publishing.versions import tables_at


def git(folder, *command):
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", *identity, *command], cwd=folder, check=True)


@pytest.fixture
def repository(project):
    """A small project in a repository of its own, with one commit."""
    git(project.root, "init", "-q")
    git(project.root, "add", "data")
    git(project.root, "commit", "-qm", "first")
    return project


def test_a_claim_that_changed_shows_the_verdict_that_flipped(repository):
    repository.replace("data/claims.csv", "1246条", "1200条")
    repository.replace("data/claims.csv", ",1246,", ",1200,")
    git(repository.root, "commit", "-qam", "wrong")
    with tables_at("HEAD", repository.root) as wrong, tables_at("HEAD~1", repository.root) as right:
        found = audit.changes(audit.run(right), audit.run(wrong))
    assert found == [audit.Change("jj17-opinions-resolved", "consistent", "inconsistent")]


def test_a_ref_that_does_not_exist_is_named(repository):
    with pytest.raises(ZhenzhiError, match="'nowhere' cannot be read"), tables_at("nowhere", repository.root):
        pass


def test_the_command_prints_what_differs(monkeypatch, capsys, english):
    @contextmanager
    def same(ref):
        yield english.tables

    monkeypatch.setattr(versions, "tables_at", same)
    assert main(["audit", "--against", "v1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["audit", "--against", "v1"]) == 0
    assert "0 verdict(s) differ from v1" in capsys.readouterr().out
