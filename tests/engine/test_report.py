"""A hunt in real packets becomes a report: every find with its light curve, its cutouts and what it is claimed as."""

import asyncio
import io
import re
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from engines import EXERCISE, finished, running, small_hunt, until
from PIL import Image
from synchronous_engine import SynchronousEngine

from huntui.alerts.cutout import read_cutouts
from huntui.engine import report as reports
from huntui.engine.engine import Engine
from huntui.engine.export import origin_of
from huntui.engine.figures import write_figures
from huntui.errors import CallError, ExistsError, ExportError, SourceError
from huntui.exports.report.content import Report
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import cuts_from_mapping, load_cuts
from huntui.packets.batch import Int64s
from huntui.pages import PAGES
from huntui.session.commands import Claim, Hide, ReplaceCuts, Star, WriteNote
from huntui.sources.folder import FolderSource

NAME = "ZTF21abiuvdk"
NEWEST = "ZTF25aaugqpe"


@pytest.fixture
async def engine(packets_dir: Path) -> AsyncIterator[SynchronousEngine]:
    """Return an engine that has read the real packets."""
    engine = SynchronousEngine(FolderSource(packets_dir), load_cuts(EXERCISE, kinds()), small_hunt(), date="20240707")
    await engine.start()
    yield engine
    await engine.stop()


def made(engine: SynchronousEngine, what: str = "survivors", source: FolderSource | None = None) -> Report:
    """Return the report of a hunt."""
    origin = origin_of(source or FolderSource(Path(engine.latest.night.source)), None)
    columns = ("objectId", "magpsf", "ssnamenr")
    return reports.make_report(engine.latest, what, origin, columns=columns, pages=PAGES)  # type: ignore[arg-type]


async def test_a_report_has_every_survivor_with_what_its_packet_holds(engine: SynchronousEngine) -> None:
    """Claimed ones first, hidden ones last; light curve, cutouts and values are those of its newest alert."""
    engine.send(Claim(NAME, "fader"))
    engine.send(Star(("ZTF23abhvsbo",), True))
    engine.send(Hide((NEWEST,), True))
    engine.send(WriteNote(NAME, "in NGC 7814"))
    rows, report = engine.latest.rows, made(engine)
    finds = list(report.finds())
    assert [find.object_id for find in finds] == [*report.names]
    assert len(finds) == len(rows) == report.surviving_objects == 11
    assert (finds[0].object_id, finds[1].object_id, finds[-1].object_id) == (NAME, "ZTF23abhvsbo", NEWEST)
    assert [(claim.treasure, claim.verdict) for claim in finds[0].claims] == [("fader", "open")]
    assert (finds[0].note, finds[1].starred, finds[-1].hidden) == ("in NGC 7814", True, True)
    assert [stage.passed for stage in report.stages] == [stage.passed for stage in engine.latest.stages]
    for find in finds:
        row = rows.find(find.object_id)
        assert row is not None
        assert find.candid == rows.value("candid", row)
        assert {column.name: value for column, value in find.values}["magpsf"] == rows.value("magpsf", row)
        assert find.curve is not None
        assert [picture.greys is not None for picture in find.pictures] == [True] * 3
        assert find.links is not None
        assert find.links["Fink"] == f"https://ztf.fink-portal.org/{find.object_id}"
        assert find.looks_like
        assert not find.lost_at


async def test_a_cutout_shows_the_image_of_its_packet(engine: SynchronousEngine, packets_dir: Path) -> None:
    """Its brightest pixel is white where the packet's is, and nothing is turned or mirrored."""
    find = list(made(engine).finds())[-1]
    packet = (packets_dir / f"{find.candid}.avro").read_bytes()
    for picture, cutout in zip(find.pictures, read_cutouts(packet), strict=True):
        assert cutout.image is not None
        assert picture.greys is not None
        known = np.where(np.isfinite(cutout.image), cutout.image, -np.inf)
        brightest = np.unravel_index(np.argmax(known), known.shape)
        assert picture.greys.shape[:2] == (63, 63)
        assert picture.greys[brightest].tolist() == [255, 255]


async def test_a_claim_that_cuts_lose_by_now_is_reported_with_the_stages_that_lose_it(
    engine: SynchronousEngine,
) -> None:
    """And nobody else is."""
    engine.send(Claim(NAME, "fader"))
    nothing = {"stages": [{"name": "none", "title": "Nothing is that real", "keep": "drb > 2"}]}
    engine.send(ReplaceCuts(cuts_from_mapping(nothing, "here", kinds()), "none"))
    (find,) = made(engine, "claims").finds()
    assert find.object_id == NAME
    assert find.lost_at == ("Nothing is that real",)
    assert list(made(engine).finds()) == []


