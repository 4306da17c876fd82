"""All claims on the screen: settled, taken back, gone to."""

from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of
from synchronous_engine import SynchronousEngine
from textual.widgets import Static

from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.marks import Marks
from huntui.hunt.state import ClaimState
from huntui.session.commands import Claim, Command, Hide, Settle, Unclaim
from huntui.sources.folder import FolderSource
from huntui.tui.screens.claims import AllClaims
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.claim_list import ClaimList
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.objects import Objects

THIRD, FIFTH, NINTH = (fake_night.object_id(row) for row in (3, 5, 9))


def lines(app: object) -> list[str]:
    """Return the claims without the spaces between their parts."""
    return [" ".join(line.split()) for line in text_of(app.screen.query_one(ClaimList))]  # type: ignore[attr-defined]


def said(app: object) -> str:
    """Return the sentence below the list."""
    return str(app.screen.query_one("#outcome", Static).content)  # type: ignore[attr-defined]


async def test_every_claim_is_listed_with_all_that_is_known_of_it() -> None:
    """Verdict, points, star and note; one that was taken back says so."""
    snapshot = fake_night.streaming()
    claims = (*snapshot.hunt.claims, ClaimState(FIFTH, "dwarf-nova", "refuted", -15, stands=False))
    marks = Marks(starred=(THIRD,), notes=((NINTH, "look again"),))
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, claims=claims), marks=marks))
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("C")
        await settled(pilot)
        assert lines(app) == [
            "objectId treasure verdict points note",
            f"▸ ★{THIRD} ✓ Supernova confirmed +10",
            f"{FIFTH} ✗ Supernova refuted -5",
            f"{NINTH} ◆ Dwarf nova open look again",
            f"{FIFTH} ✗ Dwarf nova taken back -15",
        ]
        assert "Claims · 4 · score 35" in "\n".join(screen_text(app))


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (["y"], Settle(THIRD, "supernova", "confirmed")),
        (["j", "n"], Settle(FIFTH, "supernova", "refuted")),
        (["end", "o"], Settle(NINTH, "dwarf-nova", "open")),
        (["G", "k", "x"], Unclaim(FIFTH, "supernova")),
        (["pagedown", "g", "y"], Settle(THIRD, "supernova", "confirmed")),
        (["pagedown", "y"], Settle(NINTH, "dwarf-nova", "confirmed")),
        (["G", "pageup", "y"], Settle(THIRD, "supernova", "confirmed")),
    ],
    ids=str,
)
async def test_a_key_does_it_to_the_claim_under_the_cursor(keys: list[str], command: Command) -> None:
    """And what came of it stands below the list."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("C", *keys)
        await settled(pilot)
        assert engine.commands == [command]
        assert isinstance(app.screen, AllClaims)
        if isinstance(command, Settle):
            assert said(app) == f"{command.object_id} as {command.treasure} {command.verdict}"


async def test_the_cursor_stays_on_its_claim_and_takes_the_next_where_it_is_gone() -> None:
    """While claims come and go."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("C", "j")
        engine.send(Unclaim(THIRD, "supernova"))
        await settled(pilot)
        assert lines(app)[1].startswith(f"▸ {FIFTH}")
        await pilot.press("x")
        await settled(pilot)
        assert lines(app)[1].startswith(f"▸ {NINTH}")
        await pilot.press("x")
        await settled(pilot)
        assert lines(app)[1] == "Nothing is claimed: c claims the selected object as a treasure."
        engine.commands.clear()
        await pilot.press("y", "n", "o", "x", "enter", "j", "G", "pagedown")
        assert engine.commands == []
        assert isinstance(app.screen, AllClaims)


