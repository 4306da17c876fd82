"""The packets of alerts, fetched again by their addresses and held against what the night knows of them."""

import numpy as np

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.errors import SourceError
from huntui.night.view import NightView
from huntui.packets.batch import join
from huntui.sources.source import Source

_ANEW = {"kafka": "the topic was deleted and made anew under the same name"}
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
        address = view.addresses[row]
        packet = self._source.fetch(address)
        candid = int(view.column("candid")[row])
        if self._candid(packet, int(view.record[row])) != candid:
            raise SourceError(
                f"{self._source.describe(address)}: another packet is there now, not that of alert {candid}: "
                f"{_ANEW.get(self._source.kind, _REPLACED)}. Read it anew to see its packets."
            )
        return packet

    def _candid(self, packet: bytes, record: int) -> int | None:
        alerts, _ = self._decoder.decode(join([packet], np.zeros((1, 2), np.int64)))
        (rows,) = np.nonzero(alerts.record == record)
        return int(alerts.columns["candid"][rows[0]]) if len(rows) else None
