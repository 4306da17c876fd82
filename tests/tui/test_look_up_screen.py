"""The dialog with what public services say of an object, and the claim that is settled there."""

import threading
from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of, until
from service_server import NAME, Given, Services
from synchronous_engine import SynchronousEngine

from huntui import shipped, truth
from huntui.config import LookupsConfig
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.hunt import load_hunt
from huntui.hunt.state import ClaimState
from huntui.session.commands import Claim, Settle
from huntui.sources.folder import FolderSource
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.look_up import LookUp
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.look_up_page import LookUpPage

FIRST = fake_night.object_id(0)
BOTH = "ALeRCE: SNIa 0.83; TNS: SN Ia, z = 0.0450"


def real(*treasures: str) -> FakeEngine:
    """Return an engine on a real night, whose first object is claimed as these treasures."""
    snapshot = fake_night.streaming()
    claims = tuple(ClaimState(FIRST, name, "open", 0) for name in treasures)
    night = replace(snapshot.night, simulated=False)
    return FakeEngine(replace(snapshot, night=night, hunt=replace(snapshot.hunt, claims=claims)))


def lines(app: object) -> list[str]:
    """Return the dialog without the spaces between its parts."""
    return [" ".join(line.split()) for line in text_of(app.screen.query_one(LookUpPage))]  # type: ignore[attr-defined]


async def test_it_fills_in_as_the_answers_come() -> None:
    """In the order of the services; who has not answered yet was asked, and the screen goes on meanwhile."""
    engine = real("supernova")
    async with hunting(engine) as (app, pilot):
        await pilot.press("I")
        await settled(pilot)
        assert lines(app) == [
            "ALeRCE ✓ SNIa with 0.83 by lc_classifier; 57 detections",
            f"kept since 2024-07-07 12:00 UT · https://alerce.online/object/{FIRST}",
            "Fink – does not know it",
            f"asked at 12:00 UT · https://ztf.fink-portal.org/{FIRST}",
            "SIMBAD ✗ gave no answer within 20 s",
            "asked at 12:00 UT",
            "TNS … asked",
            "",
            "▸ ◆ Supernova open ALeRCE for it",
        ]
        engine.last_answer.set()
        await until(pilot, lambda: "TNS ✓ SN 2024abc, SN Ia, z = 0.0450, in Fink's copy" in lines(app))
        assert lines(app)[-1] == "▸ ◆ Supernova open ALeRCE, TNS for it"
        assert engine.asked_services == [(FIRST, False)]


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (["y"], Settle(FIRST, "supernova", "confirmed", BOTH)),
        (["n"], Settle(FIRST, "supernova", "refuted", "")),
        (["o"], Settle(FIRST, "supernova", "open", "")),
        (["j", "n"], Settle(FIRST, "dwarf-nova", "refuted", BOTH)),
        (
            ["j", "j", "j", "k", "y"],
            Settle(FIRST, "supernova", "confirmed", BOTH),
        ),
    ],
    ids=str,
)
async def test_a_key_settles_the_claim_by_what_the_answers_say(keys: list[str], command: Settle) -> None:
    """The player decides, also against them; then nobody's word stands beside it."""
    engine = real("supernova", "dwarf-nova")
    engine.last_answer.set()
    async with hunting(engine) as (app, pilot):
        await pilot.press("I", *keys)
        await settled(pilot)
        assert engine.commands == [command]
        assert isinstance(app.screen, LookUp)
        assert f"{FIRST} as {command.treasure} {command.verdict}" in lines(app)


async def test_to_close_it_takes_back_what_nobody_has_answered() -> None:
    """No request outlives the dialog."""
    async with hunting(real()) as (app, pilot):
        await pilot.press("I")
        await settled(pilot)
        assert [worker.is_running for worker in app.workers if worker.group == "look-ups"] == [True]
        await pilot.press("escape")
        await until(pilot, lambda: not [one for one in app.workers if one.group == "look-ups" and one.is_running])


async def test_nothing_is_settled_without_a_key() -> None:
    """However sure the answers are."""
    engine = real("supernova")
    engine.last_answer.set()
    async with hunting(engine) as (app, pilot):
        await pilot.press("I")
        await settled(pilot)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)
        assert engine.commands == []


