"""`huntui session` and what the screen goes on with: listed, written to a file, taken from one."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from calling import SMALL, Huntui
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huntui.engine.session_file import read_session
from huntui.errors import SessionError
from huntui.opening.night import prepare
from huntui.opening.options import NightOptions
from huntui.session.commands import Claim, Hide, Settle, Star, SwitchStage, WriteNote
from huntui.session.session import Session
from huntui.session.store import Label, Store


@pytest.fixture
def kept() -> tuple[Label, Session]:
    """Keep a hunt in a simulated night, as the screen does."""
    night = prepare(NightOptions(date="20240707", settings=("simulate.count=300",)))
    session = Session(night.cuts, night.hunt)
    session.apply(SwitchStage(night.cuts.stages[0].name))
    session.apply(Claim("ZTF24aa", night.hunt.names[0]))
    for mark in (Star(("ZTF24aa",)), Hide(("ZTF24bb",)), WriteNote("ZTF24aa", "a host")):
        session.apply(mark)
    session.apply(Settle("ZTF24aa", night.hunt.names[0], "refuted"))
    store = Store.of_user()
    store.write(night.label, session.memory)
    store.close()
    return night.label, session


def newest() -> tuple[Label, Any]:
    """Return the label and memory of the hunt that was written last."""
    store = Store.of_user()
    hunt = store.hunts()[0]
    memory = store.memory(hunt.number)
    store.close()
    return hunt.label, memory


def test_nights_that_are_not_the_same_have_other_names(here: Path) -> None:
    """A date, its count and seed when it is simulated, else where it lies when no date was given."""
    (here / "data" / "20240708").mkdir(parents=True)
    (here / "data" / "20240708" / "a.avro").write_bytes(b"x")
    options = [
        NightOptions(date="20240707"),
        NightOptions(date="20240706"),
        NightOptions(date="20240708"),
        NightOptions(date="20240707", settings=("simulate.count=300",)),
        NightOptions(date="20240707", settings=("simulate.seed=1",)),
        NightOptions(source="data/20240708"),
    ]
    assert len({prepare(night).label.night for night in options}) == len(options)
    assert prepare(options[0]).label == prepare(NightOptions(date="20240707", max_alerts=9, cuts="none")).label


def test_a_hunt_is_forgotten_by_its_number(huntui: Huntui, kept: tuple[Label, Session]) -> None:
    """And all of it; where one of the numbers is not kept, none is."""
    label, session = kept
    store = Store.of_user()
    other = store.write(label, session.memory)
    assert huntui("session", "remove", str(other), "99").err == (
        "huntui: --number 99: no such hunt is kept; `huntui session list` shows those that are.\n"
    )
    assert len(store.hunts()) == 2
    assert huntui("session", "remove", str(other), str(other)).err == f"forgotten: hunt {other}\n"
    assert [hunt.number for hunt in store.hunts()] == [1]
    with pytest.raises(SessionError, match="is not kept"):
        store.memory(other)
    with pytest.raises(SessionError, match="is not kept"):
        store.remove(other)
    store.close()


@pytest.mark.usefixtures("kept")
def test_the_list_names_what_is_kept(huntui: Huntui, user_hunts: Path) -> None:
    """Number, date, whether it is simulated, time and hunt; the folder goes to standard error."""
    said = huntui("session", "list")
    head, row = said.out.splitlines()
    assert head.split() == ["number", "date", "night", "last", "written", "claims", "points", "hunt", "source"]
    assert row.split()[:3] == ["1", "20240707", "simulated"]
    assert row.split()[-3:] == ["1", "first-night", "simulated"]
    assert said.err.strip() == f"1 hunt, in {user_hunts / 'sessions.sqlite'}"


def test_an_empty_list_is_no_mistake_and_nothing_can_be_exported(huntui: Huntui) -> None:
    """The sentence says when a hunt is kept."""
    assert huntui("session", "list").code == 0
    said = huntui("session", "export", "a.json")
    assert (said.code, said.err) == (
        2,
        "huntui: No hunt is kept: the screen keeps one as soon as something is changed in it.\n",
    )


def test_what_is_exported_and_imported_is_the_same_hunt(
    huntui: Huntui, kept: tuple[Label, Session], user_hunts: Path
) -> None:
    """Cuts, claims, what was tried and every state, on another machine too."""
    assert huntui("session", "export", "a.json").err == "hunt 1 (1 claim) written to a.json\n"
    for file in user_hunts.iterdir():
        file.unlink()
    assert huntui("session", "import", "a.json").err == "hunt 1, of 20240707, is what the screen goes on with\n"
    assert newest() == (kept[0], kept[1].memory)
    assert huntui("session", "export", "b.json", "--date", "20240707").code == 0
    assert Path("b.json").read_bytes() == Path("a.json").read_bytes()


@pytest.mark.usefixtures("kept")
def test_neither_a_file_nor_a_kept_hunt_is_overwritten(huntui: Huntui) -> None:
    """A file is replaced when that is asked for; a hunt that was kept stays beside the one from a file."""
    Path("a.json").write_text("mine")
    said = huntui("session", "export", "a.json")
    assert said.code == 1
    assert "--overwrite" in said.err
    assert Path("a.json").read_text() == "mine"
    assert huntui("session", "export", "a.json", "--overwrite", "--number", "1").code == 0
    assert huntui("session", "import", "a.json").err.endswith("; hunt 1 of the same night stays in the list\n")
    assert len(huntui("session", "list").out.splitlines()) == 3


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("asked", [("--date", "20240708"), ("--number", "7"), ("--number", "1", "--date", "20240708")])
def test_a_hunt_that_is_not_kept_is_told(huntui: Huntui, asked: tuple[str, ...]) -> None:
    """With what was asked for."""
    said = huntui("session", "export", "a.json", *asked)
    assert said.code == 2
    assert "no such hunt is kept; `huntui session list` shows those that are." in said.err
    assert not Path("a.json").exists()


HOSTILE = {
    "nothing": b"",
    "text": b"hello",
    "list": b"[]",
    "null": b"null",
    "bytes": b"\xff\xfe\x00",
    "deep": b"[" * 500_000,
    "deep in its place": b'{"huntui_session": 1, "session": ' + b"[" * 500_000,
    "long number": b'{"huntui_session": ' + b"1" * 100_000 + b"}",
    "not a number": b'{"huntui_session": NaN}',
    "true": b'{"huntui_session": true}',
    "newer": b'{"huntui_session": 2}',
    "bare": b'{"huntui_session": 1}',
    "pickle": b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_no_session_is_refused_in_one_sentence(huntui: Huntui, name: str, user_hunts: Path) -> None:
    """And no store is even made."""
    Path("a.json").write_bytes(HOSTILE[name])
    said = huntui("session", "import", "a.json")
    assert said.code == 2
    assert said.err.startswith("huntui: a.json")
    assert said.err.count("\n") == 1
    assert len(said.err) < 400
    assert not user_hunts.exists()


def test_what_is_no_file_or_too_large_is_refused(huntui: Huntui) -> None:
    """A folder, a pipe, nothing, twenty megabytes."""
    Path("folder.json").mkdir()
    os.mkfifo("pipe.json")
    Path("large.json").write_bytes(b" " * 20_000_001)
    for name in ("folder.json", "pipe.json", "none.json", "large.json"):
        said = huntui("session", "import", name)
        assert said.code == 2
        assert said.err.count("\n") == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path to every value in a JSON value."""
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(data=st.data())
def test_whatever_stands_in_a_file_it_is_a_session_or_told_in_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kept: tuple[Label, Session]
) -> None:
    """Any value of a sound file may be any other; what is taken can be gone on with."""
    from huntui.engine.session_file import write_session

    path = tmp_path_factory.mktemp("hostile") / "a.json"
    write_session(path, kept[0], kept[1].memory)
    values = json.loads(path.read_text())
    *above, last = data.draw(st.sampled_from([place for place in places(values) if place]))
    inner = values
    for key in above:
        inner = inner[key]
    inner[last] = data.draw(JSON)
    path.write_text(json.dumps(values))
    try:
        label, memory = read_session(path)
    except SessionError as error:
        # A file that is sound after all is right as well.
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert refused.startswith(str(path))
        assert "\n" not in refused
        return
    night = prepare(NightOptions(date="20240707"))
    session = Session(night.cuts, night.hunt, memory)
    store = Store.of_user()
    number = store.write(label, session.memory)
    assert store.memory(number).now.cuts == session.cuts
    store.close()


