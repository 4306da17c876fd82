"""The notebook of the exercise runs, and shows what it says it shows."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from huntui.cli.main import exit_code

SCRIPT = Path(__file__).parents[2] / "docs" / "run_exercise.py"
LARGEST = 500_000


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Return what the script that runs the notebook defines."""
    return runpy.run_path(str(SCRIPT))


@pytest.mark.slow
def test_the_notebook_shows_what_it_did_when_it_was_written_and_counts_as_run_does(
    script: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Cell by cell, in a kernel of its own, without a network; `docs/run_exercise.py` writes it anew."""
    monkeypatch.setenv("HUNTUI_SOURCE", "no/such/folder")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    here = tmp_path / "here"
    here.mkdir()
    notebook = script["executed"](here)
    assert script["shown"](notebook) == script["shown"](script["read"]())
    assert sorted(path.name for path in here.iterdir()) == ["finds.csv", "finds.html"]

    told = next(cell for cell in notebook.cells if "huntui run" in cell.source and "--json" in cell.source)
    command = re.search(r"`huntui (run [^`]*--json)`", told.source)
    assert command is not None
    monkeypatch.chdir(here)
    assert exit_code(command[1].split()) == 0
    counts = json.loads(capsys.readouterr().out)
    assert script["shown"](notebook)[-1] == str({key: counts[key] for key in ("alerts", "objects", "survivors")})


def test_the_notebook_is_tidy(script: dict[str, Any]) -> None:
    """Each cell was run once, in order; nothing stands in it of a machine or a moment, and it stays small."""
    notebook = script["read"]()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert script["tidied"](script["read"]()) == notebook
    assert script["NOTEBOOK"].stat().st_size < LARGEST
    assert "a picture" in script["shown"](notebook)
    kinds = {output.output_type for cell in cells for output in cell.outputs}
    assert kinds <= {"stream", "display_data", "execute_result"}
    assert "stderr" not in {output.get("name") for cell in cells for output in cell.outputs}