async def test_where_nothing_is_claimed_it_says_what_the_answers_speak_for() -> None:
    """And there is no key to settle anything."""
    engine = real()
    engine.last_answer.set()
    async with hunting(engine) as (app, pilot):
        await pilot.press("I", "y", "n", "j")
        await settled(pilot)
        assert lines(app)[-1] == "It is not claimed; the answers speak for Supernova."
        assert "r ask again · Esc back" in "\n".join(screen_text(app))
        assert "y confirm" not in "\n".join(screen_text(app))
        assert engine.commands == []


async def test_services_are_asked_again_by_a_key() -> None:
    """Also those whose answers were kept."""
    engine = real()
    engine.last_answer.set()
    async with hunting(engine) as (app, pilot):
        await pilot.press("I", "r")
        await settled(pilot)
        assert engine.asked_services == [(FIRST, False), (FIRST, True)]
        assert "TNS … asked" not in lines(app)


async def test_an_invented_object_is_refused_in_a_sentence() -> None:
    """No dialog opens, and nobody is asked."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("I")
        await settled(pilot)
        assert isinstance(app.screen, HuntScreen)
        assert f"{FIRST} is invented" in app.screen.query_one(Hint).text
        assert engine.asked_services == []


async def test_where_look_ups_are_off_the_key_says_how_they_are_switched_on() -> None:
    """In one sentence."""
    engine = real()
    engine.lookups = LookupsConfig()
    async with hunting(engine) as (app, pilot):
        await pilot.press("I")
        await settled(pilot)
        assert isinstance(app.screen, HuntScreen)
        assert "Look-ups are off; with lookups.enabled: true in config.yaml" in app.screen.query_one(Hint).text
        assert engine.asked_services == []


async def test_many_claims_scroll_below_the_answers() -> None:
    """The one under the cursor is always in view."""
    names = [treasure.name for treasure in fake_night.streaming().hunt.treasures]
    engine = real(*names)
    engine.last_answer.set()
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("I", *["j"] * (len(names) - 1))
        await settled(pilot)
        titles = {one.name: one.title for one in engine.latest.hunt.treasures}
        assert sum(line.startswith("▸") for line in lines(app)) == 1
        assert any(line.startswith(f"▸ ◆ {titles[names[-1]]}") for line in lines(app))
        await pilot.press("y")
        await settled(pilot)
        assert [command.treasure for command in engine.commands if isinstance(command, Settle)] == [names[-1]]


@pytest.mark.slow
async def test_a_real_object_is_asked_about_and_its_claim_settled(packets: Path, services: Services) -> None:
    """From the key to the list of claims, over a server that answers as the real ones do, and one of them never."""
    gate = threading.Event()
    services.given["/fink/objects"] = Given([], gate=gate)
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    config = services.config(timeout=60.0)
    engine = SynchronousEngine(FolderSource(packets), NO_CUTS, hunt, lookups=config)
    async with hunting(engine, size=(200, 60)) as (app, pilot):  # type: ignore[arg-type]
        name = engine.latest.rows.object_id(0)
        for path in [path for path in services.given if NAME in path]:
            services.given[path.replace(NAME, name)] = services.given[path]
        engine.send(Claim(name, "supernova"))
        await pilot.press("I")
        await until(pilot, lambda: any("ALeRCE, SIMBAD, TNS for it" in line for line in lines(app)))
        assert "Fink … asked" in lines(app)
        await pilot.press("y", "escape")
        gate.set()
        (claim,) = engine.latest.hunt.claims
        assert claim.verdict == "confirmed"
        assert claim.reason == "ALeRCE: SNIa 0.83; SIMBAD: SN*, z = 0.0035; TNS: SN Ia, z = 0.0035"
        await pilot.press("C")
        await settled(pilot)
        assert "ALeRCE: SNIa 0.83; SIMBAD" in "\n".join(screen_text(app))
        await pilot.press("escape", "u")
        assert [one.verdict for one in engine.latest.hunt.claims] == ["open"]
