"""All claims of the hunt, to be settled by hand where no truth is known that could answer them."""

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import Verdict
from huntui.session.commands import Settle, Unclaim
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, key_line, plain
from huntui.tui.text import clean, count
from huntui.tui.widgets.claim_list import ClaimList

_SHARE, _FRAME, _SENTENCES = 0.96, 2, 1
"""How much of the window's height a box may take, how much of that are its edges, and the line below the list."""


class AllClaims(Dialog[str]):
    """Follows the hunt while it is open; gives back the object to go to, or None."""

    BINDINGS = bindings("claims")
    panel = "claims"

    def __init__(self, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__(_title(engine.latest), keymap)
        self._engine = engine
        self._list = ClaimList(engine.latest)

    def keys(self) -> str:
        """Return the keys at the foot; where truth answers nothing is settled by hand."""
        by_hand = {"confirm_claim", "refute_claim", "reopen_claim"}
        return key_line(self.panel, self._keymap, without=by_hand if self._engine.latest.night.simulated else ())

    def inside(self) -> list[Widget]:
        """Return the list and a line below it."""
        return [self._list, plain("", id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Find the right height."""
        self._arrange()
        self._say(_advice(self._list.snapshot))

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot, with what the engine says of the last key."""
        self._list.show(snapshot)
        self._arrange()
        if snapshot.message:
            self._say(snapshot.message)

    def _arrange(self) -> None:
        snapshot = self._list.snapshot
        self.query_one(f"#{self.panel}-box").border_title = Content(_title(snapshot))
        room = int(self.size.height * _SHARE) - _FRAME - _SENTENCES
        self._list.styles.height = max(2, min(self._list.lines, room))

    def _say(self, sentence: str) -> None:
        self.query_one("#outcome", Static).update(Content(clean(sentence)))

    def on_claim_list_chosen(self) -> None:
        """Go to the object that was clicked on."""
        self.action_go_to_claimed()

    def action_claim_up(self) -> None:
        """Go to the claim above."""
        self._list.go(self._list.place - 1)

    def action_claim_down(self) -> None:
        """Go to the claim below."""
        self._list.go(self._list.place + 1)

    def action_claim_page_up(self) -> None:
        """Go up by a page."""
        self._list.go(self._list.place - self._list.page)

    def action_claim_page_down(self) -> None:
        """Go down by a page."""
        self._list.go(self._list.place + self._list.page)

    def action_first_claim(self) -> None:
        """Go to the first claim."""
        self._list.go(0)

    def action_last_claim(self) -> None:
        """Go to the newest claim."""
        self._list.go(len(self._list.snapshot.hunt.claims) - 1)

    def action_confirm_claim(self) -> None:
        """Settle the claim as right."""
        self._settle("confirmed")

    def action_refute_claim(self) -> None:
        """Settle the claim as wrong."""
        self._settle("refuted")

    def action_reopen_claim(self) -> None:
        """Open the claim again."""
        self._settle("open")

    def _settle(self, verdict: Verdict) -> None:
        if (claim := self._list.claim) is not None:
            self._engine.send(Settle(claim.object_id, claim.treasure, verdict))

    def action_take_back(self) -> None:
        """Take the claim back."""
        if (claim := self._list.claim) is not None:
            self._engine.send(Unclaim(claim.object_id, claim.treasure))

    def action_go_to_claimed(self) -> None:
        """Take the object of the claim under the cursor."""
        if (claim := self._list.claim) is not None:
            self.dismiss(claim.object_id)

    def action_leave_claims(self) -> None:
        """Go back without going anywhere."""
        self.dismiss(None)


def _title(snapshot: Snapshot) -> str:
    return f"Claims · {count(len(snapshot.hunt.claims))} · score {count(snapshot.hunt.score)}"


def _advice(snapshot: Snapshot) -> str:
    if snapshot.night.simulated:
        return "This night is invented: truth answers each claim at once."
    return "This night is real: look an object up, and settle its claim as confirmed (y) or refuted (n)."
