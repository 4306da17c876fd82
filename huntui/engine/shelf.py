"""The cuts that can be chosen by name: those that came with huntui and those in the user's own folder."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from huntui import shipped
from huntui.errors import CutsError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts

_Look = tuple[int, int, int]
"""When a file was written, its size and its number."""


@dataclass(frozen=True, slots=True)
class CutsAtHand:
    """Cuts that can be chosen."""

    name: str
    """What to call them by, as `--cuts` does."""
    about: str
    cuts: Cuts | None
    """None where their file holds none."""
    error: str = ""
    """Why it holds none, in a sentence."""


class Shelf:
    """Reads cuts files, each again only when it was written since. Safe to use from any thread."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[_Look, Cuts]] = {}
        self._lock = Lock()

    def at_hand(self) -> tuple[CutsAtHand, ...]:
        """Return all cuts that have a name, sorted by it, and at last the empty ones; files that hold none as well."""
        return (*map(self._one, shipped.names("cuts")), CutsAtHand(NO_CUTS.name, NO_CUTS.about, NO_CUTS))

    def cuts(self, name: str) -> Cuts:
        """Return the cuts of a name or a file, `none` for none; raises `CutsError` with one sentence."""
        if name == NO_CUTS.name:
            return NO_CUTS
        if not name.strip():
            raise CutsError("Which cuts? Give a name, or the path of a file.")
        path = shipped.find("cuts", name)
        with self._lock:
            return self._cuts(path.absolute(), path)

    def _one(self, name: str) -> CutsAtHand:
        try:
            cuts = self.cuts(name)
        except CutsError as error:
            return CutsAtHand(name, "", None, str(error))
        return CutsAtHand(name, cuts.about, cuts)

    def _cuts(self, key: Path, path: Path) -> Cuts:
        look, known = _look(path), self._read.get(key)
        if known is not None and known[0] == look:
            return known[1]
        cuts = load_cuts(path, kinds())
        if look is not None:
            self._read[key] = (look, cuts)
        return cuts


def _look(path: Path) -> _Look | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
