"""The worker: a key is answered over the alerts that were seen before it, and nothing is left out in the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from engines import EXERCISE, small_hunt

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.core import Core
from huntui.engine.inbox import Arrival, Ended, Reading
from huntui.engine.snapshot import NightState, Snapshot
from huntui.engine.worker import Worker
from huntui.features.registry import compute, kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import TurnKnob
from huntui.sources.folder import FolderSource


@pytest.fixture
def reading(packets_dir: Path) -> tuple[Worker, Iterator[Arrival]]:
    """Return a worker whose night is being read, and what arrives for it."""
    source, texts = FolderSource(packets_dir), TextPool()
    core = Core(texts, load_cuts(EXERCISE, kinds()), small_hunt(), source.truth)
    worker = Worker(core, NightState("20240707", source.title, source.simulated, source.total), source)
    worker.take(Reading())
    decoder = AlertDecoder(texts)

    def arrivals() -> Iterator[Arrival]:
        for packets in source.batches():
            batch, bad = decoder.decode(packets)
            yield Arrival(batch, compute(batch), bad, len(packets))

    return worker, arrivals()


def _counts(snapshot: Snapshot) -> tuple[int, int, int]:
    return snapshot.night.alerts, snapshot.stages[0].entered, len(snapshot.view or ())


def test_an_answer_has_the_alerts_of_the_snapshot_before(reading: tuple[Worker, Iterator[Arrival]]) -> None:
    """All numbers of a snapshot are of one moment, and the change is in it."""
    worker, arrivals = reading
    worker.take(next(arrivals))
    assert worker.behind
    worker.catch_up()
    before = worker.snapshot()
    worker.take(next(arrivals))
    stage = next(stage for stage in before.stages if stage.knobs)
    worker.command([TurnKnob(stage.name, stage.knobs[0].name, 1)])
    answer = worker.snapshot()
    assert answer.cuts_version == before.cuts_version + 1
    assert _counts(answer) == _counts(before)
    assert worker.behind
    worker.catch_up()
    assert worker.snapshot().night.alerts > before.night.alerts
    assert len(set(_counts(worker.snapshot()))) == 1
    assert not worker.behind


def test_what_was_hurried_over_is_looked_at_the_next_times(reading: tuple[Worker, Iterator[Arrival]]) -> None:
    """In a hurry one treasure in five is looked for; the others have their turn, and nothing is left out in the end."""
    worker, arrivals = reading
    for arrival in arrivals:
        worker.take(arrival)
    worker.catch_up(hurried=True)
    hurried = worker.snapshot()
    assert worker.behind
    assert sorted(treasure.suggested > 0 for treasure in hurried.hunt.treasures) == [False, True]
    worker.catch_up(hurried=True)
    final = worker.snapshot()
    assert not worker.behind
    assert _counts(final) == _counts(hurried)
    assert all(treasure.suggested for treasure in final.hunt.treasures)
    worker.take(Ended())
    worker.catch_up()
    assert worker.snapshot().hunt == final.hunt
