"""Survivors, claims and the whole night are exported: rows, light curves, and the packets as they were."""

import csv
import io
import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import fastavro
import numpy as np
import pytest
from engines import EXERCISE, small_hunt
from oracles import fastavro_alerts
from synchronous_engine import SynchronousEngine

from huntui.engine.chosen import Chosen
from huntui.engine.curves_export import export_light_curves
from huntui.engine.export import Origin
from huntui.errors import CallError, ExportError
from huntui.exports.origin import origin_of_export
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.packets.container import blocks, read_header
from huntui.session.commands import Claim, ReplaceCuts
from huntui.sources.folder import FolderSource
from huntui.sources.tar import TarSource

NAME = "ZTF21abiuvdk"


@pytest.fixture
async def engine(packets_dir: Path) -> AsyncIterator[SynchronousEngine]:
    """Return an engine that has read the real packets."""
    engine = SynchronousEngine(FolderSource(packets_dir), load_cuts(EXERCISE, kinds()), small_hunt(), date="20240707")
    await engine.start()
    yield engine
    await engine.stop()


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    return list(csv.DictReader(line for line in path.read_text().splitlines() if not line.startswith("# ")))


async def test_a_whole_night_has_every_alert_or_every_object_once(engine: SynchronousEngine, tmp_path: Path) -> None:
    """Whatever the cuts are; of an object its newest alert."""
    await engine.export(tmp_path / "alerts.csv", what="night", per_alert=True)
    await engine.export(tmp_path / "objects.csv", what="night")
    alerts, objects = rows_of(tmp_path / "alerts.csv"), rows_of(tmp_path / "objects.csv")
    assert len(alerts) == 907
    assert [float(row["jd"]) for row in alerts] == sorted(float(row["jd"]) for row in alerts)
    newest = {row["objectId"]: row["candid"] for row in alerts}
    assert {row["objectId"]: row["candid"] for row in objects} == newest
    assert len(objects) == len(newest)
    assert origin_of_export(tmp_path / "objects.csv")["what"] == "night"


async def test_claims_are_the_objects_that_are_claimed(engine: SynchronousEngine, tmp_path: Path) -> None:
    """By the alerts that survive, and by all of them where none does any more."""
    engine.send(Claim(NAME, "fader"))
    await engine.export(tmp_path / "claims.csv", what="claims")
    await engine.export(tmp_path / "survivors.csv")
    (row,) = rows_of(tmp_path / "claims.csv")
    assert row == next(one for one in rows_of(tmp_path / "survivors.csv") if one["objectId"] == NAME)
    from huntui.funnel.cuts_file import cuts_from_mapping

    nothing = cuts_from_mapping({"stages": [{"name": "none", "title": "None", "keep": "drb > 2"}]}, "here", kinds())
    engine.send(ReplaceCuts(nothing, "none"))
    await engine.export(tmp_path / "later.csv", what="claims", per_alert=True)
    assert len(rows_of(tmp_path / "later.csv")) == len(engine.latest.view.rows_of(NAME)) > 1  # type: ignore[union-attr]


async def test_packets_are_exported_with_their_bytes_unchanged(engine: SynchronousEngine, tmp_path: Path) -> None:
    """One container of a block per alert, which fastavro reads; its header says where they came from."""
    engine.send(Claim(NAME, "fader"))
    path = tmp_path / "claimed.avro"
    await engine.export(path, what="claims", per_alert=True)
    candids = {row["candid"] for row in _candids(engine, tmp_path)}
    content = path.read_bytes()
    header = read_header(content)
    found = [body for _, body in blocks(content, header)]
    assert len(found) == len(candids)
    originals = {}
    for file in Path(engine.latest.night.source).glob("*.avro"):
        if file.stem in candids:
            packet = file.read_bytes()
            originals[file.stem] = [body for _, body in blocks(packet, read_header(packet))]
            assert read_header(packet).schema == header.schema
    assert sorted(found) == sorted(body for bodies in originals.values() for body in bodies)
    reader = fastavro.reader(io.BytesIO(content))
    assert {str(alert["candid"]) for alert in reader} == candids  # type: ignore[index,call-overload]
    assert origin_of_export(path)["rows"] == len(candids)


def _candids(engine: SynchronousEngine, folder: Path) -> list[dict[str, str]]:
    """Return the rows of the same alerts."""
    from huntui.engine.export import export_chosen

    export_chosen(folder / "same.csv", engine.latest, Chosen("claims", True), origin=Origin())
    return rows_of(folder / "same.csv")


