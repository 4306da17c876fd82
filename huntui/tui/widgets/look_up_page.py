"""What public services say of an object, a block for each; below them the claims on it, and what speaks for each."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.hunt.state import ClaimState, Verdict
from huntui.tui.text import cell, clean, wrapped
from huntui.tui.widgets.object_marks import CLAIM_MARKS
from huntui.tui.widgets.panel import Piece, scrolled
from huntui.tui.widgets.scrolling import Lines, Page, Scrolling
from huntui.ut import jd_of_unix, ut_clock, ut_date

if TYPE_CHECKING:
    from huntui.engine.looking_up import LookedUp
    from huntui.online.answer import Answer

_NAME, _MARK, _VERDICT = 8, 3, 10
_MOST_TITLE, _MOST_CLAIMS = 26, 4
_LONGEST_LINK = 2000


class LookUpPage(Scrolling):
    """Has a cursor on one of the claims; draws what it is given."""

    def __init__(self, snapshot: Snapshot, object_id: str, services: Sequence[str]) -> None:
        super().__init__(snapshot, id="look-up-page")
        self._object_id, self._services = object_id, services
        self._found: dict[str, LookedUp] = {}
        self._place, self._first, self._said = 0, 0, ""

    @property
    def claims(self) -> list[ClaimState]:
        """The claims on the object, in the order they were made."""
        return [one for one in self.snapshot.hunt.claims if one.object_id == self._object_id]

    @property
    def claim(self) -> ClaimState | None:
        """The claim under the cursor, None where there is none."""
        claims = self.claims
        return claims[min(self._place, len(claims) - 1)] if claims else None

    def tell(self, found: "LookedUp") -> None:
        """Take the answer of one service."""
        self._found[found.answer.service] = found

    def forget(self) -> None:
        """Wait for all services again."""
        self._found.clear()

    def say(self, sentence: str) -> None:
        """Put a sentence below the claims."""
        self._said = sentence

    def go(self, claims: int) -> None:
        """Move the cursor by some claims."""
        self._place = max(0, min(self._place + claims, len(self.claims) - 1))

    def reason(self, treasure: str, verdict: Verdict) -> str:
        """Return what the services say that speak for a verdict, in one line; nothing where none does."""
        said = [one.answer for one in self._in_order() if one.speaks.get(treasure) == verdict]
        return "; ".join(f"{answer.service}: {_class_of(answer)}" for answer in said)

    def _in_order(self) -> "list[LookedUp]":
        return [self._found[name] for name in self._services if name in self._found]

    def on_click(self, event: events.Click) -> None:
        """Mark the claim under the mouse."""
        place = event.get_content_offset(self)
        foot = len(self._text.foot)
        line = -1 if place is None else place.y - (self.size.height - foot) - 1
        if 0 <= line < min(_MOST_CLAIMS, len(self.claims)):
            self._place = self._first + line
            self.turn_page()

    def page_of(self, width: int) -> Page:
        """Return the services, and the claims below them."""
        blocks = [self._block(name, width) for name in self._services]
        return Page((), [line for block in blocks for line in block], self._foot(width))

    def _block(self, name: str, width: int) -> Lines:
        found, room = self._found.get(name), max(10, width - _NAME - _MARK)
        if found is None:
            return [[(cell(name, _NAME), "value"), (" … ", "muted"), (cell("asked", room), "muted")]]
        answer = found.answer
        mark, style = ("✗", "bad") if answer.failed else ("✓", "good") if answer.classified else ("–", "muted")
        first, *rest = wrapped(answer.failed or answer.says, room) or [""]
        lines: list[Sequence[Piece]] = [
            [(cell(name, _NAME), "value"), (f" {mark} ", style), (cell(first, room), "value")]
        ]
        indent = " " * (_NAME + _MARK)
        lines += [[(indent + cell(line, room), "value")] for line in rest]
        return [*lines, *([(indent + cell(line, room), "muted")] for line in _origin(answer, room))]

    def _foot(self, width: int) -> Lines:
        claims = self.claims
        said = [[(cell(line, width), "muted")] for line in wrapped(self._said, width)[:2]]
        if not claims:
            return [[], *([(cell(line, width), "value")] for line in wrapped(self._unclaimed(), width)), *said]
        self._place = min(self._place, len(claims) - 1)
        self._first = scrolled(self._first, self._place, _MOST_CLAIMS, len(claims))
        shown = list(enumerate(claims))[self._first : self._first + _MOST_CLAIMS]
        return [[], *(self._claim(claim, place == self._place, width) for place, claim in shown), *said]

    def _claim(self, claim: ClaimState, marked: bool, width: int) -> list[Piece]:
        title = min(_MOST_TITLE, max(12, width // 3))
        mark, style = CLAIM_MARKS[claim.verdict]
        return [
            ("▸ " if marked else "  ", "key"),
            (f"{mark} ", style),
            (cell(self._titles.get(claim.treasure, claim.treasure), title) + " ", "value"),
            (cell(claim.verdict, _VERDICT), "muted"),
            (cell(self._about(claim), max(0, width - title - _VERDICT - 5)), "value"),
        ]

    @property
    def _titles(self) -> Mapping[str, str]:
        return {one.name: one.title for one in self.snapshot.hunt.treasures}

    def _about(self, claim: ClaimState) -> str:
        """Say what speaks for a claim and against it; of a settled one why it was settled."""
        if claim.verdict != "open" and claim.reason:
            return claim.reason
        told = [
            f"{', '.join(names)} {'for' if verdict == 'confirmed' else 'against'} it"
            for verdict in ("confirmed", "refuted")
            if (names := [one.answer.service for one in self._in_order() if one.speaks.get(claim.treasure) == verdict])
        ]
        return "; ".join(told) or ("" if claim.verdict != "open" else "no answer speaks for it or against it")

    def _unclaimed(self) -> str:
        """Say that it is not claimed, and as what it could be."""
        speaks = {name for one in self._in_order() for name, verdict in one.speaks.items() if verdict == "confirmed"}
        titles = [title for name, title in self._titles.items() if name in speaks]
        words = f"; the answers speak for {', '.join(titles[:4])}" if titles else ""
        return f"It is not claimed{words}."


def _class_of(answer: "Answer") -> str:
    sure = "" if answer.probability is None else f" {answer.probability:.2f}"
    redshift = "" if answer.redshift is None else f", z = {answer.redshift:.4f}"
    return f"{answer.classified}{sure}{redshift}"


def _origin(answer: "Answer", room: int) -> list[str]:
    """Say when a service was asked, and where a person can go on: an address that is too long is broken, never cut."""
    jd = jd_of_unix(answer.asked)
    when = f"kept since {ut_date(jd)} {ut_clock(jd)[:5]} UT" if answer.kept else f"asked at {ut_clock(jd)[:5]} UT"
    link = clean(answer.link, _LONGEST_LINK)
    if len(link) <= room:
        return wrapped(f"{when} · {link}" if link else when, room)
    return [f"{when} ·", *(link[start : start + room] for start in range(0, len(link), room))]
