"""Survivors sent on to a Kafka topic: the packets that they came in, unchanged, with the stages that they passed."""

from typing import TYPE_CHECKING

import numpy as np

from huntui.engine.again import Again
from huntui.engine.rows import SurvivorRows
from huntui.engine.snapshot import Snapshot
from huntui.errors import SourceError
from huntui.funnel.cuts import NO_CUTS
from huntui.sources.source import Source

if TYPE_CHECKING:
    from huntui.exports.kafka.outlet import Header, Outlet
    from huntui.night.view import NightView

STAGE, CUTS, SIMULATED = "huntui-stage", "huntui-cuts", "huntui-simulated"
"""Headers: one for each stage that a packet passed, the name of the cuts, and whether it is invented."""


class StoppedError(Exception):
    """Nobody wants to wait any longer."""


class Forwarder:
    """Sends the survivors of one night on, each packet once, while the night grows.

    `send` belongs to one thread, `stop` may be called from any other.
    """

    def __init__(self, source: Source, outlet: "Outlet") -> None:
        """Fetch packets from a source, and hand them to an outlet."""
        self._again, self._outlet = Again(source), outlet
        self._taken = np.empty(0, np.bool_)
        """Whether each alert of the night was sent, or needs not be."""
        self._sent: set[tuple[int, int]] = set()
        """Addresses of the packets that were sent: one may hold several alerts."""
        self._gone = 0
        self._first_gone = ""
        self._stopped = False

    def send(self, snapshot: Snapshot) -> None:
        """Send every survivor that was not sent yet, in the order of time, and wait until the broker has them.

        Raises `ExportError` where no packet can be sent any more.
        """
        table = snapshot.rows
        if not isinstance(table, SurvivorRows):
            return
        view, headers = table.view, _headers(snapshot)
        self._taken = np.append(self._taken, np.zeros(len(view) - len(self._taken), np.bool_))
        chosen = table.survives & ~self._taken
        if not chosen.any():
            return
        rows = view.sorted_rows(chosen)
        self._taken[rows] = True
        for row in rows:
            self._check()
            where = (int(view.addresses[row, 0]), int(view.addresses[row, 1]))
            if where not in self._sent:
                self._sent.add(where)
                self._send_one(view, int(row), headers)
        self._outlet.settle(show=self._check)

    def stop(self) -> None:
        """Let `send` end soon, whatever still waits."""
        self._stopped = True

    def close(self) -> None:
        """Drop what still waits."""
        self._outlet.close()

    def message(self) -> str:
        """Say what was delivered."""
        number = self._outlet.delivered
        return f"{number:,} {'packet was' if number == 1 else 'packets were'} sent to {self._outlet.settings.title}."

    def shortfall(self) -> str:
        """Say what was not delivered and why; nothing where all was."""
        gone = f"{self._gone:,} packets could not be read again to be sent: {self._first_gone}" if self._gone else ""
        return " ".join(filter(None, (gone, self._outlet.shortfall())))

    def _send_one(self, view: "NightView", row: int, headers: "list[Header]") -> None:
        try:
            packet = self._again.packet(view, row)
        except SourceError as problem:
            self._first_gone = self._first_gone or str(problem)
            self._gone += 1
            return
        key, jd = view.value("objectId", row), view.value("jd", row)
        self._outlet.send(
            packet,
            key=key if isinstance(key, str) else None,
            jd=jd if isinstance(jd, float) else None,
            headers=headers,
        )

    def _check(self) -> None:
        if self._stopped:
            raise StoppedError


def _headers(snapshot: Snapshot) -> "list[Header]":
    cuts = snapshot.cuts or NO_CUTS
    headers = [(CUTS, cuts.name.encode())]
    headers += [(STAGE, stage.name.encode()) for stage in cuts.stages if stage.enabled]
    return [*headers, (SIMULATED, b"true")] if snapshot.night.simulated else headers
