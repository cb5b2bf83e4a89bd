"""What changed from one version to another, and what of the text it touches."""

import json
from dataclasses import replace

import pytest

from zhenzhi.__main__ import main
from zhenzhi.releasing import pages
from zhenzhi.releasing.changes import between
from zhenzhi.releasing.contents import Check, Contents
from zhenzhi.releasing.pages import Page

PAGE = """<html><body><article class="bd-article"><section id="town">
<h1>Town<a class="headerlink" href="#town">#</a></h1>
<p>An opening. The town (Fig. 2) has
<a class="zz-figure zz-claim" href="r.html#claim-grids">104 <b>grids</b></a> of 9.5 km, and
<a class="zz-figure zz-claim" href="r.html#claim-staff">{staff}<sup class="zz-flag">!</sup></a>. Nothing else.</p>
<section id="load"><h2><span>1.1. </span>Load</h2>
<ul><li>Each has <a class="zz-figure zz-computed" href="#check-load">17 tasks</a>.</li></ul>
<figure id="fig-load" class="zz-chart"><figcaption><span class="caption-number">Fig. 1.1 </span>A caption.</figcaption>
<table><tr><td><a href="r.html#claim-grids">grids</a> <a href="r.html#claim-tasks">tasks</a></td></tr></table></figure>
</section></section><div id="card-grids"><a href="r.html#claim-grids">x</a></div>
<p id="id7"><a id="use-term-x"></a></p></article></body></html>"""


def row(value="104", **more) -> dict:
    return {"label_en": "what", "as_written": f"{value}个", "value": value, "unit": "item", "note_en": "", **more}


def contents(tmp_path, name="1.0.0", staff="510 people", checks="consistent", closed=(), **claims) -> Contents:
    folder = tmp_path / name
    (folder / "chapters").mkdir(parents=True)
    (folder / "chapters" / "a.html").write_text(PAGE.format(staff=staff), encoding="utf-8")
    return Contents(
        name=name,
        claims={key: value for key, value in claims.items() if value},
        closed={key: row(reason_en="It is a date.", replaced_by="") for key in closed},
        checks={"load": Check("Load", checks, ("grids", "tasks"))} if checks else {},
        pages=pages.read(folder),
    )


@pytest.fixture
def before(tmp_path) -> Contents:
    return contents(tmp_path, grids=row(), staff_=row("510"), tasks=row("987"))


def test_a_page_tells_its_anchors_sentences_and_figures(before):
    (page,) = before.pages.values()
    assert (page.address, page.title) == ("chapters/a.html", "Town")
    assert page.anchors == {"town", "load", "fig-load"}
    sentences = [(entry.anchor, entry.section, entry.text, entry.names) for entry in page.sentences]
    assert sentences == [
        ("town", "Town", "The town (Fig. 2) has 104 grids of 9.5 km, and 510 people.", ("grids", "staff")),
        ("load", "1.1. Load", "Each has 17 tasks.", ("load",)),
    ]
    (figure,) = page.figures
    assert (figure.anchor, figure.section, figure.names) == ("fig-load", "Fig. 1.1", ("grids", "tasks"))


def test_a_page_without_a_text_of_its_own_has_only_its_address(tmp_path):
    (tmp_path / "search.html").write_text('<html><body><div id="theme"></div></body></html>')
    (page,) = pages.read(tmp_path).values()
    assert (page.address, page.title, page.anchors) == ("search.html", "search.html", frozenset())


def test_nothing_changed(before, tmp_path):
    changes = between(before, contents(tmp_path, "1.1.0", grids=row(), staff_=row("510"), tasks=row("987")))
    assert not changes.any
    assert (changes.before, changes.after) == ("1.0.0", "1.1.0")


def test_a_language_tells_of_its_own_pages_and_columns(tmp_path):
    told = [
        contents(tmp_path / side, grids=row(label_zh="网格", note_en=side, note_zh=chinese))
        for side, chinese in (("old", "旧"), ("new", "新"))
    ]
    assert between(*told).pages_known and not between(*told, "zh").pages_known
    empty = {"zh/index.html": Page("zh/index.html", "", frozenset(), (), ())}
    told = [replace(side, pages={**(side.pages or {}), **empty}) for side in told]
    english, chinese = between(*told), between(*told, "zh")
    assert [(edit.label, [cell.column for cell in edit.cells]) for edit in english.reworded] == [
        ("what", ["note_en", "note_zh"])
    ]
    assert [(edit.label, [cell.column for cell in edit.cells]) for edit in chinese.reworded] == [("网格", ["note_zh"])]
    assert english.sentences and not chinese.sentences and chinese.pages_known