async def test_packets_of_any_schemas_are_exported_as_a_tar(engine: SynchronousEngine, tmp_path: Path) -> None:
    """Each file is the original one, byte for byte, and the tar is a night again."""
    path = tmp_path / "all.tar"
    await engine.export(path, what="night", per_alert=True)
    alerts = engine.latest.night.alerts
    originals = {file.name: file.read_bytes() for file in Path(engine.latest.night.source).glob("*.avro")}
    with tarfile.open(path) as tar:
        first, *members = tar.getmembers()
        contents = {member.name: tar.extractfile(member).read() for member in members}  # type: ignore[union-attr]
    assert first.name == "provenance.json"
    assert len(members) == len(contents) == alerts
    assert contents.items() <= originals.items()
    assert origin_of_export(path)["rows"] == alerts
    again = SynchronousEngine(TarSource(path), NO_CUTS, small_hunt())
    await again.start()
    assert (again.latest.night.alerts, again.latest.night.bad_packets) == (alerts, {})
    await again.stop()


async def test_packets_of_many_schemas_and_of_nothing_are_no_avro_file(
    engine: SynchronousEngine, tmp_path: Path
) -> None:
    """One sentence says why, and nothing is left."""
    with pytest.raises(ExportError, match="different schemas"):
        await engine.export(tmp_path / "all.avro", what="night")
    with pytest.raises(ExportError, match="no alert"):
        await engine.export(tmp_path / "none.avro", what="claims")
    with pytest.raises(CallError, match="Only alerts have packets"):
        await engine.export_bad_packets(tmp_path / "bad.avro")
    with pytest.raises(CallError, match="Only alerts have packets"):
        await engine.export_bad_packets(tmp_path / "bad.tar")
    assert list(tmp_path.iterdir()) == []


async def test_an_alert_of_a_packet_with_many_is_taken_out_of_it(odd_dir: Path, tmp_path: Path) -> None:
    """The real one with three blocks, and one whose alerts share a block."""
    night = tmp_path / "night"
    night.mkdir()
    (original,) = (odd_dir / "multi").glob("*.avro")
    records = list(fastavro_alerts.records(original))
    with original.open("rb") as file:
        schema = fastavro.reader(file).writer_schema
    with (night / "many.avro").open("wb") as file:
        fastavro.writer(file, schema, records)  # type: ignore[arg-type]
    for folder in (original.parent, night):
        engine = SynchronousEngine(FolderSource(folder), NO_CUTS, small_hunt())
        await engine.start()
        path = tmp_path / f"{folder.name}.avro"
        await engine.export(path, what="night", per_alert=True)
        with path.open("rb") as file:
            assert list(fastavro.reader(file)) == records
        await engine.export(path.with_suffix(".tar"), what="night", per_alert=True)
        with tarfile.open(path.with_suffix(".tar")) as tar:
            apart = [tar.extractfile(member) for member in tar.getmembers()[1:]]
            assert [list(fastavro.reader(one)) for one in apart] == [[record] for record in records]  # type: ignore[arg-type]
        await engine.stop()


async def test_light_curves_are_a_row_per_exposure(
    engine: SynchronousEngine, packets_dir: Path, tmp_path: Path
) -> None:
    """The same points that are drawn, with their units."""
    engine.send(Claim(NAME, "fader"))
    path = tmp_path / "curves.csv"
    export_light_curves(path, engine.latest, "claims", FolderSource(packets_dir))
    rows = rows_of(path)
    curve = engine.latest.view.light_curve(engine.latest.view.rows_of(NAME))  # type: ignore[union-attr]
    assert len(rows) == len(curve) > 30
    assert {row["objectId"] for row in rows} == {NAME}
    np.testing.assert_array_equal([float(row["jd"]) for row in rows], curve.jd)
    np.testing.assert_array_equal([float(row["mag"]) for row in rows], curve.mag)
    assert [row["sigma"] == "" for row in rows] == [row["kind"] == "limit" for row in rows]
    assert {row["band"] for row in rows} <= {"g", "r", "i"}
    export_light_curves(tmp_path / "curves.vot", engine.latest, "claims", FolderSource(packets_dir))
    assert origin_of_export(tmp_path / "curves.vot")["per"] == "exposure"
