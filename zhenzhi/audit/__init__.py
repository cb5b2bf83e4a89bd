"""The audit: recomputes what the claims state about each other, within the bounds that their wording allows.

Checks are data (``checks.yml``); each names its type and its claims. Facts told twice (the column ``repeats``) are checked
without an entry. The practice follows statcheck (recompute at the rounding bounds; Nuijten et al. 2016) and GRIM (a share of
whole things must come from whole numbers; Brown and Heathers 2017). Arithmetic is exact.
"""

from zhenzhi.audit.checks import TYPES, allowed_counts
from zhenzhi.audit.figures import days, external_quantity, quantity_of
from zhenzhi.audit.result import CONSISTENT, INCONSISTENT, UNDETERMINED, Result, compare
from zhenzhi.audit.run import Change, changes, run, run_one, told_again

__all__ = [
    "CONSISTENT",
    "INCONSISTENT",
    "TYPES",
    "UNDETERMINED",
    "Change",
    "Result",
    "allowed_counts",
    "changes",
    "compare",
    "days",
    "external_quantity",
    "quantity_of",
    "run",
    "run_one",
    "told_again",
]
