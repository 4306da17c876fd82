"""docs/scale.md follows from its figures; what it says is calculated here once more, in other ways."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from bench.queueing import VISIT_SECONDS
from bench.rubin import ABOUT, BURST_SECONDS, CORES, PACKET_BYTES, PEAK, USUAL

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Return everything that docs/scale.py defines."""
    return runpy.run_path(str(DOCS / "scale.py"))


@pytest.fixture(scope="module")
def queue() -> dict[str, Any]:
    """Return what `python -m bench rubin --json` printed."""
    found = json.loads((DOCS / "scale.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def test_a_peak_of_rubin_takes_a_line_as_long_as_its_bits(script: dict[str, Any]) -> None:
    """40,000 packets of 82 KiB are 26.9 Gbit."""
    assert "A peak is 27 Gbit: 27 s of a line of 1 Gbit/s, 2.7 s of the 10 Gbit/s" in script["page"]()
    assert pytest.approx(26.9, abs=0.05) == 8 * 40_000 * 82 * 1024 / 1e9


def test_a_night_of_rubin_has_the_bytes_of_its_packets(script: dict[str, Any]) -> None:
    """0.84 TB, which 1 Gbit/s takes 1.9 h for."""
    assert script["RUBIN"].gigabytes == pytest.approx(839.7, abs=0.1)
    assert script["RUBIN"].hours_on_line(1) == pytest.approx(1.866, abs=0.001)


def test_cores_are_what_packets_take_times_their_number(script: dict[str, Any], queue: dict[str, Any]) -> None:
    """A third of a year of seconds has as many of them; packets of Rubin take longer by their bytes."""
    seconds = 300e6 * queue["archive_microseconds"] / 1e6
    assert script["ARCHIVE"].core_hours("archive") == pytest.approx(seconds / 3600)
    larger = 82 * 1024 / queue["packet_bytes"]
    assert script["RUBIN"].core_hours("reader") == pytest.approx(10 * queue["microseconds"] * larger / 3600)


def test_the_page_and_the_simulated_queue_begin_with_the_same_numbers(
    script: dict[str, Any], queue: dict[str, Any]
) -> None:
    """What DMTN-102 says stands in both; every traffic was simulated with every number of cores."""
    value = script["value"]
    ours = (USUAL, PEAK, PACKET_BYTES, VISIT_SECONDS, BURST_SECONDS)
    assert ours == tuple(map(value, ("visit", "peak", "rubin_packet", "visit_seconds", "burst_seconds")))
    assert {(one["traffic"], one["cores"]) for one in queue["outcomes"]} == {(a, b) for a in ABOUT for b in CORES}
    assert set(script["QUEUE_SHOWN"]) <= set(ABOUT)


def test_every_figure_says_where_it_comes_from(script: dict[str, Any]) -> None:
    """A measurement by its name, a document, or that it is assumed."""
    for figure in [*script["MEASURED"].values(), *script["GIVEN"].values()]:
        assert figure.value > 0
        assert re.match(r"`|DMTN-|Fink|assumed|what makes", figure.origin)


@pytest.mark.parametrize(
    ("number", "told"), [(0.001, "4 s"), (0.5, "30 min"), (1.4, "84 min"), (12.34, "12.3 h"), (72, "3.0 days")]
)
def test_hours_are_told_in_a_unit_that_can_be_imagined(script: dict[str, Any], number: float, told: str) -> None:
    """Seconds, minutes, hours or days."""
    assert script["hours"](number) == told
