"""Published filters, alert by alert: against a slow reading of their source, and against packets worked out by hand."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from containers import RECORD, batch_of, packet
from oracles import fastavro_alerts, published_purity

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute, kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.language.table import Bools
from huntui.night.store import Night

CUTS = Path(__file__).parents[2] / "cuts"
ORACLES: dict[str, Callable[[dict[str, Any]], list[bool]]] = {"ipac-purity": published_purity.ask}
"""Cuts -> what a slow reading of their source says of a packet, stage by stage."""


def loaded(name: str) -> Cuts:
    """Return cuts that come with huntui."""
    return load_cuts(CUTS / f"{name}.yaml", kinds())


def passes(cuts: Cuts, packets: Iterable[bytes]) -> Bools:
    """Return whether each packet passes each stage, as (packets, stages)."""
    night = Night(TextPool())
    alerts, bad = AlertDecoder(night.texts).decode(batch_of(list(packets)))
    assert not bad
    night.append(alerts, compute(alerts))
    view = night.view()
    return np.stack([~stage.judge(view, 0, len(view)).failed for stage in cuts.stages], axis=1)


@pytest.mark.parametrize("name", ORACLES)
def test_every_stage_says_of_every_real_packet_what_its_source_says(name: str, packet_files: list[Path]) -> None:
    """And some packets pass, and some fail, so that agreement means something."""
    expected = [ORACLES[name](fastavro_alerts.records(path)[0]) for path in packet_files]
    found = passes(loaded(name), [path.read_bytes() for path in packet_files])
    assert found.tolist() == expected
    assert 0 < found.all(axis=1).sum() < len(packet_files)


PURE = {"rb": 0.65, "nbad": 0, "fwhm": 5.0, "elong": 1.1875, "magdiff": -0.09375}
"""Within every limit of "rb >= 0.65 and nbad = 0 and fwhm <= 5 and elong <= 1.2 and abs(magdiff) <= 0.1"."""


@pytest.mark.parametrize(
    ("name", "candidate", "lost_by"),
    [
        ("ipac-purity", {**PURE, "rb": 0.65625}, []),
        ("ipac-purity", {**PURE, "rb": 0.640625}, ["real"]),
        ("ipac-purity", {**PURE, "rb": None}, ["real"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "nbad": 1}, ["no_bad_pixels"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "fwhm": 5.0625}, ["sharp"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "elong": 1.21875, "magdiff": 0.125}, ["round", "point_like"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "magdiff": -0.125}, ["point_like"]),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_source_loses_them(
    name: str, candidate: dict[str, Any], lost_by: list[str]
) -> None:
    """The numbers are written so that they are exact in a packet's 32 bits."""
    cuts = loaded(name)
    made = packet({**RECORD, "candidate": {**RECORD["candidate"], **candidate}})
    (found,) = passes(cuts, [made])
    assert [stage.name for stage, kept in zip(cuts.stages, found.tolist(), strict=True) if not kept] == lost_by
