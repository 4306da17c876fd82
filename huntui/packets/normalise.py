"""The way in for packets that the kernel does not take as they are: compressed, or with a schema it has no plan for.

The container is written again, block by block, so that every packet is judged by the same kernel in the end. Where only
the codec stands in the way, the blocks are unpacked and the schema stays; where the schema does, fastavro reads the
records and they are written in the house schema.
"""

from functools import lru_cache

from huntui.packets import faults
from huntui.packets.codecs import codec
from huntui.packets.container import (
    SYNC_BYTES,
    BadPacketError,
    blocks,
    read_header,
    write_block,
    write_header,
    write_long,
)
from huntui.packets.odd import OddSchema, house_header
from huntui.packets.plan import UnplannableError, compile_plan

_SCHEMAS_KEPT = 16
"""A night has few odd schemas; hostile ones may be a megabyte each."""

_REFUSED_BY_THE_KERNEL = {
    faults.TRUNCATED: write_long(1),
    faults.BAD_BLOCK: write_long(-1) + write_long(0),
}
_REFUSED_IN_THE_HOUSE_SCHEMA = {
    faults.OUT_OF_BOUNDS: write_block(1, write_long(1), bytes(SYNC_BYTES)),
    faults.BAD_VALUE: write_block(1, write_long(9), bytes(SYNC_BYTES)),
}
"""What the kernel refuses for each fault: a block that breaks off, one of a negative count, and an alert whose first
field, an optional text, has the branch of a text but none behind it, or a branch that there is not."""


def normalise(data: bytes) -> bytes:
    """Return a packet as an uncompressed container with a schema that the kernel takes; raises `BadPacketError`.

    A block is taken or refused as a whole here as in the kernel. At the first damaged block, the whole ones before it
    are handed over with something behind them that the kernel refuses for the same reason: so the kernel alone decides
    which alerts of a damaged packet count. A packet that would be larger than any real one is refused at once.
    """
    header = read_header(data)
    unpack = codec(header.codec)
    schema = _odd_schema(header.schema)
    out = bytearray(house_header() if schema else write_header(header.schema, header.sync))
    sync = bytes(SYNC_BYTES) if schema else header.sync
    try:
        for count, body in blocks(data, header):
            plain = unpack(body, faults.MAX_PACKET_BYTES - len(out))
            if schema:
                plain = schema.rewrite(count, plain)
            out += write_block(count, plain, sync)
            if len(out) > faults.MAX_PACKET_BYTES:
                raise BadPacketError(faults.TOO_LARGE)
    except BadPacketError as error:
        refused = _REFUSED_BY_THE_KERNEL | (_REFUSED_IN_THE_HOUSE_SCHEMA if schema else {})
        if error.fault not in refused:
            raise
        out += refused[error.fault]
    return bytes(out)


@lru_cache(_SCHEMAS_KEPT)
def _odd_schema(schema: bytes) -> OddSchema | None:
    """Return a schema for fastavro, or None where the kernel has a plan for it; raises `BadPacketError`."""
    try:
        compile_plan(schema)
    except UnplannableError:
        return OddSchema(schema)
    return None
