"""What every service is to those who ask it."""

from typing import Protocol

from huntui.config import LookupsConfig
from huntui.online.answer import Answer, Subject
from huntui.online.asker import Asker

NOT_KNOWN = "does not know it"


class Service(Protocol):
    """Knows where one service is and how it is asked."""

    def __init__(self, config: LookupsConfig, api_key: str) -> None:
        """Read the addresses; `api_key` is the user's for TNS, empty where there is none."""

    @property
    def endpoint(self) -> str:
        """The address that is asked, without what it is asked."""

    def question(self, subject: Subject) -> str:
        """Return what tells this question from every other to the same service; holds no secret.

        Raises `AskError` where it cannot be asked about this subject.
        """

    async def ask(self, subject: Subject, asker: Asker) -> Answer:
        """Ask, and read the answer; raises `AskError`."""
