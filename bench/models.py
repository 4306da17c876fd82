"""What a score costs: ACAI-H from the packet's bytes on, cutouts included, and trees over columns that are there."""

import shutil
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from bench.data import SHARED, Packets
from bench.nights import compile_kernels, read_night
from bench.report import Figure, NotMeasuredError, Reference, WrongResultError, spread
from bench.sizes import Sizes
from huntui.alerts.stamps import read_stamps
from huntui.features.registry import columns
from huntui.models.catalogue import SHIPPED, Model
from huntui.models.import_keras import read_keras
from huntui.models.import_layers import to_onnx
from huntui.models.score import Fetch, Scorer
from huntui.models.sidecar import Input, Output, Sidecar, read_sidecar, sidecar_text
from huntui.models.trees import Trees
from huntui.models.trees_onnx import INPUT, SCORE
from huntui.models.trees_onnx import to_onnx as trees_to_onnx
from huntui.night.view import NightView
from huntui.sources.folder import FolderSource

_NETWORK_GOAL, _TREES_GOAL = 500.0, 10.0
_WEIGHTS = SHARED.parents[1] / "models" / "acai_h.h5"
_ALERTS = 640
_TREES, _DEPTH = 100, 5
_COLUMNS = (
    *("drb", "magpsf", "sigmapsf", "fwhm", "distnr", "sgscore1", "distpsnr1"),
    *("ndethist", "age", "rate", "peak_mag", "n_det", "chinr", "sharpnr"),
)


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the time of one core for a score of the network, and for one of trees."""
    compile_kernels()
    view = read_night(packets.folder).snapshot.view
    if view is None or not len(view):
        raise WrongResultError("No alert was read.")
    with tempfile.TemporaryDirectory(prefix="huntui-bench-") as folder:
        figures = [_trees(view, Path(folder), sizes)]
        if not _WEIGHTS.is_file():
            raise NotMeasuredError(f"the weights of ACAI-H are not in {_WEIGHTS.name} beside the checkout")
        return [_network(view, Path(folder), packets, sizes), *figures]


def _network(view: NightView, folder: Path, packets: Packets, sizes: Sizes) -> Figure:
    scorer = _acai(folder)
    rows = np.arange(min(_ALERTS, len(view)), dtype=np.int64)
    source = FolderSource(packets.folder)
    read = {int(view.addresses[row][0]): source.fetch(view.addresses[row]) for row in rows}
    fetch: Fetch = lambda address: read[int(address[0])]  # noqa: E731 (it is what a source does, from memory)
    first = scorer.score(view, rows, fetch)
    scored = rows[[not reason for reason in first.reasons]]
    if not len(scored):
        raise NotMeasuredError("none of the packets has all that ACAI-H needs")
    arrays, _ = scorer.arrays(view, scored[:32], fetch)
    stamps = [list(read_stamps(read[int(view.addresses[row][0])]).values()) for row in scored]
    whole, alone, plain = [], [], []
    for _ in range(sizes.rounds):
        whole.append(_each(lambda: scorer.score(view, scored, fetch), len(scored)))
        alone.append(_each(lambda: scorer.run(arrays), len(scored[:32])))
        plain.append(_each(lambda: [zlib.decompress(one, 31) for three in stamps for one in three if one], len(scored)))
    detail = (
        f"ACAI-H on {len(scored)} of {len(rows)} {packets.about}, one thread, from the bytes of a packet: find and "
        f"unpack the cutouts, prepare them and 25 features, run the network in batches of 32: {spread(whole, 'µs')}; "
        f"the network alone {spread(alone, 'µs')}; only unpacking the cutouts with zlib {spread(plain, 'µs')}."
    )
    reference = Reference("zlib_only", median(plain), "µs")
    return Figure("models", median(whole), "µs", _NETWORK_GOAL, at_most=True, reference=reference, detail=detail)


def _trees(view: NightView, folder: Path, sizes: Sizes) -> Figure:
    scorer = _forest(folder)
    rows = np.arange(len(view), dtype=np.int64)
    whole, plain = [], []
    for _ in range(sizes.rounds):
        whole.append(_each(lambda: scorer.score(view, rows, _no_packet), len(rows)))
        plain.append(
            _each(lambda: np.stack([view.column(name)[rows].astype(np.float32) for name in _COLUMNS], 1), len(rows))
        )
    detail = (
        f"{_TREES} trees of {2**_DEPTH} leaves over {len(_COLUMNS)} columns of {len(rows):,} alerts, nulls among them, "
        f"in batches, one thread: {spread(whole, 'µs')}; only copying the columns {spread(plain, 'µs')}."
    )
    reference = Reference("columns_only", median(plain), "µs")
    return Figure("models.trees", median(whole), "µs", _TREES_GOAL, at_most=True, reference=reference, detail=detail)


def _each(do: Callable[[], object], alerts: int) -> float:
    """Return microseconds of the processor for each alert."""
    started = time.process_time()
    do()
    return 1e6 * (time.process_time() - started) / alerts


def _no_packet(_: object) -> bytes:
    raise WrongResultError("Trees over columns asked for a packet.")


def _acai(folder: Path) -> Scorer:
    (folder / "acai_h.onnx").write_bytes(to_onnx(read_keras(_WEIGHTS)))
    path = Path(shutil.copy(SHIPPED / "acai_h.yaml", folder))
    return Scorer(Model("acai_h", path, read_sidecar(path)))


def _forest(folder: Path) -> Scorer:
    unknown = [name for name in _COLUMNS if name not in columns()]
    assert not unknown, unknown
    (folder / "forest.onnx").write_bytes(trees_to_onnx(_random_trees(), "for a measurement"))
    sidecar = Sidecar(
        name="forest",
        model="forest.onnx",
        inputs={INPUT: Input(kind="features", names=list(_COLUMNS))},
        output=Output(name=SCORE),
        missing="nan",
    )
    path = folder / "forest.yaml"
    path.write_text(sidecar_text(sidecar))
    return Scorer(Model("forest", path, sidecar))


def _random_trees() -> Trees:
    """Return full trees that split at random, always the same."""
    rng = np.random.default_rng(1)
    size = 2 ** (_DEPTH + 1) - 1
    node = np.tile(np.arange(size), _TREES)
    leaf = node >= 2**_DEPTH - 1
    number = len(node)
    return Trees(
        tree=np.repeat(np.arange(_TREES), size),
        node=node,
        leaf=leaf,
        feature=np.where(leaf, 0, rng.integers(0, len(_COLUMNS), number)),
        threshold=np.where(leaf, 0.0, rng.normal(0.0, 20.0, number)),
        left=np.where(leaf, 0, 2 * node + 1),
        right=np.where(leaf, 0, 2 * node + 2),
        missing_left=rng.random(number) < 0.5,
        value=np.where(leaf, rng.normal(0.0, 0.1, number), 0.0),
        output=np.zeros(number, np.int64),
        baseline=np.zeros(1),
        features=len(_COLUMNS),
    )
