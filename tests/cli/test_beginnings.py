"""What plain `huntui` can begin with: what lies on disk, what is kept, and what can be invented."""

import asyncio
import os
import pty
import select
import subprocess
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest
from calling import Huntui
from cards import SMALL_NIGHT, play, read

from huntui.cli.beginnings import Beginnings
from huntui.engine.beginning import GUIDED, Beginning
from huntui.errors import CallError
from huntui.opening.night import configured
from huntui.opening.options import NightOptions
from huntui.session.commands import Claim, OpenHint
from huntui.session.store import FILE, user_folder

PATIENCE_SECONDS = 60


def beginnings(*settings: str) -> Beginnings:
    """Return what the start screen asks."""
    options = NightOptions(settings=("simulate.count=600", *settings))
    return Beginnings(options, configured(options))


@pytest.mark.usefixtures("here")
def test_in_an_empty_directory_there_are_invented_nights_and_the_shipped_hunts() -> None:
    """Nothing is made by looking, and nights that may not be invented are not offered."""
    found = beginnings().at_hand()
    assert (found.kept, found.problem) == ((), "")
    assert [night.source for night in found.nights] == ["simulated", "simulated"]
    assert found.nights[0].date == "20240707"
    assert {one.name: one.treasures for one in found.hunts}["first-night"] == 10
    assert not (user_folder() / FILE).exists()
    assert beginnings("source.simulate_missing=false").at_hand().nights == ()


def test_nights_of_the_data_folder_come_first(here: Path, packet_files: list[Path]) -> None:
    """Folders with packets and archives, the newest first; what is neither is left out, and invented ones say so."""
    for date in ("20240101", "20250102", "20240707"):
        (here / "data" / date).mkdir(parents=True)
        (here / "data" / date / "a.avro").symlink_to(packet_files[0])
    (here / "data" / "20240101" / "SIMULATED").write_text("Every alert in this folder is invented.\n")
    for name in ("20240102", "2024010", "20249999", "٢٠٢٤٠٧٠٨", "\x1b[2J"):
        (here / "data" / name).mkdir()
    with tarfile.open(here / "data" / "ztf_public_20240601.tar.gz", "w:gz") as tar:
        tar.add(packet_files[0], "a.avro")
    nights = beginnings().at_hand().nights
    assert [(night.date, night.simulated) for night in nights[:4]] == [
        ("20250102", False), ("20240707", False), ("20240601", False), ("20240101", True),
    ]  # fmt: skip
    assert [night.source for night in nights[:4]] == [None] * 4
    assert nights[4].source == "simulated"


def test_hunts_of_the_user_are_listed_and_what_is_wrong_with_one_is_said(here: Path) -> None:
    """A broken file takes nothing from the others."""
    (here / "hunts").mkdir()
    shipped = (Path(__file__).parents[2] / "hunts" / "first-night.yaml").read_text()
    (here / "hunts" / "mine.yaml").write_text(shipped.replace("name: first-night", "name: mine"))
    (here / "hunts" / "broken.yaml").write_text("name: [")
    (here / "hunts" / "other.yaml").write_text("about: 5\ntreasures: no\n")
    hunts = {one.name: one for one in beginnings().at_hand().hunts}
    assert hunts["mine"].treasures == 10
    assert hunts["mine"].error == ""
    assert "broken.yaml" in hunts["broken"].error
    assert "is no hunt" in hunts["other"].error
    assert hunts["first-night"].error == ""


@pytest.mark.usefixtures("here")
def test_a_kept_hunt_is_listed_with_its_score_and_gone_on_with() -> None:
    """Score and claims as they were left; another seed or count in the configuration makes no difference."""
    last = play([OpenHint("comet", 1), lambda last: Claim(last.rows.object_id(0), "artefact")])
    (kept,) = beginnings().at_hand().kept
    assert (kept.date, kept.hunt, kept.claims, kept.score) == ("20240707", "first-night", 1, last.hunt.score)

    async def resumed() -> tuple[int, int]:
        engine = beginnings("simulate.seed=99", "simulate.count=50").open(kept, "rare-finds").engine
        await engine.start()
        try:
            again = await read(engine)  # type: ignore[arg-type]
            return len(again.hunt.claims), again.hunt.score
        finally:
            await engine.stop()

    assert asyncio.run(resumed()) == (1, last.hunt.score)


