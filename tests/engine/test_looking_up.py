"""The engine asks public services: when it may, about which place, and what the answers say of claims."""

import pytest
from engines import EXERCISE, MakeEngine, finished, running, small_hunt, until
from service_server import NAME, Services
from synchronous_engine import SynchronousEngine

from huntui.engine.engine import Engine
from huntui.engine.looking_up import OFF, LookedUp
from huntui.errors import CallError, ConfigError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import Claim, Settle, Undo
from huntui.sources.simulated import SimulatedSource


async def test_each_answer_is_heard_with_what_it_says_of_the_treasures(
    make_engine: MakeEngine, services: Services
) -> None:
    """SIMBAD is asked about the place of the object's newest alert, whether it comes through the cuts or not."""
    async with running(make_engine(load_cuts(EXERCISE, kinds()), lookups=services.config())) as engine:
        last = await until(engine, finished)
        assert engine.can_look_up(NAME) == ("ALeRCE", "Fink", "SIMBAD", "TNS")
        assert services.asked == []
        found: dict[str, LookedUp] = {}
        await engine.look_up(NAME, lambda one: found.update({one.answer.service: one}))
    assert last.view is not None
    row = last.view.rows_of(NAME)[-1]
    place = f"{last.view.columns['ra'][row]:.6f}%2C+{last.view.columns['dec'][row]:.6f}"
    assert any(path == "/simbad" and place in body for path, body, _ in services.asked)
    both = {"riser": "confirmed", "fader": "confirmed"}
    assert {name: one.speaks for name, one in found.items()} == {"ALeRCE": both, "Fink": {}, "SIMBAD": {}, "TNS": both}


async def test_a_second_question_sends_nothing_unless_it_is_wanted(make_engine: MakeEngine, services: Services) -> None:
    """Nor does it after the night is opened anew."""
    for again, requests in ((False, 1), (False, 1), (True, 2)):
        async with running(make_engine(lookups=services.config(services=["Fink"]))) as engine:
            await until(engine, finished)
            await engine.look_up(NAME, lambda _: None, again=again)
            assert len(services.asked) == requests


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (None, "No service can be asked from this page."),
        ({"enabled": False}, OFF),
        ({"services": []}, "No service is configured; lookups.services in config.yaml lists them."),
    ],
)
async def test_where_look_ups_are_off_not_one_request_is_sent(
    make_engine: MakeEngine, services: Services, config: dict[str, object] | None, sentence: str
) -> None:
    """One sentence says how they are switched on, or that they cannot be."""
    off = None if config is None else services.config(**config)
    async with running(make_engine(lookups=off)) as engine:
        await until(engine, finished)
        with pytest.raises(CallError) as caught:
            engine.can_look_up(NAME)
        with pytest.raises(CallError):
            await engine.look_up(NAME, lambda _: None)
    assert str(caught.value) == sentence
    assert services.asked == []


@pytest.mark.parametrize("kind", [Engine, SynchronousEngine])
async def test_an_invented_object_is_asked_about_nowhere(kind: MakeEngine, services: Services) -> None:
    """Its name may be that of a real one."""
    source = SimulatedSource("20240707", count=200)
    async with running(kind(source, NO_CUTS, small_hunt(), lookups=services.config())) as engine:
        await until(engine, finished)
        with pytest.raises(CallError, match=f"{NAME} is invented"):
            engine.can_look_up(NAME)
        with pytest.raises(CallError, match="is invented"):
            await engine.look_up(NAME, lambda _: None)
    assert services.asked == []


async def test_an_object_that_is_not_in_the_night_has_no_place(make_engine: MakeEngine, services: Services) -> None:
    """Those that go by name are asked all the same."""
    async with running(make_engine(lookups=services.config())) as engine:
        await until(engine, finished)
        found: dict[str, LookedUp] = {}
        await engine.look_up("ZTF99zzzzzzz", lambda one: found.update({one.answer.service: one}))
    assert found["SIMBAD"].answer.failed.startswith("goes by place")
    assert found["ALeRCE"].answer.says == "does not know it"


async def test_a_key_that_cannot_be_had_is_told(make_engine: MakeEngine, services: Services) -> None:
    """Before anything is sent."""
    config = services.config(tns_api_key="env:HUNTUI_NOT_THERE", tns_bot="1 a")
    async with running(make_engine(lookups=config)) as engine:
        await until(engine, finished)
        with pytest.raises(ConfigError, match="HUNTUI_NOT_THERE is not set"):
            await engine.look_up(NAME, lambda _: None)
    assert services.asked == []


async def test_why_a_claim_was_settled_stands_beside_it_until_it_is_undone(make_engine: MakeEngine) -> None:
    """In every snapshot, and so in the list of claims and in the report."""
    async with running(make_engine(NO_CUTS)) as engine:
        await until(engine, finished)
        engine.send(Claim(NAME, "riser"))
        engine.send(Settle(NAME, "riser", "confirmed", "TNS: SN Ia"))
        told = await until(engine, lambda snapshot: bool(snapshot.hunt.claims) and bool(snapshot.hunt.claims[0].reason))
        assert (told.hunt.claims[0].verdict, told.hunt.claims[0].reason) == ("confirmed", "TNS: SN Ia")
        engine.send(Undo())
        back = await until(engine, lambda snapshot: snapshot.hunt.claims[0].verdict == "open")
        assert back.hunt.claims[0].reason == ""
