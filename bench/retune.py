"""One knob turned on a large night: until the engine's snapshot is right again, by its own clock and by a recount."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import cycle, islice

from bench.data import Packets
from bench.nights import compile_kernels, options, until_read
from bench.plain_funnel import Bools, Counts, PlainFunnel
from bench.replicas import ReplicaSource
from bench.report import Figure, Reference, WrongResultError, percentile, spread
from bench.sizes import Sizes
from huntui.cli.night import prepare
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.session.commands import TurnKnob

_GOAL_MS = 16.0
_PATIENCE_SECONDS = 60.0


@dataclass(slots=True)
class Turns:
    """Milliseconds that each turn of a knob took."""

    alerts: int = 0
    huntui: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the slowest but one in twenty of many turns, knobs of all stages in turn."""
    compile_kernels()
    turns = asyncio.run(_turn_knobs(packets, sizes))
    return [
        Figure(
            "retune",
            percentile(turns.huntui, 95),
            "ms",
            _GOAL_MS,
            at_most=True,
            reference=Reference("plain_numpy", percentile(turns.plain, 95), "ms"),
            detail=(
                f"p95 of {len(turns.huntui)} turns over {turns.alerts:,} alerts and 8 stages, from the command to the "
                f"snapshot that has all counts and survivors right, each compared with a recount; huntui "
                f"{spread(turns.huntui, 'ms')}, one mask and all counts in plain NumPy {spread(turns.plain, 'ms')}."
            ),
        )
    ]


async def _turn_knobs(packets: Packets, sizes: Sizes) -> Turns:
    source = ReplicaSource(packets.originals, sizes.retuned)
    night = prepare(options(packets.folder))
    engine = Engine(source, night.cuts, night.hunt)
    await engine.start()
    try:
        snapshot = await until_read(engine)
        assert snapshot.view is not None
        assert snapshot.cuts is not None
        turns, plain = Turns(snapshot.night.alerts), PlainFunnel(snapshot.view, snapshot.cuts)
        snapshots = aiter(engine)
        for command in _commands(snapshot, sizes.turns):
            started = time.perf_counter()
            engine.send(command)
            snapshot = await _newer(snapshots, snapshot.cuts_version)
            turns.huntui.append(1e3 * (time.perf_counter() - started))
            assert snapshot.cuts is not None
            started = time.perf_counter()
            counts, survivors = plain.turn(snapshot.cuts, command.stage)
            turns.plain.append(1e3 * (time.perf_counter() - started))
            _check(snapshot, counts, survivors, plain)
        return turns
    finally:
        await engine.stop()


def _commands(snapshot: Snapshot, number: int) -> list[TurnKnob]:
    """Return turns of every knob there is, up by a step and later down again."""
    knobs = [(stage.name, knob.name) for stage in snapshot.stages for knob in stage.knobs]
    there = [TurnKnob(stage, knob, 1) for stage, knob in knobs]
    back = [TurnKnob(stage, knob, -1) for stage, knob in knobs]
    return list(islice(cycle(there + back), number))


async def _newer(snapshots: AsyncIterator[Snapshot], version: int) -> Snapshot:
    async with asyncio.timeout(_PATIENCE_SECONDS):
        async for snapshot in snapshots:
            if snapshot.cuts_version > version:
                return snapshot
    raise WrongResultError("The engine stopped while a knob was turned.")


def _check(snapshot: Snapshot, counts: Counts, survivors: Bools, plain: PlainFunnel) -> None:
    ours = [(stage.entered, stage.passed, stage.rejected, stage.rejected_only_here) for stage in snapshot.stages]
    alerts, objects = int(survivors.sum()), plain.objects(survivors)
    if (ours, snapshot.surviving_alerts, snapshot.surviving_objects) != (counts, alerts, objects):
        raise WrongResultError(
            f"After a turn huntui counts {ours} and {snapshot.surviving_alerts} survivors, "
            f"a recount {counts} and {alerts}."
        )
