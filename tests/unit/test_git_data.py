"""The command that holds the data against another version."""

import json

import pytest

from zhenzhi.__main__ import main
from zhenzhi.releasing import contents
from zhenzhi.releasing.contents import Contents


@pytest.mark.slow
def test_the_command_prints_what_differs(monkeypatch, capsys, english):
    monkeypatch.setattr(contents, "of_ref", lambda ref: Contents(ref, {}, {}, dict(english.results), None))
    assert main(["audit", "--against", "v1", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []
    assert main(["audit", "--against", "v1"]) == 0
    assert "0 verdict(s) differ from v1" in capsys.readouterr().out