def test_a_sentence_that_a_version_did_not_tell_is_not_told_as_changed(before):
    untold, now = (
        replace(before, checks={"load": Check("Load", "consistent", ("grids",), reason)}) for reason in (None, "So.")
    )
    assert between(untold, now).reasons == ()


def test_added_closed_and_vanished(before, tmp_path):
    after = contents(tmp_path, "1.1.0", closed=["tasks"], grids=row(), new=row("7"))
    changes = between(before, after)
    assert [claim.claim_id for claim in changes.added] == ["new"]
    assert [(claim.claim_id, claim.reason) for claim in changes.closed] == [("tasks", "It is a date.")]
    assert [claim.claim_id for claim in changes.vanished] == ["staff_"]


def test_what_was_closed_before_is_not_closed_again(tmp_path):
    older = contents(tmp_path, closed=["tasks"], grids=row())
    assert not between(older, contents(tmp_path, "1.1.0", closed=["tasks"], grids=row())).any


def test_a_value_and_a_wording_are_told_apart(before, tmp_path):
    after = contents(
        tmp_path, "1.1.0", grids=row("105", as_written="104个", note_en="A doubt."), staff_=row("510"), tasks=row("987")
    )
    changes = between(before, after)
    (revalued,), (reworded,) = changes.revalued, changes.reworded
    assert [(cell.column, cell.before, cell.after) for cell in revalued.cells] == [("value", "104", "105")]
    assert [cell.column for cell in reworded.cells] == ["note_en"]


def test_a_claim_touches_its_sentences_its_checks_and_its_figures(before, tmp_path):
    after = contents(tmp_path, "1.1.0", staff="511 people", grids=row("105"), staff_=row("510"), tasks=row("987"))
    changes = between(before, after)
    first, second = changes.sentences
    assert first.names == ("grids",)
    assert first.before == ("The town (Fig. 2) has 104 grids of 9.5 km, and 510 people.",)
    assert first.after == ("The town (Fig. 2) has 104 grids of 9.5 km, and 511 people.",)
    assert (second.anchor, second.names, second.before) == ("load", ("load",), second.after)
    (figure,) = changes.figures
    assert (figure.page, figure.anchor, figure.claims) == ("chapters/a.html", "fig-load", ("grids",))


def test_a_verdict_that_flipped_touches_what_rests_on_it(before, tmp_path):
    after = contents(tmp_path, "1.1.0", checks="inconsistent", grids=row(), staff_=row("510"), tasks=row("987"))
    changes = between(before, after)
    (verdict,) = changes.verdicts
    assert (verdict.check_id, verdict.before, verdict.after) == ("load", "consistent", "inconsistent")
    assert [entry.anchor for entry in changes.sentences] == ["load"]


def test_a_check_that_says_it_otherwise_is_told_with_both_sentences(before):
    check = before.checks["load"]
    after = replace(before, name="1.1.0", checks={"load": replace(check, reason="Not so.")})
    (reason,) = between(before, after).reasons
    assert (reason.check_id, reason.before, reason.after) == ("load", "", "Not so.")
    flipped = replace(after, checks={"load": replace(check, reason="Not so.", verdict="inconsistent")})
    assert between(before, flipped).reasons == ()


def test_what_a_claim_stands_for_is_a_part_of_its_value(before):
    claims = {**before.claims, "grids": {**before.claims["grids"], "stands for": "over 104"}}
    older = replace(before, claims=claims)
    newer = replace(before, claims={**claims, "grids": {**claims["grids"], "stands for": "105 to 109"}})
    (edit,) = between(older, newer).revalued
    assert [(cell.column, cell.before, cell.after) for cell in edit.cells] == [("stands for", "over 104", "105 to 109")]


def test_a_column_that_one_version_lacks_says_nothing_of_a_claim(before):
    claims = {claim: {**row, "note_zh": "疑"} for claim, row in before.claims.items()}
    assert not between(before, replace(before, claims=claims)).any


def test_a_check_may_be_new_or_gone(before, tmp_path):
    without = contents(tmp_path, "1.1.0", checks=None, grids=row(), staff_=row("510"), tasks=row("987"))
    assert [(v.name, v.before, v.after) for v in between(before, without).verdicts] == [("Load", "consistent", None)]
    assert [(v.name, v.before, v.after) for v in between(without, before).verdicts] == [("Load", None, "consistent")]


@pytest.mark.slow
def test_the_command_compares_git_refs_by_their_data(capsys):
    assert main(["changes", "--from", "HEAD", "--to", "HEAD", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert not found["pages_known"]
    assert found["added"] == found["verdicts"] == []


def test_the_command_names_a_version_that_there_is_not(capsys):
    assert main(["changes", "--from", "9.9.9", "--to", "HEAD"]) == 1
    assert "'9.9.9'" in capsys.readouterr().err
