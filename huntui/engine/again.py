"""The packets of alerts, fetched again by their addresses and held against what the night knows of them."""

from collections.abc import Iterator, Sequence

import numpy as np

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.errors import SourceError
from huntui.night.view import NightView
from huntui.packets.batch import join
from huntui.sources.source import Source

_ANEW = {"kafka": "the topic was deleted and made anew under the same name"}
_AT_ONCE = 64
_REPLACED = "it was replaced since the night was read"


class Again:
    """Fetches packets of one source. Belongs to one thread."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._decoder = AlertDecoder(TextPool())

    def packet(self, view: NightView, row: int) -> bytes:
        """Return the packet of one alert of a night.

        Raises `SourceError` where it is gone, or where its address leads to a packet of another candid by now.
        """
        return next(self.packets(view, [row]))

    def packets(self, view: NightView, rows: Sequence[int]) -> Iterator[bytes]:
        """Yield the packet of each of some alerts, which takes less time than one by one; raises like `packet`."""
        for begin in range(0, len(rows), _AT_ONCE):
            part = rows[begin : begin + _AT_ONCE]
            packets = [self._source.fetch(view.addresses[row]) for row in part]
            found = self._candids(packets)
            for number, row in enumerate(part):
                candid = int(view.column("candid")[row])
                if found.get((number, int(view.record[row]))) != candid:
                    raise self._another(view, row, candid)
            yield from packets

    def _another(self, view: NightView, row: int, candid: int) -> SourceError:
        return SourceError(
            f"{self._source.describe(view.addresses[row])}: another packet is there now, not that of alert {candid}: "
            f"{_ANEW.get(self._source.kind, _REPLACED)}. Read it anew to see its packets."
        )

    def _candids(self, packets: list[bytes]) -> dict[tuple[int, int], int]:
        """Return the candid of each alert by the number of its packet, and its own within that."""
        numbers = np.zeros((len(packets), 2), np.int64)
        numbers[:, 0] = np.arange(len(packets))
        alerts, _ = self._decoder.decode(join(packets, numbers))
        if not len(alerts):
            return {}
        places = zip(alerts.addresses[:, 0].tolist(), alerts.record.tolist(), strict=True)
        return dict(zip(places, alerts.columns["candid"].tolist(), strict=True))
