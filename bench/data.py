"""The packets that are measured with: copies of real ones on disk in a temporary folder, made when first wanted."""

import sys
import tempfile
from collections.abc import Iterable
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType

from bench.forced_photometry import ENTRIES, with_full_history
from bench.originals import Copy, Original, copies, real_originals, simulated_originals
from bench.sizes import Sizes

SHARED = Path(__file__).resolve().parents[2] / "shared" / "alerts" / "packets"
"""Where real packets lie beside a checkout."""

_SIMULATED = 1024
_WITH_FULL_HISTORY = 128


class Packets:
    """Folders of packets; a context, at whose end they are removed."""

    def __init__(self, folder: Path | None, sizes: Sizes) -> None:
        """Take real packets from `folder`, or from beside the checkout, or simulated ones where there are none."""
        self._folder = folder or (SHARED if SHARED.is_dir() else None)
        self._sizes = sizes
        self._scratch = tempfile.TemporaryDirectory(prefix="huntui-bench-")

    def __enter__(self) -> "Packets":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.cleanup()

    @property
    def scratch(self) -> Path:
        """A folder that is removed at the end."""
        return Path(self._scratch.name)

    @property
    def originals(self) -> list[Original]:
        """The packets that are copied."""
        return self._found[0]

    @property
    def about(self) -> str:
        """What is measured with, in two words."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[list[Original], str]:
        found, left_out = real_originals(self._folder, self._sizes.originals) if self._folder else ([], 0)
        if left_out:
            print(f"{left_out} files of {self._folder} are no packets of one alert and are left out.", file=sys.stderr)
        if found:
            return found, "real packets"
        if self._folder:
            print(f"{self._folder} holds no packets; simulated ones take their place.", file=sys.stderr)
        return simulated_originals(min(_SIMULATED, self._sizes.files)), "simulated packets"

    @cached_property
    def folder(self) -> Path:
        """A folder of packets as they come, cutouts included."""
        sizes = self._sizes
        number = max(sizes.files, min(sizes.copies * len(self.originals), sizes.most_files))
        return self._write("packets", islice(copies(self.originals), number))

    @cached_property
    def large_folder(self) -> Path:
        """A folder of more packets, each of an object of its own."""
        return self._write("large", islice(copies(self.originals, new_objects=True), self._sizes.kept))

    @cached_property
    def remembered_folder(self) -> Path:
        """A folder of twice as many."""
        return self._write("remembered", islice(copies(self.originals, new_objects=True), self._sizes.remembered))

    @property
    def full_history_folder(self) -> Path:
        """A folder of 4.02 packets with 20 entries of history and 20 of forced photometry each."""
        return self._full_history[0]

    @property
    def about_full_history(self) -> str:
        """What is in that folder, in a few words."""
        return self._full_history[1]

    @cached_property
    def _full_history(self) -> tuple[Path, str]:
        number = min(_WITH_FULL_HISTORY, self._sizes.remembered)
        full, about = with_full_history(self.originals, number), self.about
        if not full:
            full, about = with_full_history(simulated_originals(number), number), "simulated packets"
        folder = self._write("full-history", islice(copies(full, new_objects=True), self._sizes.remembered))
        return folder, f"{about} of schema 4.02, written anew with {ENTRIES} prv_candidates and {ENTRIES} fp_hists each"

    def _write(self, name: str, packets: Iterable[Copy]) -> Path:
        folder = self.scratch / name
        folder.mkdir()
        for packet in packets:
            (folder / f"{packet.candid}.avro").write_bytes(packet.data())
        return folder
