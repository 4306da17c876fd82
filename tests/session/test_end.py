"""The end of a hunt: claims stay as they are from then on, cuts do not have to, and the session remembers it."""

import json
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_hunts import COMMANDS, CUTS, HUNT, LABEL, played
from test_memory import carry_out, gone_on

from huntui.engine.session_file import read_session, write_session
from huntui.errors import CallError
from huntui.session.commands import (
    ENDED,
    Claim,
    Command,
    End,
    Jump,
    Redo,
    Settle,
    SwitchStage,
    TurnKnob,
    Unclaim,
    Undo,
)
from huntui.session.memory import memory_from_plain, memory_to_plain
from huntui.session.session import Session
from huntui.session.store import FILE, VERSION, Store

VERSION_1 = (
    "CREATE TABLE hunts (number INTEGER PRIMARY KEY AUTOINCREMENT, night TEXT NOT NULL, date TEXT,"
    " source TEXT NOT NULL, simulated INTEGER NOT NULL, hunt TEXT NOT NULL, begun REAL NOT NULL, written REAL NOT NULL,"
    " place INTEGER NOT NULL, tried TEXT NOT NULL, saved TEXT NOT NULL)",
    "CREATE TABLE states (hunt INTEGER NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,"
    " PRIMARY KEY (hunt, number)) WITHOUT ROWID",
)
"""The tables of a store before hunts had an end."""

some_commands = st.lists(st.sampled_from([*COMMANDS, *(Jump(k) for k in range(4)), Undo(), Redo()]), max_size=30)


def ended() -> Session:
    """Return a hunt that ended after a turn of a knob, a claim and another turn."""
    return played(TurnKnob("real", "drb_min", 1), Claim("ZTF24aa", "nova"), SwitchStage("young"), End())


@pytest.mark.parametrize("command", [Claim("ZTF24bb", "nova"), Unclaim("ZTF24aa", "nova"), End()])
def test_after_the_end_no_claim_is_made_or_taken_back(command: Command) -> None:
    """Each is refused in one sentence, and changes nothing."""
    session = ended()
    before = session.memory
    with pytest.raises(CallError) as told:
        session.apply(command)  # type: ignore[arg-type]
    assert str(told.value) == ENDED
    assert session.memory == before


def test_undo_takes_cuts_back_after_the_end_and_no_claim() -> None:
    """The step that made the claim is gone; there are two left, and neither ends the end."""
    session = ended()
    assert [session.apply(Undo()), session.apply(Undo())] == ["undone: young off", "undone: drb_min 0.65 → 0.70"]
    assert not session.can_undo
    assert (session.cuts, session.claims.standing, session.ended) == (CUTS, (("ZTF24aa", "nova"),), True)
    session.apply(Redo())
    session.apply(Jump(2))
    assert session.claims.standing == (("ZTF24aa", "nova"),)
    assert session.apply(TurnKnob("real", "drb_min", 1)) == "drb_min 0.70 → 0.75"


@given(before=some_commands, after=some_commands)
def test_claims_stay_as_they_were_at_the_end_whatever_is_done_after_it(
    before: list[Command], after: list[Command]
) -> None:
    """Before and after the session is taken up again, in every state that can be gone to."""
    session = Session(CUTS, HUNT)
    carry_out(session, before)
    claims = session.claims
    session.apply(End())
    carry_out(session, after)
    other = gone_on(session)
    assert (session.claims, other.claims, other.ended) == (claims, claims, True)
    assert other.timeline == session.timeline
    assert {state.standing for state in session.timeline.states} == {claims.standing}


def test_a_memory_from_before_there_was_an_end_has_not_ended() -> None:
    """The key may be missing."""
    plain = memory_to_plain(played().memory)
    del plain["ended"]
    assert not Session(CUTS, HUNT, memory_from_plain(plain, "old")).ended


def test_a_file_that_says_two_things_of_the_claims_is_read_with_those_in_force() -> None:
    """Somebody may have edited it: an earlier state with other claims does not bring them back."""
    plain = json.loads(json.dumps(memory_to_plain(ended().memory)))
    plain["states"][0]["claims"] = [["ZTF24zz", "quasar"]]
    session = Session(CUTS, HUNT, memory_from_plain(plain, "edited"))
    session.apply(Jump(0))
    assert session.claims.standing == (("ZTF24aa", "nova"),)


def test_the_end_is_kept_in_the_store_and_in_an_exported_file(tmp_path: Path) -> None:
    """So is that another hunt has not ended."""
    store = Store(tmp_path / FILE)
    numbers = [store.write(LABEL, session.memory) for session in (ended(), played())]
    store.close()
    store = Store(tmp_path / FILE)
    assert [store.memory(number).ended for number in numbers] == [True, False]
    write_session(tmp_path / "mine.json", LABEL, store.memory(numbers[0]))
    assert read_session(tmp_path / "mine.json") == (LABEL, store.memory(numbers[0]))


def test_a_store_from_before_there_was_an_end_is_brought_up(tmp_path: Path) -> None:
    """Its hunts are gone on with, and can be ended."""
    new = Store(tmp_path / "new.sqlite")
    number = new.write(LABEL, played().memory)
    new.close()
    old = sqlite3.connect(tmp_path / FILE)
    for statement in VERSION_1:
        old.execute(statement)
    old.execute("ATTACH ? AS new", (str(tmp_path / "new.sqlite"),))
    for table in ("hunts", "states"):
        columns = ", ".join(row[1] for row in old.execute(f"PRAGMA main.table_info({table})"))
        old.execute(f"INSERT INTO main.{table} SELECT {columns} FROM new.{table}")
    old.execute("PRAGMA main.user_version = 1")
    old.commit()
    old.close()
    store = Store(tmp_path / FILE)
    assert store.moved == ""
    assert store.memory(number) == played().memory
    session = Session(CUTS, HUNT, store.memory(number))
    session.apply(End())
    store.write(LABEL, session.memory, number)
    store.close()
    again = Store(tmp_path / FILE)
    assert again.memory(number).ended
    db = sqlite3.connect(tmp_path / FILE)
    assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)


@pytest.mark.parametrize(
    "change", ["DROP TABLE hunts", "ALTER TABLE hunts ADD COLUMN ended TEXT", "ALTER TABLE hunts ADD COLUMN more TEXT"]
)
def test_an_older_store_with_other_tables_is_damaged_and_moved_aside(tmp_path: Path, change: str) -> None:
    """As one of this version is."""
    db = sqlite3.connect(tmp_path / FILE)
    for statement in (*VERSION_1, change, "PRAGMA user_version = 1"):
        db.execute(statement)
    db.commit()
    db.close()
    store = Store(tmp_path / FILE)
    assert "was damaged" in store.moved
    assert store.hunts() == []


def test_what_was_settled_before_the_end_is_not_undone_after_it() -> None:
    """Also where truth could answer nothing, so that a verdict by hand stands on a simulated night."""
    settled = [Settle("ZTF24aa", "nova", verdict) for verdict in ("refuted", "confirmed")]
    session = played(Claim("ZTF24aa", "nova"), *settled, SwitchStage("young"), End())
    verdicts = session.settled
    while session.can_undo:
        session.apply(Undo())
        assert session.settled == verdicts
    with pytest.raises(CallError):
        session.apply(settled[0])
