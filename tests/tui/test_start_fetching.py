"""A real night is fetched from the start screen: how far it is, how it ends, and how it is stopped."""

from fake_start import NIGHTS, FakeStart
from hunting import until
from textual.pilot import Pilot

from huntui.engine.beginning import Beginning
from huntui.tui.app import HuntApp
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.start_list import StartList


def said(app: HuntApp) -> str:
    """Return the line above the footer."""
    return app.screen.query_one(Hint).text


async def begun(pilot: Pilot[None], start: FakeStart) -> None:
    """Mark the second night, and fetch it."""
    await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.group == "start"])
    await pilot.press("end", "up", "up", "f")
    await until(pilot, lambda: start.fetched is not None)


async def test_the_marked_night_is_fetched_and_what_is_said_of_it_follows() -> None:
    """Also one that would be simulated; when it is here the lists are read again."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(120, 36)) as pilot:
        await begun(pilot, start)
        assert start.fetched is not None
        assert start.fetched.date == NIGHTS[-2].date
        assert said(app).startswith("25% of it")
        start.fetched.told = "26% of it"
        await until(pilot, lambda: said(app).startswith("26% of it"))
        await pilot.press("up")
        assert said(app).startswith("26% of it")
        start.may_answer.clear()
        start.fetched.state, start.fetched.told = "here", "It is here, and whole."
        await until(pilot, lambda: said(app) == "It is here, and whole.")
        assert [one for one in app.workers if one.group == "start"]
        start.may_answer.set()


async def test_escape_stops_it_and_leaves_at_the_second_press() -> None:
    """A second night is not begun meanwhile."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, start)
        first = start.fetched
        await pilot.press("f")
        assert start.fetched is first
        await pilot.press("escape")
        await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.group == "start"])
        await pilot.pause()
        assert said(app) == "The download was stopped."
        assert app.is_running
        await pilot.press("escape")
    assert app.return_code == 0


async def test_leaving_stops_it() -> None:
    """Nothing goes on behind a screen that is gone."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await begun(pilot, start)
    assert start.fetched is not None
    assert start.fetched.state == "failed"


async def test_a_typed_date_is_fetched_and_what_is_none_is_not() -> None:
    """The guided find is of no real night."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("home", "f")
        assert said(app).startswith("Mark a night")
        await pilot.press(*"2018060", "f")
        assert said(app).startswith("Mark a night")
        await pilot.press("1", "f")
        await until(pilot, lambda: start.fetched is not None)
        assert start.fetched is not None
        assert start.fetched.date == "20180601"
        # Meanwhile it can be read as far as it is here.
        assert app.screen.query_one(StartList).beginning == Beginning("night", "20180601", date="20180601")


async def test_a_night_that_cannot_be_fetched_is_told() -> None:
    """In the sentence of the error."""
    app = HuntApp(FakeStart(refusal="It is here already."))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"20180601", "f")
        assert said(app) == "It is here already."
