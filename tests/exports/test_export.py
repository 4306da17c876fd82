"""Writing an export: whole or not at all, and never over a file that was not meant."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tables import ABOUT, COLUMNS, table

from huntui.errors import CallError, ExportError
from huntui.exports.export import export
from huntui.exports.registry import FORMATS, writer_for
from huntui.exports.table import ExportTable, Value

TABLES = [ending for ending in FORMATS if ending not in (".reg", ".avro", ".tar")]
"""Those that need neither positions nor packets."""


def left_in(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("ending", [*TABLES, ".CSV"])
def test_the_ending_says_what_is_written(tmp_path: Path, ending: str) -> None:
    """And the sentence says how much, and where."""
    path = tmp_path / f"finds{ending}"
    assert export(path, table(("a", 1, 2.0))) == f"1 object written to {path}."
    assert path.stat().st_size > 0
    assert left_in(tmp_path) == [path.name]
    assert (
        export(path, table(*[("a", 1, 2.0)] * 1200, per="alert"), overwrite=True) == f"1,200 alerts written to {path}."
    )


def test_an_unknown_ending_lists_those_there_are() -> None:
    """The call was wrong, whatever the night holds."""
    with pytest.raises(CallError, match=r"'.cvs' is not known; there are .csv, .json, .*. Did you mean '.csv'\?$"):
        writer_for(Path("finds.cvs"))
    with pytest.raises(CallError, match="'none' is not known"):
        writer_for(Path("finds"))


def test_a_file_that_exists_is_replaced_only_when_that_is_asked_for(tmp_path: Path) -> None:
    """Nobody's finds are lost by a key."""
    path = tmp_path / "finds.json"
    path.write_text("precious")
    with pytest.raises(ExportError, match=r"finds.json exists: "):
        export(path, table())
    assert path.read_text() == "precious"
    export(path, table(), overwrite=True)
    assert json.loads(path.read_text())["rows"] == []
    assert left_in(tmp_path) == ["finds.json"]


def test_a_file_that_appears_while_rows_are_written_is_not_replaced(tmp_path: Path) -> None:
    """It is looked at again before the new file takes its name."""
    path = tmp_path / "finds.csv"

    def rows() -> Iterator[tuple[Value, ...]]:
        path.write_text("precious")
        yield "a", 1, 2.0

    with pytest.raises(ExportError, match="exists"):
        export(path, ExportTable(COLUMNS, rows, ABOUT))
    assert path.read_text() == "precious"
    assert left_in(tmp_path) == ["finds.csv"]


@pytest.mark.parametrize("overwrite", [False, True])
def test_a_folder_is_not_a_file(tmp_path: Path, overwrite: bool) -> None:
    """Not even to be replaced."""
    folder = tmp_path / "finds.csv"
    folder.mkdir()
    with pytest.raises(ExportError, match="is a folder"):
        export(folder, table(), overwrite=overwrite)


@pytest.mark.parametrize("name", ["missing/finds.csv", "file/finds.csv", f"{'x' * 300}.csv", "a\0b.csv"])
def test_a_place_that_cannot_be_written_is_told_with_its_path(tmp_path: Path, name: str) -> None:
    """A missing folder, a file in a folder's place, a name that no file can have."""
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match="cannot be written"):
        export(tmp_path / name, table())
    assert left_in(tmp_path) == ["file"]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("ending", TABLES)
@pytest.mark.usefixtures("small_files")
def test_a_disk_without_room_is_told_and_leaves_nothing(tmp_path: Path, ending: str) -> None:
    """What stood there before still stands."""
    path = tmp_path / f"finds{ending}"
    path.write_text("precious")
    with pytest.raises(ExportError, match=rf"finds{ending}: cannot be written: File too large.$"):
        export(path, table(*[(f"{k * k}", k**4, k**0.5) for k in range(20_000)]), overwrite=True)
    assert path.read_text() == "precious"
    assert left_in(tmp_path) == [path.name]


def test_rows_that_fail_leave_nothing(tmp_path: Path) -> None:
    """Whatever ends the writing, the half-written file goes."""

    def rows() -> Iterator[tuple[Value, ...]]:
        yield "a", 1, 2.0
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(tmp_path / "finds.csv", ExportTable(COLUMNS, rows, ABOUT))
    assert left_in(tmp_path) == []


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    """The file that it leads to is replaced."""
    target, link = tmp_path / "real.csv", tmp_path / "link.csv"
    target.touch()
    link.symlink_to(target)
    export(link, table(("a", 1, 2.0)), overwrite=True)
    assert link.is_symlink()
    assert target.stat().st_size > 0


def test_the_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """Others may read it where the user lets them read what is new."""
    (tmp_path / "new").touch()
    export(tmp_path / "finds.csv", table())
    assert os.stat(tmp_path / "finds.csv").st_mode == os.stat(tmp_path / "new").st_mode
