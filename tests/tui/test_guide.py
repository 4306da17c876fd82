"""The guided first find: each step follows from how the hunt stands, and ends with a confirmed claim."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import fake_night
import pytest
from fake_engine import FakeEngine
from fake_start import FakeStart
from hunting import screen_text, until

from huntui import shipped
from huntui.alerts.light_curve import Photometry
from huntui.engine.beginning import GUIDED
from huntui.engine.snapshot import Snapshot, Value
from huntui.features.registry import kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.hunt.state import ClaimState
from huntui.session.commands import Claim, Undo
from huntui.tui.app import HuntApp
from huntui.tui.guide import STEPS, Advice, Guide, Where
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.widgets.guide_bar import GuideBar

GOOD: Mapping[str, Value] = {"drb": 0.99, "age": 12.0, "sgscore1": 0.1, "distpsnr1": 2.0}


@dataclass(frozen=True)
class Table:
    """Rows of which some look like supernovae, as a beginner should take one or as one should not."""

    rows: tuple[Mapping[str, Value], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def object_id(self, row: int) -> str:
        """Name of a row."""
        return f"ZTF24{row}"

    def value(self, column: str, row: int) -> Value:
        """Value of a column."""
        return self.rows[row].get(column)

    def suggestions(self, row: int) -> tuple[str, ...]:
        """What a row looks like."""
        return ("supernova",) if self.rows[row] else ()

    def photometry(self, row: int) -> Photometry:
        """What is drawn of it in the table."""
        return fake_night.rows(1).photometry(row)

    def find(self, object_id: str) -> int | None:
        """Row of an object."""
        names = [self.object_id(row) for row in range(len(self.rows))]
        return names.index(object_id) if object_id in names else None


CUTS = load_cuts(shipped.find("cuts", "transients"), kinds())
TABLE = Table(({}, GOOD, {**GOOD, "drb": 0.7}, {**GOOD, "age": None}, GOOD, {}))


def night(**change: object) -> Snapshot:
    """Return a night in which the table stands."""
    snapshot = fake_night.streaming()
    hunt = replace(snapshot.hunt, claims=(), score=0)
    whole = {"rows": TABLE, "hunt": hunt, "matching": None, "unhidden": None, "can_redo": False, "cuts": CUTS, **change}
    return replace(snapshot, sequence=5, **whole)


def claimed(snapshot: Snapshot, object_id: str, verdict: str, points: int) -> Snapshot:
    """Return the night with a claim."""
    claim = ClaimState(object_id, "supernova", verdict, points)  # type: ignore[arg-type]
    return replace(snapshot, hunt=replace(snapshot.hunt, claims=(*snapshot.hunt.claims, claim)))


class Player:
    """Asks a guide again and again."""

    def __init__(self, keymap: Mapping[str, str] | None = None) -> None:
        self.guide = Guide(keymap or {})
        self.snapshot = night()
        self.panel, self.object_id, self.knob = "funnel", "ZTF240", True

    def asks(self) -> Advice:
        """Return what is next."""
        return self.guide.advice(Where(self.snapshot, self.panel, self.object_id, self.knob))

    def turns_and_undoes(self) -> None:
        """Go as far as the table."""
        assert self.asks().number == 2
        self.snapshot = replace(self.snapshot, cuts=CUTS.switch(CUTS.stages[0].name))
        assert self.asks().number == 3
        self.snapshot = replace(self.snapshot, cuts=CUTS, can_redo=True)
        assert self.asks().number == 4


def test_while_kernels_are_compiled_it_says_how_far_that_is() -> None:
    """And that it happens once; a player who waits for minutes wants to know for what."""
    player = Player()
    player.snapshot = night(rows=Table(()), status="compiling", compiled=(31, 65))
    assert "31 of 65" in player.asks().press
    assert "only once" in player.asks().press


def test_it_waits_until_there_is_something_in_the_table() -> None:
    """And does not wait for a night that is at its end."""
    player = Player()
    player.snapshot = night(rows=Table(()))
    assert player.asks().press.startswith("Wait a moment")
    player.snapshot = night(rows=Table(()), status="finished")
    assert "brings cuts back" in player.asks().press
    player.snapshot = night()
    assert player.asks().number == 2


def test_a_knob_is_turned_and_turned_back() -> None:
    """Wherever the player is, the way there is said; the keys are the user's own."""
    player = Player({"knob_more": "m", "go_to_funnel": "F"})
    assert player.asks().press == "m turns the knob of the marked stage: watch the counts."
    player.knob = False
    assert "this one has no knob" in player.asks().press
    player.panel = "checklist"
    assert player.asks().press == "F goes to the funnel."
    player.turns_and_undoes()


