"""Runs the checks of the data package, and compares what two versions of it find."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from zhenzhi.audit.checks import TYPES
from zhenzhi.audit.figures import CheckError, Figures, quantity_of
from zhenzhi.audit.result import Finding, Result
from zhenzhi.errors import DataError
from zhenzhi.tables import Tables


def run(tables: Tables) -> dict[str, Result]:
    """Runs every check of ``checks.yml``, and one for each fact that a document tells more than once.

    Returns:
        the results by check, in the order of the file.

    Raises:
        DataError: a check has an unknown type or names a claim, a part or a model that it cannot use.
    """
    results: dict[str, Result] = {}
    problems: list[str] = []
    for number, check in enumerate(tables.checks, 1):
        where = f"checks.yml, entry {number} ({check['check_id']})"
        if check["check_id"] in results:
            problems.append(f"{where}, key check_id: it names an earlier check; expected each once")
            continue
        try:
            results[check["check_id"]] = run_one(tables, check)
        except CheckError as error:
            problems.append(f"{where}, {error}")
    if problems:
        raise DataError(problems)
    return results | {check["check_id"]: run_one(tables, check) for check in told_again(tables)}


def told_again(tables: Tables) -> Iterator[dict]:
    """A check of type ``same`` for each fact that ``repeats`` says is told again; labels without a value have none."""
    claims = tables.claims
    for first, again in claims[claims["repeats"].notna()].groupby("repeats", sort=False):
        if quantity_of(tables, first) is None:
            continue
        label = claims.loc[first]
        yield {
            "check_id": f"{first}-told-again",
            "type": "same",
            "name": {"en": _capital(label["label_en"]), "zh": label["label_zh"]},
            "claims": {"tellings": [first, *again.index]},
        }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def run_one(tables: Tables, check: dict, rounding: str = "half") -> Result:
    """Runs one check; ``rounding`` says how rounded figures came about (see ``quantity.allowed``).

    Raises:
        CheckError: the check cannot be run.
    """
    kind = TYPES.get(check["type"])
    if kind is None:
        raise CheckError(f"key type: {check['type']!r} is unknown; expected one of {', '.join(TYPES)}")
    for part in check["claims"]:
        if part not in kind.parts:
            expected = ", ".join(sorted(kind.parts))
            raise CheckError(
                f"key claims.{part}: a check of type {check['type']} has no such part; expected {expected}"
            )
    figures = Figures(tables, check, rounding)
    try:
        finding = kind.find(figures)
    except ValueError as error:
        raise CheckError(f"key claims: {error}") from None
    words = figures.words() | {name: f"{{computed}}`{check['check_id']}.{name}`" for name in finding.quantities}
    values = {item.name: getattr(finding, item.name) for item in fields(Finding)}
    return Result(**values, check_id=check["check_id"], type=check["type"], claims=tuple(figures.names), words=words)


@dataclass(frozen=True)
class Change:
    """A check whose verdict differs between two versions of the data; a side is ``None`` where it has no such check."""

    check_id: str
    before: str | None
    after: str | None


def changes(before: dict[str, Result], after: dict[str, Result]) -> list[Change]:
    """The checks that are new, gone or flipped from one version to another."""
    found = []
    for check_id in {**before, **after}:
        old, new = before.get(check_id), after.get(check_id)
        change = Change(check_id, old and old.verdict, new and new.verdict)
        if change.before != change.after:
            found.append(change)
    return found
