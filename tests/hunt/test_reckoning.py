"""The reckoning at the end of a hunt, worked out by hand."""

from small_hunts import hunt, treasure

from huntui.hunt.claims import Claims, Pair
from huntui.hunt.reckoning import ClassReckoned, TreasureReckoned, reckon
from huntui.hunt.score import score_claims
from huntui.hunt.verdict import Truth, judge

HUNT = hunt(
    treasure("supernova", "class in ('supernova Ia', 'supernova II')", points=5, goal=2),
    treasure("young", "class in ('supernova Ia', 'supernova II') and age < 5", points=25),
    treasure("nova", "class == 'nova'", points=50),
)
TRUTHS: dict[str, Truth] = {
    "ia1": {"class": "supernova Ia", "age": 30.0},
    "ia2": {"class": "supernova Ia", "age": 2.0},
    "ia3": {"class": "supernova Ia", "age": None},
    "ii1": {"class": "supernova II", "age": 50.0},
    "agn": {"class": "AGN"},
    "rock": {"class": "known asteroid"},
}


def reckoned(
    *pairs: Pair, back: tuple[Pair, ...] = (), truths: dict[str, Truth] = TRUTHS, night: tuple[str, ...] = tuple(TRUTHS)
) -> dict[str, TreasureReckoned]:
    """Return the reckoning of these claims, of which some were taken back, by treasure."""
    claims = Claims(HUNT.names)
    for pair in pairs:
        claims = claims.claim(*pair)
    for pair in back:
        claims = claims.unclaim(*pair)
    counted = score_claims(HUNT, claims, judge(HUNT, claims.tried, truths))
    return {one.name: one for one in reckon(HUNT, counted, night, truths)}


def test_completeness_is_the_share_of_what_there_is_and_purity_that_of_what_was_claimed() -> None:
    """Two of four supernovae, and two of three claims."""
    one = reckoned(("ia1", "supernova"), ("ii1", "supernova"), ("agn", "supernova"))["supernova"]
    assert (one.held, one.right, one.wrong, one.open) == (4, 2, 1, 0)
    assert (one.completeness, one.purity) == (2 / 4, 2 / 3)
    assert one.mistaken == (("AGN", 1),)


def test_a_treasure_that_several_classes_confirm_is_reckoned_by_class() -> None:
    """The class with most objects first, and what was missed of each in the order of the night."""
    one = reckoned(("ia2", "supernova"))["supernova"]
    assert one.classes == (ClassReckoned("supernova Ia", 1, ("ia1", "ia3")), ClassReckoned("supernova II", 0, ("ii1",)))
    assert [kind.completeness for kind in one.classes] == [1 / 3, 0.0]


def test_an_unknown_truth_confirms_nothing_and_is_nothing_to_miss() -> None:
    """Of the four supernovae one is young, and of one nobody can say."""
    one = reckoned()["young"]
    assert one.classes == (ClassReckoned("supernova Ia", 0, ("ia2",)),)
    assert (one.completeness, one.purity) == (0.0, None)


def test_a_treasure_that_the_night_does_not_hold_has_no_completeness() -> None:
    """A wrong claim still makes it impure."""
    one = reckoned(("rock", "nova"))["nova"]
    assert (one.held, one.completeness, one.purity, one.mistaken) == (0, None, 0.0, (("known asteroid", 1),))


def test_a_wrong_claim_that_was_taken_back_counts_as_wrong_and_a_right_one_as_missed() -> None:
    """As in the score."""
    pairs = (("ia1", "supernova"), ("rock", "supernova"))
    one = reckoned(*pairs, back=pairs)["supernova"]
    assert (one.right, one.wrong, one.completeness, one.purity) == (0, 1, 0.0, 0.0)
    assert "ia1" in one.classes[0].missed


def test_an_object_is_claimed_as_each_treasure_by_itself() -> None:
    """Claimed as a supernova it is still missed as a young one."""
    after = reckoned(("ia2", "supernova"))
    assert after["supernova"].right == 1
    assert after["young"].classes[0].missed == ("ia2",)


def test_what_was_claimed_counts_though_the_night_that_was_read_is_without_it() -> None:
    """Fewer alerts may be read than in the session before: nothing is more complete than complete."""
    one = reckoned(("ia1", "supernova"), ("ii1", "supernova"), night=("ia1", "rock"))["supernova"]
    assert (one.held, one.right, one.completeness) == (2, 2, 1.0)


def test_without_truth_claims_are_open_and_nothing_else_is_known() -> None:
    """As on a real night."""
    one = reckoned(("ia1", "supernova"), ("agn", "supernova"), truths={})["supernova"]
    assert (one.classes, one.right, one.wrong, one.open) == ((), 0, 0, 2)
    assert (one.completeness, one.purity) == (None, None)
