"""The store of hunts: nothing that happens to its file or to a process loses more than the last moment."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from kept_hunts import CUTS, HUNT, LABEL, played

from huntui.errors import HuntuiError, SessionError, StoreError
from huntui.session import store as store_module
from huntui.session.commands import Claim, SwitchStage, Undo
from huntui.session.open_night import OpenNight
from huntui.session.session import Session
from huntui.session.store import FILE, MAX_HUNTS, VERSION, Label, Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a store may be, in a folder that is not there yet."""
    return tmp_path / "data" / FILE


def keep(path: Path, session: Session, number: int | None = None) -> int:
    """Write a session to a store of its own, and close that."""
    store = Store(path)
    number = store.write(LABEL, session.memory, number)
    store.close()
    return number


def test_what_was_written_is_read_again_and_no_other_hunt_of_the_night_is(path: Path) -> None:
    """A hunt belongs to a night and a hunt file."""
    session = played()
    number = keep(path, session)
    store = Store(path)
    kept = store.newest(LABEL)
    assert kept is not None
    assert (kept.number, kept.label) == (number, LABEL)
    assert store.memory(number) == session.memory
    assert store.newest(Label("20240708 real", "20240708", "data", False, "small")) is None
    assert store.newest(Label(LABEL.night, LABEL.date, LABEL.source, False, "other")) is None
    with pytest.raises(SessionError, match="not kept"):
        store.memory(number + 1)


def test_every_moment_of_a_hunt_is_kept_as_it_is_whatever_was_kept_before(path: Path) -> None:
    """Only states that are new are written; undo, a new way from there, and forgotten states leave none over."""
    store, session, number = Store(path), Session(CUTS, HUNT), None
    for k in range(260):
        session.apply(SwitchStage("real" if k % 2 else "young"))
        if k % 3 == 0:
            session.apply(Undo())
        if k % 4 == 0:
            session.apply(Claim(f"ZTF{k}", "nova"))
        if k < 20 or k % 40 == 0 or k > 250:
            number = store.write(LABEL, session.memory, number)
            assert store.memory(number) == session.memory.bounded()
    session.apply(SwitchStage("real"))
    assert number is not None
    store.close()
    assert keep(path, session, number) == number
    assert Store(path).memory(number) == session.memory.bounded()


def test_the_hunts_that_were_written_last_stay(path: Path) -> None:
    """Others make room, with all their states; one that another process writes on begins anew."""
    store, session = Store(path), played()
    numbers = [store.write(LABEL, session.memory) for _ in range(MAX_HUNTS + 3)]
    assert [kept.number for kept in store.hunts()] == numbers[:2:-1]
    db = sqlite3.connect(path)
    assert {number for (number,) in db.execute("SELECT DISTINCT hunt FROM states")} == set(numbers[3:])
    db.close()
    again = store.write(LABEL, session.memory, numbers[0])
    assert again not in numbers
    assert store.memory(again) == session.memory


def test_a_hunt_that_an_earlier_huntui_kept_is_read(path: Path) -> None:
    """It wrote which pairs were claimed, and not under which cuts: those in force stand in for them."""
    session = played(Claim("ZTF24aa", "nova"), SwitchStage("young"))
    number = keep(path, session)
    db = sqlite3.connect(path)
    db.execute("UPDATE hunts SET tried = ?", ('[["ZTF24aa","nova"]]',))
    db.commit()
    db.close()
    memory = Store(path).memory(number)
    assert (memory.tried, memory.under) == (session.memory.tried, (session.cuts,))


DAMAGES = {
    "text": lambda data: b"this is no database, but a text" + data[31:],
    "truncated": lambda data: data[: len(data) // 2],
    "zeros": lambda data: data[:4096] + bytes(len(data) - 4096),
    "head": lambda data: data[:20] + b"\xff" * 80 + data[100:],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_is_moved_aside_and_another_one_begun(path: Path, damage: str) -> None:
    """That is said in one sentence, and what was there is still there for who wants to save it."""
    for _ in range(8):
        keep(path, played())
    damaged = DAMAGES[damage](path.read_bytes())
    path.write_bytes(damaged)
    store = Store(path)
    assert "was damaged: it was moved to" in store.moved
    assert store.hunts() == []
    number = store.write(LABEL, played().memory)
    assert store.memory(number) == played().memory
    assert damaged in [file.read_bytes() for file in path.parent.glob(f"{FILE}.damaged-*")]
    store.close()
    assert Store(path).moved == ""


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON hunts BEGIN DELETE FROM hunts; END",
        "CREATE VIEW v AS SELECT * FROM hunts",
        "ALTER TABLE hunts ADD COLUMN more TEXT",
        "DROP TABLE states",
    ],
)
def test_a_store_with_anything_in_it_that_is_not_ours_is_not_used(path: Path, statement: str) -> None:
    """No trigger or view that somebody put there is ever run."""
    keep(path, played())
    db = sqlite3.connect(path)
    db.execute(statement)
    db.commit()
    db.close()
    store = Store(path)
    assert store.moved
    assert store.hunts() == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE states SET body = 'nonsense' WHERE number = 1",
        "UPDATE states SET body = x'ff00fe' WHERE number = 1",
        "UPDATE states SET body = '" + "[" * 100_000 + "'",
        "UPDATE hunts SET place = 99",
        "UPDATE hunts SET place = 'nonsense', tried = '{}'",
        "UPDATE hunts SET saved = 'null'",
        "DELETE FROM states",
        "DELETE FROM states WHERE number = 0",
        "UPDATE states SET number = -1e300 WHERE number = 0",
    ],
)
def test_a_hunt_that_huntui_did_not_write_so_is_told_in_one_sentence(path: Path, change: str) -> None:
    """Only that hunt cannot be gone on with, and it can still be listed."""
    number = keep(path, played())
    db = sqlite3.connect(path)
    db.execute(change)
    db.commit()
    db.close()
    store = Store(path)
    assert [kept.number for kept in store.hunts()] == [number]
    try:
        memory = store.memory(number)
    except SessionError as error:
        assert str(error).startswith(f"hunt {number} of {path}")  # noqa: PT017 (a sound hunt is right as well)
    else:
        Session(CUTS, HUNT, memory)
        assert change.startswith("DELETE FROM states WHERE")


