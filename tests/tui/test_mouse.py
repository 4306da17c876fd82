"""The mouse: it selects, presses what is written at the foot, turns what it is over, and gives a panel the window."""

from dataclasses import replace

import fake_night
import pytest
from editing import night
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of, until
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from huntui.session.commands import SwitchStage, TurnKnob
from huntui.tui.app import HuntApp
from huntui.tui.screens.claim import ChooseTreasure
from huntui.tui.screens.compare import Compare
from huntui.tui.screens.help import Help
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.type_value import TypeValue
from huntui.tui.widgets.body import Body
from huntui.tui.widgets.compared import Compared
from huntui.tui.widgets.filter_line import CompletionList
from huntui.tui.widgets.footer import Footer
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.objects import Objects
from huntui.tui.widgets.stage_panel import StagePanel


def where(widget: Widget, words: str, *, line: int | None = None, into: int = 0) -> tuple[int, int]:
    """Return the place of some words within a widget and its frame, as the pilot wants it."""
    for y, text in enumerate(text_of(widget)):
        if words in text and line in (None, y):
            frame = widget.content_region.offset - widget.region.offset
            return text.index(words) + into + frame.x, y + frame.y
    raise AssertionError((words, text_of(widget)))


async def wheel(pilot: Pilot[None], widget: Widget, at: tuple[int, int], *, up: bool) -> None:
    """Turn the wheel by a notch over a place within a widget."""
    x, y = at[0] + widget.region.x, at[1] + widget.region.y
    kind = events.MouseScrollUp if up else events.MouseScrollDown
    pilot.app.screen._forward_event(kind(None, x, y, 0, 0, 0, False, False, False, x, y))
    await pilot.pause()


def on_screen(app: HuntApp, words: str) -> tuple[int, int]:
    """Return the place of some words on the screen."""
    for y, text in enumerate(screen_text(app)):
        if words in text:
            return text.index(words), y
    raise AssertionError("\n".join(screen_text(app)))


async def test_a_click_on_the_sign_of_a_stage_switches_it() -> None:
    """One command, and the stage is the selected one."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        await pilot.click(funnel, offset=where(funnel, "● clean"))
        await pilot.pause()
        assert engine.commands == [SwitchStage("clean")]
        assert funnel.stage is not None
        assert funnel.stage.name == "clean"


async def test_a_click_on_the_slider_of_another_stage_sets_its_knob() -> None:
    """To that place: the lower end is the least."""
    engine = night()
    async with hunting(engine, size=(200, 60)) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        clean = next(y for y, text in enumerate(text_of(funnel)) if "● clean" in text)
        knob = funnel.snapshot.stages[1].knobs[0]
        await pilot.click(funnel, offset=where(funnel, "┤", line=clean + 1))
        await pilot.pause()
        steps = round((knob.maximum - knob.value) / knob.step)
        assert engine.commands == [TurnKnob("clean", knob.name, steps)]


async def test_the_far_end_of_a_slider_is_the_end_of_the_range() -> None:
    """Also of the large one below the stages."""
    engine = FakeEngine()
    async with hunting(engine, size=(200, 60)) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        for end, value in (("┤", "maximum"), ("├", "minimum")):
            await pilot.click(funnel, offset=where(funnel, end))
            await pilot.pause()
            assert funnel.knob is not None
            assert funnel.knob.value == getattr(funnel.knob, value)


async def test_a_click_on_the_name_of_a_knob_chooses_the_next_one_and_on_its_value_asks_for_another() -> None:
    """Of the stage that is selected; of another one the first click selects."""
    async with hunting(night(), size=(200, 60)) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        place = where(funnel, "bad_max")
        for name in ("bad_max", "fwhm_max"):
            await pilot.click(funnel, offset=place)
            await pilot.pause()
            assert funnel.knob is not None
            assert funnel.knob.name == name
        await pilot.click(funnel, offset=(funnel.outer_size.width - 3, place[1]))
        await pilot.pause()
        assert isinstance(app.screen, TypeValue)


@pytest.mark.parametrize("up", [True, False])
async def test_the_wheel_over_a_knob_turns_it_and_elsewhere_goes_from_stage_to_stage(up: bool) -> None:
    """The knob's stage is selected first."""
    engine = night()
    async with hunting(engine, size=(200, 60)) as (app, pilot):
        funnel = app.screen.query_one(Funnel)
        await wheel(pilot, funnel, where(funnel, "bad_max"), up=up)
        assert engine.commands == [TurnKnob("clean", "bad_max", 1 if up else -1)]
        await wheel(pilot, funnel, where(funnel, "clean"), up=up)
        assert funnel.stage is not None
        assert funnel.stage.name == ("real" if up else "not-moving")
        assert len(engine.commands) == 1


