"""Forms of chart about the trial on made-up texts: which planted errors a check finds, and what its alarms are worth.

Each takes the edition, the ID of its entry in ``data/figures/`` and the trial, and returns a ``Chart``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from zhenzhi.book.edition import Edition
from zhenzhi.charts.chart import Chart
from zhenzhi.charts.compare import sentence
from zhenzhi.charts.stacked import counted, stacked
from zhenzhi.trial.made_up import ERRORS
from zhenzhi.trial.passages import KINDS
from zhenzhi.trial.run import FAILS, HOLDS, OPEN, UNSEEN, Told, Trial

_COLOURS = {FAILS: "output", HOLDS: "computed", OPEN: "structure", UNSEEN: "line"}


def errors_by_wording(edition: Edition, figure_id: str, trial: Trial) -> Chart:
    """Which planted errors are found? By kind of relation, those told in so many words before those told in passing."""
    rows = []
    for wording, plain in (("plain", True), ("passing", False)):
        for kind in KINDS:
            own = [one for one in trial.wrong if (one.kind, one.plain) == (kind, plain)]
            if own:
                what = edition.label(f"trial-{wording}", what=edition.label(f"trial-{kind}"))
                rows.append(_row(edition, what, own))
    return _errors(edition, figure_id, rows)


def errors_by_sort(edition: Edition, figure_id: str, trial: Trial) -> Chart:
    """Which planted errors are found? By what is wrong with the figure, where words state the relation."""
    rows = [
        _row(edition, edition.label(f"trial-{sort}"), [one for one in trial.wrong if one.plain and one.error == sort])
        for sort in ERRORS
    ]
    return _errors(edition, figure_id, rows)


def _row(edition: Edition, what: str, errors: Iterable[Told]) -> dict:
    says = Counter(one.says for one in errors)
    figure = edition.label("trial-found", found=str(says[FAILS]), of=str(says.total()))
    return counted(edition, what, figure, **{said: says[said] for said in _COLOURS})


def _errors(edition: Edition, figure_id: str, rows: Sequence[dict]) -> Chart:
    parts = [(said, colour, f"trial-{said}") for said, colour in _COLOURS.items()]
    alt = edition.label("alt-trial-errors", rows=sentence(edition, rows))
    return stacked(edition, figure_id, rows, parts, alt, sources=[edition.label("trial-sources")])


def worth(edition: Edition, figure_id: str, trial: Trial, one_in: Sequence[int]) -> Chart:
    """How many of a hundred alarms are true, where one relation in so many is wrong? By the least the trial vouches for."""
    rows = []
    for many in one_in:
        true = int(100 * trial.worth(Fraction(1, many)))
        figure = edition.label("trial-true-of-100", true=str(true))
        what = edition.label("trial-one-in", many=edition.digits(many))
        rows.append(counted(edition, what, figure, true=true, false=100 - true))
    parts = [("true", "output", "trial-true"), ("false", "computed", "trial-false")]
    alt = edition.label("alt-trial-worth", rows=sentence(edition, rows))
    return stacked(edition, figure_id, rows, parts, alt, sources=[edition.label("trial-sources")])
