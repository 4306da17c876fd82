"""The notebook: keeps the hunt in the store as it goes on, in a thread that no key waits for, and takes it up again."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from huntui.errors import HuntuiError, SessionError
from huntui.funnel.cuts import Cuts
from huntui.hunt.treasure import Hunt
from huntui.session.commands import ENDED, ReplaceCuts
from huntui.session.memory import Memory
from huntui.session.open_night import OpenNight
from huntui.session.session import Session
from huntui.session.store import KeptHunt, Label, Store

_PAUSE_SECONDS = 0.25
"""Between two writes, so that a key held down is not written each time."""
_RETRY_SECONDS = 5.0
"""Before what could not be written is tried again; sooner when there is something newer."""

Open = Callable[[], Store]


class Notebook:
    """Keeps one hunt. `begin`, `note` and `close` belong to the worker's thread; the writing has one of its own."""

    def __init__(
        self, label: Label, *, fresh: bool = False, cuts_win: bool = False, store: Open = Store.of_user
    ) -> None:
        """Prepare to keep a hunt.

        `fresh` begins anew and leaves what was kept as it is; when `cuts_win`, the cuts of the kept hunt are only a
        step back. The store is opened in the worker's thread.
        """
        self._label, self._fresh, self._cuts_win, self._open_store = label, fresh, cuts_win, store
        self.keeps = False
        """Whether the store takes what it is given."""
        self._store: Store | None = None
        self._night: OpenNight | None = None
        self._number: int | None = None
        self._begun = False
        self._changed = threading.Condition()
        self._noted: Memory | None = None
        self._score: int | None = None
        self._waiting: Memory | None = None
        self._closed = False
        self._unkept = ""
        self._thread: threading.Thread | None = None

    def begin(self, cuts: Cuts, hunt: Hunt, tell: Callable[[str], None]) -> tuple[Session, str]:
        """Return a session to go on with, and what there is to say about it; `tell` hears of what fails later."""
        session, said = Session(cuts, hunt), []
        try:
            self._store = self._open_store()
            said += [self._store.moved] if self._store.moved else []
            self._night = OpenNight(self._store.path.parent, f"{self._label.night} {self._label.hunt}")
            kept = None if self._fresh else self._store.newest(self._label)
            if kept is not None:
                session, sentence = self._resumed(self._store.memory(kept.number), kept, cuts, hunt)
                said.append(sentence)
                self._number = None if self._night.elsewhere else kept.number
                self._begun = True
            if self._night.elsewhere:
                said.append("This night is open in another huntui as well: whoever changes something last is resumed.")
        except SessionError as problem:
            said.append(f"{problem} It is left as it is, and the hunt begins anew.")
        except HuntuiError as problem:
            said.append(str(problem))
        self._noted = session.memory
        if self._store is not None:
            self.keeps = True
            self._thread = threading.Thread(target=self._write, args=(self._store, tell), name="huntui_notebook")
            self._thread.start()
        return session, " ".join(said)

    def note(self, session: Session, score: Callable[[], int]) -> None:
        """Have the session written down as it stands, with its score, if it changed; never waits."""
        memory = session.memory
        if memory == self._noted or not (self._begun or self._is_a_beginning(memory)):
            return
        self._begun, self._noted = True, memory
        with self._changed:
            self._waiting, self._score = memory, score()
            self._changed.notify()

    def _is_a_beginning(self, memory: Memory) -> bool:
        """Whether more was done than to look around, so that there is a hunt to be resumed."""
        return self._noted is None or replace(memory, panels=self._noted.panels) != self._noted

    def close(self) -> str:
        """Write what is not written yet and let go of the store; return why the hunt is not kept as it stood, or ""."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()
        if self._night is not None:
            self._night.close()
        return self._unkept

    def _resumed(self, memory: Memory, kept: KeptHunt, cuts: Cuts, hunt: Hunt) -> tuple[Session, str]:
        session = Session(cuts, hunt, memory)
        number = len(session.claims.standing)
        claims = f"{number} claim{'' if number == 1 else 's'}"
        # Other cuts than those it began with, or that were saved, were asked for since: in a file or by an option.
        if session.cuts != cuts and (self._cuts_win or cuts.stages != memory.saved.cuts.stages):
            session.apply(ReplaceCuts(cuts, "the cuts that were asked for are in force"))
            session.saved_cuts(cuts)
            return session, f"Resumed: {claims}, with the cuts that were asked for; undo brings back yours."
        day = datetime.fromtimestamp(kept.written).strftime("%Y-%m-%d")
        undo = "; undo still goes back." if session.can_undo else "."
        end = f" {ENDED}" if session.ended else ""
        return session, f"Resumed: {claims}, cuts as you left them on {day}{undo}{end}"

    def _write(self, store: Store, tell: Callable[[str], None]) -> None:
        failing = closed = False
        while not closed:
            with self._changed:
                self._changed.wait_for(self._is_due)
                closed, memory, self._waiting = self._closed, self._waiting, None
                score = self._score
            if memory is not None:
                failed = self._failure(store, memory, score)
                self.keeps = not failed
                if bool(failed) != failing:
                    tell(f"{failed} The hunt goes on, but would be forgotten." if failed else "The hunt is kept again.")
                failing, self._unkept = bool(failed), failed
            with self._changed:
                self._changed.wait_for(lambda: self._closed, _PAUSE_SECONDS)
                if failing:
                    self._changed.wait_for(self._is_due, _RETRY_SECONDS)
                    self._waiting = self._waiting or memory
        store.close()

    def _is_due(self) -> bool:
        return self._closed or self._waiting is not None

    def _failure(self, store: Store, memory: Memory, score: int | None) -> str:
        """Write how the hunt stands and return an empty sentence, or the one that says why it could not be done."""
        try:
            self._number = store.write(self._label, memory, self._number, score)
        except HuntuiError as problem:
            return str(problem)
        except Exception as problem:  # noqa: BLE001 (a thread has nobody above it who could hear)
            return f"The hunt cannot be kept: {type(problem).__name__}: {problem}."
        return ""
