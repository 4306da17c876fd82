"""The list of models on the screen: state and speed of each, and what one that cannot be asked needs."""

from dataclasses import replace

from fake_engine import FakeEngine
from fake_night import FakeRows
from hunting import hunting, settled, text_of

from huntui.engine.explanation import AlertExplained, ScoreExplained
from huntui.engine.model_state import ModelState
from huntui.models.strongest import Influence
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.models import Models
from huntui.tui.widgets.header import header
from huntui.tui.widgets.models_page import ModelsPage
from huntui.tui.widgets.objects import Objects
from huntui.tui.widgets.why_lines import why_page

HOSTED = ModelState("acai_h", "a transient beside a host", ("acai_h",), "", 1500, 1400, 20, 312.4)
BROKEN = ModelState("mine", "", ("mine_SN", "mine_AGN"), "mine.onnx: is no ONNX file.")


async def test_each_model_is_listed_with_state_and_speed() -> None:
    """What waits becomes less while the list is open; words find a model; S leaves as it came."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("S")
        assert isinstance(app.screen, Models)
        assert any("huntui models import FILE adds one" in line for line in text_of(app.screen.query_one(ModelsPage)))
        app.screen.show(replace(engine.latest, models=(HOSTED, BROKEN)))
        await pilot.pause()
        text = "\n".join(text_of(app.screen.query_one(ModelsPage)))
        assert "acai_h" in text
        assert "1,400 scored, 100 without a score, 20 wait, 312 µs each" in text
        assert "cannot be asked" in text
        assert "mine_SN, mine_AGN" in text
        app.screen.show(replace(engine.latest, models=(replace(HOSTED, waiting=0), BROKEN)))
        await pilot.pause()
        assert "wait" not in "\n".join(text_of(app.screen.query_one(ModelsPage)))
        await pilot.press("slash", *"host")
        assert "mine" not in "\n".join(text_of(app.screen.query_one(ModelsPage)))
        await pilot.press("escape", "S")
        assert isinstance(app.screen, HuntScreen)


async def test_a_score_that_comes_later_takes_the_place_of_its_dash() -> None:
    """With three digits behind the point, as a probability is read."""
    first, *others = FakeEngine().latest.rows.table  # type: ignore[attr-defined]
    waits = FakeRows(({**first, "acai_h": None}, *others))
    engine = FakeEngine(replace(FakeEngine().latest, rows=waits, models=(replace(HOSTED, asked=0),)))
    async with hunting(engine, table=["acai_h"]) as (app, pilot):
        assert "–" in text_of(app.screen.query_one(Objects))[1]
        scored = FakeRows(({**first, "acai_h": 0.98765}, *others))
        engine.publish(replace(engine.latest, rows=scored, models=(HOSTED,)))
        await settled(pilot)
        assert "0.988" in text_of(app.screen.query_one(Objects))[1]


def test_the_header_says_how_many_alerts_wait_for_a_score() -> None:
    """And nothing where none does."""
    latest = FakeEngine().latest
    assert "1,200 wait for a score" in "".join(text for text, _ in header(replace(latest, waiting=1200), 160))
    assert "wait" not in "".join(text for text, _ in header(latest, 160))


def test_why_tells_a_score_with_what_raised_and_what_lowered_it() -> None:
    """Or why there is none."""
    strongest = (Influence("science cutout", None, None, 0.9), Influence("sgscore1", 0.98, 0.5, -0.25))
    scores = (ScoreExplained("acai_h", 0.65, "", strongest), ScoreExplained("acai_n", None, "missing: clrcoeff"))
    page = why_page(AlertExplained("ZTF24a", 7, (), (7,), scores), "", ("F2", ""), 100)
    text = "\n".join("".join(piece for piece, _ in line) for line in page.body)
    assert "acai_h: 0.65" in text
    assert "raised by science cutout (+0.9)" in text
    assert "lowered by sgscore1 0.98, usually 0.5 (-0.25)" in text
    assert "acai_n: no score, missing: clrcoeff" in text
