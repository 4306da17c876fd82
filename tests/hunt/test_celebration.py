"""What there is to celebrate between two moments of a hunt."""

from small_hunts import KINDS, TRUTH_KINDS, treasure, written

from huntui.hunt.celebration import Celebration, celebration
from huntui.hunt.claims import Claims, Pair
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.score import hunt_state
from huntui.hunt.state import HuntState
from huntui.hunt.verdict import judge

HUNT = hunt_from_mapping(
    written(
        treasure("quasar", title="Quasar", about="It flickers. It is far.", points=2, goal=2),
        treasure("nova", "class == 'nova'", title="Nova", about="It erupts. It is bright.", points=50),
        treasure("comet", "class == 'comet'", title="Comet", about="Ice and dust", points=1),
        sets=[{"name": "two", "title": "Two kinds", "treasures": ["quasar", "nova"], "points": 7}],
    ),
    "small.yaml",
    KINDS,
    TRUTH_KINDS,
)
TRUTHS = {**{f"q{k}": {"class": "AGN"} for k in range(4)}, "n": {"class": "nova"}, "c": {"class": "comet"}}


def state(*pairs: Pair, known: bool = True) -> HuntState:
    """Return the hunt with these claims."""
    claims = Claims(HUNT.names, pairs, pairs)
    return hunt_state(HUNT, claims, judge(HUNT, pairs, TRUTHS if known else {}))


def between(before: tuple[Pair, ...], new: tuple[Pair, ...], *, known: bool = True) -> Celebration | None:
    """Return what to celebrate when new claims are made."""
    return celebration(state(*before, known=known), state(*before, *new, known=known))


def test_a_confirmed_claim_is_celebrated_with_points_treasure_and_a_sentence_about_its_kind() -> None:
    """A common one with one sentence and one star."""
    assert between((), (("q1", "quasar"),)) == Celebration("+2 points · Quasar", ("q1: It flickers.",), 1)
    assert between((), (("c", "comet"),)) == Celebration(
        "+1 point · Comet", ("Comet: 1 of 1, done.", "c: Ice and dust"), 1
    )


def test_a_rare_one_is_celebrated_with_more() -> None:
    """All that there is to say, and more stars."""
    found = between((), (("n", "nova"),))
    assert found == Celebration("+50 points · Nova", ("Nova: 1 of 1, done.", "n: It erupts. It is bright."), 3)


def test_a_set_is_celebrated_with_the_treasure_that_completes_it() -> None:
    """Its points are in the sum."""
    found = between((("n", "nova"), ("q1", "quasar")), (("q2", "quasar"),))
    assert found == Celebration(
        "+9 points · Quasar", ("Set complete: Two kinds, +7.", "Quasar: 2 of 2, done.", "q2: It flickers."), 1
    )


def test_the_last_treasure_is_celebrated_as_the_last() -> None:
    """Once: what is claimed after it is not."""
    all_but_one = (("n", "nova"), ("q1", "quasar"), ("q2", "quasar"))
    last = between(all_but_one, (("c", "comet"),))
    assert last is not None
    assert last.sentences[0] == "Every treasure of this hunt is found!"
    more = between((*all_but_one, ("c", "comet")), (("q3", "quasar"),))
    assert more == Celebration("Right · Quasar", ("q3: It flickers.",), 1)


def test_several_claims_at_once_are_one_celebration_about_the_rarest() -> None:
    """With all points together."""
    found = between((), (("q1", "quasar"), ("n", "nova"), ("q2", "quasar")))
    assert found is not None
    assert (found.title, found.stars) == ("+61 points · 3 claims confirmed", 3)
    assert found.sentences[-1] == "n: It erupts. It is bright."


def test_a_wrong_an_open_and_an_old_claim_are_not_celebrated() -> None:
    """Nor is one that is taken back."""
    assert between((), (("q1", "nova"),)) is None
    assert between((), (("q1", "quasar"),), known=False) is None
    assert between((("q1", "quasar"),), ()) is None
    assert celebration(state(("q1", "quasar")), state()) is None


def test_a_claim_that_was_open_is_celebrated_when_it_is_confirmed() -> None:
    """As on a real night, where somebody settles it."""
    pair = ("n", "nova")
    found = celebration(state(pair, known=False), state(pair))
    assert found is not None
    assert found.title == "+50 points · Nova"
