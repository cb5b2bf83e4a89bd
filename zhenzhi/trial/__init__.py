"""A trial on made-up texts: what ``check`` finds of errors that were planted, and what it calls an error and is none."""

from zhenzhi.trial.made_up import ERRORS, SEED, TEXTS, WRONG, Made, Planted, corpus, made_up
from zhenzhi.trial.run import SAYINGS, Trial, run, saying

__all__ = [
    "ERRORS",
    "SAYINGS",
    "SEED",
    "TEXTS",
    "WRONG",
    "Made",
    "Planted",
    "Trial",
    "corpus",
    "made_up",
    "run",
    "saying",
]
