"""Cuts and hunts are found here first, then among those that came with huntui."""

from pathlib import Path

import pytest

from huntui.errors import CutsError, HuntError
from huntui.shipped import defaults, find, names


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a directory with a file of cuts and a hunt of its own."""
    monkeypatch.chdir(tmp_path)
    for path in ("cuts/mine.yaml", "cuts/transients.yaml", "hunts/mine.yaml"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    return tmp_path


def test_the_configuration_the_cuts_and_the_hunts_came_along() -> None:
    """Installed or in a checkout."""
    assert (defaults() / "config.yaml").is_file()
    assert (defaults() / "cuts" / "transients.yaml").is_file()
    assert (defaults() / "hunts" / "first-night.yaml").is_file()


def test_the_current_directory_goes_first(here: Path) -> None:
    """A file of the same name hides the one that came with huntui; others are still found."""
    assert here.is_dir()
    assert find("cuts", "transients") == Path("cuts/transients.yaml")
    assert find("hunts", "mine") == Path("hunts/mine.yaml")
    assert find("hunts", "first-night") == defaults() / "hunts" / "first-night.yaml"
    shipped = {path.stem for path in (defaults() / "cuts").glob("*.yaml")}
    assert names("cuts") == sorted({"mine"} | shipped)


def test_a_path_is_taken_as_it_is(here: Path) -> None:
    """A slash or .yaml makes it a path, and never a name."""
    assert find("cuts", str(here / "hunts" / "mine.yaml")) == here / "hunts" / "mine.yaml"
    assert find("cuts", "cuts/mine.yaml") == Path("cuts/mine.yaml")
    with pytest.raises(CutsError, match=r"There is no file transients\.yaml"):
        find("cuts", "transients.yaml")


def test_an_unknown_name_lists_what_there_is(here: Path) -> None:
    """With the nearest, and as an error of its own branch."""
    assert here.is_dir()
    with pytest.raises(CutsError, match=r"there is .*mine, .*transients, .*Did you mean 'transients'\?$"):
        find("cuts", "transient")
    with pytest.raises(HuntError, match=r"Did you mean 'first-night'\?$"):
        find("hunts", "first_night")


@pytest.mark.parametrize("name", ["", ".", "..", "transients\x00"])
def test_an_odd_name_is_a_sentence_as_well(name: str) -> None:
    """Nothing that can be typed ends in anything but a sentence."""
    with pytest.raises(CutsError):
        find("cuts", name)
