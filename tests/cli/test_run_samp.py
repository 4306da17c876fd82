"""`huntui run --to-samp`: a night goes to a program of the desktop, and what cannot is told before it is read."""

import shutil
from pathlib import Path

import pytest
from calling import SMALL, Huntui
from desktop import TABLE, Desktop


@pytest.fixture
def night(packet_files: list[Path], tmp_path: Path) -> str:
    """Return a folder with some real packets."""
    folder = tmp_path / "night"
    folder.mkdir()
    for path in packet_files[:20]:
        shutil.copy(path, folder)
    return str(folder)


def test_a_night_goes_to_the_program_that_is_named(huntui: Huntui, desktop: Desktop, night: str) -> None:
    """With the columns that are wanted, and nothing else on standard output."""
    topcat, other = desktop.program("topcat", TABLE), desktop.program("Aladin", TABLE)
    wanted = ("--of", "night", "--per-alert", "--columns", "candid,ra,dec")
    said = huntui("run", "--source", night, "--json", "--to-samp", "topcat", *wanted)
    assert said.code == 0
    assert said.out.startswith("{")
    assert "20 alerts sent to topcat." in said.err
    assert topcat.tables[0].colnames == ["candid", "ra", "dec"]
    names = {path.stem for path in Path(night).iterdir()}
    assert {str(candid) for candid in topcat.tables[0]["candid"]} == names
    assert other.messages == []


def test_what_cannot_be_sent_is_told_before_the_night_is_read(huntui: Huntui, desktop: Desktop, night: str) -> None:
    """No program, one that is not there, an invented night, no hub: nothing is printed."""
    calls = [("--source", night, "--to-samp", "all")]
    said = [huntui("run", *calls[0])]
    desktop.program("topcat", TABLE)
    said += [huntui("run", "--source", night, "--to-samp", "topcta"), huntui("run", *SMALL, "--to-samp", "topcat")]
    desktop.stop()
    said += [huntui("run", *calls[0])]
    assert [one.code for one in said] == [1, 2, 2, 1]
    assert [one.out for one in said] == [""] * 4
    words = ["No program takes tables", "Did you mean 'topcat'?", "is invented", "No SAMP hub is running"]
    assert [word in one.err for word, one in zip(words, said, strict=True)] == [True] * 4


def test_a_program_that_refuses_fails_the_run_and_the_counts_are_printed(
    huntui: Huntui, desktop: Desktop, night: str
) -> None:
    """As with a file that cannot be written."""
    desktop.program("topcat", TABLE).refuse("no")
    said = huntui("run", "--source", night, "--json", "--of", "night", "--to-samp", "topcat")
    assert said.code == 1
    assert said.out.startswith("{")
    assert "topcat refused: no." in said.err
