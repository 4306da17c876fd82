"""Start-up imports nothing heavy; each test asks a fresh interpreter."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "numba",
    "numpy",
    "textual",
    "pydantic",
    "plotext",
    "fastavro",
    "yaml",
    "asyncio",
    "httpx",
    "astropy",
    "pyarrow",
    "dask",
    "distributed",
    "fsspec",
)

SCREENS = Path(__file__).parents[1] / "huntui" / "tui" / "screens"


def modules_after(code: str) -> set[str]:
    """Return the top-level names of all modules that are loaded after `code` ran in a fresh interpreter."""
    return {name.split(".")[0] for name in names_after(code)}


def names_after(code: str) -> set[str]:
    """Return the full names of these modules."""
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines())


def test_a_fresh_interpreter_shows_what_is_imported() -> None:
    """The probe itself works: what is imported is seen."""
    assert "yaml" in modules_after("import yaml")


def test_the_package_imports_nothing_heavy_until_a_night_is_opened() -> None:
    """`import huntui` is free, and its names are known to whoever completes them."""
    assert not modules_after("import huntui\nassert 'open_night' in dir(huntui)") & {*HEAVY, "click"}


def test_the_command_line_imports_nothing_heavy() -> None:
    """`import huntui.cli.main` costs click and nothing else of size."""
    assert not modules_after("import huntui.cli.main") & set(HEAVY)


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["run", "--help"], ["init", "--help"], ["fetch", "--help"], ["sweep", "--help"], ["--version"]],
)
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    """Help comes at once, for every subcommand."""
    loaded = modules_after(f"from huntui.cli.main import exit_code\nassert exit_code({arguments!r}) == 0")
    assert not loaded & set(HEAVY)


def test_the_screen_can_be_painted_before_numba_is_imported() -> None:
    """The first paint does not wait for the compiler."""
    loaded = modules_after("import huntui.tui.app")
    assert "textual" in loaded
    assert not loaded & {"numba", "fastavro", "pydantic", "plotext", "httpx", "astropy"}


def test_dialogs_are_loaded_by_the_key_that_opens_them() -> None:
    """Nor does it wait for those; all but the one that a claim, the key of the game, needs at once."""
    screens = {name.removeprefix("huntui.tui.screens.") for name in names_after("import huntui.tui.app")}
    at_once = {"hunt", "dialog", "claim", "too_small"}
    assert at_once <= screens
    assert not screens & ({path.stem for path in SCREENS.glob("*.py")} - at_once)


def test_what_the_screen_shows_first_needs_no_kernel() -> None:
    """Configuration, cuts, hunt, source and an engine that has not started are all there before Numba is."""
    loaded = modules_after(
        "from huntui.opening.night import prepare\n"
        "from huntui.opening.options import NightOptions\n"
        "assert prepare(NightOptions(date='20240707')).engine().latest.status == 'starting'"
    )
    assert "pydantic" in loaded
    assert not loaded & {"numba", "fastavro", "plotext", "httpx", "astropy"}
