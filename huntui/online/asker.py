"""Asks one public service for JSON, and trusts nothing of what comes back.

A redirect is followed within the same server alone, an answer is read up to a bound, also where it is compressed, and
it is JSON or told to be none. Nothing is asked twice: whoever wants an answer presses the key again.
"""

import asyncio
import zlib
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote, urlsplit

import httpx

from huntui import checked, strict_json
from huntui.checked import Written
from huntui.errors import AskError, CallError
from huntui.online.pace import Pace
from huntui.online.server import NOT_THERE, printable, retry_after, status_of

MOST_BYTES = 4 * 2**20
"""What an answer may hold, also once it is no longer compressed."""
_MOST_REDIRECTS = 3
_LONGEST_HOLD = 3600.0
_ANY_COMPRESSION = 47
"""What tells zlib to see for itself whether it is gzip or zlib."""


class Heard(Written):
    """Part of an answer as a service writes it: what huntui does not need of it is ignored."""

    model_config = Written.model_config | {"extra": "ignore"}


H = TypeVar("H", bound=Heard)


class Limits(NamedTuple):
    """How a service may be asked."""

    interval: float
    """Seconds between one request and the next."""
    timeout: float
    """Seconds that all of it may take."""


class Asker:
    """Asks by one client, at the pace of the server."""

    def __init__(self, client: httpx.AsyncClient, pace: Pace, limits: Limits) -> None:
        """Ask by a client that follows no redirects."""
        self._client, self._pace, self._limits = client, pace, limits

    async def ask(self, method: str, url: str, **how: Any) -> object | None:
        """Return the value of an answer in JSON, None where the service knows no such thing (404).

        `how` is what httpx takes: `params`, `json`, `data`, `headers`. Raises `AskError` for everything else.
        """
        try:
            request = self._client.build_request(method, url, **how)
            for _ in range(_MOST_REDIRECTS + 1):
                await asyncio.sleep(self._pace.reserve(self._limits.interval, self._limits.timeout))
                response = await self._client.send(request, stream=True)
                try:
                    if response.next_request is None:
                        return await self._value(response)
                    request = _followed(response)
                finally:
                    await response.aclose()
        except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
            raise AskError(f"has no address that can be asked ({printable(str(error))})") from None
        except httpx.TimeoutException:
            raise AskError(silent(self._limits.timeout)) from None
        except httpx.ConnectError as error:
            raise AskError(f"cannot be reached ({_words(error)})") from None
        except httpx.HTTPError as error:
            raise AskError(f"broke off ({_words(error)})") from None
        raise AskError("leads from one address to the next without end")

    async def _value(self, response: httpx.Response) -> object | None:
        status = response.status_code
        if status in NOT_THERE:
            return None
        if status in (429, 503) and (seconds := retry_after(response)) is not None:
            seconds = min(max(0.0, seconds), _LONGEST_HOLD)
            self._pace.hold(seconds)
            raise AskError(f"answers {status_of(response)}, and wants to be left alone for {seconds:,.0f} s")
        if status != 200:
            raise AskError(f"answers {status_of(response)}")
        if "html" in response.headers.get("Content-Type", "").lower():
            raise AskError("answers with a web page, not with JSON; is its address in lookups right?")
        return _parsed(await _body(response))


def silent(seconds: float) -> str:
    """Say that there is no answer after so many seconds."""
    return f"gave no answer within {seconds:g} s"


def heard(model: type[H], value: object) -> H:
    """Return a part of an answer; raises `AskError` where it has another form than the service is known for."""
    try:
        return checked.check(model, value, "answers in a form that is not expected", CallError)
    except CallError as problem:
        raise AskError(printable(str(problem)).removesuffix(".")) from None


def heard_list(model: type[H], value: object, most: int = 10_000) -> list[H]:
    """Return each part of an answer that is a list of them; raises `AskError` likewise."""
    if not isinstance(value, list) or len(value) > most:
        raise AskError(f"answers in a form that is not expected: a list of at most {most:,} was")
    return [heard(model, one) for one in value]


def _followed(response: httpx.Response) -> httpx.Request:
    """Return where a redirect leads, as long as it stays on the same server and is no less safe."""
    request = response.next_request
    assert request is not None
    there, here = request.url, response.url
    safe = there.scheme == "https" or here.scheme == "http"
    if (there.host, there.port) != (here.host, here.port) or not safe:
        raise AskError(f"leads to {printable(f'{there.scheme}://{there.host}')}, where nothing is asked")
    return request


async def _body(response: httpx.Response) -> bytes:
    encoding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "deflate"):
        raise AskError(f"answers in {printable(encoding, 20)}, which was not asked for")
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > MOST_BYTES:
            raise AskError(_too_much())
    return bytes(content) if encoding in ("identity", "") else _unpacked(bytes(content))


def _unpacked(content: bytes) -> bytes:
    unpacking = zlib.decompressobj(_ANY_COMPRESSION)
    try:
        plain = unpacking.decompress(content, MOST_BYTES + 1)
    except zlib.error:
        raise AskError("answers with something that cannot be unpacked") from None
    if len(plain) > MOST_BYTES:
        raise AskError(_too_much())
    if not unpacking.eof:
        raise AskError("broke off within its answer")
    return plain


def _parsed(content: bytes) -> object:
    try:
        return strict_json.parse(content.decode("utf-8-sig"))
    except RecursionError:
        raise AskError("answers with JSON that is nested too deeply") from None
    except ValueError as problem:
        raise AskError(f"answers with something that is not JSON: {printable(str(problem), 80)}") from None


def _too_much() -> str:
    return f"answers with more than {MOST_BYTES:,} bytes, which are not read"


def _words(error: Exception) -> str:
    return printable(str(error)) or type(error).__name__


def host_of(url: str) -> str:
    """Return the server of an address."""
    return urlsplit(url).netloc.lower()


def joined(base: str, *parts: str) -> str:
    """Return the address of something below another one; what a part says cannot lead out of its place."""
    return "/".join([base.rstrip("/"), *(quote(part, safe="") for part in parts)])
