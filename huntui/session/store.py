"""The store: hunts kept in one SQLite file of the user, so that huntui goes on where it was.

Never required: whatever is wrong with the file is one sentence, and the hunt goes on in memory. A process that dies at
any moment leaves what it committed; any number of processes may share the file. Bounded: of each hunt so many states,
and so many hunts, those that were not written for the longest time making room.
"""

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path

import platformdirs

from huntui.errors import SessionError, StoreError
from huntui.session.history import Past
from huntui.session.memory import KEPT_STATES, Memory, clean, memory_from_plain, state_to_plain, tried_to_plain

VERSION = 4
"""What this huntui writes into `user_version`; one of a lower version is brought up, one of a higher is left alone."""
MAX_HUNTS = 50
"""Hunts that are kept."""

FILE = "sessions.sqlite"
_BUSY_SECONDS = 5.0
_LONGEST_JSON = 50_000_000
_HUNTS = (
    "CREATE TABLE hunts (number INTEGER PRIMARY KEY AUTOINCREMENT, night TEXT NOT NULL, date TEXT,"
    " source TEXT NOT NULL, simulated INTEGER NOT NULL, hunt TEXT NOT NULL, begun REAL NOT NULL, written REAL NOT NULL,"
    " place INTEGER NOT NULL, tried TEXT NOT NULL, saved TEXT NOT NULL"
)
_STATES = (
    "CREATE TABLE states (hunt INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,"
    " PRIMARY KEY (hunt, number)) WITHOUT ROWID"
)
_ENDED = "ended INTEGER NOT NULL DEFAULT 0"
_PANELS = "panels TEXT NOT NULL DEFAULT '{}'"
_HINTS = "hints TEXT NOT NULL DEFAULT '{}'"
_SCORE = "score INTEGER"
_CLAIMS = "claims INTEGER"
_STEPS = (
    (f"{_HUNTS})", _STATES),
    (f"ALTER TABLE hunts ADD COLUMN {_ENDED}",),
    (f"ALTER TABLE hunts ADD COLUMN {_PANELS}",),
    tuple(f"ALTER TABLE hunts ADD COLUMN {column}" for column in (_HINTS, _SCORE, _CLAIMS)),
)
"""What makes each version out of the one before it."""
_SCHEMA = (f"{_HUNTS}, {_ENDED}, {_PANELS}, {_HINTS}, {_SCORE}, {_CLAIMS})", _STATES)
"""What SQLite says of the tables of this version."""


@dataclass(frozen=True, slots=True)
class Label:
    """Which hunt in which night."""

    night: str
    """What makes it the same night: a date or a folder and, of a simulated one, its count and seed."""
    date: str | None
    source: str
    simulated: bool
    hunt: str
    """The name of the hunt file."""


@dataclass(frozen=True, slots=True)
class KeptHunt:
    """A hunt in the store, as a list shows it."""

    number: int
    label: Label
    begun: float
    """Seconds since 1970."""
    written: float
    """Seconds since 1970."""
    ended: bool = False
    claims: int | None = None
    """Claims that stand; None where an earlier huntui wrote it, or a file brought it."""
    score: int | None = None
    """What they were worth when it was written; None as above."""


