"""CSV and JSON: what is written reads back as the same values, whatever the values are."""

import csv
import json
import math
import re
from io import BytesIO, StringIO
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import COLUMNS, CUTS, table

from huntui.exports.formats.csv import write as write_csv
from huntui.exports.formats.json import write as write_json
from huntui.exports.table import ExportTable, fingerprint

FLOATS = st.floats(allow_nan=False) | st.floats(width=32, allow_nan=False)
TEXTS = st.text() | st.sampled_from(
    ["=1+1", "# no comment", 'a "quoted", text', "two\r\nlines", "\r", " ", "NaN", "null"]
)
ROWS = st.lists(st.tuples(TEXTS, st.integers(0, 2**63 - 1), st.none() | FLOATS), max_size=10)


def as_csv(of: ExportTable) -> str:
    """Return a table as CSV."""
    file = BytesIO()
    write_csv(of, file)
    return file.getvalue().decode()


def as_json(of: ExportTable) -> Any:
    """Return a table as JSON that was read again, by a reader that takes no NaN."""
    file = BytesIO()
    write_json(of, file)

    def refuse(token: str) -> None:
        raise ValueError(token)

    return json.loads(file.getvalue(), parse_constant=refuse)


def test_csv_says_where_it_came_from_then_names_the_columns_then_has_a_line_per_row() -> None:
    """The lines that begin with `# ` hold version, source, date, the warning and every stage with its knobs."""
    text = as_csv(table(("ZTF24a", 2738123456789012345, 18.5), ("ZTF24b", 1, None)))
    assert re.sub("(?m)^# provenance: {.*}$", "# provenance: {}", text) == (
        "# huntui 0.1.0\n"
        "# source: simulated\n"
        "# date: 20240707\n"
        "# SIMULATED: every object in this file is invented\n"
        "# one row per object, its newest surviving alert\n"
        "# cuts: two, 2 stages\n"
        f"# SHA-256 of what they decide by: {fingerprint(CUTS)}\n"
        "# stage real: drb >= drb_min; drb_min = 0.65; missing: reject\n"
        "# stage any: ra > 0 ; missing: keep; switched off\n"
        "# provenance: {}\n"
        "objectId,candid,magpsf\n"
        "ZTF24a,2738123456789012345,18.5\n"
        "ZTF24b,1,\n"
    )


def test_only_a_simulated_night_is_called_simulated() -> None:
    """A real one without a date says that it has none."""
    of = table(simulated=False, date=None, per="alert")
    text = as_csv(of)
    assert "SIMULATED" not in text
    assert "# date: unknown\n" in text
    assert "# one row per alert\n" in text
    assert (as_json(of)["simulated"], as_json(of)["date"], as_json(of)["per"]) == (False, None, "alert")


def test_json_is_one_object_with_the_same_at_its_top() -> None:
    """Columns are explained, and identifiers are texts."""
    told = as_json(table(("ZTF24a", 2738123456789012345, 18.5), ("ZTF24b", 1, None)))
    assert told.pop("provenance")["rows"] == 2
    assert told == {
        "huntui": "0.1.0",
        "source": "simulated",
        "date": "20240707",
        "simulated": True,
        "incomplete": None,
        "cuts": CUTS,
        "cuts_sha256": fingerprint(CUTS),
        "claims": [],
        "marks": [],
        "per": "object",
        "columns": [{"name": c.name, "unit": c.unit, "meaning": c.meaning} for c in COLUMNS],
        "rows": [
            {"objectId": "ZTF24a", "candid": "2738123456789012345", "magpsf": 18.5},
            {"objectId": "ZTF24b", "candid": "1", "magpsf": None},
        ],
    }
    assert as_json(table())["rows"] == []


