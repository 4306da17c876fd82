"""Why an alert came through or did not, asked on the screen."""

from dataclasses import replace

import fake_answers
import fake_night
import pytest
from fake_answers import ALERTS, CANDID, CUTS
from fake_engine import FakeEngine
from hunting import hunting, screen_text, text_of
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from huntui.funnel.cuts import NO_CUTS
from huntui.session.commands import SetKnob
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.why import Why, WhyPanel
from huntui.tui.widgets.scrolling import Scrolling

FIRST = fake_night.object_id(0)


def engine_with_cuts() -> FakeEngine:
    """Return a night whose cuts are known."""
    return FakeEngine(replace(fake_night.streaming(), cuts=CUTS))


async def asked(pilot: Pilot[None], *keys: str) -> str:
    """Press keys, wait for the answer, and return what is told, line breaks as blanks."""
    await pilot.press(*keys)
    await pilot.pause()
    if working := [worker for worker in pilot.app.workers if worker.group in ("why", "near")]:
        await pilot.app.workers.wait_for_complete(working)
    await pilot.pause()
    return " ".join(" ".join(text_of(pilot.app.screen.query_one(Scrolling))).split())


async def test_the_selected_object_is_explained_at_once() -> None:
    """Its newest alert, stage by stage, with what would let it in."""
    async with hunting(engine_with_cuts()) as (app, pilot):
        text = await asked(pilot, "w")
        assert app.screen.query_one(Input).value == FIRST
        assert f"{FIRST} is rejected by young" in text
        assert f"Alert 3 of 3, candid {CANDID + 2}; Ctrl+p older, Ctrl+n newer" in text
        assert "✓ real drb >= drb_min: yes (0.75 against 0.65)" in text
        assert "✗ young age 65.25, needs ≤ 60: over by 5.25 day let in by age_max 66" in text
        assert "Let in by age_max 66; Ctrl+l turns it so." in text


async def test_typing_replaces_the_name_and_enter_looks_it_up() -> None:
    """An object, a candid, a bad packet; blanks around it do not matter."""
    other = fake_night.object_id(2)
    async with hunting(engine_with_cuts()) as (app, pilot):
        await asked(pilot, "w")
        assert f"{other} is rejected by young" in await asked(pilot, *other, "space", "enter")
        assert app.screen.query_one(Input).value == f"{other} "
        text = await asked(pilot, *str(CANDID + ALERTS), "enter")
        assert f"{fake_night.object_id(1)} survives" in text
        assert "Every stage that is on keeps it." in text
        name = fake_answers.BAD_PACKET
        assert f"data/{name} is a bad packet, truncated: it " in await asked(pilot, *name, "enter")


@pytest.mark.parametrize("name", ["nothing", "9" * 30, "x" * 5000, "[red]nothing", "界" * 200, "\x1b[2J"])
async def test_an_unknown_name_is_one_plain_sentence(name: str) -> None:
    """Cut where it is long, and drawn as it is."""
    async with hunting(engine_with_cuts(), size=(80, 24)) as (app, pilot):
        await asked(pilot, "w")
        app.screen.query_one(Input).value = name
        text = await asked(pilot, "enter")
        assert len(screen_text(app)) == 24
        assert "no alert of 20240707 has this objectId or candid, and no bad packet this file name." in text
        assert "is rejected by" not in text


async def test_without_a_name_the_screen_says_what_to_type() -> None:
    """Nothing is selected, and nothing was typed."""
    engine = FakeEngine(replace(fake_night.streaming(), rows=fake_night.FakeRows(()), surviving_alerts=0))
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        assert "Type a name; survivors, rejected alerts and bad packets" in await asked(pilot, "w")
        assert "Type an objectId such as ZTF21abiuvdk" in await asked(pilot, "enter")
        assert "Type an objectId" in await asked(pilot, "ctrl+l", "ctrl+n", "ctrl+p", "down", "pagedown")
        assert isinstance(app.screen, Why)


async def test_the_turn_that_lets_it_in_is_made_and_the_explanation_is_of_the_new_cuts() -> None:
    """One command, told in words; asked again there is nothing left to turn."""
    engine = engine_with_cuts()
    async with hunting(engine) as (app, pilot):
        await asked(pilot, "w")
        text = await asked(pilot, "ctrl+l")
        assert engine.commands == [SetKnob("young", "age_max", 66.0)]
        assert f"{FIRST} survives" in text
        assert "Turned: age_max 60 → 66. On the hunt's screen u takes it back." in text
        assert "it is in already" in await asked(pilot, "f2")
        assert len(engine.commands) == 1
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


