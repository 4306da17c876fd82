"""A stream's night on disk: each reader has its own chain, which survives whatever ends the reader."""

import os
from pathlib import Path

import numpy as np
import pytest
from kept_nights import PLENTY, assert_same

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute
from huntui.night.cache import NightCache
from huntui.night.segments import Segments, segment_files
from huntui.night.store import Night
from huntui.packets import faults
from huntui.packets.faults import BadPacket
from huntui.sources.simulated import SimulatedSource


class Growing:
    """A night that takes in a part of a simulated one at a time."""

    def __init__(self, alerts: int = 300) -> None:
        self.night = Night(TextPool())
        self.decoder = AlertDecoder(self.night.texts)
        self.packets = 0
        (self.batch,) = list(SimulatedSource("20240707", count=alerts).batches())[:1]

    def take(self, first: int, last: int, bad: int = 0) -> None:
        """Take in some packets, and refuse others."""
        batch, _ = self.decoder.decode(self.batch.part(first, last))
        self.night.append(batch, compute(batch))
        for number in range(bad):
            self.night.quarantine.add(BadPacket(faults.NOT_AVRO, (0, number)))
        self.packets += last - first + bad


def claimed(cache: NightCache) -> Segments:
    """Return the chain of a reader."""
    segments = cache.stream("a stream")
    assert segments is not None
    return segments


def keep(cache: NightCache, segments: Segments, growing: Growing) -> None:
    """Keep what is new."""
    cache.keep_stream(segments, growing.night.parts(), growing.packets, "kafka://host:1/topic", "20240707")


def files(cache: NightCache) -> list[Path]:
    """Return the files of all chains."""
    return sorted(path for path, *_ in segment_files(cache.folder))


@pytest.fixture
def cache(tmp_path: Path) -> NightCache:
    """Return an empty cache."""
    return NightCache(tmp_path / "nights", PLENTY)


def test_a_night_that_was_kept_bit_by_bit_comes_back_whole(cache: NightCache) -> None:
    """Alerts, duplicates and bad packets, also where a part brought none of them; then it goes on growing."""
    growing, segments = Growing(), claimed(cache)
    for first, last, bad in [(0, 0, 2), (0, 20, 0), (20, 21, 1), (21, 60, 0), (40, 60, 0), (60, 61, 0), (61, 62, 0)]:
        growing.take(first, last, bad)
        keep(cache, segments, growing)
    assert growing.night.duplicates == 20
    assert len(files(cache)) < 5
    segments.close()
    again = claimed(cache)
    restored = again.restored()
    assert restored is not None
    night, packets = restored
    assert (packets, night.looked_over, again.damaged) == (growing.packets, 0, False)
    assert_same(growing.night, night)
    growing.night, growing.decoder = night, AlertDecoder(night.texts)
    growing.take(50, 64)
    assert (len(night), night.duplicates) == (64, 32)
    keep(cache, again, growing)
    again.close()
    restored = claimed(cache).restored()
    assert restored is not None
    assert_same(night, restored[0])


def test_each_living_reader_has_a_chain_and_a_dead_one_leaves_its_own(cache: NightCache) -> None:
    """The next reader goes on with the first that nobody holds."""
    growing, one, other = Growing(), claimed(cache), claimed(cache)
    growing.take(0, 10)
    keep(cache, one, growing)
    growing.take(10, 30)
    keep(cache, other, growing)
    assert (one.reader, other.reader) == (0, 1)
    one.close()
    third = claimed(cache)
    restored = third.restored()
    assert restored is not None
    assert (third.reader, len(restored[0])) == (0, 10)
    assert [len(night.label.source) for night in cache.nights()] == [len("kafka://host:1/topic")] * 2
    assert cache.clear() == 0
    third.close()
    assert cache.clear() > 0
    assert len(files(cache)) == 1
    other.close()


