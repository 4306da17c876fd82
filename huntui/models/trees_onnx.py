"""Trees as an ONNX file: one tree ensemble and the sigmoid or softmax behind it, of the operators every runtime has."""

from typing import TYPE_CHECKING, Any

import numpy as np

from huntui.models.trees import Trees

if TYPE_CHECKING:
    from onnx import ModelProto

INPUT, SCORE = "features", "score"
_OPSET, _ML_OPSET, _IR = 13, 3, 8
"""As old as they can be: NaNs and several outputs are in them since 2021."""


def to_onnx(trees: Trees, about: str) -> bytes:
    """Return a model with the input `features`, float32 of shape (alerts, features), NaN for a null.

    The output `score` has shape (alerts, 1), the probability of the second class, where there are two classes, else
    (alerts, classes), the probabilities of all in their order. `about` is kept as its description.
    """
    return bytes(_model(trees, about).SerializeToString())


def _model(trees: Trees, about: str) -> "ModelProto":
    from onnx import TensorProto, helper

    outputs = len(trees.baseline)
    nodes = [
        helper.make_node("TreeEnsembleRegressor", [INPUT], ["raw"], domain="ai.onnx.ml", **_attributes(trees, outputs)),
        helper.make_node("Sigmoid", ["raw"], [SCORE])
        if outputs == 1
        else helper.make_node("Softmax", ["raw"], [SCORE], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "trees",
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["alerts", trees.features])],
        [helper.make_tensor_value_info(SCORE, TensorProto.FLOAT, ["alerts", outputs])],
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("ai.onnx.ml", _ML_OPSET)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="huntui", doc_string=about)


def _attributes(trees: Trees, outputs: int) -> dict[str, Any]:
    leaf = trees.leaf
    return {
        "n_targets": outputs,
        "aggregate_function": "SUM",
        "post_transform": "NONE",
        "base_values": trees.baseline.astype(np.float32).tolist(),
        "nodes_treeids": trees.tree.tolist(),
        "nodes_nodeids": trees.node.tolist(),
        "nodes_featureids": trees.feature.tolist(),
        "nodes_modes": np.where(leaf, "LEAF", "BRANCH_LEQ").tolist(),
        "nodes_values": trees.threshold.tolist(),
        "nodes_hitrates": [1.0] * len(leaf),
        "nodes_truenodeids": trees.left.tolist(),
        "nodes_falsenodeids": trees.right.tolist(),
        "nodes_missing_value_tracks_true": trees.missing_left.astype(np.int64).tolist(),
        "target_treeids": trees.tree[leaf].tolist(),
        "target_nodeids": trees.node[leaf].tolist(),
        "target_ids": trees.output[leaf].tolist(),
        "target_weights": trees.value[leaf].astype(np.float32).tolist(),
    }
