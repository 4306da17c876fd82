"""The score card as plain values: it comes back as it was, and whatever is wrong in it is one sentence."""

import json
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_hunts import HUNT, played

from huntui import strict_json
from huntui.errors import CardError
from huntui.hunt.score import hunt_state
from huntui.hunt.state import SetState
from huntui.session.card import (
    FORMAT,
    LONGEST_PLAYER,
    MAX_ALERTS,
    HuntPart,
    NightPart,
    card_from_plain,
    card_to_plain,
    player_name,
)
from huntui.session.commands import Claim, TurnKnob, Unclaim

NIGHT = NightPart(date="20240707", simulated=True, seed=3, alerts=500, generator=1)
VERDICTS = {("ZTF24aa", "nova"): "confirmed", ("ZTF24bb", "nova"): "refuted", ("ZTF24bb", "quasar"): "open"}


def plain(player: str = "Ada") -> dict[str, Any]:
    """Return the card of a hunt with claims under three sets of cuts, one of them taken back."""
    session = played(
        Claim("ZTF24aa", "nova"), TurnKnob("real", "drb_min", 1), Claim("ZTF24bb", "nova"),
        Unclaim("ZTF24bb", "nova"), Claim("ZTF24bb", "quasar"), Claim("ZTF24cc", "nova"), Unclaim("ZTF24cc", "nova"),
    )  # fmt: skip
    state = hunt_state(HUNT, session.claims, VERDICTS)
    hunt = HuntPart(name="small", digest="0" * 64)
    return json.loads(json.dumps(card_to_plain(player, hunt, NIGHT, session.memory, state)))


def signed(values: dict[str, Any]) -> dict[str, Any]:
    """Return a card with the digest that fits it."""
    rest = {key: value for key, value in values.items() if key != "digest"}
    return rest | {"digest": strict_json.digest(rest)}


def test_a_card_comes_back_as_it_was() -> None:
    """Each set of cuts once, the claims that count in their order, and which of them was made under which."""
    card = card_from_plain(plain(), "a.json")
    assert card.pairs == (("ZTF24aa", "nova"), ("ZTF24bb", "nova"), ("ZTF24bb", "quasar"))
    assert [(claim.verdict, claim.points) for claim in card.claims] == [("confirmed", 1), ("refuted", -1), ("open", 0)]
    assert card.under == (0, 1, 1)
    assert [cuts.stage("real").knob("drb_min").value for cuts in card.cuts] == [0.65, 0.7]
    assert (card.player, card.score, card.night) == ("Ada", 0, NIGHT)
    assert signed(plain()) == plain()


def test_a_set_that_is_complete_is_on_the_card() -> None:
    """With the points it brings; one that is not complete is not."""
    session = played(Claim("ZTF24aa", "nova"))
    both, rest = SetState("both", "Both", ("nova", "quasar"), 7, 2), SetState("rest", "Rest", ("nova", "quasar"), 9, 1)
    state = replace(hunt_state(HUNT, session.claims, VERDICTS), sets=(both, rest))
    values = card_to_plain("Ada", HuntPart(name="small", digest="0" * 64), NIGHT, session.memory, state)
    assert values["bonuses"] == [{"name": "both", "points": 7}]


def test_the_order_of_keys_makes_no_difference() -> None:
    """Whatever wrote the file again in between."""
    backwards = json.loads(json.dumps(plain(), sort_keys=True))
    assert card_from_plain(dict(reversed(backwards.items())), "a.json").score == 0


def without(key: str) -> dict[str, Any]:
    """Return a card that lacks a key."""
    return signed({name: value for name, value in plain().items() if name != key})


def night(change: dict[str, Any]) -> dict[str, Any]:
    """Return a card of another night."""
    return signed(plain() | {"night": NIGHT.model_dump() | change})


def cuts(*stages: dict[str, Any]) -> dict[str, Any]:
    """Return a card with one set of cuts."""
    return signed(plain() | {"cuts": [{"stages": list(stages)}]})


