"""Trains the `transient` model that comes with huntui, and writes docs/models.md about how well it does.

`python docs/transient_model.py` simulates the nights, trains, scores the labelled real packets that lie beside a
checkout (`../shared/alerts`), and writes the model and the page; the same versions of scikit-learn and of the simulator
make the same bytes. It takes minutes, so that no check of the continuous integration runs it: run it after the
simulator or a feature has changed. The model sees no real packet: neither its columns nor its settings were chosen by
how it does on them.
"""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import treasures

from huntui.engine.learning import by_object, by_truth, read_labelled
from huntui.models.labels import OTHER, Target
from huntui.models.metrics import OneClass, one_class, precision_at, recall_at
from huntui.models.report_text import report_lines
from huntui.models.train import Settings, Trained, train
from huntui.models.train_set import USUAL_FEATURES, TrainingSet, joined
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource

FOLDER = Path(__file__).parent
PAGE = FOLDER / "models.md"
SHARED = Path(__file__).resolve().parents[2] / "shared"
NAME = "transient"
TARGET = Target(
    NAME,
    (
        "supernova Ia", "supernova II", "supernova Ibc", "superluminous supernova", "tidal disruption",
        "kilonova-like", "afterglow",
    ),
)  # fmt: skip
TRAINING = (("20240115", 11), ("20240407", 12), ("20240707", 13), ("20241012", 14))
TESTING = (("20240302", 21), ("20240825", 22))
COUNT = 24_948
SETTINGS = Settings()
LARGEST_BYTES = 300_000
"""A model that is larger does not come with huntui."""
RESAMPLED = 1_000

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Measure = Callable[[Bools, Floats], float]


@dataclass(frozen=True)
class Scored:
    """Alerts with a known class, and what is said of them."""

    classes: npt.NDArray[np.str_]
    object_ids: npt.NDArray[np.str_]
    score: Floats
    drb: Floats
    """NaN where the packet has none."""

    @property
    def positive(self) -> Bools:
        """Which are transients."""
        return np.isin(self.classes, TARGET.patterns)

    def take(self, rows: npt.NDArray[np.bool_]) -> "Scored":
        """Return some of them."""
        return Scored(self.classes[rows], self.object_ids[rows], self.score[rows], self.drb[rows])


def simulated(nights: Iterable[tuple[str, int]]) -> TrainingSet:
    """Return all alerts of simulated nights with their true classes."""
    parts = []
    for date, seed in nights:
        source = SimulatedSource(date, seed=seed, count=COUNT)
        origin = f"the simulated night {date} (seed {seed}, {COUNT:,} alerts)"
        parts.append(read_labelled(source, by_truth(source), USUAL_FEATURES, origin))
        print(origin, file=sys.stderr)
    return joined(parts)


def labelled() -> TrainingSet:
    """Return the real packets whose label means a class of a simulated night, or something else that is no transient."""
    with (SHARED / "alerts" / "manifest.csv").open(newline="") as file:
        classes = {row["objectId"]: name for row in csv.DictReader(file) if (name := treasures.class_of(row))}
    return read_labelled(
        FolderSource(SHARED / "alerts" / "packets"), by_object(classes), USUAL_FEATURES, "labelled real packets"
    )


def scored(data: TrainingSet, model: bytes) -> Scored:
    """Return what the model says of alerts."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    score = session.run(None, {"features": data.matrix})[0][:, 0].astype(np.float64)
    return Scored(data.classes, data.object_ids, score, data.matrix[:, data.features.index("drb")].astype(np.float64))


def alone(drb: Floats) -> Floats:
    """Return `drb` as a score: what has none comes last."""
    return np.nan_to_num(drb, nan=-1.0)


def area(positive: Bools, score: Floats) -> float:
    """Return the area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(positive, score))


def resampled(one: Scored, measure: Callable[[Scored], float], seed: int = 0) -> tuple[float, float]:
    """Return the 95 % interval of a measure when objects, each with all of its alerts, are drawn anew."""
    generator = np.random.default_rng(seed)
    names, of = np.unique(one.object_ids, return_inverse=True)
    rows_of = [np.flatnonzero(of == k) for k in range(len(names))]
    values = []
    for _ in range(RESAMPLED):
        rows = np.concatenate([rows_of[k] for k in generator.integers(0, len(names), len(names))])
        drawn = one.take(rows)
        if 0 < drawn.positive.sum() < len(rows):
            values.append(measure(drawn))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def per_object(one: Scored) -> Scored:
    """Return the first alert of every object alone."""
    rows = np.zeros(len(one.classes), np.bool_)
    rows[np.unique(one.object_ids, return_index=True)[1]] = True
    return one.take(rows)


def told(of: OneClass) -> list[str]:
    """Return what is told of a score in a table."""
    return [
        f"{of.roc.area:.3f}",
        f"{recall_at(of.roc, 0.01):.0%}",
        f"{recall_at(of.roc, 0.05):.0%}",
        f"{of.precision.area:.3f}",
        f"{precision_at(of.precision, 0.8):.0%}",
    ]


def comparison(samples: Sequence[tuple[str, Scored]]) -> str:
    """Return the table of the model against `drb` alone, on each sample."""
    rows = []
    for name, one in samples:
        positive = one.positive
        for what, score in ((f"`{NAME}`", one.score), ("`drb` alone", alone(one.drb))):
            numbers = told(one_class(NAME, positive, score))
            rows.append([name, f"{int(positive.sum()):,} of {len(positive):,}", what, *numbers])
    head = ["alerts", "transients", "score", "area under ROC", "found at 1 % false", "at 5 % false"]
    return treasures.table([*head, "average precision", "right at 80 % found"], rows)


def classes_table(real: Scored, simulation: Scored, threshold: float) -> str:
    """Return the table of what is above the threshold, by class, real and simulated."""
    rows = []
    names = sorted(set(real.classes.tolist()), key=lambda name: (name not in TARGET.patterns, name))
    for name in names:
        mine, invented = real.take(real.classes == name), simulation.take(simulation.classes == name)
        rows.append(
            [
                name,
                "yes" if name in TARGET.patterns else "no",
                f"{len(mine.score):,}",
                f"{len(np.unique(mine.object_ids)):,}",
                f"{np.median(mine.score):.3f}",
                f"{np.mean(mine.score >= threshold):.0%}",
                f"{np.mean(invented.score >= threshold):.0%}" if len(invented.score) else "–",
            ]
        )
    head = ["class", "transient", "real alerts", "real objects", "median score", "above the threshold"]
    return treasures.table([*head, "simulated: above it"], rows)


def acai_table(data: TrainingSet, real: Scored, candids: npt.NDArray[np.int64]) -> str:
    """Return the table of the model against ACAI-H, on the real packets that ACAI-H can score."""
    detail = json.loads((SHARED / "models" / "acai_h_reference.json").read_text())["scores"]
    acai = np.array([np.nan if detail.get(str(c)) is None else detail[str(c)] for c in candids.tolist()], np.float64)
    there = np.isfinite(acai)
    both, other = real.take(there), acai[there]
    rows = []
    for what, score in ((f"`{NAME}`", both.score), ("`drb` alone", alone(both.drb)), ("`acai_h`", other)):
        rows.append([what, *told(one_class(NAME, both.positive, score))])
    head = ["score", "area under ROC", "found at 1 % false", "at 5 % false", "average precision", "right at 80 % found"]
    about = f"{int(both.positive.sum())} transients of {len(other)} alerts"
    return f"{about}:\n\n{treasures.table(head, rows)}"
