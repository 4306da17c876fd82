"""The panel of the sky: drawn when it would look different, and not before."""

import shutil
from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from one_panel import OnePanel, text_of
from synchronous_engine import SynchronousEngine

from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.render.shades import RAMP
from huntui.session.commands import JumpTo
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource
from huntui.tui.widgets.sky import SkyPanel


async def night(count: int = 300) -> Snapshot:
    """Return a small night that was read, all of which survives."""
    engine = SynchronousEngine(SimulatedSource("20240707", count=count), NO_CUTS, Hunt("none", "", ()))
    await engine.start()
    await engine.stop()
    return engine.latest


def detail(name: str, **values: float | str | None) -> ObjectDetail:
    """Return what is known of an object."""
    return ObjectDetail(name, fake_night.light_curve(1), dict(values))


def said(panel: SkyPanel) -> str:
    """Return the words in the panel."""
    return " ".join(text_of(panel).split())


async def test_the_night_and_the_selected_object_are_drawn() -> None:
    """Counts, coordinates in both frames, and the frame in the title."""
    panel = SkyPanel(await night())
    async with OnePanel(panel).run_test(size=(80, 22)) as pilot:
        await pilot.pause()
        assert "• 300 of 300 alerts" in said(panel)
        assert "no object is selected" in said(panel)
        panel.show_object("ZTF24aaaaaaa", detail("ZTF24aaaaaaa", ra=83.63321, dec=22.01446))
        assert "◆ ZTF24aaaaaaa 05h34m32.0s +22°00′52″ l 184.6° b −5.8°" in said(panel)
        panel.focus()
        await pilot.press("space")
        assert str(panel.border_title) == "7 Sky · galactic"
        assert "l 184.6° b −5.8° 05h34m32.0s" in said(panel)


async def test_zooming_goes_to_the_selected_object_and_back() -> None:
    """Three regions, each smaller; without an object there is only the whole sky."""
    snapshot = await night()
    panel = SkyPanel(snapshot)
    async with OnePanel(panel).run_test(size=(80, 22)) as pilot:
        panel.focus()
        await pilot.press("up")
        assert "ecliptic" in said(panel)
        name = snapshot.rows.object_id(0)
        panel.show_object(name, detail(name, ra=snapshot.rows.value("ra", 0), dec=snapshot.rows.value("dec", 0)))
        for width in ("60", "16", "4", "4"):
            assert f"{width}° across" in said(panel)
            await pilot.press("up")
        await pilot.press("down")
        assert "16° across" in said(panel)
        await pilot.press("home")
        assert "ecliptic" in said(panel)


async def test_the_map_is_drawn_anew_only_when_it_would_look_different(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the night grew by a fifth, or cuts or the object changed; not ten times a second."""
    snapshot = replace(await night(), status="streaming")
    panel = SkyPanel(snapshot)
    drawings: list[int] = []
    monkeypatch.setattr(
        "huntui.tui.widgets.sky.draw", lambda sky, *size, **_: drawings.append(len(sky.ra)) or [[]] * size[1]
    )
    async with OnePanel(panel).run_test(size=(80, 22)) as pilot:
        await pilot.pause()
        drawings.clear()
        more = replace(snapshot.night, alerts=snapshot.night.alerts + 10)
        panel.show(replace(snapshot, night=more, sequence=snapshot.sequence + 1))
        assert drawings == []
        panel.show(replace(snapshot, night=replace(more, alerts=400)))
        assert len(drawings) == 1
        panel.show(replace(snapshot, night=replace(more, alerts=400), cuts_version=snapshot.cuts_version + 1))
        assert len(drawings) == 2
        for _ in range(2):
            panel.show_object("A", detail("A", ra=1.0, dec=2.0))
        assert len(drawings) == 3
        panel.display = False
        await pilot.pause()
        panel.show(replace(snapshot, night=replace(more, alerts=1000)))
        panel.show_object("B", detail("B", ra=1.0, dec=2.0))
        assert len(drawings) == 3, "nobody could see it"
        panel.display = True
        await pilot.pause()
        assert len(drawings) > 3


async def test_a_place_that_is_none_and_a_hostile_name_do_no_harm() -> None:
    """They are named, without being drawn."""
    panel = SkyPanel(await night())
    async with OnePanel(panel).run_test(size=(80, 22)) as pilot:
        panel.focus()
        for ra, dec in ((float("nan"), 0.0), (1e300, 5.0), (None, None), (10.0, -91.0)):
            panel.show_object("\x1b[2J[b]A", detail("A", ra=ra, dec=dec))
            await pilot.press("up", "space")
            assert "\x1b" not in text_of(panel)
            assert text_of(panel).count("◆") <= 1, "in the words, not on the map"


async def test_before_anything_is_read_the_sky_is_empty() -> None:
    """No night as yet."""
    panel = SkyPanel(fake_night.streaming())
    async with OnePanel(panel).run_test(size=(60, 16)) as pilot:
        await pilot.pause()
        assert "• 0 of 0 alerts" in said(panel)


async def test_without_colours_the_sky_is_drawn_with_characters() -> None:
    """More ink where there are more alerts."""
    panel = SkyPanel(await night())
    async with OnePanel(panel, plain=True).run_test(size=(80, 22)) as pilot:
        await pilot.pause()
        assert "▀" not in text_of(panel)
        assert set(RAMP[2:]) & set(text_of(panel))


async def test_a_night_that_is_replayed_is_counted_anew(packet_files: list[Path], tmp_path: Path) -> None:
    """Its first alerts are others than those that came first, and the map is that of who never saw those."""
    for place, path in enumerate(reversed(packet_files[::3])):
        shutil.copy(path, tmp_path / f"{place:04}.avro")
    engine = SynchronousEngine(FolderSource(tmp_path), NO_CUTS, Hunt("none", "", ()), by_hand=True)
    await engine.start()
    engine.feed()
    panel = SkyPanel(engine.latest)
    while engine.latest.status == "streaming":
        engine.feed()
    first, last = engine.latest.span or (0.0, 0.0)
    engine.send(JumpTo(first + 0.8 * (last - first)))
    replayed, fresh = engine.latest, SkyPanel(engine.latest)
    async with OnePanel(fresh).run_test(size=(80, 22)) as pilot:
        await pilot.pause()
        expected = [fresh.render_line(y) for y in range(22)]
    async with OnePanel(panel).run_test(size=(80, 22)) as pilot:
        await pilot.pause()
        panel.show(replayed)
        await pilot.pause()
        assert [panel.render_line(y) for y in range(22)] == expected
    await engine.stop()
