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
from zhenzhi.amounts.quantity import Interval, Quantity
from zhenzhi.audit import CONSISTENT, INCONSISTENT, UNDETERMINED, Result
from zhenzhi.audit.inputs import CheckError
from zhenzhi.book.counts import counts
from zhenzhi.book.edition import Edition, open_book
from zhenzhi.data.tables import Tables
from zhenzhi.errors import DataError

few = settings(max_examples=60, deadline=None)


def interval(low, high, **ends) -> Interval:
    return Interval(Fraction(low), None if high is None else Fraction(high), **ends)


def figure(as_written: str, value, unit: str = "event", **cells) -> dict:
    """A claim: a level, reported without a qualifier, unless ``cells`` say otherwise."""
    plain = {
        "value_high": None,
        "qualifier": "exact",
        "status": "reported",
        "kind": "level",
        "repeats": None,
        "model_id": None,
    }
    plain |= {"period_start": None, "period_end": None, "label_en": "a thing", "label_zh": "事物"}
    return {
        **plain,
        "as_written": as_written,
        "value": None if value is None else Decimal(value),
        "unit": unit,
        **cells,
    }


def share(percent) -> dict:
    return figure(f"{percent}%", percent, "percent")


def frame(columns: list[str], rows: dict[str, list]) -> pd.DataFrame:
    return pd.DataFrame(rows.values(), index=list(rows), columns=columns, dtype=object)


def tables_of(figures: dict[str, dict], *checks: dict) -> Tables:
    """Tables with made-up claims and checks."""
    units = {unit: [True, None, None, None, None] for unit in ("event", "grid", "day", "year", "item", "person")}
    units |= {unit: [False, None, None, None, None] for unit in ("yuan", "mu", "percent", "times", "km")}
    units["li"] = [False, "km", Decimal("0.5"), None, None]
    units["daily"] = [False, None, None, "event", "day"]
    units["each"] = [False, None, None, "event", "grid"]
    units["rate"] = [False, None, None, "event", "grid day"]
    frames = {
        "claims": pd.DataFrame.from_dict(figures, orient="index", dtype=object),
        "external": frame(["value", "unit", "as_written"], {"outside": [Decimal(83), "event", None]}),
        "models": frame(["stated_count", "listed_count"], {"six": [6, 6], "none": [4, 0], "unlisted": [5, None]}),
        "units": frame(["counted", "base_unit", "factor", "of", "per"], units),
    }
    return Tables(Path(), MappingProxyType(frames), MappingProxyType({"checks": list(checks)}))


def audited(kind: str, *, model: str | None = None, unit: str | None = None, **parts) -> Result:
    """The result of one check of a type over made-up figures; a part is a figure, a name, or a list."""
    figures = {}

    def named(part):
        if isinstance(part, list):
            return [named(item) for item in part]
        if isinstance(part, str):
            return part
        name = f"figure-{len(figures) + 1}"
        figures[name] = part
        return name

    claims = {role: named(part) for role, part in parts.items()}
    check = {"check_id": "made", "type": kind, "claims": claims, "model": model, "unit": unit}
    return audit.run(tables_of(figures, check))["made"]


def problem_of(check: dict, **figures: dict) -> str:
    with pytest.raises(DataError) as error:
        audit.run(tables_of(figures, check))
    (problem,) = error.value.problems
    return problem


@pytest.fixture(scope="module")
def chinese() -> Edition:
    return open_book("zh")


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
        ("jj17-events-closed", UNDETERMINED),
        ("jj17-opinions-resolved", CONSISTENT),
        ("jj17-output-base", UNDETERMINED),
        ("jj17-cleanup-total", UNDETERMINED),
        ("jj17-aspects-listed", INCONSISTENT),
    ],
)
def test_the_verdicts_on_2017(english, check_id, verdict):
    assert english.results[check_id].verdict == verdict


def test_a_forecast_and_a_result_of_2024_imply_one_year_before(english):
    """The chapter on Jiangmen says that the two bases of the forecast add up to the base of the result."""
    names = ("forecast-departures-growth", "forecast-arrivals-growth", "rail-base")
    departures, arrivals, both = (english.quantity(f"jm24-{name}.base").interval for name in names)
    assert (departures + arrivals).meets(both)


def test_a_result_names_its_claims_in_the_order_of_the_check(english):
    result = english.results["jj17-tasks-average"]
    assert result.claims == ("jj17-tasks", "jj17-grids", "jj17-tasks-per-grid")


def test_results_stand_in_the_order_of_the_checks(english):
    checks = [check["check_id"] for check in english.tables.checks]
    assert list(english.results)[: len(checks)] == checks


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
    can_fail = whole < 100 * 10 ** -percent.as_tuple().exponent
    assert result.verdict == (INCONSISTENT if not parts else CONSISTENT if can_fail else UNDETERMINED)
    assert (result.relation == "figure") == can_fail
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
    assert "part" not in result.quantities


def test_the_wholes_that_could_have_a_share_are_counted_where_the_one_stated_cannot():
    wholes = [whole for whole in range(1, 477) if any(fits(part, whole, Decimal("49.39")) for part in range(whole))]
    found = audited("share", whole=figure("476件", 476), share=share("49.39")).quantities
    assert found["fitting"].interval == interval(len(wholes), len(wholes))
    assert found["smallest"].interval == interval(wholes[0], wholes[0])
    assert found["largest"].interval == interval(wholes[-1], wholes[-1])


def test_a_share_of_some_among_many_leaves_their_number_open():
    result = audited("share", within=figure("476件", 476), share=share("49.39"))
    alone = audited("share", whole=figure("476件", 476), share=share("49.39"))
    assert (result.verdict, result.relation) == (UNDETERMINED, "implied")
    assert result.quantities == alone.quantities
    assert result.computed == interval(
        result.quantities["smallest"].interval.low, result.quantities["largest"].interval.high
    )


def test_a_share_that_no_number_among_them_can_have_is_inconsistent():
    result = audited("share", within=figure("9件", 9), share=share("49.39"))
    assert result.verdict == INCONSISTENT
    assert result.quantities["fitting"].interval == interval(0, 0)


