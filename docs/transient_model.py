"""Trains the `transient` model that comes with huntui, and writes what it can do into docs/models.md.

`python docs/transient_model.py` simulates the nights, trains, scores the labelled real packets that lie beside a
checkout (`../shared/alerts`), and writes the model and the part of the page between the marks; the same simulator and
the same version of scikit-learn make the same bytes. It takes minutes, so that no check of the continuous integration
runs it: run it after the simulator or a feature has changed. No real packet has a say in the model: its columns and
settings are those that `huntui models train` has for everything, and were written down before it met one.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import treasures

from huntui.engine.learning import by_object, by_truth, read_labelled
from huntui.models.catalogue import SHIPPED
from huntui.models.labels import Target
from huntui.models.metrics import one_class, precision_at, recall_at
from huntui.models.sidecar import sidecar_text
from huntui.models.train import Settings, Trained, train
from huntui.models.train_set import USUAL_FEATURES, TrainingSet, joined
from huntui.models.train_sidecar import sidecar_of
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource

FOLDER = Path(__file__).parent
PAGE = FOLDER / "models.md"
BEGIN, END = "<!-- written by docs/transient_model.py -->", "<!-- up to here -->"
SHARED = Path(__file__).resolve().parents[2] / "shared"
NAME = "transient"
MEANING = (
    "probability of a supernova, tidal disruption, kilonova or afterglow, by trees that have seen simulated nights and "
    "no real one"
)
TARGET = Target(
    NAME,
    (
        "supernova Ia", "supernova II", "supernova Ibc", "superluminous supernova", "tidal disruption",
        "kilonova-like", "afterglow",
    ),
)  # fmt: skip
TRAINING = (("20240115", 11), ("20240407", 12), ("20240707", 13), ("20241012", 14))
DRAWN_ANEW = tuple((date, seed + 100) for date, seed in TRAINING)
"""The same dates with other objects in them: how much of what is found is chance."""
TESTING = (("20240302", 21), ("20240825", 22))
COUNT = 24_948
LARGEST_BYTES = 300_000
"""A model that is larger does not come with huntui."""
RESAMPLED = 1_000

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Scored:
    """Alerts with a known class, and what is said of them."""

    classes: npt.NDArray[np.str_]
    object_ids: npt.NDArray[np.str_]
    model: Floats
    drb: Floats
    """An alert whose packet has none comes last: −1."""
    acai: Floats
    """Score of ACAI-H as Keras gave it; NaN where there is none."""

    @property
    def positive(self) -> Bools:
        """Which are transients."""
        return np.isin(self.classes, TARGET.patterns)

    def take(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> "Scored":
        """Return some of them."""
        return Scored(*(values[rows] for values in (self.classes, self.object_ids, self.model, self.drb, self.acai)))

    def one_each(self) -> "Scored":
        """Return the first alert of every object alone."""
        return self.take(np.sort(np.unique(self.object_ids, return_index=True)[1]))


def simulated(nights: Iterable[tuple[str, int]]) -> list[TrainingSet]:
    """Return the alerts of simulated nights with their true classes."""
    parts = []
    for date, seed in nights:
        source = SimulatedSource(date, seed=seed, count=COUNT)
        origin = f"the simulated night {date} (seed {seed}, {COUNT:,} alerts)"
        print(origin, file=sys.stderr)
        parts.append(read_labelled(source, by_truth(source), USUAL_FEATURES, origin))
    return parts


def labelled() -> TrainingSet:
    """Return the real packets of which the manifest knows the class, under the classes of a simulated night."""
    with (SHARED / "alerts" / "manifest.csv").open(newline="") as file:
        classes = {row["objectId"]: name for row in csv.DictReader(file) if (name := treasures.class_of(row))}
    source = FolderSource(SHARED / "alerts" / "packets")
    return read_labelled(source, by_object(classes), USUAL_FEATURES, "labelled real packets")


def scored(data: TrainingSet, model: bytes) -> Scored:
    """Return what is said of alerts by the model, by `drb` alone, and by ACAI-H where its score is known."""
    import onnxruntime

    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    score = session.run(None, {"features": data.matrix})[0][:, 0].astype(np.float64)
    drb = np.nan_to_num(data.matrix[:, data.features.index("drb")].astype(np.float64), nan=-1.0)
    known = json.loads((SHARED / "models" / "acai_h_reference.json").read_text(encoding="utf-8"))["scores"]
    acai = [known.get(str(candid)) for candid in data.candids.tolist()]
    return Scored(data.classes, data.object_ids, score, drb, np.array(acai, np.float64))


def area(positive: Bools, score: Floats) -> float:
    """Return the area under the ROC curve."""
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(positive, score))


def interval(one: Scored, measure: Callable[[Scored], float]) -> tuple[float, float]:
    """Return the 95 % interval of a measure when objects, each with all of its alerts, are drawn anew."""
    generator = np.random.default_rng(0)
    of = np.unique(one.object_ids, return_inverse=True)[1]
    rows_of = [np.flatnonzero(of == k) for k in range(int(of.max()) + 1)]
    values = []
    for _ in range(RESAMPLED):
        chosen = generator.integers(0, len(rows_of), len(rows_of))
        drawn = one.take(np.concatenate([rows_of[k] for k in chosen]))
        if 0 < drawn.positive.sum() < len(drawn.positive):
            values.append(measure(drawn))
    low, high = np.percentile(values, [2.5, 97.5])
    return float(low), float(high)


def comparison(samples: Iterable[tuple[str, Scored, tuple[str, ...]]]) -> str:
    """Return the table of scores on samples, each with the scores to tell of."""
    rows = []
    for name, one, which in samples:
        for what in which:
            found = one_class(NAME, one.positive, getattr(one, what))
            rows.append(
                [
                    name,
                    f"{found.alerts:,} of {len(one.positive):,}",
                    {"model": f"`{NAME}`", "drb": "`drb` alone", "acai": "`acai_h`"}[what],
                    f"{found.roc.area:.3f}",
                    f"{recall_at(found.roc, 0.01):.0%}",
                    f"{recall_at(found.roc, 0.05):.0%}",
                    f"{found.precision.area:.3f}",
                    f"{precision_at(found.precision, 0.8):.0%}",
                ]
            )
    head = ["alerts", "transients", "score", "area under ROC", "found at 1 % false", "found at 5 % false"]
    return treasures.table([*head, "average precision", "right at 80 % found"], rows)


def classes_table(real: Scored, invented: Scored, threshold: float) -> str:
    """Return the table of what is above the threshold, by class, of real and of invented alerts."""
    rows = []
    for name in sorted(set(real.classes.tolist()), key=lambda name: (name not in TARGET.patterns, name)):
        mine, theirs = real.take(real.classes == name), invented.take(invented.classes == name)
        rows.append(
            [
                name,
                "yes" if name in TARGET.patterns else "no",
                f"{len(mine.model):,}",
                f"{len(np.unique(mine.object_ids)):,}",
                f"{np.median(mine.model):.3f}",
                f"{np.mean(mine.model >= threshold):.0%}",
                f"{np.mean(theirs.model >= threshold):.0%} of {len(theirs.model):,}" if len(theirs.model) else "–",
            ]
        )
    head = ["class", "a transient", "real alerts", "real objects", "median score", "above the threshold"]
    return treasures.table([*head, "simulated, above it"], rows)


def against_drb(one: Scored) -> float:
    """Return how much larger the model's area is than that of `drb` alone."""
    return area(one.positive, one.model) - area(one.positive, one.drb)


