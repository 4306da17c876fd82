"""Every word of jargon on the screen, each in a line for a student.

What is a column of a packet or a feature is not here: `huntui.columns` and the features say what these mean. Names are
as the screen writes them; a word that stands for a column, as a short heading does, names it in `column`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word and what it means."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()
    """Other ways in which the screen writes it."""
    column: str = ""
    """The column that it stands for, whose meaning it has as well."""


WORDS = (
    Word("ZTF", "the Zwicky Transient Facility: a camera in California that takes the northern sky every two nights"),
    Word(
        "alert",
        "one message of the survey: at this place, at this moment, something was not as it used to be",
        ("alerts",),
    ),
    Word(
        "packet", "the file that an alert comes in, with its columns, its history and three small images", ("packets",)
    ),
    Word("object", "everything that was seen at one place of the sky; one object may have many alerts", ("objects",)),
    Word("night", "all alerts that the survey sent between dusk and dawn, named by its date in UT"),
    Word("UT", "universal time, the time at Greenwich, which all observatories share", ("UTC",)),
    Word("Julian date", "days since noon of 1 January 4713 BC, hours as a fraction: two of them are easily subtracted"),
    Word("truth", "what an invented object really is; only simulated nights know it, and no cut can see it"),
    Word(
        "simulated",
        "invented: every alert of such a night is made up, after what real nights look like",
        ("SIMULATED",),
    ),
    Word("streaming", "the alerts of the night are coming in", ("reading",)),
    Word("duplicate", "an alert that came twice; it counts once", ("twice", "duplicates")),
    Word("bad packet", "a packet that is damaged or not what it says it is; it is counted and left out", ("bad",)),
    Word("funnel", "the stages one after the other: many alerts go in at the top, few come out at the bottom"),
    Word("stage", "one cut of the funnel: a condition that an alert meets or does not", ("stages",)),
    Word("cut", "a condition that throws alerts away; all stages together are the cuts", ("cuts",)),
    Word("condition", "what a stage asks of an alert, as drb >= drb_min; comparisons joined by and, or, not"),
    Word(
        "knob",
        "the threshold of a stage, with a range and a step; turning it makes the cut stricter or looser",
        ("knobs",),
    ),
    Word("passes", "the share of the alerts coming into a stage that it lets through, as a bar"),
    Word("%", "the share that a stage lets through of what comes into it"),
    Word("in", "alerts that come into a stage from the one above", ("in →",)),
    Word("kept", "alerts that a stage lets through to the next one"),
    Word("alone", "alerts that only this stage rejects: switch it off and they come through", ("rejected only here",)),
    Word("survivor", "an alert that every stage lets through", ("survivors",)),
    Word("missing", "a value that an alert does not have; its stage says whether that rejects or keeps it", ("null",)),
    Word("near miss", "an alert that was rejected, but only by a little", ("near misses",)),
    Word("margin", "by how much a value fails its threshold, in a measure that makes different columns comparable"),
    Word("starter", "cuts to begin the search for a treasure with; good, and not yet good enough"),
    Word("undo", "take the last change of cuts, claims or marks back; points for hints and wrong claims stay lost"),
    Word("filter", "a condition for the table alone: it hides rows and changes nothing else"),
    Word("treasure", "a kind of thing to find, as a supernova, with points and a goal", ("treasures",)),
    Word("hunt", "a list of treasures to find in a night"),
    Word("checklist", "the treasures of the hunt, and how far you are with each"),
    Word("claim", "your word that an object is a treasure; right brings its points, wrong costs as many", ("claims",)),
    Word("confirmed", "a claim that is right", ("✓", "right")),
    Word("refuted", "a claim that is wrong; it costs its points, also when it is taken back", ("✗", "wrong")),
    Word("open", "a claim that nothing has settled, as on a real night"),
    Word("goal", "how many objects of a treasure bring points; more of them are right and bring none", ("done",)),
    Word("points", "what a right object of a treasure brings, and a wrong claim costs; the rarer, the more", ("pts",)),
    Word("score", "the points of all claims and complete sets, less what hints have cost"),
    Word("set", "treasures that belong together and bring points once each of them is found", ("sets",)),
    Word(
        "hint",
        "a sentence that leads to a treasure; opening it costs a tenth of what the treasure can bring",
        ("hints",),
    ),
    Word(
        "like",
        "surviving objects that look like a treasure; some of them are something else",
        ("looks like", "suggested"),
    ),
    Word("completeness", "of all that there was, the share that you claimed", ("complete",)),
    Word("purity", "of all that you claimed, the share that is right", ("pure",)),
    Word(
        "magnitude",
        "brightness, turned round: smaller is brighter, and 2.5 less is ten times as bright",
        ("mag",),
        "magpsf",
    ),
    Word("mag/d", "how fast it changes, in magnitudes a day: negative brightens, positive fades", (), "rate"),
    Word("age d", "days since this place was first noticed", ("age",), "age"),
    Word("det", "how often it was seen in the history of the packet, of about a month", (), "n_det"),
    Word("ampl", "from the brightest to the faintest detection, in magnitudes", (), "amplitude"),
    Word("star", "how much the nearest source of the catalogue looks like a star: 1 star, 0 galaxy", (), "sgscore1"),
    Word("dist", "how far that nearest source is away, in arcseconds", (), "distpsnr1"),
    Word("curve", "the light curve in a few cells: the higher, the brighter, the newest on the right"),
    Word("light curve", "brightness against time: what rises and falls how fast tells what it is"),
    Word(
        "band", "the colour of the glass before the camera: g green, r red, i just beyond red", ("g", "r", "i"), "fid"
    ),
    Word("detection", "a measurement in which the object was there"),
    Word("upper limit", "nothing was seen, so the object was fainter than this; the triangles", ("▾", "▿", "limit")),
    Word("forced photometry", "brightness measured where the object should be, whether it is seen there or not"),
    Word("error bar", "how far off a measurement may well be: the true value is within it two times in three"),
    Word("history", "earlier measurements at the place of an alert, of the last 30 days, which its packet carries"),
    Word("phase", "where in its period a variable star is, from 0 to 1", ("fold", "period")),
    Word("cutout", "a small image around the object, 63 pixels of an arcsecond wide", ("cutouts",)),
    Word("science", "the image of tonight", ("science image",)),
    Word(
        "template",
        "the image of how the place used to look, made of many good nights",
        ("reference image", "reference"),
    ),
    Word("difference", "tonight's image less the template: only what has changed is left", ("difference image",)),
    Word(
        "stretch", "how brightness is turned into grey; asinh shows faint and bright at once", ("asinh", "percentile")
    ),
    Word("real–bogus", "a score that a trained network gives an alert: 1 is real, 0 an artefact", ("real-bogus",)),
    Word(
        "artefact", "nothing on the sky: a bad subtraction, a cosmic ray, an edge, a ghost of a bright star", ("bogus",)
    ),
    Word("PSF", "point spread function: the little disc that the air and the telescope make of a star"),
    Word("PS1", "Pan-STARRS1, the catalogue of stars and galaxies that alerts are compared with"),
    Word("arcsecond", "an angle, a 3600th of a degree: a coin seen from four kilometres away", ("arcsec",)),
    Word("sky map", "a map of all alerts of the night: denser where there are more"),
    Word("equatorial", "coordinates on the sky after the Earth's equator: right ascension and declination"),
    Word("galactic", "coordinates after the plane of the Milky Way, where most stars are", ("galactic plane",)),
    Word("ecliptic", "the path of the Sun on the sky, near which the planets and most asteroids are"),
    Word("inspector", "all columns of an alert, with units and meanings"),
    Word("replay", "the night once more, as fast as it was or faster, in order of its time"),
)
"""All of them."""

OF_PANEL: dict[str, tuple[str, ...]] = {
    "funnel": ("funnel", "stage", "knob", "passes", "in", "kept", "alone", "survivor", "cut", "condition", "missing"),
    "objects": ("objectId", "band", "magnitude", "mag/d", "age d", "det", "ampl", "star", "dist", "like", "claim"),
    "checklist": (
        "treasure",
        "points",
        "goal",
        "like",
        "claim",
        "confirmed",
        "refuted",
        "hint",
        "starter",
        "set",
        "score",
    ),
    "light-curve": (
        "light curve",
        "magnitude",
        "band",
        "detection",
        "upper limit",
        "forced photometry",
        "error bar",
        "history",
        "phase",
        "jd",
        "Julian date",
    ),
    "cutouts": ("cutout", "science", "template", "difference", "stretch", "artefact", "PSF", "arcsecond"),
    "stage": ("stage", "cut", "knob", "alone", "survivor"),
    "sky": ("sky map", "equatorial", "galactic", "ecliptic"),
    "inspector": ("inspector", "packet", "candid", "jd", "real–bogus", "PS1", "PSF", "missing"),
}
"""Words that the list of meanings begins with, by the panel that has the keys."""


def word(name: str) -> Word | None:
    """Return the word that the screen writes so, None where it is none."""
    return next((one for one in WORDS if name == one.name or name in one.also), None)