def test_a_share_of_some_of_a_measure_is_refused():
    check = {"check_id": "made", "type": "share", "claims": {"within": "among", "share": "rate"}}
    problem = problem_of(check, among=figure("100公里", 100, "km"), rate=share(50))
    assert problem.endswith("expected a unit that counts whole things")


def test_no_whole_smaller_than_the_part_is_offered_for_a_share():
    result = audited("share", part=figure("100件", 100), share=share("67.0"))
    assert result.verdict == INCONSISTENT
    assert "largest" not in result.quantities


def test_a_share_of_a_measure_is_undetermined():
    result = audited("share", whole=figure("100公里", 100, "km"), share=share(50))
    assert result.verdict == UNDETERMINED
    assert result.computed == interval(Fraction("99.5") * Fraction("0.495"), Fraction("100.5") * Fraction("0.505"))


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


@pytest.mark.parametrize(
    ("as_written", "value", "qualifier", "part"),
    [("122%", 122, "exact", interval(1215, 1225)), ("超100%", 100, "over", interval(1000, None, low_open=True))],
)
def test_a_completion_above_the_whole_is_not_cut_off(as_written, value, qualifier, part):
    percent = figure(as_written, value, "percent", qualifier=qualifier)
    result = audited("share", whole=figure("1000件", 1000), share=percent)
    assert result.quantities["part"].interval == part


def test_a_whole_is_never_smaller_than_its_part():
    result = audited("share", part=figure("1000件", 1000), share=share(100))
    assert result.quantities["whole"].whole_numbers() == range(1000, 1006)
    assert result.quantities["rest"].interval.low == 0


def test_a_whole_can_be_smaller_than_what_was_completed_beyond_it():
    result = audited("share", part=figure("1000件", 1000), share=figure("超100%", 100, "percent", qualifier="over"))
    assert result.verdict == UNDETERMINED
    assert result.quantities["whole"].whole_numbers()[-1] == 999


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
    result = audited("sum", parts=[figure("104个", 104), figure("27个", 27)], whole=figure("131个", 131))
    assert result.verdict == CONSISTENT
    assert result.computed == interval(131, 131)


def test_a_sum_that_is_not_stated_is_undetermined():
    result = audited("sum", parts=[figure("104个", 104), figure("27个", 27)])
    assert result.verdict == UNDETERMINED
    assert result.quantities["sum"].interval == interval(131, 131)


def test_a_sum_of_whole_things_that_is_off_by_one_is_inconsistent():
    result = audited("sum", parts=[figure("104个", 104), figure("27个", 27)], whole=figure("132个", 132))
    assert result.verdict == INCONSISTENT


@few
@given(AMOUNTS)
def test_rounding_never_makes_a_sum_wrong(amounts):
    assert audited("sum", parts=[yuan(amount) for amount in amounts], whole=yuan(sum(amounts))).verdict == CONSISTENT


@few
@given(AMOUNTS, st.integers(2, 50))
def test_a_sum_beyond_the_rounding_of_its_parts_is_found(amounts, more):
    error = Decimal("0.1") * (len(amounts) + more)
    result = audited("sum", parts=[yuan(amount) for amount in amounts], whole=yuan(sum(amounts) + error))
    assert result.verdict == INCONSISTENT


@few
@given(AMOUNTS.flatmap(lambda amounts: st.tuples(st.just(amounts), st.permutations(amounts))), st.integers(0, 10**6))
def test_the_order_of_the_parts_does_not_matter(orders, total):
    first, second = (
        audited("sum", parts=[yuan(amount) for amount in order], whole=yuan(Decimal(total))) for order in orders
    )
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
    result = audited("growth", current=figure("771公里", 771, "km"), growth=figure("下降22.9%", "-22.9", "percent"))
    assert result.computed == interval(Fraction("770.5") / Fraction("0.7715"), Fraction("771.5") / Fraction("0.7705"))


def test_the_base_of_a_count_is_a_whole_number():
    result = audited("growth", current=figure("771件", 771), growth=figure("下降22.9%", "-22.9", "percent"))
    assert result.quantities["base"].whole_numbers() == range(1000, 1001)


@pytest.mark.parametrize(("percent", "verdict"), [("20", CONSISTENT), ("19", INCONSISTENT), ("-20", INCONSISTENT)])
def test_growth_is_recomputed_from_the_base_where_it_is_stated(percent, verdict):
    result = audited("growth", current=figure("120件", 120), base=figure("100件", 100), growth=share(percent))
    assert result.verdict == verdict
    assert result.computed == interval(20, 20)


@pytest.mark.parametrize(("percent", "verdict"), [("8.0", CONSISTENT), ("1.08", INCONSISTENT)])
def test_growth_is_recomputed_from_the_gain_where_it_is_stated(percent, verdict):
    current, gain = figure("417900件", 417_900), figure("31000件", 31_000)
    assert audited("growth", current=current, gain=gain, growth=share(percent)).verdict == verdict


MARCH_TO_APRIL = {"period_start": "2017-03", "period_end": "2017-04-01"}
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


def test_an_average_over_days_that_are_stated_needs_no_period():
    total, days = figure("778700件", 778_700), figure("62天", 62, "day")
    result = audited(
        "average", total=total, days=days, reported=figure("超1.25万件", 12_500, "daily", qualifier="over")
    )
    assert result.verdict == CONSISTENT
    assert result.computed == interval(Fraction(778_700, 62), Fraction(778_700, 62))


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


def test_a_list_of_nothing_leaves_the_number_announced_undetermined():
    result = audited("listed", stated=figure("四个坚持", 4), model="none")
    assert result.verdict == UNDETERMINED


# Further types of check


@pytest.mark.parametrize(("stated", "verdict"), [(20, CONSISTENT), (21, INCONSISTENT)])
def test_a_product_is_compared_with_what_is_stated(stated, verdict):
    factors = [figure("4个", 4), figure("5个", 5)]
    assert audited("product", factors=factors, product=figure(f"{stated}个", stated)).verdict == verdict


def test_a_product_that_is_not_stated_has_the_unit_of_its_check():
    result = audited("product", factors=[figure("4个", 4), figure("5个", 5, "grid")], unit="grid")
    assert result.verdict == UNDETERMINED
    assert result.quantities["product"].unit == "grid"
    assert result.quantities["product"].interval == interval(20, 20)


