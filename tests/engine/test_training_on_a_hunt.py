"""Training on the claims of a hunt: what there is to learn from, and a column that is there while the night is open."""

import numpy as np
import pytest
from engines import HUNT, finished, running, until

from huntui.config import combine
from huntui.engine.engine import Engine
from huntui.engine.snapshot import Snapshot
from huntui.errors import ExistsError, ExportError, HuntuiError, LabelError, ModelError
from huntui.features.registry import columns, kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.hunt import hunt_from_mapping
from huntui.models.catalogue import catalogue, user_folder
from huntui.opening.scores import announced
from huntui.scores import know
from huntui.session.commands import ClaimAll, FilterRows, Hide
from huntui.sources.simulated import SimulatedSource

STARS = hunt_from_mapping(
    {**HUNT, "treasures": [{**HUNT["treasures"][0], "name": "star", "confirmed_by": "class == 'variable star'"}]},  # type: ignore[index, dict-item]
    "test",
    kinds(),
    {"class": "text"},
)


@pytest.fixture(autouse=True)
def _forget_scores() -> object:
    """Let no other test know the columns of this one."""
    yield
    know(())


def engine(**options: object) -> Engine:
    """Return an engine over a small simulated night, with the models there are."""
    source = SimulatedSource("20240707", count=400)
    return Engine(source, NO_CUTS, STARS, date="20240707", models=announced(combine([])), **options)  # type: ignore[arg-type]


def names_of(snapshot: Snapshot, kind: str, most: int) -> tuple[str, ...]:
    """Return objects of a class."""
    source = SimulatedSource("20240707", count=400)
    rows = snapshot.rows
    names = [rows.object_id(row) for row in range(len(rows))]
    return tuple(name for name, true in source.truth(names).items() if true["class"] == kind)[:most]


@pytest.mark.slow
async def test_a_model_learns_from_claims_and_is_a_column_at_once() -> None:
    """The filter of the table names it; what was claimed is above what was hidden; the next huntui knows it too."""
    async with running(engine()) as hunting:
        night = await until(hunting, finished)
        assert (await hunting.lessons()).counts == ()
        assert "labelled objects there are: none" in (await hunting.lessons()).missing
        with pytest.raises(LabelError):
            await hunting.train("mine", lambda _: None)
        stars, hidden = names_of(night, "variable star", 20), names_of(night, "artefact", 20)
        wrong = names_of(night, "known asteroid", 3)
        hunting.send(ClaimAll((*stars, *wrong), "star"))
        hunting.send(Hide(hidden))
        await until(hunting, lambda now: len(now.marks.hidden) == 20)
        lessons = await hunting.lessons()
        assert lessons.counts == (("other", 23), ("star", 20))
        assert not lessons.missing
        said: list[str] = []
        await hunting.train("mine", said.append)
        assert any("fold 3 of 5 (" in sentence for sentence in said)
        now = await until(hunting, lambda now: "mine is a column now, from 43 objects" in now.message)
        assert (user_folder() / "mine.html").is_file()
        hunting.send(FilterRows("mine >= 0"))
        scored = await until(
            hunting, lambda now: now.row_filter == "mine >= 0" and not now.waiting and bool(now.matching)
        )
        assert len(scored.shown) == len(now.rows), "every alert has a score"
        view = scored.view
        assert view is not None
        score = {name: float(view.value("mine", int(view.rows_of(name)[-1])) or 0) for name in (*stars, *hidden)}
        assert np.mean([score[name] for name in stars]) > 0.7 > 0.3 > np.mean([score[name] for name in hidden])
    know(())
    assert "mine" in catalogue(columns())


@pytest.mark.slow
async def test_a_name_that_is_taken_is_told_before_anything_is_learned() -> None:
    """A column cannot be one's own model; a model of one's own is replaced only where that is allowed."""
    async with running(engine()) as hunting:
        await until(hunting, finished)
        with pytest.raises(ModelError, match="column 'drb' already"):
            await hunting.check_model_name("drb")
        await hunting.check_model_name("mine")
        user_folder().mkdir(parents=True, exist_ok=True)
        (user_folder() / "mine.yaml").write_text("")
        with pytest.raises(ExistsError, match="model mine already"):
            await hunting.check_model_name("mine")
        await hunting.check_model_name("mine", overwrite=True)


async def test_a_page_for_others_trains_nothing() -> None:
    """Where no file may be written there is no model either."""
    with pytest.raises(ExportError):
        await engine(read_only=True).check_model_name("mine")
    with pytest.raises(HuntuiError):
        await engine(read_only=True).train("mine", lambda _: None)