def test_a_kept_hunt_whose_night_is_gone_is_told(here: Path, packet_files: list[Path]) -> None:
    """It is not taken for the invented night of its date."""
    folder = here / "data" / "20240707"
    folder.mkdir(parents=True)
    (folder / "a.avro").symlink_to(packet_files[0])
    play([lambda last: Claim(last.rows.object_id(0), "artefact")], replace(SMALL_NIGHT, settings=()))
    (kept,) = beginnings().at_hand().kept
    assert not kept.simulated
    (folder / "a.avro").unlink()
    folder.rmdir()
    with pytest.raises(CallError, match=r"^The night of this hunt is not here: .*20240707 is where it was\.$"):
        beginnings().open(kept, "first-night")
    with pytest.raises(CallError, match="No night can be simulated for 19990101"):
        beginnings().open(Beginning("night", "19990101", date="19990101"), "first-night")


@pytest.mark.usefixtures("here")
def test_the_guided_find_hides_no_hunt_that_is_kept() -> None:
    """Where there is one of its night it is itself not kept."""

    async def played() -> None:
        opened = beginnings().open(GUIDED, "rare-finds")
        assert opened.guided
        await opened.engine.start()
        try:
            last = await read(opened.engine)  # type: ignore[arg-type]
            assert (last.hunt.name, last.hunt.claims) == ("first-night", ())
            opened.engine.send(OpenHint("supernova", 1))
        finally:
            await opened.engine.stop()

    play([OpenHint("comet", 1)])
    before = beginnings().at_hand().kept
    asyncio.run(played())
    assert beginnings().at_hand().kept == before


def test_a_store_that_cannot_be_read_is_told_and_the_rest_is_there(here: Path) -> None:
    """As where a newer huntui has written it."""
    assert here.is_dir()
    (user_folder() / FILE).mkdir(parents=True)
    assert beginnings().at_hand().kept == ()
    (user_folder() / FILE).rmdir()
    (user_folder() / FILE).write_bytes(b"no database at all, but long enough to be looked at as one" * 20)
    found = beginnings().at_hand()
    assert "was damaged" in found.problem
    assert found.nights


@pytest.mark.slow
def test_plain_huntui_opens_the_start_screen_on_a_terminal(here: Path) -> None:
    """And a night from there; without a terminal it asks which night, as ever."""
    ours, theirs = pty.openpty()
    script = "import sys; from huntui.cli.main import main; sys.argv[0] = 'huntui'; main()"
    environment = {**os.environ, "TERM": "xterm-256color"}
    arguments = [sys.executable, "-c", script, "--set", "simulate.count=300"]
    with subprocess.Popen(arguments, cwd=here, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        wait_for(ours, "New here?")
        os.write(ours, b"20240707\r")
        wait_for(ours, "finished")
        os.write(ours, b"q")
        while process.poll() is None:
            wait_for(ours, "")
    os.close(ours)
    assert process.returncode == 0


def wait_for(terminal: int, words: str) -> None:
    """Read what comes from a terminal until some words have come."""
    text = ""
    while True:
        assert select.select([terminal], [], [], PATIENCE_SECONDS)[0], f"no {words!r} in {text!r}"
        try:
            text += os.read(terminal, 65536).decode(errors="replace")
        except OSError:
            return
        if words in text:
            return


def test_without_a_terminal_plain_huntui_asks_which_night(huntui: Huntui) -> None:
    """In a sentence, with exit code 2."""
    said = huntui()
    assert (said.code, "Which night?" in said.err) == (2, True)