@pytest.mark.usefixtures("kept")
def test_texts_of_a_file_are_cleaned_before_they_are_shown(huntui: Huntui) -> None:
    """No escape reaches the terminal from a list."""
    huntui("session", "export", "a.json")
    values = json.loads(Path("a.json").read_text())
    values |= {"source": "\x1b[2Jnowhere", "hunt": "a\nb", "date": None}
    Path("a.json").write_text(json.dumps(values))
    said = huntui("session", "import", "a.json")
    assert "\x1b" not in said.err
    assert "of �[2Jnowhere" in said.err
    assert "a�b" in huntui("session", "list").out.splitlines()[1]


def test_fresh_belongs_to_the_screen(huntui: Huntui) -> None:
    """Behind it a subcommand is a mistake, since none resumes anything."""
    said = huntui("--fresh", "session", "list")
    assert said.code == 2
    assert "--fresh is for the screen" in said.err


def funnel(out: str) -> list[str]:
    """Return what a run prints, without the lines that have its time."""
    return [line for line in out.splitlines()[2:] if not line.startswith("elapsed: ")]


@pytest.mark.usefixtures("kept")
def test_a_run_without_a_screen_neither_resumes_nor_keeps(huntui: Huntui, user_hunts: Path) -> None:
    """What it prints depends on what it is told, and on nothing else."""
    beside_a_kept_hunt = funnel(huntui("run", *SMALL).out)
    for file in user_hunts.iterdir():
        file.unlink()
    assert beside_a_kept_hunt
    assert funnel(huntui("run", *SMALL).out) == beside_a_kept_hunt
    assert not list(user_hunts.iterdir())


