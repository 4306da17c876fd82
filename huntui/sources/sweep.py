"""The survivors of a sweep as one night: their packets, one night's after the other's."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from huntui import strict_json
from huntui.errors import SourceError
from huntui.packets.batch import Int64s, PacketBatch
from huntui.sources.source import Source
from huntui.sources.sweep_file import FILE, night_path, read_sweep, read_truth
from huntui.sources.tar import TarSource


class SweepSource:
    """Reads the tars of a sweep's nights; an address is the place in the tar, and the number of the night."""

    kind = "sweep"

    def __init__(self, folder: Path) -> None:
        """Read the summary; raises `SourceError` when it, or the tar of a night, cannot be read."""
        self.title = str(folder)
        self._summary = summary = read_sweep(folder)
        self.simulated, self.partly_simulated = summary.simulated, summary.partly_simulated
        self._truths: Mapping[str, Mapping[str, object]] | None = None
        self._tars = [TarSource(night_path(folder, night.name)) for night in summary.nights if night.packets]
        self.total: int | None = sum(night.packets for night in summary.nights)

    @property
    def about(self) -> str:
        """Say in a sentence what the survivors survived from."""
        nights, totals = self._summary.nights, self._summary.totals
        lost = [night for night in nights if not night.is_whole]
        left_out = sum(night.packets_left_out for night in nights)
        return "".join(
            [
                f"A sweep of {len(nights):,} nights, {nights[0].name} to {nights[-1].name}" if nights else "A sweep",
                f": these are the survivors of {_whole(totals.get('alerts')):,} alerts",
                f", {left_out:,} left out" if left_out else "",
                f"; of the nights {len(lost):,} could not be had as a whole" if lost else "",
                ".",
            ]
        )

    @property
    def fraction(self) -> float | None:
        """The number of packets is known, which says more."""
        return None

    def fingerprint(self) -> str | None:
        """Digest the files of all nights."""
        return strict_json.digest([FILE, *(tar.fingerprint() for tar in self._tars)])

    def batches(self) -> Iterator[PacketBatch]:
        """Yield the packets of each night, in the order of the nights."""
        for number, tar in enumerate(self._tars):
            for batch in tar.batches():
                yield replace(batch, addresses=_of(batch.addresses, number), unreadable=_of(batch.unreadable, number))

    def fetch(self, address: Int64s) -> bytes:
        """Read one packet again; raises `SourceError` when it is gone."""
        return self._tar(address).fetch(address)

    def describe(self, address: Int64s) -> str:
        """Return the path of the archive and the name of the member in it."""
        return self._tar(address).describe(address)

    def stored(self, addresses: Int64s) -> None:
        """Nothing to do: the files stay where they are."""

    def truth(self, object_ids: list[str]) -> Mapping[str, Mapping[str, object]]:
        """Return what the nights know of objects, the last night's word of those that several know.

        Raises `SourceError` where one cannot be read.
        """
        if self._truths is None:
            found: dict[str, Mapping[str, object]] = {}
            for night in self._summary.nights:
                if night.simulated and night.packets:
                    found |= read_truth(night_path(Path(self.title), night.name))
            self._truths = found
        return {name: self._truths[name] for name in object_ids if name in self._truths}

    def close(self) -> None:
        """Let go of the files."""
        for tar in self._tars:
            tar.close()

    def _tar(self, address: Int64s) -> TarSource:
        number = int(address[1])
        if not 0 <= number < len(self._tars):
            raise SourceError(f"{self.title}: has no night number {number}.")
        return self._tars[number]


def said_of(source: Source) -> str:
    """Return what should be said of a source that is no night; nothing of others."""
    return source.about if isinstance(source, SweepSource) else ""


def partly_simulated(source: Source | None) -> bool:
    """Return whether a source has alerts of simulated nights and of real ones."""
    return isinstance(source, SweepSource) and source.partly_simulated


def _of(addresses: Int64s, number: int) -> Int64s:
    return np.column_stack([addresses[:, 0], np.full(len(addresses), number, np.int64)])


def _whole(number: object) -> int:
    return number if isinstance(number, int) else 0
