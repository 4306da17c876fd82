"""How much is measured: enough that start-up does not count, little enough that nobody stops running it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Numbers of everything that can be counted; the defaults are those of every published figure."""

    originals: int = 3_000
    """Packets that are copied, at most, taken evenly from a folder that has more."""
    copies: int = 8
    """Copies of each in the folder that is read, as long as that makes no more than `most_files`."""
    files: int = 3_000
    """Files in that folder, at least."""
    most_files: int = 8_000
    kept: int = 20_000
    """Alerts in the night that streams while keys are pressed."""
    remembered: int = 40_000
    """Alerts in the night whose memory is measured."""
    processes: int = 3
    """Processes that read that night, and as many a quarter of it, to see what each holds."""
    retuned: int = 150_000
    """Alerts in the night whose knobs are turned."""
    turns: int = 200
    """Knobs turned."""
    simulated: int = 6_144
    """Simulated packets made."""
    streamed: int = 20_000
    """Packets in the topic of a broker."""
    swept: int = 8
    """Nights of a sweep, at most."""
    pairs: int = 3
    """Clusters of one worker and of two, in turn."""
    rounds: int = 8
    """Times that everything is repeated, each in turn."""
    keys: int = 60
    """Keys pressed."""
    starts: int = 5
    """Times that huntui is started."""
    visits: int = 60
    """Visits of Rubin that are simulated; the third of them in the middle is in the plane of the Galaxy."""
