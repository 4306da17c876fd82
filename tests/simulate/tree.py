"""A plain decision tree, grown on binned features: what anybody would try who looks for a clue to a class."""

import numpy as np

_BINS, _DEPTH, _LEAST_LEAF, _FOLDS = 32, 5, 15, 3


def balanced_score(features: np.ndarray, classes: np.ndarray, weights: np.ndarray, seed: int = 0) -> float:
    """Return the weighted share of right guesses of trees that never saw the alert they are asked about (3 folds)."""
    bins = np.stack([_binned(column) for column in features.T], axis=1)
    fold = np.random.default_rng(seed).integers(0, _FOLDS, len(classes))
    right = np.zeros(len(classes), np.bool_)
    for k in range(_FOLDS):
        learn, ask = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        right[ask] = _guesses(bins, classes, weights, learn, ask, _DEPTH) == classes[ask]
    return float((right * weights).sum() / weights.sum())


def _binned(column: np.ndarray) -> np.ndarray:
    edges = np.unique(np.quantile(column, np.linspace(0, 1, _BINS + 1)[1:-1]))
    return np.searchsorted(edges, column, side="right")


def _guesses(
    bins: np.ndarray, classes: np.ndarray, weights: np.ndarray, learn: np.ndarray, ask: np.ndarray, depth: int
) -> np.ndarray:
    kinds = int(classes.max()) + 1
    split = _best_split(bins[learn], classes[learn], weights[learn], kinds) if depth else None
    if split is None:
        return np.full(len(ask), np.bincount(classes[learn], weights[learn], kinds).argmax())
    feature, edge = split
    guesses = np.empty(len(ask), np.int64)
    for side in (False, True):
        below, asked = (bins[rows, feature] <= edge for rows in (learn, ask))
        chosen = learn[below == side], asked == side
        guesses[chosen[1]] = _guesses(bins, classes, weights, chosen[0], ask[chosen[1]], depth - 1)
    return guesses


def _best_split(bins: np.ndarray, classes: np.ndarray, weights: np.ndarray, kinds: int) -> tuple[int, int] | None:
    """Feature and bin after which the Gini impurity is least; None where no split leaves enough on both sides."""
    best, found = -np.inf, None
    for feature in range(bins.shape[1]):
        code = bins[:, feature] * kinds + classes
        table = np.bincount(code, weights, _BINS * kinds).reshape(_BINS, kinds).cumsum(axis=0)
        count = np.bincount(bins[:, feature], minlength=_BINS).cumsum()
        low, high = table[:-1], table[-1] - table[:-1]
        enough = (count[:-1] >= _LEAST_LEAF) & (count[-1] - count[:-1] >= _LEAST_LEAF)
        with np.errstate(invalid="ignore", divide="ignore"):
            purity = (low**2).sum(axis=1) / low.sum(axis=1) + (high**2).sum(axis=1) / high.sum(axis=1)
        purity = np.where(enough, purity, -np.inf)
        if purity.max() > best:
            best, found = float(purity.max()), (feature, int(purity.argmax()))
    return found
