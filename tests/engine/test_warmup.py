"""Kernels are compiled once, in a child, into a cache that can do no harm."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import os
from huntui.engine.warmup import KERNELS, PARTS, compiled, warm_up
from huntui.kernels import CACHE_FOLDER
said = []
warm_up(said.append)
rises = said == sorted(set(said))
whole = said[-1:] in ([], [KERNELS]) and compiled() == KERNELS
marked = all((CACHE_FOLDER / part).exists() for part in PARTS)
print(len(said), rises, whole, marked, os.environ["NUMBA_CACHE_DIR"])
"""


def warm_up(**environment: str) -> list[str]:
    """Warm up in a fresh interpreter and return what it found."""
    values = {key: value for key, value in os.environ.items() if key not in ("NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT")}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=values | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def kernels_elsewhere(folder: Path) -> tuple[dict[str, str], Path]:
    """Return an environment with a cache folder of its own that has all kernels: copied, compiling takes long."""
    *_, compiled = warm_up()
    environment = {"XDG_CACHE_HOME": str(folder), "HOME": str(folder)}
    kernels = folder / "huntui" / "kernels" / Path(compiled).name
    shutil.copytree(compiled, kernels)
    return environment, kernels


@pytest.mark.slow
def test_what_is_missing_is_compiled_and_the_next_run_does_not(tmp_path: Path) -> None:
    """It says how far it has come, and the cache is named by what it was made from."""
    environment, kernels = kernels_elsewhere(tmp_path)
    (kernels / "simulate").unlink()
    for folder in kernels.glob("simulate_*"):
        shutil.rmtree(folder)
    said, *found = warm_up(**environment)
    assert int(said) >= 1
    assert found == ["True", "True", "True", str(kernels)]
    assert warm_up(**environment) == ["0", "True", "True", "True", str(kernels)]


@pytest.mark.slow
def test_damage_to_the_cache_is_mended_by_compiling_everything_anew(tmp_path: Path) -> None:
    """As on the first run."""
    environment, kernels = kernels_elsewhere(tmp_path)
    for path in kernels.rglob("*.nb[ic]"):
        path.write_bytes(path.read_bytes()[:40])
    said, *found = warm_up(**environment)
    assert int(said) > 2
    assert found == ["True", "True", "True", str(kernels)]
    assert warm_up(**environment) == ["0", "True", "True", "True", str(kernels)]


def test_a_cache_folder_that_cannot_be_made_is_replaced_by_a_temporary_one(tmp_path: Path) -> None:
    """Where the user's cache folder is a file, kernels are kept elsewhere and nothing is said of it."""
    (tmp_path / "cache").write_text("in the way")
    values = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    values |= {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    script = "import os, huntui.kernels; print(os.environ['NUMBA_CACHE_DIR'])"
    done = subprocess.run([sys.executable, "-c", script], env=values, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).is_relative_to(tmp_path)
    assert Path(done.stdout.strip()).is_dir()
