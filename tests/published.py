"""What published cuts say of packets, real ones and ones that a test makes, to be held against their oracles."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
from containers import RECORD, batch_of, packet
from oracles import fastavro_alerts

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute, kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.language.table import Bools
from huntui.night.store import Night

CUTS = Path(__file__).parents[1] / "cuts"

Oracle = Callable[[dict[str, Any]], list[bool]]
"""What a slow reading of a filter's source says of a packet, stage by stage."""


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


def agree_on_all(cuts: Cuts, oracle: Oracle, files: list[Path]) -> int:
    """Assert that cuts and oracle agree on every packet and stage; return how many packets the cuts accept."""
    expected = [oracle(fastavro_alerts.records(path)[0]) for path in files]
    found = passes(cuts, [path.read_bytes() for path in files])
    assert found.tolist() == expected
    return int(found[:, [stage.enabled for stage in cuts.stages]].all(axis=1).sum())


def made(candidate: dict[str, Any], history: list[dict[str, Any]]) -> bytes:
    """Return a packet with some fields of the candidate as given, and with a history."""
    entries = [{"fid": 1, "magpsf": None, **entry} for entry in history]
    return packet({**RECORD, "candidate": {**RECORD["candidate"], **candidate}, "prv_candidates": entries})


def lost_by(cuts: Cuts, alert: bytes) -> list[str]:
    """Return the names of the stages that a packet fails."""
    (found,) = passes(cuts, [alert])
    return [stage.name for stage, kept in zip(cuts.stages, found.tolist(), strict=True) if not kept]