def test_a_part_of_a_sum_can_be_a_product():
    parts = [figure("3.5亿元", 350_000_000, "yuan"), [figure("2家", 2), figure("6000万元", 60_000_000, "yuan")]]
    assert audited("sum", parts=parts, whole=figure("4.7亿元", 470_000_000, "yuan")).verdict == CONSISTENT
    assert audited("sum", parts=parts, whole=figure("4.9亿元", 490_000_000, "yuan")).verdict == INCONSISTENT


def test_a_ratio_has_the_unit_of_its_check():
    result = audited("ratio", amount=figure("100件", 100), each=figure("8个", 8, "grid"), unit="each")
    assert (result.verdict, result.unit) == (UNDETERMINED, "each")
    assert result.quantities["ratio"].interval == interval("12.5", "12.5")


@pytest.mark.parametrize(
    ("again", "value", "verdict"), [("77.87万", 778_700, CONSISTENT), ("79万", 790_000, INCONSISTENT)]
)
def test_tellings_of_one_fact_share_a_value(again, value, verdict):
    first = figure("近78万", 780_000, qualifier="nearly")
    assert audited("same", tellings=[first, figure(again, value)]).verdict == verdict


def test_a_fact_told_again_is_checked_without_an_entry():
    figures = {"first": figure("107名", 107), "again": figure("108名", 108, repeats="first"), "other": figure("5名", 5)}
    (result,) = audit.run(tables_of(figures)).values()
    assert (result.check_id, result.verdict) == ("first-told-again", INCONSISTENT)
    assert result.claims == ("first", "again")


def test_a_label_told_again_is_not_checked():
    figures = {"first": figure("2+2", None), "again": figure("2+2", None, repeats="first")}
    assert audit.run(tables_of(figures)) == {}


@pytest.mark.parametrize(("whole", "verdict"), [(12, CONSISTENT), (9, CONSISTENT), (8, INCONSISTENT)])
def test_parts_cannot_be_above_their_whole(whole, verdict):
    result = audited("bound", parts=[figure("4个", 4), figure("5个", 5)], whole=figure(f"{whole}个", whole))
    assert result.verdict == verdict


def test_parts_of_a_whole_leave_a_rest_and_make_a_share():
    result = audited("bound", parts=[figure("4个", 4), figure("5个", 5)], whole=figure("12个", 12))
    assert result.quantities["rest"].interval == interval(3, 3)
    assert result.quantities["share"].interval == interval(75, 75)


@pytest.mark.parametrize(("measured", "verdict"), [(20_000, CONSISTENT), (52_000, CONSISTENT), (200_000, INCONSISTENT)])
def test_a_magnitude_in_a_name_is_of_the_order_of_the_measure(measured, verdict):
    label = figure("两万件", 20_000, kind="label")
    assert audited("magnitude", label=label, measured=figure(f"{measured}件", measured)).verdict == verdict


def test_units_of_one_kind_are_compared_in_their_base_unit():
    result = audited("match", first=figure("百里", 100, "li", kind="label"), second=figure("50公里", 50, "km"))
    assert result.verdict == CONSISTENT
    assert result.computed == interval(50, 50)


@pytest.mark.parametrize(("result", "reason", "reached"), [(1900, "target-reached", 100), (950, "target-open", 50)])
def test_a_target_is_reached_or_open(result, reason, reached):
    found = audited("target", target=figure("1900件", 1900, status="planned"), result=figure(f"{result}件", result))
    assert (found.verdict, found.reason) == (UNDETERMINED, reason)
    assert found.quantities["reached"].interval == interval(reached, reached)


@pytest.mark.parametrize(("result", "reason", "difference"), [(400, "forecast-met", 0), (380, "forecast-missed", -5)])
def test_a_forecast_that_misses_is_no_contradiction(result, reason, difference):
    found = audited("forecast", forecast=figure("400件", 400, status="forecast"), result=figure(f"{result}件", result))
    assert (found.verdict, found.reason) == (UNDETERMINED, reason)
    assert found.quantities["difference"].interval == interval(difference, difference)


def test_a_series_shows_the_change_between_two_points():
    result = audited("series", earlier=figure("82家", 82), later="outside")
    assert result.verdict == UNDETERMINED
    assert result.quantities["change"].interval == interval(1, 1)


@pytest.mark.parametrize(
    ("written", "unit", "usual", "strict"),
    [
        (None, "event", (83, 83), (83, 83)),
        ("80多件", "event", (80, 90), (80, None)),
        ("超过80件", "event", (80, None), (80, None)),
        ("近80亩", "mu", (70, 80), (0, 80)),
        (None, "mu", ("82.5", "83.5"), ("82.5", "83.5")),
    ],
)
def test_an_outside_figure_stands_for_what_its_wording_allows(written, unit, usual, strict):
    """Without a recorded wording the last digit that is not zero is taken as rounded, and a small count stands as it is."""
    tables = tables_of({})
    tables.external.loc["outside"] = [Decimal(80 if written else 83), unit, written]
    quantity = audit.external_quantity(tables, "outside")
    for bounds, ends in ((quantity.interval, usual), (quantity.strict or quantity.interval, strict)):
        assert (bounds.low, bounds.high) == tuple(None if end is None else Fraction(end) for end in ends)


@pytest.mark.parametrize(("upper", "verdict"), [(12, CONSISTENT), (10, CONSISTENT), (9, INCONSISTENT)])
def test_a_peak_cannot_be_below_the_average(upper, verdict):
    assert audited("order", lower=figure("10件", 10), upper=figure(f"{upper}件", upper)).verdict == verdict


def test_figures_that_only_look_comparable_are_not_compared():
    result = audited("apart", figures=[figure("104个", 104, "grid"), figure("634个", 634, "grid")])
    assert result.verdict == UNDETERMINED
    assert result.computed is None


