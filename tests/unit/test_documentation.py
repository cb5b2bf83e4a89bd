"""What README, CONTRIBUTING and ARCHITECTURE name is there: paths, commands, makefile targets."""

import re
import subprocess
import sys

import pytest

from zhenzhi import paths

GUIDES = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")

#: What a command or a person makes, and placeholders.
_MADE = ("_build/", "site/", "downloads/", ".venv", "node_modules", "notebooks", "latest/", "VERSION", "CHAPTER", "../")

#: Rooms in which ARCHITECTURE.md names modules without their folder.
_ROOMS = ("", "zhenzhi/data/", "zhenzhi/amounts/", "zhenzhi/book/", "zhenzhi/sphinxext/", "zhenzhi/sphinxext/finish/")
_ROOMS += ("zhenzhi/releasing/", "data/")


def code(guide: str) -> list[str]:
    """The pieces of code within the text of a guide."""
    text = re.sub(r"```.*?```", "", (paths.ROOT / guide).read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_is_named_is_there(guide):
    named = [
        piece
        for piece in code(guide)
        if re.fullmatch(r"[\w./-]+", piece)
        and (piece.endswith("/") or re.search(r"\.(py|md|yml|csv|json|in|txt|cff|bib)$", piece))
        and not piece.startswith(_MADE)
        and not any(word in piece for word in _MADE)
    ]
    assert len(named) > 5
    assert [piece for piece in named if not any((paths.ROOT / room / piece).exists() for room in _ROOMS)] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_target_of_the_makefile_that_is_named_is_there(guide):
    text = (paths.ROOT / guide).read_text(encoding="utf-8")
    makefile = (paths.ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, flags=re.MULTILINE))
    assert named
    assert [target for target in sorted(named) if f"\n{target}:" not in makefile] == []


def test_every_command_that_is_named_is_there():
    text = "".join((paths.ROOT / guide).read_text(encoding="utf-8") for guide in GUIDES)
    told = subprocess.run(
        [sys.executable, "-m", "zhenzhi", "--help"], capture_output=True, text=True, check=True
    ).stdout
    named = set(re.findall(r"python -m zhenzhi ([a-z-]+)", text))
    assert named
    assert [command for command in sorted(named) if command not in told] == []


def test_the_sample_of_the_readme_gives_what_it_says():
    (sample,) = re.findall(r"```python\n(.*?)```", (paths.ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict = {}
    told = 0
    for line in filter(None, sample.splitlines()):
        code, _, remark = line.partition("  # ")
        if code.startswith(("from ", "book = ")):
            exec(code, names)
            continue
        value = eval(code, names)
        if said := re.match(r"'[^']+'", remark.strip()):
            assert repr(value) == said.group()
            told += 1
    assert told == 3