@pytest.mark.parametrize("key", ["escape", "q", "C", "ctrl+c"])
async def test_leaving_changes_nothing(key: str) -> None:
    """And goes nowhere."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("C", "j", key)
        await settled(pilot)
        assert isinstance(app.screen, HuntScreen)
        assert engine.commands == []
        assert app.screen.query_one(Objects).object_id == fake_night.object_id(0)


async def test_enter_or_a_click_goes_to_the_object_also_to_a_hidden_one() -> None:
    """Hidden objects are shown then."""
    engine = FakeEngine()
    engine.send(Hide((NINTH,)))
    async with hunting(engine) as (app, pilot):
        objects = app.screen.query_one(Objects)
        await pilot.press("C", "j", "enter")
        await settled(pilot)
        assert objects.object_id == FIFTH
        await pilot.press("C", "G", "enter")
        await settled(pilot)
        assert objects.object_id == NINTH
        assert objects.border_title == "2 Objects · 10 of 64 · 1 hidden, shown"
        await pilot.press("C")
        await settled(pilot)
        await pilot.click(ClaimList, offset=(5, 1))
        await settled(pilot)
        assert objects.object_id == THIRD


async def test_an_object_that_is_not_in_the_table_is_told_with_the_reason() -> None:
    """The filter, or the cuts."""
    engine = FakeEngine()
    kept = replace(engine.latest.rows, table=engine.latest.rows.table[:4])
    async with hunting(engine) as (app, pilot):
        engine.publish(replace(engine.latest, row_filter="drb > 2", matching=kept))
        await settled(pilot)
        await pilot.press("C", "enter")
        await settled(pilot)
        assert app.screen.query_one(Objects).object_id == THIRD
        await pilot.press("C", "j", "enter")
        await settled(pilot)
        assert app.screen.query_one(Hint).text == f"{FIFTH} is not in the table: the filter leaves it out."
        engine.publish(replace(engine.latest, row_filter="", matching=None, rows=kept))
        await settled(pilot)
        await pilot.press("C", "j", "enter")
        await settled(pilot)
        assert app.screen.query_one(Hint).text == f"{FIFTH} is not in the table: your cuts lose it by now."


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_many_claims_fit_any_window(size: tuple[int, int]) -> None:
    """The cursor is always in view, and so is the sentence below."""
    snapshot = fake_night.streaming()
    claims = tuple(ClaimState(f"ZTF24{k:07d}", "supernova", "open", 0) for k in range(3000))
    engine = FakeEngine(replace(snapshot, hunt=replace(snapshot.hunt, claims=claims)))
    async with hunting(engine, size=size) as (app, pilot):
        await pilot.press("C", "end")
        await settled(pilot)
        assert lines(app)[-1].startswith("▸ ZTF240002999")
        await pilot.press("pageup", "k")
        assert sum(line.startswith("▸") for line in lines(app)) == 1
        await pilot.press("y")
        await settled(pilot)
        text = "\n".join(screen_text(app))
        assert " as supernova confirmed" in text
        assert "Esc back" in text or size[0] < 80


async def test_a_real_night_is_settled_from_the_screen(packets_dir: Path) -> None:
    """The score follows, undo opens the claim again, and truth is asked for nothing."""
    treasure = {
        "name": "riser", "title": "Riser", "about": "a", "looks_like": "rate < 0", "confirmed_by": "class == 'a'",
        "points": 5, "goal": 1, "beware": "b",
    }  # fmt: skip
    hunt = hunt_from_mapping({"name": "t", "about": "a", "treasures": [treasure]}, "t", kinds(), {"class": "text"})
    engine = SynchronousEngine(FolderSource(packets_dir), NO_CUTS, hunt)
    async with hunting(engine) as (app, pilot):
        name = engine.latest.rows.object_id(0)
        engine.send(Claim(name, "riser"))
        await settled(pilot)
        await pilot.press("C")
        await settled(pilot)
        assert said(app).startswith("This night is real: ")
        await pilot.press("y")
        await settled(pilot)
        assert said(app) == f"{name} as riser confirmed, +5 points"
        assert "Claims · 1 · score 5" in "\n".join(screen_text(app))
        await pilot.press("n", "x")
        await settled(pilot)
        assert said(app).endswith("it was refuted, and the 5 points stay lost")
        assert "taken back" in lines(app)[1]
        await pilot.press("o")
        await settled(pilot)
        assert lines(app)[1].startswith("Nothing is claimed")
        await pilot.press("escape", "u", "u")
        await settled(pilot)
        assert [claim.verdict for claim in engine.latest.hunt.claims] == ["refuted"]
