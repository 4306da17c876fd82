"""What the sidecar of a trained model says: its columns, its classes, and how it came to be."""

import hashlib
import re
from typing import Any

from huntui.models.metrics import precision_at, recall_at
from huntui.models.report import Report
from huntui.models.sidecar import Input, Output, Sidecar
from huntui.models.train import Trained
from huntui.models.train_cutouts import CUTOUTS, RINGS
from huntui.models.trees_onnx import INPUT, SCORE, TRIPLETS

_LONGEST_WORD = 48


def sidecar_of(trained: Trained, license: str = "") -> Sidecar:
    """Return the sidecar of a trained model; its ONNX file has the model's name.

    Of two classes the score is the probability of the second; of more there is a column for each.
    """
    report, two = trained.report, len(trained.classes) == 2
    of = f"{trained.classes[1]} rather than {trained.classes[0]}" if two else "each class"
    return Sidecar(
        name=report.name,
        meaning=f"probability of {of}, by trees trained on {'; '.join(report.origins)}"[:500],
        model=f"{report.name}.onnx",
        sha256=hashlib.sha256(trained.onnx).hexdigest(),
        license=license,
        source="trained by huntui",
        inputs=_inputs(trained),
        output=Output(name=SCORE, labels=[] if two else words(trained.classes)),
        missing="nan",
        threshold=None if trained.threshold is None else round(trained.threshold, 4),
        trained=_told(report),
    )


def columns_of(trained: Trained) -> tuple[str, ...]:
    """Return the names of the columns that a model adds."""
    return tuple(column.name for column in sidecar_of(trained).columns())


def _inputs(trained: Trained) -> dict[str, Input]:
    if not trained.cutouts:
        return {INPUT: Input(kind="features", names=list(trained.features))}
    names = list(trained.features[: -len(RINGS)])
    return {INPUT: Input(kind="features", names=names), TRIPLETS: CUTOUTS}


def words(classes: tuple[str, ...]) -> list[str]:
    """Return a different word of letters, digits and underscores for each class."""
    found: list[str] = []
    for name in classes:
        word = re.sub(r"[^a-zA-Z0-9]+", "_", name).strip("_")[:_LONGEST_WORD] or "class"
        word = word if word[0].isalpha() else f"class_{word}"[:_LONGEST_WORD]
        number, unique = 2, word
        while unique in found:
            unique = f"{word[: _LONGEST_WORD - 4]}_{number}"
            number += 1
        found.append(unique)
    return found


def _told(report: Report) -> dict[str, Any]:
    return {
        "on": list(report.origins),
        "tested_on": report.test,
        "settings": report.settings,
        "classes": {one.name: {"alerts": one.alerts, "objects": one.objects} for one in report.counts},
        "told_apart": {
            one.name: {
                "area_under_roc": round(one.roc.area, 4),
                "found_at_1_percent_false": round(recall_at(one.roc, 0.01), 4),
                "average_precision": round(one.precision.area, 4),
                "precision_at_80_percent_found": round(precision_at(one.precision, 0.8), 4),
                "brier": round(one.calibration.brier, 5),
            }
            for one in report.measured.each
        },
        "columns_that_matter": {one.feature: round(one.loss, 4) for one in report.importances[:10]},
        "mind": list(report.cautions),
    }
