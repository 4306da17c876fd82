"""Takes the picture of the README from the program itself: a simulated night, read to its end, a find selected."""

import asyncio
import re
from pathlib import Path

from huntui.cli.night import prepare
from huntui.cli.options import NightOptions
from huntui.session.commands import Claim
from huntui.tui.app import HuntApp

DATE = "20240707"
PICTURE = Path(__file__).with_name("picture.svg")
SIZE = (120, 36)
_FONT_FROM_THE_NET = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


async def take() -> str:
    """Return the screen as SVG."""
    engine = prepare(NightOptions(date=DATE, source="simulated")).engine()
    app = HuntApp(engine)
    async with app.run_test(size=SIZE) as pilot:
        async for snapshot in engine:
            if snapshot.status in ("finished", "failed"):
                break
        best = max(range(len(snapshot.rows)), key=lambda row: snapshot.rows.value("n_det", row) or 0)
        engine.send(Claim(snapshot.rows.object_id(best), "supernova"))
        await pilot.press("tab", "home", *["down"] * best)
        await pilot.pause(0.5)
        picture = app.export_screenshot(title=f"huntui --date {DATE}")
    await engine.stop()
    return _FONT_FROM_THE_NET.sub("", picture)


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(take()))
