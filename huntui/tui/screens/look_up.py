"""What public services know of an object, filled in as they answer; a claim on it is settled there by what they say."""

from typing import TYPE_CHECKING

from textual import work
from textual.widget import Widget

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.errors import HuntuiError
from huntui.hunt.state import Verdict
from huntui.session.commands import Settle
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, key_line
from huntui.tui.text import clean
from huntui.tui.widgets.look_up_page import LookUpPage

if TYPE_CHECKING:
    from huntui.engine.looking_up import LookedUp

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""
_OF_CLAIMS = {"asked_claim_up", "asked_claim_down", "settle_confirmed", "settle_refuted", "settle_open"}


class LookUp(Dialog[None]):
    """Asks when it is opened; to close it takes back what nobody has answered."""

    BINDINGS = bindings("lookups")
    panel = "lookups"

    def __init__(self, engine: EngineFace, object_id: str, services: tuple[str, ...], keymap: dict[str, str]) -> None:
        super().__init__(f"{clean(object_id)} elsewhere", keymap)
        self._engine, self._object_id = engine, object_id
        self._page = LookUpPage(engine.latest, object_id, services)

    def inside(self) -> list[Widget]:
        """Return the answers, and the claims below them."""
        return [self._page]

    def keys(self) -> str:
        """Return the keys at the foot; where nothing is claimed nothing is settled."""
        return key_line(self.panel, self._keymap, without=() if self._page.claims else _OF_CLAIMS)

    def on_mount(self) -> None:
        """Ask."""
        self._ask()

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot, with what the engine says of the last key."""
        self._page.show(snapshot)
        if snapshot.message:
            self._page.say(snapshot.message)
        self._arrange()

    @work(exclusive=True, group="look-ups")
    async def _ask(self, *, again: bool = False) -> None:
        def say(found: "LookedUp") -> None:
            self._page.tell(found)
            self._arrange()

        self._arrange()
        try:
            await self._engine.look_up(self._object_id, say, again=again)
        except HuntuiError as problem:
            self._page.say(str(problem))
            self._arrange()

    def _arrange(self) -> None:
        box = self.query_one(f"#{self.panel}-box")
        if box.size.width:
            self._page.fit_into(box.size.width, int(self.size.height * _SHARE) - _FRAME)

    def action_asked_claim_up(self) -> None:
        """Go to the claim above."""
        self._go(-1)

    def action_asked_claim_down(self) -> None:
        """Go to the claim below."""
        self._go(1)

    def _go(self, claims: int) -> None:
        self._page.go(claims)
        self._arrange()

    def action_answers_up(self) -> None:
        """Scroll the answers up."""
        self._page.scroll_lines_by(-self._page.page)

    def action_answers_down(self) -> None:
        """Scroll the answers down."""
        self._page.scroll_lines_by(self._page.page)

    def action_settle_confirmed(self) -> None:
        """Settle the claim as right."""
        self._settle("confirmed")

    def action_settle_refuted(self) -> None:
        """Settle the claim as wrong."""
        self._settle("refuted")

    def action_settle_open(self) -> None:
        """Open the claim again."""
        self._settle("open")

    def _settle(self, verdict: Verdict) -> None:
        if (claim := self._page.claim) is not None:
            reason = self._page.reason(claim.treasure, verdict)
            self._engine.send(Settle(claim.object_id, claim.treasure, verdict, reason))

    def action_ask_again(self) -> None:
        """Ask all services, also those whose answers were kept."""
        self._page.forget()
        self._ask(again=True)

    def action_leave_lookups(self) -> None:
        """Go back."""
        self.dismiss(None)
