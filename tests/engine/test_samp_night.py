"""What a real night holds arrives in other programs as it is exported; an invented one stays where it is."""

import asyncio
import csv
from pathlib import Path

import numpy as np
import pytest
from desktop import POSITION, TABLE, Desktop
from engines import EXERCISE, MakeEngine, finished, running, small_hunt, until

from huntui.engine.engine import Engine
from huntui.errors import CallError, ExportError
from huntui.features.registry import kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import Claim
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource

NAME = "ZTF21abiuvdk"


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(line for line in path.read_text().splitlines() if not line.startswith("# ")))


async def test_what_is_sent_is_what_is_exported(make_engine: MakeEngine, desktop: Desktop, tmp_path: Path) -> None:
    """Survivors, claims per alert, one light curve, and a position, all to a program that reads them."""
    topcat = desktop.program("topcat", TABLE, POSITION)
    async with running(make_engine(date="20240707")) as engine:
        await until(engine, finished)
        engine.send(Claim(NAME, "fader"))
        await until(engine, lambda snapshot: bool(snapshot.hunt.claims))
        _, program = await engine.samp_programs()
        assert (program.name, program.takes) == ("topcat", {TABLE, POSITION})
        assert await engine.send_by_samp("topcat") == "11 objects sent to topcat."
        await engine.export(tmp_path / "survivors.csv")
        await engine.send_by_samp(program.id, what="claims", per_alert=True, columns=("candid", "magpsf"))
        await engine.export(tmp_path / "claims.csv", what="claims", per_alert=True, columns=("candid", "magpsf"))
        await engine.send_by_samp("all", kind="light curves", object_id=NAME)
        await engine.export_light_curves(tmp_path / "curves.csv", what="claims")
        said = await engine.send_by_samp("topcat", kind="position", object_id=NAME)
        assert said == f"The position of {NAME} sent to topcat."
        with pytest.raises(CallError, match="position of ZTF00none is not known"):
            await engine.send_by_samp("topcat", kind="position", object_id="ZTF00none")
    for sent, path in zip(topcat.tables, ("survivors.csv", "claims.csv", "curves.csv"), strict=True):
        exported = rows_of(tmp_path / path)
        assert sent.colnames == list(exported[0])
        for name in sent.colnames:
            written = [row[name] for row in exported]
            if sent[name].dtype.kind == "f":
                cells = np.ma.filled(sent[name], np.nan).tolist()
                assert cells == pytest.approx([float(one or "nan") for one in written], rel=1e-6, nan_ok=True)
            else:
                assert ["" if cell is None else str(cell) for cell in sent[name].tolist()] == written
    names = [params["name"] for _, params in topcat.messages[:3]]
    assert names == ["huntui 20240707 survivors", "huntui 20240707 claims", f"huntui 20240707 of {NAME} light curves"]
    place = next(row for row in rows_of(tmp_path / "survivors.csv") if row["objectId"] == NAME)
    (_, sent_place) = topcat.messages[-1]
    assert sent_place == {axis: place[axis] for axis in ("ra", "dec")}


async def test_a_program_that_has_it_in_no_time_is_given_up_with_the_one_who_asked(
    packets_dir: Path, desktop: Desktop
) -> None:
    """The thread that waits ends with it, since a screen that is left would wait for the thread."""
    asleep = desktop.program("asleep", TABLE, answer=None)
    async with running(Engine(FolderSource(packets_dir), load_cuts(EXERCISE, kinds()), small_hunt())) as engine:
        await until(engine, finished)
        asking = asyncio.create_task(engine.send_by_samp("asleep"))
        while not asleep.tables:
            await asyncio.sleep(0.01)
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
    async with asyncio.timeout(50):
        await asyncio.get_running_loop().shutdown_default_executor()
    assert desktop.connected() == []


async def test_an_invented_night_is_not_sent(desktop: Desktop) -> None:
    """Nobody could tell in another program; and a page in a browser sends nothing at all."""
    topcat = desktop.program("topcat", TABLE, POSITION)
    night = SimulatedSource("20240707", count=20)
    async with running(Engine(night, load_cuts(EXERCISE, kinds()), small_hunt())) as engine:
        await until(engine, finished)
        with pytest.raises(CallError, match="Every object of this night is invented"):
            await engine.send_by_samp("topcat", what="night")
    async with running(Engine(night, load_cuts(EXERCISE, kinds()), small_hunt(), read_only=True)) as engine:
        for asked in (engine.send_by_samp("topcat"), engine.samp_programs()):
            with pytest.raises(ExportError, match="Nothing can be sent from this page"):
                await asked
    assert topcat.messages == []


async def test_a_report_and_light_curves_hold_the_claims_as_an_export_does(
    make_engine: MakeEngine, tmp_path: Path
) -> None:
    """So that nothing is lost without them; pictures do not."""
    async with running(make_engine(date="20240707")) as engine:
        await until(engine, finished)
        for treasure, name in (("fader", "hunt.html"), ("riser", "curves.csv")):
            engine.send(Claim(NAME, treasure))
            assert (await until(engine, lambda snapshot: snapshot.unsaved_claims)).hunt.claims
            await engine.figures(tmp_path / f"{treasure}-pictures", what="claims")
            assert engine.latest.unsaved_claims
            write = engine.report if name == "hunt.html" else engine.export_light_curves
            await write(tmp_path / name, what="claims")
            await until(engine, lambda snapshot: not snapshot.unsaved_claims)
