"""Hints that were opened: no undo gives their points back, and they are kept with the hunt."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from kept_hunts import CUTS, LABEL

from huntui.engine.session_file import read_session, write_session
from huntui.errors import CallError, SessionError
from huntui.features.registry import kinds
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.score import hunt_state
from huntui.session.commands import Claim, End, Jump, OpenHint, Undo
from huntui.session.memory import memory_from_plain, memory_to_plain
from huntui.session.session import Session
from huntui.session.store import FILE, Store

_USUAL = {"about": "a", "looks_like": "drb > 0", "confirmed_by": "kind == 'x'", "points": 5, "goal": 5, "beware": "b"}
HUNT = hunt_from_mapping(
    {
        "name": "small",
        "about": "a",
        "treasures": [
            {**_USUAL, "name": "nova", "title": "nova", "hints": ["Look.", "Look there.", "Take it."]},
            {**_USUAL, "name": "quasar", "title": "quasar"},
        ],
    },
    "hunt.yaml",
    kinds(),
    {"kind": "text"},
)


def hinted() -> Session:
    """Return a session in which two hints were opened, one of them before something that can be undone."""
    session = Session(CUTS, HUNT)
    assert session.apply(OpenHint("nova", 1)) == "hint 1 of 3 on nova: -3 points"
    session.apply(Claim("ZTF24aa", "nova"))
    session.apply(OpenHint("nova", 2))
    return session


def score(session: Session) -> int:
    """Return the score where nothing is confirmed."""
    return hunt_state(HUNT, session.claims, {}, hints=session.hints).score


def test_no_undo_gives_the_points_of_a_hint_back() -> None:
    """Nor does a jump to how it began; the journal has the hints in their order."""
    session = hinted()
    assert score(session) == -6
    session.apply(Undo())
    session.apply(Jump(0))
    assert (session.claims.standing, session.hints, score(session)) == ((), (("nova", 2),), -6)
    assert [one.command for one in session.journal() if isinstance(one.command, OpenHint)] == [
        OpenHint("nova", 1),
        OpenHint("nova", 2),
    ]


def test_a_hint_is_paid_once() -> None:
    """A key that is pressed twice in one breath opens it the second time in vain."""
    session = hinted()
    with pytest.raises(CallError, match=r"^There is no hint 2 on nova left to open\.$"):
        session.apply(OpenHint("nova", 2))
    assert score(session) == -6


@pytest.mark.parametrize("command", [OpenHint("nova", 4), OpenHint("nova", 0), OpenHint("quasar", 1), OpenHint("x", 1)])
def test_what_is_no_hint_cannot_be_opened(command: OpenHint) -> None:
    """That is said, and costs nothing."""
    session = Session(CUTS, HUNT)
    with pytest.raises(CallError, match="no hint"):
        session.apply(command)
    assert (session.hints, session.journal()) == ((), ())


def test_nothing_is_paid_after_the_end() -> None:
    """The screen shows all hints then."""
    session = hinted()
    session.apply(End())
    with pytest.raises(CallError, match="cost nothing any more"):
        session.apply(OpenHint("nova", 3))
    assert score(session) == -6


def test_hints_are_kept_in_the_store_and_in_an_exported_file(tmp_path: Path) -> None:
    """A session that goes on from there has them, as far as its hunt knows the treasure."""
    store = Store(tmp_path / FILE)
    number = store.write(LABEL, hinted().memory, score=-6)
    kept = store.memory(number)
    (listed,) = store.hunts()
    assert (listed.score, listed.claims, listed.ended) == (-6, 1, False)
    assert kept == hinted().memory
    write_session(tmp_path / "mine.json", LABEL, kept)
    assert read_session(tmp_path / "mine.json") == (LABEL, kept)
    assert score(Session(CUTS, HUNT, kept)) == -6
    other = replace(HUNT, treasures=HUNT.treasures[1:])
    assert Session(CUTS, other, kept).hints == ()


def test_what_was_kept_before_hints_cost_anything_has_none_open() -> None:
    """As its file says nothing of them."""
    values = memory_to_plain(Session(CUTS, HUNT).memory)
    assert "hints" not in values
    assert memory_from_plain(values, "x").hints == ()


@pytest.mark.parametrize("hints", [["nova"], {"nova": 0}, {"nova": "2"}, {"nova": 1001}, {"": 1}, 7])
def test_hints_that_huntui_did_not_write_are_told(hints: object, tmp_path: Path) -> None:
    """In a file as in the store, which is read by nobody else's rules."""
    values = memory_to_plain(hinted().memory) | {"hints": hints}
    with pytest.raises(SessionError, match=r"^mine\.json: session"):
        memory_from_plain(json.loads(json.dumps(values)), "mine.json: session")
    store = Store(tmp_path / FILE)
    number = store.write(LABEL, hinted().memory)
    db = sqlite3.connect(tmp_path / FILE)
    db.execute("UPDATE hunts SET hints = ?", (json.dumps(hints),))
    db.commit()
    db.close()
    with pytest.raises(SessionError):
        store.memory(number)
