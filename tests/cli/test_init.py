"""`huntui init` copies what came with huntui and never replaces what somebody wrote."""

from pathlib import Path

from calling import Huntui

from huntui.shipped import defaults


def shipped() -> dict[str, bytes]:
    """Return every file that came with huntui by its path."""
    folder = defaults()
    files = [folder / "config.yaml", *folder.glob("hunts/*.yaml"), *folder.glob("cuts/*.yaml")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def copied(here: Path) -> dict[str, bytes]:
    """Return every file of a directory by its path."""
    return {path.relative_to(here).as_posix(): path.read_bytes() for path in here.rglob("*") if path.is_file()}


def test_an_empty_directory_gets_everything(huntui: Huntui, here: Path) -> None:
    """config.yaml, hunts/ and cuts/, byte for byte, each named."""
    said = huntui("init")
    assert said.code == 0
    assert copied(here) == shipped()
    assert {line.split()[1] for line in said.out.splitlines()} == set(shipped())


def test_what_is_there_is_kept_and_named(huntui: Huntui, here: Path) -> None:
    """A second call says what it kept and changes nothing."""
    (here / "config.yaml").write_text("hunt: mine\n")
    said = huntui("init")
    assert "kept    config.yaml" in said.out
    assert (here / "config.yaml").read_text() == "hunt: mine\n"
    assert {line.split()[0] for line in huntui("init").out.splitlines()} == {"kept"}


def test_force_replaces(huntui: Huntui, here: Path) -> None:
    """With --force everything is as it came."""
    (here / "config.yaml").write_text("hunt: mine\n")
    assert "written config.yaml" in huntui("init", "--force").out
    assert copied(here) == shipped()


def test_a_directory_in_the_way_is_one_sentence(huntui: Huntui, here: Path) -> None:
    """Exit code 1: the call was right."""
    (here / "hunts").write_text("a file where a folder should be")
    said = huntui("init")
    assert said.code == 1
    assert "cannot be written" in said.err
