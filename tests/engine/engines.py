"""What the tests of engines share: a small hunt, and how to wait for a snapshot."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.treasure import Hunt

ROOT = Path(__file__).parents[2]
EXERCISE = ROOT / "cuts" / "ztf-summer-school-2024.yaml"

HUNT = {
    "name": "test",
    "about": "two treasures",
    "treasures": [
        {
            "name": name,
            "title": name,
            "about": "what it is",
            "looks_like": looks_like,
            "confirmed_by": "class == 'supernova Ia'",
            "points": 5,
            "goal": 1,
            "beware": "what imitates it",
        }
        for name, looks_like in (("riser", "rate < 0"), ("fader", "rate > 0"))
    ],
}

MakeEngine = Callable[..., EngineFace]


def small_hunt() -> Hunt:
    """Return a hunt with two treasures."""
    return hunt_from_mapping(HUNT, "test", kinds(), {"class": "text"})


@asynccontextmanager
async def running(engine: EngineFace) -> AsyncIterator[EngineFace]:
    """Start an engine and stop it whatever happens."""
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def until(engine: EngineFace, wanted: Callable[[Snapshot], bool]) -> Snapshot:
    """Return the first snapshot that is as wanted."""
    async with asyncio.timeout(300):
        async for snapshot in engine:
            if wanted(snapshot):
                return snapshot
    raise AssertionError("the engine stopped before")


def finished(snapshot: Snapshot) -> bool:
    """Return whether the night is read."""
    return snapshot.status in ("finished", "failed")
