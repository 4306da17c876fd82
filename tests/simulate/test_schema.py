"""The writer schema against that of real packets."""

import json
from pathlib import Path
from typing import Any

from huntui.simulate.schema import FORCED_FIELDS, HISTORY_FIELDS, writer_schema


def _flat(kind: Any) -> Any:
    """A type with nothing but field names and kinds left, in order."""
    if isinstance(kind, list):
        return [_flat(branch) for branch in kind]
    if isinstance(kind, str):
        return kind
    if kind["type"] == "array":
        return ["array", _flat(kind["items"])]
    return [
        kind["name"].removeprefix("ztf.alert."),
        [(field["name"], _flat(field["type"])) for field in kind["fields"]],
    ]


def test_names_types_nulls_and_order_are_those_of_schema_4_02(schemas_dir: Path) -> None:
    """Every record has the fields of the real schema, in its order, with its unions."""
    real = json.loads((schemas_dir / "v4.02_dotted_25637_a1d5a74c.avsc.json").read_text())
    simulated = json.loads(writer_schema())
    assert _flat(simulated) == _flat(real)
    assert simulated["version"] == real["version"]


def test_history_and_forced_photometry_have_as_many_fields_as_in_4_02() -> None:
    """57 fields in the history, 29 in the forced photometry."""
    assert (len(HISTORY_FIELDS), len(FORCED_FIELDS)) == (57, 29)
