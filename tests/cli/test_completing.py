"""The shell completes what can be written: subcommands, options, names of cuts, hunts and nights."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huntui.cli.main import exit_code

BIN = Path(sys.executable).parent


def completed(shell: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is offered for the last of the words, as the shell's own script is told it."""
    parts = words.split(" ")
    monkeypatch.setenv("_HUNTUI_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", parts[-1] if shell == "fish" else str(len(parts) - 1))
    with pytest.raises(SystemExit):
        exit_code([])
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("huntui ru", ["plain,run"]),
        ("huntui run --cuts tr", ["plain,transients"]),
        ("huntui run --cuts no", ["plain,none"]),
        ("huntui --hunt ra", ["plain,rare-finds"]),
        ("huntui run --date 2024", ["plain,20240707"]),
        ("huntui compare --b bright", ["plain,bright-transient-survey"]),
        ("huntui run --source sim", ["plain,simulated", "file,sim"]),
        ("huntui run --cuts mine/", ["file,mine/"]),
        ("huntui run --log", ["plain,--log-file"]),
        ("huntui run --of cl", ["plain,claims"]),
        ("huntui models tr", ["plain,train"]),
    ],
)
def test_names_are_completed(
    words: str, offered: list[str], here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each where it can stand, and files where there is no such name."""
    (here / "data" / "20240707").mkdir(parents=True)
    (here / "data" / "20240707" / "1.avro").touch()
    assert completed("bash", words, capsys, monkeypatch) == offered


def test_zsh_and_fish_are_told_in_their_own_way(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same names."""
    assert here.is_dir()
    assert completed("zsh", "huntui run --cuts tr", capsys, monkeypatch)[:2] == ["plain", "transients"]
    assert "transients" in completed("fish", "huntui run --cuts tr", capsys, monkeypatch)[-1]


def test_a_configuration_that_is_wrong_completes_nothing(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No sentence ends up in the line that somebody types."""
    (here / "config.yaml").write_text("sorce: 3\n")
    assert completed("bash", "huntui run --date 2", capsys, monkeypatch) in ([], [""])


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_completes_with_the_line_of_the_page(here: Path) -> None:
    """In a real shell, from the script that it is given."""
    script = (
        'eval "$(_HUNTUI_COMPLETE=bash_source huntui)"\n'
        "COMP_WORDS=(huntui run --cuts solar); COMP_CWORD=3; COMP_TYPE=9\n"
        "_huntui_completion huntui solar --cuts 2>/dev/null\n"
        'printf "%s\\n" "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    said = subprocess.run(
        ["bash", "-c", script], cwd=here, env=environment, capture_output=True, text=True, check=True, timeout=120
    )
    assert said.stdout.split() == ["solar-system", "solar-system-candidates"]
