"""A night from the cache is as good as one that was read; what could be wrong is read again."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from engines import EXERCISE, finished, running, small_hunt, until

from huntui.engine.engine import Engine
from huntui.engine.keeper import FROM_CACHE
from huntui.engine.snapshot import Snapshot
from huntui.errors import SourceError
from huntui.features.registry import kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.night.cache import NightCache
from huntui.session.commands import Pause, TurnKnob
from huntui.simulate.night import SimulatedNight
from huntui.sources.folder import FolderSource

PLENTY = 10**9


@pytest.fixture
def packets(tmp_path: Path, packet_files: list[Path]) -> Path:
    """Return a folder with a few real packets, one of them twice, and a damaged one."""
    folder = tmp_path / "packets"
    folder.mkdir()
    for path in packet_files[::30]:
        shutil.copy(path, folder)
    shutil.copy(packet_files[0], folder / "again.avro")
    (folder / "damaged.avro").write_bytes(packet_files[0].read_bytes()[:5000])
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> NightCache:
    """Return an empty cache."""
    return NightCache(tmp_path / "nights", PLENTY)


def engine_over(source: FolderSource, cache: NightCache | None) -> Engine:
    """Return an engine with the cuts of the exercise."""
    return Engine(source, load_cuts(EXERCISE, kinds()), small_hunt(), date="20240707", cache=cache)


async def read(folder: Path, cache: NightCache | None) -> Snapshot:
    """Return the last picture of a night; what is to be kept of it is kept then."""
    async with running(engine_over(FolderSource(folder), cache)) as engine:
        return await until(engine, finished)


def without_clock(snapshot: Snapshot) -> dict[str, object]:
    """Return what a snapshot says, all but how it came to be."""
    night = replace(snapshot.night, seconds=0.0, alerts_per_second=0.0, cached=False)
    rows = [[snapshot.rows.value(c, row) for c in ("candid", "rate", "drb")] for row in range(len(snapshot.rows))]
    looks = [snapshot.rows.suggestions(row) for row in range(len(snapshot.rows))]
    bad = snapshot.bad_packets
    refused = [(bad.reason(place), bad.reference(place)) for place in range(len(bad))]
    return {"night": night, "stages": snapshot.stages, "rows": str(rows), "looks": looks, "refused": refused}


async def test_the_second_time_a_night_comes_from_the_cache_and_nothing_else_is_different(
    packets: Path, cache: NightCache
) -> None:
    """Counts, survivors, features, suggestions, bad packets with their places, light curves and cutouts."""
    seen = []
    for cached in (False, True):
        async with running(engine_over(FolderSource(packets), cache)) as engine:
            last = await until(engine, finished)
            assert (last.night.cached, last.message) == (cached, FROM_CACHE if cached else "")
            assert last.status == "finished"
            assert last.night.fraction == 1.0
            object_id = last.rows.object_id(0)
            detail, cutouts = await engine.detail(object_id), await engine.cutouts(object_id)
            assert detail is not None
            assert cutouts is not None
            curve = detail.light_curve
            images = [cutout.image for cutout in cutouts]
            seen.append((without_clock(last), str(detail.values), astuple(curve), images))
    (one, other) = seen
    assert one[0] == other[0]
    assert one[0]["refused"] == [("truncated", str(packets / "damaged.avro"))]
    assert one[1] == other[1]
    for first, second in zip([*one[2], *one[3]], [*other[2], *other[3]], strict=True):
        np.testing.assert_array_equal(first, second)


async def test_knobs_turn_on_a_night_from_the_cache(packets: Path, cache: NightCache) -> None:
    """Its counts follow like those of a night that was read."""
    counts = []
    for _ in range(2):
        async with running(engine_over(FolderSource(packets), cache)) as engine:
            await until(engine, finished)
            stage = next(stage for stage in engine.latest.stages if stage.knobs)
            engine.send(TurnKnob(stage.name, stage.knobs[0].name, 1))
            counts.append((await until(engine, lambda snapshot: snapshot.cuts_version == 1)).stages)
    assert counts[0] == counts[1]


def touch(folder: Path) -> None:
    """Change a time."""
    os.utime(first(folder), (1, 1))


def add(folder: Path) -> None:
    """Add a packet."""
    shutil.copy(first(folder), folder / "zz.avro")


def remove(folder: Path) -> None:
    """Remove a packet."""
    first(folder).unlink()


def rename(folder: Path) -> None:
    """Rename a packet, so that addresses lead elsewhere."""
    first(folder).rename(folder / "zz.avro")


def first(folder: Path) -> Path:
    """Return the first packet of a folder."""
    return min(folder.iterdir())


@pytest.mark.parametrize("change", [touch, add, remove, rename])
async def test_a_folder_that_has_changed_is_read_again(
    packets: Path, cache: NightCache, change: Callable[[Path], None]
) -> None:
    """And once more kept."""
    await read(packets, cache)
    change(packets)
    again = await read(packets, cache)
    assert not again.night.cached
    assert without_clock(again) == without_clock(await read(packets, None))
    assert (await read(packets, cache)).night.cached


class Breaking(FolderSource):
    """Breaks off after its first batch."""

    def batches(self) -> Iterator:  # type: ignore[type-arg]
        """Yield one batch and fail."""
        yield next(iter(super().batches()))
        raise SourceError("the disk is gone.")


class Changing(FolderSource):
    """Is changed by somebody while it is read."""

    def batches(self) -> Iterator:  # type: ignore[type-arg]
        """Change a packet when all of them are read."""
        yield from super().batches()
        touch(self._folder)


class Losing(FolderSource):
    """Loses a packet between listing and reading, which is back when all is read."""

    lost: Path | None = None

    def batches(self) -> Iterator:  # type: ignore[type-arg]
        """Take a packet away before they are read."""
        path = first(self._folder)
        self.lost = path.rename(path.with_suffix(".lost"))
        yield from super().batches()

    def fingerprint(self) -> str | None:
        """Bring it back before anybody looks."""
        if self.lost:
            self.lost.rename(self.lost.with_suffix(".avro"))
            self.lost = None
        return super().fingerprint()


class Nameless(FolderSource):
    """Cannot say whether it will be the same the next time."""

    def fingerprint(self) -> str | None:
        """Return None."""
        return None


class Gone(FolderSource):
    """Cannot say what it is read from."""

    def fingerprint(self) -> str | None:
        """Raise."""
        raise SourceError("gone.")


@pytest.mark.parametrize("kind", [Breaking, Changing, Losing, Nameless, Gone])
async def test_a_night_that_may_be_another_the_next_time_is_not_kept(
    packets: Path, cache: NightCache, kind: type[FolderSource]
) -> None:
    """It is read and shown like any other."""
    async with running(engine_over(kind(packets), cache)) as engine:
        last = await until(engine, finished)
    assert last.night.alerts > 0
    assert cache.nights() == []


class Waiting(FolderSource):
    """Waits for a sign before its last packets."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.sign = Event()

    def batches(self) -> Iterator:  # type: ignore[type-arg]
        """Yield a batch and wait with the end."""
        yield from super().batches()
        self.sign.wait()


