"""How well scores tell classes apart, measured on alerts that the model had not seen.

scikit-learn computes the curves; its manual defines them (section 3.4, Metrics and scoring).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float64s = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

BINS = 10
"""Bins of the calibration, of equal width."""
_MOST_POINTS = 201
"""Points kept of a curve."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line of points, and the area that says it in one number."""

    x: Float64s
    y: Float64s
    area: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Whether a score is a probability: for each bin of the score that is not empty what it says and what is."""

    score: Float64s
    """Mean score."""
    share: Float64s
    """Share of the alerts that are of the class."""
    alerts: Counts
    brier: float
    """Mean squared difference of score and truth: 0 perfect, 0.25 for always saying one half."""


@dataclass(frozen=True, slots=True)
class OneClass:
    """How well one class is told from all others."""

    name: str
    alerts: int
    roc: Curve
    """True-positive rate over false-positive rate; an area of 0.5 is a guess, 1 perfect."""
    precision: Curve
    """Precision over recall; the area is the average precision, for a guess the share of the class."""
    calibration: Calibration
    threshold: float
    """Score from which on precision and recall are best together (F1)."""
    at_threshold: tuple[float, float]
    """Precision and recall there."""


@dataclass(frozen=True, slots=True)
class Measured:
    """How well all classes are told apart."""

    classes: tuple[str, ...]
    each: tuple[OneClass, ...]
    """One for each class, or the second alone of two."""
    confusion: Counts
    """Alerts by true class (row) and by what the model says (column): of two classes by the threshold, else the one of
    the highest score."""


def measure(truth: Counts, scores: Float64s, classes: Sequence[str]) -> Measured:
    """Return how well scores of shape (alerts, classes) tell the classes, `truth` the number of the class of each."""
    from sklearn.metrics import confusion_matrix

    numbers = range(1, 2) if len(classes) == 2 else range(len(classes))
    each = tuple(one_class(classes[k], truth == k, scores[:, k]) for k in numbers)
    said = (scores[:, 1] >= each[0].threshold).astype(np.int64) if len(classes) == 2 else scores.argmax(axis=1)
    confusion = confusion_matrix(truth, said, labels=list(range(len(classes))))
    return Measured(tuple(classes), each, confusion.astype(np.int64))


def one_class(name: str, truth: Truths, scores: Float64s) -> OneClass:
    """Return how well a score tells one class from the rest; alerts of both have to be there."""
    from sklearn.metrics import (
        average_precision_score,
        brier_score_loss,
        precision_recall_curve,
        roc_auc_score,
        roc_curve,
    )

    false_rate, true_rate, _ = roc_curve(truth, scores)
    precision, recall, thresholds = precision_recall_curve(truth, scores)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-12)
    best = int(f1[:-1].argmax())
    return OneClass(
        name,
        int(truth.sum()),
        Curve(*_thinned(false_rate, true_rate), float(roc_auc_score(truth, scores))),
        Curve(*_thinned(recall[::-1], precision[::-1]), float(average_precision_score(truth, scores))),
        calibration(truth, scores, float(brier_score_loss(truth, np.clip(scores, 0, 1)))),
        float(thresholds[best]),
        (float(precision[best]), float(recall[best])),
    )


def calibration(truth: Truths, scores: Float64s, brier: float) -> Calibration:
    """Return the calibration in `BINS` bins from 0 to 1."""
    bins = np.clip((scores * BINS).astype(np.int64), 0, BINS - 1)
    alerts = np.bincount(bins, minlength=BINS)
    there = alerts > 0
    said = np.bincount(bins, scores, BINS)[there] / alerts[there]
    found = np.bincount(bins, truth, BINS)[there] / alerts[there]
    return Calibration(said, found, alerts[there].astype(np.int64), brier)


def recall_at(curve: Curve, false_rate: float) -> float:
    """Return the true-positive rate of a ROC curve at a false-positive rate."""
    return float(np.interp(false_rate, curve.x, curve.y))


def precision_at(curve: Curve, recall: float) -> float:
    """Return the best precision of a precision–recall curve at a recall or beyond."""
    beyond = curve.y[curve.x >= recall]
    return float(beyond.max()) if len(beyond) else float("nan")


def _thinned(x: Float64s, y: Float64s) -> tuple[Float64s, Float64s]:
    """Return no more points than a drawing can show: those that are spread over the line, both ends among them."""
    if len(x) <= _MOST_POINTS:
        return x, y
    along = np.concatenate([[0.0], np.cumsum(np.abs(np.diff(x)) + np.abs(np.diff(y)))])
    wanted = np.searchsorted(along, np.linspace(0.0, along[-1], _MOST_POINTS))
    kept = np.unique(np.clip(np.concatenate([[0], wanted, [len(x) - 1]]), 0, len(x) - 1))
    return x[kept], y[kept]
