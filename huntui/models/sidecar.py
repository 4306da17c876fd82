"""The sidecar of a model: the YAML file beside its ONNX file that says what it reads and what comes out.

    name: acai_h                  the score's column
    meaning: …                    what the score says, for a person
    model: acai_h.onnx            the file beside this one
    sha256: 0123…                 of that file, in 64 hexadecimal digits
    license, source, weights      whose it is, who described it, where its weights can be had
    weights_sha256: 4567…         of the file that is to be had there
    inputs:                       one for each input of the model, by its name there
      features: {kind: features, names: [drb, diffmaglim]}
      triplets: {kind: triplet, size: 63, channels: [science, template, difference], norm: l2}
    output: {name: score, index: 0, activation: none}
    missing: skip                 what a null becomes: no score, or (nan) a NaN that the model knows what to do with
    fallback: {drb: rb}           what is read where a feature is null
    trained: {…}                  how it was trained, whatever is worth telling

Names of features are columns of an alert, or what `huntui.models.derived` computes from its packet. A model of several
classes has `labels` in its `output`, and one column for each: `name_label`. A sidecar may come from anywhere: it is
read as every YAML file is, and only a file beside it can be its model.
"""

import hashlib
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field

from huntui import strict_yaml
from huntui.checked import Written, check
from huntui.columns import Column
from huntui.errors import ModelError

MAX_FEATURES = 1_000
MAX_LABELS = 50
MAX_SIZE = 255
MAX_MODEL_BYTES = 200_000_000
"""A model for alerts has a few megabytes at most; what is larger would take the memory of all else."""

_ONE_WORD = "one word of letters, digits and underscores that begins with a letter"

Name = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_]{0,47}$")]
Cutout = Literal["science", "template", "difference"]


class Input(Written):
    """One input of a model: features of shape (alerts, names), or cutouts of shape (alerts, size, size, channels).

    Only `names` is for features, and all the rest for a triplet, whose channels come first with the layout NCHW.
    `norm: l2` divides each cutout by the root of the sum of its squares, before anything is added around it; a cutout
    that the chip's edge cut off is filled up with `pad_value` at the `end` (bottom and right) or all around (`centre`).
    """

    kind: Literal["features", "triplet"]
    names: list[Name] = Field(default_factory=list, max_length=MAX_FEATURES, description=_ONE_WORD)
    dtype: Literal["float32"] = "float32"
    size: int = Field(default=63, ge=1, le=MAX_SIZE)
    channels: list[Cutout] = Field(default=["science", "template", "difference"], min_length=1, max_length=3)
    layout: Literal["NHWC", "NCHW"] = "NHWC"
    norm: Literal["l2", "none"] = "l2"
    pad: Literal["end", "centre"] = "end"
    pad_value: float = Field(default=1e-9, allow_inf_nan=False)


class Output(Written):
    """Which of the model's outputs is the score: `index` of the last axis of the one called `name`."""

    name: str = Field(min_length=1, max_length=200)
    index: int = Field(default=0, ge=0, le=MAX_LABELS)
    activation: Literal["none", "sigmoid", "softmax"] = "none"
    labels: list[Name] = Field(default_factory=list, max_length=MAX_LABELS, description=_ONE_WORD)


class Sidecar(Written):
    """What has to be known of a model to run it on alerts."""

    name: Name = Field(description=_ONE_WORD)
    meaning: str = Field(default="", max_length=500)
    model: str = Field(min_length=1, max_length=200)
    sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$", description="64 hexadecimal digits")
    license: str = Field(default="", max_length=200)
    source: str = Field(default="", max_length=500)
    weights: str = Field(default="", max_length=500)
    weights_sha256: str = Field(default="", pattern="^([0-9a-f]{64})?$", description="64 hexadecimal digits")
    inputs: dict[str, Input] = Field(min_length=1, max_length=4)
    output: Output
    missing: Literal["skip", "nan"] = "skip"
    fallback: dict[str, Name] = Field(default_factory=dict, description=_ONE_WORD)
    threshold: float | None = Field(default=None, allow_inf_nan=False)
    trained: dict[str, Any] = Field(default_factory=dict)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Every feature that is read, in the order of the inputs, each once; those that stand in come last."""
        names = [name for one in self.inputs.values() if one.kind == "features" for name in one.names]
        return tuple(dict.fromkeys([*names, *(self.fallback[name] for name in names if name in self.fallback)]))

    @property
    def reads_cutouts(self) -> bool:
        """Whether one of the inputs is made of cutouts."""
        return any(one.kind == "triplet" for one in self.inputs.values())

    def columns(self) -> tuple[Column, ...]:
        """Return the columns that the model adds: one, or one for each of its labels."""
        source = " ".join(filter(None, (self.source, self.license and f"({self.license})")))
        meaning = self.meaning or f"score of the model {self.name}"
        if not self.output.labels:
            return (Column(self.name, "f4", True, "", meaning, source),)
        return tuple(
            Column(f"{self.name}_{label}", "f4", True, "", f"{meaning}: {label}", source)
            for label in self.output.labels
        )


def read_sidecar(path: Path) -> Sidecar:
    """Read a sidecar; raises `ModelError` with one sentence that names the file and the key that is wrong."""
    sidecar = check(Sidecar, strict_yaml.read(path, ModelError), str(path), ModelError)
    if mistake := _mistake(sidecar):
        raise ModelError(f"{path}: {mistake}.")
    return sidecar


def _mistake(sidecar: Sidecar) -> str:
    """Return what is wrong with values that do not fit each other."""
    if Path(sidecar.model).name != sidecar.model or "\\" in sidecar.model:
        return f"model must be the name of a file beside it, not {sidecar.model!r}"
    for name, one in sidecar.inputs.items():
        if (one.kind == "features") != bool(one.names):
            return f"inputs.{name}: an input of kind features has names, and one of kind triplet has none"
    if len(set(sidecar.output.labels)) < len(sidecar.output.labels):
        return "output.labels has a label twice"
    if sidecar.output.labels and sidecar.output.index:
        return "output has labels and an index; labels stand for all columns, from the first on"
    return ""


def sidecar_text(sidecar: Sidecar) -> str:
    """Return a sidecar as the YAML that `read_sidecar` reads."""
    values = sidecar.model_dump(mode="json", exclude_defaults=True)
    text: str = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110)
    return text


def model_bytes(path: Path, sidecar: Sidecar) -> bytes:
    """Return the ONNX file of the sidecar at `path`.

    Raises `ModelError` where it is not there, too large, or another one than the sidecar was written for.
    """
    file = path.parent / sidecar.model
    data = strict_yaml.read_bytes(file, ModelError, "an ONNX file", MAX_MODEL_BYTES)
    if len(data) > MAX_MODEL_BYTES:
        raise ModelError(f"{file}: is larger than the {MAX_MODEL_BYTES:,} bytes that a model may have.")
    if sidecar.sha256 and hashlib.sha256(data).hexdigest() != sidecar.sha256:
        raise ModelError(
            f"{file}: is not the file that {path.name} was written for (its sha256 is another one); import it again "
            "with huntui models import."
        )
    return data
