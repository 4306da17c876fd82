"""Numbers that are looked up are as good as numbers that are drawn."""

import numpy as np

from huntui.simulate.draws import combine, mix, normal, uniform

KEYS = mix(np.arange(100_000, dtype=np.uint64))


def test_the_same_key_and_stream_give_the_same_number_whatever_stands_beside_it() -> None:
    """A number does not depend on the array that its key stands in."""
    np.testing.assert_array_equal(uniform(KEYS, 3)[500:510], uniform(KEYS[500:510].copy(), 3))
    np.testing.assert_array_equal(normal(KEYS, 3)[500:501], normal(KEYS[500:501].copy(), 3))


def test_normal_numbers_have_mean_0_spread_1_and_no_memory_of_another_stream() -> None:
    """Moments within four standard errors, and no correlation between streams or neighbouring keys."""
    one, two = normal(KEYS, 1), normal(KEYS, 2)
    assert abs(one.mean()) < 4 / np.sqrt(len(KEYS))
    assert abs(one.std() - 1.0) < 4 / np.sqrt(2 * len(KEYS))
    assert abs((one * two).mean()) < 4 / np.sqrt(len(KEYS))
    assert abs((one[1:] * one[:-1]).mean()) < 4 / np.sqrt(len(KEYS))


def test_uniform_numbers_fill_their_range_evenly_and_leave_out_its_ends() -> None:
    """Ten equal bins hold a tenth each."""
    numbers = uniform(KEYS, 5)
    assert 0.0 < numbers.min() < numbers.max() < 1.0
    shares = np.histogram(numbers, bins=10, range=(0.0, 1.0))[0] / len(numbers)
    assert np.abs(shares - 0.1).max() < 0.005


def test_pairs_of_a_key_and_an_integer_have_keys_of_their_own() -> None:
    """No two of a hundred thousand pairs collide, and the order of a pair matters."""
    pairs = combine(KEYS[:300, None], np.arange(300)[None, :])
    assert len(np.unique(pairs)) == pairs.size
