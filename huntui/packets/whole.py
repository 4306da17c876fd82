"""A whole packet as plain values, for whoever wants to look at it: slow, complete, and with its writer's schema.

The night itself is decoded by the kernel, which takes what cuts need; this is fastavro, and one packet at a time.
"""

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from huntui.packets.container import BadPacketError, read_header
from huntui.packets.faults import MAX_PACKET_BYTES, MEANINGS


@dataclass(frozen=True, slots=True)
class WholePacket:
    """A packet: the schema that it was written with, and its alerts."""

    schema: Any
    """As it stands in the header, parsed as JSON."""
    alerts: tuple[dict[str, Any], ...]


def read_whole(packet: bytes) -> WholePacket:
    """Decode all of a packet; raises `ValueError` with half a sentence where it cannot be read."""
    import fastavro

    if len(packet) > MAX_PACKET_BYTES:
        raise ValueError(f"is larger than {MAX_PACKET_BYTES:,} bytes")
    try:
        schema = json.loads(read_header(packet).schema)
        alerts = tuple(fastavro.reader(BytesIO(packet)))
    except BadPacketError as error:
        raise ValueError(MEANINGS[error.fault][1]) from error
    except Exception as error:
        raise ValueError(f"cannot be decoded ({type(error).__name__})") from error
    records = tuple(alert for alert in alerts if isinstance(alert, dict))
    if not records or len(records) < len(alerts):
        raise ValueError("holds no records")
    return WholePacket(schema, records)