async def test_a_name_and_enter_in_one_breath_are_taken_in_their_order() -> None:
    """As a paste brings them, or a fast typist on a slow line."""
    other = fake_night.object_id(2)
    async with hunting(engine_with_cuts()) as (app, pilot):
        await asked(pilot, "w")
        for key in (*other, "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        assert f"{other} is rejected by young" in await asked(pilot)


async def test_no_knob_turns_for_a_name_that_was_typed_and_not_looked_at() -> None:
    """It is explained instead; the next time its knobs are turned."""
    engine, other = engine_with_cuts(), fake_night.object_id(2)
    async with hunting(engine) as (_, pilot):
        await asked(pilot, "w")
        assert f"{other} is rejected by young" in await asked(pilot, *other, "ctrl+l")
        assert engine.commands == []
        await asked(pilot, "ctrl+l")
        assert engine.commands == [SetKnob("young", "age_max", 66.0)]


async def test_where_no_turn_lets_it_in_the_stage_is_named() -> None:
    """And nothing is sent."""
    fixed = replace(CUTS.stages[1], knobs={"age_max": replace(CUTS.stages[1].knob("age_max"), maximum=61.0)})
    engine = FakeEngine(replace(fake_night.streaming(), cuts=replace(CUTS, stages=(CUTS.stages[0], fixed))))
    async with hunting(engine) as (_, pilot):
        wanted = "o turn of knobs lets it in: young would have to be switched off."
        assert f"N{wanted}" in await asked(pilot, "w")
        assert f"n{wanted}" in await asked(pilot, "ctrl+l")
        assert engine.commands == []


async def test_the_alerts_of_an_object_are_stepped_through() -> None:
    """From the newest to the oldest and back, and no further."""
    async with hunting(engine_with_cuts()) as (_, pilot):
        await asked(pilot, "w")
        assert "Alert 3 of 3" in await asked(pilot, "ctrl+n")
        assert "Alert 2 of 3" in await asked(pilot, "ctrl+p")
        text = await asked(pilot, "ctrl+p")
        assert f"Alert 1 of 3, candid {CANDID};" in text
        assert "survives" in text
        assert "Alert 1 of 3" in await asked(pilot, "ctrl+p")
        assert "Alert 2 of 3" in await asked(pilot, "ctrl+n")


async def test_what_is_told_follows_the_cuts() -> None:
    """Somebody else wrote the file of the cuts while the dialog is open."""
    engine = engine_with_cuts()
    async with hunting(engine) as (_, pilot):
        assert "is rejected by young" in await asked(pilot, "w")
        engine.publish(replace(engine.latest, cuts=CUTS.set_knob("young", "age_max", 90), cuts_version=7))
        assert "survives" in await asked(pilot)


async def test_what_was_not_found_is_found_when_it_comes() -> None:
    """The night is still being read."""
    engine = engine_with_cuts()
    whole, few = engine.latest.rows, fake_night.rows(2)
    engine.publish(replace(engine.latest, rows=few))
    name = whole.object_id(40)
    async with hunting(engine) as (_, pilot):
        await asked(pilot, "w")
        text = await asked(pilot, *name, "enter")
        assert "no alert of 20240707" in text
        assert "The night is still being read." in text
        night = replace(engine.latest.night, alerts=engine.latest.night.alerts + 1)
        engine.publish(replace(engine.latest, rows=whole, night=night))
        assert f"{name} is rejected by young" in await asked(pilot)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_every_line_can_be_reached_in_a_window_of_any_size(size: tuple[int, int]) -> None:
    """With thirty stages, of which the last rejects and is in view at first; what lets it in always stands below."""
    thirty = tuple(replace(CUTS.stages[k == 29], name=f"stage_{k}") for k in range(30))
    engine = FakeEngine(replace(fake_night.streaming(), cuts=replace(CUTS, stages=thirty)))
    async with hunting(engine, size=size) as (_app, pilot):
        text = await asked(pilot, "w")
        assert "stage_29 age 65.25, needs" in text
        assert "Let in by age_max 66" in text
        text = await asked(pilot, *["pageup"] * 40)
        assert "stage_0 " in text
        assert "Let in by age_max 66" in text
        seen = text
        for _ in range(40):
            seen += await asked(pilot, "pagedown")
        assert all(f"stage_{k}" in seen for k in range(30))
        assert "↓" not in await asked(pilot)


async def test_cuts_without_stages_and_stages_that_are_off_are_told() -> None:
    """Every alert comes through."""
    off = tuple(replace(stage, enabled=False) for stage in CUTS.stages)
    engine = FakeEngine(replace(fake_night.streaming(), cuts=replace(CUTS, stages=off)))
    async with hunting(engine) as (_, pilot):
        text = await asked(pilot, "w")
        assert f"{FIRST} survives" in text
        assert "○ young age 65.25, needs ≤ 60: over by 5.25 day switched off" in text
        engine.publish(replace(engine.latest, cuts=NO_CUTS, cuts_version=3))
        assert "These cuts have no stages: every alert comes through." in await asked(pilot)


HOSTILE = ("\x1b[2J\x1b[31mred", "[bold red]markup[/]", "line\nbreak\ttab", "宽" * 90, "e" + "\u0301" * 50, "x" * 3000)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
@pytest.mark.parametrize("size", [(60, 16), (120, 36)])
async def test_hostile_names_stay_in_their_cells_and_are_found(name: str, size: tuple[int, int]) -> None:
    """In both dialogs; the name in the field is a clean one, and Enter still means the object itself."""
    snapshot = fake_night.streaming()
    rows = fake_night.FakeRows(({**snapshot.rows.table[0], "objectId": name},))  # type: ignore[attr-defined]
    engine = FakeEngine(replace(snapshot, rows=rows, cuts=CUTS))
    async with hunting(engine, size=size) as (app, pilot):
        for keys in (["m"], ["escape", "w"], ["enter"], ["ctrl+p"]):
            await asked(pilot, *keys)
            lines = screen_text(app)
            assert len(lines) == size[1]
            assert not any(char < " " or "\x7f" <= char < "\xa0" for line in lines for char in line)
        alert = app.screen.query_one(WhyPanel).alert
        assert alert is not None
        assert alert.object_id == name
