"""The types of check. Each takes the figures of a check and returns a finding."""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from zhenzhi.audit.figures import Figures
from zhenzhi.audit.result import CONSISTENT, INCONSISTENT, UNDETERMINED, Finding, compare
from zhenzhi.quantity import Interval, Quantity

_PERCENT = Fraction(1, 100)


def _share(figures: Figures) -> Finding:
    """A share in per cent of a whole, with the part, the whole, or both stated beside it.

    Where the part or the whole is missing, the whole numbers that fit are listed (GRIM). Where none fits, the wholes up to
    the one stated that could have the share are counted: it is then a share of something else.
    """
    share, part, whole = figures.one("share"), figures.maybe("part"), figures.maybe("whole")
    fraction = share.interval.scaled(_PERCENT)
    if part and whole:
        computed = (part.interval / whole.interval).scaled(Fraction(100))
        rest = whole.interval - part.interval
        verdict = compare(computed, share.interval)
        if rest.high is not None and rest.high < 0:
            quantities = {"exact": Quantity(None, "percent", computed)}
            return Finding(verdict, f"share-above-{verdict}", "percent", computed, share.interval, quantities)
        quantities = {"rest": Quantity(None, part.unit, rest, part.counted)}
        return Finding(verdict, f"share-of-both-{verdict}", "percent", computed, share.interval, quantities)
    if not (part or whole):
        figures.one("whole")
    known = whole or part
    name = "part" if whole else "whole"
    # A part is never larger than its whole, unless the share tells a completion above it.
    can_be_all = share.interval.low < 100 or Fraction(100) in share.interval
    if whole:
        follows = known.interval * fraction.clipped(low=Fraction(0))
        follows = follows.clipped(high=whole.interval.high if can_be_all else None)
    else:
        follows = (known.interval / fraction).clipped(low=part.interval.low if can_be_all else None)
    if known.counted and follows.is_bounded:
        numbers = follows.whole_numbers()
        if not numbers and part:
            return Finding(INCONSISTENT, "share-no-whole", known.unit, follows)
        if not numbers:
            return _no_number_fits(share, known, follows)
        follows = Interval(Fraction(numbers[0]), Fraction(numbers[-1]))
    rest = whole.interval - follows if whole else follows - part.interval
    quantities = {
        name: Quantity(None, known.unit, follows, known.counted),
        "rest": Quantity(None, known.unit, rest, known.counted),
    }
    verdict = CONSISTENT if whole and known.counted else UNDETERMINED
    return Finding(verdict, f"share-of-{'whole' if whole else 'part'}", known.unit, follows, None, quantities)


def _no_number_fits(share: Quantity, whole: Quantity, follows: Interval) -> Finding:
    fitting = denominators(share.interval, int(whole.interval.high))
    count = Quantity(None, "item", Interval.exactly(len(fitting)), counted=True)
    if not fitting:
        return Finding(INCONSISTENT, "share-fits-nothing", whole.unit, follows, None, {"fitting": count})
    ends = {
        name: Quantity(None, whole.unit, Interval.exactly(number), counted=True)
        for name, number in (("smallest", fitting[0]), ("largest", fitting[-1]))
    }
    return Finding(INCONSISTENT, "share-fits-other", whole.unit, follows, None, {"fitting": count, **ends})


def allowed_counts(share: Interval, whole: int) -> range:
    """The whole numbers that are a share in per cent of ``whole``, as rounded; at most all, unless more is stated."""
    if share.low <= 100 and (share.high is None or share.high > 100):
        share = Interval(share.low, Fraction(100), share.low_open)
    return share.clipped(low=Fraction(0)).scaled(Fraction(whole, 100)).whole_numbers()


def denominators(share: Interval, highest: int) -> list[int]:
    """The whole numbers up to ``highest`` of which some whole number is the share, given in per cent with its bounds."""
    return [whole for whole in range(1, highest + 1) if allowed_counts(share, whole)]


def _growth(figures: Figures) -> Finding:
    """A figure and its change in per cent, with the figure before, the gain, or neither stated.

    Where neither is, the figure before is implied: the base.
    """
    current, growth = figures.one("current"), figures.one("growth")
    base, gain = figures.maybe("base"), figures.maybe("gain")
    if base or gain:
        before = base.interval if base else current.interval - gain.interval
        computed = (current.interval / before).scaled(Fraction(100)) - Interval.exactly(100)
        quantities = {"growth_computed": Quantity(None, "percent", computed)}
        if gain:
            quantities["base"] = Quantity(None, current.unit, before, current.counted)
        verdict = compare(computed, growth.interval)
        reason = f"growth-{'with-gain' if gain else 'from-base'}-{verdict}"
        return Finding(verdict, reason, "percent", computed, growth.interval, quantities)
    factor = (growth.interval + Interval.exactly(100)).scaled(_PERCENT)
    before = current.interval / factor
    if current.counted and before.is_bounded and before.whole_numbers():
        numbers = before.whole_numbers()
        before = Interval(Fraction(numbers[0]), Fraction(numbers[-1]))
    quantities = {"base": Quantity(None, current.unit, before, current.counted)}
    return Finding(UNDETERMINED, "growth-base", current.unit, before, None, quantities)


