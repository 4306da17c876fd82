"""A server of files as huntui asks it: what goes wrong is told in a few words, and whether to ask again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import httpx

from huntui import __version__
from huntui.errors import ConfigError, FetchError

_ASK_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
NOT_THERE = frozenset({404, 410})
"""Answers that say that there is no such file."""
_MOST_REDIRECTS = 5


class BusyError(Exception):
    """The server does not give the file now, or broke off; `str()` says how, and it may be asked again."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        """Remember why, and after how many seconds the server wants to be asked again."""
        super().__init__(why)
        self.seconds = seconds


class RefusedError(FetchError):
    """The server does not give a file to us, whenever it is asked."""


class Server:
    """The folder of a server, by its address."""

    def __init__(self, base_url: str, timeout: float, transport: httpx.BaseTransport | None = None) -> None:
        """Prepare to ask; a server that is silent for `timeout` seconds is given up.

        Raises `ConfigError` for an address that is none.
        """
        self.base_url = base_url.rstrip("/")
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise ConfigError(
                f"{base_url or 'An empty text'}: is no address of a server; it must look like https://ztf.uw.edu/alerts/public."
            )
        self._timeout = timeout
        self._client = httpx.Client(
            timeout=timeout, follow_redirects=True, max_redirects=_MOST_REDIRECTS, transport=transport,
            headers={"User-Agent": f"huntui/{__version__}", "Accept-Encoding": "identity"},
        )  # fmt: skip

    def close(self) -> None:
        """Let go of connections."""
        self._client.close()

    def url(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self.base_url}/{name}"

    @contextmanager
    def answer(self, name: str, headers: dict[str, str] | None = None) -> Iterator[httpx.Response]:
        """Ask for a file and give the answer, of which no byte was read.

        Raises `BusyError` where it may be asked again, also while the answer is read, and `FetchError` where that is
        no use. A file that is not there is an answer.
        """
        url = self.url(name)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                self._check(url, response)
                yield response
        except (httpx.UnsupportedProtocol, httpx.TooManyRedirects, httpx.InvalidURL) as error:
            raise FetchError(f"{url}: leads nowhere ({error}).") from error
        except httpx.TimeoutException as error:
            raise BusyError(f"{url}: the server was silent for {self._timeout:g} s") from error
        except httpx.ConnectError as error:
            raise BusyError(f"{url}: the server cannot be reached ({_words(error)})") from error
        except httpx.TransportError as error:
            raise BusyError(f"{url}: the server broke off ({_words(error)})") from error

    def text(self, name: str, most: int) -> str | None:
        """Return a small file as text, at most `most` bytes of it; None where there is none. Raises like `answer`."""
        with self.answer(name) as response:
            if response.status_code in NOT_THERE:
                return None
            content = b""
            for piece in response.iter_raw():
                content += piece
                if len(content) >= most:
                    break
        return content[:most].decode("utf-8", "replace")

    def _check(self, url: str, response: httpx.Response) -> None:
        status = response.status_code
        if urlsplit(url).scheme == "https" and response.url.scheme != "https":
            raise FetchError(f"{url}: leads to {response.url}, which is not safe; nothing was fetched.")
        if status in _ASK_AGAIN:
            raise BusyError(f"{url}: the server answers {status_of(response)}", retry_after(response))
        if status not in (200, 206, 416) and status not in NOT_THERE:
            raise RefusedError(f"{url}: the server answers {status_of(response)}; nothing was fetched.")


def status_of(response: httpx.Response) -> str:
    """Return number and reason of an answer."""
    return f"{response.status_code} {printable(response.reason_phrase)}".strip()


def _words(error: Exception) -> str:
    return printable(str(error)) or type(error).__name__


def printable(text: str, most: int = 200) -> str:
    """Return what a server says so that it can be shown anywhere, its first `most` characters."""
    return "".join(letter if letter.isprintable() else " " for letter in text[:most]).strip()


def retry_after(response: httpx.Response) -> float | None:
    """Return after how many seconds the server wants to be asked again, where it says so."""
    told = response.headers.get("Retry-After", "").strip()
    if told.isascii() and told.isdigit() and len(told) < 10:
        return float(told)
    try:
        return (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError):
        return None
