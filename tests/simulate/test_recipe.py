"""What a simulated night is made from: written beside it, read back, and never trusted."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.errors import CallError
from huntui.simulate.files import write_night
from huntui.simulate.night import SimulatedNight
from huntui.simulate.recipe import RELEASE, Recipe, default_seed, from_marker, recipe, to_line
from huntui.sources.folder import FolderSource
from huntui.sources.made import recipe_of
from huntui.sources.simulated import SimulatedSource

NIGHTS = {
    1: "403470c8fecbb52e2483a754c7a8940d5bc8af5448e807cb33727a987cc942f3",
    2: "7cf786bbf20f0fbca0768988585406b0bf96be820bba08992bbe9fd545f12eda",
}
"""The digest of one night by the release that makes it."""


def digest(night: SimulatedNight) -> str:
    """Return the digest of what is true in a night and of what its packets say, to a precision that machines share."""
    found = hashlib.sha256()
    for name, values in night.truths().items():
        rounded = np.round(values, 3) if values.dtype.kind == "f" else values
        found.update(f"{name} {rounded.tolist()}".encode())
    decoder = AlertDecoder(TextPool())
    for chunk in night.chunks():
        columns = decoder.decode(chunk)[0].columns
        for name in ("candid", "jd", "ra", "dec", "magpsf", "sigmapsf", "rb", "drb", "distnr", "ndethist"):
            found.update(f"{name} {np.round(columns[name].astype(np.float64), 3).tolist()}".encode())
    return found.hexdigest()


def test_a_release_makes_the_same_night_for_ever() -> None:
    """Who changes what a night is like raises `RELEASE`, since no score card of an earlier one can be checked by it."""
    assert digest(SimulatedNight("20240707", seed=7, count=500)) == NIGHTS[RELEASE]


@pytest.mark.parametrize("date", ["20240707", "20240708", "20291231"])
def test_the_default_seed_depends_on_the_date_alone(date: str) -> None:
    """So that a class hunts one night; the count makes no difference to it."""
    made = {recipe(date, None, count).seed for count in (1, 300, 24_948)}
    assert made == {default_seed(date)}
    assert made == {SimulatedSource(date).recipe.seed, SimulatedNight(date, count=1).recipe.seed}
    assert default_seed(date) != default_seed("20240709")


def test_the_default_night_is_the_night_of_its_default_seed() -> None:
    """Packet by packet."""
    one, other = (SimulatedNight("20240707", seed, 40) for seed in (None, default_seed("20240707")))
    assert [one.packet(k) for k in range(40)] == [other.packet(k) for k in range(40)]


def test_a_date_that_cannot_be_simulated_has_no_recipe() -> None:
    """With a seed or without one."""
    for seed in (None, 3):
        with pytest.raises(CallError, match="is not a date"):
            recipe("20240231", seed, 5)


def test_a_night_that_was_written_says_what_it_was_made_from(tmp_path: Path) -> None:
    """In its marker; a night that is simulated as it is read says the same."""
    write_night(SimulatedNight("20240707", 3, 20), tmp_path / "night")
    assert recipe_of(FolderSource(tmp_path / "night")) == Recipe("20240707", 3, 20)
    assert recipe_of(SimulatedSource("20240707", seed=3, count=20)) == Recipe("20240707", 3, 20)
    (tmp_path / "night" / "SIMULATED").unlink()
    assert recipe_of(FolderSource(tmp_path / "night")) is None


@pytest.mark.parametrize(
    "line",
    [
        "Every alert in this folder is invented",
        "{}",
        "[]",
        '{"date": "20240231", "seed": 1, "count": 1, "release": 1}',
        '{"date": "20240707", "seed": -1, "count": 1, "release": 1}',
        '{"date": "20240707", "seed": "1", "count": 1, "release": 1}',
        '{"date": "20240707", "seed": 1, "count": true, "release": 1}',
        '{"date": "20240707", "seed": 1, "count": 0, "release": 1}',
        '{"date": "20240707", "seed": 1, "count": 1, "release": 1, "more": 1}',
        '{"date": 20240707, "seed": 1, "count": 1, "release": 1}',
        "[" * 4000,
        "\udcff",
        "",
    ],
)
def test_a_marker_that_says_something_else_has_no_recipe(tmp_path: Path, line: str) -> None:
    """As one that an earlier huntui wrote, or somebody changed."""
    (tmp_path / "SIMULATED").write_bytes(line.encode("utf-8", "surrogateescape"))
    assert from_marker(tmp_path / "SIMULATED") is None


def test_a_recipe_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Up to the largest seed."""
    made = Recipe("20240707", 2**64 - 1, 10)
    (tmp_path / "SIMULATED").write_text(f"Invented.\n{to_line(made)}\n")
    assert from_marker(tmp_path / "SIMULATED") == made
