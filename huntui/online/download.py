"""Downloading the archive of a night: resumed where it broke off, checked, and named only when it is whole."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx

from huntui.errors import FetchError
from huntui.online.archive import checksum, file_name, target_of
from huntui.online.part import Origin, Part
from huntui.online.patience import Patience, Stopped
from huntui.online.server import NOT_THERE, BusyError, Server
from huntui.online.wholeness import what_is_wrong

_SPARE_BYTES = 100 * 2**20
"""What stays free on the disk for everybody else."""
_GZIP = b"\x1f\x8b"
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class Listener(Protocol):
    """Hears how far a download is; is called from the thread that downloads."""

    def promised(self, total: int | None) -> None:
        """The file will have so many bytes; None where the server does not say."""
        ...

    def grew(self, size: int) -> None:
        """So many bytes of it are on the disk."""
        ...

    def replaced(self) -> None:
        """What was there is gone: the server has another file by now."""
        ...


class NoListener:
    """Hears nothing."""

    def promised(self, total: int | None) -> None:
        """Nothing to do."""

    def grew(self, size: int) -> None:
        """Nothing to do."""

    def replaced(self) -> None:
        """Nothing to do."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A night that is on the disk now."""

    path: Path
    size: int
    resumed: int
    """Bytes that were there before."""
    checked: str
    """What was compared with what the server says: `MD5`, `size`, or `gzip` where it says nothing."""


