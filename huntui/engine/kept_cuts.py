"""The file that cuts came from: written when somebody saves them, and read again when somebody else wrote it."""

import re
import shlex
import stat
import threading
from pathlib import Path
from typing import BinaryIO

from huntui import shipped, strict_yaml
from huntui.engine.inbox import CutsSaved, Told, Word
from huntui.errors import CutsError, ExistsError, ExportError
from huntui.exports.export import write_beside
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.funnel.cuts_text import rewritten, written
from huntui.session.commands import ReplaceCuts

_LONGEST_NAME = 60

_Look = tuple[int, int, int] | None
"""When a file was written, its size and its number; None where there is no regular file."""


class KeptCuts:
    """Cuts on the disk. May be used from any thread."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._look = self._seen = _look(path)
        self._text = _text(path)
        """What was in the file when it last held cuts."""
        self._broken = False
        self._asked: tuple[Path, _Look] | None = None

    def proposal(self, name: str) -> Path:
        """Return where to save cuts: in their own file, or in `cuts/` where that is none of the user's."""
        if self.path is not None and not _came_with_huntui(self.path):
            return self.path
        plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:_LONGEST_NAME]
        return Path("cuts") / f"{plain if plain and name != NO_CUTS.name else 'mine'}.yaml"

    def news(self) -> tuple[Word, ...]:
        """Return what there is to do about the file when somebody else wrote it; to be asked again and again.

        A file is read when it looks the same twice, so that nobody who is still writing is read halfway. Where only
        comments are new there is nothing to do. Where it holds no cuts anymore that is said, once, and the cuts in
        force stay.
        """
        with self._lock:
            look = _look(self.path)
            settled, self._seen = look == self._seen, look
            if self.path is None or look is None or look == self._look or not settled:
                return ()
            self._look = look
            return self._read(self.path)

    def _read(self, path: Path) -> tuple[Word, ...]:
        try:
            text = strict_yaml.read_text(path, CutsError)
            cuts = _cuts(text, path)
        except CutsError as error:
            self._broken = True
            return (Told(f"{error} The cuts stay as they were."),)
        before, self._text = self._text, text
        mended, self._broken = self._broken, False
        if before == text or _holds(before, path, cuts):
            return (Told(f"{path} can be read again, and holds the cuts that it held before."),) if mended else ()
        return ReplaceCuts(cuts, f"{path.name} was written: its cuts are in force"), CutsSaved(cuts)

    def save(self, path: Path, cuts: Cuts, *, overwrite: bool = False) -> str:
        """Write cuts and return a sentence about it; from now on it is `path` that is watched.

        What is in a cuts file around the stages stays. Raises `ExistsError` where a file is there, unless `overwrite`
        is set; it says what becomes of that file. Where somebody else wrote the file since it was read, that is said
        even to whoever set `overwrite`, once. Raises `ExportError` where the file cannot be written.
        """
        if path.suffix not in (".yaml", ".yml"):
            raise ExportError(f"{path}: cuts go into a .yaml file: add .yaml to the name.")
        if not cuts.stages:
            raise ExportError("There is no stage to save.")
        with self._lock:
            there = _text(path)
            text = self._new_text(path, there, cuts)
            if text == there:
                said = f"{path} holds these cuts already."
            else:
                self._ask(path, there, overwrite)
                _write(path, text, overwrite)
                stages = "1 stage" if len(cuts.stages) == 1 else f"{len(cuts.stages)} stages"
                said = f"{stages} written to {path}; huntui --cuts {shlex.quote(str(path))} begins with them."
            self.path, self._text, self._broken, self._asked = path, text, False, None
            self._look = self._seen = _look(path)
            return said

    def _ask(self, path: Path, there: str | None, overwrite: bool) -> None:
        """Raise `ExistsError` where writing changes a file in a way that nobody has agreed to as yet."""
        look = _look(path)
        own = self.path is not None and _same(path, self.path)
        foreign = own and there != self._text
        if look is None or (overwrite and (not foreign or self._asked == (path, look))):
            return
        self._asked = path, look
        if foreign:
            raise ExistsError(f"{path} was written by somebody else since it was read: their stages would be lost.")
        if own:
            raise ExistsError(f"{path} is where the cuts came from: they are written into it, and its comments stay.")
        if there is not None and _are_cuts(there, path):
            raise ExistsError(f"{path} exists: these stages take the place of its own, and its comments stay.")
        raise ExistsError(f"{path} exists and holds no cuts: all of it would be lost.")

    def _new_text(self, path: Path, there: str | None, cuts: Cuts) -> str:
        """Return the text for `path`: that of its own cuts, or of those the cuts came from, else a new one."""
        for base in (there, self._text):
            if base is not None and _are_cuts(base, path):
                return rewritten(base, cuts, kinds())
        return written(cuts)


def _write(path: Path, text: str, overwrite: bool) -> None:
    def write(file: BinaryIO) -> int:
        file.write(text.encode())
        return 1

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ExportError(f"{path}: cannot be written: {problem.strerror or problem}.") from None
    except ValueError as problem:
        raise ExportError(f"{str(path)!r}: cannot be written: {problem}.") from None
    write_beside(path, write, overwrite)


def _came_with_huntui(path: Path) -> bool:
    """Whether a file is one of those that came with huntui, and nobody works in their folder as in a checkout."""
    folder = (shipped.defaults() / "cuts").resolve()
    return path.resolve().is_relative_to(folder) and folder != Path("cuts").resolve()


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _cuts(text: str, path: Path) -> Cuts:
    return cuts_from_mapping(strict_yaml.parse(text, str(path), CutsError), str(path), kinds(), name=path.stem)


def _are_cuts(text: str, path: Path) -> bool:
    try:
        _cuts(text, path)
    except CutsError:
        return False
    return True


def _holds(text: str | None, path: Path, cuts: Cuts) -> bool:
    return text is not None and _are_cuts(text, path) and _cuts(text, path) == cuts


def _text(path: Path | None) -> str | None:
    """Return what is in a file, None where there is none that could be one of cuts."""
    try:
        return None if _look(path) is None or path is None else strict_yaml.read_text(path, CutsError)
    except CutsError:
        return None


def _look(path: Path | None) -> _Look:
    try:
        found = None if path is None else path.stat()
    except (OSError, ValueError):
        return None
    if found is None or not stat.S_ISREG(found.st_mode):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
