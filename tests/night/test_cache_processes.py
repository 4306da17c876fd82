"""Processes that write to the night cache at the same time, or are killed while they do, harm no night."""

import os
import shutil
import subprocess
import sys

import pytest
from kept_nights import PLENTY, assert_same, keep, reopened

from huntui.night.cache import NightCache
from huntui.night.store import Night

CHILD = """
import os, signal, sys
from pathlib import Path
from huntui.night import cache_file
from huntui.night.cache import NightCache

folder, moment = Path(sys.argv[1]), sys.argv[2]
cache = NightCache(folder, 10**9)
night, _ = cache.open("a")
writes = 0

def die():
    os.kill(os.getpid(), signal.SIGKILL)

class Fatal(cache_file.Checked):
    def write(self, data):
        global writes
        if str(writes) == moment:
            self._file.flush()
            die()
        writes += 1
        return super().write(data)

def on_event(event, arguments):
    if event == "os.rename" and moment == "rename":
        die()

sys.addaudithook(on_event)
cache_file.Checked = Fatal
assert cache.keep("b", night, 1, "b", None)
if moment == "after":
    die()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_that_is_killed_while_it_writes_leaves_no_broken_night(cache: NightCache, night: Night) -> None:
    """At its first byte, in the middle, before and after the renaming: the night is there as a whole, or not at all."""
    moments = ["0", "1", "40", "rename", "after"]
    assert keep(cache, "a", night)
    folders = [cache.folder.parent / moment for moment in moments]
    children = []
    for folder, moment in zip(folders, moments, strict=True):
        shutil.copytree(cache.folder, folder)
        children.append(subprocess.Popen([sys.executable, "-c", CHILD, str(folder), moment]))
    assert [child.wait(300) for child in children] == [-9] * len(moments)
    for folder, moment in zip(folders, moments, strict=True):
        left = NightCache(folder, PLENTY)
        found = left.open("b")
        assert (found is not None) == (moment == "after")
        parts = list(folder.glob("*.part"))
        assert len(parts) == (moment != "after")
        for path in parts:
            os.utime(path, (0, 0))
        assert_same(night, reopened(left, night, "b"))
        assert not list(folder.glob("*.part"))


ROUNDS = """
import sys
from pathlib import Path
from huntui.night.cache import NightCache

night, _ = NightCache(Path(sys.argv[1]), 10**9).open("a")
shared = NightCache(Path(sys.argv[2]), 10**9)
seen = 0
for _ in range(40):
    shared.keep("b", night, len(night), "both", None)
    found = shared.open("b")
    assert found is None or len(found[0]) == len(night)
    seen += found is not None
    shared.nights()
    if sys.argv[3] == "clear":
        shared.clear()
assert seen
"""


@pytest.mark.slow
def test_processes_share_a_cache_without_harm(cache: NightCache, night: Night) -> None:
    """Two that keep and open the same night, one of which clears the folder all the time."""
    assert keep(cache, "a", night)
    shared = cache.folder.parent / "shared"
    children = [
        subprocess.Popen([sys.executable, "-c", ROUNDS, str(cache.folder), str(shared), what])
        for what in ("keep", "clear")
    ]
    assert [child.wait(300) for child in children] == [0, 0]
    assert not list(shared.glob("*.part"))
