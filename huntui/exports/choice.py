"""Which columns an export has."""

from collections.abc import Collection, Sequence

from huntui.errors import CallError, nearest

DEFAULT_COLUMNS: tuple[str, ...] = (
    "objectId",
    "candid",
    "jd",
    "ra",
    "dec",
    "fid",
    "magpsf",
    "sigmapsf",
    "isdiffpos",
    "drb",
    "rb",
    "ndethist",
    "age",
    "n_det",
    "rate",
    "rate_err",
    "rate_points",
    "peak_mag",
    "color",
    "gal_b",
    "ssdistnr",
    "ssmagnr",
    "ssnamenr",
    "sgscore1",
    "distpsnr1",
    "distnr",
    "magnr",
)
"""The usual columns: who, when, where, how bright, how real, how it changes, what is near."""


def choose_columns(wanted: str | Sequence[str], known: Collection[str]) -> tuple[str, ...]:
    """Return the names of columns in the order they were asked for, each once; the usual ones where none is.

    `wanted` is a list, or one text with commas as on the command line. Raises `CallError` for an unknown name.
    """
    names = wanted.split(",") if isinstance(wanted, str) else wanted
    chosen = tuple(dict.fromkeys(name.strip() for name in names if name.strip())) or DEFAULT_COLUMNS
    for name in chosen:
        if name not in known:
            hint = nearest(name, list(known)) or " `docs/columns.md` lists them all."
            raise CallError(f"There is no column {name!r} to export.{hint}")
    return chosen
