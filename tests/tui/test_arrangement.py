"""The places of the panels in windows of every size."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from huntui.actions import ON_SCREEN
from huntui.tui.arrangement import DETAILS, Choice, Contents, arrange

CONTENTS = Contents(stages=8, treasures=10)


@given(
    st.integers(60, 320),
    st.integers(18, 120),
    st.builds(Contents, st.integers(0, 30), st.integers(0, 40)),
    st.builds(
        Choice,
        st.sampled_from(DETAILS),
        st.none() | st.sampled_from(ON_SCREEN),
        st.integers(-300, 300),
        st.dictionaries(st.sampled_from(ON_SCREEN), st.integers(-200, 200), max_size=4),
    ),
)
def test_panels_cover_the_window_and_never_overlap(width: int, height: int, contents: Contents, choice: Choice) -> None:
    """Whatever the window, the hunt and the wishes: each cell belongs to one panel, and each panel has some room."""
    places = arrange(width, height, contents, choice)
    assert set(places) <= set(ON_SCREEN)
    assert sum(place.area for place in places.values()) == width * height
    assert not any(one.overlaps(other) for one, other in combinations(places.values(), 2))
    assert all(place.width >= 20 and place.height >= 4 for place in places.values())


def test_each_width_has_a_design_of_its_own() -> None:
    """One detail beside the table, two above each other, all of them."""
    narrow = arrange(80, 21, CONTENTS, Choice())
    medium = arrange(120, 33, CONTENTS, Choice())
    wide = arrange(200, 57, CONTENTS, Choice())
    assert [*narrow] == ["funnel", "checklist", "objects", "light-curve"]
    assert {*medium} == {*narrow, "cutouts"}
    assert {*wide} == {*ON_SCREEN}
    for places in (narrow, medium, wide):
        assert places["funnel"].height >= CONTENTS.stages + 3


def test_a_narrow_window_uses_its_height() -> None:
    """More details beside the table; in a tall one all panels have all of its width."""
    beside = arrange(80, 45, CONTENTS, Choice(detail="sky"))
    assert [*beside] == ["funnel", "checklist", "objects", "light-curve", "sky"]
    tall = arrange(60, 67, CONTENTS, Choice(detail="stage"))
    assert [*tall] == ["funnel", "checklist", "objects", "light-curve", "stage"]
    assert {place.width for place in tall.values()} == {60}
    assert min(place.height for name, place in tall.items() if name in DETAILS) >= 14
    assert {*arrange(80, 130, CONTENTS, Choice())} == {*ON_SCREEN}


def test_a_detail_that_is_asked_for_takes_the_place_of_another() -> None:
    """A narrow window shows it instead of the light curve, a wider one below the light curve."""
    for wanted in DETAILS[1:]:
        choice = Choice(detail=wanted)
        assert wanted in arrange(80, 21, CONTENTS, choice)
        assert {wanted, "light-curve"} <= {*arrange(120, 33, CONTENTS, choice)}
        assert wanted in arrange(160, 37, CONTENTS, choice)


def test_what_is_made_taller_or_wider_takes_the_room_of_its_neighbour() -> None:
    """The others stay where they are."""
    before = arrange(120, 33, CONTENTS, Choice())
    taller = arrange(120, 33, CONTENTS, Choice(taller={"funnel": 3}))
    assert taller["funnel"].height == before["funnel"].height + 3
    assert taller["objects"].height == before["objects"].height - 3
    assert {name: taller[name] for name in ("checklist", "cutouts")} == {
        name: before[name] for name in ("checklist", "cutouts")
    }
    wider = arrange(120, 33, CONTENTS, replace(Choice(), wider=4))
    assert wider["objects"].width == before["objects"].width + 4
    assert wider["cutouts"].x == before["cutouts"].x + 4