def test_a_write_that_was_interrupted_changes_nothing(cache: NightCache) -> None:
    """A half-written file is none, and parts that were written once more but not removed are not counted twice."""
    growing, segments = Growing(), claimed(cache)
    growing.take(0, 40)
    keep(cache, segments, growing)
    first = files(cache)[0]
    before = first.read_bytes()
    growing.take(40, 41)
    keep(cache, segments, growing)
    second = files(cache)[1]
    rest = second.read_bytes()
    growing.take(41, 64)
    keep(cache, segments, growing)
    first.write_bytes(before)
    second.write_bytes(rest)
    (cache.folder / f"{segments.key}.x.part").write_bytes(before[:100])
    segments.close()
    again = claimed(cache)
    restored = again.restored()
    assert restored is not None
    assert_same(growing.night, restored[0])
    assert not again.damaged


@pytest.mark.parametrize("which", [0, 1])
def test_damage_costs_what_is_behind_it_and_is_told(cache: NightCache, which: int) -> None:
    """What comes before it is there, and what is kept then fits it."""
    growing, segments = Growing(), claimed(cache)
    growing.take(0, 40)
    keep(cache, segments, growing)
    growing.take(40, 50)
    keep(cache, segments, growing)
    segments.close()
    path = files(cache)[which]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    again = claimed(cache)
    restored = again.restored()
    assert again.damaged
    assert (0 if restored is None else len(restored[0])) == 40 * which
    anew = Growing()
    if restored is not None:
        anew.night, anew.decoder = restored[0], AlertDecoder(restored[0].texts)
    anew.take(0, 60)
    keep(cache, again, anew)
    again.close()
    restored = claimed(cache).restored()
    assert restored is not None
    assert_same(anew.night, restored[0])


def test_a_stream_that_is_larger_than_the_cache_is_refused_and_other_nights_make_room_for_it(tmp_path: Path) -> None:
    """A night that can be read again goes first; what was kept of the stream stays."""
    growing, cache = Growing(), NightCache(tmp_path, PLENTY)
    growing.take(0, 64)
    assert cache.keep("a night", growing.night, 64, "there", None)
    (night,) = tmp_path.glob("*.night")
    small = NightCache(tmp_path, night.stat().st_size + 40_000)
    segments = claimed(small)
    other = Growing()
    other.take(0, 40)
    keep(small, segments, other)
    assert not night.exists()
    tight = NightCache(tmp_path, sum(path.stat().st_size for path in files(small)) + 1000)
    other.take(40, 64)
    with pytest.raises(OSError, match="larger than"):
        keep(tight, segments, other)
    segments.close()
    restored = claimed(small).restored()
    assert restored is not None
    assert len(restored[0]) == 40
    assert np.all(restored[0].view().column("candid") == growing.night.view().column("candid")[:40])


def test_a_chain_that_made_room_is_missed_by_its_next_reader(tmp_path: Path) -> None:
    """Until something is kept again; a chain that is being read stays, and whoever clears the cache is told nothing."""
    growing, cache = Growing(), NightCache(tmp_path, PLENTY)
    growing.take(0, 40)
    segments = claimed(cache)
    keep(cache, segments, growing)
    tight = NightCache(tmp_path, sum(path.stat().st_size for path in files(cache)) + 1000)
    assert tight.keep("a night", growing.night, 40, "there", None)
    assert len(files(cache)) == 1
    segments.close()
    assert tight.keep("another night", growing.night, 40, "there", None)
    assert files(cache) == []
    for _ in range(2):
        again = claimed(cache)
        assert (again.restored(), again.evicted, again.damaged) == (None, True, False)
        again.close()
    again = claimed(cache)
    keep(cache, again, growing)
    again.close()
    for _ in range(2):
        again = claimed(cache)
        assert not again.evicted
        again.close()
        assert cache.clear() >= 0


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    """As where the cache folder is a file."""
    (tmp_path / "nights").write_text("in the way")
    assert NightCache(tmp_path / "nights", PLENTY).stream("a stream") is None
    assert os.path.isfile(tmp_path / "nights")
