"""What a player's judgement teaches a classifier: the class of each object that was claimed or hidden."""

from collections.abc import Iterable

from huntui.hunt.claims import Pair
from huntui.hunt.state import Verdict


def classes_taught(claims: Iterable[tuple[Pair, Verdict]], hidden: Iterable[str], other: str) -> dict[str, str]:
    """Return the class of each object that the player has judged, by objectId.

    `claims` are those that stand, in their order, each with what became of it. A claim that is confirmed, or open, is
    the name of its treasure; of several the first that is confirmed, else the first. An object of which every claim was
    refuted is `other`, and so is a hidden one that is not claimed.
    """
    claimed: dict[str, list[tuple[str, Verdict]]] = {}
    for (object_id, treasure), verdict in claims:
        claimed.setdefault(object_id, []).append((treasure, verdict))
    classes = dict.fromkeys(hidden, other)
    for object_id, judged in claimed.items():
        right = [treasure for treasure, verdict in judged if verdict == "confirmed"]
        said = [treasure for treasure, verdict in judged if verdict == "open"]
        classes[object_id] = (right or said or [other])[0]
    return classes
