"""Training: gradient-boosted trees from labelled alerts, tested on objects they have not seen, written as ONNX.

scikit-learn is imported here and nowhere else but where scores are measured, when a training begins.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.errors import LabelError, WorkError
from huntui.models.metrics import Counts, Float64s, measure
from huntui.models.report import ClassCount, Importance, Report
from huntui.models.split import FOLDS, folds, rounds
from huntui.models.train_cutouts import RINGS
from huntui.models.train_set import Float32s, TrainingSet, ordered
from huntui.models.trees import trees_of
from huntui.models.trees_onnx import INPUT, to_onnx

LEAST_OBJECTS = FOLDS
"""Objects that a class must have, so that each fold can have one of it."""
LARGEST_DIFFERENCE = 1e-6
"""How far a score of the ONNX file may be from the library's."""

_LARGEST = np.finfo(np.float32).max
_IMPORTANCE_ALERTS = 4_000
_IMPORTANCE_REPEATS = 3
FEW_OBJECTS = 30
"""Objects of a class below which its numbers are called uncertain."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How trees are grown."""

    trees: int = 100
    """Boosting steps; with more than two classes each has a tree for every class."""
    leaves: int = 15
    """Most leaves of a tree."""
    learning_rate: float = 0.1
    seed: int = 0
    """Decides the folds and what is shuffled; the trees themselves are not random."""


@dataclass(frozen=True, slots=True)
class Trained:
    """A model and what is told of it."""

    onnx: bytes
    classes: tuple[str, ...]
    features: tuple[str, ...]
    report: Report

    @property
    def cutouts(self) -> bool:
        """Whether the last of its columns are rings of cutouts."""
        return self.features[-len(RINGS) :] == RINGS

    @property
    def threshold(self) -> float | None:
        """Score from which on an alert is taken to be of the class, where there are two."""
        return self.report.measured.each[0].threshold if len(self.classes) == 2 else None


def missing_extra() -> str:
    """Return a sentence about what has to be installed before anything can be trained, empty where nothing has."""
    lacking = [name for name in ("sklearn", "onnx", "onnxruntime") if find_spec(name) is None]
    if not lacking:
        return ""
    named = ", ".join(lacking).replace("sklearn", "scikit-learn")
    return f"Training needs {named}: pip install 'huntui[train]'."


def what_is_missing(objects: Mapping[str, int]) -> str:
    """Return a sentence about what labels lack to be trained with, empty where they suffice; objects by class."""
    if sum(number >= LEAST_OBJECTS for number in objects.values()) >= 2:
        return ""
    there = ", ".join(f"{number:,} of {name!r}" for name, number in objects.items()) or "none"
    return f"Training needs two classes of {LEAST_OBJECTS} objects each; labelled objects there are: {there}."


def train(
    name: str,
    data: TrainingSet,
    test: TrainingSet | None = None,
    settings: Settings = Settings(),
    say: Progress = lambda _: None,
    mind: Sequence[str] = (),
) -> Trained:
    """Train on labelled alerts, and test on others or, without them, on each fifth of the objects in turn.

    The model that is returned has learned from all of `data`; `mind` is what else its report should warn of. Classes of
    fewer than `LEAST_OBJECTS` objects are left out. Raises `LabelError` where fewer than two are left, `WorkError`
    where a library is missing or the ONNX file does not say what the library does.
    """
    if lacking := missing_extra():
        raise WorkError(lacking)
    counts = data.counts()
    if lacking := what_is_missing({one: objects for one, (_, objects) in counts.items()}):
        raise LabelError(lacking)
    classes = ordered([one for one, (_, objects) in counts.items() if objects >= LEAST_OBJECTS])
    data = _only(data, classes)
    cautions = [*mind, *_cautions(data, counts, classes)]
    truth = _numbers(data, classes)
    if test is None:
        held = folds(data.objects, data.classes, settings.seed)
        scores, importances = _held_out(data, truth, held, len(classes), settings, say)
        tested, how = truth, f"{FOLDS} folds by object: every alert is scored by a model that never saw its object"
        classifier = fitted(data.matrix, truth, settings, say)
    else:
        test = _only(test, classes)
        tested = _numbers(test, classes)
        _check_test(tested, classes)
        classifier = fitted(data.matrix, truth, settings, say)
        scores = _scores(classifier, test.matrix)
        say(f"shuffling {len(test.features)} columns")
        importances = _importances(test.features, _losses(classifier, test.matrix, tested, settings))
        known = np.isin(test.object_ids, data.object_ids)
        how = f"{len(tested):,} alerts that are not among those it learned from ({'; '.join(test.origins)})"
        if known.any():
            cautions.append(f"{int(known.sum()):,} alerts of the test are of objects that the model learned from.")
    trees, about = trees_of(classifier), f"{name}, trained by huntui"
    onnx = to_onnx(trees, about)
    exactness = difference(onnx, classifier, data.matrix if test is None else test.matrix)
    if data.features[-len(RINGS) :] == RINGS:
        onnx = to_onnx(trees, about, cutouts=True)
    if exactness > LARGEST_DIFFERENCE:
        raise WorkError(
            f"The ONNX file of {name} is {exactness:.1e} away from scikit-learn's scores, so that it was not written: "
            "this version of scikit-learn keeps trees in another way; please open an issue."
        )
    report = Report(
        name,
        data.origins,
        how,
        tuple(ClassCount(one, *counts[one], int((tested == k).sum())) for k, one in enumerate(classes)),
        data.features,
        measure(tested, scores, classes),
        importances,
        _settings_said(settings),
        exactness,
        len(onnx),
        tuple(cautions),
    )
    return Trained(onnx, classes, data.features, report)


