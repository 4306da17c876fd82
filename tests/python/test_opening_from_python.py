"""A night opens wherever Python runs, says what is wrong with a call, and leaves nothing behind."""

import gzip
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

import huntui

SMALL = {"simulate.count": 60}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def threads() -> set[str]:
    """Return the names of threads that are huntui's."""
    return {thread.name for thread in threading.enumerate() if "huntui" in thread.name}


async def test_a_night_opens_where_an_event_loop_runs_already() -> None:
    """As it does in a notebook; no thread of the night runs afterwards."""
    assert len(huntui.open_night("20240707", settings=SMALL)) == 60
    assert threads() == set()


def test_a_date_may_be_a_number_and_a_source_a_path(packets_dir: Path, tmp_path: Path) -> None:
    """Whatever is nearest at hand."""
    (one,) = list(packets_dir.glob("*.avro"))[:1]
    (tmp_path / "20240707.avro").write_bytes(one.read_bytes())
    night = huntui.open_night(20240707, settings=SMALL, max_alerts=7)
    assert (night.date, len(night)) == ("20240707", 7)
    assert len(huntui.open_night(source=tmp_path)) == 1


@pytest.mark.parametrize(
    ("call", "says"),
    [
        ({}, "Which night. Say for example open_night"),
        ({"date": "2024-07-07"}, "'2024-07-07' is not a date; write year, month and day together"),
        ({"source": "no/such"}, "--source no/such: there is no such folder or archive"),
        ({"date": "20240707", "cuts": "transient"}, "Did you mean 'transients'?"),
        ({"date": "20240707", "hunt": "first-nigt"}, "Did you mean 'first-night'?"),
        ({"date": "20240707", "settings": {"simulate.cout": 3}}, "there is no key simulate.cout; .* 'count'"),
        ({"date": "20240707", "config": "no.yaml"}, "no.yaml: cannot be read"),
        ({"date": "20240707", "settings": {"source.simulate_missing": False}}, "No night 20240707 in data"),
    ],
)
def test_a_wrong_call_is_one_sentence(call: dict[str, Any], says: str) -> None:
    """The same that the command line has."""
    with pytest.raises(huntui.HuntuiError, match=says):
        huntui.open_night(**call)
    assert threads() == set()


@pytest.mark.parametrize(
    ("cuts", "arguments", "says"),
    [
        ("transient", {}, "Did you mean 'transients'?"),
        (Path("none.yaml"), {}, "There is no file .*none.yaml"),
        (3, {}, "cuts: give a name, a path or a mapping, not int"),
        ({"real": "drb >>"}, {}, r"own cuts: stages\[0\].keep: "),
        ({"not real": "drb > 0"}, {}, "'not real' cannot be the name of a stage"),
        ({"stages": []}, {}, "own cuts: stages must be a list of 1 to 100 stages"),
        (None, {"knobs": {"drb_mn": 0.5}}, "no knob 'drb_mn'. Did you mean 'drb_min'?"),
        (None, {"knobs": {"drb_min": 7}}, "real.drb_min: value must be within 0 to 1, not 7"),
        (None, {"knobs": {"drb_min": True}}, "drb_min: a knob is set to a number"),
        (None, {"knobs": {"young.drb_min": 0.5}}, "Stage 'young' has no knob 'drb_min'"),
        (None, {"off": ["yung"]}, "There is no stage 'yung'. Did you mean 'young'?"),
        (None, {"off": "young"}, r"give a list of stages, as in off=\['young'\]"),
    ],
)
def test_wrong_cuts_are_one_sentence(night: huntui.Night, cuts: Any, arguments: dict[str, Any], says: str) -> None:
    """It names the place, and the nearest name."""
    with pytest.raises(huntui.HuntuiError, match=says):
        night.apply(cuts, **arguments)


