"""What every column of a packet is: name, storage, unit and meaning, in the order of schema 4.02.

Names, units and meanings follow ZTF's alert schema (github.com/ZwickyTransientFacility/ztf-avro-alert, docs/schema.md).

How a null is kept, one convention per kind of storage:

    f4, f8   NaN
    i4, i8   the smallest integer of that width (`NULL_I4`, `NULL_I8`)
    text     code -1 (`NULL_TEXT`)

The survey's own -999 ("no match") is a number, not a null.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["f4", "f8", "i4", "i8", "text"]

NULL_I4 = -(2**31)
NULL_I8 = -(2**63)
NULL_TEXT = -1

LIGHT_CURVE = "light_curve"
"""What stands in a table like a column but is a drawing: the light curve in short."""


@dataclass(frozen=True, slots=True)
class Column:
    """One named quantity of an alert: a field of the packet, a feature or a score."""

    name: str
    kind: Kind
    nullable: bool
    """Whether the writer schema of 4.02 lets it be null; what an older schema lacks is null anyway."""
    unit: str
    """Unit in the notation of the schema (`mag`, `day`, `deg`, `arcsec`, `pixel`), empty where there is none."""
    meaning: str
    source: str = "ZTF alert schema"


def _ps1(rank: int, which: str) -> tuple[Column, ...]:
    """Columns of the `rank`-th closest Pan-STARRS1 source within 30 arcsec; all are -999 where there is none."""
    mags = tuple(
        Column(f"s{band}mag{rank}", "f4", True, "mag", f"{band}-band PSF magnitude of the {which} PS1 source")
        for band in "griz"
    )
    score = Column(f"sgscore{rank}", "f4", True, "", f"star–galaxy score of the {which} PS1 source: 1 star, 0 galaxy")
    distance = Column(
        f"distpsnr{rank}", "f4", True, "arcsec", f"distance to the {which} PS1 source; -999 beyond 30 arcsec"
    )
    return (*mags, score, distance)


def _ps1_id(rank: int, which: str) -> Column:
    return Column(f"objectidps{rank}", "i8", True, "", f"PS1 identifier of the {which} source within 30 arcsec")


ALERT: tuple[Column, ...] = (
    Column("schemavsn", "text", False, "", "schema version the alert says it was made with"),
    Column("publisher", "text", False, "", "who published the packet"),
    Column("objectId", "text", False, "", "name of the object: alerts within 1.5 arcsec share it"),
)
"""Text fields of the packet's top level. `candid` stands there too and again in the candidate record."""

