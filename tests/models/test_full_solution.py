"""The exercise's full solution, with its classifier, on all real packets: against Keras' scores and a slow reading."""

import json
from pathlib import Path

import fastavro
import pytest
from few_packets import engine_over, scored_night
from oracles import plain_filter

from huntui.features.registry import columns, kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.models.catalogue import catalogue
from huntui.models.import_model import import_model

CUTS = Path(__file__).parents[2] / "cuts" / "ztf-summer-school-2024-acai.yaml"
PLACE = 5
"""Stages before the classifier."""


@pytest.mark.slow
async def test_the_full_solution_is_what_keras_and_the_slow_oracle_make_of_every_real_packet(
    packets_dir: Path, packet_files: list[Path], models_dir: Path
) -> None:
    """Counts of every stage, what each alone rejects, the survivors; each score to 1e-5, null where Keras has none."""
    reference = json.loads((models_dir / "acai_h_reference.json").read_text())["detail"]
    scores = {}
    for candid, told in reference.items():
        without_drb = told.get("acai_h_drb_from_rb")
        scores[int(candid)] = told["acai_h"] if told["acai_h"] is not None else without_drb
    answers = {}
    for path in packet_files:
        with path.open("rb") as file:
            for packet in fastavro.reader(file):
                score = scores[packet["candid"]]
                plain = [answer is True for answer in plain_filter.ask(packet)]
                hosted = score is not None and score >= 0.8
                answers.setdefault(packet["candid"], [*plain[:PLACE], hosted, *plain[PLACE:]])
    import_model(models_dir / "acai_h.h5", columns())
    async with engine_over(packets_dir, load_cuts(CUTS, kinds()), catalogue(columns())) as engine:
        snapshot = await scored_night(engine)
        everything = engine.asked(snapshot, ["acai_h"])
    for k, stage in enumerate(snapshot.stages):
        entered = [passes for passes in answers.values() if all(passes[:k])]
        alone = [passes for passes in answers.values() if not passes[k] and all(passes[:k] + passes[k + 1 :])]
        passed = sum(passes[k] for passes in entered)
        assert (stage.entered, stage.passed, stage.rejected) == (len(entered), passed, len(entered) - passed), (
            stage.name
        )
        assert stage.rejected_only_here == len(alone), stage.name
    candids = everything.column("candid").tolist()
    survivors = {candid for candid, through in zip(candids, snapshot.fates.failures == 0, strict=True) if through}
    assert survivors == {candid for candid, passes in answers.items() if all(passes)}
    assert len(survivors) == 16
    found = dict(zip(candids, everything.column("acai_h").tolist(), strict=True))
    assert found.keys() == scores.keys() & found.keys()
    for row, candid in enumerate(candids):
        if scores[candid] is None:
            assert everything.why_null("acai_h", row)
        else:
            assert found[candid] == pytest.approx(scores[candid], abs=1e-5)
