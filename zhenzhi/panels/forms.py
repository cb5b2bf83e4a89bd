"""One function for each question that a panel asks."""

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor

from zhenzhi.amounts.quantity import Interval, Quantity
from zhenzhi.audit import allowed_counts, denominators
from zhenzhi.book.edition import Edition
from zhenzhi.charts.compare import runs
from zhenzhi.data import instruments, recodings
from zhenzhi.data.vocabularies import RUNGS
from zhenzhi.panels import drawing
from zhenzhi.panels.base import Control, Panel, PanelError, State
from zhenzhi.panels.drawing import Bar


def share_range(edition: Edition, panel_id: str, share_claim: str, wholes: Sequence[str | int]) -> Panel:
    """A share of how many? For each whole that is tried, the whole numbers of which the share can come.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
        share_claim: a share in per cent whose whole is not stated.
        wholes: what may be the whole: claims or computed quantities of one number, or numbers assumed here.

    Raises:
        PanelError: the claim is not a share in per cent, or a whole is not one whole number.
    """
    if edition.claim(share_claim)["unit"] != "percent":
        raise PanelError(f"panel {panel_id}: the claim {share_claim} is not a share; expected one in per cent")
    numbers = [_whole_number(edition, panel_id, whole) for whole in wholes]
    names = [
        edition.label("panel-assumed", number=edition.digits(whole))
        if isinstance(whole, int)
        else edition.amount(whole)
        for whole in wholes
    ]

    def state(chosen: tuple[int, ...]) -> State:
        number = numbers[chosen[0]]
        fits = list(allowed_counts(edition.quantity(share_claim).interval, number))
        band = edition.quantity(share_claim).interval.scaled(Fraction(number, 100))
        ends = [
            0 if band.low is None else floor(band.low * 100) / 100,
            number if band.high is None else ceil(band.high * 100) / 100,
        ]
        sentence = edition.label(
            "panel-share-stands",
            share=edition.amount(share_claim),
            whole=names[chosen[0]],
            low=edition.digits(ends[0], ".2f"),
            high=edition.digits(ends[1], ".2f"),
        )
        if fits:
            rest = [number - count for count in reversed(fits)]
            sentence += edition.label("sentence-separator") + edition.label(
                "panel-share-fits", fits=runs(edition, fits), rest=runs(edition, rest)
            )
        else:
            sentence += edition.label("sentence-separator") + edition.label("panel-share-none")
        return State(sentence, drawing.whole_numbers((ends[0], ends[1]), fits, number, edition.digits))

    claims = [share_claim, *(whole for whole in wholes if isinstance(whole, str))]
    return Panel(edition, panel_id, [Control(edition.label("panel-whole"), names)], state, claims)


def puzzle(edition: Edition, panel_id: str, share_claim: str, within_claim: str, reach: int = 8) -> Panel:
    """Of which whole number can this be the share? A slider over the numbers around the smallest that will do.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
        share_claim: a share in per cent whose whole is not stated.
        within_claim: the count within which the whole lies; one whole number.
        reach: how many numbers to either side.

    Raises:
        PanelError: the claim is not a share in per cent, the count is not one whole number, or none up to it will do.
    """
    claim = edition.claim(share_claim)
    if claim["unit"] != "percent":
        raise PanelError(f"panel {panel_id}: the claim {share_claim} is not a share; expected one in per cent")
    most = _whole_number(edition, panel_id, within_claim)
    share = edition.quantity(share_claim).interval
    fitting = denominators(share, most)
    if not fitting:
        raise PanelError(f"panel {panel_id}: no number up to {most} has a share of {claim['as_written']}; expected one")
    places = max(0, -claim["value"].as_tuple().exponent)
    tried = range(max(1, fitting[0] - reach), min(most, fitting[0] + reach) + 1)

    def state(chosen: tuple[int, ...]) -> State:
        whole = tried[chosen[0]]
        fits = whole in fitting
        part = allowed_counts(share, whole)[0] if fits else round(claim["value"] * whole / 100)
        sentence = edition.label(
            "puzzle-state",
            part=edition.digits(part),
            whole=edition.digits(whole),
            made=f"{100 * part / whole:.{places}f}%",
            verdict=edition.label(f"puzzle-{'fits' if fits else 'fails'}", share=edition.amount(share_claim)),
        )
        return State(sentence, drawing.steps(tried, whole, fits, edition.digits))

    control = Control(edition.label("puzzle-control"), [edition.digits(whole) for whole in tried], slider=True)
    return Panel(edition, panel_id, [control], state, [share_claim, within_claim])


