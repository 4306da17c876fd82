"""A simulated night as files: one per packet, the truth beside them, and a marker that says what they are."""

import io
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np

from huntui.errors import CallError, ExportError
from huntui.simulate.night import SimulatedNight
from huntui.simulate.recipe import to_line

PACKET_SUFFIX = ".avro"
TRUTH_FILE = "truth.parquet"
MARKER_FILE = "SIMULATED"
_MARKER = "Every alert in this folder is invented: it was made by `huntui simulate`, nothing of it was observed.\n"


def check_folder(folder: Path, overwrite: bool) -> None:
    """Raise `CallError` where a night may not be written to `folder`.

    What is there already is only ever replaced where it is a simulated night and nothing else.
    """
    try:
        entries = sorted(os.listdir(folder))
    except FileNotFoundError:
        return
    except NotADirectoryError:
        raise CallError(f"{folder}: is no folder; give another one with --out.") from None
    except OSError as problem:
        raise CallError(f"{folder}: cannot be used as a folder ({problem.strerror}).") from None
    if not entries:
        return
    if not overwrite:
        raise CallError(
            f"{folder}: is not empty; give another folder with --out, or replace the night with --overwrite."
        )
    if MARKER_FILE not in entries and TRUTH_FILE not in entries:
        raise CallError(f"{folder}: holds no simulated night, so --overwrite leaves it alone; give another --out.")
    for name in entries:
        if not (name.endswith(PACKET_SUFFIX) or name in (MARKER_FILE, TRUTH_FILE)):
            raise CallError(
                f"{folder}: holds {name!r}, which is no part of a simulated night, so --overwrite leaves it alone; "
                "move it away, or give another --out."
            )


def write_night(
    night: SimulatedNight, folder: Path, overwrite: bool = False, progress: Callable[[int], None] = lambda _done: None
) -> int:
    """Write every packet of a night to `folder` as `<candid>.avro`, with its truth; return the bytes of the packets.

    The folder gets its name when all of it is written: a night that breaks off leaves nothing behind. `progress` is
    told how many packets are written so far. Raises `CallError` as `check_folder` does, `ExportError` where the disk
    takes no more.
    """
    check_folder(folder, overwrite)
    try:
        target = Path(os.path.realpath(folder))
        target.parent.mkdir(parents=True, exist_ok=True)
        with _beside(target) as new:
            size = _write_packets(night, new, progress)
            (new / TRUTH_FILE).write_bytes(_truth_file(night))
            (new / MARKER_FILE).write_text(f"{_MARKER}{to_line(night.recipe)}\n")
            check_folder(folder, overwrite)
            _put_in_place(new, target)
    except OSError as problem:
        raise ExportError(
            f"{folder}: the night cannot be written: {problem.strerror or problem}; nothing of it was kept."
        ) from None
    return size


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A new folder beside `target`, which is gone at the end unless it was renamed."""
    # A short name of its own: a name made from the target's could be longer than the file system allows.
    folder = target.with_name(f".huntui-{secrets.token_hex(6)}.part")
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write_packets(night: SimulatedNight, folder: Path, progress: Callable[[int], None]) -> int:
    names, done, size = night.candids.tolist(), 0, 0
    for batch in night.chunks():
        for start, end in zip(batch.starts, batch.ends, strict=True):
            (folder / f"{names[done]}{PACKET_SUFFIX}").write_bytes(batch.data[start:end].tobytes())
            done += 1
        size += len(batch.data)
        progress(done)
    return size


def _truth_file(night: SimulatedNight) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        name: pa.array(values, mask=np.isnan(values) if values.dtype.kind == "f" else None)
        for name, values in night.truths().items()
    }
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def _put_in_place(new: Path, target: Path) -> None:
    """Give the finished folder its name; a night that had it is taken away only afterwards."""
    old = target.with_name(f".huntui-{secrets.token_hex(6)}.old")
    replaces = target.exists()
    if replaces:
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        with suppress(OSError):
            if replaces:
                old.rename(target)
        raise
    if replaces:
        shutil.rmtree(old, ignore_errors=True)
