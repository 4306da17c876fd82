"""The commands of a page of the documents, run as a reader would run them."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

DOCS = Path(__file__).parents[1] / "docs"
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Ran:
    """What a block of commands left behind."""

    code: int
    out: str
    err: str


def blocks(page: str) -> list[str]:
    """Return the blocks of a page that are to be run, in order; what is marked `text` is only shown."""
    return re.findall(r"^```sh\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def run(block: str, here: Path) -> Ran:
    """Run a block in a directory, with the huntui that is tested, and stop at the first command that fails."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "XDG_CACHE_HOME": _cache(here)}
    said = subprocess.run(
        ["bash", "-c", block], cwd=here, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    return Ran(said.returncode, said.stdout, said.stderr)


def _cache(here: Path) -> str:
    """Return a cache folder of its own, with the kernels that are compiled already and without anybody's nights."""
    folder, kernels = here / ".cache", user_cache_path("huntui") / "kernels"
    kernels.mkdir(parents=True, exist_ok=True)
    (folder / "huntui").mkdir(parents=True, exist_ok=True)
    if not (link := folder / "huntui" / "kernels").exists():
        link.symlink_to(kernels)
    return str(folder)
