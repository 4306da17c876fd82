"""A key sends to other programs of the desktop; whatever goes wrong is told in the dialog, which waits for nobody."""

from dataclasses import replace
from pathlib import Path

import fake_answers
import fake_night
import pytest
from desktop import POSITION, TABLE, Desktop
from editing import real_night
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, until
from test_hostile_text import HOSTILE
from textual.widgets import Static

from huntui.engine.snapshot import Snapshot
from huntui.exports.samp.hub import Program
from huntui.tui.app import HuntApp
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.send import AskSend
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.option_line import OptionLine


def real() -> Snapshot:
    """Return a night that is not invented."""
    snapshot = fake_night.streaming()
    return replace(snapshot, night=replace(snapshot.night, simulated=False))


def note(app: HuntApp) -> str:
    """Return what the dialog says at its foot."""
    return str(app.screen.query_one("#outcome", Static).content)


@pytest.mark.parametrize(
    ("keys", "sent"),
    [
        ((), ("all", {"what": "survivors"})),
        (("right", "down", "right"), ("c2", {"what": "claims"})),
        (("l", "l", "tab", "l", "l"), ("c1", {"what": "night"})),
        ((*["right"] * 3, "j", "l"), ("c2", {"kind": "light curves", "object_id": fake_night.object_id(0)})),
        ((*["right"] * 4, "j", "l", "l"), ("c3", {"kind": "position", "object_id": fake_night.object_id(0)})),
    ],
)
async def test_enter_sends_what_is_chosen_to_whom_is_chosen(keys: tuple[str, ...], sent: object) -> None:
    """At first the survivors to all that take tables."""
    engine = FakeEngine(real())
    async with hunting(engine) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        await pilot.press(*keys, "enter")
        await settled(pilot)
        assert isinstance(app.screen, HuntScreen)
        assert app.screen.query_one(Hint).text.startswith("Sent to ")
    assert engine.sent == [sent]


async def test_only_programs_that_take_it_are_offered_and_one_stays_chosen() -> None:
    """DS9 of the three takes positions alone."""
    async with hunting(FakeEngine(real()), size=(80, 24)) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        text = "\n".join(screen_text(app))
        assert "▸all (2)   Aladin   topcat" in text
        await pilot.press("down", "right", "right", "up", *["right"] * 4)
        text = "\n".join(screen_text(app))
        assert " all (3)   Aladin   SAOImage DS9  ▸topcat" in text
        assert note(app) == f"Of {fake_night.object_id(0)}."


async def test_an_invented_night_is_not_sent() -> None:
    """The key says so and opens nothing."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("B")
        assert isinstance(app.screen, HuntScreen)
        assert "invented" in app.screen.query_one(Hint).text


async def test_without_an_object_only_tables_are_offered() -> None:
    """Nothing came through, and the night can be sent."""
    snapshot = replace(real(), rows=fake_night.FakeRows(()), surviving_alerts=0)
    engine = FakeEngine(snapshot)
    async with hunting(engine) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        assert "position" not in "\n".join(screen_text(app))
        await pilot.press(*["right"] * 5, "enter")
        await settled(pilot)
    assert engine.sent == [("all", {"what": "night"})]


async def test_without_a_hub_the_dialog_says_so_and_looks_again() -> None:
    """Enter finds one that was started meanwhile."""
    engine = FakeEngine(real())
    engine.export_error = "No SAMP hub is running (there is no /there/samp): start TOPCAT."
    async with hunting(engine) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        assert note(app) == engine.export_error
        engine.export_error = None
        await pilot.press("enter")
        await settled(pilot)
        assert app.screen.query_one("#sending-to", OptionLine).chosen == "all"
        assert note(app) == ""
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
    assert engine.sent == []


async def test_the_name_of_a_program_stays_in_its_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes from whoever registers with the hub."""
    programs = tuple(Program(f"c{k}", text, frozenset({TABLE, POSITION})) for k, text in enumerate(HOSTILE))
    monkeypatch.setattr(fake_answers, "PROGRAMS", programs)
    async with hunting(FakeEngine(real()), size=(80, 24)) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        await pilot.press("down", "right")
        lines = screen_text(app)
        assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)
        assert app.screen.query_one("#sending-to", OptionLine).chosen == "c0"


@pytest.mark.parametrize("colours", [False, True])
async def test_the_dialog_is_drawn_in_ascii_and_without_colours(colours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line that has the keys is seen by its label."""
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    async with hunting(FakeEngine(real()), ascii=True) as (app, pilot):
        await pilot.press("B")
        await settled(pilot)
        assert all(line.isascii() for line in screen_text(app))
        await pilot.press("down")
        pieces = [(text, style) for strip in app.screen._compositor.render_strips() for text, style, _ in strip]
        reverse = [text.strip() for text, style in pieces if style is not None and style.reverse]
        assert "To" in reverse
        assert "Send" not in reverse


async def test_a_real_night_goes_to_a_real_program(packets: Path, desktop: Desktop) -> None:
    """Table and position; one that refuses is told, and the dialog stays for another."""
    topcat = desktop.program("topcat", TABLE, POSITION)
    async with real_night(packets) as (engine, app, pilot):
        object_id = engine.latest.rows.object_id(0)
        for keys in ((), ["right"] * 4):
            await pilot.press("B")
            await until(pilot, lambda: app.screen.query_one("#sending-to", OptionLine).chosen is not None)
            await pilot.press(*keys, "enter")
            await until(pilot, lambda: isinstance(app.screen, HuntScreen))
            assert app.screen.query_one(Hint).text.endswith("sent to topcat.")
        assert object_id in list(topcat.tables[0]["objectId"])
        assert len(topcat.tables[0]) == engine.latest.surviving_objects
        (mtype, place) = topcat.messages[1]
        row = engine.latest.rows.find(object_id)
        assert row is not None
        assert mtype == POSITION
        assert (float(place["ra"]), float(place["dec"])) == tuple(
            engine.latest.rows.value(axis, row) for axis in ("ra", "dec")
        )
        topcat.refuse("no more")
        await pilot.press("B")
        await until(pilot, lambda: app.screen.query_one("#sending-to", OptionLine).chosen is not None)
        await pilot.press("enter")
        await until(pilot, lambda: note(app) == "topcat refused: no more.")
        assert isinstance(app.screen, AskSend)


async def test_esc_leaves_a_program_that_does_not_answer(packets: Path, desktop: Desktop) -> None:
    """At once, and nobody waits for it any more."""
    asleep = desktop.program("asleep", TABLE, answer=None)
    async with real_night(packets) as (_, app, pilot):
        await pilot.press("B")
        await until(pilot, lambda: app.screen.query_one("#sending-to", OptionLine).chosen is not None)
        await pilot.press("enter")
        await until(pilot, lambda: bool(asleep.tables))
        assert note(app) == "Sending …"
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
