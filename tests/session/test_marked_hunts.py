"""Marks and verdicts of a session: stars, hidden objects, notes and claims settled by hand, with the way back."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_hunts import CUTS, HUNT, played

from huntui.errors import CallError, SessionError
from huntui.hunt.marks import MAX_MARKED, MAX_NOTE, Marks
from huntui.session.commands import (
    Claim,
    ClaimAll,
    Command,
    Hide,
    Jump,
    Redo,
    Settle,
    Star,
    Unclaim,
    UnclaimAll,
    Undo,
    WriteNote,
)
from huntui.session.memory import KEPT_STATES, MAX_PAIRS, MAX_REASON, memory_from_plain, memory_to_plain
from huntui.session.session import Session

A, B, C = "ZTF24aa", "ZTF24bb", "ZTF24cc"

EVERYTHING = (
    Star((A, B)),
    Hide((B, C)),
    WriteNote(A, "look again in August"),
    ClaimAll((A, B, C), "nova"),
    Settle(B, "nova", "refuted"),
    Settle(C, "nova", "confirmed", "TNS: Nova;  ALeRCE: CV/Nova\n0.83"),
)
NAMES = st.sampled_from([A, B, C])
MANY = st.lists(NAMES, min_size=1, max_size=4).map(tuple)
TREASURE, VERDICT = st.sampled_from(HUNT.names), st.sampled_from(["open", "confirmed", "refuted"])
SOME = st.lists(
    st.one_of(
        st.builds(Star, MANY, st.booleans()),
        st.builds(Hide, MANY, st.booleans()),
        st.builds(WriteNote, NAMES, st.sampled_from(["", "a", "  b \n c "])),
        st.builds(ClaimAll, MANY, TREASURE),
        st.builds(UnclaimAll, MANY, TREASURE),
        st.builds(Settle, NAMES, TREASURE, VERDICT, st.sampled_from(["", "TNS: Nova"])),
        st.just(Undo()),
        st.just(Redo()),
        st.builds(Jump, st.integers(0, 6)),
    ),
    max_size=25,
)


def state(session: Session) -> tuple[object, ...]:
    """Return all that undo and redo move between."""
    return session.cuts, session.claims.standing, session.marks, session.settled


def again(session: Session) -> Session:
    """Return another session that goes on from what is kept of one as JSON."""
    plain = json.loads(json.dumps(memory_to_plain(session.memory.bounded())))
    return Session(CUTS, HUNT, memory_from_plain(plain, "test"))


def carried_out(session: Session, commands: list[Command]) -> list[str]:
    """Carry out what can be done and return what was said."""
    said = []
    for command in commands:
        try:
            said.append(session.apply(command))
        except CallError as error:
            said.append(str(error))
    return said


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([Star((A,))], f"{A} starred"),
        ([Star((A, B))], "2 objects starred"),
        ([Star((A,)), Star((A, B, C))], "2 objects starred (1 was already)"),
        ([Star((A,)), Star((A,))], f"{A} starred, as it was"),
        ([Star((A, B)), Star((A, B), on=False)], "2 objects no longer starred"),
        ([Hide((A, B))], "2 objects hidden"),
        ([Hide((A, B)), Hide((B,), on=False)], f"{B} shown again"),
        ([WriteNote(A, "a host")], f"note on {A} written"),
        ([WriteNote(A, "a host"), WriteNote(A, " ")], f"note on {A} taken away"),
        ([WriteNote(A, " ")], f"note on {A} taken away, as it was"),
        ([ClaimAll((A, B), "nova")], "2 objects claimed as nova"),
        ([Claim(A, "nova"), ClaimAll((A, B), "nova")], f"{B} claimed as nova (1 was already)"),
        ([Claim(A, "quasar"), ClaimAll((A, B, B), "nova")], "2 objects claimed as nova"),
        ([ClaimAll((A, B), "nova"), UnclaimAll((A, B, C), "nova")], "2 objects no longer claimed as nova (1 was not)"),
        ([Claim(A, "nova"), Settle(A, "nova", "refuted")], f"{A} as nova refuted"),
        ([Claim(A, "nova"), Settle(A, "nova", "open")], f"{A} as nova open again, as it was"),
    ],
)
def test_every_command_says_what_it_did_and_what_it_passed_over(commands: list[Command], words: str) -> None:
    """And one undo takes back the whole of it."""
    session = Session(CUTS, HUNT)
    before = [state(session)]
    for command in commands:
        before.append(state(session))
        said = session.apply(command)
    assert said == words
    changed = state(session) != before[-1]
    if changed:
        session.apply(Undo())
        assert state(session) == before[-1]


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (ClaimAll((A, B), "quasar"), "Each of them is claimed as quasar already."),
        (UnclaimAll((A, B), "nova"), "None of them is claimed as nova."),
        (ClaimAll((A, C), "qasar"), "Did you mean 'quasar'"),
        (Settle(A, "nova", "refuted"), f"{A} is not claimed as nova, so that there is nothing to settle."),
        (WriteNote(A, "x" * (MAX_NOTE + 1)), "A note has at most 200 characters, and this one would have 201."),
        (Star(tuple(map(str, range(MAX_MARKED + 1)))), "At most 3,000 objects can be starred, and 0 are already."),
        (Hide(tuple(map(str, range(MAX_MARKED + 1)))), "At most 3,000 objects can be hidden, and 0 are already."),
        (ClaimAll(tuple(map(str, range(300))), "nova"), f"A hunt has room for {MAX_PAIRS:,} claims"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    command: Command, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the state nor the journal."""
    session = played(Claim(A, "quasar"), Claim(B, "quasar"))
    if "room" in sentence:
        monkeypatch.setattr("huntui.session.session.MAX_PAIRS", 100)
        sentence = "A hunt has room for 100 claims"
    before = state(session), session.timeline, session.journal()
    with pytest.raises(CallError, match=sentence):
        session.apply(command)
    assert (state(session), session.timeline, session.journal()) == before


