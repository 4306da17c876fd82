"""Layers of Keras as operators of ONNX.

Images are kept with their channels first inside, as ONNX has them, and turned where a network takes them and where it
flattens them, so that inputs and weights stay as Keras has them. Source: the ONNX operators of opset 13, and the
documentation of keras.layers.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.errors import ModelError, nearest
from huntui.models.import_keras import Layer, Network

OPSET, IR_VERSION = 13, 8
MAX_ELEMENTS = 2**27
"""Numbers in the largest array that a layer makes for one alert."""

Shape = tuple[int, ...]
"""Of one alert; an image is (channels, height, width)."""

_ACTIVATIONS = {
    "relu": "Relu",
    "sigmoid": "Sigmoid",
    "tanh": "Tanh",
    "softplus": "Softplus",
    "softsign": "Softsign",
    "elu": "Elu",
    "selu": "Selu",
}


@dataclass(slots=True)
class _Graph:
    nodes: list[Any] = field(default_factory=list)
    weights: list[Any] = field(default_factory=list)
    shapes: dict[str, Shape] = field(default_factory=dict)
    """Of what each layer gives; its value is called as the layer is."""
    sources: dict[str, str] = field(default_factory=dict)
    """Where the value of a layer that does nothing comes from."""

    def add(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def weight(self, name: str, values: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name


def to_onnx(network: Network) -> bytes:
    """Return a network as an ONNX file with the inputs and outputs it has; raises `ModelError` for what is not known.

    Inputs are named after their layers and have the shapes that Keras gives them, outputs likewise.
    """
    from onnx import TensorProto, checker, helper

    graph = _Graph()
    inputs = []
    for layer in network.layers:
        if layer.kind == "InputLayer":
            shape = _input_shape(layer)
            inputs.append(helper.make_tensor_value_info(layer.name, TensorProto.FLOAT, ["n", *shape]))
            _take(graph, layer, shape)
            continue
        convert = _LAYERS.get(layer.kind)
        if convert is None:
            known = ["InputLayer", *_LAYERS]
            raise ModelError(
                f"the layer {layer.name!r} is a {layer.kind}, which is not supported; "
                f"there are {', '.join(known)}.{nearest(layer.kind, known)}"
            )
        for name in layer.inputs:
            if name not in graph.shapes:
                raise ModelError(f"the layer {layer.name!r} reads {name!r}, which there is not.")
        shape = convert(graph, layer, [graph.shapes[name] for name in layer.inputs])
        if math.prod(shape) > MAX_ELEMENTS:
            raise ModelError(f"the layer {layer.name!r} makes more numbers than a network for alerts needs.")
        graph.shapes[layer.name] = shape
    outputs = []
    for name in network.outputs:
        shape = graph.shapes[name]
        if len(shape) != 1:
            raise ModelError(f"the output {name!r} is an image; scores were expected.")
        graph.add("Identity", [_of(graph, name)], name)
        outputs.append(helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", *shape]))
    made = helper.make_graph(graph.nodes, "network", _in_order(inputs, network), outputs, graph.weights)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="huntui")
    model.ir_version = IR_VERSION
    checker.check_model(model)
    return bytes(model.SerializeToString())


def _in_order(inputs: list[Any], network: Network) -> list[Any]:
    return sorted(inputs, key=lambda one: network.inputs.index(one.name) if one.name in network.inputs else 0)


def _input_shape(layer: Layer) -> Shape:
    shape = layer.config.get("batch_input_shape") or layer.config.get("batch_shape")
    if not isinstance(shape, list) or len(shape) not in (2, 4):
        raise ModelError(f"the input {layer.name!r} has the shape {shape}; features or images were expected.")
    found = tuple(shape[1:])
    if not all(isinstance(size, int) and 0 < size <= 4096 for size in found) or math.prod(found) > 2**22:
        raise ModelError(f"the input {layer.name!r} has the shape {shape}; sizes that are known were expected.")
    return found


def _take(graph: _Graph, layer: Layer, shape: Shape) -> None:
    if len(shape) == 1:
        graph.shapes[layer.name] = shape
        return
    height, width, channels = shape
    graph.sources[layer.name] = graph.add("Transpose", [layer.name], f"{layer.name}.first", perm=[0, 3, 1, 2])
    graph.shapes[layer.name] = (channels, height, width)


def _of(graph: _Graph, name: str) -> str:
    """Return the value of a layer by its name in the graph."""
    return graph.sources.get(name, name)


def _activated(graph: _Graph, layer: Layer, value: str, shape: Shape, kind: Any = None) -> Shape:
    """Let a layer's value be `value` after its activation."""
    kind = kind if kind is not None else layer.config.get("activation", "linear")
    kind = kind.get("config", {}).get("name", kind.get("class_name")) if isinstance(kind, dict) else kind
    if kind in ("linear", None):
        graph.sources[layer.name] = value
    elif kind == "softmax":
        axis = 1 if len(shape) == 3 else -1
        graph.sources[layer.name] = graph.add("Softmax", [value], f"{layer.name}.softmax", axis=axis)
    elif kind in _ACTIVATIONS:
        graph.sources[layer.name] = graph.add(_ACTIVATIONS[kind], [value], f"{layer.name}.{kind}")
    else:
        raise ModelError(f"the layer {layer.name!r} has the activation {kind!r}, which is not supported.")
    return shape


