"""Opens the screen on stages that can be edited, types into the editor and reads what it says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import fake_night
from fake_cuts import cuts_of
from fake_engine import FakeEngine
from hunting import settled, text_of
from synchronous_engine import SynchronousEngine
from textual import events
from textual.pilot import Pilot

from huntui.features.registry import kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.draft import Draft
from huntui.hunt.treasure import Hunt
from huntui.sources.folder import FolderSource
from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions
from huntui.tui.widgets.condition import Condition

CUTS = Path(__file__).parents[2] / "cuts" / "transients.yaml"
REAL = Draft("real", "drb >= drb_min", "Real, not an artefact", (KnobState("drb_min", 0.65, 0.0, 1.0, 0.05),))


def night() -> FakeEngine:
    """Return an engine on a night by hand whose stages can be edited."""
    snapshot = fake_night.streaming()
    return FakeEngine(replace(snapshot, cuts=cuts_of(snapshot.stages)))


@asynccontextmanager
async def real_night(
    packets: Path, cuts: Cuts | None = None, *, by_hand: bool = False
) -> AsyncIterator[tuple[SynchronousEngine, HuntApp, Pilot[None]]]:
    """Give a screen on real packets that were read to the end."""
    cuts = cuts or load_cuts(CUTS, kinds())
    engine = SynchronousEngine(FolderSource(packets), cuts, Hunt("none", "", ()), by_hand=by_hand)
    app = HuntApp(engine, ScreenOptions(browse=lambda _: False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        yield engine, app, pilot
    await engine.stop()


async def typing(pilot: Pilot[None], text: str) -> None:
    """Type a text, key by key."""
    for char in text:
        pilot.app.post_message(events.Key("enter" if char == "\n" else char, char))
    await pilot.pause()


async def pasting(pilot: Pilot[None], text: str) -> None:
    """Paste a text into what has the focus."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a condition in the place of what is in the field, cursor at its end."""
    condition = pilot.app.screen.query_one(Condition)
    condition.put(text, len(text))
    await pilot.pause()


def said(app: HuntApp) -> str:
    """Return what the editor says about what is typed."""
    return " ".join(" ".join(text_of(app.screen.query_one("#outcome"))).split())


def counts(app: HuntApp) -> str:
    """Return what the editor says about what the stage does."""
    return "\n".join(line.strip() for line in text_of(app.screen.query_one("#stage-counts")))
