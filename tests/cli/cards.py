"""What the tests of score cards share: a hunt that was played in a simulated night and kept, as the screen does it."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from huntui import strict_json
from huntui.cli.night import PreparedNight, prepare
from huntui.cli.options import NightOptions
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.session.commands import Command

COUNT = 600
SET = ("--set", f"simulate.count={COUNT}")
SMALL_NIGHT = NightOptions(date="20240707", cuts="none", settings=(f"simulate.count={COUNT}",))


async def read(engine: Engine) -> Snapshot:
    """Wait until the night is read."""
    async with asyncio.timeout(300):
        async for snapshot in engine:
            if snapshot.status in ("finished", "failed"):
                return snapshot
    raise AssertionError("the engine stopped before")


async def send(engine: Engine, command: Command) -> Snapshot:
    """Send a command and wait for what it makes of the hunt."""
    before = engine.latest.sequence
    engine.send(command)
    async with asyncio.timeout(300):
        async for snapshot in engine:
            if snapshot.sequence > before:
                return snapshot
    raise AssertionError("the engine stopped before")


def play(commands: Sequence[Command], options: NightOptions = SMALL_NIGHT, *, fresh: bool = True) -> Snapshot:
    """Play a hunt on a night that was read, keep it, and return how it ended."""

    async def played(night: PreparedNight) -> list[Snapshot]:
        engine = night.hunting(fresh=fresh)
        await engine.start()
        try:
            last = await read(engine)
            for command in commands:
                last = await send(engine, command)
            return [last]
        finally:
            await engine.stop()

    return asyncio.run(played(prepare(options)))[0]


def truths() -> dict[str, str]:
    """Return the class of every object of the small night."""
    night = prepare(SMALL_NIGHT)
    (last,) = [play([])]
    names = [last.rows.object_id(row) for row in range(len(last.rows))]
    return {name: str(truth["class"]) for name, truth in night.source.truth(names).items()}


def changed(path: Path, to: Path, change: dict[str, Any], *, digest: bool = True) -> str:
    """Write a card with other values to another file, with a digest that fits them, and return its name."""
    values = json.loads(path.read_text()) | change
    if digest:
        values["digest"] = strict_json.digest({key: value for key, value in values.items() if key != "digest"})
    to.write_text(json.dumps(values))
    return str(to)
