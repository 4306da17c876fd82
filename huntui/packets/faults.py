"""Why a packet is refused: a number inside the kernel, a stable name outside."""

from dataclasses import dataclass

OK = 0
NOT_AVRO = 1
TRUNCATED = 2
BAD_SCHEMA = 3
BAD_BLOCK = 4
OUT_OF_BOUNDS = 5
TOO_LARGE = 6
BAD_VALUE = 7
NO_RECORDS = 8
BAD_CODEC = 9
UNREADABLE = 10

MEANINGS: dict[int, tuple[str, str]] = {
    NOT_AVRO: ("not_avro", "does not begin like an Avro container file"),
    TRUNCATED: ("truncated", "ends before its last block does"),
    BAD_SCHEMA: ("bad_schema", "the schema in its header cannot be read, or is not a ZTF alert's"),
    BAD_BLOCK: ("bad_block", "a block's size, count, sync marker or compression do not agree with its content"),
    OUT_OF_BOUNDS: ("out_of_bounds", "a field reaches beyond its block"),
    TOO_LARGE: ("too_large", "the packet, the number of its alerts or a history is larger than any real one"),
    BAD_VALUE: ("bad_value", "a field holds what its type does not allow"),
    NO_RECORDS: ("no_records", "a header without an alert behind it"),
    BAD_CODEC: ("bad_codec", "compressed in a way that huntui does not know"),
    UNREADABLE: ("unreadable", "its bytes could not be read"),
}
"""Name and meaning of each fault."""

MAX_PACKET_BYTES = 16 * 2**20
MAX_HISTORY = 10_000
"""Entries of one array."""
MAX_ALERTS = 10_000
"""Alerts of one packet; a row takes the same room however few bytes a schema lets an alert have."""


@dataclass(frozen=True, slots=True)
class BadPacket:
    """A packet that was refused."""

    fault: int
    address: tuple[int, int]
    """Where it is, in the terms of its source."""


def reason(fault: int) -> str:
    """Return the stable name of a fault."""
    return MEANINGS[fault][0]
