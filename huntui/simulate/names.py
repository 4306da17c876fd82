"""Names and numbers of things: objectId, file names, reference images, minor planets. None says what the object is."""

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from huntui.simulate.arrays import Booleans, Integers
from huntui.simulate.cadence import HISTORY_DAYS, julian_date
from huntui.simulate.draws import Floats, Keys, combine, mix
from huntui.simulate.plan import Objects
from huntui.simulate.populations import POPULATIONS
from huntui.simulate.tables import characters

_LETTERS = 7
_NAMES: int = 26**_LETTERS
_STRIDE = 5_000_000_029
"""Shares no factor with 26, so that stepping by it through all names meets each once."""

_KNOWN = {k: population.name for k, population in enumerate(POPULATIONS)}


def object_ids(day: date, night_key: Keys, serials: Integers) -> npt.NDArray[np.uint8]:
    """Return objectIds: ZTF, the year of the night whatever the object's age, and seven letters from its serial."""
    text = characters(f"ZTF{day.year % 100:02d}" + "a" * _LETTERS, len(serials), [])
    offset = int(mix(night_key)[0]) % _NAMES
    # Python's integers, since serial times stride does not fit into 64 bits.
    rest = np.array([(offset + serial * _STRIDE) % _NAMES for serial in serials.tolist()], np.int64)
    for place in range(12, 12 - _LETTERS, -1):
        rest, letter = np.divmod(rest, 26)
        text[:, place] = letter + ord("a")
    return text


def serial_of(day: date, night_key: Keys, object_id: str) -> int:
    """Return the serial behind an objectId, −1 where it is none of that year; it may be beyond the night's last."""
    letters = object_id[5:]
    if object_id[:5] != f"ZTF{day.year % 100:02d}" or len(letters) != _LETTERS:
        return -1
    code = 0
    for letter in letters:
        if not "a" <= letter <= "z":
            return -1
        code = code * 26 + ord(letter) - ord("a")
    offset = int(mix(night_key)[0]) % _NAMES
    return (code - offset) * pow(_STRIDE, -1, _NAMES) % _NAMES


def cutout_names(candid: Integers) -> npt.NDArray[np.uint8]:
    """Return the names of the three cutouts of each alert, three rows per alert."""
    digits = len(str(int(candid[0])))
    zeros, short = "0" * digits, "0" * (digits - 6)
    target = f"candid{zeros}_pid{short}_targ"
    numbers = [(6, digits, candid), (10 + digits, digits - 6, candid // 10**6)]
    science = characters(f"{target}_sci.fits.gz", len(candid), numbers)
    difference = characters(f"{target}_scimref.fits.gz", len(candid), numbers)
    template = characters(f"candid{zeros}_ref.fits.gz", len(candid), numbers[:1])
    names = np.zeros((len(candid), 3, difference.shape[1]), np.uint8)
    for k, text in enumerate((science, template, difference)):
        names[:, k, : text.shape[1]] = text
    return names.reshape(3 * len(candid), -1)


def image_names(
    day: date, jd: Floats, field: Integers, rcid: Integers, is_g: Booleans, archived: bool
) -> npt.NDArray[np.uint8]:
    """Return the file names of difference images; those of earlier exposures come with their place in the archive."""
    days = [day - timedelta(days=back) for back in range(HISTORY_DAYS + 2)]
    dates = np.array([d.year * 10000 + d.month * 100 + d.day for d in days])
    midnight = julian_date(day)
    back = -np.floor(jd - midnight).astype(np.int64)
    today, fraction = dates[back], np.floor((jd - midnight + back) * 1e6).astype(np.int64)
    name = "ztf_00000000000000_000000_zr_c00_o_q0_scimrefdiffimg.fits"
    folder = "/ztf/archive/sci/0000/0000/000000/" if archived else ""
    at = len(folder)
    numbers = [
        (at + 4, 8, today),
        (at + 12, 6, fraction),
        (at + 19, 6, field),
        (at + 30, 2, rcid // 4 + 1),
        (at + 36, 1, rcid % 4 + 1),
    ]
    if archived:
        name += ".fz"
        numbers += [(17, 4, today // 10000), (22, 4, today % 10000), (27, 6, fraction)]
    text = characters(folder + name, len(jd), numbers)
    text[:, at + 28] = np.where(is_g, ord("g"), ord("r"))
    return text


def reference_ids(field: Integers, rcid: Integers, fid: Integers) -> Integers:
    """Return `rfid` as ZTF composes it: field, processing, band, readout channel."""
    return field * 1_000_000 + 120_000 + fid * 100 + rcid


def body_names(objects: Objects, which: Integers, strangers: Booleans) -> list[str]:
    """Return the name of the known body at each object's place, or 'null', as the survey writes it.

    `strangers` are objects that happen to lie near an asteroid which they are not.
    """
    numbers = combine(mix(objects.body[which].astype(np.uint64)), objects.population[which]) >> np.uint64(20)
    names = []
    for population, number, is_near in zip(objects.population[which], numbers, strangers, strict=True):
        kind = _KNOWN[int(population)]
        if kind == "comet":
            names.append(f"{int(number) % 470 + 1}P")
        elif kind == "known asteroid" or is_near:
            names.append(str(int(number) % 620_000 + 1000))
        else:
            names.append("null")
    return names
