"""Pictures of the cutouts and of the sky, each on a screen of its own, from the smallest room to a whole window."""

import asyncio
from functools import cache
from typing import Any

import fake_cutouts
import fake_night
import pytest
from one_panel import OnePanel
from synchronous_engine import SynchronousEngine
from test_screens import SnapCompare, pytestmark  # noqa: F401 (the pictures are those of the same Textual)
from textual.pilot import Pilot

from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.opening.night import prepare
from huntui.opening.options import NightOptions
from huntui.sources.simulated import SimulatedSource
from huntui.tui.widgets.cutouts import CutoutsPanel
from huntui.tui.widgets.panel import Panel
from huntui.tui.widgets.sky import SkyPanel

SMALL, NARROW, MEDIUM, LARGE = (24, 8), (38, 10), (64, 13), (118, 33)


def sized(size: tuple[int, int]) -> str:
    """Return the name of a size."""
    return f"{size[0]}x{size[1]}"


def after(panel: Panel, object_id: str, detail: ObjectDetail, *keys: str) -> Any:
    """Return what selects an object, waits until it is drawn and presses keys."""

    async def run(pilot: Pilot[None]) -> None:
        panel.focus()
        panel.show_object(object_id, detail)  # type: ignore[attr-defined]
        for _ in range(100):
            await pilot.pause(0.01)
            if "fetching" not in "".join(panel.render_line(y).text for y in range(panel.size.height)):
                break
        await pilot.press(*keys)
        await pilot.pause()

    return run


def cutouts_of(answer: fake_cutouts.Triplet) -> tuple[CutoutsPanel, ObjectDetail]:
    """Return a panel that is handed these cutouts."""

    async def fetch(_: str) -> fake_cutouts.Triplet:
        return answer

    return CutoutsPanel(fake_night.streaming(), fetch), ObjectDetail("ZTF24aaaaaaa", fake_night.light_curve(1), {})


@pytest.mark.parametrize("size", [SMALL, NARROW, MEDIUM, (24, 36), LARGE], ids=sized)
def test_three_cutouts(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """A supernova beside the middle of its galaxy."""
    panel, detail = cutouts_of(fake_cutouts.triplet())
    app = OnePanel(panel)
    assert snap_compare(app, terminal_size=size, run_before=after(panel, detail.object_id, detail))


@pytest.mark.parametrize("keys", ["up", "a", "n", "space"])
def test_cutouts_looked_at_otherwise(snap_compare: SnapCompare, keys: str) -> None:
    """Closer, stretched in the other way, as stored, and one alone, on a light screen."""
    panel, detail = cutouts_of(fake_cutouts.triplet())
    app = OnePanel(panel, dark=False)
    assert snap_compare(app, terminal_size=MEDIUM, run_before=after(panel, detail.object_id, detail, keys))


def test_a_cutout_is_missing(snap_compare: SnapCompare) -> None:
    """Its reason stands in its place."""
    panel, detail = cutouts_of(fake_cutouts.without("Error -3 while decompressing data: incorrect data check"))
    app = OnePanel(panel)
    assert snap_compare(app, terminal_size=MEDIUM, run_before=after(panel, detail.object_id, detail))


def test_cutouts_in_characters(snap_compare: SnapCompare) -> None:
    """Without half-blocks and colours."""
    panel, detail = cutouts_of(fake_cutouts.triplet())
    app = OnePanel(panel, plain=True)
    assert snap_compare(app, terminal_size=(100, 22), run_before=after(panel, detail.object_id, detail))


@cache
def night() -> Snapshot:
    """Return a simulated night that was read, with the cuts that huntui begins with."""
    shipped = prepare(NightOptions(date="20240707"))
    engine = SynchronousEngine(SimulatedSource("20240707", count=3000), shipped.cuts, shipped.hunt)

    async def read() -> None:
        await engine.start()
        await engine.stop()

    asyncio.run(read())
    return engine.latest


def sky() -> tuple[SkyPanel, ObjectDetail]:
    """Return a panel on the night, and what is known of the first survivor."""
    rows = night().rows
    values = {name: rows.value(name, 0) for name in ("ra", "dec")}
    return SkyPanel(night()), ObjectDetail(rows.object_id(0), fake_night.light_curve(1), values)


@pytest.mark.parametrize("size", [SMALL, NARROW, MEDIUM, LARGE], ids=sized)
def test_all_of_the_sky(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """Fields as shades, survivors as points, the selected one as a lozenge."""
    panel, detail = sky()
    assert snap_compare(OnePanel(panel), terminal_size=size, run_before=after(panel, detail.object_id, detail))


@pytest.mark.parametrize("keys", ["space", "up", "up up"])
def test_the_sky_looked_at_otherwise(snap_compare: SnapCompare, keys: str) -> None:
    """In galactic coordinates, a region, a smaller one, on a light screen."""
    panel, detail = sky()
    run_before = after(panel, detail.object_id, detail, *keys.split())
    assert snap_compare(OnePanel(panel, dark=False), terminal_size=(76, 20), run_before=run_before)


def test_the_sky_in_characters(snap_compare: SnapCompare) -> None:
    """Without half-blocks and colours."""
    panel, detail = sky()
    app = OnePanel(panel, plain=True)
    assert snap_compare(app, terminal_size=(90, 24), run_before=after(panel, detail.object_id, detail))
