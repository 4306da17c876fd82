"""`huntui cache` and `--no-cache`: what is kept of nights, said and removed."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from calling import SMALL, Huntui, Said


@pytest.fixture
def packets(here: Path, packet_files: list[Path]) -> Path:
    """Return a small night of real packets in the folder of its date."""
    folder = here / "data" / "20240707"
    folder.mkdir(parents=True)
    for path in packet_files[::45]:
        shutil.copy(path, folder)
    return folder


def counts(said: Said) -> dict[str, object]:
    """Return the printed counts without those that the clock makes."""
    report: dict[str, object] = json.loads(said.out)
    del report["seconds"], report["alerts_per_second"]
    return report


@pytest.mark.usefixtures("packets")
def test_a_second_run_says_the_same_and_that_it_came_from_the_cache(huntui: Huntui) -> None:
    """What is printed and exported is the same byte for byte; `--no-cache` reads the packets again."""
    asked = ("run", "--date", "20240707", "--json", "--cuts", "none", "--per-alert", "--overwrite", "--export", "a.csv")
    first = huntui(*asked)
    exported = Path("a.csv").read_bytes()
    for more, cached in (([], True), (["--no-cache"], False), (["--set", "cache.enabled=false"], False)):
        said = huntui(*asked, *more)
        assert (said.code, counts(said)) == (0, counts(first))
        assert Path("a.csv").read_bytes() == exported
        assert ("night cache" in said.err) == cached
    assert "night cache" not in first.err


@pytest.mark.usefixtures("packets")
@pytest.mark.parametrize("limit", ["--no-cache", "--max-alerts=9", "--max-alerts=9999", "--rate=100000"])
def test_a_limited_or_unwanted_night_is_not_kept(huntui: Huntui, user_nights: Path, limit: str) -> None:
    """Nor is one opened from the cache then."""
    asked = ("run", "--date", "20240707", limit)
    assert huntui(*asked).code == 0
    assert list(user_nights.iterdir()) == []
    assert huntui("run", "--date", "20240707").code == 0
    assert len(list(user_nights.iterdir())) == 1
    assert "night cache" not in huntui(*asked).err


def test_a_simulated_night_is_not_kept(huntui: Huntui, user_nights: Path) -> None:
    """It can be made again at any time."""
    assert huntui("run", *SMALL).code == 0
    assert list(user_nights.iterdir()) == []


def test_the_list_names_what_is_kept_the_last_used_first(huntui: Huntui, packets: Path, user_nights: Path) -> None:
    """Date, alerts, size, last use and the whole path of the source; totals go to standard error."""
    said = huntui("cache", "list")
    assert (said.code, said.out) == (0, "")
    assert f"0 nights, 0.0 MB, in {user_nights}" in said.err
    huntui("run", "--date", "20240707")
    (file,) = user_nights.iterdir()
    os.utime(file, (0, 0))
    other = packets.with_name("other \x1b[31m night")
    packets.rename(other)
    next(other.iterdir()).unlink()
    huntui("run", "--source", str(other))
    said = huntui("cache", "list")
    head, first, second = said.out.splitlines()
    assert head.split() == ["date", "alerts", "size", "last", "used", "source"]
    assert first.split()[0] == str(len(list(other.iterdir())))
    assert first.endswith(f"{packets.parent}/other �[31m night")
    assert second.split()[0] == "20240707"
    assert second.endswith(str(packets))
    assert said.err.startswith("2 nights, ")


@pytest.mark.usefixtures("packets")
def test_clear_removes_every_night(huntui: Huntui, user_nights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says how many there were."""
    monkeypatch.setattr("huntui.kernels.other_folders", list)
    huntui("run", "--date", "20240707")
    (user_nights / "left.over.part").write_bytes(b"x")
    said = huntui("cache", "clear")
    assert (said.code, said.out) == (0, "")
    assert said.err.startswith("removed 1 night (0.")
    assert list(user_nights.iterdir()) == []
    assert huntui("cache", "clear").err.startswith("removed 0 nights (0.0 MB)")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the user's cache folder cannot be chosen")
def test_clear_removes_the_kernels_of_other_versions_and_never_those_in_use(tmp_path: Path) -> None:
    """A folder that is not named like those of kernels is not touched either."""
    kernels = tmp_path / "huntui" / "kernels"
    for name in ("0123456789abcdef", "fedcba9876543210", "somebody's"):
        (kernels / name).mkdir(parents=True)
        (kernels / name / "kernel.nbc").write_bytes(b"x")
    environment = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", "from huntui.cli.main import main; main()", "cache", "clear"],
        env=environment | {"XDG_CACHE_HOME": str(tmp_path)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "2 other versions" in done.stderr
    left = {path.name for path in kernels.iterdir()}
    assert "somebody's" in left
    assert not left & {"0123456789abcdef", "fedcba9876543210"}
    assert len(left) == 2


def test_a_limit_of_nothing_is_refused(huntui: Huntui) -> None:
    """Whoever wants no cache switches it off."""
    said = huntui("run", *SMALL, "--set", "cache.max_gb=0")
    assert said.code == 2
    assert "max_gb" in said.err
