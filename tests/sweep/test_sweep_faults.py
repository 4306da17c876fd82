"""Whatever happens to a night, a worker, the scheduler or the sweep: what is whole stays, the rest is done again."""

import os
import shutil
import signal
import subprocess
import sys
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from ports import free_port
from sweeping import DATES, Call, files

pytestmark = pytest.mark.slow


@pytest.fixture
def data(five_nights: Path, tmp_path: Path) -> Path:
    """Return a data folder with two whole nights, one cut short, one without alerts, and one that is nonsense."""
    folder = tmp_path / "data"
    for date in DATES[:2]:
        shutil.copytree(five_nights / date, folder / date)
    whole = tmp_path / "whole.tar"
    with tarfile.open(whole, "w") as tar:
        tar.add(five_nights / DATES[2], "night")
    cut = whole.read_bytes()
    (folder / f"ztf_public_{DATES[2]}.tar").write_bytes(cut[: len(cut) // 2])
    with tarfile.open(folder / f"ztf_public_{DATES[3]}.tar.gz", "w:gz"):
        pass
    (folder / f"ztf_public_{DATES[4]}.tar").write_bytes(b"nonsense" * 1000)
    return folder


def outcomes(summary: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """Return the outcome of each night by its name."""
    return {night["name"]: night["outcome"] for night in summary["nights"]}


def test_every_night_has_an_outcome_and_only_what_is_not_whole_is_done_again(
    call: Call, scheduler: str, data: Path, five_nights: Path
) -> None:
    """A broken night counts as far as it was read, an empty one is no failure, and a night that is there stays."""
    again = "sweep", "20240701..20240706", "--set", f"source.data={data}", "--scheduler", scheduler, "--json"
    first = call(*again)
    assert outcomes(first.summary) == dict(
        zip([*DATES, "20240706"], ["read", "read", "broken", "empty", "failed", "missing"], strict=True)
    )
    assert first.code == 1
    assert "breaks off after" in first.err
    assert "Of 6 nights 3 could not be had as a whole" in first.err
    broken = first.summary["nights"][2]["counts"]["alerts"]
    assert 0 < broken < 200
    assert first.summary["totals"]["alerts"] == 400 + broken

    before = files("sweeps")
    (data / f"ztf_public_{DATES[2]}.tar").unlink()
    shutil.copytree(five_nights / DATES[2], data / DATES[2])
    second = call(*again)
    assert outcomes(second.summary)[DATES[2]] == "read"
    assert [line.endswith("done before") for line in second.err.splitlines() if line.startswith("2024")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert second.summary["totals"]["alerts"] == 600
    unchanged = [name for name, content in files("sweeps").items() if before.get(name) == content]
    assert {f"20240701-20240706/nights/{date}.tar" for date in (*DATES[:2], DATES[3])} <= set(unchanged)


def test_a_night_that_has_changed_is_done_again_and_fresh_does_all(call: Call, scheduler: str, data: Path) -> None:
    """A packet fewer is another night; the results that are there are not looked at when a fresh sweep is wanted."""
    again = "sweep", f"{DATES[0]}..{DATES[1]}", "--set", f"source.data={data}", "--scheduler", scheduler, "--json"
    assert call(*again).err.count("done before") == 0
    assert call(*again).err.count("done before") == 2
    next((data / DATES[1]).glob("*.avro")).unlink()
    changed = call(*again)
    assert changed.err.count("done before") == 1
    assert changed.summary["totals"]["alerts"] == 399
    assert call(*again, "--fresh").err.count("done before") == 0


def test_another_question_does_not_go_into_the_same_folder(call: Call, scheduler: str, data: Path) -> None:
    """Results of other cuts are not overwritten unasked."""
    again = "sweep", DATES[0], "--set", f"source.data={data}", "--scheduler", scheduler
    assert call(*again).code == 0
    other = call(*again, "--cuts", "none")
    assert other.code == 2
    assert "holds another sweep" in other.err
    assert call(*again, "--cuts", "none", "--fresh").code == 0


def test_a_night_that_kills_its_workers_is_given_up_and_the_others_are_read(
    call: Call, scheduler: str, data: Path
) -> None:
    """What takes down one worker after the other is the outcome of its night alone."""
    from distributed import Client

    stop = threading.Event()

    def kill() -> None:
        killed: set[str] = set()
        with Client(scheduler) as client:
            while not stop.wait(0.05):
                at_work = {
                    worker for worker, keys in client.processing().items() if any(DATES[0] in key for key in keys)
                }
                for worker in at_work - killed:  # one that was killed is at work until the scheduler hears of it
                    with suppress(OSError):
                        for pid in client.run(os.getpid, workers=[worker], on_error="ignore").values():
                            os.kill(pid, signal.SIGKILL)
                            killed.add(worker)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        swept = call(
            "sweep", f"{DATES[0]}..{DATES[1]}", "--set", f"source.data={data}", "--scheduler", scheduler,
            "--rate", "40", "--json",
        )  # fmt: skip
    finally:
        stop.set()
        killer.join()
    assert outcomes(swept.summary)[DATES[0]] == "failed"
    assert "workers died while they read it" in swept.summary["nights"][0]["why"]


def huntui(*arguments: str) -> "subprocess.Popen[str]":
    """Start huntui in a process group of its own, as a terminal would."""
    return subprocess.Popen(
        [sys.executable, "-m", "huntui", *arguments, "--no-cache"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def until(process: "subprocess.Popen[str]", words: str) -> None:
    """Read what a process says until it says some words."""
    assert process.stderr is not None
    assert any(words in line for line in process.stderr), words


def test_a_sweep_that_is_interrupted_goes_on_where_it_was(call: Call, data: Path) -> None:
    """Ctrl-C keeps what is whole, says how to go on, and leaves no process and no copy behind."""
    import psutil

    again = "sweep", f"{DATES[0]}..{DATES[1]}", "--set", f"source.data={data}", "--workers", "1"
    process = huntui(*again, "--rate", "150")
    until(process, f"{DATES[0]}  ")
    workers = psutil.Process(process.pid).children(recursive=True)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same call goes on from there" in said
    assert "Traceback" not in said
    assert workers
    psutil.wait_procs(workers, timeout=20)
    assert [one for one in workers if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    assert [path.name for path in Path("sweeps/20240701-20240702/nights").iterdir()] == [f"{DATES[0]}.tar"]
    after = call(*again, "--json")
    assert after.code == 0
    assert after.err.count("done before") == 1


@contextmanager
def scheduler_at(port: int) -> "Iterator[subprocess.Popen[bytes]]":
    """Run a scheduler and a worker until the block ends, however it ends."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    address = f"tcp://127.0.0.1:{port}"
    started = [
        subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
                          "--port", str(port), "--no-dashboard"], **quiet),
        subprocess.Popen([sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1",
                          "--no-dashboard", "--death-timeout", "60"], **quiet),
    ]  # fmt: skip
    try:
        yield started[0]
    finally:
        for one in started:
            one.kill()
            one.wait()


def test_a_scheduler_that_is_restarted_is_found_again(data: Path, tmp_path: Path) -> None:
    """What was done before is kept, and the rest is done by the new one."""
    port = free_port()
    with scheduler_at(port):
        process = subprocess.Popen(
            [sys.executable, "-m", "huntui", "sweep", f"{DATES[0]}..{DATES[1]}", "--no-cache", "--rate", "100",
             "--set", f"source.data={data}", "--scheduler", f"tcp://127.0.0.1:{port}", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path,
        )  # fmt: skip
        until(process, f"{DATES[0]}  ")
    until(process, "looked for again")
    with scheduler_at(port):
        out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert '"alerts": 400' in out


def test_a_scheduler_that_was_never_there_ends_the_sweep_in_a_sentence(
    call: Call, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be about to be started, and is looked for, but not for as long as one that was there."""
    monkeypatch.setattr("huntui.sweep.cluster._FIRST_SECONDS", 0.0)
    address = f"tcp://127.0.0.1:{free_port()}"
    said = call("sweep", DATES[0], "--set", f"source.data={data}", "--scheduler", address)
    assert said.code == 1
    assert said.err.splitlines()[-1] == f"huntui: There is no scheduler at {address}."
