"""The part of the engine that asks public services about an object, and what their answers say of claims."""

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.hunt.known_as import speaks
from huntui.hunt.state import Verdict
from huntui.hunt.treasure import Hunt
from huntui.online.answer import Answer, Subject

if TYPE_CHECKING:
    from huntui.config import LookupsConfig
    from huntui.night.view import NightView
    from huntui.online.look_ups import LookUps

OFF = "Look-ups are off; with lookups.enabled: true in config.yaml, or --set lookups.enabled=true, services are asked."


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What one service answered, and what that says of the treasures of the hunt."""

    answer: Answer
    speaks: Mapping[str, Verdict]
    """By the name of each treasure that it says something of: whether it confirms or refutes it."""


Say = Callable[[LookedUp], None]


class LookingUp:
    """What the engine is asked about look-ups; see `huntui.engine.face.EngineFace` for what each method means."""

    _hunt: Hunt
    _lookups: "LookupsConfig | None"
    _look_ups: "LookUps | None" = None

    @property
    @abstractmethod
    def latest(self) -> Snapshot:
        """The newest snapshot."""

    def can_look_up(self, object_id: str) -> tuple[str, ...]:
        """Look at the configuration and at the night."""
        return may_look_up(self._lookups, self.latest, object_id)

    async def look_up(self, object_id: str, say: Say, *, again: bool = False) -> None:
        """Ask all services at once."""
        self.can_look_up(object_id)
        view = self.latest.view
        place = None if view is None else await asyncio.to_thread(place_of, view, object_id)
        if self._look_ups is None:
            self._look_ups = await asyncio.to_thread(_prepared, self._lookups)
        await asked(self._look_ups, self._hunt, Subject(object_id, place), say, again=again)


async def asked(look_ups: "LookUps", hunt: Hunt, subject: Subject, say: Say, *, again: bool = False) -> None:
    """Ask services about a subject; `say` hears each answer, with what it says of the treasures of a hunt."""
    await look_ups.ask(subject, lambda answer: say(looked_up(answer, hunt)), again=again)


def looked_up(answer: Answer, hunt: Hunt) -> LookedUp:
    """Return an answer with what it says of the treasures of a hunt."""
    verdicts = {one.name: speaks(one, answer.classified, answer.probability) for one in hunt.treasures}
    return LookedUp(answer, {name: verdict for name, verdict in verdicts.items() if verdict != "open"})


def may_look_up(config: "LookupsConfig | None", snapshot: Snapshot, object_id: str) -> tuple[str, ...]:
    """Return the names of the services that may be asked; raises `CallError` where none may be, and says why."""
    if snapshot.night.simulated:
        raise invented(object_id)
    if config is None:
        raise CallError("No service can be asked from this page.")
    return check_asked(config)


def check_asked(config: "LookupsConfig") -> tuple[str, ...]:
    """Return the names of the services that are asked; raises `CallError` where that is none."""
    if not config.enabled:
        raise CallError(OFF)
    if not config.services:
        raise CallError("No service is configured; lookups.services in config.yaml lists them.")
    return tuple(dict.fromkeys(config.services))


def invented(object_id: str) -> CallError:
    """Return what there is to say of an object of a simulated night."""
    return CallError(f"{object_id} is invented: no service knows it, and none is asked.")


def place_of(view: "NightView", object_id: str) -> tuple[float, float] | None:
    """Return where an object's newest alert is, in degrees; None where the night does not say."""
    rows = view.rows_of(object_id)
    if not len(rows):
        return None
    ra, dec = float(view.column("ra")[rows[-1]]), float(view.column("dec")[rows[-1]])
    return (ra, dec) if 0 <= ra <= 360 and -90 <= dec <= 90 else None


def _prepared(config: "LookupsConfig | None") -> "LookUps":
    from huntui.online.look_ups import LookUps

    assert config is not None
    return LookUps(config)
