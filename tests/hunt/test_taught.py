"""What a player's judgement is worth as labels."""

from huntui.hunt.state import Verdict
from huntui.hunt.taught import classes_taught

OTHER = "other"


def taught(claims: list[tuple[str, str, Verdict]], hidden: tuple[str, ...] = ()) -> dict[str, str]:
    """Return the classes that claims and hidden objects teach."""
    return classes_taught([((name, treasure), verdict) for name, treasure, verdict in claims], hidden, OTHER)


def test_a_claim_that_is_not_refuted_is_its_treasure() -> None:
    """On a real night claims stay open, and the player's word is all there is."""
    claims: list[tuple[str, str, Verdict]] = [("a", "supernova", "confirmed"), ("b", "asteroid", "open")]
    assert taught(claims) == {"a": "supernova", "b": "asteroid"}


def test_what_was_refuted_or_hidden_is_something_else() -> None:
    """A hidden object that is claimed is what it is claimed as."""
    claims: list[tuple[str, str, Verdict]] = [("a", "supernova", "refuted"), ("b", "supernova", "open")]
    assert taught(claims, ("b", "c")) == {"a": OTHER, "b": "supernova", "c": OTHER}


def test_of_several_claims_the_first_that_is_confirmed_counts() -> None:
    """A refuted one says nothing where another stands; without any confirmed one the first open one counts."""
    claims: list[tuple[str, str, Verdict]] = [
        ("a", "nova", "refuted"),
        ("a", "comet", "open"),
        ("a", "supernova", "confirmed"),
        ("b", "nova", "open"),
        ("b", "comet", "open"),
    ]
    assert taught(claims) == {"a": "supernova", "b": "nova"}