def _average(figures: Figures) -> Finding:
    """A total over days, and over units where there are some, against the average that is stated."""
    total, reported, units = figures.one("total"), figures.one("reported"), figures.maybe("units")
    stated_days = figures.maybe("days")
    length = stated_days.interval if stated_days else figures.length("total")
    computed = total.interval / length
    if units:
        computed = computed / units.interval
    quantities = {"average": Quantity(None, reported.unit, computed)}
    if not stated_days:
        quantities["days"] = Quantity(None, "day", length, counted=True)
    verdict = compare(computed, reported.interval)
    reason = "average" + ("-of-units" if units else "") + f"-{verdict}"
    return Finding(verdict, reason, reported.unit, computed, reported.interval, quantities)


def _add(quantities: list[Quantity]) -> Interval:
    return reduce(lambda total, quantity: total + quantity.interval, quantities[1:], quantities[0].interval)


def _sum(figures: Figures) -> Finding:
    """Parts that add up to a whole, stated or not; a part may be a product."""
    parts, whole = figures.several("parts"), figures.maybe("whole")
    computed = _add(parts)
    unit = (whole or parts[0]).unit
    quantities = {"sum": Quantity(None, unit, computed, all(part.counted for part in parts))}
    if whole is None:
        return Finding(UNDETERMINED, "sum-unstated", parts[0].unit, computed, None, quantities)
    verdict = compare(computed, whole.interval)
    return Finding(verdict, f"sum-{verdict}", whole.unit, computed, whole.interval, quantities)


def _product(figures: Figures) -> Finding:
    """Factors and their product, stated or not; the product has the unit that the check gives."""
    factors, stated = figures.several("factors"), figures.maybe("product")
    computed = reduce(lambda total, factor: total * factor.interval, factors[1:], factors[0].interval)
    unit = stated.unit if stated else figures.unit()
    name = "product_computed" if stated else "product"
    quantities = {name: Quantity(None, unit, computed, all(factor.counted for factor in factors))}
    if stated is None:
        return Finding(UNDETERMINED, "product-unstated", unit, computed, None, quantities)
    verdict = compare(computed, stated.interval)
    return Finding(verdict, f"product-{verdict}", unit, computed, stated.interval, quantities)


def _ratio(figures: Figures) -> Finding:
    """An amount for each of something, which no claim states; it has the unit that the check gives."""
    computed = figures.one("amount").interval / figures.one("each").interval
    unit = figures.unit()
    reason = "ratio" if computed.is_bounded else "ratio-above" if computed.low else "ratio-open"
    return Finding(UNDETERMINED, reason, unit, computed, None, {"ratio": Quantity(None, unit, computed)})


def _same(figures: Figures) -> Finding:
    """One fact told several times: some value fits all tellings."""
    tellings = figures.several("tellings", least=2)
    first, others = tellings[0], tellings[1:]
    together = all(a.interval.meets(b.interval) for a in tellings for b in tellings)
    verdict = CONSISTENT if together else INCONSISTENT
    return Finding(verdict, f"same-{verdict}", first.unit, others[-1].interval, first.interval)


def _match(figures: Figures) -> Finding:
    """Two counts of which the text lets one expect that they are equal."""
    first, second = figures.one("first"), figures.one("second")
    verdict = compare(first.interval, second.interval)
    return Finding(verdict, f"match-{verdict}", first.unit, first.interval, second.interval)


def _listed(figures: Figures) -> Finding:
    """A number of parts announced against the number of parts that the text lists."""
    stated, found = figures.one("stated"), Interval.exactly(figures.listed())
    quantities = {"listed": Quantity(None, stated.unit, found, counted=True)}
    if found.high == 0:
        return Finding(UNDETERMINED, "listed-none", stated.unit, found, stated.interval, quantities)
    verdict = compare(found, stated.interval)
    return Finding(verdict, f"listed-{verdict}", stated.unit, found, stated.interval, quantities)


def _bound(figures: Figures) -> Finding:
    """Parts that cannot be above their whole, which may hold more than them."""
    parts, whole = figures.several("parts"), figures.one("whole")
    computed = _add(parts)
    top = Interval(None, whole.interval.high, high_open=whole.interval.high_open)
    verdict = INCONSISTENT if not computed.meets(top) else CONSISTENT
    quantities = {"sum": Quantity(None, whole.unit, computed, whole.counted)}
    rest = whole.interval - computed
    if rest.low is not None and rest.low >= 0:
        quantities["rest"] = Quantity(None, whole.unit, rest, whole.counted)
    share = (computed / whole.interval).scaled(Fraction(100))
    quantities["share"] = Quantity(None, "percent", share)
    reason = f"bound-{verdict}" if len(parts) > 1 else f"bound-one-{verdict}"
    return Finding(verdict, reason, whole.unit, computed, whole.interval, quantities)


