"""The search for harmful packets finds harm where there is some: a check taken out of a kernel is seen at once."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bench import fuzz
from bench.fuzz_inputs import CHANGES, make_batch, read_originals
from bench.guarded import OutOfBoundsError, guarded
from huntui.kernels import CACHE_FOLDER

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", [-1, 3, slice(-1, None), slice(0, 4), slice(2, 1), (slice(None), -1), (0, slice(0, 3))])
def test_a_guarded_array_refuses_what_numpy_lets_pass(key: object) -> None:
    """An index below 0 reads from the other end, a slice beyond the end is merely shorter."""
    array = guarded(np.arange(6).reshape(3, 2) if isinstance(key, tuple) else np.arange(3))
    with pytest.raises(OutOfBoundsError):
        array[key]
    with pytest.raises(OutOfBoundsError):
        array[key] = 1


def test_a_guarded_array_is_the_array_itself() -> None:
    """Within its bounds it reads and writes the same memory, and a slice of it may be read in pieces."""
    plain = np.arange(10)
    array = guarded(plain)
    array[9] = 5
    assert plain[9] == array[9] == 5
    assert array[4:10][0:100].tolist() == [4, 5, 6, 7, 8, 5]
    first, *_ = array
    assert first == 0


def test_the_same_seed_gives_the_same_packets() -> None:
    """So that what was found can be found again, and every way to change a packet changes it."""
    originals = read_originals(None, 4)
    one, names = make_batch(originals, 2000, Random("1 7"))
    other, _ = make_batch(originals, 2000, Random("1 7"))
    assert one.data.tobytes() == other.data.tobytes()
    assert one.ends.tolist() == other.ends.tolist()
    whole = {original.data for original in originals}
    unchanged = {name for k, name in enumerate(names) if one.data[one.starts[k] : one.ends[k]].tobytes() in whole}
    assert set(names) == set(CHANGES)
    assert "none" in unchanged
    changed = {name for k, name in enumerate(names) if one.data[one.starts[k] : one.ends[k]].tobytes() not in whole}
    assert changed == set(CHANGES) - {"none"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mode", "file", "check", "without"),
    [
        ("checked", "kernel.py", "if at < 0 or size < 0 or size > stop - at:", "if at < 0 or size < 0:"),
        ("twin", "blocks/kernel.py", "if size > end - at - SYNC_BYTES:", "if False:"),
    ],
    ids=["checked", "twin"],
)
def test_a_kernel_without_one_of_its_checks_is_caught(
    mode: str, file: str, check: str, without: str, tmp_path: Path
) -> None:
    """By the bounds check of the compiled kernels, and by the arrays of their plain twins."""
    for name in ("huntui", "bench"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    kernel = tmp_path / "huntui" / "packets" / file
    source = kernel.read_text()
    assert source.count(check) == 1
    kernel.write_text(source.replace(check, without))
    found = run(mode, tmp_path, tmp_path / "kernels")
    assert found.returncode == 1
    assert "batch" in found.stdout
    assert "OutOfBoundsError" in found.stderr or "IndexError" in found.stderr


@pytest.mark.slow
def test_kernels_that_are_not_watched_are_refused() -> None:
    """A read beyond the buffer is planted first: where it goes unseen, as with everyday ones, nothing is proved."""
    found = run("checked", ROOT, CACHE_FOLDER, NUMBA_BOUNDSCHECK="0")
    assert found.returncode == 1
    assert "was not caught" in found.stderr


def run(mode: str, project: Path, kernels: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    """Run the process that decodes, from some checkout, with the environment of a mode."""
    command = [sys.executable, "-m", "bench.fuzz_worker", mode, "--seconds", "300", "--seed", "1"]
    environment = {**os.environ, **fuzz.ENVIRONMENTS[mode], "NUMBA_CACHE_DIR": str(kernels), **changes}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_the_search_tells_what_it_tried(few_packets: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As every other measurement: a figure, a goal, and whether it is reached."""
    assert fuzz.main(["--minutes", "0.01", "--data", str(few_packets), "--json", "--seed", "3"]) == 0
    checked, twin, memory = json.loads(capsys.readouterr().out)
    assert (checked["name"], twin["name"], memory["name"]) == ("fuzz_checked", "fuzz_twin", "fuzz_memory")
    assert checked["figure"] >= 512
    assert twin["figure"] >= 1
    assert not checked["ok"]
    assert "alert" in checked["detail"]
    assert memory["ok"]


@pytest.mark.parametrize("arguments", [["--minutes", "-1"], ["--data", "/no/such/folder"], ["--seconds", "3"]])
def test_a_wrong_call_is_one_sentence(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With the exit code of a wrong call."""
    assert fuzz.main(arguments) == 2
    assert capsys.readouterr().err.count("\n") == 1
