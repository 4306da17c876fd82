"""One process that decodes damaged packets for a while, and says in JSON what became of them.

It runs beside the program that started it, so that a crash of the kernels is seen and not shared. Each line of standard
output is a JSON object: the number of the batch that begins, and in the end the tally.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections import Counter
from itertools import count
from pathlib import Path
from random import Random

import numpy as np

from bench.fuzz_inputs import alone, make_batch, read_originals
from bench.fuzz_judge import FoundError, Judge
from bench.guarded import guard_kernels

_BATCHES_PER_NIGHT = 100
"""The texts of a night are kept until its end; here as there it must come."""
_ALONE = 16
"""One of so many packets is also decoded with nothing around it, where no read beyond its end can go unseen."""
_AS_FILES = 8
"""One of so many batches is also decoded from files."""


def main() -> int:
    """Run until the time is over; 1 where something was found that must not be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=("checked", "twin"))
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="the batch to begin with")
    parser.add_argument("--data", type=Path)
    call = parser.parse_args()
    if call.mode == "twin":
        guard_kernels()
        np.seterr(over="ignore")  # a hash is meant to wrap
    if not planted_read_is_caught():
        print("A read beyond the end of the buffer, planted as a trial, was not caught.", file=sys.stderr)
        return 1
    number = call.first
    try:
        with tempfile.TemporaryDirectory(dir=_memory_folder(), prefix="huntui-fuzz-") as folder:
            tally = Tally()
            fuzz = Fuzz(call.mode, call.seed, call.data, Path(folder), tally)
            end = time.monotonic() + call.seconds
            for number in count(call.first):
                print(json.dumps({"batch": number}), flush=True)
                fuzz.batch(number)
                if time.monotonic() > end:
                    break
    except FoundError as found:
        print(f"Seed {call.seed}, batch {number}: {found}", file=sys.stderr)
        return 1
    print(json.dumps(tally.as_json()))
    return 0


class Tally:
    """What was tried and what became of it."""

    def __init__(self) -> None:
        self.reasons: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.alone = self.as_files = 0
        self.resident: list[int] = []

    def as_json(self) -> dict[str, object]:
        """Return the tally; `growth` is by how many bytes the last third of the run held more than the first."""
        third = max(1, len(self.resident) // 3)
        growth = max(self.resident[-third:]) - max(self.resident[:third])
        return {
            "inputs": self.reasons.total(),
            "alone": self.alone,
            "files": self.as_files,
            "reasons": dict(self.reasons.most_common()),
            "changes": dict(self.changes.most_common()),
            "resident": self.resident[-1],
            "growth": growth,
        }


class Fuzz:
    """Makes one batch after the other and judges it."""

    def __init__(self, mode: str, seed: int, data: Path | None, folder: Path, tally: Tally) -> None:
        # The twin is too slow for anything but packets one by one, each in a buffer of its own.
        self._size, most = (1, 8) if mode == "twin" else (512, 64)
        self._originals = read_originals(data, most)
        self._seed, self._folder, self._tally = seed, folder, tally
        self._judge = Judge()

    def batch(self, number: int) -> None:
        """Make and judge a batch; its number and the seed say what is in it."""
        random = Random(f"{self._seed} {number}")
        batch, changes = make_batch(self._originals, self._size, random)
        batch = alone(batch, 0) if self._size == 1 else batch
        if number % _BATCHES_PER_NIGHT == 0:
            self._judge = Judge()
        verdict = self._judge.judge(batch)
        for k, change in enumerate(changes):
            if change == "none" and k in verdict.bad:
                raise FoundError(k, f"is whole and yet {verdict.bad[k]}")
        for k in range(number % _ALONE, self._size, _ALONE):
            self._judge.judge_alone(batch, verdict, k)
            self._tally.alone += 1
        if number % _AS_FILES == 0:
            self._judge.judge_files(batch, verdict, self._folder)
            self._tally.as_files += self._size
        self._tally.reasons += verdict.reasons()
        self._tally.changes += Counter(changes)
        self._tally.resident.append(_resident_bytes())


def planted_read_is_caught() -> bool:
    """Return whether this process would see a kernel read beyond the end of its bytes, by having one do it."""
    from huntui.packets.blocks import kernel
    from huntui.packets.headers import Headers
    from huntui.packets.output import Needs, make_output

    original = read_originals(None, 1)[0]
    headers = Headers()
    headers.learn(original.data)
    # The buffer ends with the header, the packet is said to go on.
    data = np.frombuffer(original.data[: original.body], np.uint8)
    data.setflags(write=False)
    try:
        kernel.decode(
            data,
            np.zeros(1, np.int64),
            np.array([original.body + 64]),
            np.zeros(1, np.int32),
            headers.learned.packed,
            0,
            1,
            np.zeros(kernel.STATE, np.int64),
            make_output(Needs().room(1)),
            np.zeros(1, np.int8),
        )
    except IndexError:
        return True
    return False


def _memory_folder() -> str | None:
    """Return a folder that is kept in memory, if there is one: the files are not meant to last."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _resident_bytes() -> int:
    """Return how much memory this process holds, or held at most where the system does not say more."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    sys.exit(main())
