"""Values of every column of an object: invented, the same every time, with nulls and -999 among them."""

from huntui.engine.snapshot import Value
from huntui.features.registry import columns

_OF_TEXTS = {"isdiffpos": "t", "ssnamenr": "null", "schemavsn": "4.02", "publisher": "ZTF (www.ztf.caltech.edu)"}


def values(object_id: str, row: int) -> dict[str, Value]:
    """Return the values of the object in a row of the fake night."""
    numbers: dict[str, Value] = {}
    for place, column in enumerate(columns().values()):
        if column.kind == "text":
            numbers[column.name] = _OF_TEXTS.get(column.name, f"{column.name}-{row}")
        elif column.kind[0] == "i":
            numbers[column.name] = (place * 37 + row) % 64
        else:
            numbers[column.name] = round(((place * 7919 + row * 31) % 10007) / 137.0, 4)
        if column.nullable and place % 11 == 3:
            numbers[column.name] = None
        elif column.nullable and "-999" in column.meaning and place % 3 == 0:
            numbers[column.name] = -999.0
    known = {
        "objectId": object_id,
        "fid": 1 + row % 2,
        "jd": 2460498.81234 + row / 1000,
        "ra": 217.5 + row,
        "dec": -3.25,
    }
    return {**numbers, **known, "dec": -3.25, "candid": 2730312340815015000 + row}
