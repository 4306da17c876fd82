"""What comes over a stream may be committed once it is on disk, and not before."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import pytest

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.config import KAFKA
from huntui.engine.group.sharing import Group, Sharing
from huntui.engine.inbox import Arrival
from huntui.engine.stream_keeper import StreamKeeper
from huntui.features.registry import compute
from huntui.funnel.cuts import NO_CUTS
from huntui.night.cache import NightCache
from huntui.night.segments import segment_files
from huntui.night.store import Night
from huntui.packets.batch import Int64s
from huntui.sources.kafka.settings import kafka_settings
from huntui.sources.kafka.source import KafkaSource
from huntui.sources.simulated import SimulatedSource


class Watched(KafkaSource):
    """A source whose broker is never reached, and that remembers what it may commit and what was on disk then."""

    def __init__(self, folder: Path, group: str = "class") -> None:
        super().__init__(kafka_settings({**KAFKA, "group.id": group}, None, "kafka://127.0.0.1:1/night", {}))
        self.folder = folder
        self.committed: list[tuple[Int64s, int]] = []

    def stored(self, addresses: Int64s) -> None:
        """Remember it."""
        self.committed.append((addresses, len(list(segment_files(self.folder)))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return where nights are kept."""
    return tmp_path / "nights"


@pytest.fixture
def source(folder: Path) -> Iterator[Watched]:
    """Return a source of a named group."""
    source = Watched(folder)
    yield source
    source.close()


def kept(keeper: StreamKeeper) -> Night:
    """Have a keeper keep a small night with a bad packet in it, and end."""
    night = Night(TextPool())
    (batch,) = SimulatedSource("20240707", count=20).batches()
    alerts, _ = AlertDecoder(night.texts).decode(batch)
    keeper.resumed()
    keeping = Thread(target=keeper.run)
    keeping.start()
    features = compute(alerts)
    night.append(alerts, features)
    keeper.took(night, 21, Arrival(alerts, features, [], 21, np.array([[0, offset] for offset in range(21)])))
    keeper.close()
    keeping.join(60)
    assert not keeping.is_alive()
    return night


def test_packets_are_committed_when_they_are_on_disk(folder: Path, source: Watched) -> None:
    """Bad ones as well, so that the stream goes on behind them; the next keeper has what the night had."""
    said: list[str] = []
    night = kept(StreamKeeper(NightCache(folder, 10**9), source, None, said.append))
    ((addresses, segments),) = source.committed
    assert (addresses[:, 1].tolist(), segments, said) == (list(range(21)), 1, [])
    resumed = StreamKeeper(NightCache(folder, 10**9), source, None, said.append).resumed()
    assert resumed is not None
    assert (len(resumed.night), resumed.packets) == (len(night), 21)


def test_nothing_is_committed_where_there_is_no_room(folder: Path, source: Watched) -> None:
    """It is said once, and what was to be kept comes again for the next reader."""
    said: list[str] = []
    kept(StreamKeeper(NightCache(folder, 1000), source, None, said.append))
    assert source.committed == []
    assert len(said) == 1
    assert "nothing is committed" in said[0]


def test_what_made_room_for_other_nights_is_told_to_the_next_reader(folder: Path, source: Watched) -> None:
    """Its group goes on behind it, so that it does not come again by itself."""
    said: list[str] = []
    night = kept(StreamKeeper(NightCache(folder, 10**9), source, None, said.append))
    assert NightCache(folder, sum(path.stat().st_size for path, *_ in segment_files(folder)) + 1000).keep(
        "a night", night, 21, "there", None
    )
    assert StreamKeeper(NightCache(folder, 10**9), source, None, said.append).resumed() is None
    assert len(said) == 1
    assert "made room for other nights" in said[0]


@pytest.mark.parametrize(("group", "cached"), [("class", False), ("", True)])
def test_without_a_cache_or_a_group_nothing_is_kept_and_nothing_committed(
    folder: Path, group: str, cached: bool
) -> None:
    """As with --no-cache, and for a reader that begins anew each time."""
    source = Watched(folder, group)
    keeper = StreamKeeper(NightCache(folder, 10**9) if cached else None, source, None, print)
    assert not keeper.keeps
    kept(keeper)
    source.close()
    assert (source.committed, list(segment_files(folder))) == ([], [])


def test_nothing_is_committed_that_could_not_be_shared(
    folder: Path, source: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is on disk, and comes again to the next reader of the group, who shares it then."""
    monkeypatch.setattr("huntui.exports.kafka.topic._ANSWER_SECONDS", 0.3)
    said: list[str] = []
    sharing = Sharing(Group("class", source.title), KAFKA, NO_CUTS)
    kept(StreamKeeper(NightCache(folder, 10**9), source, None, said.append, sharing))
    assert source.committed == []
    assert len(list(segment_files(folder))) == 1
    assert len(said) == 1
    assert "is not shared: No broker answers at 127.0.0.1:1" in said[0]
    assert sharing.trouble


def test_a_keeper_that_fails_in_an_unforeseen_way_says_so_and_commits_nothing(
    folder: Path, source: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read meanwhile does not pile up for it, and its group is told that it was not shared."""

    def fail(*_: object) -> None:
        raise TypeError("unforeseen")

    monkeypatch.setattr(NightCache, "keep_stream", fail)
    said: list[str] = []
    sharing = Sharing(Group("class", source.title), KAFKA, NO_CUTS)
    keeper = StreamKeeper(NightCache(folder, 10**9), source, None, said.append, sharing)
    kept(keeper)
    assert source.committed == []
    assert not keeper.keeps
    assert [
        sentence.startswith("What comes is not kept any more (huntui itself failed: TypeE") for sentence in said
    ] == [True]
    assert sharing.trouble == "huntui itself failed: TypeError: unforeseen"
