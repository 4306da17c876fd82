"""The one decorator of every kernel, and the folder where compiled kernels are kept.

Numba's own cache notices a change in a kernel's file, but not in another kernel that it calls, so the folder is named
by a digest of all kernel sources: a stale cache is never looked at. Where the user's cache folder cannot be written,
a temporary one serves this process and its children.
"""

import ctypes
import hashlib
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import platformdirs

F = TypeVar("F", bound=Callable[..., Any])


def kernel_sources() -> list[Path]:
    """Return every file of huntui that holds kernels, sorted."""
    room = Path(__file__).parent
    return sorted(path for name in ("kernel.py", "kernels.py") for path in room.rglob(name))


def _digest() -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in kernel_sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _folder() -> Path:
    folder = platformdirs.user_cache_path("huntui") / "kernels" / _digest()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return Path(tempfile.mkdtemp(prefix="huntui-kernels-"))
    return folder


# Numba reads this when it is imported; a child process inherits it and so shares the folder.
os.environ.setdefault("NUMBA_CACHE_DIR", str(_folder()))

import numba  # noqa: E402
from numba import types  # noqa: E402

CACHE_FOLDER = Path(os.environ["NUMBA_CACHE_DIR"])


def other_folders() -> list[Path]:
    """Return the folders of compiled kernels that other versions have left in the user's cache."""
    found = (platformdirs.user_cache_path("huntui") / "kernels").glob("[0-9a-f]" * 16)
    return [folder for folder in found if folder.is_dir() and folder != CACHE_FOLDER and folder.name != _digest()]


def kernel(function: F) -> F:
    """Compile a function with Numba: without the GIL, cached on disk, and never with fast-math, since NaN is a null."""
    return cast(F, numba.njit(nogil=True, cache=True)(function))


def inlined(function: F) -> F:
    """Like `kernel`, for small functions on the hottest paths: a call would count references to every array passed."""
    return cast(F, numba.njit(nogil=True, cache=True, inline="always")(function))


def uncounted(function: F) -> F:
    """Like `kernel`, for kernels that make no arrays: counting references to those passed costs more than work."""
    return cast(F, numba.njit(nogil=True, cache=True, _nrt=False)(function))  # type: ignore[call-overload]


HAS_FILES = hasattr(os, "pread")
"""Whether kernels can read files themselves, without the GIL; elsewhere (Windows) Python reads for them."""


@kernel
def _no_call(*arguments: object) -> int:
    """Stand for a system call that this machine does not have."""
    del arguments
    return -1


def _system_call(name: str, result: Any, *arguments: Any) -> Any:
    """Return a function of the C library that kernels may call; types are of `ctypes`, buffers go as `array.ctypes`."""
    if not HAS_FILES:
        return _no_call
    if os.environ.get("NUMBA_DISABLE_JIT", "0") != "0":
        function = getattr(ctypes.CDLL(None), name)
        function.restype, function.argtypes = result, arguments
        return function
    numba_types: dict[Any, Any] = {
        ctypes.c_int: types.int32,
        ctypes.c_int64: types.int64,
        ctypes.c_void_p: types.voidptr,
    }
    return types.ExternalFunction(name, numba_types[result](*(numba_types[argument] for argument in arguments)))


# POSIX.1-2017: openat(folder, name, flags), lseek(file, offset, from), pread(file, buffer, bytes, offset), close(file).
openat = _system_call("openat", ctypes.c_int, ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
lseek = _system_call("lseek", ctypes.c_int64, ctypes.c_int, ctypes.c_int64, ctypes.c_int)
pread = _system_call("pread", ctypes.c_int64, ctypes.c_int, ctypes.c_void_p, ctypes.c_int64, ctypes.c_int64)
close = _system_call("close", ctypes.c_int, ctypes.c_int)
