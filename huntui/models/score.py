"""Running a model on alerts: one batch after the other, a score or the reason why there is none."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huntui.alerts.stamps import read_stamps
from huntui.errors import ModelError, SourceError
from huntui.models.catalogue import Model
from huntui.models.inputs import Alerts, Float32s, NoScoreError, Rows, features, images, triplet
from huntui.models.onnx_file import check_file
from huntui.models.sidecar import Input, Sidecar, model_bytes

Fetch = Callable[[npt.NDArray[np.int64]], bytes]
"""Returns the packet of an address again; raises `SourceError` when it is gone."""

IMAGES_AT_ONCE, ROWS_AT_ONCE = 32, 1024
"""Alerts in a batch, with cutouts and without."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What a model says of some alerts."""

    values: Float32s
    """Shape (alerts, columns of the model); NaN where there is no score."""
    reasons: tuple[str, ...]
    """Why there is none, in a few words; empty where there is one."""


class Scorer:
    """A model that is loaded and checked. May be used by one thread at a time."""

    def __init__(self, model: Model) -> None:
        """Load a model; raises `ModelError` for whatever does not fit its sidecar, or cannot be trusted."""
        if model.sidecar is None or model.problem:
            raise ModelError(model.problem or f"{model.path}: cannot be read.")
        self.model, self.sidecar = model, model.sidecar
        data = model_bytes(model.path, model.sidecar)
        try:
            import onnxruntime
        except ImportError:
            raise ModelError(f"{model.name} needs ONNX Runtime: pip install 'huntui[ml]'.") from None
        check_file(data, str(model.file))
        options = onnxruntime.SessionOptions()
        # Threads that wait for each other are slower than one as soon as the machine does something else.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4
        try:
            self._session: Any = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # noqa: BLE001 (the runtime has a class of its own for each)
            raise ModelError(f"{model.file}: cannot be run: {_first_line(error)}.") from None
        self._at_once = IMAGES_AT_ONCE if self.sidecar.reads_cutouts else ROWS_AT_ONCE
        self._check()

    def score(self, alerts: Alerts, rows: Rows, fetch: Fetch) -> Scores:
        """Score the alerts in some rows; packets are fetched again where the model looks at cutouts."""
        parts = [self._batch(alerts, rows[at : at + self._at_once], fetch) for at in range(0, len(rows), self._at_once)]
        if not parts:
            return Scores(np.empty((0, len(self.model.columns)), np.float32), ())
        return Scores(np.concatenate([part.values for part in parts]), sum((part.reasons for part in parts), ()))

    def arrays(self, alerts: Alerts, rows: Rows, fetch: Fetch) -> tuple[dict[str, Float32s], list[str]]:
        """Return the array for each input, of the alerts for which there is one, and each alert's reason for none."""
        arrays, reasons = features(self.sidecar, alerts, rows)
        read = {name: one for name, one in self.sidecar.inputs.items() if one.kind == "triplet"}
        made: dict[str, list[Float32s]] = {name: [] for name in read}
        for k, row in enumerate(rows.tolist() if read else ()):
            if reasons[k]:
                continue
            try:
                stamps = self._stamps(alerts, row, fetch)
                channels = dict.fromkeys(channel for one in read.values() for channel in one.channels)
                cutouts = images(stamps, list(channels))
                prepared = {name: triplet(one, cutouts) for name, one in read.items()}
            except NoScoreError as error:
                reasons[k] = str(error)
                continue
            for name, array in prepared.items():
                made[name].append(array)
        there = np.array([not reason for reason in reasons], np.bool_)
        whole = {name: array[there] for name, array in arrays.items()}
        return {**whole, **{name: np.stack(one) for name, one in made.items() if one}}, reasons

    def run(self, arrays: dict[str, Float32s]) -> Float32s:
        """Return what the model makes of arrays: shape (alerts, columns of the model)."""
        (raw,) = self._session.run([self.sidecar.output.name], arrays)
        raw = np.asarray(raw, np.float32).reshape(len(raw), -1)
        output = self.sidecar.output
        if output.activation == "sigmoid":
            raw = 1.0 / (1.0 + np.exp(-raw))
        elif output.activation == "softmax":
            raw = np.exp(raw - raw.max(axis=1, keepdims=True))
            raw /= raw.sum(axis=1, keepdims=True)
        chosen = raw[:, : len(output.labels)] if output.labels else raw[:, output.index : output.index + 1]
        return np.asarray(chosen, np.float32)

    @staticmethod
    def _stamps(alerts: Alerts, row: int, fetch: Fetch) -> dict[str, bytes | None]:
        try:
            return read_stamps(fetch(alerts.addresses[row]), int(alerts.record[row]))
        except SourceError:
            raise NoScoreError("its packet cannot be read any more") from None
        except ValueError as error:
            raise NoScoreError(str(error)) from None

    def _batch(self, alerts: Alerts, rows: Rows, fetch: Fetch) -> Scores:
        arrays, reasons = self.arrays(alerts, rows, fetch)
        values = np.full((len(rows), len(self.model.columns)), np.nan, np.float32)
        there = np.flatnonzero([not reason for reason in reasons])
        if len(there):
            values[there] = self.run(arrays)
            for k in there[np.isnan(values[there]).any(axis=1)].tolist():
                values[k], reasons[k] = np.nan, "the model gives no number"
        return Scores(values, tuple(reasons))

    def _check(self) -> None:
        """Raise `ModelError` where the model's inputs and outputs are not those of its sidecar."""
        where, sidecar = self.model.file, self.sidecar
        theirs = {one.name: one for one in self._session.get_inputs()}
        if theirs.keys() != sidecar.inputs.keys():
            raise ModelError(
                f"{where}: its inputs are called {', '.join(theirs)}, and {self.model.path.name} describes "
                f"{', '.join(sidecar.inputs)}."
            )
        for name, one in sidecar.inputs.items():
            shape, wanted = theirs[name].shape, _shape(one)
            fits = len(shape) == len(wanted) + 1 and all(
                not isinstance(a, int) or a == b for a, b in zip(shape[1:], wanted, strict=False)
            )
            if not fits or theirs[name].type != "tensor(float)":
                told = " × ".join(map(str, wanted))
                raise ModelError(f"{where}: input {name!r} is {theirs[name].type} {shape}, not floats of n × {told}.")
            if isinstance(shape[0], int):
                self._at_once = 1 if shape[0] == 1 else 0
            if not self._at_once:
                raise ModelError(f"{where}: takes {shape[0]} alerts at a time; save it for any number.")
        outputs = [one.name for one in self._session.get_outputs()]
        if sidecar.output.name not in outputs:
            raise ModelError(f"{where}: has no output {sidecar.output.name!r}; there are {', '.join(outputs)}.")
        self._try(where)

    def _try(self, where: object) -> None:
        blank = {name: np.zeros((1, *_shape(one)), np.float32) for name, one in self.sidecar.inputs.items()}
        output = self.sidecar.output
        needed = len(output.labels) or output.index + 1
        try:
            (raw,) = self._session.run([output.name], blank)
            width = math.prod(np.asarray(raw, np.float32).shape[1:])
        except Exception as error:  # noqa: BLE001 (as above; an output that is no array among them)
            raise ModelError(f"{where}: cannot be run: {_first_line(error)}.") from None
        if width < needed or (output.labels and width != needed):
            raise ModelError(f"{where}: output {output.name!r} has {width} numbers, and its sidecar needs {needed}.")


def _shape(one: Input) -> tuple[int, ...]:
    if one.kind == "features":
        return (len(one.names),)
    channels = len(one.channels)
    return (one.size, one.size, channels) if one.layout == "NHWC" else (channels, one.size, one.size)


def needed_features(sidecar: Sidecar) -> tuple[str, ...]:
    """Return what a model reads of an alert, for a person: features, then cutouts."""
    channels = dict.fromkeys(name for one in sidecar.inputs.values() if one.kind == "triplet" for name in one.channels)
    return (*(name for one in sidecar.inputs.values() for name in one.names), *(f"{name} cutout" for name in channels))


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200].rstrip(".") if lines else type(error).__name__
