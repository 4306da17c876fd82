"""Every format that holds a table is read back by the library that others read it with: values, units, origin."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
import yaml
from astropy.io import fits
from astropy.io.votable import parse, validate
from astropy.io.votable.ucd import check_ucd
from astropy.table import Table
from astropy.units import Unit
from tables import CUTS, table

from huntui.columns import CANDIDATE, Column
from huntui.errors import CallError
from huntui.exports.export import export
from huntui.exports.formats import reg
from huntui.exports.origin import origin_of_export
from huntui.exports.registry import FORMATS
from huntui.exports.table import ExportTable, Value
from huntui.exports.ucds import ucd, unit
from huntui.features.registry import columns

WIDE = (
    Column("objectId", "text", False, "", "name of the object"),
    Column("candid", "i8", False, "", "identifier of this alert"),
    Column("ra", "f8", True, "deg", "right ascension, J2000"),
    Column("dec", "f8", True, "deg", "declination, J2000"),
    Column("magpsf", "f4", True, "mag", "how bright the change is – and more"),
    Column("nbad", "i4", True, "", "bad pixels"),
    Column("rate", "f4", True, "mag/day", "how fast it fades"),
    Column("ssnamenr", "text", True, "", "name of the nearest known body"),
)
ROWS: tuple[tuple[Value, ...], ...] = (
    ("ZTF24aaaaaaa", 2739139930015015010, 123.4567891234, -12.3456789, float(np.float32(18.1)), 0, None, "C/2020 F3"),
    ("ZTF24aaaaaab", 2739139930015015011, 0.0, 89.9, float("nan"), None, float(np.float32(-0.25)), None),
    ("a{b}\n\x1b&<\udcff", 1, None, None, None, -5, float("inf"), "ä–"),
)


def wide(*rows: tuple[Value, ...], **about: Any) -> ExportTable:
    """Return a table of every kind of column."""
    return table(*(rows or ROWS), columns=WIDE, **about)


def written(tmp_path: Path, ending: str, made: ExportTable) -> Path:
    """Write a table and return its file."""
    path = tmp_path / f"finds{ending}"
    export(path, made)
    return path


def values(found: Table) -> list[list[object]]:
    """Return the cells of an astropy table, None for what is masked or no number."""
    cells = [[None if value is np.ma.masked else value for value in found[name]] for name in found.colnames]
    return [[None if isinstance(v, float | np.floating) and np.isnan(v) else v for v in column] for column in cells]


def check_numbers(found: Table) -> None:
    """Numbers come back as the floats and integers that they were, with their nulls and units."""
    told = dict(zip(found.colnames, values(found), strict=True))
    assert told["candid"] == [row[1] for row in ROWS]
    assert told["ra"] == [row[2] for row in ROWS]
    assert told["magpsf"] == [np.float32(18.1), None, None]
    assert told["nbad"] == [0, None, -5]
    assert told["rate"] == [None, np.float32(-0.25), np.float32("inf")]
    assert told["objectId"][:2] == [ROWS[0][0], ROWS[1][0]]
    assert told["ssnamenr"][0] == "C/2020 F3"
    assert (found["magpsf"].unit, found["rate"].unit) == (Unit("mag"), Unit("mag / d"))
    assert found["candid"].dtype.newbyteorder("=") == np.int64
    assert found["magpsf"].dtype.newbyteorder("=") == np.float32


@pytest.mark.filterwarnings("error")
def test_fits_is_read_by_astropy_with_units_and_origin(tmp_path: Path) -> None:
    """Its checksum is right, and what describes a column stands in its header."""
    path = written(tmp_path, ".fits", wide())
    check_numbers(Table.read(path, hdu=1))
    with fits.open(path, checksum=True) as hdus:
        header = hdus[1].header
        hdus.verify("exception")
        assert header["TUCD3"] == "pos.eq.ra;meta.main"
        assert header["TCOMM5"] == "how bright the change is \\u2013 and more"
        assert json.loads(header["HUNTUI"])["cuts"] == CUTS
        assert "SIMULATED: every object in this file is invented" in header["HISTORY"]
        assert hdus[1].data["objectId"][2].startswith("a{b}  &<")


@pytest.mark.filterwarnings("error")
def test_ecsv_is_read_by_astropy(tmp_path: Path) -> None:
    """Text is as it was but for control characters."""
    found = Table.read(written(tmp_path, ".ecsv", wide()), format="ascii.ecsv")
    check_numbers(found)
    assert found["magpsf"].description == WIDE[4].meaning
    assert values(found)[7] == ["C/2020 F3", None, "ä–"]
    assert json.loads(found.meta["provenance"])["cuts"] == CUTS


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("rows", [ROWS, ROWS[:1]])
def test_a_votable_validates_without_a_warning(tmp_path: Path, rows: tuple[tuple[Value, ...], ...]) -> None:
    """Units, UCDs and the frame of positions are what the standard has."""
    path = written(tmp_path, ".vot", wide(*rows))
    said = validate(path, output=None, xmllint=False)
    assert "found no violations" in str(said)
    found = parse(path, verify="exception")
    fields = {field.name: field for field in found.get_first_table().fields}
    assert (fields["ra"].ucd, fields["ra"].ref, str(fields["ra"].unit)) == ("pos.eq.ra;meta.main", "icrs", "deg")
    assert fields["rate"].description == "how fast it fades"
    assert found.resources[0].coordinate_systems[0].system == "ICRS"
    if rows == ROWS:
        check_numbers(found.get_first_table().to_table())


def test_a_votable_of_nothing_validates_as_well(tmp_path: Path) -> None:
    """A night of clouds has no survivors."""
    for ending in (".vot", ".fits", ".ecsv", ".parquet", ".jsonl", ".reg", ".yaml", ".md"):
        path = written(tmp_path, ending, table(columns=WIDE))
        assert origin_of_export(path)["rows"] == 0
    assert len(parse(tmp_path / "finds.vot", verify="exception").get_first_table().array) == 0
    assert len(Table.read(tmp_path / "finds.fits", hdu=1)) == 0


def test_parquet_is_read_by_arrow(tmp_path: Path) -> None:
    """Nulls are nulls, and a NaN is one."""
    found = pq.read_table(written(tmp_path, ".parquet", wide()))
    assert found["candid"].to_pylist() == [row[1] for row in ROWS]
    assert found["magpsf"].to_pylist() == [float(np.float32(18.1)), None, None]
    assert found["nbad"].to_pylist() == [0, None, -5]
    assert found["ssnamenr"].to_pylist() == ["C/2020 F3", None, "ä–"]
    assert found.schema.field("rate").metadata == {
        b"unit": b"mag/day", b"description": b"how fast it fades", b"ucd": b"arith.rate;phot.mag",
    }  # fmt: skip
    assert json.loads(found.schema.metadata[b"huntui"])["cuts"] == CUTS


def test_yaml_is_a_list_with_an_object_per_row(tmp_path: Path) -> None:
    """As any reader of YAML reads it; identifiers are texts."""
    rows = yaml.safe_load(written(tmp_path, ".yaml", wide()).read_text())
    assert [row["candid"] for row in rows] == [str(row[1]) for row in ROWS]
    assert [row["rate"] for row in rows] == [None, -0.25, None]
    assert [row["objectId"] for row in rows] == [row[0] for row in ROWS]
    (tmp_path / "none").mkdir()
    assert yaml.safe_load(written(tmp_path / "none", ".yaml", table(columns=WIDE)).read_text()) == []


def test_markdown_is_a_table_in_which_no_text_is_markup(tmp_path: Path) -> None:
    """Neither can a note end the comment that it stands in."""
    mark = {"objectId": "ZTF24aaaaaaa", "starred": True, "hidden": False, "note": "--> <b>"}
    path = written(tmp_path, ".md", wide(marks=(mark,), simulated=True))
    text = path.read_text()
    head, _, body = text.partition("-->\n")
    assert "-->" not in head
    assert "-->" not in body
    assert "SIMULATED" in body
    assert body.splitlines()[-1].startswith(r"| a\{b\}  \&\<  | 1 |  |  |  | -5 |")
    assert {line.replace("\\|", "").count("|") for line in body.splitlines() if line.startswith("|")} == {len(WIDE) + 1}
    assert origin_of_export(path)["simulated"]


def test_json_lines_have_an_object_per_row_behind_their_origin(tmp_path: Path) -> None:
    """Identifiers are texts, since most readers count only up to 2^53."""
    first, *rows = [json.loads(line) for line in written(tmp_path, ".jsonl", wide()).read_text().splitlines()]
    assert list(first) == ["provenance"]
    assert [row["candid"] for row in rows] == [str(row[1]) for row in ROWS]
    assert [row["rate"] for row in rows] == [None, -0.25, None]


def test_regions_are_circles_with_names_that_cannot_break_out(tmp_path: Path) -> None:
    """An alert without a position has none."""
    hostile = ('}\n-circle(0,0,9) # {"', *ROWS[0][1:])
    lines = written(tmp_path, ".reg", wide(*ROWS, hostile)).read_text().splitlines()
    assert lines[0] == "# Region file format: DS9 version 4.1"
    drawn = [line for line in lines if not line.startswith(("#", "global", "icrs"))]
    assert drawn == [
        'circle(123.4567891,-12.3456789,5") # text={ZTF24aaaaaaa}',
        'circle(0.0000000,89.9000000,5") # text={ZTF24aaaaaab}',
        'circle(123.4567891,-12.3456789,5") # text={  -circle(0,0,9) #  "}',
    ]
    with pytest.raises(CallError, match=r"Regions need .*; ra, dec is not"):
        reg.write(table(("a", 1, 2.0)), BytesIO())


@pytest.mark.parametrize("ending", [ending for ending in FORMATS if ending not in (".avro", ".tar")])
def test_every_format_carries_the_same_origin(tmp_path: Path, ending: str) -> None:
    """The digest is one of the rows, whatever they are written as, and is another one for other rows."""
    told = origin_of_export(written(tmp_path, ending, wide(recipe={"date": "20240707", "seed": 1, "count": 2})))
    assert (told["cuts"], told["recipe"]["count"], told["source"]) == (CUTS, 2, "simulated")
    (tmp_path / f"finds{ending}").unlink()
    same = origin_of_export(written(tmp_path, ".csv" if ending != ".csv" else ".json", wide()))
    assert same["sha256"] == told["sha256"]
    other = origin_of_export(written(tmp_path, ending, wide(*ROWS[:2])))
    assert other["sha256"] != told["sha256"]
    assert (told["rows"], other["rows"]) == (3, 2)


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 100, b"{", b"# provenance: {", b"SIMPLE", b"PAR1PAR1", b"<VOTABLE/>"]
)
@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_that_is_no_export_is_told(tmp_path: Path, ending: str, content: bytes) -> None:
    """Whatever is in it."""
    path = tmp_path / f"x{ending}"
    path.write_bytes(content)
    with pytest.raises(CallError, match=r"x\.\w+: holds no export of huntui"):
        origin_of_export(path)


@pytest.mark.parametrize(
    "column", list({c.name: c for c in (*CANDIDATE, *columns().values())}.values()), ids=lambda c: c.name
)
def test_units_and_ucds_are_of_the_standards(column: Column) -> None:
    """Every column can stand in a VOTable and a FITS table."""
    assert check_ucd(ucd(column), check_controlled_vocabulary=True), ucd(column)
    for notation in ("vounit", "fits"):
        assert Unit(Unit(unit(column)).to_string(notation), format=notation) is not None
