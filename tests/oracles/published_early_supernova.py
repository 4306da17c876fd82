"""Fink's early supernova filter without its classifiers and catalogue, as a slow reading of its published code.

Nothing of huntui is imported here, so that agreement means something.
"""


def ask(packet):
    """Return what each cut says of a packet, in order: `high_drb`, `high_classtar`, `early_ndethist`."""
    candidate = packet["candidate"]
    drb, classtar = candidate.get("drb"), candidate.get("classtar")
    return [drb is not None and drb > 0.5, classtar is not None and classtar > 0.4, candidate["ndethist"] <= 20]
