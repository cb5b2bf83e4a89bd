"""Made-up texts are the same whenever they are made, and the check is right about them where it says anything."""

from random import Random

import pytest

from zhenzhi import trial
from zhenzhi.trial.passages import FILLERS, KINDS, TRAPS
from zhenzhi.trial.run import FAILS, HOLDS, saying

TEXTS = 60


@pytest.fixture(scope="module")
def done(english):
    return trial.run(trial.corpus(TEXTS), english.quiet.tables)


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
