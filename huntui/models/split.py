"""Alerts parted so that no object is on both sides: what a model knows of an object it may not be asked about."""

from collections.abc import Iterator

import numpy as np

from huntui.models.labels import Texts
from huntui.packets.batch import Int64s

FOLDS = 5


def folds(objects: Int64s, classes: Texts, seed: int, number: int = FOLDS) -> Int64s:
    """Return for each alert the fold, from 0 to `number` − 1, in which it is held back.

    `objects` has the number of the object of each alert and `classes` its class, both of shape (alerts,). All alerts of
    an object are in one fold. The objects of each class (that of an object's first alert) are dealt out at random, so
    that every fold has its share, and each class with `number` objects or more is in every fold.
    """
    names, firsts, of = np.unique(objects, return_index=True, return_inverse=True)
    kinds = classes[firsts]
    dealt = np.zeros(len(names), np.int64)
    generator = np.random.default_rng(seed)
    next_fold = 0
    for kind in np.unique(kinds):
        members = generator.permutation(np.flatnonzero(kinds == kind))
        dealt[members] = (next_fold + np.arange(len(members))) % number
        next_fold += len(members)
    return dealt[of]


def rounds(held: Int64s) -> Iterator[tuple[Int64s, Int64s]]:
    """Yield for each fold the alerts to learn from and those that are held back."""
    for fold in np.unique(held).tolist():
        yield np.flatnonzero(held != fold), np.flatnonzero(held == fold)
