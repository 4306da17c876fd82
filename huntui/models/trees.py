"""Boosted trees as plain arrays: what scikit-learn fitted, free of the library, ready to be written as ONNX."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.packets.batch import Int64s

Float64s = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """All nodes of all trees, one behind the other; a node names its children by their number within the tree."""

    tree: Int64s
    """Number of the tree of each node."""
    node: Int64s
    """Number of the node within its tree; 0 is the root."""
    leaf: npt.NDArray[np.bool_]
    feature: Int64s
    """Which column a split asks for; 0 in a leaf."""
    threshold: Float64s
    """A split sends what is not above it to the left."""
    left: Int64s
    right: Int64s
    missing_left: npt.NDArray[np.bool_]
    """Whether a NaN goes left."""
    value: Float64s
    """What a leaf adds; 0 in a split."""
    output: Int64s
    """Which output the tree of each node adds to."""
    baseline: Float64s
    """Where each output begins, shape (outputs,): one output means the logit of the second class of two."""
    features: int
    """Columns of the matrix."""

    @property
    def trees(self) -> int:
        """Number of trees."""
        return int(self.tree.max(initial=-1)) + 1


def trees_of(classifier: Any) -> Trees:
    """Return the trees of a fitted `HistGradientBoostingClassifier` whose columns are all numbers.

    It reads `_predictors` and `_baseline_prediction`, which scikit-learn does not promise to keep; whoever calls it
    compares scores afterwards.
    """
    parts = [
        (predictor.nodes, tree, output)
        for tree, (predictor, output) in enumerate(
            (predictor, output) for step in classifier._predictors for output, predictor in enumerate(step)
        )
    ]
    nodes = np.concatenate([part for part, _, _ in parts])
    lengths = [len(part) for part, _, _ in parts]
    leaf = nodes["is_leaf"].astype(np.bool_)
    return Trees(
        tree=np.repeat([tree for _, tree, _ in parts], lengths).astype(np.int64),
        node=np.concatenate([np.arange(length, dtype=np.int64) for length in lengths]),
        leaf=leaf,
        feature=np.where(leaf, 0, nodes["feature_idx"]).astype(np.int64),
        threshold=np.where(leaf, 0.0, nodes["num_threshold"]),
        left=np.where(leaf, 0, nodes["left"]).astype(np.int64),
        right=np.where(leaf, 0, nodes["right"]).astype(np.int64),
        missing_left=nodes["missing_go_to_left"].astype(np.bool_) & ~leaf,
        value=np.where(leaf, nodes["value"], 0.0),
        output=np.repeat([output for _, _, output in parts], lengths).astype(np.int64),
        baseline=np.asarray(classifier._baseline_prediction, np.float64).ravel(),
        features=int(classifier.n_features_in_),
    )
