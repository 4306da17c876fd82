"""Files that `huntui run` is asked to write are looked at before the night is read."""

import os
from pathlib import Path

import pytest
from calling import SMALL, Huntui

TOO_LONG = "x" * 300


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--export", "a.csv", "--export", "./a.csv"], "--export a.csv: this file is named twice"),
        (["--export", "a.csv", "--bad-packets", "a.csv"], "--bad-packets a.csv: this file is named twice"),
        (["--export", f"{TOO_LONG}.csv"], "no file can have this name (File name too long)"),
        (["--bad-packets", f"{TOO_LONG}.csv"], "no file can have this name (File name too long)"),
        (["--bad-packets", "bad.txt"], "'.txt' is not known; there are .csv, .json, .jsonl"),
        (["--bad-packets", "no/bad.csv"], "--bad-packets no/bad.csv: there is no folder no."),
        (["--bad-packets", "folder.csv"], "--bad-packets folder.csv: is no regular file"),
        (["--bad-packets", "pipe.csv", "--overwrite"], "--bad-packets pipe.csv: is no regular file"),
        (["--bad-packets", "mine.csv"], "--bad-packets mine.csv: the file exists; choose another name"),
        (["--bad-packets", "bad.csv", "--per-alert"], "are about exports: add --export FILE"),
        (["--overwrite"], "--overwrite is about files"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_any_work(
    huntui: Huntui, here: Path, arguments: list[str], sentence: str
) -> None:
    """One sentence, exit code 2, nothing printed and nothing touched."""
    (here / "folder.csv").mkdir()
    os.mkfifo(here / "pipe.csv")
    (here / "mine.csv").write_text("mine")
    said = huntui("run", *SMALL, *arguments)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert (here / "mine.csv").read_text() == "mine"


def test_a_link_to_a_file_that_is_written_already_is_that_file(huntui: Huntui, here: Path) -> None:
    """Two names are one file."""
    (here / "link.csv").symlink_to("a.csv")
    assert "named twice" in huntui("run", *SMALL, "--export", "a.csv", "--export", "link.csv").err


def test_a_list_of_bad_packets_replaces_a_file_only_when_told(huntui: Huntui, here: Path) -> None:
    """The same rule as for exports."""
    (here / "bad.csv").write_text("mine")
    assert huntui("run", *SMALL, "--bad-packets", "bad.csv", "--overwrite").code == 0
    assert (here / "bad.csv").read_text().startswith("# huntui ")
