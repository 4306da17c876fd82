"""Going from panel to panel by number, zooming and resizing."""

import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text

from huntui.tui.widgets.body import Body
from huntui.tui.widgets.light_curve import LightCurvePanel
from huntui.tui.widgets.objects import Objects


async def test_a_number_gives_a_panel_the_keys() -> None:
    """Its frame shows the number, and the footer the keys of the panel."""
    async with hunting(FakeEngine()) as (app, pilot):
        for key, name in (("2", "objects"), ("3", "checklist"), ("4", "light-curve"), ("1", "funnel")):
            await pilot.press(key)
            assert app.focused is not None
            assert app.focused.id == name
            assert app.focused.border_title.startswith(key)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_tab_visits_every_panel_in_view_and_comes_back(size: tuple[int, int]) -> None:
    """The order is that of the numbers."""
    async with hunting(FakeEngine(), size=size) as (app, pilot):
        shown = app.screen.query_one(Body).shown
        await pilot.press("1")
        visited = []
        for _ in shown:
            visited.append(app.focused.id if app.focused else None)
            await pilot.press("tab")
        assert tuple(visited) == shown
        assert app.focused is not None
        assert app.focused.id == "funnel"


async def test_zoom_gives_a_panel_the_window_until_it_is_pressed_again() -> None:
    """Only the lines above and below stay; another panel that is gone to is zoomed in its turn."""
    async with hunting(FakeEngine()) as (app, pilot):
        before = screen_text(app)
        await pilot.press("2", "z")
        assert app.screen.query_one(Objects).outer_size.width == 120
        assert app.screen.query_one(Body).shown == ("objects",)
        await pilot.press("4")
        assert app.screen.query_one(Body).shown == ("light-curve",)
        assert app.screen.query_one(LightCurvePanel).outer_size.width == 120
        await pilot.press("z", "1")
        assert [line[:20] for line in screen_text(app)[1:16]] == [line[:20] for line in before[1:16]]


async def test_a_panel_is_made_higher_and_wider_until_there_is_no_more_room() -> None:
    """Then the line above the footer says so."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("2")
        table = app.screen.query_one(Objects)
        before = table.outer_size
        await pilot.press("ctrl+down", ">", ">")
        assert (table.outer_size.height, table.outer_size.width) == (before.height + 1, before.width + 4)
        await pilot.press("ctrl+up", "<", "<")
        assert table.outer_size == before
        for _ in range(40):
            await pilot.press("]")
        assert "Objects cannot be higher than this." in "\n".join(screen_text(app))
