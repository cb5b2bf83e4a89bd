"""A trial on made-up texts: what ``check`` finds of errors that were planted, and what it calls an error and is none."""

from zhenzhi.trial.made_up import SEED, WRONG, Made, Planted, corpus, made_up
from zhenzhi.trial.run import Trial, run

__all__ = ["SEED", "WRONG", "Made", "Planted", "Trial", "corpus", "made_up", "run"]