SCRIPT = (
    "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); from huntui.cli.main import main; "
    "import sys; sys.argv[0] = 'huntui'; main()"
)


@contextmanager
def on_terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Start huntui on a terminal; it is gone at the end."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    command = [sys.executable, "-c", SCRIPT, *SMALL, *arguments]
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    try:
        yield process, ours
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def wait_for(terminal: int, words: bytes) -> None:
    """Read what is painted until some words have come."""
    output = b""
    while words not in output:
        assert select.select([terminal], [], [], 120)[0], f"{words!r} did not come"
        output += os.read(terminal, 65536)


@pytest.mark.slow
@pytest.mark.usefixtures("here")
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder of another process cannot be chosen")
def test_a_screen_that_was_killed_is_resumed() -> None:
    """Space switches the first stage off; a second later the process is killed, and the next screen has it off."""
    with on_terminal() as (process, terminal):
        wait_for(terminal, b"finished")
        os.write(terminal, b" ")
        wait_for(terminal, b" off")
        try:
            process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
        assert process.wait() == -signal.SIGKILL
    assert not newest()[1].now.cuts.stages[0].enabled
    with on_terminal() as (_, terminal):
        wait_for(terminal, b"Resumed: 0 claims")
    with on_terminal("--fresh") as (_, terminal):
        wait_for(terminal, b"finished")
        os.write(terminal, b" ")
        wait_for(terminal, b" off")
