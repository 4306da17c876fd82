"""The model that comes with huntui is the one that its page tells of."""

import re
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from huntui import scores
from huntui.models.catalogue import SHIPPED, Model
from huntui.models.score import Scorer
from huntui.models.sidecar import model_bytes, read_sidecar

ROOT = Path(__file__).parents[2]
PATH = SHIPPED / "transient.yaml"


@pytest.fixture(scope="module")
def script(models_dir: Path) -> dict[str, Any]:
    """Return everything that docs/transient_model.py defines."""
    assert models_dir.is_dir()
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        return runpy.run_path(str(ROOT / "docs" / "transient_model.py"))


def test_it_is_small_can_be_asked_and_says_on_what_it_was_trained() -> None:
    """A simulated sky is all it knows, and the column says so wherever it is shown."""
    sidecar = read_sidecar(PATH)
    assert len(model_bytes(PATH, sidecar)) < 300_000
    Scorer(Model(sidecar.name, PATH, sidecar))
    column = scores.scores()["transient"]
    assert "simulated nights and no real one" in column.meaning
    assert sidecar.meaning == column.meaning
    assert all("simulated night" in origin for origin in sidecar.trained["on"])


@pytest.mark.slow
def test_the_page_tells_what_it_does_on_the_real_packets(script: dict[str, Any]) -> None:
    """The table of real alerts by class, and the areas, are those that come out now."""
    page = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    sidecar = read_sidecar(PATH)
    real = script["scored"](script["labelled"](), model_bytes(PATH, sidecar))
    for name, one in (("real, all labelled", real), ("real, one alert an object", real.one_each())):
        area = script["area"](one.positive, one.model)
        told = f"| {name} | {int(one.positive.sum())} of {len(one.positive)} | `transient` | {area:.3f} |"
        assert told in page
    threshold = float(re.findall(r"Its threshold, ([\d.]+), is", page)[0])
    assert threshold == pytest.approx(sidecar.threshold, abs=1e-3)
    for name in np.unique(real.classes).tolist():
        mine = real.model[real.classes == name]
        found = re.findall(rf"^\| {name} \| (?:yes|no) \| ([\d,]+) \| \d+ \| [\d.]+ \| (\d+)% \|", page, re.MULTILINE)
        assert found == [(str(len(mine)), f"{100 * np.mean(mine >= (sidecar.threshold or 0)):.0f}")]
