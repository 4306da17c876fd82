"""The file by which programs find the SAMP hub of their user; it may be left over, or anything at all."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from huntui.errors import ExportError
from huntui.exports.words import shown

VARIABLE, _PREFIX = "SAMP_HUB", "std-lockurl:"
START = "start TOPCAT, Aladin or another program that brings a hub, and try again"
_URL, _SECRET = "samp.hub.xmlrpc.url", "samp.secret"
_MOST_BYTES, _MOST_SHOWN = 65_536, 200


@dataclass(frozen=True, slots=True)
class Door:
    """Where a hub is, and the word that it lets its user's programs in by."""

    url: str
    secret: str
    named_by: Path


def door() -> Door:
    """Return where the hub says that it is; raises `ExportError` where none does, or says nothing of use."""
    path = _place()
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES).decode(errors="replace")
    except FileNotFoundError:
        raise ExportError(f"No SAMP hub is running (there is no {path}): {START}.") from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ExportError(f"{path}: the SAMP hub cannot be found, the file cannot be read ({reason}).") from None
    lines = (line.partition("=") for line in text.splitlines() if not line.startswith("#"))
    # Java writes these files as properties, where a colon has a backslash before it.
    told = {name.strip(): value.strip().replace("\\", "") for name, _, value in lines}
    for key in (_URL, _SECRET):
        if not told.get(key):
            raise ExportError(f"{path}: is no file of a SAMP hub, it has no {key}; {START}.")
    if not told[_URL].startswith("http://"):
        said = shown(told[_URL][:_MOST_SHOWN])
        raise ExportError(f"{path}: {_URL} is {said!r}, which is no address of a SAMP hub (http://…); {START}.")
    return Door(told[_URL], told[_SECRET], path)


def _place() -> Path:
    named = os.environ.get(VARIABLE)
    if named is None:
        return Path.home() / ".samp"
    url = urlsplit(named.removeprefix(_PREFIX))
    if not named.startswith(_PREFIX) or url.scheme not in ("", "file"):
        raise ExportError(
            f"{VARIABLE} is {shown(named[:_MOST_SHOWN])!r}, by which no SAMP hub can be found: only "
            f"{_PREFIX}file:///… is understood."
        )
    return Path(unquote(url.path))
