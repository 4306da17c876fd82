"""IPAC's purity cut, read from the survey's documentation (ztf-avro-alert, docs/filtering.md), as plain as can be.

Nothing of huntui is imported here, so that agreement means something.
"""

STAGES = ("real", "no_bad_pixels", "sharp", "round", "point_like")


def ask(packet):
    """Return what each condition says of a packet, in order; one about a missing value does not hold."""
    candidate = packet["candidate"]
    rb, nbad, fwhm = candidate["rb"], candidate["nbad"], candidate["fwhm"]
    elong, magdiff = candidate["elong"], candidate["magdiff"]
    return [
        rb is not None and rb >= 0.65,
        nbad is not None and nbad == 0,
        fwhm is not None and fwhm <= 5,
        elong is not None and elong <= 1.2,
        magdiff is not None and -0.1 <= magdiff <= 0.1,
    ]
