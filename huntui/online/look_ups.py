"""Asks the configured services about one object, all at once, each at its own pace, and keeps what they answer."""

import asyncio
import os
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from huntui import __version__
from huntui.config import LookupsConfig
from huntui.errors import AskError, ConfigError
from huntui.online.answer import Answer, Subject
from huntui.online.asker import Asker, Limits, host_of, silent
from huntui.online.kept_answers import KeptAnswers
from huntui.online.pace import Pace, pace_of
from huntui.online.registry import SERVICES
from huntui.online.server import printable
from huntui.online.services.service import Service
from huntui.secret import secret_at

Say = Callable[[Answer], None]


class LookUps:
    """What is asked where; may be used again and again, also from several threads with a loop each."""

    def __init__(
        self,
        config: LookupsConfig,
        *,
        folder: Path | None = None,
        environment: Mapping[str, str] = os.environ,
        now: Callable[[], float] = time.time,
        pace: Callable[[str], Pace] = pace_of,
    ) -> None:
        """Prepare to ask; answers are kept in `folder`, and `pace` has that of each server.

        Raises `ConfigError` for an address that is none, and for a key that cannot be had.
        """
        self._limits = Limits(config.interval, config.timeout)
        limits = config.keep_hours, int(config.max_mb * 1e6)
        self._kept = KeptAnswers.of_user(*limits) if folder is None else KeptAnswers(folder, *limits)
        self._now, self._pace = now, pace
        self._context: ssl.SSLContext | None = None
        api_key = _api_key(config, environment)
        names = dict.fromkeys(config.services)
        self._services: dict[str, Service] = {name: _service(SERVICES[name])(config, api_key) for name in names}
        for service in self._services.values():
            _check(service.endpoint)

    @property
    def services(self) -> tuple[str, ...]:
        """Names of the services that are asked, in their order."""
        return tuple(self._services)

    async def ask(self, subject: Subject, say: Say, *, again: bool = False) -> None:
        """Ask every service; `say` hears each answer, or why there is none, as soon as it is there.

        What is kept is not asked for, unless it is wanted `again`. To cancel it takes every request back.
        """
        left = {}
        for name, service in self._services.items():
            if again or (answer := await asyncio.to_thread(self._find, name, service, subject)) is None:
                left[name] = service
            else:
                say(answer)
        if not left:
            return
        if self._context is None:
            # To read the certificates takes a while, in which keys are pressed.
            self._context = await asyncio.to_thread(httpx.create_ssl_context)
        headers = {"User-Agent": f"huntui/{__version__}", "Accept": "application/json", "Accept-Encoding": "gzip"}
        asking = httpx.AsyncClient(verify=self._context, timeout=self._limits.timeout, headers=headers)
        async with asking as client, asyncio.TaskGroup() as group:
            for name, service in left.items():
                group.create_task(self._ask_one(name, service, subject, client, say))

    def _find(self, name: str, service: Service, subject: Subject) -> Answer | None:
        try:
            key = KeptAnswers.key(name, service.endpoint, service.question(subject))
        except AskError:
            return None
        return self._kept.find(key, self._now())

    async def _ask_one(
        self, name: str, service: Service, subject: Subject, client: httpx.AsyncClient, say: Say
    ) -> None:
        try:
            question = service.question(subject)
            async with asyncio.timeout(self._limits.timeout):
                asker = Asker(client, self._pace(host_of(service.endpoint)), self._limits)
                answer = replace(await service.ask(subject, asker), asked=self._now())
        except AskError as error:
            say(Answer(name, failed=str(error), asked=self._now()))
        except TimeoutError:
            say(Answer(name, failed=silent(self._limits.timeout), asked=self._now()))
        else:
            key = KeptAnswers.key(name, service.endpoint, question)
            await asyncio.to_thread(self._kept.keep, key, answer)
            say(answer)


def _service(target: str) -> Any:
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


def _api_key(config: LookupsConfig, environment: Mapping[str, str]) -> str:
    if not config.tns_api_key or "TNS" not in config.services:
        return ""
    key = secret_at("lookups.tns_api_key", config.tns_api_key, environment)
    if not config.tns_bot:
        raise ConfigError("lookups.tns_bot: TNS wants number and name of the bot beside its key, as in 12345 my_bot.")
    return key


def _check(url: str) -> None:
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL:
        parts = httpx.URL("")
    if parts.scheme not in ("http", "https") or not parts.host or parts.userinfo or parts.query:
        shown = printable(url) if "@" not in url else "what stands there"
        raise ConfigError(f"lookups: {shown} is no address of a service; it must look like https://example.org/api.")
