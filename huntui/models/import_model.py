"""Taking a network into the user's models: a Keras file becomes ONNX, an ONNX file stays what it is.

Its sidecar is the one beside the file, or the one that comes with huntui for weights of that sha256 or of that name, or
a new one that its user completes: nobody else knows what its features are called.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huntui import scores, strict_yaml
from huntui.columns import Column
from huntui.errors import ModelError, WorkError
from huntui.models.catalogue import SHIPPED, Model, unknown_feature, user_folder
from huntui.models.import_keras import read_keras
from huntui.models.import_layers import to_onnx
from huntui.models.onnx_file import check_file
from huntui.models.score import Scorer
from huntui.models.sidecar import MAX_MODEL_BYTES, Input, Sidecar, read_sidecar, sidecar_text

_KERAS, _ONNX = (".h5", ".hdf5", ".keras"), ".onnx"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made."""

    name: str
    sidecar: Path
    complete: bool
    """Whether it can be used as it is; else its sidecar has to be completed."""


@dataclass(frozen=True, slots=True)
class _Ends:
    """Inputs and outputs of a network: their names with the sizes of one alert."""

    inputs: dict[str, tuple[int, ...]]
    outputs: dict[str, tuple[int, ...]]


def import_model(file: Path, known: Mapping[str, Column], name: str = "", *, overwrite: bool = False) -> Imported:
    """Put a network into the user's folder under `name`, or that of its file up to the first dot.

    `known` are the columns of alerts. Raises `ModelError` for a file or a name that cannot be used and for a model
    that is there already, unless `overwrite` is set; `WorkError` where the folder cannot be written.
    """
    if not file.exists():
        raise ModelError(f"{file}: there is no such file.")
    name = name or file.name.partition(".")[0]
    target = place_of(name, known, overwrite=overwrite)
    data, digest = _converted(file)
    onnx = f"{name}.onnx"
    own = hashlib.sha256(data).hexdigest()
    ends = _ends(data)
    told = _told(file, digest, name)
    if told is None:
        sidecar, text = None, _to_complete(name, onnx, own, file, ends)
    else:
        sidecar = _named(told, ends).model_copy(update={"name": name, "model": onnx, "sha256": own})
        text = sidecar_text(sidecar)
    _write(target, onnx, data, text, sidecar, known)
    return Imported(name, target, sidecar is not None)


def add_model(sidecar: Sidecar, data: bytes, known: Mapping[str, Column], *, overwrite: bool = False) -> Path:
    """Put a model that was made here into the user's folder; return where its sidecar is.

    Raises `ModelError` and `WorkError` as `import_model` does.
    """
    target = place_of(sidecar.name, known, overwrite=overwrite)
    _write(target, sidecar.model, data, sidecar_text(sidecar), sidecar, known)
    return target


def place_of(name: str, known: Mapping[str, Column], *, overwrite: bool = False) -> Path:
    """Return where the sidecar of a model of that name goes.

    Raises `ModelError` for a name that cannot be used, and where there is one already, unless `overwrite` is set.
    """
    _check_name(name, known)
    target = user_folder() / f"{name}.yaml"
    if os.path.lexists(target) and not overwrite:
        raise ModelError(f"{target} exists: give the model another name, or --overwrite to replace it.")
    return target


def _check_name(name: str, known: Mapping[str, Column]) -> None:
    if not (name.isidentifier() and name.isascii() and len(name) <= 48 and name[0].isalpha()):
        raise ModelError(f"{name!r} cannot be the name of a column; give one word of letters and digits.")
    if name in known and name not in scores.scores():
        raise ModelError(f"there is a column {name!r} already; give the model another name.")


def _converted(file: Path) -> tuple[bytes, str]:
    """Return the network as ONNX, and the sha256 of the file it came from."""
    if file.suffix.lower() not in (*_KERAS, _ONNX):
        raise ModelError(f"{file}: a model is {', '.join(_KERAS)} of Keras or {_ONNX}; pickles are never read.")
    data = strict_yaml.read_bytes(file, ModelError, "the file of a network", MAX_MODEL_BYTES)
    digest = hashlib.sha256(data).hexdigest()
    try:
        if file.suffix.lower() != _ONNX:
            try:
                data = to_onnx(read_keras(file))
            except ModelError as error:
                raise error if str(error).startswith(str(file)) else ModelError(f"{file}: {error}") from None
        elif len(data) > MAX_MODEL_BYTES:
            raise ModelError(f"{file}: is larger than the {MAX_MODEL_BYTES:,} bytes that a model may have.")
        check_file(data, str(file))
    except ImportError:
        raise ModelError("Importing needs onnx and h5py: pip install 'huntui[ml]'.") from None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, RecursionError) as error:
        raise ModelError(f"{file}: is no network that can be read ({type(error).__name__}: {error}).") from None
    return data, digest


