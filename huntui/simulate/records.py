"""From alerts of the plan to packets: every column of every record, then the kernel that writes them."""

from functools import cache

import numpy as np
import numpy.typing as npt

from huntui.columns import CANDIDATE
from huntui.simulate.arrays import Integers, take
from huntui.simulate.cadence import SLOTS
from huntui.simulate.context import describe_neighbour, describe_places
from huntui.simulate.curves import ZERO_POINT, mag_of
from huntui.simulate.draws import Floats, Keys, normal, uniform
from huntui.simulate.images import describe_images, describe_reference
from huntui.simulate.kernels import Packets, Table, write_packets
from huntui.simulate.names import body_names, cutout_names, object_ids
from huntui.simulate.past import look_back, recall
from huntui.simulate.photometry import Measured, measure_flux
from huntui.simulate.plan import PIXEL_ARCSEC, SOURCES_PER_IMAGE, Plan, processing_id
from huntui.simulate.populations import POPULATIONS
from huntui.simulate.quality import describe_detections
from huntui.simulate.schema import (
    CUTOUT_FIELDS,
    FORCED_FIELDS,
    HISTORY_FIELDS,
    PUBLISHER,
    TOP_FIELDS,
    VERSION,
    container_header,
)
from huntui.simulate.stamps import Scene, cut_out
from huntui.simulate.tables import Values, encode_texts, fill, largest, lay_out, put

_TEXTS = [VERSION, PUBLISHER, "t", "f", "huntui", "simulated", "0", "61", "null"]
_VERSION, _PUBLISHER, _POSITIVE, _NEGATIVE, _PROGRAM, _CLASSIFIER, _FINE, _FAILED, _NOBODY = range(len(_TEXTS))
_NO_FORCED_VALUE = -99999.0
_LOOK = np.array([population.look for population in POPULATIONS])
_KNOWN_BODY = np.array([population.name in ("known asteroid", "comet") for population in POPULATIONS])
_EXPOSURE_SECONDS = 30.0

_TOP = lay_out(TOP_FIELDS, {"objectId": 12})
_CUTOUT = lay_out(CUTOUT_FIELDS, {"fileName": 64})
_CANDIDATE = lay_out(CANDIDATE, {"pdiffimfilename": 57})
_HISTORY = lay_out(HISTORY_FIELDS, {"pdiffimfilename": 95})
_FORCED = lay_out(FORCED_FIELDS, {})


@cache
def _head() -> npt.NDArray[np.uint8]:
    return np.frombuffer(container_header(), np.uint8)


def make_packets(
    plan: Plan, alerts: Integers, noise: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.uint8], Integers]:  # fmt: skip
    """Make the packets of some alerts of a plan: their bytes one after the other, and where each ends."""
    chunk = _Chunk(plan, alerts)
    texts, candidate = chunk.candidate()
    packets = Packets(
        _head(),
        encode_texts(texts),
        cut_out(chunk.scene(), noise),
        chunk.top(),
        candidate,
        chunk.history(),
        chunk.past.ends,
        chunk.forced(),
        chunk.past.forced_ends,
        fill(_CUTOUT, 3 * len(alerts), {"fileName": cutout_names(chunk.candid)}),
    )
    tables = (packets.top, packets.candidate, packets.history, packets.forced, packets.cutouts)
    longest_text = max(len(text) for text in texts) * 8
    rows = sum(table.floats.shape[1] for table in tables)
    room = sum(largest(table) for table in tables) + rows * longest_text
    room += len(packets.stamps.data) + len(alerts) * (len(packets.head) + 64)
    out, ends = np.empty(room, np.uint8), np.empty(len(alerts), np.int64)
    write_packets(out, ends, packets)
    return out[: ends[-1]], ends


