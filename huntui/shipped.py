"""The one place that knows where configuration, cuts and hunt files are found.

A name such as `transients` is looked for in this order, the first that has it wins:

    ./cuts/, ./hunts/          the current directory: what `huntui init` put there for editing
    huntui/defaults/           what came with the installed package
    the folder above huntui/   the same files in a checkout, where nothing is packaged

Anything with a slash or ending in `.yaml` or `.yml` is a path and is taken as it is.
"""

from os.path import isfile  # unlike Path's, it takes a name that no file can have
from pathlib import Path
from typing import Literal

from huntui.errors import CallError, CutsError, HuntError, nearest

Kind = Literal["cuts", "hunts"]

_PACKAGE = Path(__file__).parent
_ERRORS: dict[Kind, type[CallError]] = {"cuts": CutsError, "hunts": HuntError}
_ONE: dict[Kind, str] = {"cuts": "set of cuts", "hunts": "hunt"}


def defaults() -> Path:
    """Return the folder that holds the `config.yaml`, `cuts` and `hunts` that came with huntui."""
    packaged = _PACKAGE / "defaults"
    return packaged if packaged.is_dir() else _PACKAGE.parent


def names(kind: Kind) -> list[str]:
    """Return the names that `find` knows, sorted."""
    return sorted({path.stem for folder in _folders(kind) for path in folder.glob("*.yaml") if isfile(path)})


def find(kind: Kind, name: str) -> Path:
    """Return the file of a name or path; raises `CutsError` or `HuntError` that lists the names there are."""
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return _existing(kind, Path(name).expanduser())
    for folder in _folders(kind):
        path = folder / f"{name}.yaml"
        if isfile(path):
            return path
    known = names(kind)
    raise _ERRORS[kind](
        f"There is no {_ONE[kind]} {name!r}; there is {', '.join(known) or 'none'}, or give the path of a file."
        f"{nearest(name, known)}"
    )


def _existing(kind: Kind, path: Path) -> Path:
    if not isfile(path):
        raise _ERRORS[kind](f"There is no file {path} (a {_ONE[kind]} was expected there).")
    return path


def _folders(kind: Kind) -> list[Path]:
    return [Path(kind), defaults() / kind]
