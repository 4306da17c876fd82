"""Pictures of marks in the table, a range, a note and the list of claims."""

from dataclasses import replace

import fake_marks
import fake_night
import pytest
import textual
from test_screens import DRAWN_WITH, SnapCompare, app_of, pressing

from huntui.engine.snapshot import Snapshot
from huntui.hunt.marks import Marks
from huntui.hunt.state import ClaimState

pytestmark = pytest.mark.skipif(
    textual.__version__ != DRAWN_WITH,
    reason=f"the pictures are those of Textual {DRAWN_WITH}, not {textual.__version__}",
)

SIZES = [(80, 24), (120, 36)]


def marked() -> Snapshot:
    """Return a night with every kind of mark, and a claim that was taken back."""
    snapshot, name = fake_night.streaming(), fake_night.object_id
    marks = Marks(
        starred=(name(0), name(3), name(6)),
        hidden=(name(2), name(6)),
        notes=((name(0), "red host, 3 arcsec north-east; look again in August"), (name(3), "in the [blue] one")),
    )
    claims = (*snapshot.hunt.claims, ClaimState(name(7), "quasar", "refuted", -10, stands=False))
    return fake_marks.without_hidden(replace(snapshot, marks=marks, hunt=replace(snapshot.hunt, claims=claims)))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("keys", ["jk", "h", "jvjjj"])
def test_marks_in_the_table(snap_compare: SnapCompare, size: tuple[int, int], keys: str) -> None:
    """As they are, with the hidden objects shown, and with a range begun."""
    assert snap_compare(app_of(marked()), terminal_size=size, run_before=pressing("tab", *keys))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_all_claims(snap_compare: SnapCompare, size: tuple[int, int]) -> None:
    """The third was just settled."""
    assert snap_compare(app_of(marked()), terminal_size=size, run_before=pressing("C", "j", "j", "y"))


def test_a_range_is_claimed(snap_compare: SnapCompare) -> None:
    """The treasure is asked for once."""
    assert snap_compare(app_of(marked()), run_before=pressing("tab", "v", *"jjjjj", "c"))


def test_a_note_is_written(snap_compare: SnapCompare) -> None:
    """Beginning with the one that is there."""
    assert snap_compare(app_of(marked()), run_before=pressing("tab", "N"))
