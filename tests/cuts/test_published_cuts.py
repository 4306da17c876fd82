"""Published filters, alert by alert: against a slow reading of their source, and against packets worked out by hand."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from containers import RECORD, batch_of, packet
from oracles import fastavro_alerts, published_decent, published_purity

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute, kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.language.table import Bools
from huntui.night.store import Night

CUTS = Path(__file__).parents[2] / "cuts"
ORACLES: dict[str, Callable[[dict[str, Any]], list[bool]]] = {
    "ampel-simple-decent": published_decent.ask,
    "ipac-purity": published_purity.ask,
}
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


DECENT = {
    **PURE,
    "rb": 0.5,
    "ra": 150.0,
    "dec": 20.0,
    "ssdistnr": -999.0,
    "jdstarthist": 2460000.375,
    "jdendhist": 2460000.5,
    **{f"distpsnr{k}": 5.0 for k in (1, 2, 3)},
    **{f"sgscore{k}": 0.5 for k in (1, 2, 3)},
}
"""What no cut of the code rejects but those on the history, of which one entry has a magnitude here."""


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
        ("ampel-simple-decent", DECENT, []),
        # `if latest["isdiffpos"] == "f" or latest["isdiffpos"] == "0"`
        ("ampel-simple-decent", {**DECENT, "isdiffpos": "0"}, ["brighter"]),
        # a key that is None: `_alert_has_keys`, whatever its value is good for
        ("ampel-simple-decent", {**DECENT, "sgscore3": None}, ["complete"]),
        # `distpsnr1 < 2 and sgscore1 > 0.8`, and not for 2 or 0.8 themselves
        ("ampel-simple-decent", {**DECENT, "distpsnr1": 1.5, "sgscore1": 0.875}, ["not_star"]),
        ("ampel-simple-decent", {**DECENT, "distpsnr1": 2.0, "sgscore1": 0.875}, []),
        ("ampel-simple-decent", {**DECENT, "distpsnr1": -999.0, "sgscore1": -999.0}, []),
        # all three within 1 arcsec and less than 0.5 from 0.5
        ("ampel-simple-decent", {**DECENT, **{f"distpsnr{k}": 0.5 for k in (1, 2, 3)}}, ["not_confused"]),
        ("ampel-simple-decent", {**DECENT, **{f"distpsnr{k}": 0.5 for k in (1, 2, 3)}, "sgscore2": 0.0}, []),
        # `0 <= ssdistnr < 20`
        ("ampel-simple-decent", {**DECENT, "ssdistnr": 19.5}, ["not_solar_system"]),
        ("ampel-simple-decent", {**DECENT, "ssdistnr": 20.0}, []),
        # `0 < archive_tspan`
        ("ampel-simple-decent", {**DECENT, "jdendhist": 2460000.375}, ["known_before"]),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_source_loses_them(
    name: str, candidate: dict[str, Any], lost_by: list[str]
) -> None:
    """The numbers are written so that they are exact in a packet's 32 bits."""
    cuts = loaded(name)
    seen = [{"jd": 2460000.375, "fid": 1, "magpsf": 18.0}, {"jd": 2460000.4375, "fid": 1, "magpsf": None}]
    made = packet({**RECORD, "candidate": {**RECORD["candidate"], **candidate}, "prv_candidates": seen})
    (found,) = passes(cuts, [made])
    assert [stage.name for stage, kept in zip(cuts.stages, found.tolist(), strict=True) if not kept] == lost_by