class _Chunk:
    """Some alerts of a night with what belongs to each of them."""

    def __init__(self, plan: Plan, alerts: Integers) -> None:
        self.plan, self.which, self.slot = plan, plan.object[alerts], plan.slot[alerts]
        self.candid = plan.candid[alerts]
        objects = plan.objects
        self.field, self.rcid = objects.field[self.which], objects.rcid[self.which]
        self.parameters = take(objects.parameters, self.which)
        self.keys, self.look = objects.keys[self.which], _LOOK[objects.population[self.which]]
        self.measured = measure_flux(plan.cadence, self.field, self.slot, self.parameters, self.keys)
        self.past = look_back(plan, self.which, self.slot)
        self.place = describe_places(objects, self.which)

    @property
    def jd(self) -> Floats:
        """Start of each alert's exposure [JD]."""
        times: Floats = self.plan.cadence.jd[self.field, self.slot]
        return times

    def top(self) -> Table:
        """Return the table of the top-level fields."""
        ids = object_ids(self.plan.day, self.plan.key, self.plan.serial[self.which])
        values: Values = {"schemavsn": _VERSION, "publisher": _PUBLISHER, "objectId": ids, "candid": self.candid}
        return fill(_TOP, len(self.which), values)

    def scene(self) -> Scene:
        """Return what the cutouts show."""
        cadence, is_g = self.plan.cadence, self.plan.cadence.is_g[self.field, self.slot]
        speed = np.nan_to_num(self.parameters.speed)
        return Scene(
            self.measured.keys,
            self.keys,
            self.look,
            self.measured.flux,
            cadence.limit[self.field, self.slot],
            cadence.seeing[self.field, self.slot],
            cadence.zero_point[self.field, self.slot],
            self.place.east,
            self.place.north,
            np.where(is_g, self.place.magnr_g, self.place.magnr_r),
            self.place.extended,
            self.plan.objects.x[self.which],
            self.plan.objects.y[self.which],
            speed * _EXPOSURE_SECONDS / 60.0 / PIXEL_ARCSEC,
        )

    def candidate(self) -> tuple[list[str], Table]:
        """Return the texts of the chunk and the table of the candidate records."""
        everyone = np.arange(len(self.which))
        names, bodies = self._bodies()
        record = recall(self.parameters, self.keys, self.jd, self.past)
        image = describe_images(self.plan, self.field, self.rcid, self.slot, archived=False)
        values: Values = {
            **image,
            **describe_reference(self.plan, np.asarray(image["rfid"]), self.jd),
            **self._detections(everyone, self.slot, self.measured),
            **self.place.columns,
            **bodies,
            "candid": self.candid,
            "tblid": self.candid % 1000,
            "ndethist": record.ndethist,
            "ncovhist": record.ncovhist,
            "jdstarthist": record.jdstarthist,
            "jdendhist": self.jd,
            "tooflag": 0,
            "exptime": _EXPOSURE_SECONDS,
            "programpi": _PROGRAM,
            "rbversion": _CLASSIFIER,
            "drbversion": _CLASSIFIER,
        }
        return _TEXTS + names, fill(_CANDIDATE, len(everyone), values)

    def _bodies(self) -> tuple[list[str], Values]:
        """Known bodies of the solar system at the place; one object in 250 lies near one that it is not."""
        known = _KNOWN_BODY[self.plan.objects.population[self.which]]
        stranger = ~known & (uniform(self.keys, 700) < 0.004)
        own = np.round(np.abs(0.8 * normal(self.measured.keys, 701)))
        distance = np.where(known, own, np.round(30.0 * np.sqrt(uniform(self.keys, 702))))
        mag = mag_of(np.abs(self.measured.flux)) + 0.1 + 0.25 * normal(self.keys, 703)
        mag = np.where(known, mag, 18.0 + 3.0 * uniform(self.keys, 704))
        found = known | stranger
        names = body_names(self.plan.objects, self.which, stranger)
        return names, {
            "ssdistnr": np.where(found, distance, -999.0),
            "ssmagnr": np.where(found, np.round(mag, 1), -999.0),
            "ssnamenr": len(_TEXTS) + np.arange(len(names)),
        }

    def _detections(self, alert: Integers, slot: Integers, measured: Measured) -> Values:
        """Columns that belong to a detection, one row per (alert, slot)."""
        field, is_g = self.field[alert], self.plan.cadence.is_g[self.field[alert], slot]
        mag, error = mag_of(np.abs(measured.flux)), 1.0857 * measured.error / np.abs(measured.flux)
        snr = np.abs(measured.flux) / measured.error
        quality = describe_detections(
            measured.keys,
            self.look[alert],
            mag,
            snr,
            self.plan.cadence.limit[field, slot],
            self.plan.cadence.seeing[field, slot],
        )
        x, y = self.plan.objects.x[self.which[alert]], self.plan.objects.y[self.which[alert]]
        return {
            **quality,
            **self._position(alert, measured.keys, snr),
            **describe_neighbour(self.place, alert, is_g, self.keys[alert]),
            "isdiffpos": np.where(measured.flux > 0.0, _POSITIVE, _NEGATIVE),
            "magpsf": mag,
            "sigmapsf": error,
            "xpos": np.round(x, 3),
            "ypos": np.round(y, 3),
            "mindtoedge": np.round(np.minimum(np.minimum(x, y), 3072.0 - np.maximum(x, y)), 3),
        }

    def _position(self, alert: Integers, keys: Keys, snr: Floats) -> Values:
        """Measured position, and that of the reference's nearest source at its distance."""
        ra, dec = self.plan.objects.ra[self.which[alert]], self.plan.objects.dec[self.which[alert]]
        spread = 0.06 + 0.5 / snr
        east, north = spread * normal(keys, 720), spread * normal(keys, 721)
        shrink = 3600.0 * np.cos(np.radians(dec))
        to_east, to_north = self.place.east[alert] - east, self.place.north[alert] - north
        return {
            "ra": np.round((ra + east / shrink) % 360.0, 7),
            "dec": np.round(dec + north / 3600.0, 7),
            "ranr": np.round((ra + self.place.east[alert] / shrink) % 360.0, 7),
            "decnr": np.round(dec + self.place.north[alert] / 3600.0, 7),
            "distnr": np.hypot(to_east, to_north) / PIXEL_ARCSEC,
        }

    def history(self) -> Table:
        """Return the table of the history: every exposure of the past, measured where it was a detection."""
        past = self.past
        field, rcid = self.field[past.alert], self.rcid[past.alert]
        images = describe_images(self.plan, field, rcid, past.slot, archived=True)
        table = fill(_HISTORY, len(past.alert), {**images, "programpi": _PROGRAM, "rbversion": _CLASSIFIER})
        rows = np.flatnonzero(past.measured.detected)
        alert, slot = past.alert[rows], past.slot[rows]
        measured = take(past.measured, rows)
        values = self._detections(alert, slot, measured)
        pid = processing_id(self.plan.cadence.jd[self.field[alert], slot], self.rcid[alert])
        tblid = np.floor(SOURCES_PER_IMAGE * uniform(measured.keys, 730)).astype(np.int64)
        earlier_tonight = self.plan.first_candid[self.which[alert]]
        candid = np.where(slot == SLOTS - 2, earlier_tonight, pid * 1_000_000 + 15_000 + tblid)
        values |= {"candid": candid, "tblid": candid % 1000}
        values |= {"ssdistnr": -999.0, "ssmagnr": -999.0, "ssnamenr": _NOBODY}
        put(_HISTORY, table, rows, values)
        return table

    def forced(self) -> Table:
        """Return the table of the forced photometry: flux at every earlier exposure, detected or not."""
        alert, slot = self.past.alert[self.past.forced], self.past.slot[self.past.forced]
        measured = take(self.past.measured, self.past.forced)
        field, cadence = self.field[alert], self.plan.cadence
        dn = np.power(10.0, 0.4 * (cadence.zero_point[field, slot] - ZERO_POINT))
        failed = uniform(measured.keys, 740) < 0.03
        values: Values = {
            **describe_images(self.plan, field, self.rcid[alert], slot, archived=True),
            **describe_neighbour(self.place, alert, cadence.is_g[field, slot], self.keys[alert]),
            "distnr": np.hypot(self.place.east[alert], self.place.north[alert]),
            "ranr": np.round(self.plan.objects.ra[self.which[alert]], 7),
            "decnr": np.round(self.plan.objects.dec[self.which[alert]], 7),
            "sciinpseeing": cadence.seeing[field, slot],
            "scibckgnd": 100.0 + 120.0 * uniform(measured.keys, 741),
            "scisigpix": 4.5 + 3.0 * uniform(measured.keys, 742),
            "exptime": _EXPOSURE_SECONDS,
            "adpctdif1": 0.07 + 0.03 * uniform(measured.keys, 743),
            "adpctdif2": 0.07 + 0.03 * uniform(measured.keys, 744),
            "forcediffimflux": np.where(failed, _NO_FORCED_VALUE, measured.flux * dn),
            "forcediffimfluxunc": np.where(failed, _NO_FORCED_VALUE, measured.error * dn),
            "procstatus": np.where(failed, _FAILED, _FINE),
        }
        return fill(_FORCED, len(alert), values)
