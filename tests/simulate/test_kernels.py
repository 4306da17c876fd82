"""The writing kernel against fastavro, which is the oracle: the same rows give the same bytes."""

import io
import json
import math

import fastavro
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from huntui.columns import NULL_I8, Column
from huntui.simulate.kernels import add_blobs, write_row
from huntui.simulate.schema import container_header, writer_schema
from huntui.simulate.tables import characters, encode_texts, fill, lay_out

COLUMNS = (
    Column("f4", "f4", False, "", ""),
    Column("maybe_f4", "f4", True, "", ""),
    Column("maybe_f8", "f8", True, "", ""),
    Column("i8", "i8", False, "", ""),
    Column("maybe_i8", "i8", True, "", ""),
    Column("text", "text", False, "", ""),
    Column("maybe_text", "text", True, "", ""),
    Column("written", "text", True, "", ""),
)
AVRO = {"f4": "float", "f8": "double", "i8": "long", "text": "string"}
SCHEMA = fastavro.parse_schema(
    {
        "type": "record",
        "name": "row",
        "fields": [
            {"name": column.name, "type": ["null", AVRO[column.kind]] if column.nullable else AVRO[column.kind]}
            for column in COLUMNS
        ],
    }
)
TEXTS = ["", "t", "ü and more", "x" * 200]

longs = st.integers(NULL_I8 + 1, 2**63 - 1)
singles = st.floats(width=32, allow_nan=False)
rows = st.fixed_dictionaries(
    {
        "f4": singles,
        "maybe_f4": st.none() | singles,
        "maybe_f8": st.none() | st.floats(allow_nan=False),
        "i8": longs,
        "maybe_i8": st.none() | longs,
        "text": st.integers(0, len(TEXTS) - 1),
        "maybe_text": st.none() | st.integers(0, len(TEXTS) - 1),
        "written": st.none() | st.integers(0, 99),
    }
)


@settings(max_examples=60, deadline=None)
@given(rows)
def test_a_row_is_written_as_fastavro_writes_it(row: dict[str, float | int | None]) -> None:
    """Every kind of field, null or not, at any value comes out byte for byte as fastavro's writer makes it."""
    layout = lay_out(COLUMNS, {"written": 8})
    values: dict[str, object] = {name: value for name, value in row.items() if value is not None and name != "written"}
    written = row["written"]
    if written is not None:
        values["written"] = characters("number00", 1, [(6, 2, np.array([written]))])
    out = np.zeros(1000, np.uint8)
    table = fill(layout, 1, values)
    end = write_row(out, 5, table, 0, encode_texts(TEXTS), np.zeros(1, np.float32), np.zeros(1))
    expected = {
        **row,
        "text": TEXTS[int(row["text"] or 0)],
        "maybe_text": None if row["maybe_text"] is None else TEXTS[int(row["maybe_text"])],
        "written": None if written is None else f"number{written:02d}",
    }
    oracle = io.BytesIO()
    fastavro.schemaless_writer(oracle, SCHEMA, expected)
    assert out[5:end].tobytes() == oracle.getvalue()


def test_whole_packets_are_what_fastavro_would_write(packets: list[bytes], records: list[dict[str, object]]) -> None:
    """A record that fastavro read and writes again gives the same bytes: sizes, unions and arrays as it has them."""
    schema = fastavro.parse_schema(json.loads(writer_schema()))
    head = container_header()
    for packet, record in list(zip(packets, records, strict=True))[::10]:
        body = io.BytesIO()
        fastavro.schemaless_writer(body, schema, record)
        assert packet.startswith(head)
        assert packet.endswith(body.getvalue() + head[-16:])


def test_a_packet_is_one_block_of_one_record_without_compression(packets: list[bytes]) -> None:
    """The container says codec null and holds exactly one block with one record."""
    for packet in packets[::50]:
        blocks = list(fastavro.block_reader(io.BytesIO(packet)))
        assert [block.num_records for block in blocks] == [1]
        assert blocks[0].codec == "null"


def test_blobs_are_gaussians_and_may_stand_at_the_edge() -> None:
    """A blob adds its peak at its centre; one beyond the edge leaves the image finite; a peak of 0 adds nothing."""
    image = np.zeros((21, 21), np.float32)
    add_blobs(image, np.array([[10.0, 10.0, 5.0, 1.5, 1.0], [-3.0, 24.0, 2.0, 1.0, 1.0], [4.0, 4.0, 0.0, 1.0, 1.0]]))
    assert image[10, 10] == np.float32(5.0)
    assert math.isclose(image[10, 13], 5.0 * math.exp(-0.5 * (3 / 1.5) ** 2), rel_tol=1e-6)
    assert math.isclose(image[12, 10], 5.0 * math.exp(-0.5 * 2.0**2), rel_tol=1e-6)
    assert image[4, 4] == 0.0