def _ends(data: bytes) -> _Ends:
    import onnx

    graph: Any = onnx.load_model_from_string(data).graph
    weights = {one.name for one in graph.initializer}

    def sizes(value: Any) -> tuple[int, ...]:
        return tuple(int(one.dim_value) for one in value.type.tensor_type.shape.dim)[1:]

    inputs = {one.name: sizes(one) for one in graph.input if one.name not in weights}
    return _Ends(inputs, {one.name: sizes(one) for one in graph.output})


def _told(file: Path, digest: str, name: str) -> Sidecar | None:
    """Return what is known of a network: beside its file, by its sha256, or by its name."""
    beside = file.with_suffix(".yaml")
    if beside.is_file():
        return read_sidecar(beside)
    shipped = [read_sidecar(path) for path in sorted(SHIPPED.glob("*.yaml"))]
    of_this_file = [one for one in shipped if digest in (one.weights_sha256, one.sha256)]
    stem = file.name.partition(".")[0]
    of_this_name = [one for one in shipped if one.name in (stem, name)]
    return next(iter([*of_this_file, *of_this_name]), None)


def _named(sidecar: Sidecar, ends: _Ends) -> Sidecar:
    """Return a sidecar with the names that a file gives to its inputs and output, where only one can be meant."""
    inputs, left = {}, dict(ends.inputs)
    for name, one in sidecar.inputs.items():
        alike = [theirs for theirs, shape in left.items() if _fits(one, shape)]
        theirs = name if name in left else alike[0] if len(alike) == 1 else name
        left.pop(theirs, None)
        inputs[theirs] = one
    output = sidecar.output
    if output.name not in ends.outputs and len(ends.outputs) == 1:
        output = output.model_copy(update={"name": next(iter(ends.outputs))})
    return sidecar.model_copy(update={"inputs": inputs, "output": output})


def _fits(one: Input, shape: tuple[int, ...]) -> bool:
    return len(shape) == 3 if one.kind == "triplet" else shape in ((len(one.names),), (0,))


def _to_complete(name: str, onnx: str, digest: str, file: Path, ends: _Ends) -> str:
    """Return a sidecar as far as the network itself tells, with comments on what is missing."""
    return "\n".join([*_lines(name, onnx, digest, file, ends), ""])


def _lines(name: str, onnx: str, digest: str, file: Path, ends: _Ends) -> Iterator[str]:
    yield f"# Complete this: what the inputs of {file.name} are, in the order it was trained with."
    yield f"# Then its score is the column {name}; huntui models list says whether all of it fits."
    yield from (f"name: {name}", 'meaning: ""', f"model: {onnx}", f"sha256: {digest}", 'license: ""', 'source: ""')
    yield "inputs:"
    for one, shape in ends.inputs.items():
        yield f"  {_quoted(one)}:"
        if len(shape) == 3:
            first = shape[0] in (1, 2, 3) and shape[2] not in (1, 2, 3)
            number = shape[0] if first else shape[2]
            channels = ", ".join(("science", "template", "difference")[:number])
            yield "    # Check the order of the cutouts, and how they were prepared."
            layout = "NCHW" if first else "NHWC"
            yield f"    {{kind: triplet, size: {shape[1]}, channels: [{channels}], layout: {layout}}}"
        else:
            many = (shape[0] if shape else 0) or "all"
            yield f"    # The names of {many} features, as in [drb, magpsf, sgscore1]."
            yield "    {kind: features, names: []}"
    output = next(iter(ends.outputs), "score")
    yield f"output: {{name: {_quoted(output)}, index: 0}}"
    yield "# skip: no score where a feature is null; nan: the model gets a NaN."
    yield "missing: skip"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if text.isprintable() else repr(text)


def _write(
    target: Path, onnx: str, data: bytes, text: str, sidecar: Sidecar | None, known: Mapping[str, Column]
) -> None:
    """Put model and sidecar into the user's folder, the model first, after both were tried beside it."""
    folder = target.parent
    beside = folder / f".{secrets.token_hex(6)}.part"
    try:
        beside.mkdir(parents=True)
        try:
            (beside / onnx).write_bytes(data)
            (beside / target.name).write_text(text, encoding="utf-8")
            if sidecar is not None:
                _try(beside / target.name, known)
            (beside / onnx).replace(folder / onnx)
            (beside / target.name).replace(target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as problem:
        raise WorkError(f"{folder}: cannot be written: {problem.strerror or problem}.") from None


def _try(path: Path, known: Mapping[str, Column]) -> None:
    sidecar = read_sidecar(path)
    if problem := unknown_feature(sidecar, known):
        raise ModelError(f"the sidecar does not fit: {problem}")
    Scorer(Model(sidecar.name, path, sidecar))
