"""Calls that are wrong end in one sentence and exit code 2, before any work is done."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from calling import Huntui

from huntui.cli import main
from huntui.errors import SourceError

SCRIPT = "import sys; from huntui.cli.main import main; sys.argv[0] = 'huntui'; main()"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Which night? Say for example `huntui --date 20240707`"),
        (["run"], "Which night?"),
        (["--date", "2024"], "'2024' is not a date; write year, month and day together, as in 20240707."),
        (["--date", "20240231"], "'20240231' is not a date"),
        (["--date", "２０２４０７０７"], "is not a date"),
        (
            ["rn"],
            f"There is no subcommand 'rn'; there are {', '.join(sorted(main.COMMANDS))}. Did you mean 'run'?",
        ),
        (["--dat", "20240707"], "No such option '--dat'"),
        (["run", "--date", "20240707", "--max-alerts", "0"], "0 is not in the range x>=1"),
        (["run", "--date", "20240707", "--rate", "0"], "0.0 is not in the range x>0"),
        (["--date", "20240707", "run"], "Put the options behind the subcommand: huntui run --date …"),
        (["run", "--date", "20240707", "--config", "no.yaml"], "no.yaml: cannot be read: No such file or directory."),
        (["run", "--date", "20240707", "--cuts", "transient"], "Did you mean 'transients'?"),
        (["run", "--date", "20240707", "--hunt", "first-nigt"], "Did you mean 'first-night'?"),
        (["run", "--date", "20240707", "--hunt", "no/such.yaml"], "There is no file no/such.yaml"),
        (["run", "--source", "no/such/folder"], "--source no/such/folder: there is no such folder"),
        (["run", "--date", "20240707", "--set", "sorce.rate=5"], "Did you mean 'source'?"),
        (
            ["run", "--date", "20240707", "--set", "keys={quit: pgup}"],
            "huntui: --set keys={quit: pgup}: keys.quit: there is no key 'pgup'",
        ),
        (["run", "--date", "20240707", "-q", "-v"], "--quiet and --verbose: one says less, the other more"),
        (["run", "--date", "20240707", "--log-file", "no/such/folder/log"], "--log-file no/such/folder/log: cannot"),
        (["run", "--date", "20240707", "--set", "yuong.age_max=5"], "Did you mean 'young'?"),
        (["run", "--date", "20240707", "--set", "young.age_mx=5"], "Did you mean 'age_max'?"),
        (["run", "--date", "20240707", "--set", "young.age_max=old"], "a knob is set to a number"),
        (["run", "--date", "20240707", "--set", "young.age_max=1e9"], "must be within 1 to 365"),
        (["run", "--date", "20240707", "--set", f"young.age_max={10**400}"], "too large"),
        (["run", "--date", "20240707", "--set", "young.enabled=5"], "enabled must be true or false"),
        (["run", "--date", "20240707", "--set", "columns=[dek]"], "Did you mean 'dec'?"),
        (["run", "--date", "20240707", "--set", "keys={exprt: w}"], "Did you mean 'export'?"),
        (["run", "--date", "20240707", "--columns", "ra"], "add --export FILE"),
        (["run", "--date", "20240707", "--export", "a.csb"], "Did you mean '.csv'?"),
        (["run", "--date", "20240707", "--export", "a.csv", "--columns", "dek"], "Did you mean 'dec'?"),
        (["run", "--date", "20240707", "--export", "no/a.csv"], "there is no folder no"),
        (["run", "--date", "20240707", "--config", "x" * 300], "cannot be read: File name too long."),
        (["run", "--source", "x" * 300], "File name too long"),
        (["run", "--date", "20240707", "--set", f"source.data={'x' * 300}"], "cannot be opened: File name too long."),
        (["run", "--date", "20240707", "--cuts", "x" * 300], "There is no set of cuts"),
        (["run", "--date", "20240707", "--hunt", f"{'x' * 300}.yaml"], "There is no file"),
        (["run", "--date", "20240707", "--cuts", ""], "--cuts '': names nothing"),
        (["run", "--date", "20240707", "--hunt", ""], "--hunt '': names nothing"),
        (["run", "--source", ""], "--source '': names nothing"),
        (["--source", ""], "--source '': names nothing"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_exit_code_2(huntui: Huntui, arguments: list[str], sentence: str) -> None:
    """What was wrong, what to do, and the nearest name; nothing on standard output."""
    said = huntui(*arguments)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert said.err.startswith("huntui: ")
    assert said.err.count("\n") == 1


def test_a_bad_expression_in_a_file_is_named_by_file_and_key(huntui: Huntui, here: Path) -> None:
    """The sentence leads to the place in the file."""
    (here / "config.yaml").write_text("stages: [{name: real, keep: drbb > 0.5}]\n")
    said = huntui("run", "--date", "20240707")
    assert said.code == 2
    assert said.err.startswith("huntui: config.yaml: stages[0].keep: ")
    assert "'drb'" in said.err


def test_work_that_fails_is_exit_code_1(huntui: Huntui, here: Path) -> None:
    """An empty folder, and a night that is missing and may not be simulated."""
    (here / "empty").mkdir()
    assert huntui("run", "--source", "empty").code == 1
    said = huntui("run", "--date", "20240707", "--set", "source.simulate_missing=false")
    assert said.code == 1
    assert "No night 20240707 in data" in said.err


def test_a_mistake_of_our_own_is_a_sentence_and_a_traceback_on_request(
    huntui: Huntui, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is shown a traceback who did not ask for one."""
    monkeypatch.setitem(main.COMMANDS, "run", "huntui.cli.run:no_such_thing")
    said = huntui("run", "--date", "20240707")
    assert said.code == 1
    assert "a mistake in huntui itself (AttributeError: " in said.err
    assert "HUNTUI_DEBUG=1" in said.err
    monkeypatch.setenv("HUNTUI_DEBUG", "1")
    with pytest.raises(AttributeError):
        huntui("run", "--date", "20240707")


def test_the_exit_code_follows_the_branch_of_the_error() -> None:
    """1 for work, 2 for calls: SourceError is work."""
    assert not issubclass(SourceError, main.CallError)


def test_help_and_version_end_with_0(huntui: Huntui) -> None:
    """-h is --help, everywhere."""
    assert huntui("-h").out == huntui("--help").out
    assert "--max-alerts" in huntui("run", "-h").out
    assert huntui("--version").out.startswith("huntui ")


def test_a_reader_that_has_seen_enough_is_no_error(here: Path) -> None:
    """`huntui … | head -0` leaves nothing on standard error."""
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "--help"], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_ctrl_c_ends_a_run_with_one_line_and_exit_code_130(here: Path) -> None:
    """The threads of the engine end with it."""
    command = [sys.executable, "-c", SCRIPT, "run", "--date", "20240707", "--rate", "1"]
    # A shell lets what it starts in the background ignore Ctrl-C, and these tests may have been started so.
    with subprocess.Popen(
        command, cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (no thread runs yet)
    ) as process:  # fmt: skip
        try:
            assert process.stderr is not None
            # The note comes when the night is opened, so that the signal meets the event loop.
            assert "SIMULATED" in process.stderr.readline()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert out == ""
    assert err.strip() == "huntui: interrupted."