async def test_the_wheel_over_the_stage_panel_turns_the_knob_and_a_click_on_an_outcome_goes_its_way() -> None:
    """What a step would bring stands there, with the arrow of its key."""
    engine = FakeEngine()
    async with hunting(engine, size=(200, 60)) as (app, pilot):
        panel = app.screen.query_one(StagePanel)
        await until(pilot, lambda: "→" in "".join(text_of(panel)))
        await wheel(pilot, panel, (5, 3), up=True)
        await pilot.click(panel, offset=where(panel, "← "))
        await pilot.click(panel, offset=where(panel, "→ ", into=3))
        await pilot.pause()
        steps = [command.steps for command in engine.commands if isinstance(command, TurnKnob)]
        assert steps == [1, -1, 1]


async def test_a_key_in_the_footer_is_pressed_by_a_click_and_the_focus_stays() -> None:
    """Of two keys that are written as one, the one under the mouse."""
    engine = night()
    async with hunting(engine) as (app, pilot):
        footer, funnel = app.screen.query_one(Footer), app.screen.query_one(Funnel)
        await pilot.click(footer, offset=where(footer, "←→", into=1))
        await pilot.click(footer, offset=where(footer, "←→"))
        await pilot.pause()
        assert [command.steps for command in engine.commands if isinstance(command, TurnKnob)] == [1, -1]
        assert app.focused is funnel
        await pilot.click(footer, offset=where(footer, "? help"))
        await pilot.pause()
        assert isinstance(app.screen, Help)


async def test_a_key_of_ones_own_in_the_footer_is_pressed_as_well() -> None:
    """What stands there is what is pressed."""
    async with hunting(night(), keymap={"help": "f4"}) as (app, pilot):
        footer = app.screen.query_one(Footer)
        await pilot.click(footer, offset=where(footer, "help"))
        await pilot.pause()
        assert isinstance(app.screen, Help)


@pytest.mark.parametrize(
    ("keys", "size"),
    [*((keys, (80, 24)) for keys in ("c", "C", "r", "colon", "e")), ("question_mark", (200, 60))],
)
async def test_a_key_at_the_foot_of_a_dialog_is_pressed_by_a_click(keys: str, size: tuple[int, int]) -> None:
    """Here the way back, wherever the letters of a field would go."""
    async with hunting(FakeEngine(), size=size) as (app, pilot):
        await pilot.press(keys)
        await pilot.pause()
        assert not isinstance(app.screen, HuntScreen)
        foot = next(y for y, text in reversed(list(enumerate(screen_text(app)))) if "Esc back" in text)
        await pilot.click(offset=(screen_text(app)[foot].index("Esc back") + 1, foot))
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))


