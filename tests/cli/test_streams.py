"""Standard output that is full or closed, and standard error that nobody hears."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = "import sys; from huntui.cli.main import main; sys.argv[0] = 'huntui'; main()"
SMALL = ["--date", "20240707", "--set", "simulate.count=100"]

pytestmark = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")


def shell(here: Path, redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run huntui with its streams redirected as a shell does it."""
    command = ["/bin/sh", "-c", f'"$@" {redirection}', "sh", sys.executable, "-c", SCRIPT, *arguments]
    return subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("redirection", "sentence"),
    [
        (">/dev/full", "standard output cannot be written: No space left on device."),
        (">&-", "standard output is closed, so that there is nowhere to print."),
    ],
)
@pytest.mark.parametrize("arguments", [["run", *SMALL], ["--help"], ["init"]], ids=["run", "help", "init"])
def test_output_that_cannot_be_written_is_one_sentence_and_exit_code_1(
    here: Path, redirection: str, sentence: str, arguments: list[str]
) -> None:
    """It is no mistake of huntui's, and Python does not complain at its exit."""
    said = shell(here, redirection, *arguments)
    assert said.returncode == 1
    assert said.stderr.splitlines()[-1] == f"huntui: {sentence}"
    assert "Exception ignored" not in said.stderr
    assert "mistake" not in said.stderr


@pytest.mark.slow
@pytest.mark.parametrize("redirection", ["2>&-", "2>/dev/full", "<&-"])
def test_notes_that_nobody_hears_do_not_cost_the_counts(here: Path, redirection: str) -> None:
    """Standard output has the whole object."""
    said = shell(here, redirection, "run", *SMALL, "--json", "--export", "a.csv")
    assert said.returncode == 0
    assert json.loads(said.stdout)["alerts"] == 100
    assert (here / "a.csv").read_text().startswith("# huntui ")


@pytest.mark.slow
def test_a_path_that_is_not_unicode_is_printed_with_an_escape(here: Path, packets_dir: Path) -> None:
    """A folder may have any bytes as its name."""
    os.symlink(packets_dir, os.fsencode(here) + b"/n\xff")
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, "run", "--source", b"n\xff", "--max-alerts", "5", "--json"],
        cwd=here, capture_output=True, check=False,
    )  # fmt: skip
    assert said.returncode == 0
    assert json.loads(said.stdout)["source"] == "n\udcff"
