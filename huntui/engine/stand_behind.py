"""Threads that stand behind those that answer keys, where there are too few cores for all."""

import os
import sys
import threading
from contextlib import suppress

_NICENESS = 19


def stand_behind() -> None:
    """Let this thread run when no other wants to."""
    if sys.platform == "linux":  # elsewhere a thread has no niceness of its own
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
