"""The simulated queue gives what is known exactly of queues that are simple enough."""

import json
from math import inf

import numpy as np
import pytest

from bench.__main__ import main
from bench.queueing import Traffic, arrivals, serve, simulate, through
from bench.rubin import bars
from bench.sizes import Sizes

FAST = 1e15
"""Bits per second of a network that takes no time."""


def test_alerts_that_come_at_once_wait_one_after_the_other() -> None:
    """With a batch of one packet and constant service the k-th is done after k services."""
    done = serve(np.zeros(50), lambda: 0.5, most=1, poll=0.0).done
    np.testing.assert_allclose(done, 0.5 * np.arange(1, 51))


def test_a_batch_is_done_as_a_whole() -> None:
    """Whatever of it came first waits for the rest."""
    done = serve(np.zeros(10), lambda: 1.0, most=4, poll=0.0).done
    np.testing.assert_allclose(done, [4, 4, 4, 4, 8, 8, 8, 8, 10, 10])


@pytest.mark.parametrize("load", [0.3, 0.7])
def test_the_mean_wait_is_that_of_m_d_1(load: float) -> None:
    """Poisson arrivals and constant service wait load × service / (2 (1 - load)): Pollaczek and Khinchine."""
    random = np.random.default_rng(7)
    came = np.cumsum(random.exponential(1.0, 40_000))
    waits = serve(came, lambda: load, most=1, poll=0.0).done - came - load
    assert waits.mean() == pytest.approx(load * load / (2 * (1 - load)), rel=0.03)


def test_a_batch_waits_to_be_full_but_not_for_longer_than_a_poll() -> None:
    """A reader that asks at 0 gets what came within a quarter of a second, and asks again."""
    came = np.array([0.1, 0.2, 0.3, 9.0])
    np.testing.assert_allclose(serve(came, lambda: 0.0, most=2, poll=0.25).done, [0.2, 0.2, 0.45, 9.2])


def test_what_a_dead_core_had_in_work_is_done_afterwards() -> None:
    """And takes its whole time again; nothing is lost."""
    served = serve(np.array([0.0, 1.0, 30.0]), lambda: 2.0, most=1, poll=0.0, dead=(3.0, 20.0))
    np.testing.assert_allclose(served.done, [2.0, 22.0, 32.0])
    assert served.busy == pytest.approx(2.0 + 1.0 + 2.0 + 2.0)


def test_a_network_carries_one_packet_after_the_other() -> None:
    """A burst leaves it at its own speed, and what comes later is not held up."""
    np.testing.assert_allclose(through(np.array([0.0, 0.0, 0.0, 9.0]), 1.0), [1.0, 2.0, 3.0, 10.0])
    sent, came = arrivals(Traffic("", (100, 0, 50), 5.0, 8e3), 100.0, np.random.default_rng(1))
    assert (len(sent), len(came)) == (150, 150)
    assert ((came - sent) >= 0.1 - 1e-9).all()
    assert (sent[100:] >= 78.0).all()


def test_cores_share_the_work_and_a_seed_repeats_it() -> None:
    """Every alert is done once, and with four cores each works a quarter of the time."""
    traffic = Traffic("", (4_000,) * 5, 5.0, FAST)
    one, four = (simulate(traffic, cores, [1e-3], 100.0, seed=3) for cores in (1, 4))
    assert one.busy == pytest.approx(20_000 * 1e-3 / 195, rel=0.01)
    assert four.busy == pytest.approx(one.busy / 4, rel=0.01)
    assert four.longest < one.longest
    assert one == simulate(traffic, 1, [1e-3], 100.0, seed=3)
    assert one != simulate(traffic, 1, [1e-3], 100.0, seed=4)
    assert one.waiting[-1] == 0


def test_cores_that_are_too_slow_never_drain() -> None:
    """The backlog grows from visit to visit."""
    slow = simulate(Traffic("", (1_000,) * 6, 5.0, FAST), 1, [0.05], 100.0, seed=1)
    assert slow.busy > 0.95
    assert slow.drained > 39
    assert slow.backlog > 1_500


def test_a_core_that_dies_holds_up_its_own_partitions_only() -> None:
    """With two cores half of the alerts wait, and as many are done as without."""
    traffic = Traffic("", (2_000,) * 4, 5.0, FAST)
    well, ill = (simulate(traffic, 2, [1e-4], 100.0, seed=1, dead=dead) for dead in ((inf, inf), (38.0, 98.0)))
    assert well.longest < 1
    assert 50 < ill.longest <= 60.1
    assert ill.p50 < 1
    assert ill.backlog == pytest.approx(2_000, rel=0.1)


@pytest.mark.slow
def test_the_whole_of_it_is_printed_and_the_same_every_time(capsys: pytest.CaptureFixture[str]) -> None:
    """A table of traffics and cores, or JSON with the same; a wrong call is one sentence."""
    sizes = Sizes(visits=6)
    printed = []
    for _ in range(2):
        assert main(["rubin", "--microseconds", "400", "--json"], sizes) == 0
        printed.append(capsys.readouterr().out)
    assert printed[0] == printed[1]
    found = {(one["traffic"], one["cores"]): one for one in json.loads(printed[0])["outcomes"]}
    assert {cores for _, cores in found} == {1, 2, 4, 8}
    assert found["plane", 1]["p99"] > found["usual", 1]["p99"]
    assert found["1 Gbit/s", 8]["drained"] > found["plane", 8]["drained"]
    assert main(["rubin", "--microseconds", "0"], sizes) == 2
    assert "bench: " in capsys.readouterr().err


def test_bars_show_whatever_is_there() -> None:
    """The least that waits is a bar, and nothing is none."""
    assert bars([0, 1, 50, 100], 100) == " ▁▄█"
    assert bars([0] * 500, 0) == " " * 100


@pytest.mark.slow
def test_what_a_batch_takes_is_measured(few_packets: object, capsys: pytest.CaptureFixture[str]) -> None:
    """With real packets, and told with their size."""
    sizes = Sizes(originals=40, files=600, rounds=1, visits=6)
    assert main(["rubin", "--data", str(few_packets)], sizes) == 0
    out = capsys.readouterr().out
    assert "µs per packet" in out
    assert "a core dies" in out