def test_changes_are_the_checks_that_are_new_gone_or_flipped():
    right, wrong = (audited("match", first=figure("5件", 5), second=figure(f"{n}件", n)) for n in (5, 6))
    before = {"kept": right, "flipped": right, "gone": right}
    after = {"kept": right, "flipped": wrong, "new": wrong}
    assert audit.changes(before, after) == [
        audit.Change("flipped", CONSISTENT, INCONSISTENT),
        audit.Change("gone", CONSISTENT, None),
        audit.Change("new", None, INCONSISTENT),
    ]


# Sentences

FIVE, SIX = figure("5件", 5), figure("6件", 6)
OVER_FOUR, OVER_FIVE = figure("超4件", 4, qualifier="over"), figure("超5件", 5, qualifier="over")
HALF, OVER_HALF = share(50), figure("超50%", 50, "percent", qualifier="over")
FIVE_DAYS, FIVE_GRIDS = figure("5天", 5, "day"), figure("5个", 5, "grid")
TEN_DAYS = figure("5件", 5, period_start="2017-03-01", period_end="2017-03-10")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "verdict", "parts"),
    [
        ("share", CONSISTENT, {"part": FIVE, "whole": figure("10件", 10), "share": HALF}),
        ("share", INCONSISTENT, {"part": FIVE, "whole": SIX, "share": HALF}),
        ("share", UNDETERMINED, {"part": OVER_FOUR, "whole": figure("9件", 9), "share": OVER_HALF}),
        ("share", CONSISTENT, {"whole": SIX, "share": HALF}),
        ("share", UNDETERMINED, {"part": SIX, "share": HALF}),
        ("share", INCONSISTENT, {"whole": FIVE, "share": HALF}),
        ("share", INCONSISTENT, {"whole": FIVE, "share": share("49.39")}),
        ("growth", UNDETERMINED, {"current": SIX, "growth": share(20)}),
        ("growth", CONSISTENT, {"current": SIX, "base": FIVE, "growth": share(20)}),
        ("growth", CONSISTENT, {"current": SIX, "gain": figure("1件", 1), "growth": share(20)}),
        ("growth", INCONSISTENT, {"current": SIX, "base": FIVE, "growth": share(30)}),
        ("growth", INCONSISTENT, {"current": SIX, "gain": figure("1件", 1), "growth": share(30)}),
        ("growth", UNDETERMINED, {"current": OVER_FIVE, "base": FIVE, "growth": OVER_HALF}),
        ("average", CONSISTENT, {"total": FIVE, "days": FIVE_DAYS, "reported": figure("1件", 1, "daily")}),
        ("average", INCONSISTENT, {"total": FIVE, "days": FIVE_DAYS, "reported": figure("5件", 5, "daily")}),
        ("average", UNDETERMINED, {"total": OVER_FIVE, "days": FIVE_DAYS, "reported": OVER_FOUR | {"unit": "daily"}}),
        ("average", INCONSISTENT, {"total": TEN_DAYS, "units": FIVE_GRIDS, "reported": figure("5件", 5, "rate")}),
        ("sum", UNDETERMINED, {"parts": [FIVE, SIX]}),
        ("sum", CONSISTENT, {"parts": [FIVE, SIX], "whole": figure("11件", 11)}),
        ("sum", INCONSISTENT, {"parts": [FIVE, SIX], "whole": SIX}),
        ("sum", UNDETERMINED, {"parts": [OVER_FOUR], "whole": OVER_FIVE}),
        ("product", UNDETERMINED, {"factors": [FIVE, SIX]}),
        ("product", CONSISTENT, {"factors": [FIVE, SIX], "product": figure("30件", 30)}),
        ("product", INCONSISTENT, {"factors": [FIVE, SIX], "product": SIX}),
        ("product", UNDETERMINED, {"factors": [OVER_FOUR], "product": OVER_FIVE}),
        ("ratio", UNDETERMINED, {"amount": FIVE, "each": SIX}),
        ("ratio", UNDETERMINED, {"amount": OVER_FIVE, "each": SIX}),
        ("ratio", UNDETERMINED, {"amount": FIVE, "each": OVER_FIVE}),
        ("ratio", UNDETERMINED, {"amount": OVER_FIVE, "each": OVER_FIVE}),
        ("same", CONSISTENT, {"tellings": [FIVE, FIVE]}),
        ("same", INCONSISTENT, {"tellings": [FIVE, SIX]}),
        ("match", CONSISTENT, {"first": FIVE, "second": FIVE}),
        ("match", INCONSISTENT, {"first": FIVE, "second": SIX}),
        ("match", UNDETERMINED, {"first": OVER_FOUR, "second": OVER_FIVE}),
        ("listed", CONSISTENT, {"stated": SIX}),
        ("listed", INCONSISTENT, {"stated": FIVE}),
        ("listed", CONSISTENT, {"stated": OVER_FIVE}),
        ("named", CONSISTENT, {"stated": SIX}),
        ("named", INCONSISTENT, {"stated": FIVE}),
        ("span", CONSISTENT, {"stated": figure("10天", 10, "day", **MARCH)}),
        ("span", INCONSISTENT, {"stated": figure("9天", 9, "day", **MARCH)}),
        ("span", UNDETERMINED, {"stated": figure("超5天", 5, "day", qualifier="over", **MARCH_TO_APRIL)}),
        ("bound", CONSISTENT, {"parts": [FIVE], "whole": SIX}),
        ("bound", CONSISTENT, {"parts": [FIVE, SIX], "whole": figure("12件", 12)}),
        ("bound", INCONSISTENT, {"parts": [SIX], "whole": FIVE}),
        ("bound", INCONSISTENT, {"parts": [FIVE, SIX], "whole": SIX}),
        ("magnitude", CONSISTENT, {"label": FIVE, "measured": SIX}),
        ("magnitude", INCONSISTENT, {"label": SIX, "measured": FIVE}),
        ("target", UNDETERMINED, {"target": FIVE, "result": SIX}),
        ("target", UNDETERMINED, {"target": SIX, "result": FIVE}),
        ("forecast", UNDETERMINED, {"forecast": FIVE, "result": FIVE}),
        ("forecast", UNDETERMINED, {"forecast": FIVE, "result": SIX}),
        ("series", UNDETERMINED, {"earlier": FIVE, "later": SIX}),
        ("order", CONSISTENT, {"lower": FIVE, "upper": SIX}),
        ("order", INCONSISTENT, {"lower": SIX, "upper": FIVE}),
        ("apart", UNDETERMINED, {"figures": [FIVE, SIX]}),
    ],
)
def test_every_outcome_has_a_sentence_in_both_languages(english, chinese, kind, verdict, parts):
    result = audited(kind, model="six", unit="event", **parts)
    assert result.verdict == verdict
    assert english.reason(result)
    assert chinese.reason(result)


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


