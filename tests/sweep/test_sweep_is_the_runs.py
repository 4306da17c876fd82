"""A sweep gives what single runs give, on any number of workers, also when one is killed on the way."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from sweeping import DATES, Call, counted, files

pytestmark = pytest.mark.slow


@pytest.fixture
def killer(scheduler: str) -> threading.Thread:
    """Return a thread that kills the first worker that it sees at work on a night."""
    from distributed import Client

    def kill() -> None:
        with Client(scheduler) as client:
            pids = client.run(os.getpid)
            for _ in range(600):
                busy = [worker for worker, keys in client.processing().items() if keys]
                if busy:
                    os.kill(pids[busy[0]], signal.SIGKILL)
                    return
                time.sleep(0.05)

    return threading.Thread(target=kill)


def test_a_sweep_with_a_worker_killed_in_mid_night_is_the_single_runs(
    call: Call, scheduler: str, killer: threading.Thread, five_nights: Path, packets_dir: Path
) -> None:
    """Counts, survivors, light curves and bytes: two workers, of which one dies, one worker, and `huntui run`."""
    where = "--set", f"source.data={five_nights}"
    nights = f"{DATES[0]}..{DATES[-1]}", "--source", str(packets_dir), *where, "--json"
    runs = [counted(call("run", "--date", date, *where, "--json").out) for date in DATES]
    runs.append(counted(call("run", "--source", str(packets_dir), "--json").out))

    killer.start()
    two = call("sweep", *nights, "--scheduler", scheduler, "--rate", "400", "--name", "two")
    killer.join()
    assert two.code == 0, two.err
    assert [night["counts"] for night in two.summary["nights"]] == runs
    assert [night["outcome"] for night in two.summary["nights"]] == ["read"] * 6

    one = call("sweep", *reversed(DATES), *nights[1:], "--workers", "1", "--name", "one")
    assert one.out == two.out
    assert files("sweeps/one") == files("sweeps/two")

    assert call("sweep", *nights, "--name", "one", "--export", "one.csv").out == one.out
    assert call("run", "--source", "sweeps/one", "--export", "opened.csv").code == 0
    for export in ("one.csv", "opened.csv"):
        assert "SIMULATED: some objects in this file are invented" in Path(export).read_text()
