"""A hunt in a few lines to share: score, squares and hints, and nothing that names what there is to find."""

from dataclasses import replace

from small_hunts import hunt, treasure

from huntui.hunt.claims import Claims
from huntui.hunt.score import hunt_state
from huntui.hunt.share import possible, share_text
from huntui.hunt.state import HuntState

HUNT = hunt(
    treasure("supernova", points=5, goal=2, hints=["Look."]),
    treasure("comet", points=10),
    treasure("mira", points=1, goal=3),
)


def played() -> HuntState:
    """Return a hunt in which one treasure is found, one in part, and one claim was wrong."""
    claims = Claims(HUNT.names)
    for pair in (("ZTF24a", "supernova"), ("ZTF24b", "comet"), ("ZTF24c", "mira")):
        claims = claims.claim(*pair)
    verdicts = {("ZTF24a", "supernova"): "confirmed", ("ZTF24b", "comet"): "confirmed", ("ZTF24c", "mira"): "refuted"}
    return hunt_state(HUNT, claims, verdicts, hints=(("supernova", 1),))  # type: ignore[arg-type]


def test_it_says_how_far_somebody_came() -> None:
    """Squares in the order of the checklist."""
    lines = share_text(played(), "20240707", simulated=True).splitlines()
    assert lines == ["huntui · small · 20240707 simulated", "13 of 23 points · 1 hint", "▣■□"]
    assert possible(played()) == 5 * 2 + 10 + 3


def test_it_spoils_nothing() -> None:
    """No object, no treasure, no title."""
    text = share_text(played(), None, simulated=False)
    assert text.startswith("huntui · small · real\n")
    assert not [word for word in ("ZTF", *HUNT.names, "A title") if word in text]


def test_many_treasures_stand_in_groups_and_lines() -> None:
    """Five and twenty."""
    state = played()
    many = replace(state, treasures=state.treasures[1:2] * 23)
    assert share_text(many, "20240707", simulated=True).splitlines()[2:] == ["■■■■■ ■■■■■ ■■■■■ ■■■■■", "■■■"]