class Download:
    """One night of one server."""

    def __init__(
        self,
        server: Server,
        date: str,
        folder: Path,
        patience: Patience,
        *,
        stopped: Callable[[], bool] = lambda: False,
        free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        """Prepare to download into `folder`; `stopped` is asked again and again, `free` says how many bytes fit."""
        self._server, self._date, self._folder = server, date, folder
        self._patience, self._stopped, self._free = patience, stopped, free
        self._name = file_name(date)
        self._url = server.url(self._name)
        self._listener: Listener = NoListener()
        self._resumed = 0

    def run(self, listener: Listener | None = None) -> Fetched:
        """Download it.

        Raises `FetchError` where that cannot be done and `Stopped` where somebody wants it stopped; what is there then
        is gone on with the next time, unless it is known to be wrong.
        """
        self._listener = listener or self._listener
        part = Part(target_of(self._folder, self._date))
        try:
            digest = checksum(self._server, self._name, self._patience)
            self._patience.refresh()
            return self._fetch(part, digest)
        finally:
            part.close()

    def _fetch(self, part: Part, digest: str | None) -> Fetched:
        self._resumed = part.size if self._can_resume(part) else 0
        while True:
            self._fill(part)
            size, total = part.size, part.origin.size if part.origin else None
            wrong = what_is_wrong(part.path, digest, total, self._stopped)
            if not wrong:
                break
            self._listener.replaced()
            part.discard()
            if not self._resumed:
                raise FetchError(f"{self._url}: {wrong}; what was fetched is removed. Try again later.")
            # Bytes of two calls may not fit each other, which those of one call would.
            self._resumed, part = 0, Part(part.target)
        try:
            part.finish()
        except OSError as error:
            raise FetchError(f"{part.target}: cannot be written: {error.strerror}; {_kept(part)}") from error
        return Fetched(part.target, size, self._resumed, "MD5" if digest else "gzip" if total is None else "size")

    def _fill(self, part: Part) -> None:
        """Ask until all of it is there."""
        while True:
            before = part.size
            try:
                self._ask(part)
            except BusyError as error:
                if part.size > before:
                    self._patience.refresh()
                try:
                    self._patience.wait(str(error), error.seconds)
                except FetchError as last:
                    raise FetchError(f"{last} {_kept(part)}" if part.size else str(last)) from error
            except OSError as error:
                raise FetchError(f"{part.path}: cannot be written: {error.strerror}; {_kept(part)}") from error
            else:
                return

    def _ask(self, part: Part) -> None:
        """Ask once for what is missing, and write what comes."""
        headers = {}
        if self._can_resume(part):
            assert part.origin is not None
            headers = {"Range": f"bytes={part.size}-", "If-Range": part.origin.validator}
        with self._server.answer(self._name, headers) as response:
            if response.status_code in NOT_THERE:
                self._not_there(part)
            if response.status_code == 416:
                if part.origin is not None and part.size == part.origin.size:
                    return
                self._begin(part, Origin(self._url))
                raise BusyError(f"{self._url}: the server has no such part of it")
            self._check_kind(response, part)
            if response.status_code == 206:
                self._go_on(response, part)
            else:
                self._begin(part, self._origin(response))
            self._take(response, part)

    def _take(self, response: httpx.Response, part: Part) -> None:
        total = part.origin.size if part.origin else None
        self._listener.promised(total)
        self._listener.grew(part.size)
        for chunk in response.iter_raw():
            if self._stopped():
                raise Stopped
            if not part.size and not chunk.startswith(_GZIP[: len(chunk)]):
                part.discard()
                raise FetchError(f"{self._url}: the server answers with something that is no gzipped archive.")
            part.write(chunk)
            self._listener.grew(part.size)
        if not part.size:
            raise FetchError(f"{self._url}: the server gives an empty file, which is no archive.")
        if total is not None and part.size < total:
            raise BusyError(f"{self._url}: the server broke off after {part.size:,} of {total:,} bytes")

    def _check_kind(self, response: httpx.Response, part: Part) -> None:
        kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind in ("text/html", "application/xhtml+xml"):
            raise FetchError(
                f"{self._url}: the server answers with a web page, not with an archive; "
                f"is {self._server.base_url} the address of the archive? {_kept(part) if part.size else ''}".rstrip()
            )

    def _go_on(self, response: httpx.Response, part: Part) -> None:
        """Make sure that what comes is what is missing."""
        found = _RANGE.fullmatch(response.headers.get("Content-Range", "").strip())
        known = part.origin.size if part.origin else None
        if not found or int(found[1]) != part.size or (known is not None and found[2] not in ("*", str(known))):
            self._begin(part, Origin(self._url))
            raise BusyError(f"{self._url}: the server gives another part than it was asked for")
        self._check_room(None if known is None else known - part.size)

    def _begin(self, part: Part, origin: Origin) -> None:
        """Begin with the first byte, since the server gives all of it or has another file by now."""
        self._check_room(None if origin.size is None else origin.size - part.size)
        if part.size and (part.origin != origin or not origin.validator):
            self._listener.replaced()
        self._resumed = 0
        part.begin(origin)

    def _check_room(self, wanted: int | None) -> None:
        free = self._free(self._folder)
        if wanted is not None and wanted + _SPARE_BYTES > free:
            raise FetchError(
                f"{self._folder}: {size_of(wanted)} more are needed for {self._name}, and {size_of(max(0, free))} are "
                "free; make room, or name another folder by source.data."
            )

    def _can_resume(self, part: Part) -> bool:
        return bool(part.size and part.origin and part.origin.url == self._url and part.origin.validator)

    def _origin(self, response: httpx.Response) -> Origin:
        told = response.headers.get("Content-Length", "")
        size = int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None
        return Origin(
            self._url, response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""), size
        )  # fmt: skip

    def _not_there(self, part: Part) -> None:
        kept = f" {_kept(part)}" if part.size else ""
        raise FetchError(
            f"{self._url}: there is no such night in the archive; `huntui fetch --list` says which there are.{kept}"
        )


def size_of(size: int) -> str:
    """Return a number of bytes as a person writes it."""
    for unit, bytes_ in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= bytes_:
            return f"{size / bytes_:,.1f} {unit}"
    return f"{size:,} bytes"


def _kept(part: Part) -> str:
    return f"{size_of(part.size)} are kept in {part.path}, and the next fetch goes on from there."