@pytest.mark.parametrize("kind", ["label", "count-of-components", "frequency"])
def test_a_figure_that_names_or_counts_parts_is_not_rounded(kind):
    tables = tables_of({"set": figure("三议", 3, "rate", kind=kind)})
    assert audit.quantity_of(tables, "set").interval == interval(3, 3)


def test_equal_numbers_that_are_written_otherwise_are_read_apart():
    tables = tables_of({"tenths": figure("若干元", "1.0", "yuan"), "whole": figure("若干元", "1", "yuan")})
    assert audit.quantity_of(tables, "tenths").interval == interval("0.95", "1.05")
    assert audit.quantity_of(tables, "whole").interval == interval("0.5", "1.5")


def test_a_label_has_no_quantity():
    assert audit.quantity_of(tables_of({"label": figure("2+2", None)}), "label") is None


# Checks that cannot be run


@pytest.mark.parametrize(
    ("kind", "claims", "problem"),
    [
        ("guess", {}, f"key type: 'guess' is unknown; expected one of {', '.join(audit.TYPES)}"),
        (
            "share", {"whole": "nowhere"},
            "key claims: 'nowhere' is unknown; expected a claim_id of claims.csv or an external_id",
        ),
        (
            "sum", {"parts": ["five", ["five", "nowhere"]]},
            "key claims: 'nowhere' is unknown; expected a claim_id of claims.csv or an external_id",
        ),
        (
            "match", {"first": "five", "second": "label"},
            "key claims: 'label' is a label without a value; expected a figure",
        ),
        (
            "growth", {"current": "five"},
            "key claims: the part 'growth' is missing for a check of type growth",
        ),
        (
            "sum", {"parts": "five"},
            "key claims: the part 'parts' must be a list for a check of type sum",
        ),
        (
            "average", {"total": "five", "units": "grids", "reported": "rate"},
            "key claims.total: 'five' has no period; expected a start and an end",
        ),
        (
            "listed", {"stated": "five"},
            "key model: None; expected a model_id of models.csv with a listed_count",
        ),
        (
            "ratio", {"amount": "five", "each": "five"},
            "key unit: None is unknown; expected a unit of units.csv",
        ),
        (
            "share", {"whole": "zero", "part": "five", "share": "percent"},
            "key claims: the divisor must not be zero",
        ),
    ],
)  # fmt: skip
def test_a_check_that_cannot_be_run_is_named_with_its_entry_and_key(kind, claims, problem):
    figures = {"grids": figure("5个", 5, "grid"), "rate": figure("5件", 5, "rate")}
    figures |= {"five": figure("5件", 5), "zero": figure("0件", 0), "percent": share(50), "label": figure("2+2", None)}
    check = {"check_id": "made", "type": kind, "claims": claims}
    assert problem_of(check, **figures) == f"checks.yml, entry 1 (made), {problem}"


@pytest.mark.parametrize(
    ("kind", "claims"),
    [
        ("share", {"share": "five"}),
        ("sum", {"whole": "five"}),
        ("sum", {"parts": []}),
        ("product", {"factors": []}),
        ("same", {"tellings": []}),
        ("match", {"first": "five"}),
    ],
)
def test_a_check_without_the_claims_of_its_type_is_named(kind, claims):
    check = {"check_id": "made", "type": kind, "claims": claims}
    assert problem_of(check, five=figure("5件", 5)).startswith("checks.yml, entry 1 (made), key claims")


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


# Units


@pytest.mark.parametrize(
    ("kind", "claims", "problem"),
    [
        (
            "sum",
            {"parts": ["money", "people"], "whole": "more"},
            "key claims.parts: 'people' is in person; expected yuan",
        ),
        ("sum", {"parts": ["money"], "whole": "people"}, "key claims.whole: 'people' is in person; expected yuan"),
        ("sum", {"parts": [["people", "people"], "money"]}, "key claims.parts: 'money' is in yuan; expected person"),
        ("bound", {"parts": ["land"], "whole": "money"}, "key claims.whole: 'money' is in yuan; expected mu"),
        ("match", {"first": "people", "second": "money"}, "key claims.second: 'money' is in yuan; expected person"),
        ("hundred", {"parts": ["land", "money"]}, "key claims.parts: 'land' is in mu; expected percent or times"),
        (
            "difference",
            {"earlier": "money", "later": "money", "difference": "land"},
            "key claims.difference: 'land' is in mu; expected yuan",
        ),
        ("same", {"tellings": ["money", "land"]}, "key claims.tellings: 'land' is in mu; expected yuan"),
        (
            "share",
            {"part": "people", "whole": "land", "share": "half"},
            "key claims.whole: 'land' is in mu; expected person",
        ),
        (
            "share",
            {"whole": "people", "share": "land"},
            "key claims.share: 'land' is in mu; expected percent or times",
        ),
        (
            "growth",
            {"current": "money", "growth": "land"},
            "key claims.growth: 'land' is in mu; expected percent or times",
        ),
        (
            "growth",
            {"current": "money", "base": "land", "growth": "half"},
            "key claims.base: 'land' is in mu; expected yuan",
        ),
        ("order", {"lower": "money", "upper": "people"}, "key claims.upper: 'people' is in person; expected yuan"),
        ("listed", {"stated": "land"}, "key claims.stated: 'land' is in mu; expected a unit that counts whole things"),
        ("span", {"stated": "people"}, "key claims.stated: 'people' is in person; expected day or year"),
        (
            "average",
            {"total": "people", "days": "land", "reported": "daily"},
            "key claims.days: 'land' is in mu; expected day",
        ),
        (
            "average",
            {"total": "people", "days": "days", "reported": "daily"},
            "key claims.reported: 'daily' is in daily; expected person per day",
        ),
        (
            "product",
            {"factors": ["money", "land"]},
            "key claims.factors: 'money' is in yuan; expected a count, or the amount",
        ),
        (
            "product",
            {"factors": ["people", "land"]},
            "key unit: 'each' is not the unit of the last factor; expected mu",
        ),
        (
            "ratio",
            {"amount": "money", "each": "people"},
            "key unit: 'each' is no unit of yuan by person; expected yuan per",
        ),
    ],
)
def test_figures_whose_units_do_not_agree_are_refused(kind, claims, problem):
    figures = {
        "money": figure("30元", 30, "yuan"),
        "more": figure("50元", 50, "yuan"),
        "people": figure("20人", 20, "person"),
        "land": figure("5亩", 5, "mu"),
        "days": figure("5天", 5, "day", period_start="2017-03-01", period_end="2017-03-05"),
        "daily": figure("每天4件", 4, "daily"),
        "half": share(50),
    }
    check = {"check_id": "made", "type": kind, "claims": claims, "unit": "each", "listed": 5}
    assert problem_of(check, **figures).startswith(f"checks.yml, entry 1 (made), {problem}")