async def test_a_night_that_was_left_before_its_end_is_not_kept(packets: Path, cache: NightCache) -> None:
    """An engine that is stopped in mid-night keeps nothing."""
    source = Waiting(packets)
    async with running(engine_over(source, cache)) as engine:
        try:
            await until(engine, lambda snapshot: snapshot.status == "streaming")
            engine.send(Pause())
            await until(engine, lambda snapshot: snapshot.status == "paused")
        finally:
            source.sign.set()
    assert cache.nights() == []


async def test_a_cache_that_cannot_be_used_is_not_noticed(packets: Path, tmp_path: Path) -> None:
    """A folder that cannot be made, and a night that is no night."""
    (tmp_path / "file").write_text("in the way")
    expected = without_clock(await read(packets, None))
    for _ in range(2):
        assert without_clock(await read(packets, NightCache(tmp_path / "file" / "nights", PLENTY))) == expected
    cache = NightCache(tmp_path / "nights", PLENTY)
    await read(packets, cache)
    (file,) = cache.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    again = await read(packets, cache)
    assert not again.night.cached
    assert without_clock(again) == expected
    assert (await read(packets, cache)).night.cached


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
from huntui.engine.engine import Engine
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.night.cache import NightCache
from huntui.sources.folder import FolderSource

class Fatal(FolderSource):
    def batches(self):
        for number, batch in enumerate(super().batches()):
            yield batch
            if number == int(sys.argv[3]):
                os.kill(os.getpid(), signal.SIGKILL)

async def main():
    cache = NightCache(Path(sys.argv[2]), 10**9)
    engine = Engine(Fatal(Path(sys.argv[1])), NO_CUTS, Hunt("none", "", ()), cache=cache)
    await engine.start()
    async for snapshot in engine:
        pass

asyncio.run(main())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
async def test_a_process_that_is_killed_while_it_reads_leaves_nothing_behind(
    packets_dir: Path, cache: NightCache
) -> None:
    """After its first batch or its second, the next one reads the night from its packets."""
    arguments = [sys.executable, "-c", KILLED, str(packets_dir), str(cache.folder)]
    children = [subprocess.Popen([*arguments, number]) for number in "01"]
    assert [child.wait(300) for child in children] == [-9, -9]
    assert not cache.folder.exists() or list(cache.folder.iterdir()) == []
    last = await read(packets_dir, cache)
    assert (last.night.cached, last.night.alerts) == (False, 907)
    assert (await read(packets_dir, cache)).night.cached


async def test_invented_packets_are_known_by_themselves_also_from_the_cache(tmp_path: Path, cache: NightCache) -> None:
    """Nothing beside them says that they are simulated, as where somebody packed or sent them on."""
    night, packets = SimulatedNight("20240707", count=3), tmp_path / "packets"
    packets.mkdir()
    for k in range(3):
        (packets / f"{k}.avro").write_bytes(night.packet(k))
    for cached in (False, True):
        last = await read(packets, cache)
        assert (last.night.cached, last.night.simulated) == (cached, True)
