"""What belongs to an image rather than to a detection in it: identifiers, limit, photometric calibration, reference."""

import numpy as np

from huntui.simulate.arrays import Booleans, Integers
from huntui.simulate.cadence import NIGHT_COUNT_STARTS, SLOTS
from huntui.simulate.draws import Floats, Keys, combine, normal, uniform
from huntui.simulate.names import image_names, reference_ids
from huntui.simulate.plan import Plan, processing_id
from huntui.simulate.tables import Values


def describe_images(plan: Plan, field: Integers, rcid: Integers, slot: Integers, archived: bool) -> Values:
    """Return the columns of difference images, one row per field, readout channel and slot."""
    cadence = plan.cadence
    number, jd, is_g = cadence.number[field], cadence.jd[field, slot], cadence.is_g[field, slot]
    keys = combine(combine(np.broadcast_to(plan.key, len(jd)), field * SLOTS + slot), rcid)
    return {
        "jd": jd,
        "fid": np.where(is_g, 1, 2),
        "pid": processing_id(jd, rcid),
        "diffmaglim": cadence.limit[field, slot],
        "pdiffimfilename": image_names(plan.day, jd, number, rcid, is_g, archived),
        "programid": 1,
        "nid": np.floor(jd - NIGHT_COUNT_STARTS).astype(np.int64),
        "rcid": rcid,
        "field": number,
        "rfid": reference_ids(number, rcid, np.where(is_g, 1, 2)),
        **_calibration(keys, cadence.zero_point[field, slot], is_g),
    }


def _calibration(keys: Keys, zero_point: Floats, is_g: Booleans) -> Values:
    """Zero point and colour term against PS1; the spreads are those of good nights."""
    clrcounc = 1e-5 * np.exp(1.2 + 0.7 * normal(keys, 750))
    return {
        "magzpsci": zero_point,
        "magzpsciunc": 0.4 * clrcounc,
        "magzpscirms": np.where(is_g, 0.042, 0.033) * np.exp(0.2 * normal(keys, 751)),
        "nmatches": 60 + np.floor(2100.0 * uniform(keys, 752)).astype(np.int64),
        "clrcoeff": np.where(is_g, -0.055, 0.1) + 0.02 * normal(keys, 753),
        "clrcounc": clrcounc,
        "zpclrcov": -0.8 * clrcounc,
        "zpmed": zero_point + 0.03 * normal(keys, 754),
        "clrmed": 0.62 + 0.1 * normal(keys, 755),
        "clrrms": 0.25 + 0.04 * normal(keys, 756),
    }


def describe_reference(plan: Plan, rfid: Integers, jd: Floats) -> Values:
    """Return the columns of reference images: the same for every alert of a field, readout channel and band."""
    keys = combine(np.broadcast_to(plan.key, len(rfid)), rfid)
    begin = np.minimum(2458190.0, jd - 150.0) + np.round(90.0 * uniform(keys, 710), 6)
    return {
        "jdstartref": begin,
        "jdendref": np.minimum(begin + np.round(20.0 + 90.0 * uniform(keys, 711), 6), jd - 20.0),
        "nframesref": 15 + np.floor(26.0 * uniform(keys, 712) ** 4).astype(np.int64),
    }