def difference(onnx: bytes, classifier: Any, matrix: Float32s) -> float:
    """Return the largest difference between scores of an ONNX file and of the classifier it was written from.

    Asked are the given alerts, the same with every column null in turn, and one that has nothing but nulls.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    holes = matrix[np.arange(matrix.shape[1]) % len(matrix)].copy()
    np.fill_diagonal(holes, np.nan)
    asked = np.concatenate([matrix, holes, np.full((1, matrix.shape[1]), np.nan, np.float32)])
    told = session.run(None, {INPUT: asked})[0]
    expected = _scores(classifier, asked)
    return float(np.abs(told - (expected[:, 1:] if told.shape[1] == 1 else expected)).max())


def _only(data: TrainingSet, classes: Sequence[str]) -> TrainingSet:
    return data.take(np.flatnonzero(np.isin(data.classes, classes)))


def _numbers(data: TrainingSet, classes: Sequence[str]) -> Counts:
    number = {name: k for k, name in enumerate(classes)}
    return np.array([number[name] for name in data.classes.tolist()], np.int64)


def _check_test(tested: Counts, classes: Sequence[str]) -> None:
    lacking = [name for k, name in enumerate(classes) if not (tested == k).any()]
    if lacking:
        raise LabelError(f"There is nothing to test with: no alert of the test is {' or '.join(map(repr, lacking))}.")


def _held_out(
    data: TrainingSet, truth: Counts, held: npt.NDArray[np.int64], classes: int, settings: Settings, say: Progress
) -> tuple[Float64s, tuple[Importance, ...]]:
    """Return the scores of all alerts by models that did not see their objects, and what their columns matter."""
    scores = np.full((len(truth), classes), np.nan)
    losses = []
    for number, (learn, hold) in enumerate(rounds(held), 1):
        classifier = fitted(data.matrix[learn], truth[learn], settings, say, f"fold {number} of {FOLDS}")
        scores[hold] = _scores(classifier, data.matrix[hold])
        losses.append(_losses(classifier, data.matrix[hold], truth[hold], settings))
    return scores, _importances(data.features, np.concatenate(losses, axis=1))


def fitted(
    matrix: Float32s, truth: Counts, settings: Settings, say: Progress = lambda _: None, on: str = "all objects"
) -> Any:
    """Return a `HistGradientBoostingClassifier` that has learned the numbers of classes from a matrix with NaNs."""
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    say(f"growing {settings.trees} trees on {on} ({len(truth):,} alerts)")
    classifier = HistGradientBoostingClassifier(
        max_iter=settings.trees,
        max_leaf_nodes=settings.leaves,
        learning_rate=settings.learning_rate,
        # Of few alerts a leaf of the usual twenty would be half of them, and no tree would grow.
        min_samples_leaf=int(np.clip(len(truth) // 50, 3, 20)),
        l2_regularization=1.0,
        early_stopping=False,
        random_state=settings.seed,
    )
    # scikit-learn cannot bin a column without any value, and takes the middle of two infinities for a threshold.
    empty = np.isnan(matrix).all(axis=0)
    known = np.clip(np.where(empty, np.float32(0), matrix), -_LARGEST, _LARGEST)
    # Threads of OpenMP spin while they wait, and on a busy machine take twenty times as long as one does.
    with threadpool_limits(1):
        return classifier.fit(known, truth)


def _scores(classifier: Any, matrix: Float32s) -> Float64s:
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        return np.asarray(classifier.predict_proba(matrix), np.float64)


def _losses(classifier: Any, matrix: Float32s, truth: Counts, settings: Settings) -> Float64s:
    """Return what is lost when a column is shuffled, shape (features, repetitions)."""
    from sklearn.inspection import permutation_importance
    from threadpoolctl import threadpool_limits

    rows = np.random.default_rng(settings.seed).permutation(len(truth))[:_IMPORTANCE_ALERTS]
    if len(np.unique(truth[rows])) < 2:
        return np.empty((matrix.shape[1], 0))
    scoring = "roc_auc" if len(classifier.classes_) == 2 else "balanced_accuracy"
    with threadpool_limits(1):
        found = permutation_importance(
            classifier, matrix[rows], truth[rows], scoring=scoring, n_repeats=_IMPORTANCE_REPEATS,
            random_state=settings.seed,
        )  # fmt: skip
    return np.asarray(found.importances, np.float64)


def _importances(features: Sequence[str], losses: Float64s) -> tuple[Importance, ...]:
    if not losses.shape[1]:
        return ()
    told = zip(features, losses.mean(axis=1).tolist(), losses.std(axis=1).tolist(), strict=True)
    return tuple(sorted((Importance(*one) for one in told), key=lambda one: (-one.loss, one.feature)))


def _cautions(data: TrainingSet, counts: dict[str, tuple[int, int]], classes: Sequence[str]) -> list[str]:
    said = []
    left_out = [f"{name} ({objects})" for name, (_, objects) in counts.items() if name not in classes]
    if left_out:
        said.append(f"Left out for want of {LEAST_OBJECTS} objects: {', '.join(left_out)}.")
    few = [f"{name} ({objects})" for name, (_, objects) in counts.items() if name in classes and objects < FEW_OBJECTS]
    if few:
        said.append(f"Fewer than {FEW_OBJECTS} objects, so that every number about it is uncertain: {', '.join(few)}.")
    empty = [name for k, name in enumerate(data.features) if np.isnan(data.matrix[:, k]).all()]
    if empty:
        said.append(f"Null in every alert, and of no use: {', '.join(empty)}.")
    return said


def _settings_said(settings: Settings) -> str:
    import sklearn

    return (
        f"{settings.trees} steps of boosting, at most {settings.leaves} leaves a tree, learning rate "
        f"{settings.learning_rate:g}, seed {settings.seed}; scikit-learn {sklearn.__version__}"
    )
