"""How tests ask services: by a server on this machine, with a folder and a clock of their own."""

from pathlib import Path
from typing import Any

from service_server import NAME, PLACE, Services

from huntui.online.answer import Answer, Subject
from huntui.online.look_ups import LookUps
from huntui.online.pace import Pace

SUBJECT = Subject(NAME, PLACE)


async def answers(
    server: Services, folder: Path, subject: Subject = SUBJECT, *, again: bool = False, **config: Any
) -> dict[str, Answer]:
    """Return what each service says, by a fresh look-up that shares nothing with others but the folder."""
    paces: dict[str, Pace] = {}
    environment = config.pop("environment", {})
    now = config.pop("now", lambda: 1_720_353_600.0)
    look_ups = LookUps(
        server.config(**config), folder=folder, environment=environment, now=now,
        pace=lambda host: paces.setdefault(host, Pace()),
    )  # fmt: skip
    found: dict[str, Answer] = {}
    await look_ups.ask(subject, lambda answer: found.update({answer.service: answer}), again=again)
    return found