def test_no_more_notes_are_taken_than_are_kept() -> None:
    """One that is there already can still be changed."""
    marks = Marks(notes=tuple((str(k), "a") for k in range(MAX_MARKED)))
    with pytest.raises(CallError, match="3,000 objects have notes already"):
        marks.note("new", "b")
    assert marks.note("7", "b").note_of("7") == "b"


def test_undo_and_redo_go_through_marks_like_through_claims() -> None:
    """The list of past states names each of them."""
    session = played(*EVERYTHING)
    assert [past.what for past in session.timeline.states] == [
        "as it began", "2 objects starred", "2 objects hidden", f"note on {A} written", "3 objects claimed as nova",
        f"{B} as nova refuted", f"{C} as nova confirmed",
    ]  # fmt: skip
    end = state(session)
    for _ in EVERYTHING:
        session.apply(Undo())
    assert (session.marks, session.settled.verdicts, session.claims.standing) == (Marks(), (), ())
    session.apply(Jump(2))
    assert session.marks == Marks((A, B), (B, C))
    session.apply(Jump(6))
    assert state(session) == end
    assert session.marks.note_of(A) == "look again in August"
    assert dict(session.settled.verdicts) == {(B, "nova"): "refuted", (C, "nova"): "confirmed"}


def test_a_verdict_stays_when_its_claim_is_taken_back_and_can_be_opened_again() -> None:
    """So that taking back what was refuted does not help."""
    session = played(*EVERYTHING, Unclaim(B, "nova"))
    assert ((B, "nova"), "refuted") in session.settled.verdicts
    session.apply(Settle(B, "nova", "open"))
    assert session.settled.verdicts == (((C, "nova"), "confirmed"),)


@pytest.mark.parametrize("command", EVERYTHING, ids=lambda command: type(command).__name__)
def test_marks_and_verdicts_are_unsaved_until_they_are_in_a_file(command: Command) -> None:
    """The cuts are not."""
    session = played(Claim(B, "nova"), Claim(C, "nova"))
    session.saved()
    assert not session.unsaved
    session.apply(command)
    assert (session.unsaved_cuts, session.unsaved_claims) == (False, True)
    session.saved()
    assert not session.unsaved


@given(before=SOME, after=SOME)
def test_a_session_with_marks_goes_on_as_if_it_had_never_ended(before: list[Command], after: list[Command]) -> None:
    """Marks, verdicts and every way back are the same, and so is what is said."""
    one = Session(CUTS, HUNT)
    carried_out(one, before)
    other = again(one)
    assert carried_out(other, after) == carried_out(one, after)
    assert (state(other), other.claims.tried, other.timeline) == (state(one), one.claims.tried, one.timeline)
    assert other.unsaved_claims == one.unsaved_claims