CANDIDATE: tuple[Column, ...] = (
    Column("jd", "f8", False, "day", "Julian date (UTC) at the start of the exposure"),
    Column("fid", "i4", False, "", "band: 1 g, 2 r, 3 i"),
    Column("pid", "i8", False, "", "processing identifier of the science image"),
    Column("diffmaglim", "f4", True, "mag", "expected 5-sigma limit of the difference image"),
    Column("pdiffimfilename", "text", True, "", "file name of the positive difference image"),
    Column("programpi", "text", True, "", "principal investigator of the programme"),
    Column("programid", "i4", False, "", "programme: 1 public, 2 collaboration, 3 Caltech"),
    Column("candid", "i8", False, "", "identifier of this alert"),
    Column("isdiffpos", "text", False, "", "sign of the subtraction: 't' brighter than the reference, 'f' fainter"),
    Column("tblid", "i8", True, "", "row in the pipeline's extraction table"),
    Column("nid", "i4", True, "", "night identifier"),
    Column("rcid", "i4", True, "", "readout channel, 0 to 63"),
    Column("field", "i4", True, "", "ZTF field of the sky"),
    Column("xpos", "f4", True, "pixel", "x position in the image"),
    Column("ypos", "f4", True, "pixel", "y position in the image"),
    Column("ra", "f8", False, "deg", "right ascension, J2000"),
    Column("dec", "f8", False, "deg", "declination, J2000"),
    Column("magpsf", "f4", False, "mag", "PSF-fit magnitude of the difference: how bright the change is"),
    Column("sigmapsf", "f4", False, "mag", "1-sigma uncertainty of magpsf"),
    Column("chipsf", "f4", True, "", "reduced chi-square of the PSF fit"),
    Column("magap", "f4", True, "mag", "aperture magnitude, 14 pixels in diameter"),
    Column("sigmagap", "f4", True, "mag", "1-sigma uncertainty of magap"),
    Column("distnr", "f4", True, "pixel", "distance to the nearest source of the reference image, 1.01 arcsec/pixel"),
    Column("magnr", "f4", True, "mag", "magnitude of the nearest source of the reference image"),
    Column("sigmagnr", "f4", True, "mag", "1-sigma uncertainty of magnr"),
    Column("chinr", "f4", True, "", "DAOPhot chi of the nearest source of the reference image"),
    Column("sharpnr", "f4", True, "", "DAOPhot sharpness of the nearest source of the reference image"),
    Column("sky", "f4", True, "DN", "local sky background"),
    Column("magdiff", "f4", True, "mag", "magap − magpsf: far from 0 for what is not a point source"),
    Column("fwhm", "f4", True, "pixel", "full width at half maximum of a Gaussian core"),
    Column("classtar", "f4", True, "", "SExtractor's star–galaxy score: 1 star-like"),
    Column("mindtoedge", "f4", True, "pixel", "distance to the nearest edge of the image"),
    Column("magfromlim", "f4", True, "mag", "diffmaglim − magap"),
    Column("seeratio", "f4", True, "", "width in the difference image over fwhm"),
    Column("aimage", "f4", True, "pixel", "RMS along the major axis"),
    Column("bimage", "f4", True, "pixel", "RMS along the minor axis"),
    Column("aimagerat", "f4", True, "", "aimage / fwhm"),
    Column("bimagerat", "f4", True, "", "bimage / fwhm"),
    Column("elong", "f4", True, "", "elongation aimage / bimage: 1 round"),
    Column("nneg", "i4", True, "", "negative pixels in the central 5 × 5"),
    Column("nbad", "i4", True, "", "bad pixels in the central 5 × 5"),
    Column("rb", "f4", True, "", "random-forest real–bogus score: 1 real, 0 artefact"),
    Column(
        "ssdistnr", "f4", True, "arcsec", "distance to the nearest known solar-system object; -999 beyond 30 arcsec"
    ),
    Column("ssmagnr", "f4", True, "mag", "predicted magnitude of that solar-system object; -999 if none"),
    Column("ssnamenr", "text", True, "", "name of that solar-system object; the text 'null' if none"),
    Column("sumrat", "f4", True, "", "sum(pixels) / sum(|pixels|) of the central 5 × 5: 1 clean, 0 dipole"),
    Column("magapbig", "f4", True, "mag", "aperture magnitude, 18 pixels in diameter"),
    Column("sigmagapbig", "f4", True, "mag", "1-sigma uncertainty of magapbig"),
    Column("ranr", "f8", False, "deg", "right ascension of the nearest source of the reference image"),
    Column("decnr", "f8", False, "deg", "declination of the nearest source of the reference image"),
    *_ps1(1, "closest"),
    Column(
        "ndethist",
        "i4",
        False,
        "",
        "detections within 1.5 arcsec in its field and channel, ever, from signal-to-noise 3 on",
    ),
    Column("ncovhist", "i4", False, "", "times this place was observed, ever, in any field and channel"),
    Column("jdstarthist", "f8", True, "day", "Julian date of the earliest of the ndethist detections"),
    Column("jdendhist", "f8", True, "day", "Julian date of the latest of the ndethist detections"),
    Column("scorr", "f8", True, "", "peak signal-to-noise in the matched-filtered detection image"),
    Column("tooflag", "i4", True, "", "1 for a target-of-opportunity exposure"),
    _ps1_id(1, "closest"),
    _ps1_id(2, "second closest"),
    *_ps1(2, "second closest"),
    _ps1_id(3, "third closest"),
    *_ps1(3, "third closest"),
    Column("nmtchps", "i4", False, "", "PS1 sources within 30 arcsec"),
    Column("rfid", "i8", False, "", "processing identifier of the reference image"),
    Column("jdstartref", "f8", False, "day", "Julian date of the earliest exposure in the reference image"),
    Column("jdendref", "f8", False, "day", "Julian date of the latest exposure in the reference image"),
    Column("nframesref", "i4", False, "", "exposures in the reference image"),
    Column("rbversion", "text", False, "", "version of the classifier behind rb"),
    Column("dsnrms", "f4", True, "", "D / stddev(D) at the place, D the difference image"),
    Column("ssnrms", "f4", True, "", "S / stddev(S) at the place, S the difference convolved with its PSF"),
    Column("dsdiff", "f4", True, "", "dsnrms − ssnrms"),
    Column("magzpsci", "f4", True, "mag", "magnitude zero point"),
    Column("magzpsciunc", "f4", True, "mag", "uncertainty of magzpsci"),
    Column("magzpscirms", "f4", True, "mag", "RMS of the calibrators about the zero point"),
    Column("nmatches", "i4", False, "", "PS1 calibrators used"),
    Column("clrcoeff", "f4", True, "", "colour coefficient of the photometric calibration"),
    Column("clrcounc", "f4", True, "", "uncertainty of clrcoeff"),
    Column("zpclrcov", "f4", True, "mag^2", "covariance of magzpsci and clrcoeff"),
    Column("zpmed", "f4", True, "mag", "zero point from the median of the calibrators"),
    Column("clrmed", "f4", True, "mag", "median colour of the calibrators"),
    Column("clrrms", "f4", True, "mag", "RMS colour of the calibrators"),
    Column("neargaia", "f4", True, "arcsec", "distance to the closest source of Gaia DR1; -999 beyond 90 arcsec"),
    Column(
        "neargaiabright", "f4", True, "arcsec", "distance to the closest Gaia source of G < 14; -999 beyond 90 arcsec"
    ),
    Column("maggaia", "f4", True, "mag", "G magnitude of the closest Gaia source; -999 if none"),
    Column("maggaiabright", "f4", True, "mag", "G magnitude of the closest Gaia source of G < 14; -999 if none"),
    Column("exptime", "f4", True, "s", "exposure time"),
    Column("drb", "f4", True, "", "deep-learning real–bogus score: 1 real, 0 artefact; null before schema 3.3"),
    Column("drbversion", "text", False, "", "version of the classifier behind drb"),
)
"""Every field of `candidate`, in the order of schema 4.02."""

