"""A server of nights for tests, on this machine, that misbehaves as it is told."""

import gzip
import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

DATE = "20240707"
NAME = f"ztf_public_{DATE}.tar.gz"


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """Return a gzipped tar."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return gzip.compress(packed.getvalue(), 1, mtime=0)


@dataclass
class Behaviour:
    """What the server has and how it gives it; a list is used up from its front, one entry per request of a night."""

    files: dict[str, bytes] = field(default_factory=dict)
    checksums: bool = True
    wrong_checksum: bool = False
    ranges: bool = True
    etag: str = '"one"'
    modified: str = "Sun, 07 Jul 2024 12:00:00 GMT"
    tells_size: bool = True
    statuses: list[int] = field(default_factory=list)
    """Answers in the place of the night."""
    headers: dict[str, str] = field(default_factory=dict)
    """More headers, of every answer."""
    cuts: list[int] = field(default_factory=list)
    """After how many bytes of the body the line is cut."""
    content_type: str = "application/x-gzip"
    content_range: str = ""
    """In the place of the right one."""
    gate: threading.Event | None = None
    """What is waited for behind `gate_at` bytes of a body."""
    gate_at: int = 0
    asked: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    """Path, Range and If-Range of every request so far."""

    @property
    def ranges_asked(self) -> list[str | None]:
        """The ranges of the requests of nights."""
        return [wanted for path, wanted, _ in self.asked if path.endswith(".tar.gz")]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behaviour: Behaviour

    def do_GET(self) -> None:
        """Answer as it was told."""
        b, name = self.behaviour, self.path.partition("?")[0].rpartition("/")[2]
        self.close_connection = True
        b.asked.append((self.path, self.headers.get("Range"), self.headers.get("If-Range")))
        if name == "MD5SUMS" and b.checksums:
            self._give(200, _checksums(b), "text/plain")
        elif not name:
            self._give(200, _index(b), "text/html;charset=UTF-8")
        elif name.endswith(".tar.gz") and b.statuses and (status := b.statuses.pop(0)) != 200:
            self._give(status, b"no", "text/plain")
        elif name in b.files:
            self._give_night(b.files[name])
        else:
            self._give(404, b"<html>Not Found</html>", "text/html")

    def end_headers(self) -> None:
        """Say that the line is closed, so that nobody asks again on it."""
        self.send_header("Connection", "close")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _give(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": kind, "Content-Length": str(len(body)), **self.behaviour.headers}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def _give_night(self, whole: bytes) -> None:
        b, body, status = self.behaviour, whole, 200
        wanted, condition = self.headers.get("Range"), self.headers.get("If-Range")
        if wanted and b.ranges and condition in (None, b.etag, b.modified):
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            if start >= len(whole):
                self._give(416, b"", "text/plain")
                return
            body, status = whole[start:], 206
        self.send_response(status)
        self.send_header("Content-Type", b.content_type)
        if b.etag:
            self.send_header("ETag", b.etag)
        if b.modified:
            self.send_header("Last-Modified", b.modified)
        if b.tells_size:
            self.send_header("Content-Length", str(len(body)))
        if status == 206:
            told = b.content_range or f"bytes {len(whole) - len(body)}-{len(whole) - 1}/{len(whole)}"
            self.send_header("Content-Range", told)
        for key, value in b.headers.items():
            self.send_header(key, value)
        self.end_headers()
        self._write(body)

    def _write(self, body: bytes) -> None:
        b = self.behaviour
        end = b.cuts.pop(0) if b.cuts else len(body)
        if b.gate is not None:
            self.wfile.write(body[: min(end, b.gate_at)])
            self.wfile.flush()
            b.gate.wait(20)
            self.wfile.write(body[b.gate_at : end])
        else:
            self.wfile.write(body[:end])


def _checksums(b: Behaviour) -> bytes:
    digests = {name: hashlib.md5(content).hexdigest() for name, content in b.files.items()}
    if b.wrong_checksum:
        digests = dict.fromkeys(digests, "0" * 32)
    lines = [f"{digest}  {name}\n" for name, digest in digests.items()]
    return "".join(["d41d8cd98f00b204e9800998ecf8427e  ztf_public_20180601.tar.gz\n", *lines]).encode()


def _index(b: Behaviour) -> bytes:
    rows = "".join(
        f'<tr><td><a href="{name}">{name}</a></td><td align="right">2024-07-08 21:00  </td>'
        f'<td align="right">{len(content) // 1000}K</td><td>&nbsp;</td></tr>\n'
        for name, content in b.files.items()
    )
    return f'<html><table><tr><td><a href="MD5SUMS">MD5SUMS</a></td></tr>{rows}</table></html>'.encode()


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Serve while the block runs; gives the address of the folder."""
    handler = type("Handler", (_Handler,), {"behaviour": behaviour})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/alerts/public"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