def _one(layer: Layer, shapes: list[Shape], rank: int) -> Shape:
    if len(shapes) != 1 or len(shapes[0]) != rank:
        what = "an image" if rank == 3 else "numbers"
        raise ModelError(f"the layer {layer.name!r} ({layer.kind}) needs {what}, and gets something else.")
    if layer.config.get("data_format") == "channels_first":
        raise ModelError(f"the layer {layer.name!r} has its channels first, which is not supported.")
    return shapes[0]


def _weights(layer: Layer, *shapes: Shape) -> tuple[npt.NDArray[np.float32], ...]:
    found = [weight.shape for weight in layer.weights]
    if found != list(shapes):
        raise ModelError(f"the layer {layer.name!r} ({layer.kind}) has weights of {found}, and needs {list(shapes)}.")
    return layer.weights


def _dense(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    (size,), units = _one(layer, shapes, 1), int(layer.config["units"])
    wanted = [(size, units), *([(units,)] if layer.config.get("use_bias", True) else [])]
    weights = _weights(layer, *wanted)
    names = [graph.weight(f"{layer.name}.{k}", one) for k, one in enumerate(weights)]
    value = graph.add("Gemm", [_of(graph, layer.inputs[0]), *names], f"{layer.name}.sum")
    return _activated(graph, layer, value, (units,))


def _pair(layer: Layer, key: str, usual: Any = None) -> tuple[int, int]:
    value = layer.config.get(key)
    value = usual if value is None else value
    pair = (value, value) if isinstance(value, int) else tuple(value)
    if len(pair) != 2 or not all(isinstance(one, int) and 0 < one <= 4096 for one in pair):
        raise ModelError(f"the layer {layer.name!r} has {key} {value!r}; two whole numbers were expected.")
    return pair[0], pair[1]


def _window(layer: Layer, image: Shape, size: tuple[int, int], usual_strides: Any) -> tuple[Shape, dict[str, Any]]:
    """Return height and width of what a window that moves over an image gives, and how ONNX calls that."""
    strides, dilation = _pair(layer, "strides", usual_strides), _pair(layer, "dilation_rate", 1)
    padding = layer.config.get("padding", "valid")
    attributes = {"kernel_shape": list(size), "strides": list(strides)}
    if dilation != (1, 1):
        attributes["dilations"] = list(dilation)
    reach = [(one - 1) * step + 1 for one, step in zip(size, dilation, strict=True)]
    if padding == "same":
        out = tuple(-(-one // step) for one, step in zip(image[1:], strides, strict=True))
        missing = [max(0, (n - 1) * s + r - i) for n, s, r, i in zip(out, strides, reach, image[1:], strict=True)]
        attributes["pads"] = [*(one // 2 for one in missing), *(one - one // 2 for one in missing)]
    elif padding == "valid":
        out = tuple((i - r) // s + 1 for i, r, s in zip(image[1:], reach, strides, strict=True))
    else:
        raise ModelError(f"the layer {layer.name!r} has the padding {padding!r}, which is not supported.")
    if min(out) < 1:
        raise ModelError(f"the layer {layer.name!r} has a window that is larger than its image.")
    return out, attributes


def _conv(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    image, filters, size = _one(layer, shapes, 3), int(layer.config["filters"]), _pair(layer, "kernel_size")
    groups = int(layer.config.get("groups", 1))
    if groups < 1 or image[0] % groups:
        raise ModelError(f"the layer {layer.name!r} has {groups} groups of {image[0]} channels.")
    biased = layer.config.get("use_bias", True)
    weights = _weights(layer, (*size, image[0] // groups, filters), *([(filters,)] if biased else []))
    out, attributes = _window(layer, image, size, 1)
    names = [graph.weight(f"{layer.name}.kernel", weights[0].transpose(3, 2, 0, 1))]
    names += [graph.weight(f"{layer.name}.bias", weights[1])] if biased else []
    value = graph.add("Conv", [_of(graph, layer.inputs[0]), *names], f"{layer.name}.sum", group=groups, **attributes)
    return _activated(graph, layer, value, (filters, *out))


def _depthwise(graph: _Graph, layer: Layer, image: Shape, kernel: npt.NDArray[np.float32], bias: list[str]) -> Any:
    height, width, channels, multiplier = kernel.shape
    out, attributes = _window(layer, image, (height, width), 1)
    turned = kernel.transpose(2, 3, 0, 1).reshape(channels * multiplier, 1, height, width)
    names = [graph.weight(f"{layer.name}.depthwise", turned), *bias]
    source = _of(graph, layer.inputs[0])
    value = graph.add("Conv", [source, *names], f"{layer.name}.deep", group=channels, **attributes)
    return value, out


def _depthwise_conv(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    image, size = _one(layer, shapes, 3), _pair(layer, "kernel_size")
    many = image[0] * int(layer.config.get("depth_multiplier", 1))
    biased = layer.config.get("use_bias", True)
    weights = _weights(layer, (*size, image[0], many // image[0]), *([(many,)] if biased else []))
    bias = [graph.weight(f"{layer.name}.bias", weights[1])] if biased else []
    value, out = _depthwise(graph, layer, image, weights[0], bias)
    return _activated(graph, layer, value, (many, *out))


def _separable_conv(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    image, filters, size = _one(layer, shapes, 3), int(layer.config["filters"]), _pair(layer, "kernel_size")
    many = image[0] * int(layer.config.get("depth_multiplier", 1))
    biased = layer.config.get("use_bias", True)
    wanted = [(*size, image[0], many // image[0]), (1, 1, many, filters), *([(filters,)] if biased else [])]
    weights = _weights(layer, *wanted)
    value, out = _depthwise(graph, layer, image, weights[0], [])
    names = [graph.weight(f"{layer.name}.pointwise", weights[1].transpose(3, 2, 0, 1))]
    names += [graph.weight(f"{layer.name}.bias", weights[2])] if biased else []
    value = graph.add("Conv", [value, *names], f"{layer.name}.sum", kernel_shape=[1, 1])
    return _activated(graph, layer, value, (filters, *out))


def _pool(kind: str) -> Callable[[_Graph, Layer, list[Shape]], Shape]:
    def pool(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
        image, size = _one(layer, shapes, 3), _pair(layer, "pool_size", 2)
        out, attributes = _window(layer, image, size, size)
        source = _of(graph, layer.inputs[0])
        graph.sources[layer.name] = graph.add(kind, [source], f"{layer.name}.pool", **attributes)
        return (image[0], *out)

    return pool


def _global_pool(kind: str) -> Callable[[_Graph, Layer, list[Shape]], Shape]:
    def pool(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
        image = _one(layer, shapes, 3)
        value = graph.add(kind, [_of(graph, layer.inputs[0])], f"{layer.name}.pool")
        if not layer.config.get("keepdims", False):
            graph.sources[layer.name] = graph.add("Flatten", [value], f"{layer.name}.flat")
            return (image[0],)
        graph.sources[layer.name] = value
        return (image[0], 1, 1)

    return pool


def _nothing(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    """A layer that does something in training only."""
    graph.sources[layer.name] = _of(graph, layer.inputs[0])
    return shapes[0]


def _normalise(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    shape, config = shapes[0], layer.config
    axis = config.get("axis", -1)
    axis = axis[0] if isinstance(axis, list) and len(axis) == 1 else axis
    if axis not in (-1, len(shape)):
        raise ModelError(f"the layer {layer.name!r} normalises along {axis}; the last axis was expected.")
    size = shape[0]
    number = 2 + bool(config.get("scale", True)) + bool(config.get("center", True))
    weights = list(_weights(layer, *[(size,)] * number))
    scale = weights.pop(0) if config.get("scale", True) else np.ones(size, np.float32)
    shift = weights.pop(0) if config.get("center", True) else np.zeros(size, np.float32)
    parts = zip(("scale", "shift", "mean", "variance"), (scale, shift, *weights), strict=True)
    names = [graph.weight(f"{layer.name}.{name}", values) for name, values in parts]
    epsilon = float(config.get("epsilon", 1e-3))
    source = _of(graph, layer.inputs[0])
    graph.sources[layer.name] = graph.add(
        "BatchNormalization", [source, *names], f"{layer.name}.normal", epsilon=epsilon
    )
    return shape


def _flatten(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    value = _of(graph, layer.inputs[0])
    if len(shapes[0]) == 3:
        _one(layer, shapes, 3)
        value = graph.add("Transpose", [value], f"{layer.name}.last", perm=[0, 2, 3, 1])
    graph.sources[layer.name] = graph.add("Flatten", [value], f"{layer.name}.flat")
    return (math.prod(shapes[0]),)


def _concatenate(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    first, axis = shapes[0], layer.config.get("axis", -1)
    if axis not in (-1, len(first)) or any(len(one) != len(first) or one[1:] != first[1:] for one in shapes):
        raise ModelError(f"the layer {layer.name!r} joins what does not fit, or not along the last axis.")
    sources = [_of(graph, name) for name in layer.inputs]
    graph.sources[layer.name] = graph.add("Concat", sources, f"{layer.name}.all", axis=1)
    return (sum(one[0] for one in shapes), *first[1:])


def _add(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    if len(set(shapes)) != 1:
        raise ModelError(f"the layer {layer.name!r} adds what does not fit.")
    value = _of(graph, layer.inputs[0])
    for k, name in enumerate(layer.inputs[1:]):
        value = graph.add("Add", [value, _of(graph, name)], f"{layer.name}.sum{k}")
    graph.sources[layer.name] = value
    return shapes[0]


def _activation(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    return _activated(graph, layer, _of(graph, layer.inputs[0]), shapes[0])


def _relu(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    config = layer.config
    if config.get("max_value") is not None or config.get("threshold", 0) or config.get("negative_slope", 0):
        raise ModelError(f"the layer {layer.name!r} is a ReLU with a bound, a threshold or a slope: not supported.")
    return _activated(graph, layer, _of(graph, layer.inputs[0]), shapes[0], "relu")


def _leaky_relu(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    slope = float(layer.config.get("alpha", layer.config.get("negative_slope", 0.3)))
    source = _of(graph, layer.inputs[0])
    graph.sources[layer.name] = graph.add("LeakyRelu", [source], f"{layer.name}.leaky", alpha=slope)
    return shapes[0]


def _softmax(graph: _Graph, layer: Layer, shapes: list[Shape]) -> Shape:
    return _activated(graph, layer, _of(graph, layer.inputs[0]), shapes[0], "softmax")


_LAYERS: dict[str, Callable[[_Graph, Layer, list[Shape]], Shape]] = {
    "Dense": _dense,
    "Conv2D": _conv,
    "SeparableConv2D": _separable_conv,
    "DepthwiseConv2D": _depthwise_conv,
    "MaxPooling2D": _pool("MaxPool"),
    "AveragePooling2D": _pool("AveragePool"),
    "GlobalAveragePooling2D": _global_pool("GlobalAveragePool"),
    "GlobalMaxPooling2D": _global_pool("GlobalMaxPool"),
    "Dropout": _nothing,
    "SpatialDropout2D": _nothing,
    "GaussianNoise": _nothing,
    "GaussianDropout": _nothing,
    "ActivityRegularization": _nothing,
    "BatchNormalization": _normalise,
    "Flatten": _flatten,
    "Concatenate": _concatenate,
    "Add": _add,
    "Activation": _activation,
    "ReLU": _relu,
    "LeakyReLU": _leaky_relu,
    "Softmax": _softmax,
}
"""What each layer becomes."""
