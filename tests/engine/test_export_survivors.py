"""What is exported is what survived, at full precision, with the way it was made."""

import csv
import json
from pathlib import Path

import pytest
from engines import EXERCISE, small_hunt
from oracles import fastavro_alerts, plain_filter
from synchronous_engine import SynchronousEngine

from huntui.errors import CallError, ExportError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import Claim
from huntui.sources.folder import FolderSource


async def engine_over(folder: Path, cuts: Cuts) -> SynchronousEngine:
    """Return an engine that has read a folder to its end."""
    engine = SynchronousEngine(FolderSource(folder), cuts, small_hunt(), date="20240707")
    await engine.start()
    return engine


async def test_every_number_comes_back_as_fastavro_has_it(packets_dir: Path, tmp_path: Path) -> None:
    """A row per alert, each cell equal to the packet's value, a null as an empty cell."""
    columns = ["candid", "objectId", "jd", "ra", "magpsf", "drb", "tblid", "objectidps1", "ssnamenr", "isdiffpos"]
    engine = await engine_over(packets_dir, NO_CUTS)
    await engine.export(tmp_path / "all.csv", columns=columns, per_alert=True)
    lines = [line for line in (tmp_path / "all.csv").read_text().splitlines() if not line.startswith("# ")]
    rows = {int(row["candid"]): row for row in csv.DictReader(lines)}
    assert len(rows) == 907
    for path in sorted(packets_dir.glob("*.avro")):
        (record,) = fastavro_alerts.records(path)
        row = rows[record["candid"]]
        assert row["objectId"] == record["objectId"]
        for name in columns[2:-1]:
            value = record["candidate"].get(name)
            cell = row[name]
            assert cell == ("" if value is None else value if isinstance(value, str) else repr(value)), name
        assert row["isdiffpos"] == fastavro_alerts.sign(record["candidate"]["isdiffpos"])


async def test_the_exercises_survivors_are_exported_as_json(
    packets_dir: Path, packet_files: list[Path], tmp_path: Path
) -> None:
    """One row per object with its newest surviving alert; candid as text, since it exceeds 2^53."""
    engine = await engine_over(packets_dir, load_cuts(EXERCISE, kinds()))
    engine.send(Claim("ZTF21abiuvdk", "fader"))
    await engine.export(tmp_path / "finds.json")
    found = json.loads((tmp_path / "finds.json").read_text())
    survivors = plain_filter.run_filter(packet_files)["survivors"]
    newest: dict[str, tuple[float, int]] = {}
    for path in packet_files:
        (record,) = fastavro_alerts.records(path)
        if record["candid"] in survivors:
            key = (record["candidate"]["jd"], record["candid"])
            newest[record["objectId"]] = max(newest.get(record["objectId"], key), key)
    assert {row["objectId"]: row["candid"] for row in found["rows"]} == {
        name: str(candid) for name, (_, candid) in newest.items()
    }
    assert found["date"] == "20240707"
    claim = {"objectId": "ZTF21abiuvdk", "treasure": "fader", "verdict": "open", "points": 0}
    assert found["claims"] == [claim]
    assert not engine.latest.unsaved
    assert found["simulated"] is False


async def test_a_wrong_column_and_a_file_that_is_there_are_refused(packets_dir: Path, tmp_path: Path) -> None:
    """The file that was there is untouched."""
    engine = await engine_over(packets_dir, NO_CUTS)
    taken = tmp_path / "taken.csv"
    taken.write_text("mine")
    with pytest.raises(CallError, match="magpsf"):
        await engine.export(tmp_path / "new.csv", columns=["magps"])
    with pytest.raises(ExportError, match=r"taken\.csv"):
        await engine.export(taken)
    assert taken.read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["taken.csv"]