def test_counts_of_several_kinds_make_up_items():
    parts = [figure("2所", 2), figure("3个", 3, "grid")]
    assert audited("sum", parts=parts, whole=figure("5项", 5, "item")).verdict == CONSISTENT


@pytest.mark.parametrize(
    ("as_written", "kind", "verdict"), [("增长2倍", "change", CONSISTENT), ("为上年的2倍", "ratio", INCONSISTENT)]
)
def test_a_rise_of_so_many_times_is_held_against_percents(as_written, kind, verdict):
    growth = figure(as_written, 2, "times", kind=kind, status="planned")
    result = audited("growth", current=figure("120件", 120), base=figure("40件", 40), growth=growth)
    assert (result.verdict, result.computed) == (verdict, interval(200, 200))


# Dates and lists


@pytest.mark.parametrize(
    ("more", "stated", "verdict"),
    [
        ({"start": 2024, "end": 2026}, 3, CONSISTENT),
        ({"start": 2024, "end": 2026}, 2, INCONSISTENT),
        ({"start": 1921, "end": 2021, "anniversary": True}, 100, CONSISTENT),
        ({"start": 1921, "end": 2021}, 100, INCONSISTENT),
    ],
)
def test_a_length_of_time_is_counted_between_its_dates(more, stated, verdict):
    tables = tables_of({"years": figure(f"{stated}年", stated, "year")})
    check = {"check_id": "made", "type": "span", "claims": {"stated": "years"}, **more}
    assert audit.run_one(tables, check).verdict == verdict


def test_a_length_of_time_without_dates_cannot_be_counted():
    check = {"check_id": "made", "type": "span", "claims": {"stated": "years"}}
    assert problem_of(check, years=figure("3年", 3, "year")).endswith(
        "key claims.stated: 'years' has no period and the check no dates; expected start and end"
    )


def test_more_names_than_there_are_is_a_fault():
    assert audited("named", stated=figure("5名", 5, "person"), model="six").verdict == INCONSISTENT
    assert audited("named", stated=figure("9名", 9, "person"), model="six").verdict == CONSISTENT


def test_a_list_can_consist_of_claims():
    items = [figure("一项制度", 1), figure("一所学校", 1, "grid")]
    assert audited("listed", stated=figure("两项", 2, "item"), parts=items).verdict == CONSISTENT


def test_a_list_whose_length_is_announced_is_checked_without_an_entry():
    parts = {"kind": "count-of-components", "model_id": "six"}
    figures = {
        "fields": figure("6个方面", 6, **parts),
        "again": figure("6个方面", 6, **parts, repeats="fields"),
        "years": figure("6年", 6, "year", kind="duration", model_id="six"),
        "unlisted": figure("五项", 5, kind="count-of-components", model_id="unlisted"),
    }
    results = audit.run(tables_of(figures))
    assert set(results) == {"fields-listed", "fields-told-again"}
    assert (results["fields-listed"].type, results["fields-listed"].relation) == ("listed", "list")


def test_an_entry_takes_the_place_of_the_check_that_needs_none():
    claim = figure("6个方面", 6, kind="count-of-components", model_id="six")
    check = {"check_id": "fields-listed", "type": "listed", "claims": {"stated": "fields"}, "listed": 5}
    (result,) = audit.run(tables_of({"fields": claim}, check)).values()
    assert result.verdict == INCONSISTENT


# What a claim is held against


def test_a_claim_is_in_the_class_of_its_strongest_check():
    figures = {
        "one": figure("5件", 5),
        "two": figure("6件", 6),
        "sum": figure("11件", 11),
        "sum-again": figure("11件", 11, repeats="sum"),
        "fields": figure("六项", 6, kind="count-of-components", model_id="six"),
        "alone": figure("7件", 7),
        "apart": figure("8件", 8),
        "rate": share(20),
        "now": figure("9万元", 90_000, "yuan"),
    }
    checks = [
        {"check_id": "sum", "type": "sum", "claims": {"parts": ["one", "two"], "whole": "sum"}},
        {"check_id": "base", "type": "growth", "claims": {"current": "now", "growth": "rate"}},
        {"check_id": "apart", "type": "apart", "claims": {"figures": ["one", "apart"]}},
    ]
    found = audit.decomposition(figures, audit.run(tables_of(figures, *checks)).values())
    assert found == {
        **dict.fromkeys(("one", "two", "sum"), "figure"),
        "sum-again": "itself",
        "fields": "list",
        **dict.fromkeys(("rate", "now"), "implied"),
        **dict.fromkeys(("alone", "apart"), "none"),
    }


def test_the_classes_make_up_all_claims(english):
    known = counts(english)
    for prefix, whole in (("against", "claims"), ("first-against", "claims-first")):
        assert sum(known[f"{prefix}-{name}"].value for name in audit.CLASSES) == known[whole].value
    for verdict in (CONSISTENT, INCONSISTENT, UNDETERMINED):
        assert sum(known[f"{verdict}-{name}"].value for name in audit.RELATIONS) == known[verdict].value