async def test_packets_that_are_gone_leave_words_in_the_place_of_images(
    engine: SynchronousEngine, packets_dir: Path
) -> None:
    """The rest of the report is as it was."""

    class Gone(FolderSource):
        def fetch(self, address: Int64s) -> bytes:
            raise SourceError(f"the packet at {address.tolist()} is gone")

    before, after = list(made(engine).finds()), list(made(engine, source=Gone(packets_dir)).finds())
    missing = [picture.missing for find in after for picture in find.pictures]
    assert len(missing) == 33
    assert all(re.fullmatch(r"the packet at \[\d+, \d+\] is gone", words) for words in missing)
    assert [find.curve for find in before] == [find.curve for find in after]


async def test_a_report_of_too_many_says_how_many_it_leaves_out(
    engine: SynchronousEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest are in it."""
    monkeypatch.setattr(reports, "MOST_FINDS", 2)
    engine.send(ReplaceCuts(NO_CUTS, "none"))
    path = tmp_path / "all.html"
    assert await engine.report(path) == f"2 finds written to {path}, and 812 left out."
    assert "812 more are not in this report" in path.read_text()


async def test_a_threaded_engine_writes_it_and_refuses_what_it_must(packets_dir: Path, tmp_path: Path) -> None:
    """An ending that is none of a page, a file that is there, a page in a browser that may not write."""
    path, night = tmp_path / "hunt.html", FolderSource(packets_dir)
    cuts = load_cuts(EXERCISE, kinds())
    async with running(Engine(night, cuts, small_hunt(), date="20240707")) as engine:
        await until(engine, finished)
        assert await engine.report(path, pages=PAGES) == f"11 finds written to {path}."
        page = path.read_text()
        assert page.count("<article") == page.count("<svg") == 11
        images = re.findall(r'src="data:image/png;base64,([^"]+)"', page)
        assert len(images) == 33
        with Image.open(io.BytesIO(b64decode(images[0]))) as image:
            assert image.size == (63, 63)
        with pytest.raises(ExistsError):
            await engine.report(path)
        with pytest.raises(CallError, match=r"ends with \.html"):
            await engine.report(tmp_path / "hunt.pdf", overwrite=True)
    async with running(Engine(night, cuts, small_hunt(), read_only=True)) as engine:
        with pytest.raises(ExportError, match="from this page"):
            await engine.report(tmp_path / "another.html")
    assert [one.name for one in tmp_path.iterdir()] == ["hunt.html"]


async def test_figures_that_nobody_waits_for_are_not_gone_on_with(packets_dir: Path, tmp_path: Path) -> None:
    """The object that was begun is whole; whoever leaves the screen need not wait for hundreds."""
    cuts, folder = load_cuts(EXERCISE, kinds()), tmp_path / "pictures"
    async with running(Engine(FolderSource(packets_dir), cuts, small_hunt())) as engine:
        await until(engine, finished)
        writing = asyncio.create_task(engine.figures(folder, what="night"))
        while not folder.is_dir():
            await asyncio.sleep(0.001)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
    await asyncio.get_running_loop().shutdown_default_executor()
    assert len(list(folder.iterdir())) < 3 * reports.MOST_FINDS
    assert {path.suffix for path in folder.iterdir()} <= {".svg", ".png"}


async def test_figures_are_three_files_per_object(engine: SynchronousEngine, packets_dir: Path, tmp_path: Path) -> None:
    """And what is there already is not replaced unasked."""
    engine.send(Claim(NAME, "fader"))
    folder, source = tmp_path / "pictures", FolderSource(packets_dir)
    said = write_figures(folder, engine.latest, "claims", source, None)
    assert said == f"Figures of 1 object written to {folder}."
    names = {f"{NAME}-light-curve.svg", f"{NAME}-light-curve.png", f"{NAME}-cutouts.png"}
    assert {path.name for path in folder.iterdir()} == names
    with pytest.raises(ExistsError):
        write_figures(folder, engine.latest, "claims", source, None)
    write_figures(folder, engine.latest, "claims", source, None, overwrite=True)
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ExportError, match="the folder cannot be made"):
        write_figures(file, engine.latest, "claims", source, None)
