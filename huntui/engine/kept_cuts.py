"""The file that cuts came from: written when somebody saves them, and read again when somebody else wrote it."""

from pathlib import Path
from typing import BinaryIO

from huntui import shipped, strict_yaml
from huntui.engine.inbox import CutsSaved, Told, Word
from huntui.errors import CutsError, ExportError
from huntui.exports.export import write_beside
from huntui.features.registry import kinds
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.cuts_text import rewritten, written
from huntui.session.commands import ReplaceCuts

_Look = tuple[int, int, int] | None
"""When a file was written, its size and its number; None where there is none."""


class KeptCuts:
    """Cuts on the disk. Belongs to one thread at a time."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._look = _look(path)

    def proposal(self, name: str) -> Path:
        """Return where to save cuts: in their own file, or in `cuts/` where that is none of the user's."""
        if self.path is not None and not self.path.is_relative_to(shipped.defaults() / "cuts"):
            return self.path
        return Path("cuts") / f"{name}.yaml"

    def news(self) -> tuple[Word, ...]:
        """Return what there is to do about the file when it was written since the last look.

        Where it holds no cuts anymore that is said, once, and the cuts in force stay.
        """
        look = _look(self.path)
        if self.path is None or look is None or look == self._look:
            return ()
        self._look = look
        try:
            cuts = load_cuts(self.path, kinds())
        except CutsError as error:
            return (Told(f"{error} The cuts stay as they were."),)
        return ReplaceCuts(cuts, f"{self.path.name} was written: its cuts are in force"), CutsSaved(cuts)

    def save(self, path: Path, cuts: Cuts, *, overwrite: bool = False) -> str:
        """Write cuts and return a sentence about it; from now on it is `path` that is watched.

        What is in a cuts file around the stages stays. Raises `ExportError` where the file cannot be written.
        """
        if path.suffix not in (".yaml", ".yml"):
            raise ExportError(f"{path}: cuts go into a .yaml file.")
        if not cuts.stages:
            raise ExportError("There is no stage to save.")
        text = self._text(path, cuts).encode()
        path.parent.mkdir(parents=True, exist_ok=True)

        def write(file: BinaryIO) -> int:
            file.write(text)
            return 1

        write_beside(path, write, overwrite)
        self.path, self._look = path, _look(path)
        stages = "1 stage" if len(cuts.stages) == 1 else f"{len(cuts.stages)} stages"
        return f"{stages} written to {path}; huntui --cuts {path} begins with them."

    def _text(self, path: Path, cuts: Cuts) -> str:
        """Return the text for `path`: that of its own cuts, or of those the cuts came from, else a new one."""
        for base in (path, self.path):
            if base is not None and base.is_file():
                try:
                    return rewritten(strict_yaml.read_text(base, CutsError), cuts, kinds())
                except CutsError:
                    continue
        return written(cuts)


def _look(path: Path | None) -> _Look:
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
