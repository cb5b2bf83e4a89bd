"""The types of check. Each takes the figures of a check and returns a finding.

A type says what relation it tests and which units its figures must have, so that a check can be made of any claims, by a
person or by a rule, and is refused where it would put together what cannot be.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from zhenzhi.amounts.quantity import Interval, Quantity
from zhenzhi.audit import unit_rules
from zhenzhi.audit.inputs import Inputs
from zhenzhi.audit.result import (
    APART,
    BOUND,
    CONSISTENT,
    FIGURE,
    IMPLIED,
    INCONSISTENT,
    ITSELF,
    LIST,
    UNDETERMINED,
    Finding,
    compare,
)

_PERCENT = Fraction(1, 100)


def _share(inputs: Inputs) -> Finding:
    """A share in per cent of a whole, with the part, the whole, or both stated beside it.

    Where the part or the whole is missing, the whole numbers that fit are listed (GRIM). Where none fits, the wholes up to
    the one stated that could have the share are counted: it is then a share of something else. Where only a count is
    stated ``within`` which the whole lies, these wholes are all that can be said.
    """
    if within := inputs.maybe("within"):
        return _whole_left_out(inputs.proportion("share"), within)
    share, part, whole = inputs.proportion("share"), inputs.maybe("part"), inputs.maybe("whole")
    fraction = share.scaled(_PERCENT)
    if part and whole:
        computed = (part.interval / whole.interval).scaled(Fraction(100))
        rest = whole.interval - part.interval
        verdict = compare(computed, share)
        if rest.high is not None and rest.high < 0:
            quantities = {"exact": Quantity(None, "percent", computed)}
            return Finding(verdict, f"share-above-{verdict}", "percent", computed, share, quantities)
        quantities = {"rest": Quantity(None, part.unit, rest, part.counted)}
        return Finding(verdict, f"share-of-both-{verdict}", "percent", computed, share, quantities)
    known = whole or part or inputs.one("whole")
    name = "whole" if part else "part"
    # A part is never larger than its whole, unless the share tells a completion above it.
    can_be_all = share.low is None or share.low < 100 or Fraction(100) in share
    if part:
        follows = (known.interval / fraction).clipped(low=known.interval.low if can_be_all else None)
    else:
        follows = known.interval * fraction.clipped(low=Fraction(0))
        follows = follows.clipped(high=known.interval.high if can_be_all else None)
    if known.counted and follows.is_bounded:
        numbers = follows.whole_numbers()
        if not numbers and part:
            return Finding(INCONSISTENT, "share-no-whole", known.unit, follows)
        if not numbers:
            return _no_number_fits(share, known, follows)
        follows = Interval(Fraction(numbers[0]), Fraction(numbers[-1]))
    rest = follows - known.interval if part else known.interval - follows
    quantities = {
        name: Quantity(None, known.unit, follows, known.counted),
        "rest": Quantity(None, known.unit, rest, known.counted),
    }
    tested = part is None and known.counted and _can_fail(fraction, known.interval)
    # What cannot fail decides nothing.
    verdict = CONSISTENT if tested else UNDETERMINED
    reason = "share-of-part" if part else "share-of-whole" if tested or not known.counted else "share-of-many"
    return Finding(verdict, reason, known.unit, follows, None, quantities, tested)


def _can_fail(fraction: Interval, whole: Interval) -> bool:
    """Whether some share with these digits would fit no whole number: of 15,155 things any share to a hundredth fits one."""
    if not (fraction.is_bounded and whole.is_bounded):
        return False  # all of them are more than any share
    low, high = fraction.bounds
    return (high - low) * whole.bounds[1] < 1


def _no_number_fits(share: Interval, whole: Quantity, follows: Interval) -> Finding:
    found = _wholes(share, whole)
    reason = "share-fits-other" if "smallest" in found else "share-fits-nothing"
    return Finding(INCONSISTENT, reason, whole.unit, follows, None, found)


def _whole_left_out(share: Interval, within: Quantity) -> Finding:
    found = _wholes(share, within)
    if "smallest" not in found:
        return Finding(INCONSISTENT, "share-within-nothing", within.unit, None, None, found)
    wholes = Interval(found["smallest"].interval.low, found["largest"].interval.high)
    return Finding(UNDETERMINED, "share-within", within.unit, wholes, None, found, tested=False)


def _wholes(share: Interval, highest: Quantity) -> dict[str, Quantity]:
    """How many whole numbers up to a count can have a share, and the smallest and the largest of them, if there are any."""
    fitting = denominators(share, int(highest.interval.bounds[1]))
    found = {"fitting": Quantity(None, "number", Interval.exactly(len(fitting)), counted=True)}
    if fitting:
        ends = {"smallest": fitting[0], "largest": fitting[-1]}
        found |= {
            name: Quantity(None, highest.unit, Interval.exactly(number), counted=True) for name, number in ends.items()
        }
    return found


def allowed_counts(share: Interval, whole: int) -> range:
    """The whole numbers that are a share in per cent of ``whole``, as rounded; at most all, unless more is stated."""
    return _of_one(share).scaled(Fraction(whole)).whole_numbers()


def _of_one(share: Interval) -> Interval:
    """A share in per cent as a fraction, as far as it can be one of things that are counted."""
    if (share.low is None or share.low <= 100) and (share.high is None or share.high > 100):
        share = Interval(share.low, Fraction(100), share.low_open)
    return share.clipped(low=Fraction(0)).scaled(_PERCENT)


def denominators(share: Interval, highest: int) -> list[int]:
    """The whole numbers up to ``highest`` of which some whole number is the share, given in per cent with its bounds."""
    fraction = _of_one(share)
    return [whole for whole in range(1, highest + 1) if fraction.scaled(Fraction(whole)).whole_numbers()]


def _growth(inputs: Inputs) -> Finding:
    """A figure and its change in per cent, with the figure before, the gain, or neither stated.

    Where neither is, the figure before is implied: the base.
    """
    current, growth = inputs.one("current"), inputs.proportion("growth")
    base, gain = inputs.maybe("base"), inputs.maybe("gain")
    before = base.interval if base else current.interval - gain.interval if gain else None
    if before is not None:
        computed = (current.interval / before).scaled(Fraction(100)) - Interval.exactly(100)
        quantities = {"growth_computed": Quantity(None, "percent", computed)}
        if gain:
            quantities["base"] = Quantity(None, current.unit, before, current.counted)
        verdict = compare(computed, growth)
        reason = f"growth-{'with-gain' if gain else 'from-base'}-{verdict}"
        return Finding(verdict, reason, "percent", computed, growth, quantities)
    factor = (growth + Interval.exactly(100)).scaled(_PERCENT)
    before = current.interval / factor
    if current.counted and before.is_bounded and before.whole_numbers():
        numbers = before.whole_numbers()
        before = Interval(Fraction(numbers[0]), Fraction(numbers[-1]))
    quantities = {"base": Quantity(None, current.unit, before, current.counted)}
    reason = "growth-base-money" if current.unit == "yuan" else "growth-base"
    return Finding(UNDETERMINED, reason, current.unit, before, None, quantities, tested=False)


def _average(inputs: Inputs) -> Finding:
    """A total over days, and over units where there are some, against the average that is stated."""
    total, reported, units = inputs.one("total"), inputs.one("reported"), inputs.maybe("units")
    stated_days = inputs.maybe("days")
    length = stated_days.interval if stated_days else inputs.length("total")
    computed = total.interval / length
    if units:
        computed = computed / units.interval
    quantities = {"average": Quantity(None, reported.unit, computed)}
    if not stated_days:
        quantities["days"] = Quantity(None, "day", length, counted=True)
    verdict = compare(computed, reported.interval)
    reason = f"average{'-of-units' if units else ''}-{verdict}"
    return Finding(verdict, reason, reported.unit, computed, reported.interval, quantities)


def _add(quantities: list[Quantity]) -> Interval:
    return reduce(lambda total, quantity: total + quantity.interval, quantities[1:], quantities[0].interval)


def _sum(inputs: Inputs) -> Finding:
    """Parts that add up to a whole, stated or not; a part may be a product."""
    parts, whole = inputs.several("parts"), inputs.maybe("whole")
    computed = _add(parts)
    unit = whole.unit if whole else parts[0].unit
    quantities = {"sum": Quantity(None, unit, computed, all(part.counted for part in parts))}
    if whole is None:
        return Finding(UNDETERMINED, "sum-unstated", parts[0].unit, computed, None, quantities, tested=False)
    verdict = compare(computed, whole.interval)
    return Finding(verdict, f"sum-{verdict}", whole.unit, computed, whole.interval, quantities)


def _hundred(inputs: Inputs) -> Finding:
    """Shares of all parts of a whole: they make a hundred, or the shares of what is told of do not."""
    computed = _add(inputs.several("parts", least=2))
    verdict = compare(computed, Interval.exactly(100))
    quantities = {"sum": Quantity(None, "percent", computed)}
    return Finding(verdict, f"hundred-{verdict}", "percent", computed, Interval.exactly(100), quantities)


def _difference(inputs: Inputs) -> Finding:
    """The difference that is told between an earlier and a later figure; a fall is below zero."""
    earlier, later, stated = (inputs.one(part) for part in ("earlier", "later", "difference"))
    computed = later.interval - earlier.interval
    quantities = {"difference_computed": Quantity(None, stated.unit, computed, stated.counted)}
    verdict = compare(computed, stated.interval)
    return Finding(verdict, f"difference-{verdict}", stated.unit, computed, stated.interval, quantities)


def _product(inputs: Inputs) -> Finding:
    """Factors and their product, stated or not; the product has the unit that the check gives."""
    factors, stated = inputs.several("factors"), inputs.maybe("product")
    computed = reduce(lambda total, factor: total * factor.interval, factors[1:], factors[0].interval)
    unit = stated.unit if stated else inputs.unit()
    name = "product_computed" if stated else "product"
    quantities = {name: Quantity(None, unit, computed, all(factor.counted for factor in factors))}
    if stated is None:
        return Finding(UNDETERMINED, "product-unstated", unit, computed, None, quantities, tested=False)
    verdict = compare(computed, stated.interval)
    return Finding(verdict, f"product-{verdict}", unit, computed, stated.interval, quantities)


def _ratio(inputs: Inputs) -> Finding:
    """An amount for each of something, which no claim states; it has the unit that the check gives."""
    computed = inputs.one("amount").interval / inputs.one("each").interval
    unit = inputs.unit()
    reason = "ratio" if computed.is_bounded else "ratio-above" if computed.low else "ratio-open"
    quantities = {"ratio": Quantity(None, unit, computed)}
    return Finding(UNDETERMINED, reason, unit, computed, None, quantities, tested=False)


def _same(inputs: Inputs) -> Finding:
    """One fact told several times: some value fits all tellings."""
    tellings = inputs.several("tellings", least=2)
    first, others = tellings[0], tellings[1:]
    together = all(a.interval.meets(b.interval) for a in tellings for b in tellings)
    verdict = CONSISTENT if together else INCONSISTENT
    return Finding(verdict, f"same-{verdict}", first.unit, others[-1].interval, first.interval)


def _match(inputs: Inputs) -> Finding:
    """Two counts of which the text lets one expect that they are equal."""
    first, second = inputs.one("first"), inputs.one("second")
    verdict = compare(first.interval, second.interval)
    return Finding(verdict, f"match-{verdict}", first.unit, first.interval, second.interval)


def _listed(inputs: Inputs) -> Finding:
    """A number of parts announced against the number of parts that the text lists, each a claim of its own or not."""
    stated, found = inputs.one("stated"), Interval.exactly(inputs.listed())
    quantities = {"listed": Quantity(None, stated.unit, found, counted=True)}
    if found.high == 0:
        return Finding(UNDETERMINED, "listed-none", stated.unit, found, stated.interval, quantities, tested=False)
    verdict = compare(found, stated.interval)
    return Finding(verdict, f"listed-{verdict}", stated.unit, found, stated.interval, quantities)


def _named(inputs: Inputs) -> Finding:
    """A number of people or things of which the text names some: it cannot name more than there are."""
    stated, found = inputs.one("stated"), Interval.exactly(inputs.listed())
    quantities = {"named": Quantity(None, stated.unit, found, counted=True)}
    enough = Interval(found.low, None)
    verdict = CONSISTENT if stated.interval.meets(enough) else INCONSISTENT
    return Finding(verdict, f"named-{verdict}", stated.unit, found, stated.interval, quantities)


def _span(inputs: Inputs) -> Finding:
    """A length of time against the dates between which it lies, both of them counted: 2024 to 2026 are three years.

    An anniversary counts what has passed since its first date: 1921 to 2021 are a hundred years.
    """
    stated = inputs.one("stated")
    found = inputs.span(stated.unit)
    verdict = compare(found, stated.interval)
    quantities = {"span": Quantity(None, stated.unit, found, counted=True)}
    return Finding(verdict, f"span-{verdict}", stated.unit, found, stated.interval, quantities)


def _bound(inputs: Inputs) -> Finding:
    """Parts that cannot be above their whole, which may hold more than them."""
    parts, whole = inputs.several("parts"), inputs.one("whole")
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


def _magnitude(inputs: Inputs) -> Finding:
    """A magnitude in a name against what is measured: of the same order where the measure is one to ten times the name."""
    label, measured = inputs.one("label"), inputs.one("measured")
    times = measured.interval / label.interval
    one_order = Interval(Fraction(1), Fraction(10), high_open=True)
    verdict = CONSISTENT if times.meets(one_order) else INCONSISTENT
    quantities = {"times": Quantity(None, "times", times)}
    return Finding(verdict, f"magnitude-{verdict}", measured.unit, measured.interval, label.interval, quantities)


def _target(inputs: Inputs) -> Finding:
    """A target and what is reported of it so far or afterwards. A target that is missed is not a contradiction."""
    target, result = inputs.one("target"), inputs.one("result")
    reached = (result.interval / target.interval).scaled(Fraction(100))
    quantities = {"reached": Quantity(None, "percent", reached)}
    gap = target.interval - result.interval
    if gap.high is not None and gap.high > 0:
        low = max(gap.low, Fraction(0)) if gap.low is not None else Fraction(0)
        quantities["gap"] = Quantity(
            None, target.unit, Interval(low, gap.high, high_open=gap.high_open), target.counted
        )
    reason = "target-reached" if reached.low is not None and reached.low >= 100 else "target-open"
    return Finding(UNDETERMINED, reason, result.unit, result.interval, target.interval, quantities, tested=False)


def _forecast(inputs: Inputs) -> Finding:
    """A forecast and the result: by how much the result differs. A forecast that misses is not a contradiction."""
    forecast, result = inputs.one("forecast"), inputs.one("result")
    difference = (result.interval / forecast.interval).scaled(Fraction(100)) - Interval.exactly(100)
    quantities = {"difference": Quantity(None, "percent", difference)}
    reason = "forecast-met" if result.interval.meets(forecast.interval) else "forecast-missed"
    return Finding(UNDETERMINED, reason, result.unit, result.interval, forecast.interval, quantities, tested=False)


def _series(inputs: Inputs) -> Finding:
    """Two points of one series: the change between them, which no claim states."""
    earlier, later = inputs.one("earlier"), inputs.one("later")
    change = later.interval - earlier.interval
    quantities = {"change": Quantity(None, later.unit, change, later.counted)}
    return Finding(UNDETERMINED, "series", later.unit, later.interval, earlier.interval, quantities, tested=False)


def _order(inputs: Inputs) -> Finding:
    """A figure that by its meaning cannot be below another: a peak and the average."""
    lower, upper = inputs.one("lower"), inputs.one("upper")
    below = Interval(None, upper.interval.high, high_open=upper.interval.high_open)
    if not lower.interval.meets(below):
        return Finding(INCONSISTENT, "order-inconsistent", upper.unit, lower.interval, upper.interval)
    certain = lower.interval.high is not None and lower.interval.high <= (upper.interval.low or 0)
    verdict = CONSISTENT if certain or lower.interval.low is not None else UNDETERMINED
    return Finding(verdict, f"order-{verdict}", upper.unit, lower.interval, upper.interval)


def _apart(inputs: Inputs) -> Finding:
    """Inputs that look comparable and are not; the note of the check says why."""
    looks_alike = inputs.several("figures", least=2)
    return Finding(UNDETERMINED, "apart", looks_alike[0].unit, tested=False)


class Type(NamedTuple):
    """A type of check.

    Attributes:
        find: its function.
        parts: the parts that the figures of a check can take in it.
        units: rules that the units of its figures must keep; each raises ``CheckError``.
        relation: what it holds its claims against, where it tests anything stated.
    """

    find: Callable[[Inputs], Finding]
    parts: tuple[str, ...]
    units: tuple[Callable[[Inputs], None], ...] = ()
    relation: str = FIGURE


def _rule(rule: Callable[..., None], *parts: str) -> Callable[[Inputs], None]:
    return lambda inputs: rule(inputs, *parts)


def _alike(*parts: str) -> tuple[Callable[[Inputs], None]]:
    return (_rule(unit_rules.alike, *parts),)


#: The types of check by the name that ``checks.yml`` gives them.
TYPES: dict[str, Type] = {
    "share": Type(
        _share,
        ("part", "whole", "within", "share"),
        (*_alike("part", "whole"), _rule(unit_rules.counted, "within"), _rule(unit_rules.proportion, "share")),
    ),
    "growth": Type(
        _growth,
        ("current", "growth", "base", "gain"),
        (*_alike("current", "base", "gain"), _rule(unit_rules.proportion, "growth")),
    ),
    "average": Type(_average, ("total", "units", "days", "reported"), (unit_rules.average,)),
    "sum": Type(_sum, ("parts", "whole"), _alike("parts", "whole")),
    "hundred": Type(_hundred, ("parts",), (_rule(unit_rules.proportion, "parts"),)),
    "difference": Type(_difference, ("earlier", "later", "difference"), (unit_rules.difference,)),
    "product": Type(_product, ("factors", "product"), (unit_rules.product,)),
    "ratio": Type(_ratio, ("amount", "each"), (unit_rules.ratio,), IMPLIED),
    "same": Type(_same, ("tellings",), _alike("tellings"), ITSELF),
    "match": Type(_match, ("first", "second"), (_rule(unit_rules.alike_or_counted, "first", "second"),)),
    "listed": Type(_listed, ("stated", "parts"), (_rule(unit_rules.counted, "stated"),), LIST),
    "named": Type(_named, ("stated",), (_rule(unit_rules.counted, "stated"),), BOUND),
    "span": Type(_span, ("stated",), (_rule(unit_rules.time, "stated"),)),
    "bound": Type(_bound, ("parts", "whole"), _alike("parts", "whole"), BOUND),
    "magnitude": Type(_magnitude, ("label", "measured"), _alike("label", "measured"), BOUND),
    "target": Type(_target, ("target", "result"), _alike("target", "result"), IMPLIED),
    "forecast": Type(_forecast, ("forecast", "result"), _alike("forecast", "result"), IMPLIED),
    "series": Type(_series, ("earlier", "later"), _alike("earlier", "later"), IMPLIED),
    "order": Type(_order, ("lower", "upper"), (_rule(unit_rules.alike_in_kind, "lower", "upper"),), BOUND),
    "apart": Type(_apart, ("figures",), (), APART),
}
