"""How much is said beside the data: `-q`, `-v` and `--log-file`."""

import re
from pathlib import Path

import pytest
from calling import SMALL, Huntui

from huntui.cli.logs import begin, hushed
from huntui.cli.main import COMMANDS
from huntui.cli.main import huntui as program
from huntui.cli.streams import complain, note


def test_quiet_silences_notes_and_leaves_data_and_errors(huntui: Huntui) -> None:
    """What cron mails is what went wrong."""
    loud, quiet = huntui("run", *SMALL, "--json"), huntui("run", *SMALL, "--json", "-q")
    assert "SIMULATED" in loud.err
    assert (quiet.code, quiet.err) == (0, "")
    assert quiet.out.startswith("{")
    wrong = huntui("run", *SMALL, "--quiet", "--cuts", "transient")
    assert wrong.code == 2
    assert wrong.err.startswith("huntui: There is no set of cuts 'transient'")


def test_quiet_stands_before_a_subcommand_or_behind_it(huntui: Huntui) -> None:
    """As in other programs; a call is as loud as it says itself, whatever the last one was."""
    assert huntui("-q", "run", *SMALL).err == ""
    assert "SIMULATED" in huntui("run", *SMALL).err


def test_quiet_files_are_written_without_a_word(huntui: Huntui, here: Path) -> None:
    """Also by a subcommand that has no night of its own."""
    assert huntui("simulate", "20240707", "--count", "5", "--out", "five", "-q").err == ""
    assert len(list((here / "five").glob("*.avro"))) == 5


def test_verbose_names_the_files_in_effect_and_what_was_read(huntui: Huntui, here: Path) -> None:
    """Configuration in its order, the later over the earlier; counts and seconds; the exit code."""
    (here / "config.yaml").write_text("hunt: first-night\n")
    (here / "mine.yaml").write_text("cuts: none\n")
    said = huntui("run", *SMALL, "-v", "--config", "mine.yaml")
    assert "configuration: the defaults, config.yaml, mine.yaml\n" in said.err
    assert "cuts: none, of no file\n" in said.err
    assert re.search(r"^300 alerts of \d+ objects in [\d.]+ s, [\d,]+ alerts/s, 0 duplicates", said.err, re.MULTILINE)
    assert re.search(r"^exit code 0 after [\d.]+ s$", said.err, re.MULTILINE)
    assert "configuration:" not in huntui("run", *SMALL).err


def test_a_log_file_has_every_sentence_with_its_time_and_grows(huntui: Huntui, here: Path) -> None:
    """However quiet standard error is; calls are appended, one after the other."""
    assert huntui("run", *SMALL, "-q", "--log-file", "night.log").err == ""
    huntui("run", *SMALL, "--log-file", "night.log", "--cuts", "transient")
    lines = (here / "night.log").read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ (DEBUG|INFO|ERROR) \S", line) for line in lines)
    told = [line.split(" ", 2)[1:] for line in lines]
    assert [level for level, what in told if what.endswith("run begins")] == ["DEBUG", "DEBUG"]
    assert [level for level, what in told if what.startswith("SIMULATED")] == ["INFO"]
    assert [what for level, what in told if level == "ERROR"] == [
        next(what for _, what in told if what.startswith("There is no set of cuts 'transient'"))
    ]
    assert told[-1][1].startswith("exit code 2 after")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_that_cannot_grow_ends_nothing(huntui: Huntui) -> None:
    """The data are there, and no line about logging."""
    said = huntui("run", *SMALL, "--json", "-q", "--log-file", "/dev/full")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("{")
    assert huntui("run", *SMALL, "-q").code == 0


def test_nothing_is_said_into_the_screen(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is said while it is drawn goes into the log file alone; afterwards errors are heard again."""
    begin()
    program.make_context("huntui", ["--log-file", "screen.log"])
    with hushed():
        note("read again")
        complain("gone")
    complain("over")
    begin()
    assert capsys.readouterr().err == "huntui: over\n"
    told = [line.split(" ", 2)[1:] for line in (here / "screen.log").read_text().splitlines()]
    assert told == [["DEBUG", "huntui begins"], ["INFO", "read again"], ["ERROR", "gone"], ["ERROR", "over"]]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_subcommand_can_be_quiet_and_keep_a_log(name: str) -> None:
    """Also those of a group."""
    context = program.make_context("huntui", [], resilient_parsing=True)
    command = program.get_command(context, name)
    assert command is not None
    for each in getattr(command, "commands", {"": command}).values():
        options = [option for parameter in each.params for option in parameter.opts]
        assert [options.count(option) for option in ("--quiet", "--verbose", "--log-file")] == [1, 1, 1]
