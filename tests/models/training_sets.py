"""Invented alerts that trees can learn from: small, with nulls, and several to an object."""

import numpy as np

from huntui.models.train_set import TrainingSet


def invented(alerts: int, classes: int = 2, seed: int = 1) -> TrainingSet:
    """Return alerts whose class follows from two columns; a third is noise, a fourth null, and a tenth of all null."""
    generator = np.random.default_rng(seed)
    matrix = generator.normal(size=(alerts, 4)).astype(np.float32)
    number = np.clip(np.floor((matrix[:, 0] + matrix[:, 1]) * 0.8 + classes / 2), 0, classes - 1).astype(int)
    matrix[generator.random(matrix.shape) < 0.1] = np.nan
    matrix[:, 3] = np.nan
    matrix[::50, 2] = -999.0
    names = np.array(["other", "nova", "comet", "blazar, or <b>AGN</b>", "Mira"])[:classes]
    object_ids = np.array([f"ZTF{seed}{k // 2:05d}" for k in range(alerts)])
    candids = np.arange(alerts, dtype=np.int64)
    return TrainingSet(
        matrix, ("one", "two", "noise", "empty"), candids, object_ids, names[number], (f"sample {seed}",)
    )
