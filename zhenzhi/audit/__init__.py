"""The audit: recomputes what the claims state about each other, within the bounds that their wording allows.

Checks are data (``checks.yml``); each names its type and its claims. Facts told twice (the column ``repeats``) and lists
whose length is announced are checked without an entry. The practice follows statcheck (recompute at the rounding bounds;
Nuijten et al. 2016) and GRIM (a share of whole things must come from whole numbers; Brown and Heathers 2017). Arithmetic is
exact.
"""

from zhenzhi.audit.checks import TYPES, allowed_counts, denominators
from zhenzhi.audit.decomposition import CLASSES, decomposition
from zhenzhi.audit.implicit import entries
from zhenzhi.audit.inputs import days, external_quantity, quantity_of
from zhenzhi.audit.result import BOUND, CONSISTENT, INCONSISTENT, RELATIONS, UNDETERMINED, Result, compare
from zhenzhi.audit.run import Change, changes, find, run, run_one

__all__ = [
    "BOUND",
    "CLASSES",
    "CONSISTENT",
    "INCONSISTENT",
    "RELATIONS",
    "TYPES",
    "UNDETERMINED",
    "Change",
    "Result",
    "allowed_counts",
    "denominators",
    "changes",
    "compare",
    "days",
    "decomposition",
    "entries",
    "external_quantity",
    "find",
    "quantity_of",
    "run",
    "run_one",
]