CLAIM = {"object": "ZTF24dd", "treasure": "nova", "cuts": 0, "verdict": "confirmed", "points": 1}
WRONG = {
    "no card": ([], "is no score card; `huntui score --date YYYYMMDD` writes one."),
    "no number": (plain() | {"huntui_score": True}, "is no score card"),
    "newer": (plain() | {"huntui_score": FORMAT + 1}, "was written by a newer huntui."),
    "the score": (plain() | {"score": 50}, "its digest does not fit"),
    "the player": (plain() | {"player": "Bob"}, "its digest does not fit"),
    "a claim": (plain() | {"claims": [*plain()["claims"], CLAIM]}, "its digest does not fit"),
    "a number that became another kind": (plain() | {"score": 0.0}, "score must be a whole number, not 0.0."),
    "a key more": (signed(plain() | {"more": 1}), "there is no key more"),
    "a key less": (without("night"), "the file lacks the key night."),
    "no digest": (plain() | {"digest": "abc"}, "digest must be 64 hexadecimal digits, not 'abc'."),
    "a hunt with a path": (
        signed(plain() | {"hunt": {"name": "../../etc/x", "digest": "0" * 64}}), "hunt.name must be",
    ),
    "text for a number": (signed(plain() | {"score": "0"}), "score must be a whole number, not '0'."),
    "a score beyond all": (signed(plain() | {"score": 10**10}), "score must be less than or equal to 1000000000"),
    "a name without end": (signed(plain() | {"player": "a" * 100_000}), "player must be"),
    "no name": (signed(plain() | {"player": ""}), "player must be text, not empty"),
    "cuts that are nowhere": (
        signed(plain() | {"claims": [CLAIM | {"cuts": 2}]}), "claims[0].cuts is 2, but there are 2 sets of cuts.",
    ),
    "a claim twice": (
        signed(plain() | {"claims": [CLAIM, CLAIM]}), "claims[1]: ZTF24dd is claimed as nova twice.",
    ),
    "another verdict": (signed(plain() | {"claims": [CLAIM | {"verdict": "right"}]}), "claims[0].verdict must be"),
    "cuts that run": (
        cuts({"name": "a", "keep": "__import__('os')"}), "cuts[0]: stages[0].keep",
    ),
    "cuts of another kind": (signed(plain() | {"cuts": [5]}), "cuts[0] must be a section"),
    "cuts without end": (
        signed(plain() | {"cuts": [{"stages": [1] * 20_000}, {"stages": [1]}]}), "more than 20,000 stages together.",
    ),
    "nested cuts": (cuts({"knobs": [[[[]]]]}), "cuts[0]: stages[0]"),
    "no seed": (night({"seed": None}), "has a date, a seed and a generator."),
    "no night": (night({"date": "20241399"}), "night.date: '20241399' is not"),
    "a night of old": (night({"date": "19990101"}), "No night can be simulated"),
    "a night without end": (
        night({"alerts": MAX_ALERTS + 1}), "night.alerts must be at most 250,000",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_card_is_one_sentence(name: str) -> None:
    """With the file and the place in it."""
    values, words = WRONG[name]
    with pytest.raises(CardError) as caught:
        card_from_plain(values, "a.json")
    assert str(caught.value).startswith("a.json: ")
    assert words in str(caught.value)
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Ada", "Ada"),
        ("  Ada \n Lovelace\t", "Ada Lovelace"),
        ("[bold]Ada[/] {0} %s", "[bold]Ada[/] {0} %s"),
        ("\x1b[2JAda\x07", "�[2JAda�"),
        ("Ada\u202egnp.exe", "Ada�gnp.exe"),
        ("é 界", "é 界"),
        ("a" * 500, "a" * LONGEST_PLAYER),
    ],
)
def test_a_name_is_free_text_without_what_moves_a_cursor(given_name: str, name: str) -> None:
    """In the card that is written, and in one that somebody else wrote."""
    assert player_name(given_name) == plain(given_name)["player"] == name
    values = signed(plain() | {"player": given_name[:LONGEST_PLAYER].strip()})
    assert card_from_plain(values, "a.json").player.isprintable()


def test_nobody_is_no_player() -> None:
    """The sentence says what to give."""
    with pytest.raises(CardError, match="give the name that shall stand on the card"):
        player_name(" \t ")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.data())
def test_any_values_in_any_place_are_a_card_or_a_sentence(data: st.DataObject) -> None:
    """And nothing else: a card of somebody who means harm never ends the leaderboard."""
    values = plain()
    place = data.draw(st.sampled_from([*values, *(("night", key) for key in values["night"])]))
    if isinstance(place, tuple):
        values[place[0]][place[1]] = data.draw(json_values)
    else:
        values[place] = data.draw(json_values)
    values = signed(values) if place != "digest" else values
    with suppress(CardError):
        assert card_from_plain(values, "a.json").player.isprintable()