def test_a_share_that_any_count_would_fit_tests_nothing():
    result = audited("share", whole=figure("15155件", 15_155), share=share("99.32"))
    assert (result.verdict, result.relation) == (UNDETERMINED, "implied")
    assert result.quantities["part"].whole_numbers() == range(15_052, 15_053)


# What could not have failed


def spans_of(digits: int) -> range:
    """The whole numbers written with so many digits."""
    return range(10 ** (digits - 1), 10**digits)


@few
@given(part=st.integers(1, 300), whole=st.integers(1, 300))
def test_a_bound_decides_only_where_other_digits_would_fail(part, whole):
    assume(part <= whole)
    parts, wholes = (spans_of(len(str(number))) for number in (part, whole))
    could_fail = any(other > whole for other in parts) or any(other < part for other in wholes)
    result = audited("bound", parts=[figure(f"{part}件", part)], whole=figure(f"{whole}件", whole))
    expected = (CONSISTENT, "bound", ()) if could_fail else (UNDETERMINED, "implied", ("cannot-fail",))
    assert (result.verdict, result.relation, result.remarks) == expected


OPEN_WHOLE = figure("超1亿元", 100_000_000, "yuan", qualifier="over")
OPEN_LENGTH = figure("五十公里以上", 50, "km", qualifier="over")


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("bound", {"parts": [figure("6000万元", 60_000_000, "yuan")], "whole": OPEN_WHOLE}),
        ("bound", {"parts": [figure("6亿元", 600_000_000, "yuan")], "whole": OPEN_WHOLE}),
        ("bound", {"parts": [share("49.39")], "whole": share(100)}),
        (
            "order",
            {"lower": figure("8—11级", 8, value_high=Decimal(11), qualifier="range"), "upper": figure("12级", 12)},
        ),
        ("named", {"stated": figure("107名", 107, "person")}),
        ("same", {"tellings": [OPEN_LENGTH, OPEN_LENGTH]}),
        ("same", {"tellings": [figure("50多亿元", 5 * 10**9, "yuan", qualifier="over")] * 2}),
        ("match", {"first": OPEN_LENGTH, "second": figure("超40公里", 40, "km", qualifier="over")}),
        (
            "magnitude",
            {"label": figure("万亩", 10_000, "mu", kind="label"), "measured": figure("5.2万亩", 52_000, "mu")},
        ),
        ("share", {"whole": figure("476件", 476), "share": figure("超50%", 50, "percent", qualifier="over")}),
    ],
)
def test_what_no_other_digits_would_have_made_fail_decides_nothing(english, chinese, kind, parts):
    result = audited(kind, model="six", **parts)
    assert (result.verdict, result.relation, result.tested) == (UNDETERMINED, "implied", False)
    if kind != "share":  # which says so in a sentence of its own
        for edition in (english, chinese):
            assert edition.label("remark-cannot-fail") in edition.reason(result)


@pytest.mark.parametrize(
    ("kind", "parts"),
    [
        ("target", {"target": figure("1900亩", 1900, "mu"), "result": figure("2315亩", 2315, "mu")}),
        ("target", {"target": figure("1900亩", 1900, "mu"), "result": figure("1815亩", 1815, "mu")}),
        ("forecast", {"forecast": figure("400件", 400), "result": figure("400件", 400)}),
        ("forecast", {"forecast": figure("400件", 400), "result": figure("380件", 380)}),
        ("listed", {"stated": figure("四个坚持", 4)}),
    ],
)
def test_what_may_miss_and_what_is_not_printed_tests_nothing(kind, parts):
    result = audited(kind, model="none", **parts)
    assert (result.verdict, result.relation, result.remarks) == (UNDETERMINED, "implied", ())


def test_a_bound_that_could_have_failed_is_told_apart_from_arithmetic():
    assert audited("bound", parts=[figure("36家", 36)], whole=figure("82家", 82)).relation == "bound"
    assert audited("order", lower=figure("10件", 10), upper=figure("25件", 25)).relation == "bound"
    assert audited("named", stated=figure("8个", 8), model="six").relation == "bound"
    assert audited("match", first=figure("27名", 27), second=figure("27个", 27)).relation == "figure"


@pytest.mark.parametrize(("total", "relation"), [(1_259_000, "figure"), (1_610_000, "bound"), (99_990_000, "implied")])
def test_an_average_that_is_open_upward_is_arithmetic_where_its_last_digit_could_fail(total, relation):
    reported = figure("超1.25万件", 12_500, "daily", qualifier="over")
    result = audited("average", total=figure(f"{total}件", total), days=figure("100天", 100, "day"), reported=reported)
    assert result.relation == relation


def test_another_digit_can_fail_on_the_strict_reading_too():
    """50多亿 against 50亿 at most: only a figure that is over 50 on any reading can be above it."""
    more = figure("50多亿元", 5 * 10**9, "yuan", qualifier="over")
    result = audited("bound", parts=[more], whole=figure("60亿元", 6 * 10**9, "yuan"))
    assert (result.verdict, result.relation) == (CONSISTENT, "bound")


def test_no_check_of_the_book_that_decides_could_not_have_failed(english):
    """Of each figure of a check that agrees, some other digits are tried in the tables themselves, and one at least fails."""
    tables = english.quiet.tables
    for result in english.results.values():
        if result.verdict == CONSISTENT and result.type != "share":
            check = next(check for check in audit.entries(tables) if check["check_id"] == result.check_id)
            assert any(_fails(tables, check, name) for name in result.claims), result.check_id


def _fails(tables: Tables, check: dict, name: str) -> bool:
    """Whether a check finds fault where a figure has another value of as many digits."""
    frame = "claims" if name in tables.claims.index else "external"
    row = tables.frames[frame].loc[name]
    size = Decimal(10) ** row["value"].adjusted()
    for value in (size, 9 * size, row["value"] + 1, row["value"] - 1):
        rows = tables.frames[frame].copy()
        rows.loc[name, ["value", "as_written"]] = [value, ""]
        other = Tables(tables.folder, MappingProxyType({**tables.frames, frame: rows}), tables.yaml)
        try:
            if audit.find(other, check, reading="strict").verdict == INCONSISTENT:
                return True
        except CheckError:
            continue
    return False