def test_a_fingerprint_is_that_of_what_cuts_decide_by() -> None:
    """Names, titles and the ranges of knobs do not matter; a value, a condition or the order of stages does."""
    real, other = CUTS["stages"]
    knob = real["knobs"]["drb_min"]

    def print_of(*stages: dict[str, Any]) -> str:
        return fingerprint({"name": "else", "stages": list(stages)})

    assert len(fingerprint(CUTS)) == 64
    renamed = real | {"name": "first", "title": "First", "knobs": {"drb_min": knob | {"max": 0.9, "step": 0.01}}}
    assert print_of(renamed, other) == fingerprint(CUTS)
    changed = [
        (real | {"knobs": {"drb_min": knob | {"value": 0.7}}}, other),
        (real | {"keep": "drb > drb_min"}, other),
        (real | {"missing": "keep"}, other),
        (real | {"enabled": False}, other),
        (other, real),
        (real,),
    ]
    assert len({fingerprint(CUTS), *(print_of(*stages) for stages in changed)}) == 1 + len(changed)


def test_rows_of_half_a_night_say_so_and_rows_without_cuts_name_none() -> None:
    """A list of bad packets knows no stages."""
    of = table(incomplete="The night broke off.", per="bad packet", cuts=None)
    assert as_csv(of).splitlines()[:-2] == [
        "# huntui 0.1.0",
        "# source: simulated",
        "# date: 20240707",
        "# SIMULATED: every object in this file is invented",
        "# INCOMPLETE: The night broke off.",
        "# one row per bad packet",
    ]
    assert (as_json(of)["incomplete"], as_json(of)["cuts"]) == ("The night broke off.", None)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_json_has_no_number_for_is_null_there(value: float) -> None:
    """In CSV an infinity is written, and a NaN is the null that it stands for."""
    of = table(("ZTF24a", 1, value))
    assert as_json(of)["rows"][0]["magpsf"] is None
    cell = as_csv(of).splitlines()[-1].split(",")[2]
    assert cell == ("" if math.isnan(value) else repr(value))


def test_a_source_whose_path_is_no_unicode_can_be_written() -> None:
    """What cannot be encoded is spelled out, and a line break cannot begin a line of its own."""
    of = table(("a", 1, None), source="night\udcff\nobjectId")
    assert "# source: night\\udcff objectId\n" in as_csv(of)
    assert as_json(of)["source"] == "night\udcff\nobjectId"


def read_csv(text: str) -> list[list[str]]:
    """Return the rows of a CSV without its comments and its line of names."""
    comments = 10
    lines = text.split("\n", comments)
    assert all(line.startswith("# ") for line in lines[:comments])
    rows = list(csv.reader(StringIO(lines[comments], newline=""), strict=True))
    assert rows[0] == ["objectId", "candid", "magpsf"]
    return rows[1:]


@given(ROWS)
def test_csv_reads_back_as_the_same_values(rows: list[tuple[str, int, float | None]]) -> None:
    """Floats to the last bit, hostile texts unaltered, nulls as empty cells."""
    cells = read_csv(as_csv(table(*rows)))
    assert [(name, int(candid), float(mag) if mag else None) for name, candid, mag in cells] == rows


@given(ROWS)
def test_json_reads_back_as_the_same_values(rows: list[tuple[str, int, float | None]]) -> None:
    """Floats to the last bit, hostile texts unaltered, identifiers exact."""
    back = [(row["objectId"], int(row["candid"]), row["magpsf"]) for row in as_json(table(*rows))["rows"]]
    assert back == [(name, candid, mag if mag is None or math.isfinite(mag) else None) for name, candid, mag in rows]


@given(st.floats(width=32, allow_nan=False))
def test_a_float32_is_written_as_the_float_that_is_exactly_equal(value: float) -> None:
    """It comes back as the same float32."""
    widened = float(np.float32(value))
    [[_, _, cell]] = read_csv(as_csv(table(("a", 1, widened))))
    assert np.float32(float(cell)) == np.float32(value)
    assert float(cell) == widened
