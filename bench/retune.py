"""One knob turned on a large night: until the engine's snapshot is right again, by its own clock and by a recount."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice

from bench.data import Packets
from bench.growing import write_night
from bench.nights import compile_kernels, options, until_read
from bench.plain_funnel import Bools, Counts, PlainFunnel
from bench.replicas import ReplicaSource
from bench.report import Figure, NotMeasuredError, Reference, WrongResultError, percentile, spread
from bench.sizes import Sizes
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.opening.night import prepare
from huntui.session.commands import TurnKnob

_GOAL_MS = 16.0
_PATIENCE_SECONDS = 60.0
_PLAIN_TURNS = 20


@dataclass(slots=True)
class Turns:
    """Milliseconds that each turn of a knob took."""

    alerts: int = 0
    """How many there were at the first turn."""
    rate: float = 0.0
    """How many came each second, over the whole night."""
    huntui: list[float] = field(default_factory=list)
    plain: list[float] = field(default_factory=list)


_ABOUT = "from the command to the snapshot that has all counts and survivors right"


def measure(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the slowest but one in twenty of many turns, knobs of all stages in turn."""
    compile_kernels()
    turns = asyncio.run(_turn_knobs(packets, sizes))
    detail = (
        f"p95 of {len(turns.huntui)} turns over {turns.alerts:,} alerts and 8 stages, {_ABOUT}, each compared with a "
        f"recount; huntui {spread(turns.huntui, 'ms')}, one mask and all counts in plain NumPy "
        f"{spread(turns.plain, 'ms')}."
    )
    return [_figure("retune", turns, detail)]


def measure_streaming(packets: Packets, sizes: Sizes) -> list[Figure]:
    """Return the same while the night goes on growing."""
    compile_kernels()
    turns = asyncio.run(_turn_while_streaming(packets, sizes))
    detail = (
        f"p95 of {len(turns.huntui)} turns while a night of {turns.alerts:,} alerts or more went on growing, of "
        f"{turns.rate:,.0f} alerts a second, {_ABOUT}: {spread(turns.huntui, 'ms')}; the last one was compared with a "
        "recount when the night was read."
    )
    return [_figure("streaming", turns, detail)]


def _figure(name: str, turns: Turns, detail: str) -> Figure:
    plain = Reference("plain_numpy", percentile(turns.plain, 95), "ms")
    return Figure(name, percentile(turns.huntui, 95), "ms", _GOAL_MS, at_most=True, reference=plain, detail=detail)


@asynccontextmanager
async def _reading(engine: Engine) -> AsyncIterator[Engine]:
    await engine.start()
    try:
        yield engine
    finally:
        await engine.stop()


async def _turn_knobs(packets: Packets, sizes: Sizes) -> Turns:
    night = prepare(options(packets.folder))
    source = ReplicaSource(packets.originals, sizes.retuned)
    async with _reading(Engine(source, night.cuts, night.hunt)) as engine:
        snapshot = await until_read(engine)
        plain = _recount(snapshot)
        turns, snapshots = Turns(snapshot.night.alerts), aiter(engine)
        for command in islice(_commands(snapshot), sizes.turns):
            snapshot = await _turned(engine, snapshots, command, snapshot, turns)
            assert snapshot.cuts is not None
            started = time.perf_counter()
            counts, survivors = plain.turn(snapshot.cuts, command.stage)
            turns.plain.append(1e3 * (time.perf_counter() - started))
            _check(snapshot, counts, survivors, plain)
        return turns


async def _turn_while_streaming(packets: Packets, sizes: Sizes) -> Turns:
    archive = packets.scratch / "growing.tar"
    write_night(packets.originals, sizes.retuned + sizes.retuned // 4, archive)
    async with _reading(prepare(options(archive)).engine(beside_keys=True)) as engine:
        snapshots = aiter(engine)
        snapshot = await anext(snapshots)
        while snapshot.night.alerts < sizes.retuned:
            snapshot = await anext(snapshots)
        turns = Turns(snapshot.night.alerts)
        for command in _commands(snapshot):
            turned = await _turned(engine, snapshots, command, snapshot, turns)
            if turned.status != "streaming":
                turns.huntui.pop()
                break
            snapshot = turned
        snapshot = await until_read(engine)
        turns.rate = snapshot.night.alerts_per_second
        plain = _recount(snapshot)
        _check(snapshot, *plain.counts(), plain)
        for command in islice(_commands(snapshot), _PLAIN_TURNS):
            assert snapshot.cuts is not None
            started = time.perf_counter()
            plain.turn(snapshot.cuts, command.stage)
            turns.plain.append(1e3 * (time.perf_counter() - started))
        if not turns.huntui:
            raise NotMeasuredError("the night was read before a knob could be turned")
        return turns


async def _turned(
    engine: Engine, snapshots: AsyncIterator[Snapshot], command: TurnKnob, before: Snapshot, turns: Turns
) -> Snapshot:
    """Turn a knob and return the first snapshot that has it, noting the time."""
    started = time.perf_counter()
    engine.send(command)
    snapshot = await _newer(snapshots, before.cuts_version)
    turns.huntui.append(1e3 * (time.perf_counter() - started))
    return snapshot


def _recount(snapshot: Snapshot) -> PlainFunnel:
    assert snapshot.view is not None
    assert snapshot.cuts is not None
    return PlainFunnel(snapshot.view, snapshot.cuts)


def _commands(snapshot: Snapshot) -> Iterator[TurnKnob]:
    """Yield turns of every knob there is, up by a step and then down again, without end."""
    knobs = [(stage.name, knob.name) for stage in snapshot.stages for knob in stage.knobs]
    there = [TurnKnob(stage, knob, 1) for stage, knob in knobs]
    back = [TurnKnob(stage, knob, -1) for stage, knob in knobs]
    return cycle(there + back)


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