def test_a_store_of_a_newer_huntui_is_left_alone(path: Path) -> None:
    """Not a byte of it is changed."""
    keep(path, played())
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer huntui"):
        Store(path)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [FILE]


@pytest.mark.parametrize("wrong", ["folder", "file above", "no name"])
def test_a_store_that_cannot_be_opened_is_told_in_one_sentence(path: Path, wrong: str) -> None:
    """And nothing is moved."""
    if wrong == "folder":
        path.mkdir(parents=True)
    elif wrong == "file above":
        path.parent.write_text("no folder")
    else:
        path = Path("/proc/none") / FILE
    with pytest.raises(StoreError) as caught:
        Store(path)
    assert str(path) in str(caught.value)
    assert "hunts cannot be kept there" in str(caught.value)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user for whom a file can be read-only")
def test_a_read_only_store_is_told_in_one_sentence(path: Path) -> None:
    """It stays as it is."""
    keep(path, played())
    path.chmod(0o400)
    with pytest.raises(StoreError, match="hunts cannot be kept there"):
        Store(path)


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_is_told_and_what_was_kept_before_stays(path: Path) -> None:
    """The next write that finds room has everything."""
    store, session = Store(path), Session(CUTS, HUNT)
    session.apply(SwitchStage("young"))
    number = store.write(LABEL, session.memory)
    before, room = session.memory, True
    while room:
        session.apply(Claim(f"ZTF{len(session.claims.standing)}", "nova"))
        try:
            store.write(LABEL, session.memory, number)
            before = session.memory.bounded()
        except StoreError as error:
            room = False
            assert "hunts cannot be kept there" in str(error)  # noqa: PT017 (there is no more room at some time)
    assert store.memory(number) == before
    store.close()
    assert Store(path).memory(number) == before


def test_room_after_a_full_disk_brings_everything_into_the_store(path: Path) -> None:
    """What could not be written is not thought to be there."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    store, session = Store(path), played()
    number = store.write(LABEL, session.memory)
    for k in range(400):
        session.apply(Claim(f"ZTF{k}", "nova"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(StoreError):
            store.write(LABEL, session.memory, number)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert store.write(LABEL, session.memory, number) == number
    assert store.memory(number) == session.memory.bounded()


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from kept_hunts import CUTS, HUNT, LABEL
from huntui.session.commands import Claim
from huntui.session.session import Session
from huntui.session.store import Store
store, session, number = Store(Path(sys.argv[1])), Session(CUTS, HUNT), None
print("ready", flush=True)
for k in range(int(sys.argv[3])):
    session.apply(Claim(f"ZTF{k}", "nova"))
    number = store.write(LABEL, session.memory, number)
    print(number, k, flush=True)
store.close()
"""


def writer(path: Path, times: int) -> subprocess.Popen[str]:
    """Start a process that claims one object after the other and writes each to the store."""
    arguments = [str(path), str(Path(__file__).parent), str(times)]
    return subprocess.Popen([sys.executable, "-c", WRITER, *arguments], stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_processes_that_write_at_once_each_keep_their_own_hunt(path: Path) -> None:
    """Three of them make the store and write sixty states each; all are there, none is mixed with another."""
    processes = [writer(path, 60) for _ in range(3)]
    numbers = [int(process.communicate()[0].split()[-2]) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    store = Store(path)
    assert store.moved == ""
    assert {kept.number for kept in store.hunts()} == set(numbers)
    for number in numbers:
        assert len(store.memory(number).now.standing) == 60


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_that_is_killed_loses_nothing_that_it_had_written(path: Path) -> None:
    """Wherever it is in its next write."""
    for lines in (2, 17, 40):
        process = writer(path, 10_000)
        assert process.stdout is not None
        written = [process.stdout.readline() for _ in range(lines)][-1]
        process.kill()
        written = [written, *process.stdout.readlines()][-1]
        process.wait()
        number, last = map(int, written.split())
        store = Store(path)
        assert store.moved == ""
        assert len(store.memory(number).now.standing) >= min(last + 1, 200)
        store.close()


def test_a_night_is_open_elsewhere_as_long_as_anybody_else_has_it_open(tmp_path: Path) -> None:
    """The third is told of the second when the first has gone; the last leaves no file behind."""
    pytest.importorskip("fcntl")
    first, second = OpenNight(tmp_path, "a"), OpenNight(tmp_path, "a")
    other = OpenNight(tmp_path, "b")
    assert (first.elsewhere, second.elsewhere, other.elsewhere) == (False, True, False)
    first.close()
    third = OpenNight(tmp_path, "a")
    assert third.elsewhere
    for night in (second, third, other):
        night.close()
    assert list(tmp_path.iterdir()) == []
    again = OpenNight(tmp_path, "a")
    assert not again.elsewhere
    again.close()


def test_the_store_of_a_test_is_not_the_users(user_hunts: Path) -> None:
    """Nor is that of a process which a test starts."""
    script = "from huntui.session.store import user_folder; print(user_folder())"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    assert store_module.user_folder() == user_hunts
    assert said == str(user_hunts) or sys.platform != "linux"
    with pytest.raises(HuntuiError):
        Store(Path("/proc") / FILE)