def others(nights: Sequence[TrainingSet], real: TrainingSet) -> list[tuple[float, float]]:
    """Return what other models do on real alerts: area, and share of the transients that is found.

    They have learned from all nights but one, for each in turn, and the last from the same dates drawn anew. Each has a
    threshold of its own, from objects held back in its nights.
    """
    less = [[night for k, night in enumerate(nights) if k != left_out] for left_out in range(len(nights))]
    found = []
    for some in (*less, simulated(DRAWN_ANEW)):
        trained = train(NAME, joined(some).aimed([TARGET]), settings=Settings())
        one = scored(real, trained.onnx)
        above = one.model[one.positive] >= (trained.threshold or 0.0)
        found.append((area(one.positive, one.model), float(np.mean(above))))
    return found


def page(trained: Trained, test: Scored, real: Scored, instead: Sequence[tuple[float, float]]) -> tuple[str, bool]:
    """Return the part of the page, and whether the model may come with huntui."""
    threshold = trained.threshold or 0.0
    one_each, both = real.one_each(), real.take(np.isfinite(real.acai))
    gain = interval(real, against_drb)
    passes = gain[0] > 0 and len(trained.onnx) <= LARGEST_BYTES
    areas = [area(one.positive, one.model) for one in (test, real, one_each)]
    spans = ["{:.3f} to {:.3f}".format(*interval(one, lambda o: area(o.positive, o.model))) for one in (real, one_each)]
    above = [float(np.mean((one.model >= threshold)[one.positive])) for one in (test, real, one_each)]
    false = [int((one.model >= threshold)[~one.positive].sum()) for one in (test, real)]
    matter = ", ".join(f"`{one.feature}`" for one in trained.report.importances[:8])
    text = (FOLDER / "transient_model.txt").read_text(encoding="utf-8").format(
        name=NAME,
        trained_on=", ".join(f"{date} (seed {seed})" for date, seed in TRAINING),
        tested_on=", ".join(f"{date} (seed {seed})" for date, seed in TESTING),
        count=f"{COUNT:,}",
        classes=", ".join(TARGET.patterns),
        features=len(trained.features),
        matter=matter,
        kilobytes=f"{len(trained.onnx) / 1000:.0f}",
        threshold=f"{threshold:.3f}",
        settings=trained.report.settings,
        exactness=f"{trained.report.exactness:.0e}",
        learned=", ".join(f"{one.alerts:,} {one.name} ({one.objects:,} objects)" for one in trained.report.counts),
        comparison=comparison(
            [
                ("simulated, test nights", test, ("model", "drb")),
                ("real, all labelled", real, ("model", "drb")),
                ("real, one alert an object", one_each, ("model", "drb")),
                ("real, asteroids left out", real.take(real.classes != "known asteroid"), ("model", "drb")),
                ("real, those that ACAI-H scores", both, ("model", "drb", "acai")),
            ]
        ),
        by_class=classes_table(real, test, threshold),
        area_simulated=f"{areas[0]:.3f}",
        area_real=f"{areas[1]:.3f} ({spans[0]})",
        area_one_each=f"{areas[2]:.3f} ({spans[1]})",
        found_simulated=f"{above[0]:.0%}",
        found_real=f"{above[1]:.0%}",
        found_one_each=f"{above[2]:.0%}",
        false_simulated=f"{false[0]:,} of {int((~test.positive).sum()):,}",
        false_real=f"{false[1]:,} of {int((~real.positive).sum()):,}",
        gain="{:+.3f} to {:+.3f}".format(*gain),
        less_area=f"{min(a for a, _ in instead[:-1]):.3f} to {max(a for a, _ in instead[:-1]):.3f}",
        less_found=f"{min(f for _, f in instead[:-1]):.0%} to {max(f for _, f in instead[:-1]):.0%}",
        anew_area=f"{instead[-1][0]:.3f}",
        anew_found=f"{instead[-1][1]:.0%}",
        verdict="It passes" if passes else "It does not pass, and does not come with huntui",
        most=f"{LARGEST_BYTES / 1000:.0f}",
    )  # fmt: skip
    return text, passes


