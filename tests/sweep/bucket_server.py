"""A server of one S3 bucket for tests, on this machine, that lets in whoever has its key."""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET, KEY = "nights", "AKIAOFTHETESTS"
_NAMESPACE = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
_MODIFIED = "2024-07-07T12:00:00.000Z"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, files: Mapping[str, bytes], *args: object) -> None:
        self._files = files
        super().__init__(*args)  # type: ignore[arg-type]

    def do_HEAD(self) -> None:
        """Tell of an object."""
        self.do_GET()

    def do_GET(self) -> None:
        """Give an object, or list those below a prefix."""
        parts = urlsplit(self.path)
        bucket, _, name = unquote(parts.path).lstrip("/").partition("/")
        if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self._give(403, _problem("InvalidAccessKeyId"))
        elif bucket != BUCKET:
            self._give(404, _problem("NoSuchBucket"))
        elif not name:
            self._give(200, self._listed(parse_qs(parts.query).get("prefix", [""])[0]))
        elif name in self._files:
            self._give(200, self._files[name], "application/octet-stream")
        else:
            self._give(404, _problem("NoSuchKey"))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _listed(self, prefix: str) -> bytes:
        found = {name: content for name, content in self._files.items() if name.startswith(prefix)}
        listed = "".join(
            f"<Contents><Key>{escape(name)}</Key><LastModified>{_MODIFIED}</LastModified>"
            f"<ETag>{escape(_etag(content))}</ETag><Size>{len(content)}</Size></Contents>"
            for name, content in sorted(found.items())
        )
        told = f"<Name>{BUCKET}</Name><Prefix>{escape(prefix)}</Prefix><KeyCount>{len(found)}</KeyCount>"
        return _xml(f"<ListBucketResult {_NAMESPACE}>{told}<IsTruncated>false</IsTruncated>{listed}</ListBucketResult>")

    def _give(self, status: int, body: bytes, kind: str = "application/xml") -> None:
        self.send_response(status)
        for key, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            "ETag": _etag(body),
            "Last-Modified": "Sun, 07 Jul 2024 12:00:00 GMT",
        }.items():
            self.send_header(key, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _etag(content: bytes) -> str:
    return f'"{hashlib.md5(content).hexdigest()}"'


def _problem(code: str) -> bytes:
    return _xml(f"<Error><Code>{code}</Code><Message>{code}</Message></Error>")


def _xml(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}'.encode()


@contextmanager
def serving_bucket(files: Mapping[str, bytes]) -> Iterator[str]:
    """Serve objects by their keys, and give the address of the server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, files))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
