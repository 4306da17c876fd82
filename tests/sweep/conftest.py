"""Five simulated nights in folders, a cluster of two workers, and how a sweep is called."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sweeping import ALERTS, DATES, Call, Called

from huntui.cli.main import exit_code
from huntui.simulate.files import write_night
from huntui.simulate.night import SimulatedNight


@pytest.fixture(scope="session")
def five_nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with five nights."""
    data = tmp_path_factory.mktemp("nights") / "data"
    for date in DATES:
        write_night(SimulatedNight(date, None, ALERTS), data / date, False, lambda _: None)
    return data


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """Return the address of a cluster of two workers, each a process of its own."""
    import dask
    import distributed

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 2}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit="2GB", dashboard_address="127.0.0.1:0", silence_logs=60
        ) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that calls huntui in an empty directory, with no night cache."""
    monkeypatch.chdir(tmp_path)

    def huntui(*arguments: str) -> Called:
        capsys.readouterr()
        code = exit_code([*arguments, "--no-cache"])
        captured = capsys.readouterr()
        return Called(code, captured.out, captured.err)

    return huntui
