"""Takes the picture of the README from the program itself: a hunt on a simulated night, step by step."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from textual.pilot import Pilot

from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.opening.night import prepare
from huntui.opening.options import NightOptions
from huntui.tui.app import HuntApp

DATE = "20240707"
PICTURE = Path(__file__).with_name("picture.svg")
SIZE = (120, 36)
SECONDS = 4
"""How long each step is shown."""
_FONT_FROM_THE_NET = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_VIEW = re.compile(r'viewBox="([^"]+)"')


async def steps() -> AsyncIterator[str]:
    """Yield the screen as SVG after each step of a hunt."""
    engine = prepare(NightOptions(date=DATE, source="simulated", no_cache=True)).engine()
    app = HuntApp(engine)

    def shown(step: str) -> str:
        return app.export_screenshot(title=f"huntui --date {DATE}   {step}")

    async with app.run_test(size=SIZE) as pilot:
        await _until(engine, lambda now: now.night.alerts > 9_000)
        await pilot.press("down", "down", "down", *["left"] * 3)
        await pilot.pause(1.0)
        yield shown("1  A night streams by, and a knob is turned: every count follows.")
        await _until(engine, lambda now: now.status in ("finished", "failed"))
        await pilot.press("u", "2")
        await _select(engine, pilot, "supernova")
        yield shown("2  What came through: is there something beside a galaxy that was not there before?")
        await pilot.press("w")
        await pilot.pause(1.5)
        yield shown("3  Why is it here? Every stage says so, and by how much.")
        await pilot.press("escape", "c", "enter")
        await pilot.pause(1.0)
        yield shown("4  It is claimed as a supernova, and truth agrees.")
    await engine.stop()


async def _until(engine: Engine, wanted: Callable[[Snapshot], bool]) -> None:
    async for snapshot in engine:
        if wanted(snapshot):
            return


async def _select(engine: Engine, pilot: Pilot[None], treasure: str) -> None:
    """Go to the object with the most detections that looks like a treasure."""
    rows = engine.latest.rows
    found = [row for row in range(len(rows)) if treasure in rows.suggestions(row)]
    best = max(found, key=lambda row: rows.value("n_det", row) or 0)
    await pilot.press("home", *["down"] * best)
    await pilot.pause(1.5)


def together(pictures: list[str]) -> str:
    """Return one SVG that shows pictures in turns; whoever cannot move it sees the last."""
    view = _VIEW.search(pictures[0])
    assert view is not None
    share = 100 / len(pictures)
    styles = [
        f".step {{ animation: {SECONDS * len(pictures)}s step-end infinite; }}",
        *(
            f".step{place} {{ animation-name: step{place}; opacity: {int(place == len(pictures) - 1)}; }} "
            f"@keyframes step{place} {{ 0% {{ opacity: {int(place == 0)}; }} {place * share:g}% {{ opacity: 1; }} "
            f"{(place + 1) * share:g}% {{ opacity: 0; }} }}"
            for place in range(len(pictures))
        ),
    ]
    inside = "\n".join(
        f'<g class="step step{place}">{_FONT_FROM_THE_NET.sub("", picture)}</g>'
        for place, picture in enumerate(pictures)
    )
    style = f"<style>{' '.join(styles)}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[1]}">\n{style}\n{inside}\n</svg>\n'


async def take() -> str:
    """Return the picture."""
    return together([picture async for picture in steps()])


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(take()))
