"""Made-up texts are the same whenever they are made, and the check is right about them where it says anything."""

import re
from fractions import Fraction
from random import Random

import pytest

from zhenzhi import charts, paths, trial
from zhenzhi.book import open_book
from zhenzhi.relations.measure import Rate
from zhenzhi.trial import counts
from zhenzhi.trial.passages import FILLERS, KINDS, TRAPS
from zhenzhi.trial.run import FAILS, HOLDS, saying

TEXTS = 60


@pytest.fixture(scope="module")
def done(english):
    """The trial of the book."""
    return trial.run(trial.corpus(), english.quiet.tables)


def test_a_seed_and_a_number_make_the_same_text_always():
    assert trial.made_up(7) == trial.made_up(7)
    assert trial.made_up(7) != trial.made_up(8)
    assert trial.made_up(7) != trial.made_up(7, seed=1)
    assert list(trial.corpus(3)) == [trial.made_up(number) for number in range(3)]


def test_the_planted_relations_are_where_they_are_said_to_be():
    for made in trial.corpus(TEXTS):
        ends = 0
        for planted in made.planted:
            assert ends <= planted.start < planted.end <= len(made.text)
            assert made.text[planted.end - 1] == "。"
            ends = planted.end


def test_an_error_changes_one_figure_and_nothing_else():
    right, wrong = (list(trial.corpus(TEXTS, wrong=share)) for share in (0, 1))
    assert not any(planted.error for made in right for planted in made.planted)
    assert all(planted.error for made in wrong for planted in made.planted)
    assert {planted.error for made in wrong for planted in made.planted} == {"digit", "exchange", "size", "last"}


def test_every_wording_begins_with_words_and_has_figures():
    random = Random("one")
    makers = [maker for wordings in KINDS.values() for maker in wordings.plain + wordings.passing]
    for maker in (*makers, *TRAPS, *FILLERS):
        pieces = maker(random)
        assert not pieces[0][0].isdigit()
        assert any(piece[0].isdigit() for piece in pieces)


def test_nothing_that_is_right_is_called_wrong(done):
    assert done.false_alarms.found == 0
    assert done.false_alarms.of == sum(not one.error for one in done.told)


def test_what_is_told_plainly_is_seen_and_most_of_its_errors_are_found(done):
    right = saying(HOLDS, (one for one in done.told if one.plain and not one.error))
    wrong = saying(FAILS, (one for one in done.wrong if one.plain))
    assert right.rate > 0.9
    assert wrong.rate > 0.75
    assert done.found.of == len(done.wrong)


def test_an_alarm_is_worth_more_where_more_is_wrong(done):
    worth = [done.worth(share) for share in (0.001, 0.01, 0.1)]
    assert sorted(worth) == worth
    assert 0 < worth[0] < worth[-1] < 1


def test_enough_right_relations_make_an_alarm_worth_what_is_asked(done):
    wrong, worth = Fraction(1, 100), Fraction(9, 10)
    needed = done.needed(wrong, worth)
    for right, enough in ((needed, True), (needed - 1, False)):
        false = Rate(0, right).bounds[1] * float(1 - wrong)
        true = done.found.bounds[0] * float(wrong)
        assert (true / (true + false) >= worth) is enough
    assert needed > done.false_alarms.of


def test_what_the_book_keeps_is_what_the_trial_says(done, tmp_path):
    counts.keep(counts.counted(done), tmp_path)
    assert (paths.DATA / counts.FILE).read_text(encoding="utf-8") == (tmp_path / counts.FILE).read_text(
        encoding="utf-8"
    )


# Its charts


def test_the_charts_hold_every_planted_error_once(english, done):
    wording = charts.errors_by_wording(english, "official-figures-wording", done).data
    sort = charts.errors_by_sort(english, "official-figures-sort", done).data
    assert wording[list(trial.SAYINGS)].sum().sum() == len(done.wrong)
    assert wording["fails"].sum() == done.found.found == sort["fails"].sum()
    assert sort[list(trial.SAYINGS)].sum().sum() == sum(one.plain for one in done.wrong)


def test_a_chart_of_the_trial_tells_its_texts_as_its_source_and_no_document(english, done):
    chart = charts.worth(english, "official-figures-worth", done, [10, 1000])
    assert "made-up texts" in chart.source and "Daily" not in chart.source
    assert list(chart.data["true"] + chart.data["false"]) == [100, 100]
    assert chart.data["true"].is_monotonic_decreasing


def test_the_charts_of_the_trial_speak_chinese(done):
    chinese = open_book("zh")
    for chart in (
        charts.errors_by_wording(chinese, "official-figures-wording", done),
        charts.errors_by_sort(chinese, "official-figures-sort", done),
        charts.worth(chinese, "official-figures-worth", done, [10]),
    ):
        assert not re.search("[a-z{]", chart.alt)
