"""The leaderboard: the best first, and equal scores share a rank."""

from hypothesis import given
from hypothesis import strategies as st

from huntui.hunt.leaderboard import Entry, ranked
from huntui.hunt.state import ClaimState


def entry(player: str, score: int, *claims: ClaimState) -> Entry:
    """Return an entry that was checked."""
    return Entry(player, score, claims, checked=True)


def test_equal_scores_share_a_rank_and_the_next_one_counts_all_who_are_better() -> None:
    """Among equals the name decides who is named first."""
    board = ranked([entry("Cleo", 5), entry("Ada", 7), entry("Bob", 7), entry("Dan", -3)])
    assert [(rank, one.player) for rank, one in board] == [(1, "Ada"), (1, "Bob"), (3, "Cleo"), (4, "Dan")]


def test_nobody_makes_an_empty_board() -> None:
    """And one player is the first."""
    assert ranked([]) == []
    assert ranked([entry("Ada", -50)])[0][0] == 1


@given(st.lists(st.integers(-3, 3)))
def test_a_rank_is_one_more_than_those_who_are_better(scores: list[int]) -> None:
    """Whatever the order in which the cards come."""
    board = ranked([entry(str(k), score) for k, score in enumerate(scores)])
    assert [one.score for _, one in board] == sorted(scores, reverse=True)
    assert all(rank == 1 + sum(score > one.score for score in scores) for rank, one in board)


def test_an_entry_counts_its_claims() -> None:
    """A treasure is found once, however many objects of it are confirmed."""
    one = entry(
        "Ada", 5,
        ClaimState("a", "nova", "confirmed", 5), ClaimState("b", "nova", "confirmed", 0),
        ClaimState("c", "comet", "refuted", -10), ClaimState("d", "mira", "open", 0),
    )  # fmt: skip
    assert (one.treasures, one.right, one.wrong, one.open) == (1, 2, 1, 1)
