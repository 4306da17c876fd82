"""XML-RPC that neither waits for ever nor takes an answer of any size."""

import socket
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from xmlrpc.client import Transport

_MOST_BYTES = 1 << 20
_LAST_SECONDS = 1.0


class Wire(Transport):
    """Carries calls to one server; `stop`, from any thread, ends the one that waits and refuses all until `leave`."""

    accept_gzip_encoding = False

    def __init__(self, seconds: float) -> None:
        """Let every call wait for so many seconds at most."""
        super().__init__()
        self.seconds, self._stopped = seconds, False
        self._open: HTTPConnection | None = None

    def make_connection(self, host: Any) -> HTTPConnection:
        """Return a connection that gives up in time."""
        if self._stopped:
            raise ConnectionError("nobody waits for it any more")
        self._open = super().make_connection(host)
        self._open.timeout = self.seconds
        if self._open.sock is not None:
            self._open.sock.settimeout(self.seconds)
        return self._open

    def send_request(self, *request: Any) -> HTTPConnection:
        """Send a request, unless somebody said stop before there was a connection to end."""
        connection = super().send_request(*request)
        if self._stopped:
            raise ConnectionError("nobody waits for it any more")
        return connection

    def parse_response(self, response: Any) -> Any:
        """Read an answer, if it is not too long."""
        assert isinstance(response, HTTPResponse)
        content = response.read(_MOST_BYTES + 1)
        if len(content) > _MOST_BYTES:
            raise ValueError("its answer is too long")
        parser, unmarshaller = self.getparser()
        parser.feed(content)
        parser.close()
        return unmarshaller.close()

    def leave(self) -> None:
        """Allow a last word, for which nobody waits long."""
        self.seconds, self._stopped = min(self.seconds, _LAST_SECONDS), False

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._stopped = True
        if self._open is not None and self._open.sock is not None:
            with suppress(OSError):
                self._open.sock.shutdown(socket.SHUT_RDWR)