class Store:
    """The file, opened; belongs to one thread at a time. Every method raises `StoreError` with one sentence."""

    def __init__(self, path: Path) -> None:
        """Open a store, which is made where there is none.

        A damaged one is moved aside and another one begun, which `moved` then says; one that a newer huntui wrote, that
        cannot be written or is no file is left as it is.
        """
        self.path, self.moved = path, ""
        self._written: tuple[int, int, tuple[Past, ...]] | None = None
        self._claimed: tuple[Memory, str] | None = None
        with _told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = self._opened()

    @classmethod
    def of_user(cls) -> "Store":
        """Open the store of the user who runs huntui."""
        return cls(user_folder() / FILE)

    def close(self) -> None:
        """Let go of the file."""
        with suppress(sqlite3.Error):
            self._db.close()

    def hunts(self) -> list[KeptHunt]:
        """Return the hunts that are kept, the last written first."""
        with _told(self.path):
            rows = self._db.execute(
                "SELECT number, CAST(night AS TEXT), CAST(date AS TEXT), CAST(source AS TEXT),"
                " CAST(simulated AS INTEGER), CAST(hunt AS TEXT), CAST(begun AS REAL), CAST(written AS REAL),"
                " CAST(ended AS INTEGER), CAST(claims AS INTEGER), CAST(score AS INTEGER) FROM hunts"
                " ORDER BY written DESC, number DESC"
            ).fetchall()
        return [
            KeptHunt(
                number,
                Label(night, date and clean(date), clean(source), bool(simulated), clean(hunt)),
                begun,
                written,
                bool(ended),
                claims,
                score,
            )
            for number, night, date, source, simulated, hunt, begun, written, ended, claims, score in rows
        ]

    def newest(self, label: Label) -> KeptHunt | None:
        """Return the hunt of this night that was written last, None where none is kept."""
        alike = (kept for kept in self.hunts() if (kept.label.night, kept.label.hunt) == (label.night, label.hunt))
        return next(alike, None)

    def memory(self, number: int) -> Memory:
        """Return what is kept of a hunt; raises `SessionError` where it is not what huntui wrote."""
        where = f"hunt {number} of {self.path}"
        with _told(self.path):
            # What is damaged may be of any type; as one, it is found out when it is read.
            found = self._db.execute(
                "SELECT CAST(place AS INTEGER), CAST(tried AS TEXT), CAST(saved AS TEXT), CAST(ended AS INTEGER),"
                " CAST(panels AS TEXT), CAST(hints AS TEXT)"
                " FROM hunts WHERE number = ?",
                (number,),
            ).fetchone()
            rows = self._db.execute(
                "SELECT CAST(number AS INTEGER), CAST(body AS TEXT) FROM states WHERE hunt = ? ORDER BY number LIMIT ?",
                (number, KEPT_STATES + 1),
            ).fetchall()
        if found is None or not rows:
            raise SessionError(f"{where}: is not kept.")
        place, tried, saved, ended, panels, hints = found
        if sum(len(body) for _, body in rows) + len(tried) + len(saved) + len(panels) + len(hints) > _LONGEST_JSON:
            raise SessionError(f"{where}: too large.")
        try:
            values = {
                **_claimed(json.loads(tried)), "place": place - rows[0][0], "forgotten": rows[0][0],
                "saved": json.loads(saved), "states": [json.loads(body) for _, body in rows],
                "ended": bool(ended), "panels": json.loads(panels), "hints": json.loads(hints),
            }  # fmt: skip
        except (ValueError, RecursionError):
            raise SessionError(f"{where}: is not what huntui wrote.") from None
        return memory_from_plain(values, where)

    def write(self, label: Label, memory: Memory, number: int | None = None, score: int | None = None) -> int:
        """Keep how a hunt stands, in the place of what was kept of `number`, or beside all others; return its number.

        `score` is what its claims are worth, for the list of hunts. Only the states that are new since the last time
        are written, when it is the same hunt again.
        """
        memory = memory.bounded()
        past, now = memory.timeline, time.time()
        with _told(self.path), self._transaction():
            tried, saved = self._tried(memory), _json(state_to_plain(memory.saved))
            about = (
                now, past.forgotten + past.place, tried, saved, int(memory.ended), _json(asdict(memory.panels)),
                _json(dict(memory.hints)), score, len(memory.now.standing),
            )  # fmt: skip
            changed = (
                number is not None
                and self._db.execute(
                    "UPDATE hunts SET written = ?, place = ?, tried = ?, saved = ?, ended = ?, panels = ?,"
                    " hints = ?, score = ?, claims = ? WHERE number = ?",
                    (*about, number),
                ).rowcount
            )
            if number is None or not changed:
                number = self._begin(label, now, about)
            self._write_states(number, past.forgotten, past.states)
        self._written = number, past.forgotten, past.states
        return number

    def remove(self, number: int) -> None:
        """Forget a hunt; raises `SessionError` where it is not kept."""
        with _told(self.path), self._transaction():
            found = self._db.execute("DELETE FROM hunts WHERE number = ?", (number,)).rowcount
            self._db.execute("DELETE FROM states WHERE hunt = ?", (number,))
        if not found:
            raise SessionError(f"hunt {number} of {self.path}: is not kept.")

    def _tried(self, memory: Memory) -> str:
        """Return what was claimed as JSON; most changes are none of claims, and leave it as it was."""
        before = self._claimed
        if before is not None and before[0].tried is memory.tried and before[0].under is memory.under:
            return before[1]
        self._claimed = memory, _json(tried_to_plain(memory))
        return self._claimed[1]

    def _begin(self, label: Label, now: float, about: tuple[object, ...]) -> int:
        self._written = None
        named = (label.night, label.date, label.source, int(label.simulated), label.hunt, now)
        number = self._db.execute(
            "INSERT INTO hunts (night, date, source, simulated, hunt, begun, written, place, tried, saved, ended,"
            " panels, hints, score, claims) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*named, *about)
        ).lastrowid  # fmt: skip
        assert number is not None
        self._db.execute(
            "DELETE FROM hunts WHERE number NOT IN"
            " (SELECT number FROM hunts ORDER BY written DESC, number DESC LIMIT ?)",
            (MAX_HUNTS,),
        )
        self._db.execute("DELETE FROM states WHERE hunt NOT IN (SELECT number FROM hunts)")
        return number

    def _write_states(self, number: int, first: int, states: Sequence[Past]) -> None:
        there: dict[int, Past] = {}
        if self._written is not None and self._written[0] == number:
            there = dict(enumerate(self._written[2], self._written[1]))
        else:
            self._db.execute("DELETE FROM states WHERE hunt = ?", (number,))
        self._db.execute(
            "DELETE FROM states WHERE hunt = ? AND (number < ? OR number >= ?)", (number, first, first + len(states))
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO states VALUES (?, ?, ?)",
            (
                (number, place, _json(state_to_plain(state)))
                for place, state in enumerate(states, first)
                if there.get(place) != state
            ),
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._db.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")
            raise

    def _opened(self) -> sqlite3.Connection:
        before = _number_of(self.path)
        try:
            return self._checked()
        except sqlite3.DatabaseError as problem:
            if not _is_damage(problem):
                raise
        # Another process may have found it out as well, and moved it already.
        if before != _number_of(self.path):
            return self._checked()
        aside = _aside(self.path)
        self.moved = f"What was kept of hunts was damaged: it was moved to {aside}, and nothing of it is resumed."
        return self._checked()

    def _checked(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            db.text_factory = _text
            # Nothing that somebody put into the file as a view or trigger is run.
            db.execute("PRAGMA trusted_schema = OFF")
            _refuse_newer(db, self.path)
            db.execute("PRAGMA journal_mode = WAL")
            # A process that dies loses nothing with it; a power cut may take the last moments, and nothing else.
            db.execute("PRAGMA synchronous = NORMAL")
            _make_tables(db, self.path)
            found = db.execute("PRAGMA quick_check(1)").fetchone()
            made = {sql for (sql,) in db.execute("SELECT sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")}
            if found != ("ok",) or made != set(_SCHEMA):
                raise sqlite3.DatabaseError("malformed")
        except BaseException:
            db.close()
            raise
        return db


def user_folder() -> Path:
    """Return where the hunts of the user are kept."""
    return platformdirs.user_data_path("huntui")


def _refuse_newer(db: sqlite3.Connection, path: Path) -> None:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise StoreError(f"{path} was written by a newer huntui: it is left as it is, and this hunt is not kept.")


def _make_tables(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA user_version").fetchone() == (VERSION,):
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have made them while this one waited.
        _refuse_newer(db, path)
        (version,) = db.execute("PRAGMA user_version").fetchone()
        for statement in chain.from_iterable(_STEPS[version:]):
            db.execute(statement)
        db.execute(f"PRAGMA user_version = {VERSION}")
        db.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what is wrong with the file into one sentence."""
    try:
        yield
    except sqlite3.Error as problem:
        raise StoreError(f"{path}: hunts cannot be kept there: {problem}.") from None
    except OSError as problem:
        raise StoreError(f"{path}: hunts cannot be kept there: {problem.strerror or problem}.") from None


def _is_damage(problem: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is broken, and not its disk, its rights or its users."""
    if isinstance(problem, sqlite3.OperationalError):
        signs = ("already exists", "malformed", "no such table", "duplicate column")
        return any(sign in str(problem) for sign in signs)
    return not isinstance(problem, sqlite3.IntegrityError | sqlite3.ProgrammingError)


def _aside(path: Path) -> Path:
    """Move a file and what SQLite keeps beside it away; return where it is now."""
    aside = path.with_name(f"{path.name}.damaged-{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}")
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).rename(aside.with_name(aside.name + ending))
    return aside


def _number_of(path: Path) -> int | None:
    """Return what tells a file from another one of its name, None where there is none."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return None


def _text(stored: bytes) -> str:
    return stored.decode(errors="replace")


def _claimed(stored: object) -> dict[str, object]:
    """Return what the column `tried` holds: an earlier huntui put nothing but the pairs there."""
    return stored if isinstance(stored, dict) else {"tried": stored}


def _json(values: object) -> str:
    return json.dumps(values, separators=(",", ":"))
