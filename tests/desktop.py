"""A desktop as SAMP knows it: a real hub, and programs that read what they are sent, all of astropy."""

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import astropy
import astropy.samp
import pytest
from astropy.samp import SAMPHubServer, SAMPIntegratedClient
from astropy.table import Table

OK = {"samp.status": "samp.ok", "samp.result": {}}
TABLE, POSITION = "table.load.votable", "coord.pointAt.sky"


class Receiver:
    """A program that remembers what it was sent, with the tables that it has read."""

    def __init__(
        self, hub: SAMPHubServer, name: str, mtypes: tuple[str, ...], answer: Mapping[str, Any] | None
    ) -> None:
        self.messages: list[tuple[str, dict[str, str]]] = []
        self.tables: list[Table] = []
        self._answer = answer
        self.client = SAMPIntegratedClient(name=name, addr="127.0.0.1")
        self.client.connect(hub_params=hub.params, pool_size=2)
        for mtype in mtypes:
            self.client.bind_receive_call(mtype, self._take)

    def _take(self, key: str, sender: str, message_id: str, mtype: str, params: dict[str, str], _: object) -> None:
        del key, sender
        self.messages.append((mtype, params))
        if mtype == TABLE:
            self.tables.append(Table.read(unquote(urlsplit(params["url"]).path), format="votable"))
        if self._answer is not None:
            self.client.reply(message_id, self._answer)

    def refuse(self, reason: str) -> None:
        """Answer so from now on."""
        self._answer = {"samp.status": "samp.error", "samp.result": {}, "samp.error": {"samp.errortxt": reason}}


class Hub(SAMPHubServer):
    """The hub of astropy, without what it loses on a busy machine."""

    def __init__(self) -> None:
        super().__init__(web_profile=False, addr="127.0.0.1", pool_size=2)
        self._launching = threading.RLock()

    def _launch_thread(self, **thread: Any) -> None:
        # Two that tidy up its list of threads at once take the same one away, and the second fails.
        with self._launching:
            super()._launch_thread(**thread)

    def _reply_(self, key: str, message_id: str, response: Any) -> None:
        # An answer that comes before the hub waits for it would be forgotten.
        while self.is_running and message_id.endswith("samp::sync::call") and message_id not in self._sync_msg_ids_heap:
            time.sleep(0.001)
        super()._reply_(key, message_id, response)


class Desktop:
    """One hub, found by a file in a folder of its own."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.lock_file, self._patch = folder / "samp", patch
        patch.setenv("SAMP_HUB", f"std-lockurl:{self.lock_file.as_uri()}")
        patch.setattr(astropy.samp.conf, "use_internet", False)
        self.hub = Hub()
        self.programs: list[Receiver] = []

    def start(self) -> None:
        """Start the hub, which would tidy up the files of dead hubs in the user's home."""
        with self._patch.context() as patch:
            patch.setenv("HOME", str(self.lock_file.parent))
            # It would say on standard output that it runs.
            astropy.log.setLevel("WARNING")
            self.hub.start()

    def program(self, name: str, *mtypes: str, answer: Mapping[str, Any] | None = OK) -> Receiver:
        """Connect a program; where there is no `answer`, it never gives one."""
        receiver = Receiver(self.hub, name, mtypes, answer)
        self.programs.append(receiver)
        return receiver

    def connected(self) -> list[str]:
        """Return the names of all who are registered with the hub, but for the hub itself and the first program."""
        client = self.programs[0].client
        names = [client.get_metadata(one)["samp.name"] for one in client.get_registered_clients()]
        return [name for name in names if name != "Astropy SAMP Hub"]

    def stop(self) -> None:
        """End all of it."""
        for receiver in self.programs:
            receiver.client.disconnect()
        if self.hub.is_running:
            self.hub.stop()