def nested_shares(
    edition: Edition, panel_id: str, inner: str, outer: str, portions: Sequence[int]
) -> Panel:  # fmt: skip
    """A share of what? A share whose whole is not stated, taken of one whole after another and told as part of all.

    The wholes tried are all there is, the part of it that another claim gives, and portions of that part assumed here.

    Args:
        panel_id: the entry of ``data/figures/`` with the title and the words: ``all`` there is, the ``part`` of it that
            ``outer`` gives, what lies ``within`` that part, and what ``inner`` is a share of it by (``low``).
        inner: a claim of a share in per cent whose whole is not stated.
        outer: a claim of a share in per cent of all there is.
        portions: how many per cent of the part may lie within it, assumed.

    Raises:
        PanelError: a claim is not a share in per cent, or has no upper bound.
    """
    words = {key: text[edition.language] for key, text in edition.chart_text(panel_id)["labels"].items()}
    for name in (inner, outer):
        if edition.claim(name)["unit"] != "percent" or not edition.quantity(name).interval.is_bounded:
            raise PanelError(f"panel {panel_id}: the claim {name} is not a share; expected one in per cent")
    share, part = edition.quantity(inner).interval, edition.quantity(outer).interval
    assumed = [part.scaled(Fraction(portion, 100)) for portion in portions]
    wholes = [Interval.exactly(100), part, *assumed]
    names = [
        words["all"],
        words["part"],
        *(
            edition.label("panel-nested-portion", within=words["within"], portion=f"{portion}%", part=words["part"])
            for portion in portions
        ),
    ]

    def state(chosen: tuple[int, ...]) -> State:
        whole = wholes[chosen[0]]
        product = (share * whole).scaled(Fraction(1, 100))
        told = edition.interval(Quantity(None, "percent", product))
        sentence = edition.label(
            "panel-nested", share=edition.amount(inner), whole=names[chosen[0]], low=words["low"], product=told,
            all=words["all"],
        )  # fmt: skip
        if product.low is not None and part.high is not None and product.low > part.high:
            sentence += edition.label("sentence-separator") + edition.label(
                "panel-nested-over", outer=edition.amount(outer), part=words["part"], within=words["within"]
            )
        sentence += edition.label("sentence-separator") + edition.label("panel-nested-assumed")
        bars = [
            Bar(words["part"], edition.amount(outer), part, "structure"),
            Bar(words["low"], told, product, "computed"),
        ]
        return State(sentence, drawing.spans(bars))

    controls = [Control(edition.label("panel-nested-of", share=edition.amount(inner)), names)]
    return Panel(edition, panel_id, controls, state, [inner, outer])


def rounding(edition: Edition, panel_id: str, check_ids: Sequence[str]) -> Panel:
    """How much does a verdict rest on rounding and on how words are read? What is reported and what the others make.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
        check_ids: checks that hold a computed figure against a reported one.
    """
    modes, readings = ("half", "cut", "none"), ("usual", "strict")
    checks = [edition.check(check_id) for check_id in check_ids]

    def state(chosen: tuple[int, ...]) -> State:
        result = edition.result_under(check_ids[chosen[0]], modes[chosen[1]], readings[chosen[2]])
        if result.computed is None or result.reported is None:
            raise PanelError(
                f"panel {panel_id}: {result.check_id} has no reported figure; expected a check that has one"
            )
        unit = result.unit
        reported, computed = (
            edition.interval(Quantity(None, unit, result.reported)),
            edition.interval(Quantity(None, unit, result.computed)),
        )
        sentence = edition.label(
            "panel-verdict",
            reported=reported,
            computed=computed,
            verdict=edition.label(f"verdict-{result.verdict}"),
        )
        bars = [
            Bar(edition.label("mark-reported"), reported, result.reported, "activity"),
            Bar(edition.label("mark-computed"), computed, result.computed, "computed"),
        ]

        def mark(value: Fraction) -> str:
            return edition.interval(Quantity(None, unit, Interval.exactly(value)), with_unit=unit == "percent")

        return State(sentence, drawing.intervals(bars, mark))

    controls = [
        Control(edition.label("panel-check"), [check["name"][edition.language] for check in checks]),
        Control(edition.label("panel-rounding"), [edition.label(f"rounding-{mode}") for mode in modes]),
        Control(edition.label("panel-wording"), [edition.label(f"wording-{reading}") for reading in readings]),
    ]
    claims = [name for check_id in check_ids for name in edition.result(check_id).claims]
    return Panel(edition, panel_id, controls, state, [name for name in claims if edition.is_claim(name)])


def rung_readings(edition: Edition, panel_id: str) -> Panel:
    """Does the picture of rungs hold? The claims of a place by rung in another reading, beside the settled one.

    Args:
        panel_id: the entry of ``data/figures/`` with the title.
    """
    tables = edition.coding
    places = [
        (edition.place_and_year(column.place_id, column.document_id), column.articles)
        for column in instruments.columns(tables)
    ]
    places.insert(0, (edition.label("panel-all-documents"), tuple(tables.articles.index)))
    ruled = {entry["reading_id"]: entry["name"][edition.language] for entry in tables.readings}
    names = {recodings.SETTLED: edition.label("reading-settled")}
    names |= {coder: edition.label("reading-coder", coder=coder) for coder in recodings.CODERS} | ruled
    rungs = {rung: edition.label(f"rung-{rung}") for rung in RUNGS}

    def state(chosen: tuple[int, ...]) -> State:
        where, articles = places[chosen[0]]
        settled = recodings.counts(tables, articles)
        counted = recodings.counts(tables, articles, list(names)[chosen[1]])
        changes = [
            edition.label("panel-reading-change", rung=name, before=str(settled[rung]), after=str(counted[rung]))
            for rung, name in rungs.items()
            if settled[rung] != counted[rung]
        ]
        sentence = edition.label(
            "panel-reading-changed" if changes else "panel-reading-same",
            where=where,
            number=edition.digits(sum(counted.values())),
            changes=edition.listing(changes),
        )
        return State(sentence, drawing.paired_bars(rungs, settled, counted, edition.digits))

    controls = [
        Control(edition.label("panel-column"), [where for where, _ in places]),
        Control(edition.label("panel-reading"), list(names.values())),
    ]
    claims = list(tables.claims.drop_duplicates("article_id").index)
    return Panel(edition, panel_id, controls, state, claims, key=edition.label("panel-reading-key"))


def _whole_number(edition: Edition, panel_id: str, named: str | int) -> int:
    """A number that is given, or the one whole number that a claim or computed quantity stands for."""
    if isinstance(named, int):
        return named
    number = edition.quantity(named).interval.point
    if number is None or number.denominator != 1:
        raise PanelError(f"panel {panel_id}: {named} stands for {edition.amount(named)}; expected one whole number")
    return int(number)
