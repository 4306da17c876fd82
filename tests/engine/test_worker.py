"""The worker: a key is answered over the alerts that were seen before it, and nothing is left out in the end."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from engines import EXERCISE, small_hunt

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.core import Core
from huntui.engine.inbox import Arrival, Ended, Reading
from huntui.engine.snapshot import NightState, Snapshot
from huntui.engine.worker import Worker
from huntui.errors import SourceError
from huntui.features.registry import compute, compute_over_night, kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.stage import build_stage
from huntui.session.commands import Claim, TurnKnob
from huntui.simulate.night import SimulatedNight
from huntui.sources.folder import FolderSource


def test_what_other_alerts_tell_is_right_once_the_night_is_read(packets_dir: Path) -> None:
    """A stage about lines and partners lets the same alerts through however the night came, batch by batch."""
    texts, nothing = TextPool(), FolderSource(packets_dir)
    stage = build_stage("line", "line_alerts >= 3 or partner_arcsec > 5", kinds())
    core = Core(texts, Cuts("line", "", (stage,)), small_hunt(), nothing.truth)
    worker = Worker(core, NightState("20240707", "simulated", True, None), nothing)
    worker.take(Reading())
    decoder, seen = AlertDecoder(texts), []
    for chunk in SimulatedNight("20240707", count=1500).chunks():
        for first in range(0, len(chunk), 100):
            part = chunk.part(first, first + 100)
            batch, bad = decoder.decode(part)
            worker.take(Arrival(batch, compute(batch), bad, len(part)))
            catch_up_in_haste(worker)
            seen.append(worker.snapshot().surviving_alerts)
    worker.take(Ended())
    worker.catch_up()
    end = worker.snapshot()
    assert end.view is not None
    told = compute_over_night(end.view.columns)
    through = (told["line_alerts"] >= 3) | (told["partner_arcsec"] > 5)
    assert end.surviving_alerts == np.count_nonzero(through) > 50
    assert 0 < seen[len(seen) // 2] < end.surviving_alerts


def catch_up_in_haste(worker: Worker) -> None:
    """Catch up again and again, also until a thread has compared the alerts with each other."""
    deadline = time.monotonic() + 60.0
    worker.catch_up(hurried=True)
    while worker.behind:
        assert time.monotonic() < deadline
        worker.catch_up(hurried=True)


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
    catch_up_in_haste(worker)
    final = worker.snapshot()
    assert _counts(final) == _counts(hurried)
    assert all(treasure.suggested for treasure in final.hunt.treasures)
    worker.take(Ended())
    worker.catch_up()
    assert worker.snapshot().hunt == final.hunt


def test_a_truth_that_cannot_be_read_leaves_claims_open_and_says_so(packets_dir: Path) -> None:
    """The hunt goes on as on a real night."""

    def damaged(_: list[str]) -> dict[str, dict[str, object]]:
        raise SourceError("truth.parquet cannot be read.")

    texts, source = TextPool(), FolderSource(packets_dir)
    worker = Worker(Core(texts, NO_CUTS, small_hunt(), damaged), NightState("20240707", "there", True, None), source)
    packets = next(source.batches())
    batch, bad = AlertDecoder(texts).decode(packets)
    worker.take(Arrival(batch, compute(batch), bad, len(packets)))
    worker.catch_up()
    worker.command([Claim(worker.snapshot().rows.object_id(0), "riser")])
    snapshot = worker.snapshot()
    assert snapshot.message.endswith("; truth.parquet cannot be read.")
    assert [claim.verdict for claim in snapshot.hunt.claims] == ["open"]


def test_no_treasure_is_looked_for_while_somebody_waits(reading: tuple[Worker, Iterator[Arrival]]) -> None:
    """Stages have met the alerts even then; the treasures have their turn when nobody waits any more."""
    worker, arrivals = reading
    worker.take(next(arrivals))
    worker.catch_up(hurried=True, waiting=lambda: True)
    waited = worker.snapshot()
    assert waited.stages[0].entered == waited.night.alerts > 0
    assert [treasure.suggested for treasure in waited.hunt.treasures] == [0, 0]
    assert worker.behind
    catch_up_in_haste(worker)
    assert any(treasure.suggested > 0 for treasure in worker.snapshot().hunt.treasures)