def put_into_page(part: str) -> None:
    """Replace what is between the marks in the page."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{part}\n{END}{after}", encoding="utf-8")


def ship(trained: Trained) -> None:
    """Write the model and its sidecar to where those lie that come with huntui."""
    sidecar = sidecar_of(trained, license="BSD-3-Clause, as huntui").model_copy(
        update={"meaning": MEANING, "source": "trained on simulated nights alone, docs/transient_model.py"}
    )
    (SHIPPED / sidecar.model).write_bytes(trained.onnx)
    head = "# Written by docs/transient_model.py, which docs/models.md tells of.\n"
    (SHIPPED / f"{NAME}.yaml").write_text(head + sidecar_text(sidecar), encoding="utf-8")


def main() -> int:
    """Train, measure and write."""
    if not SHARED.is_dir():
        print(f"{SHARED}: the real packets are not there, and half of the page is about them.", file=sys.stderr)
        return 1
    nights, invented, packets = simulated(TRAINING), joined(simulated(TESTING)), labelled()
    trained = train(NAME, joined(nights).aimed([TARGET]), invented.aimed([TARGET]), Settings())
    test, real = scored(invented, trained.onnx), scored(packets, trained.onnx)
    part, passes = page(trained, test, real, others(nights, packets))
    put_into_page(part)
    print(f"{PAGE} written; the model's sha256 is {hashlib.sha256(trained.onnx).hexdigest()}")
    if passes:
        ship(trained)
    else:
        print("The model does not pass, and is not written.", file=sys.stderr)
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main())
