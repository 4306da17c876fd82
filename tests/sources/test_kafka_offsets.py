"""How far a reader is in each partition, and what it may commit."""

import numpy as np

from huntui.packets.batch import Int64s
from huntui.sources.kafka.offsets import Offsets
from huntui.sources.stream import PartitionState, StreamState


def at(*pairs: tuple[int, int]) -> tuple[Int64s, Int64s]:
    """Return partitions and offsets of packets."""
    where = np.array(pairs, np.int64).reshape(-1, 2)
    return where[:, 0], where[:, 1]


def reading(*numbers: int) -> Offsets:
    """Return the offsets of a reader of some partitions."""
    offsets = Offsets()
    offsets.assign(dict.fromkeys(numbers))
    return offsets


def test_a_partition_is_at_its_end_until_more_comes() -> None:
    """All of them must be; a reader without partitions is at no end."""
    offsets = reading(0, 1)
    offsets.took(*at((0, 5), (0, 6)))
    offsets.reached_end(0, 7)
    assert not offsets.at_end
    offsets.reached_end(1, 0)
    assert offsets.at_end
    offsets.took(*at((0, 7)))
    assert not offsets.at_end
    assert not Offsets().at_end
    assert offsets.states() == (PartitionState(0, 8, 7, 5), PartitionState(1, 0, 0, 0))


def test_what_was_skipped_is_told_once() -> None:
    """A gap behind what was read was removed by the broker; where a reader begins there is none."""
    offsets = reading(0, 1)
    assert offsets.took(*at((0, 100), (1, 3), (0, 101))) == []
    assert offsets.took(*at((0, 105), (1, 4))) == [(0, 102, 105)]
    assert offsets.took(*at((0, 106))) == []


def test_only_what_is_on_disk_of_own_partitions_is_committed() -> None:
    """The offset behind the last one; not what another reads now, and nothing before the place where it began anew."""
    offsets = reading(0, 1)
    offsets.took(*at((0, 10), (0, 11), (1, 20)))
    assert offsets.on_disk(np.array([[0, 10], [0, 11], [1, 20]])) == {0: 12, 1: 21}
    offsets.revoke([1])
    assert offsets.on_disk(np.array([[0, 11], [1, 20]])) == {0: 12}
    offsets.assign({1: None})
    assert offsets.on_disk(np.array([[1, 20]])) == {}
    offsets.took(*at((1, 50)))
    assert offsets.on_disk(np.array([[1, 20]])) == {}
    assert offsets.on_disk(np.array([[1, 50]])) == {1: 51}
    assert offsets.next_of(1) == 51


def test_an_end_that_nobody_told_is_known_from_the_bounds() -> None:
    """Of what was read to its last packet, of what was read before, and of what is empty; not of what is unknown."""
    offsets = Offsets()
    offsets.assign({0: None, 1: 7, 2: None})
    offsets.took(*at((0, 4)))
    for number, begin, end in ((0, 0, 5), (1, 3, 7), (2, 9, 9)):
        offsets.settle()
        assert not offsets.at_end
        offsets.bounds(number, begin, end)
    offsets.settle()
    assert offsets.at_end
    offsets.assign({3: None})
    offsets.settle()
    assert not offsets.at_end


def test_how_much_was_read_is_known_where_all_ends_are() -> None:
    """The share of what there is to read from where the reader began, and what waits."""
    state = StreamState(partitions=(PartitionState(0, 60, 100, 20), PartitionState(1, 10, 10, 10)))
    assert (state.behind, state.fraction) == (40, 0.5)
    assert StreamState(partitions=(PartitionState(0, 60, None, 20),)).fraction is None
    assert StreamState().fraction is None


def test_sentences_are_counted_although_only_the_last_are_kept() -> None:
    """Whoever has heard some of them is told the rest."""
    state = StreamState()
    for number in range(70):
        state = state.saying(f"{number}")
    assert (len(state.said), state.said_in_all) == (50, 70)
    assert state.said_since(68) == ("68", "69")
    assert state.said_since(70) == ()
    assert len(state.said_since(0)) == 50
