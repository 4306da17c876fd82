"""The panel of cutouts: fetched while keys go on, never those of another object, and a reason where there are none."""

import asyncio
from pathlib import Path

import fake_cutouts
import fake_night
import pytest
from fake_cutouts import Triplet
from one_panel import OnePanel, text_of
from synchronous_engine import SynchronousEngine
from textual import events
from textual.pilot import Pilot

from huntui.engine.face import ObjectDetail
from huntui.errors import SourceError
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.render.shades import RAMP
from huntui.sources.folder import FolderSource
from huntui.tui.widgets import cutouts as module
from huntui.tui.widgets.cutouts import CutoutsPanel


class Packets:
    """Hands out cutouts when they are let go, and remembers what it was asked for."""

    def __init__(self, **answers: Triplet | str | None) -> None:
        self.answers, self.asked = answers, list[str]()
        self.let_go = asyncio.Event()
        self.let_go.set()

    async def fetch(self, object_id: str) -> Triplet | None:
        """Return the cutouts of an object."""
        self.asked.append(object_id)
        await self.let_go.wait()
        answer: Triplet | str | None = self.answers.get(object_id, fake_cutouts.triplet())
        if isinstance(answer, str):
            raise SourceError(answer)
        return answer


def detail(object_id: str, candid: int = 1, **values: float) -> ObjectDetail:
    """Return what is known of an object."""
    return ObjectDetail(object_id, fake_night.light_curve(1), {"candid": candid, **values})


def panel_of(packets: Packets) -> CutoutsPanel:
    """Return a panel."""
    return CutoutsPanel(fake_night.streaming(), packets.fetch)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cursor need not rest."""
    monkeypatch.setattr(module, "_REST_SECONDS", 0.0)


def said(panel: CutoutsPanel) -> str:
    """Return the words in the panel."""
    return " ".join(text_of(panel).translate(dict.fromkeys(map(ord, "▀│─·"), " ")).split())


async def shown(pilot: Pilot[None], panel: CutoutsPanel, words: str) -> None:
    """Wait until something stands in the panel; fails where it never does."""
    for _ in range(200):
        await pilot.pause()
        if words in said(panel):
            return
    raise AssertionError(text_of(panel))


async def test_an_object_is_fetched_once_and_drawn() -> None:
    """Whoever comes back to it sees it at once; a newer alert of it is fetched, and the one before shown until then."""
    packets = Packets()
    panel = panel_of(packets)
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        await shown(pilot, panel, "no object yet")
        panel.show_object("A", detail("A"))
        assert "fetching…" in text_of(panel)
        await shown(pilot, panel, "science template difference")
        assert "▀" in text_of(panel)
        assert str(panel.border_title) == "5 Cutouts A"
        panel.show_object("B", detail("B"))
        await shown(pilot, panel, "science template difference")
        panel.show_object("A", detail("A"))
        assert "▀" in text_of(panel)
        assert packets.asked == ["A", "B"]
        packets.answers["A"] = fake_cutouts.without("of the newer alert")
        panel.show_object("A", detail("A", candid=2))
        assert "science template difference" in said(panel)
        await shown(pilot, panel, "of the newer alert")
        assert packets.asked == ["A", "B", "A"]


async def test_cutouts_that_come_late_are_not_shown_for_another_object() -> None:
    """They are kept for when somebody comes back, and what was passed by meanwhile is never fetched."""
    packets = Packets(A=fake_cutouts.without("this is of A"))
    panel = panel_of(packets)
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        packets.let_go.clear()
        panel.show_object("A", detail("A"))
        while packets.asked != ["A"]:
            await pilot.pause()
        for name in "BCD":
            panel.show_object(name, detail(name))
            await pilot.pause()
        assert "fetching…" in text_of(panel)
        packets.let_go.set()
        await shown(pilot, panel, "science template difference")
        assert packets.asked == ["A", "D"]
        assert "this is of A" not in said(panel)
        panel.show_object("A", detail("A"))
        assert "this is of A" in said(panel)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("There is no simulated packet 3.", "There is no simulated packet 3."),
        (None, "the night has no packet of it"),
        (fake_cutouts.without("is not a FITS image"), "is not a FITS image"),
        ("gone\x1b[2J[red]\u202e", "gone·[2J[red]·".replace("·", " ")),
    ],
)
async def test_what_is_missing_is_told(answer: Triplet | str | None, words: str) -> None:
    """In words that can do no harm."""
    panel = panel_of(Packets(A=answer))
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        panel.show_object("A", detail("A"))
        await shown(pilot, panel, " ".join(words.split()))
        assert "\x1b" not in text_of(panel)


async def test_what_nobody_can_see_is_not_fetched() -> None:
    """Until the panel is brought into view."""
    packets = Packets()
    panel = panel_of(packets)
    panel.display = False
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        panel.show_object("A", detail("A"))
        await pilot.pause()
        await pilot.pause()
        assert packets.asked == []
        panel.display = True
        await shown(pilot, panel, "science template difference")
        assert packets.asked == ["A"]
        panel.display = False
        await pilot.pause()
        panel.show_object("B", detail("B"))
        await pilot.pause()
        await pilot.pause()
        assert packets.asked == ["A"]
        panel.display = True
        while packets.asked != ["A", "B"]:
            await pilot.pause()
        await shown(pilot, panel, "science template difference")


async def test_only_some_dozens_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not looked at for the longest time is fetched again."""
    monkeypatch.setattr(module, "_MOST_KEPT", 2)
    packets = Packets()
    panel = panel_of(packets)
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        for name in "ABABC":
            panel.show_object(name, detail(name))
            await shown(pilot, panel, "science template difference")
        assert packets.asked == ["A", "B", "C"]
        panel.show_object("B", detail("B"))
        assert "▀" in text_of(panel)
        panel.show_object("A", detail("A"))
        assert "fetching…" in said(panel)


