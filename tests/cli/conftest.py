"""A command line in an empty directory."""

from pathlib import Path

import pytest
from calling import Huntui, Said

from huntui.cli import logs
from huntui.cli.main import exit_code


@pytest.fixture(autouse=True)
def nothing_is_quiet() -> None:
    """Let each test begin as a call does, whatever the one before it asked for."""
    logs.begin()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def huntui(here: Path, capsys: pytest.CaptureFixture[str]) -> Huntui:
    """Return a function that calls huntui in an empty directory."""
    assert here.is_dir()

    def call(*arguments: str) -> Said:
        code = exit_code(arguments)
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return call
