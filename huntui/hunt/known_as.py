"""What the class that a public service gives says of a claim: words of ALeRCE, Fink, SIMBAD and TNS, put into ours.

A word stands for one or several classes of `huntui.truth`, between which the service does not tell. Each of them is
held against the treasure's own `confirmed_by`, as if it were the truth and nothing else were known: where all of them
confirm it the service speaks for the claim, where all refute it against it, and else neither. So every hunt file is
served, also one that nobody has seen. A galaxy or a star says nothing: it may be what the transient lies on.
"""

from huntui.hunt.state import Verdict
from huntui.hunt.treasure import Treasure
from huntui.hunt.verdict import TruthTable

_SUPERNOVAE = ("supernova Ia", "supernova II", "supernova Ibc", "superluminous supernova")
_OTHER_VARIABLES = ("variable star", "young stellar object")
"""Variables of a kind without a class of its own; nobody can confirm that one is in no catalogue (`variable star`)."""
_VARIABLES = ("RR Lyrae", "eclipsing binary", "Mira", *_OTHER_VARIABLES)
_DISCS, _MOVERS = ("dwarf nova", "nova"), ("known asteroid", "unknown mover", "near-Earth object", "comet")

_WORDS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("supernova Ia",), ("SNIa", "SN Ia", "Early SN Ia candidate")),
    (("supernova Ibc",), ("SNIbc", "SN Ib", "SN Ic")),
    (("supernova II",), ("SNII", "SNIIn", "SN II")),
    (("supernova Ia", "supernova Ibc"), ("SN I",)),
    (("superluminous supernova",), ("SLSN",)),
    (_SUPERNOVAE, ("SN", "SN*", "SN candidate")),
    (("tidal disruption",), ("TDE",)),
    (("kilonova-like",), ("Kilonova",)),
    (("afterglow",), ("Afterglow",)),
    (_DISCS, ("CV/Nova", "CV", "CV*", "CataclyV*")),
    (("nova",), ("Nova", "No*")),
    (("microlensing",), ("Microlensing", "LeV", "LensingEv")),
    (("AGN",), ("AGN", "QSO", "SyG", "Sy1", "Sy2", "Seyfert", "Seyfert_1", "Seyfert_2")),
    (("blazar",), ("Blazar", "Bla", "BLL", "BLLac")),
    (("RR Lyrae",), ("RRL", "RRLab", "RRLc", "RR*", "RRLyr")),
    (
        ("eclipsing binary",),
        ("E", "EA", "EB/EW", "EB*", "EB*Algol", "EB*betLyr", "EB*WUMa", "EclBin"),
    ),
    (("Mira",), ("Mira", "Mi*")),
    (("Mira", *_OTHER_VARIABLES), ("LPV", "LP*", "LPV*")),
    (("young stellar object",), ("YSO", "Y*O", "TT*", "TTau*", "Or*", "Orion_V*", "FU*", "Ae*")),
    (("M-dwarf flare",), ("M dwarf", "Flare*", "Fl*")),
    (
        _OTHER_VARIABLES,
        (
            *("DSCT", "dS*", "deltaSctV*", "CEP", "Ce*", "cC*", "deltaCep", "RV*", "RVTau", "WV*", "gD*", "SX*", "bC*"),
            *("Periodic-Other", "RSCVn", "RS*", "BY*", "BYDra", "Ro*", "RotV*", "El*", "Pu*", "PulsV*"),
        ),
    ),
    (_VARIABLES, ("VS", "V*", "Varstar")),
    (_MOVERS, ("asteroid",)),
    (("known asteroid",), ("Solar System MPC",)),
    (("comet",), ("Solar System comet",)),
    (("unknown mover", "near-Earth object"), ("Solar System candidate",)),
    (("satellite glint",), ("satellite",)),
    (("artefact",), ("bogus",)),
)
_CLASSES = {word.lower(): classes for classes, words in _WORDS for word in words}
_BEGINNINGS = ("SN Ia", "SN Ib", "SN Ic", "SN II", "SLSN", "TDE")
"""Subtypes of TNS begin with the type, as in SN Ia-91bg-like or TDE-H-He."""

LEAST_PROBABILITY = 0.5
"""Below it, the likeliest class of a classifier is more likely wrong than right."""


def classes_of(word: str) -> tuple[str, ...]:
    """Return the classes of `huntui.truth` that a service may mean by its word; none where it says nothing of them."""
    known = _CLASSES.get(word.strip().lower())
    if known is not None:
        return known
    return next((_CLASSES[one.lower()] for one in _BEGINNINGS if word.strip().startswith(one)), ())


def speaks(treasure: Treasure, word: str, probability: float | None = None) -> Verdict:
    """Return what the class that a service gives says of a claim as this treasure; `open` where it says nothing."""
    classes = classes_of(word)
    expression = treasure.confirmed_by
    if not classes or (probability is not None and probability < LEAST_PROBABILITY) or expression.asks_for_nulls:
        return "open"
    table = TruthTable(({"class": one} for one in classes), expression.kinds)
    answer = expression.evaluate(table, 0, len(classes))
    if answer.yes.all():
        return "confirmed"
    return "open" if (answer.yes | answer.unknown).any() else "refuted"
