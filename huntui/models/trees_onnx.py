"""Trees as an ONNX file: one tree ensemble and the sigmoid or softmax behind it, of the operators every runtime has.

The ensemble works in 64 bits, as scikit-learn does: thresholds are the same, so that no alert goes another way, and
leaves are added up without loss. In 32 bits the scores of 400 trees are 1.5e-6 away, in 64 bits 1.3e-7, at the same
speed (docs/decisions/0004-trees-in-onnx.md).
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from huntui.models.train_cutouts import CUTOUTS, RINGS, inside, per_ring
from huntui.models.trees import Float64s, Trees

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

INPUT, TRIPLETS, SCORE = "features", "triplets", "score"
_ML = "ai.onnx.ml"
_OPSET, _ML_OPSET, _IR = 13, 3, 8
"""As old as they can be: NaNs and several outputs are in them since 2021."""


def to_onnx(trees: Trees, about: str, *, cutouts: bool = False) -> bytes:
    """Return a model with the input `features`, float32 of shape (alerts, features), NaN for a null.

    With `cutouts` it has the input `triplets` as well, of shape (alerts, 63, 63, 3), and the last columns of the trees
    are the rings that it takes of them. The output `score` has shape (alerts, 1), the probability of the second class,
    where there are two classes, else (alerts, classes), the probabilities of all in their order. `about` is kept as its
    description.
    """
    return bytes(_model(trees, about, cutouts).SerializeToString())


def _model(trees: Trees, about: str, cutouts: bool) -> "ModelProto":
    from onnx import TensorProto, helper

    outputs, columns = len(trees.baseline), trees.features - (len(RINGS) if cutouts else 0)
    behind = helper.make_node("Softmax", ["raw"], [SCORE], axis=1) if outputs > 1 else None
    nodes = [
        *(_ring_nodes() if cutouts else ()),
        helper.make_node("Cast", ["columns" if cutouts else INPUT], ["wide"], to=TensorProto.DOUBLE),
        helper.make_node("TreeEnsembleRegressor", ["wide"], ["raw"], domain=_ML, **_attributes(trees, outputs)),
        behind or helper.make_node("Sigmoid", ["raw"], [SCORE]),
    ]
    shapes = {INPUT: [columns]} | ({TRIPLETS: [CUTOUTS.size, CUTOUTS.size, len(CUTOUTS.channels)]} if cutouts else {})
    graph = helper.make_graph(
        nodes,
        "trees",
        [helper.make_tensor_value_info(one, TensorProto.FLOAT, ["alerts", *shape]) for one, shape in shapes.items()],
        [helper.make_tensor_value_info(SCORE, TensorProto.FLOAT, ["alerts", outputs])],
        _ring_constants() if cutouts else [],
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_ML, _ML_OPSET)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR, producer_name="huntui", doc_string=about)


def _ring_nodes() -> "list[NodeProto]":
    """Return the nodes that take rings of cutouts, in 64 bits as `train_cutouts.rings` does, and put them behind."""
    from onnx import TensorProto, helper

    return [
        helper.make_node("Transpose", [TRIPLETS], ["channels_first"], perm=[0, 3, 1, 2]),
        helper.make_node("Reshape", ["channels_first", "pixels_shape"], ["pixels"]),
        helper.make_node("Cast", ["pixels"], ["wide_pixels"], to=TensorProto.DOUBLE),
        helper.make_node("Cast", ["ring_weights"], ["wide_weights"], to=TensorProto.DOUBLE),
        helper.make_node("MatMul", ["wide_pixels", "wide_weights"], ["sums"]),
        helper.make_node("Div", ["sums", "ring_pixels"], ["means"]),
        helper.make_node("Reshape", ["means", "rings_shape"], ["wide_rings"]),
        helper.make_node("Cast", ["wide_rings"], ["rings"], to=TensorProto.FLOAT),
        helper.make_node("Concat", [INPUT, "rings"], ["columns"], axis=1),
    ]


def _ring_constants() -> "list[TensorProto]":
    from onnx import TensorProto, helper, numpy_helper

    shapes = {"pixels_shape": [0, len(CUTOUTS.channels), -1], "rings_shape": [0, len(RINGS)]}
    return [
        # One byte for each pixel and ring: as doubles the weights would be larger than the trees.
        numpy_helper.from_array(inside().astype(np.uint8), "ring_weights"),
        _doubles("ring_pixels", per_ring()),
        *(helper.make_tensor(name, TensorProto.INT64, [len(shape)], shape) for name, shape in shapes.items()),
    ]


def _attributes(trees: Trees, outputs: int) -> dict[str, Any]:
    leaf = trees.leaf
    return {
        "n_targets": outputs,
        "aggregate_function": "SUM",
        "post_transform": "NONE",
        "base_values_as_tensor": _doubles("base_values", trees.baseline),
        "nodes_treeids": trees.tree.tolist(),
        "nodes_nodeids": trees.node.tolist(),
        "nodes_featureids": trees.feature.tolist(),
        "nodes_modes": np.where(leaf, "LEAF", "BRANCH_LEQ").tolist(),
        "nodes_values_as_tensor": _doubles("nodes_values", trees.threshold),
        "nodes_truenodeids": trees.left.tolist(),
        "nodes_falsenodeids": trees.right.tolist(),
        "nodes_missing_value_tracks_true": trees.missing_left.astype(np.int64).tolist(),
        "target_treeids": trees.tree[leaf].tolist(),
        "target_nodeids": trees.node[leaf].tolist(),
        "target_ids": trees.output[leaf].tolist(),
        "target_weights_as_tensor": _doubles("target_weights", trees.value[leaf]),
    }


def _doubles(name: str, values: Float64s) -> "TensorProto":
    from onnx import TensorProto, helper

    return helper.make_tensor(name, TensorProto.DOUBLE, [len(values)], values)
