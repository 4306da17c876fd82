"""The journal: what was carried out, in order, by number."""

from huntui.session.commands import Redo, SwitchStage, Undo
from huntui.session.journal import KEPT, Journal


def test_each_command_gets_the_next_number() -> None:
    """Readers ask for what came since the number they know."""
    journal = Journal()
    for command in (SwitchStage("real"), Undo(), Redo()):
        journal.append(command)
    assert [(entry.index, entry.command) for entry in journal.since(1)] == [(1, Undo()), (2, Redo())]
    assert journal.since(3) == ()
    assert len(journal) == 3


def test_the_oldest_entries_fall_out_and_numbers_are_not_used_again() -> None:
    """Memory is bounded however long a key is held down."""
    journal = Journal()
    for _ in range(KEPT + 5):
        journal.append(Undo())
    entries = journal.since(0)
    assert len(entries) == KEPT
    assert (entries[0].index, entries[-1].index, len(journal)) == (5, KEPT + 4, KEPT + 5)
