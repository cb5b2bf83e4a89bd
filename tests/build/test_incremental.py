"""A book that is built after an edit is, byte for byte, the book that is built from nothing.

Random edits follow one another on a small project. After each the project is built where it was built before, and a copy of
it from nothing; every file of the two books is compared. An edit that breaks the data or a page must stop both builds, and
is undone. ``--edits 200`` makes more of them, ``--seed`` others.
"""

from pathlib import Path
from random import Random

import pytest
from babel.messages.pofile import write_po

from helpers import warm
from helpers.edits import EDITS, copy_sources, restore
from helpers.project import Project, differing
from zhenzhi.building import messages
from zhenzhi.locales import catalogues, read


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_an_incremental_build_is_a_clean_one(tmp_path, request):
    count, seed = request.config.getoption("edits"), request.config.getoption("seed")
    rng, root, kept, clean = Random(seed), Project(tmp_path / "project").root, tmp_path / "kept", tmp_path / "clean"
    assert warm.build(root) == [0], warm.log(root)
    order = [edit for _ in range(count // len(EDITS) + 1) for edit in rng.sample(EDITS, len(EDITS))][:count]
    valid = 0
    for number, edit in enumerate(order, 1):
        copy_sources(root, kept)
        said = f"edit {number} of seed {seed}: {edit(rng, root)}"
        copy_sources(root, clean)
        codes = warm.build(root, clean)
        print(f"{said}: {codes}", flush=True)
        assert codes[0] == codes[1], f"{said}: {codes}\n{warm.log(root)}\n{warm.log(clean)}"
        if codes[0]:
            restore(kept, root)
            continue
        valid += 1
        assert differing(root / "_build" / "html", clean / "_build" / "html") == [], said
    assert valid > count / 2


@pytest.mark.slow
def test_a_changed_translation_is_set(tmp_path):
    root, clean = Project(tmp_path / "project").root, tmp_path / "clean"
    messages.merge(root, "zh")
    for file in catalogues(root, "zh").rglob("*.po"):
        translate(file, "译文")
    assert warm.build(root) == [0], warm.log(root)
    told = catalogues(root, "zh") / "chapters" / "told.po"
    translate(told, "改过的译文")
    copy_sources(root, clean)
    assert warm.build(root, clean) == [0, 0], warm.log(root)
    assert "改过的译文" in (root / "_build" / "html" / "zh" / "chapters" / "told.html").read_text(encoding="utf-8")
    assert differing(root / "_build" / "html", clean / "_build" / "html") == []


def translate(file: Path, word: str) -> None:
    """Puts a word before the English of each message."""
    catalogue = read(file)
    for message in catalogue:
        if message.id:
            message.string = f"{word} {message.id}"
    with file.open("wb") as stream:
        write_po(stream, catalogue, width=0, no_location=True)
