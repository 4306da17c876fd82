"""Answers of public services for tests of the screen: of each kind that there is."""

from huntui.engine.looking_up import LookedUp
from huntui.online.answer import Answer

SERVICES = ("ALeRCE", "Fink", "SIMBAD", "TNS")
NOON = 1_720_353_600.0
"""2024-07-07 12:00 UT, in seconds since 1970."""


def answers(object_id: str) -> list[LookedUp]:
    """Return what three services say of an object, and why the fourth says nothing."""
    alerce, fink = "https://alerce.online/object/", "https://ztf.fink-portal.org/"
    return [
        LookedUp(
            Answer(
                "ALeRCE", "SNIa with 0.83 by lc_classifier; 57 detections", "SNIa", 0.83,
                link=f"{alerce}{object_id}", asked=NOON, kept=True,
            ),
            {"supernova": "confirmed", "dwarf-nova": "refuted"},
        ),
        LookedUp(Answer("SIMBAD", failed="gave no answer within 20 s", asked=NOON), {}),
        LookedUp(Answer("Fink", "does not know it", link=f"{fink}{object_id}", asked=NOON), {}),
        LookedUp(
            Answer(
                "TNS", "SN 2024abc, SN Ia, z = 0.0450, in Fink's copy", "SN Ia", redshift=0.045,
                link="https://www.wis-tns.org/object/2024abc", asked=NOON,
            ),
            {"supernova": "confirmed", "dwarf-nova": "refuted"},
        ),
    ]  # fmt: skip
