"""What the tests of score cards share: a hunt that was played in a simulated night and kept, as the screen does it."""

import asyncio
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from huntui import strict_json
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.opening.night import PreparedNight, prepare
from huntui.opening.options import NightOptions
from huntui.session.commands import Command

COUNT = 600
SET = ("--set", f"simulate.count={COUNT}")
SMALL_NIGHT = NightOptions(date="20240707", cuts="none", settings=(f"simulate.count={COUNT}",))


Move = Command | Callable[[Snapshot], Command]
"""A command, or what makes one of how the hunt stands."""


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


def play(moves: Sequence[Move], options: NightOptions = SMALL_NIGHT) -> Snapshot:
    """Play a hunt on a night that was read, keep it, and return how it ended."""

    async def played(night: PreparedNight) -> list[Snapshot]:
        engine = night.hunting(fresh=True)
        await engine.start()
        try:
            last = await read(engine)
            for move in moves:
                last = await send(engine, move(last) if callable(move) else move)
            return [last]
        finally:
            await engine.stop()

    return asyncio.run(played(prepare(options)))[0]


def signed(values: dict[str, Any]) -> dict[str, Any]:
    """Return a card with the digest that fits it."""
    rest = {key: value for key, value in values.items() if key != "digest"}
    return rest | {"digest": strict_json.digest(rest)}


def written(name: str, values: object) -> str:
    """Write values to a JSON file in the current directory and return its name."""
    Path(name).write_text(json.dumps(values))
    return name
