"""What is missing of a night that could not be read as a whole."""

from huntui.engine.snapshot import Snapshot
from huntui.packets.faults import UNREADABLE, reason
from huntui.ut import ut_clock, ut_date

_UNREADABLE = reason(UNREADABLE)


def shortfall(snapshot: Snapshot) -> str:
    """Say why a snapshot does not show the whole night; nothing when it does.

    The night broke off, goes on still, is replayed and not over, or has packets whose bytes could not be had. Damage
    inside of packets is not meant: those were read, and refused with a reason.
    """
    return " ".join(filter(None, [_broken_off(snapshot), _later(snapshot), _unreadable(snapshot)]))


def _broken_off(snapshot: Snapshot) -> str:
    if snapshot.failure or snapshot.status == "failed":
        return snapshot.failure or "Reading the night failed."
    return "" if snapshot.read else "The night was still being read."


def _later(snapshot: Snapshot) -> str:
    clock = snapshot.clock
    if clock is None or snapshot.night.alerts == clock.alerts:
        return ""
    return f"Only what was taken until {ut_date(clock.now)} {ut_clock(clock.now)} UT is in it: the night was replayed."


def _unreadable(snapshot: Snapshot) -> str:
    number = snapshot.night.bad_packets.get(_UNREADABLE, 0)
    if not number:
        return ""
    bad = snapshot.bad_packets
    first = next((bad.reference(place) for place in range(len(bad)) if bad.reason(place) == _UNREADABLE), "")
    if number == 1:
        return f"One packet could not be read: {first}."
    return f"{number:,} packets could not be read, the first of them {first}."
