"""A small report for tests, in which every text that others write is the same."""

import numpy as np
from tables import CUTS, table

from huntui.alerts.light_curve import LightCurve
from huntui.columns import Column
from huntui.exports.figures.cutouts import Picture
from huntui.exports.figures.light_curve import draw_light_curve
from huntui.exports.provenance import provenance
from huntui.exports.report.content import ClaimLine, Find, Report, SetLine, StageLine, TreasureLine

JD = 2460498.5


def curve(**arrays: object) -> LightCurve:
    """Return a light curve of six points: both bands, a limit, a fading, one of forced photometry."""
    values = {
        "jd": JD + np.array([-20.0, -9.0, -4.0, -3.0, -1.0, 0.0]),
        "fid": np.array([1, 1, 2, 3, 2, 1], np.int8),
        "mag": np.array([20.5, 19.0, 18.5, 18.2, 18.0, 17.9]),
        "sigma": np.array([np.nan, 0.2, 0.1, 0.1, 0.08, 0.05]),
        "is_limit": np.array([True, False, False, False, False, False]),
        "is_positive": np.array([False, True, True, False, True, True]),
        "is_forced": np.array([False, False, True, False, False, False]),
    }
    return LightCurve(**(values | arrays))  # type: ignore[arg-type]


def greys() -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Return an image whose first row is off the chip."""
    image = np.full((5, 5, 2), 255, np.uint8)
    image[..., 0] = np.arange(25).reshape(5, 5) * 10
    image[0, :, 1] = 0
    return image


def report(text: str, *, simulated: bool = False) -> Report:
    """Return a report that says `text` wherever somebody else decides what is said."""
    column = Column("ssnamenr", "text", True, text, text)
    link = {text: "https://example.org/?a=1&b=2", "bad": "javascript:alert(1)", "worse": text}
    find = Find(
        object_id=text, candid=7, taken="2024-07-07 00:00:00 UT", ra=10.0, dec=-20.0, where="00:40:00.00 -20:00:00.0",
        values=((column, text), (Column("magpsf", "f4", True, "mag", "how bright"), 17.899999618530273)),
        curve=draw_light_curve(curve(), JD, text),
        pictures=(Picture("science", greys()), Picture("template", None, text), Picture("difference", greys())),
        claims=(ClaimLine(text, "confirmed", 5, True, text), ClaimLine("Comet", "refuted", -5, False)),
        looks_like=(text,), starred=True, note=text, lost_at=(text,), links=None if simulated else link,
    )  # fmt: skip
    stage = StageLine(text, text, text, ((text, 0.5),), True, 10, 4, 6, 2, 1)
    treasure = TreasureLine(text, 5, 2, 3, 1, 1, 0, 0, False)
    told = provenance(table((text, 7, 17.9), source=text, date=text, simulated=simulated, cuts=CUTS, incomplete=text))
    return Report(
        provenance=told, hunt=text, about=text, alerts=10, objects=8, duplicates=0, bad_packets=1,
        surviving_alerts=4, surviving_objects=3, stages=(stage, stage), treasures=(treasure,),
        sets=(SetLine(text, 3, 1, 2),), score=5, possible=13, claims=2, names=(text,), more=4,
        finds=lambda: iter([find]), cuts=text,
    )  # fmt: skip
