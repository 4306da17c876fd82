"""Opens the screen on the engine that tests drive by hand."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from fake_engine import FakeEngine
from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from huntui.tui.app import HuntApp
from huntui.tui.options import ScreenOptions


@asynccontextmanager
async def hunting(
    engine: FakeEngine, size: tuple[int, int] = (120, 36), **options: Any
) -> AsyncIterator[tuple[HuntApp, Pilot[None]]]:
    """Give an app that has painted everything, and the pilot that presses its keys."""
    options.setdefault("browse", lambda _: False)
    app = HuntApp(engine, ScreenOptions(**options))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield app, pilot
    await engine.stop()


async def settled(pilot: Pilot[Any]) -> None:
    """Wait until the light curve of the selected object is drawn."""
    await pilot.pause()
    while drawing := [worker for worker in pilot.app.workers if worker.group == "detail"]:
        # One that another object takes the place of is never complete.
        with suppress(WorkerCancelled):
            await pilot.app.workers.wait_for_complete(drawing)
        await pilot.pause()
    await pilot.pause()


def text_of(widget: Widget) -> list[str]:
    """Return the lines of a panel without their colours."""
    return [widget.render_line(y).text for y in range(widget.size.height)]


def screen_text(app: HuntApp) -> list[str]:
    """Return the lines of the whole screen without their colours."""
    lines = ["".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips()]
    assert {cell_len(line) for line in lines} == {app.size.width}
    return lines


async def until(pilot: Pilot[Any], wanted: Callable[[], bool]) -> None:
    """Wait until the screen is as wanted; fails where it never is."""
    for _ in range(200):
        await pilot.pause()
        if wanted():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("\n".join(screen_text(pilot.app)))
