"""Nights that lie elsewhere: `https://`, `s3://` and whatever else fsspec knows. Only this file imports fsspec.

An address may hold a password or a token, and what a library says of an error may quote it: nothing here shows either.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from huntui import strict_json
from huntui.errors import CallError, MissingError, SourceError
from huntui.online.patience import Patience
from huntui.sources.folder import MARKERS, SUFFIX

_TELLING = ("size", "etag", "last-modified", "lastmodified", "last_modified", "mtime", "content-md5", "versionid")
"""What a server tells of a file that changes with it."""
_TALKATIVE = ("fsspec", "s3fs", "aiohttp", "aiobotocore", "botocore", "urllib3")
"""Libraries that write addresses and more into their logs, if anybody asks for details."""
_SPARE_BYTES = 64 * 2**20
_GONE = {404, 410}
_FINAL = {400, 401, 403, *_GONE}
"""Answers that stay the same however often it is asked."""


def shown(url: str) -> str:
    """Return an address without user, password, query and fragment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


class Remote:
    """One night at an address: an archive, or a folder, whose address ends with a slash."""

    def __init__(self, url: str) -> None:
        self._url, self._shown = url, shown(url)

    def fingerprint(self, attempts: int) -> str:
        """Return a digest of what the server tells of it.

        Raises `MissingError` where it is not there, `CallError` for an address that nothing here can ask, and
        `SourceError` where the server gives no answer.
        """
        files = self._patiently(self._files, attempts)
        about = [{key.lower(): str(value) for key, value in one.items()} for _, one in files]
        told = [[(key, one.get(key, "")) for key in _TELLING] for one in about]
        return strict_json.digest([self._shown, [Path(path).name for path, _ in files], told])

    def copied_to(self, folder: Path, attempts: int) -> Path:
        """Copy it into a folder, and return where it is; raises like `fingerprint`, and where there is no room."""
        files = self._patiently(self._files, attempts)
        needed = sum(int(about.get("size") or 0) for _, about in files) + _SPARE_BYTES
        if needed > (free := shutil.disk_usage(folder).free):
            raise SourceError(
                f"{self._shown}: a copy needs {needed / 1e9:.1f} GB, and {folder.parent} has {free / 1e9:.1f} GB free."
            )
        target = folder / "night"
        if not self._is_folder:
            self._patiently(partial(self._copy, files[0][0], target), attempts)
            return target
        target.mkdir()
        for path, _ in files:
            copy = target / Path(path.rstrip("/")).name
            self._patiently(partial(self._copy, path, copy), attempts)
        return target

    @property
    def _is_folder(self) -> bool:
        return urlsplit(self._url).path.endswith("/")

    def _system(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        for library in _TALKATIVE:
            logging.getLogger(library).setLevel(logging.CRITICAL)
        system, path = url_to_fs(self._url, use_listings_cache=False)
        return system, path

    def _files(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the path of each file that belongs to the night, and what is told of it, by name."""
        system, path = self._system()
        if not self._is_folder:
            return [(path, system.info(path))]
        listed = [(str(one["name"]), one) for one in system.ls(path, detail=True)]
        files = [(name, one) for name, one in listed if name.endswith(SUFFIX) or Path(name).name in MARKERS]
        if not any(name.endswith(SUFFIX) for name, _ in files):
            raise MissingError(f"{self._shown}: there are no {SUFFIX} files.")
        return sorted(files, key=lambda one: Path(one[0]).name)

    def _copy(self, path: str, target: Path) -> None:
        system, _ = self._system()
        system.get_file(path, str(target))

    def _patiently(self, ask: Callable[[], Any], attempts: int) -> Any:
        """Do something again while that can help."""
        patience = Patience(attempts, Event().wait)
        while True:
            with self._told() as failure:
                return ask()
            patience.wait(failure[0])

    @contextmanager
    def _told(self) -> Iterator[list[str]]:
        """Turn what libraries raise into sentences; what may be better the next time is put into a list."""
        again: list[str] = []
        try:
            yield again
        except (SourceError, CallError):
            raise
        except FileNotFoundError as problem:
            if (cause := _other_than_missing(problem)) is None:
                raise MissingError(f"{self._shown}: is not there.") from None
            again.append(self._judged(cause))
        except PermissionError:
            raise SourceError(f"{self._shown}: access is denied.") from None
        except Exception as problem:  # noqa: BLE001 (each library has errors of its own)
            again.append(self._judged(problem))

    def _judged(self, problem: Exception) -> str:
        """Return what to say while it is asked again; raises where that is no use."""
        if isinstance(problem, ImportError | ValueError):
            raise CallError(
                f"{self._shown}: cannot be asked ({type(problem).__name__}); there are https, s3, file and what else "
                "fsspec knows, some of them with a package of their own."
            ) from None
        if "Credentials" in type(problem).__name__:
            raise SourceError(f"{self._shown}: there are no credentials for it in the environment.") from None
        status = getattr(problem, "status", None)
        reason = f"the server answers {status}" if status else _reason(problem)
        if status in _FINAL:
            raise SourceError(f"{self._shown}: {reason}.") from None
        return f"{self._shown}: {reason}"


def _other_than_missing(problem: FileNotFoundError) -> Exception | None:
    """Return why a file seems to be missing where that is something else: fsspec takes whatever HTTP says for that."""
    cause = problem.__cause__
    of_http = isinstance(cause, OSError | TimeoutError) or type(cause).__module__.startswith("aiohttp")
    return cause if of_http and isinstance(cause, Exception) and getattr(cause, "status", 0) not in _GONE else None


def _reason(problem: Exception) -> str:
    strerror = getattr(problem, "strerror", None)
    return strerror if isinstance(strerror, str) and strerror else type(problem).__name__
