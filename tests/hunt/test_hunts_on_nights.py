"""What the shipped hunts suggest on simulated nights, and what their starters let through."""

from dataclasses import dataclass

import numpy as np
import pytest

from huntui import shipped, truth
from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute, kinds
from huntui.funnel.cuts import Cuts
from huntui.hunt.hunt import load_hunt
from huntui.hunt.treasure import Treasure
from huntui.hunt.verdict import Truth, TruthTable
from huntui.night.store import Night
from huntui.night.view import NightView
from huntui.simulate.night import SimulatedNight

DATES = ("20240707", "20241222", "20250320")
COUNT = 5_000

TOO_RARE = {"infant-supernova": "about ten a year are found within two days after they exploded"}
"""Treasures that a night of this size cannot be asked to hold, and why."""


@dataclass(frozen=True)
class Known:
    """A simulated night and what is true of the object of each alert."""

    view: NightView
    truths: list[Truth]

    def right(self, treasure: Treasure) -> np.ndarray:
        """Return which alerts are of objects that truth confirms as a treasure."""
        table = TruthTable(self.truths, treasure.confirmed_by.kinds)
        return treasure.confirmed_by.evaluate(table, 0, len(self.truths)).yes

    def looks(self, treasure: Treasure) -> np.ndarray:
        """Return which alerts look like a treasure."""
        return treasure.looks_like.evaluate(self.view, 0, len(self.view)).yes

    def through(self, cuts: Cuts) -> np.ndarray:
        """Return which alerts pass all stages."""
        kept = np.ones(len(self.view), np.bool_)
        for stage in cuts.stages:
            knobs = {name: knob.value for name, knob in stage.knobs.items()}
            answer = stage.expression.evaluate(self.view, 0, len(self.view), knobs)
            kept &= answer.yes | (answer.unknown if stage.missing == "keep" else False)
        return kept


def known(date: str) -> Known:
    """Make a night and read it."""
    simulated, pool = SimulatedNight(date, count=COUNT), TextPool()
    decoder, night = AlertDecoder(pool), Night(pool)
    for chunk in simulated.chunks():
        batch = decoder.decode(chunk)[0]
        night.append(batch, compute(batch))
    night.look_over()
    columns = simulated.truths()
    rows = {candid: k for k, candid in enumerate(columns["candid"].tolist())}
    view = night.view()
    names = list(truth.kinds())
    truths = [
        {name: None if value != value else value for name in names for value in [columns[name][rows[candid]]]}
        for candid in view.column("candid").tolist()
    ]
    return Known(view, [{k: v if isinstance(v, str) or v is None else float(v) for k, v in t.items()} for t in truths])


@pytest.fixture(scope="module")
def nights() -> list[Known]:
    """Return nights of three seasons."""
    return [known(date) for date in DATES]


def treasures() -> dict[str, Treasure]:
    """Return every treasure of any hunt; those of one name are the same."""
    hunts = [load_hunt(shipped.find("hunts", name), kinds(), truth.kinds()) for name in shipped.names("hunts")]
    return {treasure.name: treasure for hunt in hunts for treasure in hunt.treasures}


@pytest.mark.parametrize("treasure", treasures().values(), ids=treasures())
def test_what_looks_like_a_treasure_is_one_now_and_then(treasure: Treasure, nights: list[Known]) -> None:
    """In three nights at least one alert is suggested that truth confirms, and one that the starter lets through."""
    if treasure.name in TOO_RARE:
        pytest.skip(f"no night of {COUNT:,} alerts need hold one: {TOO_RARE[treasure.name]}")
    assert any((night.right(treasure) & night.looks(treasure)).any() for night in nights)
    assert treasure.starter is not None
    assert any((night.right(treasure) & night.through(treasure.starter)).any() for night in nights)


@pytest.mark.parametrize("treasure", treasures().values(), ids=treasures())
def test_a_starter_leaves_something_to_improve(treasure: Treasure, nights: list[Known]) -> None:
    """It lets something through that is none, or loses one; and it takes a good part of the night away."""
    assert treasure.starter is not None
    through = [night.through(treasure.starter) for night in nights]
    assert any((kept != night.right(treasure)).any() for kept, night in zip(through, nights, strict=True))
    assert sum(kept.sum() for kept in through) < 0.7 * COUNT * len(nights)
