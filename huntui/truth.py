"""What is known to be true of a simulated object: the classes and the truth columns, out of reach of every cut.

A truth column is null where it has no meaning for the class: an asteroid has no redshift, an artefact no age.
"""

from dataclasses import dataclass
from typing import Literal

CLASSES: dict[str, str] = {
    "supernova Ia": "a white dwarf that exploded: two to three weeks up, months down",
    "supernova II": "a massive star that collapsed with its hydrogen on: a plateau of about 100 days",
    "supernova Ibc": "a massive star that collapsed stripped of its hydrogen: like Ia but fainter and redder",
    "superluminous supernova": "an explosion ten times brighter than most, slow, in a faint galaxy",
    "tidal disruption": "a star torn apart by the black hole in a galaxy's centre: blue for months",
    "kilonova-like": "as two merging neutron stars: gone within days, and reddening",
    "afterglow": "the fading light of a gamma-ray burst, as the inverse of time, often without a visible host",
    "dwarf nova": "an outburst of the disc around a white dwarf: up in a day, down within weeks",
    "nova": "an eruption on the surface of a white dwarf: up by ten magnitudes, fading for months",
    "microlensing": "a star magnified by an unseen mass in front of it: smooth, symmetric, without change of colour",
    "AGN": "the flickering disc around a galaxy's central black hole",
    "blazar": "an active galaxy whose jet points at us: large and quick changes",
    "RR Lyrae": "an old star that pulsates about twice a day",
    "eclipsing binary": "two stars that hide each other in turn",
    "Mira": "a red giant that pulsates over hundreds of days, by magnitudes",
    "variable star": "a faint variable star that no catalogue lists, as about half of the stream is",
    "young stellar object": "a star still forming, dimmed and lit by its disc",
    "M-dwarf flare": "a red dwarf that brightens within minutes and fades within an hour",
    "known asteroid": "a minor planet near the place where it was predicted",
    "comet": "a minor body with a coma, near the place where it was predicted",
    "unknown mover": "an asteroid that no catalogue predicts here",
    "near-Earth object": "a mover so fast that it leaves a trail in one exposure",
    "satellite glint": "flashes of a tumbling satellite, several on a line in one exposure",
    "artefact": "nothing on the sky: a bad subtraction, a ghost, a cosmic ray",
}
"""Every class of a simulated night, with what it is in one line."""


@dataclass(frozen=True, slots=True)
class TruthColumn:
    """One quantity that is known of a simulated object."""

    name: str
    kind: Literal["number", "text"]
    unit: str
    meaning: str


COLUMNS: tuple[TruthColumn, ...] = (
    TruthColumn("class", "text", "", "what the object is: one of CLASSES"),
    TruthColumn("age", "number", "day", "time since the explosion or outburst began, at its newest alert"),
    TruthColumn("peak_mag", "number", "mag", "brightest r-band magnitude of the explosion or outburst, at any time"),
    TruthColumn("redshift", "number", "", "redshift of an explosion or a galaxy's nucleus"),
    TruthColumn("period", "number", "day", "period of a periodic variable"),
    TruthColumn("amplitude", "number", "mag", "change from faintest to brightest of a variable star, g band"),
    TruthColumn("speed", "number", "arcsec/min", "motion on the sky of a body of the solar system"),
)
"""Every truth column, in the order of exports."""


def kinds() -> dict[str, Literal["number", "text"]]:
    """Return the kind of every truth column by its name."""
    return {column.name: column.kind for column in COLUMNS}