def test_a_claim_that_only_a_bound_touches_has_no_plain_tick(english):
    for name in ("jj17-hightech-filings", "jj17-equipment-projects", "jj17-records"):
        assert english.flag(name) == UNDETERMINED
    for name in ("jj17-opinions", "jj17-grid-heads", "jm24-rail-daily"):
        assert english.flag(name) == ""


# Two readings, and cutting off


def test_a_fault_that_cutting_off_would_mend_says_so(english):
    parts = {"part": figure("2件", 2), "whole": figure("3件", 3)}
    result = audited("share", **parts, share=share("66.66"))
    assert (result.verdict, result.remarks) == (INCONSISTENT, ("cut",))
    assert english.label("remark-cut") in english.reason(result)
    assert audited("share", **parts, share=share("66.5")).remarks == ()


def test_a_fault_on_the_usual_reading_alone_is_undetermined(english):
    nearly = figure("近7000万元", 70_000_000, "yuan", qualifier="nearly")
    result = audited("match", first=nearly, second=figure("5000万元", 50_000_000, "yuan"))
    assert (result.verdict, result.remarks) == (UNDETERMINED, ("usual-only",))
    assert english.label("remark-usual-only") in english.reason(result)
    beyond = audited("match", first=nearly, second=figure("8000万元", 80_000_000, "yuan"))
    assert (beyond.verdict, beyond.remarks) == (INCONSISTENT, ())


def test_no_fault_rests_on_the_usual_reading_alone(english):
    for check in audit.entries(english.quiet.tables):
        if english.results[check["check_id"]].verdict == INCONSISTENT:
            assert audit.find(english.quiet.tables, check, reading="strict").verdict == INCONSISTENT


# What must hold of every type


class Given:
    """Stands in for the inputs of a check: quantities by part, made up directly."""

    def __init__(self, **parts):
        self.parts, self.check = parts, {"type": "made"}

    def one(self, part):
        return Quantity(None, "event", self.parts[part])

    def maybe(self, part):
        return self.one(part) if part in self.parts else None

    def proportion(self, part):
        return self.parts[part]

    def several(self, part, least=1):
        return [Quantity(None, "event", item) for item in self.parts[part]]


@st.composite
def nested(draw):
    """Two intervals of numbers above zero, the first within the second, which may be open upward."""
    low, inner, outer, lower = (draw(st.fractions(0, 50, max_denominator=8)) for _ in range(4))
    narrow = Interval(low + 10, low + 10 + inner)
    high = None if draw(st.booleans()) else narrow.high + outer
    return narrow, Interval(max(Fraction(1), narrow.low - lower), high)


#: The types by the parts of a check that tests something.
TESTS = {
    "share": ("part", "whole", "share"),
    "growth": ("current", "base", "growth"),
    "sum": ("parts", "whole"),
    "bound": ("parts", "whole"),
    "match": ("first", "second"),
    "same": ("tellings",),
    "order": ("lower", "upper"),
    "magnitude": ("label", "measured"),
    "product": ("factors", "product"),
    "difference": ("earlier", "later", "difference"),
    "hundred": ("parts",),
}


@few
@given(kind=st.sampled_from(sorted(TESTS)), data=st.data())
def test_a_wider_reading_never_makes_a_fault(kind, data):
    narrow, wide = {}, {}
    for part in TESTS[kind]:
        if part in ("parts", "tellings", "factors"):
            pairs = data.draw(st.lists(nested(), min_size=2, max_size=3))
            narrow[part], wide[part] = (list(side) for side in zip(*pairs, strict=True))
        else:
            narrow[part], wide[part] = data.draw(nested())
    before, after = (audit.TYPES[kind].find(Given(**parts)).verdict for parts in (narrow, wide))
    assert before == INCONSISTENT or after != INCONSISTENT


@few
@given(
    kind=st.sampled_from(["sum", "bound", "match", "same", "order", "share"]),
    amounts=st.tuples(*[st.integers(1, 400)] * 3),
    percent=percents(1),
)
def test_another_unit_leaves_the_verdict(kind, amounts, percent):
    def check(unit: str) -> Result:
        first, second, third = (figure(f"{amount}里", amount, unit) for amount in amounts)
        parts = {
            "sum": {"parts": [first, second], "whole": third},
            "bound": {"parts": [first, second], "whole": third},
            "match": {"first": first, "second": second},
            "same": {"tellings": [first, second, third]},
            "order": {"lower": first, "upper": second},
            "share": {"part": first, "whole": second, "share": share(percent)},
        }
        return audited(kind, **parts[kind])

    here, there = check("km"), check("li")
    assert (here.verdict, here.reason) == (there.verdict, there.reason)
    if kind != "share":
        assert there.computed == here.computed.scaled(Fraction(1, 2))


@few
@given(st.integers(1, 10**15), st.integers(1, 10**6))
def test_arithmetic_is_exact(whole, parts):
    pieces = [Fraction(whole, parts)] * 2
    found = audit.TYPES["sum"].find(Given(parts=[Interval.exactly(piece) for piece in pieces]))
    assert found.computed == Interval.exactly(Fraction(2 * whole, parts))


# Before anything is built


def test_a_claim_that_stands_for_no_values_is_named_though_no_check_uses_it():
    with pytest.raises(DataError) as error:
        audit.run(tables_of({"odd": figure("5件", 5, qualifier="perhaps")}))
    (problem,) = error.value.problems
    assert problem.startswith("claims.csv, row 2 (odd)")


@pytest.mark.parametrize("missing", ["check_id", "type", "claims"])
def test_an_entry_without_a_key_is_named(missing):
    check = {"check_id": "made", "type": "sum", "claims": {"parts": ["five"]}}
    del check[missing]
    assert f"key {missing}: it is missing" in problem_of(check, five=figure("5件", 5))


def test_an_error_within_a_check_is_named_with_its_entry():
    fall = figure("下降100%", -100, "percent", kind="change")
    check = {"check_id": "made", "type": "growth", "claims": {"current": "five", "growth": "fall"}}
    assert problem_of(check, five=figure("5件", 5), fall=fall).startswith("checks.yml, entry 1 (made), key claims: ")
