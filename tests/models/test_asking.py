"""Models are asked about the alerts that somebody needs, and about no others; what they said is remembered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from few_packets import engine_over, few, logistic, scored_night

from huntui import scores
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.hunt.hunt import hunt_from_mapping
from huntui.models.catalogue import Model
from huntui.session.commands import Command, Replay, SetKnob, Step

pytestmark = pytest.mark.slow


@pytest.fixture
def night(tmp_path: Path, packet_files: list[Path]) -> Path:
    """Return a folder of 120 real packets."""
    return few(tmp_path / "night", packet_files, 120)


@pytest.fixture
def model(tmp_path: Path) -> Iterator[Model]:
    """Return a model of the magnitude; its column is known as long as the test runs."""
    yield logistic(tmp_path)
    scores.know(())


def cuts(*keeps: str, missing: str = "reject") -> Cuts:
    """Return cuts with these conditions; the first has a knob."""
    stages: list[dict[str, object]] = [
        {"name": f"s{k}", "title": f"S{k}", "keep": keep, "missing": missing} for k, keep in enumerate(keeps)
    ]
    if stages:
        stages[0]["knobs"] = {"low": {"value": 0.9, "min": 0.0, "max": 1.0, "step": 0.1}}
    return cuts_from_mapping({"stages": stages}, "test", kinds(), name="test")


def asked(snapshot: Snapshot) -> tuple[int, int]:
    """Return how many alerts the model was asked about, and how many have a score."""
    (state,) = snapshot.models
    return state.asked, state.scored


async def after(engine: Engine, command: Command) -> Snapshot:
    """Return the first snapshot after a command in which nothing waits."""
    before = engine.latest.cuts_version
    engine.send(command)
    async for snapshot in engine:
        if snapshot.cuts_version > before and not snapshot.waiting:
            return snapshot
    raise AssertionError("the engine stopped before")


def plain(view: object, name: str) -> np.ndarray:
    """Return a column of a night as float64."""
    return view.column(name).astype(np.float64)  # type: ignore[attr-defined, no-any-return]


async def test_only_alerts_that_matter_to_a_count_are_scored_and_a_knob_costs_the_newcomers(
    night: Path, model: Model
) -> None:
    """Those that reach the stage, and those that one other stage keeps from it; others keep a null."""
    chosen = cuts("drb >= low", "rb > 0.3", "steep >= 0.5", "fid == 1")
    async with engine_over(night, chosen, {"steep": model}) as engine:
        first = await scored_night(engine)
        view = first.view
        assert view is not None
        drb, rb, fid, mag = (plain(view, name) for name in ("drb", "rb", "fid", "magpsf"))
        with np.errstate(invalid="ignore"):
            others = [drb >= 0.9, rb > 0.3, fid == 1]
            reach = others[0] & others[1]
        failing = sum(~one for one in others)
        needed = reach | (failing <= 1)
        assert asked(first) == (needed.sum(), (needed & ~np.isnan(drb)).sum())
        through = np.where(np.isnan(drb), False, mag >= 19.0)
        passed, stage = reach & through, first.stages[2]
        assert (stage.entered, stage.passed, stage.waiting) == (reach.sum(), passed.sum(), 0)
        assert stage.rejected_only_here == ((failing == 0) & ~through).sum()
        assert first.stages[0].rejected_only_here == (~others[0] & others[1] & others[2] & through).sum()
        assert np.array_equal(first.fates.failures == 0, passed & others[2])

        again = await after(engine, SetKnob("s0", "low", 0.5))
        with np.errstate(invalid="ignore"):
            wider = drb >= 0.5
        now = (wider & others[1]) | (sum(~one for one in (wider, *others[1:])) <= 1)
        assert asked(again)[0] == (needed | now).sum()
        assert again.stages[2].passed == (wider & others[1] & through).sum()


async def test_an_alert_without_a_score_says_why_and_is_what_the_stage_makes_of_missing_values(
    night: Path, model: Model
) -> None:
    """A null feature has no score; it is unknown, and kept where the stage keeps what is missing."""
    async with engine_over(night, cuts("jd > low", "steep >= 0.5", missing="keep"), {"steep": model}) as engine:
        snapshot = await scored_night(engine)
        view = snapshot.view
        assert view is not None
        lacking = np.isnan(plain(view, "drb"))
        assert 0 < lacking.sum() < len(view)
        assert snapshot.stages[1].unknown == lacking.sum()
        assert (snapshot.fates.failures[lacking] == 0).all()
        row = int(np.flatnonzero(lacking)[0])
        assert view.why_null("steep", row) == "missing: drb"
        detail = await engine.detail(str(view.value("objectId", row)))
        assert detail is not None
        assert detail.values["steep"] is None
        assert detail.no_score == {"steep": "missing: drb"}


async def test_a_file_a_treasure_and_a_comparison_get_the_scores_that_they_need(
    night: Path, model: Model, tmp_path: Path
) -> None:
    """With no cuts at all nothing is scored before."""
    async with engine_over(night, NO_CUTS, {"steep": model}) as engine:
        snapshot = await scored_night(engine)
        assert asked(snapshot) == (0, 0)
        compared = await engine.compare(cuts("jd > low", "steep >= 0.5"))
        view = snapshot.view
        assert view is not None
        kept = (plain(view, "magpsf") >= 19.0) & ~np.isnan(plain(view, "drb"))
        assert compared.b.alerts == kept.sum()
        await engine.export(tmp_path / "all.csv", columns=["candid", "steep"], per_alert=True)
        rows = [line.split(",") for line in (tmp_path / "all.csv").read_text().splitlines() if line[0].isdigit()]
        assert len(rows) == len(view)
        assert sum(value != "" for _, value in rows) == (~np.isnan(plain(view, "drb"))).sum()

    treasure = {
        "name": "faint", "title": "Faint", "about": "a", "looks_like": "steep >= 0.5", "confirmed_by": "class == 'x'",
        "points": 1, "goal": 1, "beware": "b",
    }  # fmt: skip
    hunt = hunt_from_mapping({"name": "h", "about": "a", "treasures": [treasure]}, "h", kinds(), {"class": "text"})
    async with engine_over(night, NO_CUTS, {"steep": model}, hunt) as engine:
        snapshot = await scored_night(engine)
        assert asked(snapshot)[0] == snapshot.night.objects
        assert 0 < snapshot.hunt.treasures[0].suggested < snapshot.night.objects


async def test_a_night_that_is_replayed_keeps_its_scores(night: Path, model: Model) -> None:
    """Every alert has the same score in the order of time."""
    async with engine_over(night, cuts("jd > low", "steep >= 0.5"), {"steep": model}) as engine:
        whole = await scored_night(engine)
        assert whole.view is not None
        told = dict(zip(whole.view.column("candid").tolist(), whole.view.column("steep").tolist(), strict=True))
        engine.send(Step(1))
        async for snapshot in engine:
            if snapshot.in_order and not snapshot.waiting:
                break
        engine.send(Replay(float("inf")))
        async for snapshot in engine:
            if snapshot.clock is None and snapshot.in_order and not snapshot.waiting:
                break
        assert snapshot.view is not None
        assert asked(snapshot) == asked(whole)
        for candid, score in zip(snapshot.view.column("candid"), snapshot.view.column("steep"), strict=True):
            assert told[int(candid)] == pytest.approx(float(score), nan_ok=True)
        assert snapshot.stages[1].passed == whole.stages[1].passed


async def test_a_model_that_turns_out_to_be_damaged_leaves_nulls_and_says_so(night: Path, model: Model) -> None:
    """Nobody waits for it for ever."""
    model.file.write_bytes(b"no network")
    async with engine_over(night, cuts("jd > low", "steep >= 0.5"), {"steep": replace(model)}) as engine:
        snapshot = await scored_night(engine)
        assert "is no ONNX file" in snapshot.models[0].problem
        assert snapshot.stages[1].unknown == snapshot.night.alerts
        assert asked(snapshot) == (snapshot.night.alerts, 0)


async def test_why_tells_what_changes_a_score_most_when_it_is_taken_away(tmp_path: Path, night: Path) -> None:
    """The feature with the larger weight, against the median of the night; one without weight is not told."""
    weights = ((1.0,), (0.01,), (0.0,))
    model = logistic(tmp_path, "steep", reads="magpsf, fwhm, rb", weights=weights)
    try:
        async with engine_over(night, cuts("jd > low", "steep >= 0.5"), {"steep": model}) as engine:
            view = (await scored_night(engine)).view
            assert view is not None
            mag, fwhm = plain(view, "magpsf"), plain(view, "fwhm")
            row = int(np.nanargmax(np.where(np.isnan(plain(view, "steep")), np.nan, np.abs(mag - np.nanmedian(mag)))))
            (alert,) = (await engine.explain(str(view.value("candid", row)))).alerts
            (told,) = alert.scores
            first, *others = told.strongest
            assert (first.name, first.usual) == ("magpsf", pytest.approx(np.nanmedian(mag), rel=1e-6))

            def score(magnitude: float) -> float:
                return float(1 / (1 + np.exp(19.0 - magnitude - 0.01 * fwhm[row])))

            assert first.change == pytest.approx(score(mag[row]) - score(np.nanmedian(mag)), abs=1e-5)
            assert [one.name for one in others] in ([], ["fwhm"])
            assert told.score == pytest.approx(score(mag[row]), abs=1e-5)
    finally:
        scores.know(())
