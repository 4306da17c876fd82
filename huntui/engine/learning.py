"""Labelled alerts for a training: out of the packets of a source, or of a night that is in memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from huntui.alerts.batch import AlertBatch
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.stamps import read_stamps
from huntui.alerts.texts import TextPool
from huntui.columns import PACKET
from huntui.errors import LabelError, nearest
from huntui.features import registry
from huntui.models.import_model import add_model, place_of
from huntui.models.inputs import NoScoreError
from huntui.models.labels import Labels, Texts
from huntui.models.train import Trained
from huntui.models.train_cutouts import CUTOUTS, RINGS, prepared, rings
from huntui.models.train_set import TELLTALES, TrainingSet, gather, joined
from huntui.models.train_sidecar import sidecar_of
from huntui.night.view import NightView
from huntui.packets.batch import Int32s, Int64s
from huntui.sources.source import Source

Classes = Callable[[Int64s, Sequence[str]], Texts]
"""From candids and objectIds of alerts to their classes, `""` for none."""
Say = Callable[[str], None]

_OR_CUTOUTS = ", and cutouts besides"


def _say_nothing(_: str) -> None:
    """Nobody listens."""


def checked_features(names: Sequence[str]) -> tuple[str, ...]:
    """Return the columns to learn from, each once; raises `LabelError` for one that trees cannot learn from.

    A column that other alerts of the night tell is refused: it says something else at the beginning of a night than at
    its end, and a model is to see what the alert's own packet tells.
    """
    columns, of_others = {**PACKET, **registry.features()}, registry.told_by_others()
    for name in names:
        if name not in columns:
            raise LabelError(f"There is no column {name!r} to learn from.{nearest(name, list(columns))}")
        if columns[name].kind == "text":
            raise LabelError(f"The column {name!r} is text, and trees learn from numbers.")
        if name in of_others:
            raise LabelError(f"The column {name!r} comes from other alerts of the night, not from the packet.")
    return tuple(dict.fromkeys(names))


def telltales(names: Sequence[str]) -> str:
    """Return a sentence about columns by which a model learns its sample by heart, empty where there are none."""
    found = [name for name in names if name in TELLTALES]
    if not found:
        return ""
    return f"{', '.join(found)} say when, where or by whom an alert was taken, not what it is, and no test shows it."


def by_candid(labels: Labels) -> Classes:
    """Return what asks labels for the class of each alert."""
    return lambda candids, _: labels.of(candids)


def by_object(classes: Mapping[str, str]) -> Classes:
    """Return what gives each alert the class of its object."""
    return lambda _, object_ids: np.array([classes.get(name, "") for name in object_ids], np.str_)


def by_truth(source: Source) -> Classes:
    """Return what asks the truth of a simulated night; a real night knows none."""

    def classes(_: Int64s, object_ids: Sequence[str]) -> Texts:
        truths = source.truth(list(dict.fromkeys(object_ids)))
        return np.array([str(truths.get(name, {}).get("class") or "") for name in object_ids], np.str_)

    return classes


def read_labelled(
    source: Source,
    classes: Classes,
    features: Sequence[str],
    origin: str,
    *,
    cutouts: bool = False,
    most: int | None = None,
    say: Say = _say_nothing,
) -> TrainingSet:
    """Read a source, the first `most` alerts of it, and return those that have a class, each candid once.

    With `cutouts` the rings of their cutouts follow the features, and an alert without cutouts is left out. Raises
    `SourceError` where the source does, `LabelError` where no alert has a class.
    """
    parts, seen, read = [], np.empty(0, np.int64), 0
    for whole in _batches(source):
        batch = whole if most is None or read + len(whole) <= most else whole.take(np.arange(most - read))
        read += len(batch)
        candids = batch.columns["candid"].astype(np.int64)
        names = [batch.texts.text(code) or "" for code in batch.columns["objectId"].tolist()]
        said = classes(candids, names)
        fresh = np.zeros(len(batch), np.bool_)
        fresh[np.unique(candids, return_index=True)[1]] = True
        rows = np.flatnonzero((said != "") & fresh & ~np.isin(candids, seen))
        if len(rows):
            taken = batch.take(rows)
            columns = {**taken.columns, **registry.compute(taken)}
            part = gather(columns, features, [names[row] for row in rows.tolist()], said[rows], origin)
            parts.append(_with_rings(part, source, taken.addresses, taken.record) if cutouts else part)
            seen = np.concatenate([seen, candids[rows]])
        say(f"{read:,} alerts of {source.title} read, {len(seen):,} of them labelled")
        if read == most:
            break
    return _joined(parts, f"None of the {read:,} alerts of {source.title} has a label{_OR_CUTOUTS if cutouts else ''}.")


def of_view(
    view: NightView,
    classes: Classes,
    features: Sequence[str],
    origin: str,
) -> TrainingSet:
    """Return the alerts of a night in memory that have a class; raises `LabelError` where none has."""
    codes = view.column("objectId")
    names = {code: view.texts.text(code) or "" for code in np.unique(codes).tolist()}
    object_ids = [names[code] for code in codes.tolist()]
    said = classes(view.column("candid").astype(np.int64), object_ids)
    if not (said != "").any():
        raise LabelError("No alert of this night has a label.")
    return gather(view.columns, features, object_ids, said, origin)


def _joined(parts: Sequence[TrainingSet], nothing: str) -> TrainingSet:
    if not any(map(len, parts)):
        raise LabelError(nothing)
    return joined(parts)


def _with_rings(part: TrainingSet, source: Source, addresses: Int64s, record: Int32s) -> TrainingSet:
    """Return labelled alerts with the rings of their cutouts behind the features, those without cutouts left out."""
    made, rows = [], []
    for row in range(len(part)):
        try:
            made.append(prepared(read_stamps(source.fetch(addresses[row]), int(record[row]))))
        except (NoScoreError, ValueError):
            continue
        rows.append(row)
    kept = part.take(np.array(rows, np.int64))
    images = np.stack(made) if made else np.empty((0, CUTOUTS.size, CUTOUTS.size, len(CUTOUTS.channels)), np.float32)
    matrix = np.concatenate([kept.matrix, rings(images)], axis=1)
    return replace(kept, matrix=matrix, features=(*part.features, *RINGS))


def _batches(source: Source) -> Iterator[AlertBatch]:
    decoder = AlertDecoder(TextPool())
    for packets in source.batches():
        batch, _ = decoder.decode(packets)
        if len(batch):
            yield batch


def add_trained(trained: Trained, *, overwrite: bool = False) -> Path:
    """Put a trained model among those of the user; return where its sidecar is; raises as `import_model` does."""
    return add_model(sidecar_of(trained), trained.onnx, registry.columns(), overwrite=overwrite)


def check_name(name: str, *, overwrite: bool = False) -> None:
    """Raise `ModelError` for a name that a new model cannot have."""
    place_of(name, registry.columns(), overwrite=overwrite)
