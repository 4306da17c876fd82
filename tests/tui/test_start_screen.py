"""The start screen: what is at hand is listed, one line is marked, and Enter begins with it."""

import pytest
from fake_start import ALL, HUNTS, KEPT, NIGHTS, FakeStart
from hunting import screen_text, until
from textual.pilot import Pilot

from huntui.engine.beginning import GUIDED, AtHand, Beginning, HuntAtHand
from huntui.tui.app import HuntApp
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.start import StartScreen
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.start_hunts import StartHunts
from huntui.tui.widgets.start_list import StartList

SIZES = [(60, 16), (80, 24), (120, 36), (200, 60)]


def lists(app: HuntApp) -> tuple[StartList, StartHunts]:
    """Return the two lists."""
    return app.screen.query_one(StartList), app.screen.query_one(StartHunts)


async def listed(pilot: Pilot[None]) -> None:
    """Wait until what is at hand is on the screen."""
    await pilot.app.workers.wait_for_complete([one for one in pilot.app.workers if one.group == "start"])
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_there_before_anything_was_read(size: tuple[int, int]) -> None:
    """The guided find and the line for a date; the lists come later, and the mark goes to the newest hunt."""
    start = FakeStart()
    start.may_answer.clear()
    app = HuntApp(start)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert "A guided first find" in "\n".join(screen_text(app))
        assert lists(app)[0].marked == GUIDED
        start.may_answer.set()
        await listed(pilot)
        assert lists(app)[0].marked == KEPT[0]
        text = "\n".join(screen_text(app))
        assert ("37 points · 12 claims" if size[0] >= 80 else "first-night · 37") in text
        assert "Enter start" in text


async def test_a_mark_that_was_moved_stays_where_it_is() -> None:
    """Also when the lists come."""
    start = FakeStart()
    start.may_answer.clear()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "up")
        start.may_answer.set()
        await listed(pilot)
        assert lists(app)[0].marked == GUIDED


async def test_enter_goes_on_with_the_newest_hunt() -> None:
    """Its own hunt file is taken, whatever is chosen, and the hunt is on the screen then."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(120, 36)) as pilot:
        await listed(pilot)
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))
        assert start.opened == [(KEPT[0], "first-night")]
        assert start.engine.started
        assert "Checklist" in "\n".join(screen_text(app))
    await start.engine.stop()


async def test_a_night_begins_with_the_hunt_that_was_chosen() -> None:
    """Left of the first hunt is the last one."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await pilot.press("down", "down", "down", "left", "enter")
        await until(pilot, lambda: bool(start.opened))
        assert start.opened == [(NIGHTS[0], "rare-finds")]
    await start.engine.stop()


async def test_digits_are_a_date_wherever_the_mark_is() -> None:
    """One that is not whole begins nothing; Backspace takes a digit away."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        await pilot.press(*"2024071", "enter")
        assert app.screen.query_one(Hint).text.startswith("A date has eight digits")
        await pilot.press("backspace", *"0", *"7", *"9", "enter")
        await until(pilot, lambda: bool(start.opened))
        assert start.opened == [(Beginning("night", "20240707", date="20240707"), "first-night")]
    await start.engine.stop()


async def test_what_cannot_be_opened_is_told_and_another_line_can_be_taken() -> None:
    """In the sentence that the command line would have said."""
    start = FakeStart(refusal="No night can be simulated for 19990101.")
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await listed(pilot)
        for number in (1, 2):
            await pilot.press("enter")
            await until(pilot, lambda number=number: len(start.opened) == number)
            await listed(pilot)
            assert isinstance(app.screen, StartScreen)
            assert app.screen.query_one(Hint).text == "No night can be simulated for 19990101."


async def test_the_mouse_marks_a_line_and_begins_with_the_marked_one() -> None:
    """The first click marks."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(120, 36)) as pilot:
        await listed(pilot)
        y = next(y for y, line in enumerate(screen_text(app)) if "2026-01-01" in line and "ended" in line)
        await pilot.click(offset=(10, y))
        assert lists(app)[0].marked == KEPT[1]
        assert start.opened == []
        await pilot.click(offset=(10, y))
        await until(pilot, lambda: bool(start.opened))
        assert start.opened[0][0] == KEPT[1]
    await start.engine.stop()


async def test_every_line_can_be_reached_on_the_smallest_window() -> None:
    """The list scrolls."""
    app = HuntApp(FakeStart())
    async with app.run_test(size=(60, 16)) as pilot:
        await listed(pilot)
        await pilot.press("home")
        seen = [lists(app)[0].marked]
        for _ in range(len(KEPT) + len(NIGHTS) + 1):
            await pilot.press("j")
            seen.append(lists(app)[0].marked)
            assert any("▸" in line for line in screen_text(app))
        assert tuple(seen[:-1]) == (GUIDED, *KEPT, *NIGHTS)
        assert seen[-1].title == "Another date"


async def test_hostile_names_stay_in_their_cells() -> None:
    """Nothing of a kept hunt or of a hunt file acts as markup or moves the cursor."""
    bad = "[red]\x1b[2J\n界" * 40
    kept = Beginning("kept", bad, bad, False, None, bad, bad, bad, 1, 1, False, 1e300)
    hostile = AtHand(
        (kept,), (Beginning("night", bad, bad),), (HuntAtHand(bad, bad, 3), HuntAtHand("x", error=bad)), bad
    )
    for size in SIZES:
        app = HuntApp(FakeStart(hostile))
        async with app.run_test(size=size) as pilot:
            await listed(pilot)
            text = "".join(screen_text(app))
            assert "\x1b" not in text


async def test_leaving_it_leaves_huntui() -> None:
    """Nothing was opened."""
    start = FakeStart()
    app = HuntApp(start)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("q")
    assert (app.engine, start.opened, app.return_code) == (None, [], 0)


async def test_the_hunts_are_all_listed_where_there_is_room() -> None:
    """With what is wrong with one."""
    app = HuntApp(FakeStart(ALL))
    async with app.run_test(size=(120, 36)) as pilot:
        await listed(pilot)
        text = "\n".join(screen_text(app))
        assert all(one.name in text for one in HUNTS)
        assert "is no hunt" in text


@pytest.mark.parametrize("size", [(80, 24), (60, 70), (120, 36), (200, 60)])
async def test_what_a_hunt_is_is_not_cut_where_there_is_room(size: tuple[int, int]) -> None:
    """That of the chosen one, and of all of them in a window that is high enough; a click chooses one of those."""
    about = "What moves, from known asteroids by the hundred to the rock that passes the Earth, and what is mistaken"
    hunts = tuple(
        HuntAtHand(f"hunt-{number}", f"{about} for it: glints, ghosts and END{number}", 8) for number in "123"
    )
    app = HuntApp(FakeStart(AtHand((), NIGHTS, hunts)))
    async with app.run_test(size=size) as pilot:
        await listed(pilot)
        await pilot.press("down")
        text = "\n".join(screen_text(app))
        assert "END1" in text
        assert "8 treasures" in text
        if size != (80, 24):
            assert "END3" in text
            lines = screen_text(app)
            row = next(row for row, line in enumerate(lines) if "END3" in line)
            await pilot.click(offset=(lines[row].index("END3"), row))
            assert lists(app)[1].hunt == "hunt-3"
