"""The columns of a packet are those of ZTF's schema: none is missing, and each has the schema's unit and place."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from huntui.columns import ALERT, CANDIDATE, PACKET

UNITS = {"days": "day", "pixels": "pixel", "sec": "s"}
"""What the schema calls a unit, where huntui has another word for it."""

DISTANCES = {
    "distnr": "pixel",
    "ssdistnr": "arcsec",
    **{f"distpsnr{rank}": "arcsec" for rank in (1, 2, 3)},
    "neargaia": "arcsec",
    "neargaiabright": "arcsec",
}


def written_schemas(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the fields of the candidate record of each writer schema."""
    return {path.name: fields_of(json.loads(path.read_text())) for path in sorted(folder.glob("*.json"))}


def fields_of(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of `candidate` by name."""
    (candidate,) = (field["type"] for field in schema["fields"] if field["name"] == "candidate")
    return {field["name"]: field for field in candidate["fields"]}


def test_every_field_of_every_schema_is_a_column(schemas_dir: Path) -> None:
    """From 1.7 to 4.02, so that a cut can name whatever a packet has; and no column is made up."""
    schemas = written_schemas(schemas_dir)
    assert len(schemas) == 18
    for name, fields in schemas.items():
        assert fields.keys() <= PACKET.keys(), name
    newest = schemas["v4.02_dotted_25637_a1d5a74c.avsc.json"]
    assert list(newest) == [column.name for column in CANDIDATE]


def test_every_column_has_the_unit_that_the_schema_says(schemas_dir: Path) -> None:
    """The unit stands in brackets in the field's own description."""
    units = {}
    for fields in written_schemas(schemas_dir).values():
        for name, field in fields.items():
            found = re.search(r"\[([a-zA-Z^0-9]+)\]", field.get("doc", ""))
            if found:
                units[name] = UNITS.get(found[1], found[1])
    assert len(units) > 50
    assert {name: PACKET[name].unit for name in units} == units


def test_a_distance_says_in_what_it_is_measured(schemas_dir: Path) -> None:
    """Within the reference image in pixels of 1.01 arcsec, in catalogues in arcsec; the schema says so as well."""
    assert {name: PACKET[name].unit for name in DISTANCES} == DISTANCES
    assert "1.01 arcsec" in PACKET["distnr"].meaning
    fields = written_schemas(schemas_dir)["v4.02_dotted_25637_a1d5a74c.avsc.json"]
    far = {name for name, field in fields.items() if field.get("doc", "").lower().startswith("distance to")}
    assert far - {"mindtoedge"} == DISTANCES.keys()


@pytest.mark.parametrize("column", [*ALERT, *CANDIDATE], ids=lambda column: column.name)
def test_every_column_says_what_it_is(column: Any) -> None:
    """In one phrase, without a full stop, and not only by repeating its name."""
    assert column.meaning
    assert column.meaning not in (column.name, column.unit)
    assert not column.meaning.endswith(".")