def test_cuts_come_from_a_file_and_from_what_a_file_holds(night: huntui.Night, tmp_path: Path) -> None:
    """A path with or without folders, and a mapping in the form of the file."""
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\nstages:\n  - {name: real, keep: drb >= 0.7}\n")
    found = night.apply(Path("mine.yaml"))
    assert found.cuts.name == "mine"
    assert found.survivors == night.apply({"stages": [{"name": "real", "keep": "drb >= 0.7"}]}).survivors
    assert found.survivors == night.apply(str(file)).survivors


def test_two_stages_with_a_knob_of_one_name_have_to_be_told_apart(night: huntui.Night) -> None:
    """Else a wrong one would be turned in silence."""
    knob = {"least": {"value": 0.5, "min": 0, "max": 1, "step": 0.1}}
    stages = [{"name": name, "keep": f"{name} >= least", "knobs": knob} for name in ("drb", "rb")]
    with pytest.raises(huntui.HuntuiError, match=r"'least': say which, as in 'drb.least'"):
        night.apply({"stages": stages}, knobs={"least": 0.6})
    assert night.apply({"stages": stages}, knobs={"rb.least": 0.6}).stages[1].knobs[0].value == 0.6


def test_a_night_that_breaks_off_warns_and_keeps_what_was_read(packets_dir: Path, tmp_path: Path) -> None:
    """As `huntui run` prints its counts and ends with exit code 1."""
    from night_server import archive_of

    files = sorted(packets_dir.glob("*.avro"))[:20]
    whole = archive_of({path.name: path.read_bytes() for path in files})
    (tmp_path / "damaged.tar.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.warns(UserWarning, match="breaks off after"):
        night = huntui.open_night(source="damaged.tar.gz")
    assert 0 < len(night) < 20
    assert "breaks off after" in night.incomplete
    assert gzip.decompress(whole)


def test_a_folder_without_packets_is_refused(tmp_path: Path) -> None:
    """Before anything is read."""
    (tmp_path / "20240707").mkdir()
    with pytest.raises(huntui.HuntuiError, match="packets"):
        huntui.open_night(source=tmp_path / "20240707")


def test_a_closed_night_has_its_columns_and_no_packets(tmp_path: Path) -> None:
    """It can be closed twice, and a funnel of it is closed as well."""
    with huntui.open_night("20240707", settings=SMALL) as night:
        funnel = night.apply("none")
    night.close()
    assert len(night["drb"]) == 60
    assert night.apply("none").survivors == funnel.survivors
    assert len(night.apply({"likely": "transient >= 0"}).stages) == 1
    for ask in (
        lambda: night.cutouts(funnel.survivors[0]),
        lambda: next(night.packets()),
        lambda: funnel.report(tmp_path / "report.html"),
        lambda: funnel.export(tmp_path / "all.avro"),
    ):
        with pytest.raises(huntui.HuntuiError, match="The night is closed"):
            ask()


def test_a_funnel_outlives_the_name_of_its_night() -> None:
    """Nobody has to keep the night at hand for it."""
    funnel = huntui.open_night("20240707", settings=SMALL).apply("none")
    assert str(funnel.explain(funnel.survivors[0])).endswith(": survives")
    assert funnel.export("all.csv").endswith("all.csv.")


def test_an_open_night_lets_the_interpreter_go(tmp_path: Path) -> None:
    """With a model that was asked, whose threads wait; nothing is said at the end."""
    script = (
        "import huntui\n"
        "night = huntui.open_night('20240707', settings={'simulate.count': 60})\n"
        "print(len(night['transient']))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=True
    )
    assert (said.stdout, said.stderr) == ("60\n", "")


def test_an_interrupt_ends_the_reading_and_leaves_no_thread() -> None:
    """The interrupt reaches whoever waits for the night."""
    import _thread

    interrupts = iter([_thread.interrupt_main])

    def interrupt(_: object) -> None:
        next(interrupts, lambda: None)()

    with pytest.raises(KeyboardInterrupt):
        huntui.open_night("20240707", settings={"simulate.count": 20_000, "source.rate": 100}, progress=interrupt)
    assert threads() == set()