def _magnitude(figures: Figures) -> Finding:
    """A magnitude in a name against what is measured: of the same order where the measure is one to ten times the name."""
    label, measured = figures.one("label"), figures.one("measured")
    times = measured.interval / label.interval
    one_order = Interval(Fraction(1), Fraction(10), high_open=True)
    verdict = CONSISTENT if times.meets(one_order) else INCONSISTENT
    quantities = {"times": Quantity(None, "times", times)}
    return Finding(verdict, f"magnitude-{verdict}", measured.unit, measured.interval, label.interval, quantities)


def _target(figures: Figures) -> Finding:
    """A target and what is reported of it so far or afterwards."""
    target, result = figures.one("target"), figures.one("result")
    reached = (result.interval / target.interval).scaled(Fraction(100))
    quantities = {"reached": Quantity(None, "percent", reached)}
    gap = target.interval - result.interval
    if gap.high is not None and gap.high > 0:
        low = max(gap.low, Fraction(0)) if gap.low is not None else Fraction(0)
        quantities["gap"] = Quantity(
            None, target.unit, Interval(low, gap.high, high_open=gap.high_open), target.counted
        )
    if reached.low is not None and reached.low >= 100:
        return Finding(CONSISTENT, "target-reached", result.unit, result.interval, target.interval, quantities)
    return Finding(UNDETERMINED, "target-open", result.unit, result.interval, target.interval, quantities)


def _forecast(figures: Figures) -> Finding:
    """A forecast and the result: by how much the result differs. A forecast that misses is not a contradiction."""
    forecast, result = figures.one("forecast"), figures.one("result")
    difference = (result.interval / forecast.interval).scaled(Fraction(100)) - Interval.exactly(100)
    quantities = {"difference": Quantity(None, "percent", difference)}
    met = result.interval.meets(forecast.interval)
    verdict, reason = (CONSISTENT, "forecast-met") if met else (UNDETERMINED, "forecast-missed")
    return Finding(verdict, reason, result.unit, result.interval, forecast.interval, quantities)


def _series(figures: Figures) -> Finding:
    """Two points of one series: the change between them, which no claim states."""
    earlier, later = figures.one("earlier"), figures.one("later")
    change = later.interval - earlier.interval
    quantities = {"change": Quantity(None, later.unit, change, later.counted)}
    return Finding(UNDETERMINED, "series", later.unit, later.interval, earlier.interval, quantities)


def _order(figures: Figures) -> Finding:
    """A figure that by its meaning cannot be below another: a peak and the average."""
    lower, upper = figures.one("lower"), figures.one("upper")
    below = Interval(None, upper.interval.high, high_open=upper.interval.high_open)
    if not lower.interval.meets(below):
        return Finding(INCONSISTENT, "order-inconsistent", upper.unit, lower.interval, upper.interval)
    certain = lower.interval.high is not None and lower.interval.high <= (upper.interval.low or 0)
    verdict = CONSISTENT if certain or lower.interval.low is not None else UNDETERMINED
    return Finding(verdict, f"order-{verdict}", upper.unit, lower.interval, upper.interval)


def _apart(figures: Figures) -> Finding:
    """Figures that look comparable and are not; the note of the check says why."""
    looks_alike = figures.several("figures", least=2)
    return Finding(UNDETERMINED, "apart", looks_alike[0].unit)


class Type(NamedTuple):
    """A type of check: its function, and the parts that the figures of a check can take in it."""

    find: Callable[[Figures], Finding]
    parts: frozenset[str]


def _type(find: Callable[[Figures], Finding], *parts: str) -> Type:
    return Type(find, frozenset(parts))


#: The types of check by the name that ``checks.yml`` gives them.
TYPES: dict[str, Type] = {
    "share": _type(_share, "part", "whole", "share"),
    "growth": _type(_growth, "current", "growth", "base", "gain"),
    "average": _type(_average, "total", "units", "days", "reported"),
    "sum": _type(_sum, "parts", "whole"),
    "product": _type(_product, "factors", "product"),
    "ratio": _type(_ratio, "amount", "each"),
    "same": _type(_same, "tellings"),
    "match": _type(_match, "first", "second"),
    "listed": _type(_listed, "stated"),
    "bound": _type(_bound, "parts", "whole"),
    "magnitude": _type(_magnitude, "label", "measured"),
    "target": _type(_target, "target", "result"),
    "forecast": _type(_forecast, "forecast", "result"),
    "series": _type(_series, "earlier", "later"),
    "order": _type(_order, "lower", "upper"),
    "apart": _type(_apart, "figures"),
}
