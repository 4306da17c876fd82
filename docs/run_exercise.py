"""Runs `docs/exercise.ipynb` and writes what its cells show into it, to which a test holds it."""

import os
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parent / "exercise.ipynb"


def read() -> Any:
    """Return the notebook as it stands."""
    return nbformat.read(NOTEBOOK, as_version=4)


def executed(folder: Path) -> Any:
    """Return the notebook with what its cells show, run in a folder, on the simulated night."""
    os.environ.pop("HUNTUI_SOURCE", None)
    notebook = read()
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.execute()
    return tidied(notebook)


def tidied(notebook: Any) -> Any:
    """Return it without what differs from run to run: times, who ran it, and in what pieces it was printed."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for cell in notebook.cells:
        cell.metadata = {}
        if cell.cell_type == "code":
            cell.outputs = _in_one(cell.outputs)
    return notebook


def _in_one(outputs: list[Any]) -> list[Any]:
    """Return outputs with what was printed in one piece, however the kernel sent it."""
    told: list[Any] = []
    for output in outputs:
        if told and output.output_type == told[-1].output_type == "stream" and output.name == told[-1].name:
            told[-1].text += output.text
        else:
            told.append(output)
    return told


def shown(notebook: Any) -> list[str]:
    """Return what each cell shows as text; of a picture, that there is one."""
    return [
        _text(output) if "image/png" not in output.get("data", {}) else "a picture"
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    ]


def _text(output: Any) -> str:
    text = output.get("text") or output.get("data", {}).get("text/plain") or str(output.get("ename"))
    return re.sub(r"[ \t]+", " ", text).strip()


if __name__ == "__main__":
    with TemporaryDirectory() as scratch:
        done = executed(Path(scratch))
    nbformat.write(done, NOTEBOOK)