def test_what_was_written_before_there_were_marks_still_loads() -> None:
    """And what has no marks is written as it was then."""
    plain = memory_to_plain(played(Claim(A, "nova")).memory)
    assert [set(one) for one in (*plain["states"], plain["saved"])] == [{"what", "cuts", "claims"}] * 3
    session = Session(CUTS, HUNT, memory_from_plain(plain, "file"))
    assert session.claims.standing == ((A, "nova"),)
    assert session.marks == Marks()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starred": "ZTF24aa"}, "starred"),
        ({"starred": [1]}, "starred"),
        ({"hidden": [""]}, "hidden"),
        ({"hidden": ["a"] * (MAX_MARKED + 1)}, "hidden"),
        ({"notes": [["a"]]}, "notes"),
        ({"notes": [["a", "x" * (MAX_NOTE + 1)]]}, "notes"),
        ({"notes": [["a", None]]}, "notes"),
        ({"settled": [["a", "nova", "open"]]}, "settled"),
        ({"settled": [["a", "nova"]]}, "settled"),
        ({"settled": {"a": "nova"}}, "settled"),
        ({"staared": []}, "starred"),
    ],
)
def test_marks_in_a_file_are_checked(change: dict[str, object], words: str) -> None:
    """One sentence says where it is wrong."""
    plain = memory_to_plain(played(*EVERYTHING).memory)
    plain["states"][1] |= change
    with pytest.raises(SessionError) as caught:
        memory_from_plain(plain, "file")
    assert str(caught.value).startswith("file: ")
    assert "states[1]" in str(caught.value)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_texts_of_marks_in_a_file_cannot_move_a_cursor_and_are_there_once() -> None:
    """Whoever wrote them."""
    plain = memory_to_plain(played().memory)
    plain["states"][0] |= {
        "starred": ["a\x1b", "a\x1b", "b"],
        "hidden": ["\x07"],
        "notes": [["a", "first"], ["a", "\x1b[2J\n gone "], ["b", " \t "]],
        "settled": [["a", "nova", "refuted"], ["a", "nova", "confirmed"], ["a", "gone", "refuted"]],
    }
    memory = memory_from_plain(plain, "file")
    past = memory.timeline.states[0]
    assert past.marks == Marks(("a�", "b"), ("�",), (("a", "�[2J gone"),))
    assert dict(past.settled.verdicts) == {("a", "nova"): "confirmed", ("a", "gone"): "refuted"}
    left = memory.of_hunt(HUNT.names).timeline.states[0]
    assert dict(left.settled.verdicts) == {("a", "nova"): "confirmed"}


def test_a_note_that_is_written_is_one_line_of_what_can_be_printed() -> None:
    """Whatever was pasted."""
    session = played(WriteNote(A, "\x1b[2J red\n[b]bold[/b]\t界 "))
    assert session.marks.note_of(A) == "�[2J red [b]bold[/b] 界"


@pytest.mark.parametrize("undone", [0, 150])
def test_fewer_states_are_kept_where_they_hold_very_many_claims_and_marks(
    undone: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written can be read back, and the state in force is always there."""
    monkeypatch.setattr("huntui.session.memory._MOST_ENTRIES", 2000)
    session = played(*(Star((f"ZTF{k}",)) for k in range(190)))
    for _ in range(undone):
        session.apply(Undo())
    kept = session.memory.bounded()
    assert sum(len(past.marks.starred) for past in kept.timeline.states) <= 2000
    assert 1 < len(kept.timeline.states) < KEPT_STATES
    assert kept.now.marks == session.marks
    other = again(session)
    assert other.marks == session.marks
    assert other.timeline.forgotten + other.timeline.place == session.timeline.place


def test_why_a_claim_was_settled_is_kept_with_its_verdict() -> None:
    """In one line; it goes when the claim is opened again or settled for nothing, and undo brings it back."""
    session = played(*EVERYTHING)
    kept = ((C, "nova"), "TNS: Nova; ALeRCE: CV/Nova 0.83")
    assert session.settled.reasons == (kept,)
    for again in (Settle(C, "nova", "open"), Settle(C, "nova", "refuted")):
        session.apply(again)
        assert session.settled.reasons == ()
        session.apply(Undo())
        assert session.settled.reasons == (kept,)
    session.apply(Settle(B, "nova", "confirmed", "x" * 1000))
    assert dict(session.settled.reasons)[B, "nova"] == "x" * MAX_REASON


def test_reasons_of_a_file_are_trusted_as_little_as_all_of_it() -> None:
    """Each belongs to a verdict, is one line without control characters, and is bounded."""
    plain = memory_to_plain(played(*EVERYTHING).memory)
    now = plain["states"][plain["place"]]
    now["reasons"] = [[C, "nova", "a\x1b[31m\nb"], [A, "nova", "settled by nobody"]]
    memory = memory_from_plain(plain, "hunt.json")
    assert memory.now.settled.reasons == (((C, "nova"), "a\N{REPLACEMENT CHARACTER}[31m b"),)
    now["reasons"] = [[C, "nova", "x" * (MAX_REASON + 1)]]
    with pytest.raises(SessionError, match="reasons"):
        memory_from_plain(plain, "hunt.json")
