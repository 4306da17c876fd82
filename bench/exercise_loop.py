"""Compare huntui with the exercise's loop on a folder of packets: `python bench/exercise_loop.py FOLDER`."""

import asyncio
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from oracles import plain_filter  # noqa: E402

from huntui.cli.night import prepare  # noqa: E402
from huntui.cli.options import NightOptions  # noqa: E402


def loop(folder: Path) -> float:
    """Return packets per second of fastavro and the exercise's cuts, one file after the other."""
    files = sorted(folder.glob("*.avro"))
    started = time.perf_counter()
    plain_filter.run_filter(files)
    return len(files) / (time.perf_counter() - started)


async def huntui(folder: Path) -> float:
    """Return packets per second of huntui with the same cuts."""
    engine = prepare(NightOptions(source=str(folder), cuts="ztf-summer-school-2024")).engine()
    await engine.start()
    async for snapshot in engine:
        if snapshot.status in ("finished", "failed"):
            break
    await engine.stop()
    return engine.latest.night.packets / engine.latest.night.seconds


if __name__ == "__main__":
    for _ in range(3):
        slow, fast = loop(Path(sys.argv[1])), asyncio.run(huntui(Path(sys.argv[1])))
        print(f"exercise's loop {slow:,.0f}/s, huntui {fast:,.0f}/s, {fast / slow:.1f} times as fast")
