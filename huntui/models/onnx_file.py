"""What is looked at in an ONNX file before it is run: it may come from anywhere.

A file is data, no code: only operators of ONNX itself, nothing that is kept in other files, no operator that repeats
others (loops and branches), and no array that is larger than a model of alerts needs.
"""

from typing import Any

from huntui.errors import ModelError

DOMAINS = ("", "ai.onnx", "ai.onnx.ml")
MAX_NODES = 20_000
MAX_ELEMENTS = 2**27
"""Numbers in the largest array that a model makes for one alert."""


def check_file(data: bytes, where: str) -> None:
    """Raise `ModelError`, with a sentence that begins with `where`, for a file that is not run."""
    import onnx

    try:
        model: Any = onnx.load_model_from_string(data)
    except Exception:  # noqa: BLE001 (protobuf has errors of its own in each of its implementations)
        raise ModelError(f"{where}: is no ONNX file.") from None
    graph = model.graph
    if mistake := _mistake(model, graph):
        raise ModelError(f"{where}: {mistake}.")
    try:
        onnx.checker.check_model(model)
        known = onnx.shape_inference.infer_shapes(model)
    except Exception as error:  # noqa: BLE001 (each of its checks raises what it likes)
        first = str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
        raise ModelError(f"{where}: is damaged: {first}.") from None
    for value in known.graph.value_info:
        size = 1
        for dimension in value.type.tensor_type.shape.dim:
            size *= max(1, int(dimension.dim_value))
        if size > MAX_ELEMENTS:
            raise ModelError(f"{where}: {value.name!r} is larger than anything that a model of alerts needs.")


def _mistake(model: Any, graph: Any) -> str:
    if len(graph.node) > MAX_NODES:
        return f"has more than {MAX_NODES:,} operators"
    if model.functions:
        return "defines operators of its own, which are not run"
    for node in graph.node:
        if node.domain not in DOMAINS:
            return f"has the operator {node.op_type} of {node.domain!r}, and only ONNX's own are run"
        if any(attribute.HasField("g") or attribute.graphs for attribute in node.attribute):
            return f"has a {node.op_type}, and what repeats or chooses operators is not run"
    tensors = [*graph.initializer, *(a.t for node in graph.node for a in node.attribute if a.HasField("t"))]
    if any(tensor.external_data or tensor.data_location for tensor in tensors):
        return "keeps weights in other files; save it as one file"
    return ""
