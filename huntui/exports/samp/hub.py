"""A SAMP hub, asked by a client that only sends: the standard profile of SAMP 1.3 (IVOA Recommendation 2012).

Such a client is called by nobody, so that it needs neither a port nor threads. (The client of astropy has both, asks a
server of the internet whether there is a network, waits for ever for a hub that hangs, and is deprecated since 8.0.)
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from time import monotonic
from typing import Any
from xml.parsers.expat import ExpatError
from xmlrpc.client import Error, Fault, ServerProxy

from huntui import __version__
from huntui.errors import ExportError
from huntui.exports.samp.lock_file import START, Door, door
from huntui.exports.samp.wire import Wire
from huntui.exports.words import shown

TABLE, POSITION = "table.load.votable", "coord.pointAt.sky"
"""What can be sent: the messages' types (MTypes, as the IVOA lists them)."""

_MOST_PROGRAMS, _LONGEST_NAME, _LONGEST_REASON = 100, 40, 200
_NONSENSE = (OSError, HTTPException, Error, ExpatError, ValueError, LookupError, TypeError)
"""What `xmlrpc` raises for a server that is gone, is none, or answers whatever it likes."""


@dataclass(frozen=True, slots=True)
class Program:
    """Another program that the hub connects."""

    id: str
    """What the hub calls it."""
    name: str
    """What it calls itself."""
    takes: frozenset[str] = frozenset()
    """Which of the messages that can be sent it understands."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds to wait, and a way to stop waiting."""

    hub: float = 5.0
    """For an answer of the hub itself."""
    program: float = 60.0
    """For a program to have done what it was asked: it may read a large table, or ask its user."""
    wires: list[Wire] = field(default_factory=list)

    def stop(self) -> None:
        """Let whoever waits get an `ExportError` at once; belongs to any thread."""
        for wire in self.wires:
            wire.stop()


class Hub:
    """A hub that huntui is registered with."""

    def __init__(self, at: Door, wire: Wire, patience: Patience) -> None:
        self._door, self._wire, self._patience, self._key = at, wire, patience, ""

    def register(self) -> None:
        """Say who is there; raises `ExportError` where the hub does not answer or lets nobody in."""
        try:
            told = self._asked("register", self._door.secret)
        except Fault as refusal:
            raise ExportError(f"The SAMP hub lets huntui not in: {_reason(refusal.faultString)}.") from None
        if not isinstance(told, dict) or not isinstance(told.get("samp.private-key"), str):
            raise self._no_hub()
        self._key = told["samp.private-key"]
        about = {
            "samp.name": "huntui",
            "samp.description.text": "A treasure hunt through a night of ZTF alerts",
            "huntui.version": __version__,
        }
        self._ask("declareMetadata", about)

    def unregister(self) -> None:
        """Say good-bye, to a hub that may be gone; else it would list huntui for ever."""
        self._wire.leave()
        with suppress(ExportError):
            self._ask("unregister")

    def programs(self) -> tuple[Program, ...]:
        """Return the programs that are connected, and what they take."""
        takers = {mtype: self._takers(mtype) for mtype in (TABLE, POSITION)}
        ids = self._ask("getRegisteredClients")
        if not isinstance(ids, list):
            raise self._no_hub()
        return tuple(
            Program(each, self._name(each), frozenset(mtype for mtype, those in takers.items() if each in those))
            for each in ids[:_MOST_PROGRAMS]
            if isinstance(each, str)
        )

    def _takers(self, mtype: str) -> Mapping[str, Any]:
        found = self._ask("getSubscribedClients", mtype)
        if not isinstance(found, dict):
            raise self._no_hub()
        return found

    def _name(self, program: str) -> str:
        told = self._ask("getMetadata", program)
        name = told.get("samp.name") if isinstance(told, dict) else None
        names = (shown(text)[:_LONGEST_NAME].strip() for text in (name, program) if isinstance(text, str))
        return next(filter(None, names), "?")

    def call(self, program: Program, mtype: str, params: Mapping[str, str]) -> None:
        """Send a message to a program and wait until it has done what it says.

        Raises `ExportError` where it refuses, is gone, or does not answer in time.
        """
        seconds, begun = self._patience.program, monotonic()
        # It is the hub that gives up first, since it knows why.
        self._wire.seconds = seconds + self._patience.hub
        message = {"samp.mtype": mtype, "samp.params": {name: shown(text) for name, text in params.items()}}
        try:
            told = self._ask("callAndWait", program.id, message, str(int(seconds)))
        except ExportError:
            if monotonic() - begun < int(seconds):
                raise
            raise ExportError(
                f"{program.name} has not answered in {seconds:.0f} seconds; it may be busy, or waits for its user."
            ) from None
        finally:
            self._wire.seconds = self._patience.hub
        status = told.get("samp.status") if isinstance(told, dict) else None
        if status not in ("samp.ok", "samp.warning"):
            trouble = told.get("samp.error") if isinstance(told, dict) else None
            text = trouble.get("samp.errortxt") if isinstance(trouble, dict) else None
            raise ExportError(f"{program.name} refused: {_reason(text)}.")

    def _ask(self, question: str, *arguments: object) -> Any:
        """Return the answer to one who is registered; raises `ExportError` where there is none, or no is said."""
        try:
            return self._asked(question, self._key, *arguments)
        except Fault as refusal:
            raise ExportError(f"The SAMP hub refused: {_reason(refusal.faultString)}.") from None

    def _asked(self, question: str, *arguments: object) -> Any:
        try:
            server = ServerProxy(self._door.url, transport=self._wire)
            ask: Callable[..., Any] = getattr(server.samp.hub, question)
            return ask(*arguments)
        except Fault:
            raise
        except _NONSENSE:
            raise self._no_hub() from None

    def _no_hub(self) -> ExportError:
        return ExportError(f"The SAMP hub that {self._door.named_by} names does not answer as one: {START}.")


@contextmanager
def registered(patience: Patience) -> Iterator[Hub]:
    """Register with the hub of the user, for as long as it takes; raises `ExportError` where there is none."""
    wire = Wire(patience.hub)
    patience.wires.append(wire)
    hub = Hub(door(), wire, patience)
    hub.register()
    try:
        yield hub
    finally:
        hub.unregister()
        wire.close()


def _reason(text: object) -> str:
    """Return why something was refused, as the end of a sentence."""
    words = " ".join(shown(text[:_LONGEST_REASON]).split()).rstrip(".") if isinstance(text, str) else ""
    return words or "it does not say why"
