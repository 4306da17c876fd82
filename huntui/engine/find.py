"""The alerts of a night that somebody names: by objectId or by candid."""

import numpy as np

from huntui.engine.snapshot import BadPackets
from huntui.night.view import NightView
from huntui.packets.batch import Int64s

_LARGEST_CANDID = 2**63 - 1
_MOST_DIGITS = 100
"""Python makes no number of a text with thousands of them."""


def rows_named(view: NightView, name: str) -> Int64s:
    """Return the rows of the object, or of the alert, of this name, oldest first; empty where there is none.

    ZTF's own names are found however their letters are written: `ztf21abiuvdk`.
    """
    if not len(view):  # it has no columns either
        return np.empty(0, np.int64)
    digits = name.removeprefix("-")  # a damaged packet may have such a candid
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS and int(digits) <= _LARGEST_CANDID:
        found = np.flatnonzero(view.columns["candid"] == int(name)).astype(np.int64)
        if len(found):
            return found
    rows = view.rows_of(name)
    return rows if len(rows) else view.rows_of(name[:3].upper() + name[3:].lower())


def bad_packets_named(bad: BadPackets, name: str) -> list[tuple[str, str]]:
    """Return reason and reference of each bad packet whose file is called so, with or without folders and suffix."""
    found = []
    for place in range(len(bad)):
        reference = bad.reference(place)
        file = reference.replace("\\", "/").rpartition("/")[2]
        if name in (reference, file, file.rpartition(".")[0]):
            found.append((bad.reason(place), reference))
    return found