async def test_other_places_of_a_dialogs_frame_press_nothing() -> None:
    """Nor does the window around it."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("c")
        box = app.screen.query_one("#choice-box").region
        for offset in ((box.x + 2, box.bottom - 1), (box.right - 1, box.bottom - 1), (box.x + 3, box.y), (0, 0)):
            await pilot.click(offset=offset)
            await pilot.pause()
            assert isinstance(app.screen, ChooseTreasure)


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_a_click_on_a_title_gives_a_panel_the_keys_and_a_double_click_the_window(size: tuple[int, int]) -> None:
    """Another double click gives all panels their places again."""
    async with hunting(FakeEngine(), size=size) as (app, pilot):
        body = app.screen.query_one(Body)
        before = body.shown
        for name in before[::2]:
            panel = app.screen.query_one(f"#{name}")
            await pilot.click(panel, offset=(4, 0))
            await pilot.pause()
            assert app.focused is panel
            await pilot.double_click(panel, offset=(6, 0))
            await pilot.pause()
            assert body.shown == (name,)
            await pilot.double_click(panel, offset=(8, 0))
            await pilot.pause()
            assert body.shown == before


async def test_a_detail_that_is_clicked_stays_in_view() -> None:
    """Where there is room for one, the stage stood in for the light curve only as long as the funnel had the keys."""
    async with hunting(FakeEngine(), size=(80, 24)) as (app, pilot):
        body = app.screen.query_one(Body)
        await pilot.press("right")
        await until(pilot, lambda: "stage" in body.shown)
        await pilot.click("#stage", offset=(4, 2))
        await settled(pilot)
        await pilot.press("tab", "shift+tab")
        await settled(pilot)
        assert "stage" in body.shown


async def test_a_click_takes_what_was_said_away() -> None:
    """As a key does."""
    async with hunting(FakeEngine()) as (app, pilot):
        hint = app.screen.query_one(Hint)
        await pilot.press("4", "right")
        assert hint.text.startswith("All of the curve is in view")
        await pilot.click(Objects, offset=(5, 3))
        await pilot.pause()
        assert not hint.text.startswith("All of the curve is in view")


async def test_a_click_below_the_last_line_selects_nothing() -> None:
    """Neither in the table nor in the checklist."""
    few = replace(fake_night.streaming(), rows=fake_night.rows(5))
    async with hunting(FakeEngine(few), size=(200, 60)) as (app, pilot):
        await pilot.click("#checklist", offset=(4, 2))
        await pilot.click(Objects, offset=(5, 2))
        before = app.screen.query_one(Objects).object_id, screen_text(app)
        await pilot.click("#checklist", offset=(4, app.screen.query_one("#checklist").outer_size.height - 2))
        await pilot.click("#objects", offset=(4, app.screen.query_one("#objects").outer_size.height - 2))
        await pilot.pause()
        assert (app.screen.query_one(Objects).object_id, screen_text(app)) == before


async def test_a_completion_of_the_filter_is_taken_by_a_click() -> None:
    """The line keeps the keys."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("slash", *"mag")
        await pilot.pause()
        completions = app.screen.query_one("#filter").query_one(CompletionList)
        second = text_of(completions)[1].split()[0]
        await pilot.click(completions, offset=(8, 1))
        await pilot.pause()
        field = app.screen.query_one("#filter").query_one(LineInput)
        assert field.value.strip() == second
        assert app.focused is field


async def test_words_are_searched_for_after_a_click_where_they_stand() -> None:
    """In the help, in the messages and in the inspector."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("question_mark")
        await pilot.click("#help-text", offset=(4, 0))
        await pilot.press(*"undo")
        await pilot.pause()
        assert "/ undo" in "\n".join(screen_text(app))


async def test_cuts_are_compared_by_a_click_and_a_list_of_the_differences_is_opened_by_another() -> None:
    """A click on the marked object goes to it."""
    async with hunting(night()) as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: len(text_of(app.screen.query_one("#cuts-list"))[0].split()) > 1)
        await pilot.click("#cuts-list", offset=(5, 0))
        await until(pilot, lambda: isinstance(app.screen, Compare))
        compared = app.screen.query_one(Compared)
        await pilot.click(compared, offset=where(compared, "common "))
        await pilot.pause()
        assert compared.side == "common"
        assert compared.row is not None
        name = compared.objects.object_id(compared.row)
        await pilot.click(compared, offset=where(compared, f"▸ {name}", into=4))
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))
        assert app.screen.query_one(Objects).object_id == name


async def test_a_near_miss_is_marked_by_a_click_and_explained_by_a_second_one() -> None:
    """The lines below the list speak of the marked one."""
    async with hunting(FakeEngine()) as (app, pilot):
        await pilot.press("m")
        await until(pilot, lambda: "▸" in "".join(text_of(app.screen.query_one("#near-misses"))))
        near = app.screen.query_one("#near-misses")
        await pilot.press("end")
        await pilot.click(near, offset=(5, 1))
        await until(pilot, lambda: text_of(near)[1].startswith("▸"))
        listed = app.screen
        await pilot.click(near, offset=(5, 1))
        await until(pilot, lambda: app.screen is not listed)
