"""`python -m bench` itself: its calls, its report, and that it notices a wrong result. Nothing here is timed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from oracles import plain_filter

from bench.__main__ import MEASUREMENTS, main, measurement
from bench.keys import LESS, MORE, press
from bench.memory import array_bytes
from bench.nights import arguments, check_alerts, check_survivors, read_night
from bench.references import Exercise, exercise_loop
from bench.report import Figure, Reference, WrongResultError, as_json, as_table, percentile
from bench.sizes import Sizes
from bench.terminal import Terminal

TINY = Sizes(
    copies=1,
    files=30,
    kept=60,
    remembered=60,
    processes=1,
    retuned=600,
    turns=20,
    simulated=1024,
    rounds=2,
    keys=1,
    starts=1,
    swept=2,
    pairs=1,
)


def call(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> tuple[int, str, str]:
    """Call the benchmarks in a small size; return exit code, standard output and standard error."""
    code = main(list(arguments), TINY)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("folder", ["folder", "folder.one_core", "folder.two_cores"]),
        ("memory", ["memory", "memory.full_history"]),
        ("simulate", ["simulate"]),
        ("retune", ["retune"]),
        ("models", ["models", "models.trees"]),
        ("sweep", ["sweep.two_workers", "sweep.one_worker", "sweep.time", "sweep.memory"]),
        ("start", ["start.first_paint", "start.first_counter"]),
    ],
)
def test_a_measurement_gives_its_figures_as_a_json_list(
    name: str, figures: list[str], few_packets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each has a number, a goal, a verdict, what it was measured against, and words that say which way is better."""
    code, out, err = call(capsys, [name, "--json", "--data", str(few_packets)])
    assert (code, err) == (0, "")
    entries = json.loads(out)
    assert {entry["name"] for entry in entries} <= set(figures)
    assert entries[0]["name"] == figures[0]
    for entry in entries:
        assert list(entry) == ["name", "figure", "unit", "goal", "ok", "reference", "detail"]
        assert type(entry["ok"]) is bool
        # The memory of so few alerts is lost in that of everything else.
        assert entry["figure"] > 0 or name == "memory"
        assert entry["reference"]["figure"] > 0
        assert entry["detail"].startswith(("Wanted: at most ", "Wanted: at least "))


def test_a_name_that_does_not_exist_is_answered_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence on standard error, and the call was wrong."""
    code, out, err = call(capsys, ["foldr"])
    assert (code, out) == (2, "")
    assert err.startswith("bench: There is no measurement 'foldr'; there are folder, ")
    assert err.endswith("Did you mean 'folder'?\n")


def test_a_folder_that_does_not_exist_is_a_wrong_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is measured with something else instead."""
    code, out, err = call(capsys, ["folder", "--data", str(tmp_path / "nowhere")])
    assert (code, out) == (2, "")
    assert "nowhere" in err


def test_what_cannot_be_measured_is_left_out_with_its_reason(
    few_packets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list of figures is shorter then, and standard error says why: here there is no Java for a broker."""
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    code, out, err = call(capsys, ["kafka", "--json", "--data", str(few_packets)])
    assert (code, json.loads(out)) == (0, [])
    assert err.startswith("kafka is left out: there is no Java")


@pytest.mark.parametrize("name", MEASUREMENTS)
def test_every_name_leads_to_something_that_measures(name: str) -> None:
    """The table of names is not behind its files."""
    assert callable(measurement(name))


@pytest.mark.parametrize(
    ("figure", "at_most", "ok"), [(1.0, True, True), (2.5, True, False), (2.5, False, True), (1.0, False, False)]
)
def test_a_goal_has_a_direction(figure: float, at_most: bool, ok: bool) -> None:
    """At most and at least are told apart in the verdict, in JSON and in the table."""
    found = Figure("n", figure, "s", 2.0, at_most, Reference("r", 3.14159, "s"), "how")
    assert json.loads(as_json([found]))[0] == {
        "name": "n",
        "figure": figure,
        "unit": "s",
        "goal": 2.0,
        "ok": ok,
        "reference": {"name": "r", "figure": 3.142, "unit": "s"},
        "detail": f"Wanted: at {'most' if at_most else 'least'} 2. how",
    }
    assert ("reached" if ok else "MISSED") in as_table([found])


def test_the_95th_percentile_is_a_value_that_at_most_one_in_twenty_exceeds() -> None:
    """Of a hundred values it is the 95th, of ten the last."""
    assert percentile(range(100, 0, -1), 95) == 95
    assert percentile(range(1, 11), 95) == 10
    assert percentile([7.0], 95) == 7.0


def test_the_exercises_loop_keeps_what_the_oracle_keeps(packet_files: list[Path]) -> None:
    """Two readings of the published cuts, one that stops at the first failure and one that asks everything, agree."""
    files, found = packet_files[::3], Exercise()
    exercise_loop(files[::2], found)
    exercise_loop(files[1::2], found)
    expected = plain_filter.run_filter(files)
    assert list(found.passed.values()) == [passed for _, passed, _, _ in expected["stages"]]
    assert found.survivors == expected["survivors"]
    assert found.alerts == len(files)


@pytest.mark.slow
def test_a_wrong_result_ends_a_measurement(few_packets: Path) -> None:
    """A night that differs from the reference's by one alert, in number or in kind, has no speed."""
    files, exercise = sorted(few_packets.glob("*.avro")), Exercise()
    exercise_loop(files, exercise)
    night = read_night(few_packets)
    check_alerts(night.snapshot, len(files))
    check_survivors(night, exercise)
    with pytest.raises(WrongResultError, match=f"Of {len(files) + 1} packets"):
        check_alerts(night.snapshot, len(files) + 1)
    exercise.survivors.add(1)
    with pytest.raises(WrongResultError, match="other alerts"):
        check_survivors(night, exercise)
    exercise_loop(files[:1], exercise)
    with pytest.raises(WrongResultError, match="stages passed"):
        check_survivors(night, exercise)


@pytest.mark.slow
def test_no_measured_night_comes_from_the_cache_or_goes_there(
    few_packets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is measured is reading; a night that was kept would open in a moment."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for _ in range(2):
        read_night(few_packets)
    assert list(tmp_path.rglob("*.night")) == []


@pytest.mark.slow
def test_a_key_is_answered_by_what_the_benchmark_waits_for(few_packets: Path, tmp_path: Path) -> None:
    """→ turns the first knob and ← turns it back, on a real pseudo-terminal."""
    with Terminal(arguments(few_packets), tmp_path) as terminal:
        terminal.wait_for("finished")
        first, key = press(terminal, MORE)
        assert key == LESS
        second, key = press(terminal, key)
        assert key == MORE
    assert first > 0 < second


def test_all_arrays_of_a_night_are_counted_wherever_they_lie() -> None:
    """Within dataclasses and dictionaries."""

    @dataclass
    class Inner:
        values: object

    @dataclass
    class Outer:
        columns: object
        inner: Inner
        title: str = "night"

    assert array_bytes(Outer({"a": np.zeros(3), "b": np.zeros(2, np.int32)}, Inner(np.zeros(5, np.uint8)))) == 37
