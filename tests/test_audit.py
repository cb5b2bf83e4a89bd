"""The audit finds what the figures imply and what cannot be, and nothing that rounding explains."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zhenzhi import audit
from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED, Result
from zhenzhi.errors import DataError
from zhenzhi.quantity import Interval
from zhenzhi.tables import Tables

few = settings(max_examples=60, deadline=None)


def interval(low, high, **ends) -> Interval:
    return Interval(Fraction(low), None if high is None else Fraction(high), **ends)


def figure(as_written: str, value, unit: str = "event", **cells) -> dict:
    """A claim, reported without a qualifier unless ``cells`` say otherwise."""
    plain = {"value_high": None, "qualifier": "exact", "status": "reported", "period_start": None, "period_end": None}
    return {
        **plain,
        "as_written": as_written,
        "value": None if value is None else Decimal(value),
        "unit": unit,
        **cells,
    }


def share(percent) -> dict:
    return figure(f"{percent}%", percent, "percent")


def tables_of(figures: dict[str, dict], *checks: dict) -> Tables:
    """Tables with made-up claims and checks."""
    claims = pd.DataFrame.from_dict(figures, orient="index", dtype=object)
    units = pd.DataFrame(
        {"counted": [True, True, False, False, False]}, index=["event", "grid", "yuan", "percent", "rate"], dtype=object
    )
    models = pd.DataFrame([[6], [None]], index=["six", "unlisted"], columns=["listed_count"], dtype=object)
    frames = {"claims": claims, "units": units, "models": models}
    return Tables(Path(), MappingProxyType(frames), MappingProxyType({"checks": list(checks)}))


def audited(kind: str, parts: list[dict] | None = None, *, model: str | None = None, **figures: dict) -> Result:
    """The result of one check of a type over figures by their role; ``parts`` are those of a sum."""
    numbered = {f"addend-{number}": part for number, part in enumerate(parts or [])}
    claims = {role: role for role in figures} | ({"parts": list(numbered)} if parts else {})
    check = {"check_id": "made", "type": kind, "claims": claims, "model": model}
    return audit.run(tables_of(figures | numbered, check))["made"]


def problem_of(check: dict, **figures: dict) -> str:
    with pytest.raises(DataError) as error:
        audit.run(tables_of(figures, check))
    (problem,) = error.value.problems
    return problem


# The report of 2017


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("jj17-staff-total.sum", 510, 510),
        ("jj17-events-closed.part", 15_052, 15_052),
        ("jj17-events-closed.rest", 103, 103),
        ("jj17-opinions-resolved.rest", 6, 6),
        ("jj17-tasks-average.days", 519, 549),
        ("jj17-tasks-average.average", Fraction(987_783, 104 * 549), Fraction(987_783, 104 * 519)),
        ("jj17-cleanup-total.whole", 2_780, 2_820),
        ("jj17-cleanup-total.rest", 876, 916),
        ("jj17-aspects-listed.listed", 6, 6),
    ],
)
def test_what_the_figures_of_2017_imply(english, name, low, high):
    assert english.quantity(name).interval == interval(low, high)


@pytest.mark.parametrize(
    ("check_id", "verdict"),
    [
        ("jj17-staff-total", UNDETERMINED),
        ("jj17-heads-per-grid", CONSISTENT),
        ("jj17-managers-per-station", CONSISTENT),
        ("jj17-tasks-average", CONSISTENT),
        ("jj17-events-closed", CONSISTENT),
        ("jj17-opinions-resolved", CONSISTENT),
        ("jj17-output-base", UNDETERMINED),
        ("jj17-cleanup-total", UNDETERMINED),
        ("jj17-aspects-listed", INCONSISTENT),
    ],
)
def test_the_verdicts_on_2017(english, check_id, verdict):
    assert english.results[check_id].verdict == verdict


def test_a_result_names_its_claims_in_the_order_of_the_check(english):
    result = english.results["jj17-tasks-average"]
    assert result.claims == ("jj17-tasks", "jj17-grids", "jj17-tasks-per-grid")


def test_results_stand_in_the_order_of_the_checks(english):
    assert list(english.results) == [check["check_id"] for check in english.tables.checks]


# Shares


@st.composite
def percents(draw, minimum: int) -> Decimal:
    """A share as written, with none to two decimal places; it rounds from no more than 100 per cent."""
    places = draw(st.integers(0, 2))
    return Decimal(draw(st.integers(minimum * 10**places, 100 * 10**places - 1))).scaleb(-places)


def fits(part: int, whole: int, percent: Decimal) -> bool:
    """Whether a part of a whole rounds to a share: it is no further from it than half a unit of the last digit."""
    unit = 10 ** -percent.as_tuple().exponent
    return abs(100 * part * unit - int(percent * unit) * whole) * 2 <= whole


@few
@given(whole=st.integers(1, 2000), percent=percents(1))
def test_the_parts_that_fit_a_share_are_those_of_brute_force(whole, percent):
    parts = [part for part in range(2001) if fits(part, whole, percent)]
    result = audited("share", whole=figure(f"{whole}件", whole), share=share(percent))
    assert result.verdict == (CONSISTENT if parts else INCONSISTENT)
    found = result.quantities["part"].whole_numbers() if parts else []
    assert list(found) == parts


@few
@given(part=st.integers(1, 380), percent=percents(20))
def test_the_wholes_that_fit_a_share_are_those_of_brute_force(part, percent):
    wholes = [whole for whole in range(1, 2001) if fits(part, whole, percent)]
    result = audited("share", part=figure(f"{part}件", part), share=share(percent))
    assert result.verdict == (UNDETERMINED if wholes else INCONSISTENT)
    found = result.quantities["whole"].whole_numbers() if wholes else []
    assert list(found) == wholes


@few
@given(part=st.integers(0, 2000), whole=st.integers(1, 2000), percent=percents(0))
def test_a_share_with_its_part_and_whole_is_judged_as_by_brute_force(part, whole, percent):
    assume(part <= whole)
    result = audited("share", part=figure(f"{part}件", part), whole=figure(f"{whole}件", whole), share=share(percent))
    assert (result.verdict == CONSISTENT) == fits(part, whole, percent)


@few
@given(part=st.integers(0, 2000), whole=st.integers(1, 2000), places=st.integers(0, 2), units_off=st.integers(-50, 50))
def test_a_share_is_wrong_only_beyond_its_rounding(part, whole, places, units_off):
    assume(part <= whole and abs(units_off) != 1)
    unit = Decimal(1).scaleb(-places)
    rounded = (Decimal(100 * part) / whole).quantize(unit, ROUND_HALF_UP)
    percent = rounded + units_off * unit
    assume(percent >= 0)
    result = audited("share", part=figure(f"{part}件", part), whole=figure(f"{whole}件", whole), share=share(percent))
    assert result.verdict == (INCONSISTENT if units_off else CONSISTENT)


def test_a_share_that_no_whole_number_makes_is_inconsistent():
    result = audited("share", whole=figure("476件", 476), share=share("49.39"))
    assert result.verdict == INCONSISTENT
    assert result.quantities == {}


def test_a_share_of_nothing_leaves_no_part():
    result = audited("share", whole=figure("100件", 100), share=share("0.0"))
    assert result.quantities["part"].whole_numbers() == range(1)


@pytest.mark.parametrize(
    ("as_written", "value", "qualifier", "parts"),
    [("100%", 100, "exact", range(995, 1001)), ("超99%", 99, "over", range(991, 1001))],
)
def test_a_part_is_never_larger_than_its_whole(as_written, value, qualifier, parts):
    percent = figure(as_written, value, "percent", qualifier=qualifier)
    result = audited("share", whole=figure("1000件", 1000), share=percent)
    assert result.quantities["part"].whole_numbers() == parts
    assert result.quantities["rest"].interval.low == 0


def test_a_whole_is_never_smaller_than_its_part():
    result = audited("share", part=figure("1000件", 1000), share=share(100))
    assert result.quantities["whole"].whole_numbers() == range(1000, 1006)
    assert result.quantities["rest"].interval.low == 0


def test_a_wrong_share_is_not_told_in_the_words_of_a_right_one():
    part, whole = figure("1246条", 1246), figure("1252条", 1252)
    right = audited("share", part=part, whole=whole, share=share("99.5"))
    wrong = audited("share", part=part, whole=whole, share=share("98.5"))
    assert wrong.verdict == INCONSISTENT
    assert wrong.reason != right.reason


# Sums

#: Amounts to a thousandth, written to a tenth.
AMOUNTS = st.lists(st.integers(0, 10**6).map(lambda thousandths: Decimal(thousandths) / 1000), min_size=1, max_size=6)


def yuan(amount: Decimal) -> dict:
    """An amount in ten thousands of yuan, as a document would round it."""
    written = amount.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return figure(f"{written}万元", written * 10_000, "yuan")


def test_whole_things_add_up_exactly():
    result = audited("sum", [figure("104个", 104), figure("27个", 27)], whole=figure("131个", 131))
    assert result.verdict == CONSISTENT
    assert result.computed == interval(131, 131)


def test_a_sum_that_is_not_stated_is_undetermined():
    result = audited("sum", [figure("104个", 104), figure("27个", 27)])
    assert result.verdict == UNDETERMINED
    assert result.quantities["sum"].interval == interval(131, 131)


def test_a_sum_of_whole_things_that_is_off_by_one_is_inconsistent():
    result = audited("sum", [figure("104个", 104), figure("27个", 27)], whole=figure("132个", 132))
    assert result.verdict == INCONSISTENT


@few
@given(AMOUNTS)
def test_rounding_never_makes_a_sum_wrong(amounts):
    assert audited("sum", [yuan(amount) for amount in amounts], whole=yuan(sum(amounts))).verdict == CONSISTENT


@few
@given(AMOUNTS, st.integers(2, 50))
def test_a_sum_beyond_the_rounding_of_its_parts_is_found(amounts, more):
    error = Decimal("0.1") * (len(amounts) + more)
    result = audited("sum", [yuan(amount) for amount in amounts], whole=yuan(sum(amounts) + error))
    assert result.verdict == INCONSISTENT


@few
@given(AMOUNTS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))), st.integers(0, 10**6))
def test_the_order_of_the_parts_does_not_matter(orders, total):
    first, second = (audited("sum", [yuan(amount) for amount in order], whole=yuan(Decimal(total))) for order in orders)
    assert (first.verdict, first.computed) == (second.verdict, second.computed)


# Growth, averages, matches, lists


@few
@given(base=st.integers(10**6, 10**7), percent=st.integers(-500, 2000).map(lambda tenths: Decimal(tenths) / 10))
def test_the_base_of_a_growth_rate_is_among_those_computed(base, percent):
    current = yuan(base * (1 + percent / 100))
    result = audited("growth", current=current, growth=share(percent))
    assert result.verdict == UNDETERMINED
    assert base * 10_000 in result.quantities["base"].interval


def test_a_fall_has_a_base_above_the_figure():
    result = audited("growth", current=figure("771件", 771), growth=figure("同比下降22.9%", "-22.9", "percent"))
    assert result.computed == interval(Fraction(771_000, Fraction("771.5")), Fraction(771_000, Fraction("770.5")))


MARCH = {"period_start": "2017-03-01", "period_end": "2017-03-10"}


@pytest.mark.parametrize(
    ("reported", "verdict"),
    [
        (figure("10件", 10, "rate"), CONSISTENT),
        (figure("9件", 9, "rate"), INCONSISTENT),
        (figure("超过9件", 9, "rate", qualifier="over"), CONSISTENT),
        (figure("超过10件", 10, "rate", qualifier="over"), INCONSISTENT),
        (figure("10件以上", 10, "rate", qualifier="over"), CONSISTENT),
    ],
)
def test_an_average_is_the_total_over_units_and_days(reported, verdict):
    result = audited("average", total=figure("500件", 500, **MARCH), units=figure("5个", 5, "grid"), reported=reported)
    assert result.computed == interval(10, 10)
    assert result.verdict == verdict


def test_an_average_that_holds_for_some_days_of_a_month_only_is_undetermined():
    total = figure("500件", 500, period_start="2017-03", period_end="2017-03-31")
    reported = figure("超过20件", 20, "rate", qualifier="over")
    assert audited("average", total=total, units=figure("1个", 1, "grid"), reported=reported).verdict == UNDETERMINED


@pytest.mark.parametrize(("second", "verdict"), [(27, CONSISTENT), (28, INCONSISTENT)])
def test_counts_that_should_be_equal_are_compared(second, verdict):
    assert audited("match", first=figure("27名", 27), second=figure(f"{second}个", second)).verdict == verdict


@pytest.mark.parametrize(("stated", "verdict"), [(6, CONSISTENT), (7, INCONSISTENT)])
def test_a_list_is_counted_against_the_number_announced(stated, verdict):
    assert audited("listed", stated=figure(f"{stated}大方面", stated), model="six").verdict == verdict


def test_an_undetermined_match_can_be_told(english):
    first = figure("超100件", 100, qualifier="over")
    second = figure("超104件", 104, qualifier="over")
    result = audited("match", first=first, second=second)
    assert result.verdict == UNDETERMINED
    assert result.reason in english.tables.labels


# The parts of the engine


@pytest.mark.parametrize(
    ("start", "end", "shortest", "longest"),
    [
        ("2017-09-21", "2017-09-21", 1, 1),
        ("2017-03-01", "2017-03-31", 31, 31),
        ("2016-03", "2017-08-31", 519, 549),
        ("2017-01", "2017-08", 183, 243),
    ],
)
def test_days_are_counted_with_both_ends_over_all_that_the_dates_may_mean(start, end, shortest, longest):
    assert audit.days(start, end) == interval(shortest, longest)


@pytest.mark.parametrize(
    ("computed", "reported", "verdict"),
    [
        (interval(17, 18), interval("17.5", "18.5"), CONSISTENT),
        (interval(17, 18), interval(18, 19), CONSISTENT),
        (interval(17, 18), interval(19, 20), INCONSISTENT),
        (interval(17, 18), interval(10, None), CONSISTENT),
        (interval(17, 18), interval("17.5", None), UNDETERMINED),
        (interval(17, 18), interval(18, None, low_open=True), INCONSISTENT),
    ],
)
def test_a_verdict_compares_what_is_computed_with_what_is_reported(computed, reported, verdict):
    assert audit.compare(computed, reported) == verdict


def test_a_planned_figure_is_not_rounded():
    tables = tables_of({"plan": figure("3000万元", 30_000_000, "yuan", status="planned")})
    assert audit.quantity_of(tables, "plan").interval == interval(30_000_000, 30_000_000)


def test_a_label_has_no_quantity():
    assert audit.quantity_of(tables_of({"label": figure("2+2", None)}), "label") is None


# Checks that cannot be run


@pytest.mark.parametrize(
    ("kind", "claims", "problem"),
    [
        (
            "guess", {},
            "key type: 'guess' is unknown; expected one of share, growth, average, sum, match, listed",
        ),
        (
            "share", {"whole": "nowhere"},
            "key claims.whole: 'nowhere' is unknown; expected a claim_id of claims.csv",
        ),
        (
            "sum", {"parts": ["five", "nowhere"]},
            "key claims.part-2: 'nowhere' is unknown; expected a claim_id of claims.csv",
        ),
        (
            "match", {"first": "five", "second": "label"},
            "key claims.second: 'label' is a label without a value; expected a figure",
        ),
        (
            "growth", {"current": "five"},
            "key claims: the claim 'growth' is missing for a check of type growth",
        ),
        (
            "average", {"units": "five", "reported": "five"},
            "key claims: the claim 'total' is missing for a check of type average",
        ),
        (
            "average", {"total": "five", "units": "five", "reported": "five"},
            "key claims.total: 'five' has no period; expected a start and an end",
        ),
        (
            "listed", {"stated": "five"},
            "key model: None; expected a model_id of models.csv with a listed_count",
        ),
        (
            "share", {"whole": "zero", "part": "five", "share": "percent"},
            "key claims: the divisor must be positive",
        ),
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_run_is_named_with_its_entry_and_key(kind, claims, problem):
    figures = {"five": figure("5件", 5), "zero": figure("0件", 0), "percent": share(50), "label": figure("2+2", None)}
    check = {"check_id": "made", "type": kind, "claims": claims}
    assert problem_of(check, **figures) == f"checks.yml, entry 1 (made), {problem}"


@pytest.mark.parametrize(
    ("kind", "claims"),
    [("share", {"share": "five"}), ("sum", {"whole": "five"}), ("sum", {"parts": []}), ("match", {"one": "five"})],
)
def test_a_check_without_the_claims_of_its_type_is_named(kind, claims):
    check = {"check_id": "made", "type": kind, "claims": claims}
    assert problem_of(check, five=figure("5件", 5)).startswith("checks.yml, entry 1 (made), key claims: ")


def test_a_claim_in_a_role_that_its_type_does_not_know_is_named():
    check = {"check_id": "made", "type": "match", "claims": {"first": "five", "second": "five", "third": "five"}}
    assert problem_of(check, five=figure("5件", 5)).startswith("checks.yml, entry 1 (made), key claims.third: ")


@pytest.mark.parametrize("model", ["nowhere", "unlisted"])
def test_a_list_without_a_count_is_named(model):
    check = {"check_id": "made", "type": "listed", "claims": {"stated": "five"}, "model": model}
    assert problem_of(check, five=figure("5件", 5)) == (
        f"checks.yml, entry 1 (made), key model: {model!r}; expected a model_id of models.csv with a listed_count"
    )


def test_a_second_check_of_the_same_name_is_named():
    check = {"check_id": "made", "type": "sum", "claims": {"parts": ["five"]}}
    with pytest.raises(DataError) as error:
        audit.run(tables_of({"five": figure("5件", 5)}, check, check))
    assert error.value.problems == [
        "checks.yml, entry 2 (made), key check_id: it names an earlier check; expected each once"
    ]


def test_every_bad_check_is_told_at_once():
    checks = [{"check_id": name, "type": "guess", "claims": {}} for name in ("one", "two")]
    with pytest.raises(DataError) as error:
        audit.run(tables_of({"five": figure("5件", 5)}, *checks))
    assert [problem.partition(", key")[0] for problem in error.value.problems] == [
        "checks.yml, entry 1 (one)",
        "checks.yml, entry 2 (two)",
    ]
