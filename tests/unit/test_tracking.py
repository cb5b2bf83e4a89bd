"""Whatever is asked of an edition is noted, each time; what is noted is known by its digest."""

import inspect
from collections import namedtuple
from dataclasses import replace
from functools import cached_property

import pytest

from zhenzhi.book import counts, dependencies
from zhenzhi.book.edition import Edition, Reference, open_book
from zhenzhi.book.tracking import NOTES

CLAIM, CHECK, MODEL, OUTSIDE = "jj17-grids", "jj17-tasks-average", "jj17-grids", "jiujiang-gdp-2020"
PART = namedtuple("PART", "name_en name_zh")("court (planned)", "仲裁庭 (planned)")

#: How each public accessor that reads data is asked, and one name that it must note.
ASKED = {
    "allowed": (lambda e: e.allowed(CLAIM), f"claim:{CLAIM}"),
    "aside": (lambda e: e.aside("a"), "label:aside"),
    "amount": (lambda e: e.amount(CLAIM), f"claim:{CLAIM}"),
    "caveats_of": (lambda e: e.caveats_of(CLAIM), "table:caveats"),
    "chart_text": (lambda e: e.chart_text("jj17-grid-staffing"), "figure:jj17-grid-staffing"),
    "characters": (lambda e: e.characters(1, 2), "label:characters"),
    "check": (lambda e: e.check(CHECK), f"check:{CHECK}"),
    "checked": (lambda e: e.checked, "verdicts:all"),
    "claim": (lambda e: e.claim(CLAIM), f"claim:{CLAIM}"),
    "claims_in": (lambda e: e.claims_in(MODEL), f"model-claims:{MODEL}"),
    "claims_of": (lambda e: e.claims_of("jj17-report"), "article:jj17-report"),
    "coded": (lambda e: e.coded([CLAIM]), "coding:all"),
    "coding": (lambda e: e.coding.claims, "coding:all"),
    "document_of": (lambda e: e.document_of(CLAIM), "coding:all"),
    "external": (lambda e: e.external(OUTSIDE), f"external:{OUTSIDE}"),
    "flag": (lambda e: e.flag(CLAIM), f"flag:{CLAIM}"),
    "held_against": (lambda e: e.held_against, "verdicts:all"),
    "in_base_unit": (lambda e: e.in_base_unit(CLAIM), f"claim:{CLAIM}"),
    "interval": (lambda e: e.interval(e.quantity("jj17-tasks-average.average")), "label:range"),
    "is_claim": (lambda e: e.is_claim(CLAIM), "names:claims"),
    "is_external": (lambda e: e.is_external(OUTSIDE), "names:external"),
    "label": (lambda e: e.label("any"), "label:any"),
    "listing": (lambda e: e.listing(["a", "b"]), "label:list-separator"),
    "model": (lambda e: e.model(MODEL), f"model:{MODEL}"),
    "named": (lambda e: e.named("a", "b"), "label:name-and-text"),
    "name_of": (lambda e: e.name_of(CLAIM), f"claim:{CLAIM}"),
    "parts_of": (lambda e: e.parts_of(MODEL), f"model:{MODEL}"),
    "part_name": (lambda e: e.part_name(PART), "label:planned-what"),
    "passage": (lambda e: e.passage(CLAIM), f"passage:{CLAIM}"),
    "period": (lambda e: e.period(CLAIM), f"claim:{CLAIM}"),
    "place_and_year": (lambda e: e.place_and_year("jiujiang", "jj17"), "table:places"),
    "places_within": (lambda e: e.places_within(["jiujiang"]), "table:places"),
    "plain": (lambda e: e.plain(f"{{claim}}`{CLAIM}`"), f"claim:{CLAIM}"),
    "quantity": (lambda e: e.quantity(CLAIM), f"claim:{CLAIM}"),
    "reason": (lambda e: e.reason(e.result(CHECK)), f"check:{CHECK}"),
    "result": (lambda e: e.result(CHECK), f"check:{CHECK}"),
    "rows": (lambda e: e.rows("terms"), "rows:terms"),
    "sequence": (lambda e: e.sequence(["a", "b"]), "label:sequence-separator"),
    "result_under": (lambda e: e.result_under(CHECK, "half", "usual"), f"claim:{CLAIM}"),
    "results": (lambda e: e.results, "results:all"),
    "show": (lambda e: e.show(Reference("claim", CLAIM, "figure")), f"claim:{CLAIM}"),
    "tables": (lambda e: e.tables.terms, "table:terms"),
    "verdict_of": (lambda e: e.verdict_of(CLAIM), f"results-of:{CLAIM}"),
    "verdicts": (lambda e: e.verdicts, "verdicts:all"),
    "word": (lambda e: e.word(CLAIM), f"claim:{CLAIM}"),
    "words_used": (lambda e: e.words_used("claims", "kind"), "words:claims.kind"),
    "wording": (lambda e: e.wording(CLAIM), f"claim:{CLAIM}"),
}

#: Accessors that read no data, or none that is to be noted.
READ_NOTHING = {"date", "digits", "language", "local", "note", "noting", "original", "quiet", "source_of", "told_in"}


def test_every_public_accessor_is_asked():
    public = {name for name, _ in inspect.getmembers(Edition) if not name.startswith("_")}
    assert public - READ_NOTHING == ASKED.keys()


@pytest.mark.slow
@pytest.mark.parametrize("accessor", ASKED)
def test_an_accessor_notes_what_it_reads_each_time(english, accessor):
    ask, expected = ASKED[accessor]
    noted = set()
    edition = Edition(english.quiet.tables, note=noted.add)
    for _ in range(2):
        noted.clear()
        ask(edition)
        assert expected in noted


def test_all_frames_at_once_have_the_digest_of_their_cells(english):
    tables = english.quiet.tables
    claims = tables.claims.copy()
    claims.loc[claims.index[len(claims) // 2], "note_en"] = "another"
    changed = Edition(replace(tables, frames={**tables.frames, "claims": claims}))
    name = ["table:frames"]
    assert dependencies.Digests(changed).of(name) != dependencies.Digests(english.quiet).of(name)


@pytest.mark.slow
def test_what_is_noted_has_a_digest(english):
    noted = set()
    edition = Edition(english.quiet.tables, note=noted.add)
    for ask, _ in ASKED.values():
        ask(edition)
    counts.show(edition, "claims")
    assert dependencies.Digests(english.quiet).of(noted).keys() == noted


def test_nothing_public_is_kept_that_would_be_noted_once_only():
    kept = {name for name, member in inspect.getmembers(Edition) if isinstance(member, cached_property)}
    # Made once, and noting whatever is taken from it.
    assert {name for name in kept if not name.startswith("_")} == {"coding", "quiet"}


def test_a_notebook_notes_each_name_once(tmp_path, monkeypatch):
    file = tmp_path / "notes"
    monkeypatch.setenv(NOTES, str(file))
    book = open_book()
    for _ in range(2):
        book.amount(CLAIM)
    assert file.read_text(encoding="utf-8").split().count(f"claim:{CLAIM}") == 1


@pytest.mark.slow
def test_a_notebook_speaks_the_language_of_the_book_that_is_built(monkeypatch):
    assert open_book().language == "en"
    monkeypatch.setenv("ZHENZHI_LANGUAGE", "zh")
    assert open_book().language == "zh"
    assert open_book("en").language == "en"
