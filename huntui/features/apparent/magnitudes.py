"""How bright a place is with all its light, and how that varies: what is known of variable stars and active galaxies.

A packet gives the brightness of the change. With the nearest source of the reference image, where the detection lies
on it (`distnr` below 1.5 pixels), that becomes the apparent magnitude −2.5 log10(10^(−0.4 magnr) ± 10^(−0.4 magpsf)):
plus for a positive detection, minus for a negative one, null where nothing is left. A detection counts here if it has
one. Each is on the reference image of its own field and band, as its entry of the history says.

The amplitude is the whole range: half of the packets that have one have six points or fewer, and there the 5 and 95
per cent that surveys use lie between the two outermost points anyway. Against a quiet state, of a dwarf nova say,
`magnr - apparent_peak` is the amplitude. Where almost all light is subtracted `apparent_err` is large.
There is no period: docs/decisions/0003-no-period-from-a-packet.md has the reason.
"""

import numpy as np

from huntui.alerts.batch import AlertBatch, Columns
from huntui.columns import Column
from huntui.features.family import ISSUE, Family, curves

_SUPPLEMENT = "ZTF Science Data System, explanatory supplement"
_DETECTIONS = "of the detections on a reference source, in the alert's band"
_LINE = "r-squared as Fink's yso_spicy asks for it, github.com/astrolabsoftware/fink-filters"

COLUMNS = (
    Column(
        "apparent_mag",
        "f4",
        True,
        "mag",
        "brightness of all light at the place: magnr and magpsf added as fluxes, or subtracted for a negative "
        "detection; null unless distnr < 1.5 pixels and something is left",
        _SUPPLEMENT,
    ),
    Column(
        "apparent_err",
        "f4",
        True,
        "mag",
        "1-sigma uncertainty of apparent_mag that follows from sigmapsf and sigmagnr",
        _SUPPLEMENT,
    ),
    Column("apparent_peak", "f4", True, "mag", f"brightest apparent magnitude {_DETECTIONS}", ISSUE),
    Column(
        "apparent_amplitude",
        "f4",
        True,
        "mag",
        f"faintest − brightest apparent magnitude {_DETECTIONS}; null for fewer than 2",
        ISSUE,
    ),
    Column(
        "apparent_skew",
        "f4",
        True,
        "",
        f"skewness of the apparent magnitudes {_DETECTIONS}: positive where it dips now and then, negative where it "
        "brightens now and then; null for fewer than 5 or without a change",
        "skewness of the magnitudes: Richards et al. 2011, ApJ 733 10",
    ),
    Column(
        "apparent_von_neumann",
        "f4",
        True,
        "",
        "mean squared difference of apparent magnitudes in a row over their variance, in the alert's band: near 2 for "
        "independent values, near 0 for a smooth change; null for fewer than 5 or without a change",
        "von Neumann 1941, Ann. Math. Stat. 12 367",
    ),
    Column(
        "apparent_r2",
        "f4",
        True,
        "",
        "share of the variance of apparent magnitudes in the alert's band that a straight line over time explains; "
        "null for fewer than 5 or without a change",
        _LINE,
    ),
    Column(
        "apparent_color",
        "f4",
        True,
        "mag",
        "g − r in apparent magnitudes, of the latest g detection with the nearest r detection within 0.5 days",
        ISSUE,
    ),
    Column(
        "apparent_color_scatter",
        "f4",
        True,
        "mag",
        "standard deviation (n − 1) of that colour over all g detections with an r detection within 0.5 days; null "
        "for fewer than 3",
        ISSUE,
    ),
    Column("apparent_points", "i4", False, "", "detections with an apparent magnitude, in the alert's band", ISSUE),
)


def compute(batch: AlertBatch) -> Columns:
    """Return apparent magnitudes of a batch and what they do over its histories."""
    from huntui.features.apparent import kernels

    values = np.full((len(COLUMNS) - 1, len(batch)), np.nan, np.float32)
    number = np.zeros(len(batch), np.int32)
    kernels.apparent(curves(batch), values, number)
    return dict(zip((column.name for column in COLUMNS), (*values, number), strict=True))


FAMILY = Family(COLUMNS, compute)