def test_it_leads_to_an_object_that_is_likely_right_and_follows_the_cursor() -> None:
    """Not to one with a poor score or without an age; back to the table where the player leaves it."""
    player = Player()
    player.turns_and_undoes()
    player.panel = "objects"
    assert player.asks().press == "↓ goes to ZTF241."
    player.object_id = "ZTF241"
    assert player.asks().press == "c claims it: choose Supernova, then Enter."
    player.object_id = "ZTF242"
    assert player.asks().press == "↓ goes to ZTF244."
    player.object_id = "ZTF245"
    assert player.asks().press == "↑ goes to ZTF241."
    player.panel = "funnel"
    assert player.asks().number == 4


def test_a_wrong_claim_is_said_and_another_object_is_next() -> None:
    """One that is claimed already is not proposed again, and in the end there may be none left."""
    player = Player()
    player.turns_and_undoes()
    player.panel, player.object_id = "objects", "ZTF241"
    player.snapshot = claimed(player.snapshot, "ZTF241", "refuted", -5)
    assert player.asks().press == "↓ goes to ZTF244."
    assert player.asks().why.startswith("ZTF241 was something else (-5). ")
    player.snapshot = claimed(player.snapshot, "ZTF244", "open", 0)
    assert "brings the cuts back" in player.asks().press


def test_it_ends_with_a_confirmed_claim_made_since_it_began() -> None:
    """However that came about: who needs no guide is not held back; one from before does not count."""
    player = Player()
    player.snapshot = claimed(player.snapshot, "ZTF249", "confirmed", 5)
    assert player.asks().number == 2
    player.snapshot = claimed(player.snapshot, "ZTF241", "confirmed", 5)
    advice = player.asks()
    assert (advice.press, advice.number, advice.done) == (
        "You found your first supernova: ZTF241.",
        STEPS,
        True,
    )


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_the_guide_stands_below_the_panels_and_escape_leaves_it(size: tuple[int, int]) -> None:
    """It takes no other key: what is pressed does what it always does."""
    start = FakeStart(engine=FakeEngine(night()))
    app = HuntApp(start)
    async with app.run_test(size=size) as pilot:
        await pilot.press("home", "enter")
        await until(pilot, lambda: isinstance(app.screen, HuntScreen))
        assert start.opened[0][0] == GUIDED
        bar = app.screen.query_one(GuideBar)
        await until(pilot, lambda: bar.display)
        assert "→ turns the knob" in "\n".join(screen_text(app))
        await pilot.press("right", "u")
        await pilot.pause()
        assert isinstance(start.engine.commands[-1], Undo)
        start.engine.publish(claimed(start.engine.latest, "ZTF241", "confirmed", 5))
        await until(pilot, lambda: "You found your first supernova" in "\n".join(screen_text(app)))
        await pilot.press("2", "v", "escape")
        assert bar.display
        await pilot.press("escape")
        await pilot.pause()
        assert not bar.display
        assert not any(isinstance(command, Claim) for command in start.engine.commands)
    await start.engine.stop()


async def test_nobody_is_guided_who_did_not_ask_for_it() -> None:
    """Not on a night that is named on the command line."""
    app = HuntApp(FakeEngine(night()))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not app.screen.query_one(GuideBar).display
