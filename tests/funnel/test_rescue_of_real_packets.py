"""What is said to let an alert in does: for the real packets, under every filter that comes with huntui."""

from pathlib import Path

import pytest
from containers import batch_of
from published import CUTS, loaded

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import explain, rescue_of_all
from huntui.night.store import Night
from huntui.night.view import NightView

ASKED = 90
"""Alerts that are asked about at least, others under each filter: all of them would take minutes."""
NAMES = sorted(path.stem for path in CUTS.glob("*.yaml"))


@pytest.fixture(scope="module")
def night(packet_files: list[Path]) -> NightView:
    """Return the real packets as a night."""
    night = Night(TextPool())
    alerts, _ = AlertDecoder(night.texts).decode(batch_of([path.read_bytes() for path in packet_files]))
    night.append(alerts, compute(alerts))
    return night.view()


def survives(cuts: Cuts, night: NightView, row: int) -> bool:
    """Return whether every stage that is on keeps an alert."""
    return not any(stage.judge(night, row, row + 1).failed[0] for stage in cuts.stages if stage.enabled)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_the_turns_that_are_named_let_every_rejected_alert_in(name: str, night: NightView) -> None:
    """Made together they do; without any one of them they do not."""
    cuts = loaded(name)
    rejected = rescued = 0
    every = max(1, len(night) // ASKED)
    for row in range(NAMES.index(name) % every, len(night), every):
        turns = rescue_of_all(explain(cuts, night, row))
        if survives(cuts, night, row):
            assert turns == ()
            continue
        rejected += 1
        if turns is None:
            continue
        rescued += 1
        turned = cuts
        for stage, turn in turns:
            assert not survives(turned, night, row)
            turned = turned.set_knob(stage, turn.knob, turn.value)
        assert survives(turned, night, row)
    assert rejected
    assert rescued or name != "transients"
