"""`huntui simulate` writes a night that every other command then opens as what it is."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from calling import Huntui

COUNT = 60


def test_it_writes_exactly_as_many_packets_as_asked_and_their_truth(huntui: Huntui, here: Path) -> None:
    """N files .avro and one truth.parquet; what happened is told on standard error, with SIMULATED in it."""
    said = huntui("simulate", "20240707", "--count", str(COUNT), "--out", "night")
    assert (said.code, said.out) == (0, "")
    assert "SIMULATED: 60 packets" in said.err
    assert "night" in said.err
    files = list((here / "night").glob("*.avro"))
    assert len(files) == COUNT
    truth = pq.read_table(here / "night" / "truth.parquet")
    assert sorted(truth["candid"].to_pylist()) == sorted(int(path.stem) for path in files)


def test_without_out_the_date_opens_it_and_says_that_it_is_simulated(huntui: Huntui, here: Path) -> None:
    """It lies in data/<date>; `run` counts its alerts, from the folder, and says SIMULATED."""
    assert huntui("simulate", "20240707", "--count", str(COUNT)).code == 0
    assert len(list((here / "data" / "20240707").glob("*.avro"))) == COUNT
    said = huntui("run", "--date", "20240707", "--json")
    found = json.loads(said.out)
    assert (found["alerts"], found["simulated"], found["bad_packets"]) == (COUNT, True, {})
    assert "SIMULATED" in said.err


def test_truth_is_no_column(huntui: Huntui) -> None:
    """A cut on the class of a written night is refused as any unknown column is."""
    assert huntui("simulate", "20240707", "--count", "3").code == 0
    said = huntui("run", "--date", "20240707", "--set", "stages=[{name: a, keep: \"class == 'Mira'\"}]")
    assert said.code == 2
    assert "class" in said.err


def test_the_configuration_says_how_many_and_where(huntui: Huntui, here: Path) -> None:
    """`simulate.count` and `source.data` of ./config.yaml hold where no option is given."""
    (here / "config.yaml").write_text("simulate: {count: 7}\nsource: {data: nights}\n")
    assert huntui("simulate", "20240707").code == 0
    assert len(list((here / "nights" / "20240707").glob("*.avro"))) == 7


def test_a_seed_makes_another_night(huntui: Huntui, here: Path) -> None:
    """The same seed makes the same files, another one others."""
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert huntui("simulate", "20240707", "--count", "5", "--seed", seed, "--out", name).code == 0
    a, b, c = ({path.name: path.read_bytes() for path in (here / name).glob("*.avro")} for name in "abc")
    assert a == b != c


def test_what_is_there_is_refused_and_replaced_when_asked(huntui: Huntui, here: Path) -> None:
    """The sentence names the way out."""
    assert huntui("simulate", "20240707", "--count", "5", "--out", "n").code == 0
    said = huntui("simulate", "20240707", "--count", "6", "--out", "n")
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert "--overwrite" in said.err
    assert huntui("simulate", "20240707", "--count", "6", "--out", "n", "--overwrite").code == 0
    assert len(list((here / "n").glob("*.avro"))) == 6


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["2024-07-07"], "20240707"),
        (["20421231"], "from 20170101"),
        (["20240707", "--count", "0"], "--count"),
        (["20240707", "--count", "many"], "many"),
        (["20240707", "--seed", "-1"], "--seed"),
        (["20240707", "--out", "file"], "is no folder"),
        (["20240707", "--out", "file/below"], "file/below"),
        ([], "DATE"),
    ],
)
def test_a_wrong_call_is_one_sentence(huntui: Huntui, here: Path, arguments: list[str], words: str) -> None:
    """Exit code 2 and what to do; nothing is written."""
    (here / "file").write_text("mine")
    said = huntui("simulate", *arguments)
    assert (said.code, len(said.err.splitlines())) == (2, 1)
    assert words in said.err
    assert [path.name for path in here.iterdir()] == ["file"]


def test_a_place_where_nothing_can_be_written_is_told(huntui: Huntui) -> None:
    """Exit code 1 and one sentence."""
    said = huntui("simulate", "20240707", "--count", "2", "--out", "/proc/nowhere/night")
    assert (said.code, len(said.err.splitlines())) == (1, 1)
    assert "/proc/nowhere/night" in said.err