HISTORY: tuple[Column, ...] = (
    Column("jd", "f8", False, "day", "Julian date (UTC) at the start of the exposure"),
    Column("ra", "f8", True, "deg", "right ascension, null for an upper limit"),
    Column("dec", "f8", True, "deg", "declination, null for an upper limit"),
    Column("magpsf", "f4", True, "mag", "PSF-fit magnitude, null for an upper limit"),
    Column("sigmapsf", "f4", True, "mag", "1-sigma uncertainty of magpsf"),
    Column("diffmaglim", "f4", True, "mag", "5-sigma limit of the difference image"),
    Column("rb", "f4", True, "", "random-forest real–bogus score"),
    Column("drb", "f4", True, "", "deep-learning real–bogus score, where the schema has it"),
    Column("fid", "i4", False, "", "band: 1 g, 2 r, 3 i"),
    Column("isdiffpos", "text", True, "", "sign of the subtraction, 't' or 'f', null for an upper limit"),
    Column("distnr", "f4", True, "pixel", "distance to the nearest source of the reference image"),
    Column("magnr", "f4", True, "mag", "magnitude of the nearest source of the reference image"),
    Column("sigmagnr", "f4", True, "mag", "1-sigma uncertainty of magnr"),
    Column("magdiff", "f4", True, "mag", "magap − magpsf"),
    Column("fwhm", "f4", True, "pixel", "full width at half maximum of a Gaussian core"),
    Column("elong", "f4", True, "", "elongation aimage / bimage: 1 round"),
    Column("nbad", "i4", True, "", "bad pixels in the central 5 × 5"),
    Column("ranr", "f8", True, "deg", "right ascension of the nearest source of the reference image"),
    Column("decnr", "f8", True, "deg", "declination of the nearest source of the reference image"),
)
"""What is read of each entry of `prv_candidates`; features see all of it, and a night keeps what is drawn."""

FORCED: tuple[Column, ...] = (
    Column("jd", "f8", False, "day", "Julian date (UTC) at the start of the exposure"),
    Column("forcediffimflux", "f4", True, "DN", "forced PSF-fit flux of the difference image"),
    Column("forcediffimfluxunc", "f4", True, "DN", "1-sigma uncertainty of forcediffimflux"),
    Column("magzpsci", "f4", True, "mag", "magnitude zero point"),
    Column("diffmaglim", "f4", True, "mag", "5-sigma limit of the difference image"),
    Column("fid", "i4", False, "", "band: 1 g, 2 r, 3 i"),
    Column("procstatus", "text", True, "", "processing status codes, '0' for no warning"),
)
"""What is kept of each entry of `fp_hists`."""

PACKET: dict[str, Column] = {column.name: column for column in (*ALERT, *CANDIDATE)}
"""Every column that comes straight from a packet, by name."""

BANDS = {1: "g", 2: "r", 3: "i"}
"""Name of the band for each `fid`."""