async def test_keys_change_how_cutouts_are_looked_at() -> None:
    """Zoom, one picture or three, the stretch and which way is north; nothing is fetched again."""
    packets = Packets()
    panel = panel_of(packets)
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        panel.focus()
        panel.show_object("A", detail("A"))
        await shown(pilot, panel, "N↑ E← 64″ across asinh")
        await pilot.press("up")
        await shown(pilot, panel, "N↑ E← 31″ across asinh")
        await pilot.press("+", "+", "down", "a", "n")
        await shown(pilot, panel, "N↓ E← 31″ across percentile")
        await pilot.press("space")
        await shown(pilot, panel, "science 1/3")
        await pilot.press("left")
        await shown(pilot, panel, "difference 3/3")
        await pilot.press("right", "right")
        await shown(pilot, panel, "template 2/3")
        assert packets.asked == ["A"]


async def test_the_mouse_zooms_and_chooses_a_picture() -> None:
    """The wheel over the panel, and a click on a picture shows it alone and all three again."""
    panel = panel_of(Packets())
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        panel.show_object("A", detail("A"))
        await shown(pilot, panel, "science template difference")
        await pilot.click(panel, offset=(30, 6))
        await shown(pilot, panel, "template 2/3")
        await pilot.click(panel, offset=(30, 6))
        await shown(pilot, panel, "science template difference")
        pilot.app.post_message(_wheel(events.MouseScrollUp, panel))
        await shown(pilot, panel, "31″ across")
        pilot.app.post_message(_wheel(events.MouseScrollDown, panel))
        await shown(pilot, panel, "64″ across")


def _wheel(kind: type[events.MouseEvent], panel: CutoutsPanel) -> events.MouseEvent:
    return kind(panel, 5, 5, 0, 0, 0, shift=False, meta=False, ctrl=False)


@pytest.mark.parametrize("how", ["ascii", "NO_COLOR"])
async def test_without_half_blocks_or_colours_characters_are_drawn(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """More ink for what is brighter."""
    if how == "NO_COLOR":
        monkeypatch.setenv("NO_COLOR", "1")
    panel = panel_of(Packets())
    async with OnePanel(panel, plain=how == "ascii").run_test(size=(66, 14)) as pilot:
        panel.show_object("A", detail("A"))
        await shown(pilot, panel, "science template difference")
        assert "▀" not in text_of(panel)
        assert set(RAMP[3:]) & set(text_of(panel))


async def test_the_cutouts_of_real_packets_are_drawn(packets: Path) -> None:
    """From a packet on disk to the screen, and the reason where it is gone by then."""
    engine = SynchronousEngine(FolderSource(packets), NO_CUTS, Hunt("none", "", ()))
    await engine.start()
    first, second = (engine.latest.rows.object_id(row) for row in range(2))
    panel = CutoutsPanel(engine.latest, engine.cutouts)
    async with OnePanel(panel).run_test(size=(66, 14)) as pilot:
        panel.show_object(first, await engine.detail(first))
        await shown(pilot, panel, "science template difference")
        for path in packets.glob("*.avro"):
            path.unlink()
        panel.show_object(second, await engine.detail(second))
        await shown(pilot, panel, "avro")
        assert "▀" not in text_of(panel)
    await engine.stop()
