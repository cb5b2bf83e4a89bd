"""Checks that need no entry in ``checks.yml``, because the tables say all that they need: repetitions, and lists."""

from collections.abc import Iterator

import pandas as pd

from zhenzhi.audit.inputs import quantity_of
from zhenzhi.data.tables import Tables

#: The kinds of claim that can announce how many parts a model has.
_ANNOUNCING = ("count-of-components", "label")


def entries(tables: Tables) -> list[dict]:
    """All checks: those of ``checks.yml``, then those that need no entry, unless an entry has taken their name."""
    written = {check.get("check_id") for check in tables.checks}
    made = [check for check in (*listed(tables), *told_again(tables)) if check["check_id"] not in written]
    return [*tables.checks, *made]


def listed(tables: Tables) -> Iterator[dict]:
    """A check of type ``listed`` for each claim that announces as many parts as its model is said to have."""
    claims, models = tables.claims, tables.models
    if not {"stated_count", "model_id"} <= {*models.columns, *claims.columns}:
        return
    counts = models["stated_count"].where(models["listed_count"].notna()).dropna()
    for claim_id, claim in claims[claims["model_id"].isin(counts.index) & claims["repeats"].isna()].iterrows():
        model = claim["model_id"]
        if claim["kind"] in _ANNOUNCING and claim["value"] == counts[model]:
            yield _check(f"{claim_id}-listed", "listed", claim, {"stated": claim_id}, model=model)


def told_again(tables: Tables) -> Iterator[dict]:
    """A check of type ``same`` for each fact that ``repeats`` says is told again; labels without a value have none."""
    claims = tables.claims
    for first, again in claims[claims["repeats"].notna()].groupby("repeats", sort=False):
        if quantity_of(tables, first) is not None:
            yield _check(f"{first}-told-again", "same", claims.loc[first], {"tellings": [first, *again.index]})


def _check(check_id: str, kind: str, claim: pd.Series, claims: dict, **more: str) -> dict:
    label = claim["label_en"]
    name = {"en": label[:1].upper() + label[1:], "zh": claim["label_zh"]}
    return {"check_id": check_id, "type": kind, "name": name, "claims": claims, **more}
