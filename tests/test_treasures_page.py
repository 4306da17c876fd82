"""docs/treasures.md says how good a hunt's definitions are; what of it can be checked quickly is checked here."""

import re
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from huntui.hunt.verdict import judge
from huntui.simulate.night import SimulatedNight

ROOT = Path(__file__).parent.parent
COUNT = 1_024


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Return everything that docs/treasures.py defines."""
    return runpy.run_path(str(ROOT / "docs" / "treasures.py"))


def page() -> str:
    """Return the page as it is."""
    return (ROOT / "docs" / "treasures.md").read_text(encoding="utf-8")


def test_the_page_is_about_the_hunt_as_it_is_now(script: dict[str, Any]) -> None:
    """Whoever changes how a treasure looks, or its starter, has to measure it again."""
    (name,) = re.findall(r"It is about the hunt `([\w-]+)`", page())
    hunt = script["hunt_of"](name)
    assert script["definitions"](hunt) in page()
    for treasure in hunt.names:
        assert page().count(f"| `{treasure}` |") >= 3, "its totals, its classes, its definition"


def test_the_page_names_as_weak_what_its_own_table_shows_to_be_weak(script: dict[str, Any]) -> None:
    """Less than the asked completeness, or less than the asked purity, with the starter."""
    rows = re.findall(r"^\| `([\w-]+)` \| [\d,]+ \| ([\d,]+) \(.+?\) \| [\d,]+ of ([\d,]+) .*$", page(), re.MULTILINE)
    present = dict(re.findall(r"^\| `([\w-]+)` \| ([\d,]+) \| [\d,]+ \(", page(), re.MULTILINE))
    assert rows
    number = {text: int(text.replace(",", "")) for row in rows for text in (*row[1:], present[row[0]])}
    weak = {
        name
        for name, found, suggested in rows
        if number[found] < script["COMPLETE"] * number[present[name]]
        or number[found] < script["PURE"] * number[suggested]
    }
    assert set(re.findall(r"^- `([\w-]+)`: ", page(), re.MULTILINE)) == weak


def test_a_small_night_recounts_one_object_at_a_time(script: dict[str, Any]) -> None:
    """The masks of each condition put together by plain loops, without funnel, store and sorting."""
    hunt = script["hunt_of"](script["HUNT"])
    measured = script["measure_nights"](hunt, [("20240707", 7)], COUNT)
    night = SimulatedNight("20240707", 7, COUNT)
    view = script["read"](night.chunks())
    rows = range(len(view))
    names = [str(view.value("objectId", row)) for row in rows]
    order = [(view.value("jd", row), view.value("candid", row)) for row in rows]
    truths = night.truth(names)
    found_anything = 0
    for treasure in hunt.treasures:
        assert treasure.starter is not None
        yes = treasure.looks_like.evaluate(view, 0, len(view)).yes.tolist()
        failed = [stage.judge(view, 0, len(view)).failed.tolist() for stage in treasure.starter.stages if stage.enabled]
        pairs = [(name, treasure.name) for name in truths]
        confirmed = {name for (name, _), verdict in judge(hunt, pairs, truths).items() if verdict == "confirmed"}
        for counts, reasons in ((measured[treasure.name].alone, []), (measured[treasure.name].started, failed)):
            newest: dict[str, int] = {}
            for row in rows:
                if not any(reason[row] for reason in reasons):
                    newest[names[row]] = max(newest.get(names[row], row), row, key=lambda one: order[one])
            found = {name for name, row in newest.items() if yes[row]}
            assert counts.found == Counter(truths[name]["class"] for name in found)
            assert counts.right == Counter(truths[name]["class"] for name in found & confirmed)
            assert counts.present == Counter(truths[name]["class"] for name in confirmed)
            found_anything += len(found & confirmed)
    assert found_anything > 0


@pytest.mark.parametrize(
    ("label", "vsx", "name"),
    [
        ("(TNS) SN Ic-BL", "", "supernova Ibc"),
        ("IR", "M", "Mira"),
        ("M", "", "Mira"),
        ("PM*", "UG", "dwarf nova"),
        ("CV (UMa6)", "NL+E", "variable star"),
        ("(SIMBAD) Seyfert_2", "MISC|SR", "AGN"),
        ("(SIMBAD) AGN_Candidate", "", ""),
        ("asteroid candidate", "", ""),
        ("", "", ""),
    ],
)
def test_a_label_means_a_class_or_nothing(script: dict[str, Any], label: str, vsx: str, name: str) -> None:
    """A class of the VSX that says more goes before the label; a mere suspicion is none."""
    assert script["class_of"]({"label": label, "vsx": vsx}) == name
