"""The line above the footer: what just happened, or what could be done next."""

import re
from collections.abc import Sequence

from rich.cells import cell_len

from huntui.engine.snapshot import Snapshot
from huntui.funnel.counts import KnobState, StageCount
from huntui.hunt.state import SetState, TreasureState
from huntui.tui.text import cell, clean, count, decimals
from huntui.tui.widgets.panel import Panel, Piece

_FEWEST_TO_BLAME = 1_000
"""Alerts of a night that streams in from which on it says something that none of them survives."""
NO_STAGE = "No stage: a adds one."


class Hint(Panel):
    """One line of plain words."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="hint")
        self.text = ""
        self.loud = False
        self.lesson = ""

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def say(self, text: str, *, loud: bool = False) -> None:
        """Show a sentence; `loud` where something went wrong or was refused."""
        if (text, loud) != (self.text, self.loud):
            self.text, self.loud = text, loud
            self.repaint()

    def teach(self, lesson: str) -> None:
        """Show what a key does before the sentence, nothing where there is nothing to learn."""
        if lesson != self.lesson:
            self.lesson = lesson
            self.repaint()

    def line(self, y: int) -> Sequence[Piece]:  # noqa: ARG002 (there is one)
        """Return the sentence, behind what there is to learn."""
        style = "warn" if self.loud else "muted"
        if not self.lesson:
            return [(" ", "plain"), (cell(self.text, self.size.width - 2), style)]
        lesson = f"{clean(self.lesson)}  "
        return [(" ▸ ", "score"), (lesson, "key"), (cell(self.text, self.size.width - 4 - cell_len(lesson)), style)]


def in_short(sentences: str, width: int) -> str:
    """Return sentences as far as they fit into `width` cells: whole ones, and at least the first."""
    first = re.split(r"(?<=\.) (?=[A-Z])", sentences, maxsplit=1)[0]
    return sentences if cell_len(clean(sentences)) <= width else first


def compiling(snapshot: Snapshot) -> str:
    """Say what is compiled, and how far that has come."""
    done, of = snapshot.compiled
    return f"Compiling, once after installation: {done} of {of} kernels, which read the packets."


def urgent(snapshot: Snapshot) -> str | None:
    """Return what the user must know whatever has the focus, or None."""
    if snapshot.status == "failed":
        return snapshot.failure or "Reading the night failed; what came so far stays here."
    if snapshot.status == "streaming" and snapshot.stream is not None and snapshot.stream.connection == "lost":
        return "The broker does not answer. Nothing is lost: the stream goes on where it was as soon as it does."
    if snapshot.status == "compiling":
        return f"{compiling(snapshot)} Keys work meanwhile."
    if snapshot.status == "paused" and snapshot.clock is None:
        return "Paused: p goes on. Knobs and claims work meanwhile."
    enough = snapshot.read or snapshot.night.alerts >= _FEWEST_TO_BLAME
    if enough and snapshot.night.alerts and not snapshot.surviving_alerts:
        return nothing_survives(snapshot.stages)
    return None


def nothing_survives(stages: tuple[StageCount, ...]) -> str | None:
    """Name the stage to blame: the one that alone keeps most out, else the one that rejects most."""
    enabled = [stage for stage in stages if stage.enabled]
    if not enabled:
        return None
    worst = max(enabled, key=lambda stage: (stage.rejected_only_here, stage.rejected))
    name = clean(worst.name)
    blame = f"{name} alone rejects {count(worst.rejected_only_here)}"
    if not worst.rejected_only_here:
        blame = f"{name} rejects most, {count(worst.rejected)}"
    return f"Nothing survives: {blame}. Turn its knob, or switch it off with Space."


def welcome(snapshot: Snapshot, checklist: str, starter: str) -> str:
    """Return the first hint of a night: which keys lead to the `checklist` and load the `starter` of a treasure."""
    begin = f"{checklist}, then {starter}: begin with a treasure's starter, its own cuts."
    if not any(treasure.starter for treasure in snapshot.hunt.treasures):
        begin = "↑↓ choose a stage, ←→ turn its knob."
    if not snapshot.night.simulated:
        return f"{begin} w says why an object came or not."
    folder = f"data/{snapshot.night.date}/" if snapshot.night.date else "a folder"
    return f"{begin} This night is invented; real packets (.avro) go into {folder}."


def about_stage(stage: StageCount, knob: KnobState | None) -> str:
    """Say what a stage keeps and what it alone rejects."""
    if not stage.enabled:
        return f"{stage.title}: off, everything passes. Space switches it on."
    turned = ""
    if knob is not None:
        low, high = decimals(knob.minimum, knob.step), decimals(knob.maximum, knob.step)
        turned = f" · {knob.name} {decimals(knob.value, knob.step)} ({low} to {high}"
        turned += "; n: next knob)" if len(stage.knobs) > 1 else ")"
    return f"{stage.title}{turned} · alone rejects {count(stage.rejected_only_here)} · {stage.keep}"


def about_range(number: int) -> str:
    """Say how many objects are in the range, and what to do with them."""
    objects = f"{count(number)} object{'' if number == 1 else 's'}"
    return f"Range of {objects}: c claims, x unclaims, * stars, - hides, Esc leaves it."


def about_object(snapshot: Snapshot, object_id: str | None) -> str:
    """Say what was noted about the selected object, what it is claimed as or looks like, and what to do with it."""
    note = snapshot.marks.note_of(object_id)
    return f"✎ {note} · {_about(snapshot, object_id)}" if note else _about(snapshot, object_id)


def _about(snapshot: Snapshot, object_id: str | None) -> str:
    row = snapshot.rows.find(object_id) if object_id is not None else None
    if row is None:
        return "Objects that come through all stages appear here; w asks why others do not."
    titles = {treasure.name: treasure.title for treasure in snapshot.hunt.treasures}
    claims = [claim for claim in snapshot.hunt.claims if claim.object_id == object_id and claim.stands]
    if claims:
        settled = ", ".join(f"{titles.get(claim.treasure, claim.treasure)} ({claim.verdict})" for claim in claims)
        return f"{object_id} is claimed as {settled}. x takes a claim back, C lists all claims."
    looks = " or ".join(titles.get(name, name) for name in snapshot.rows.suggestions(row))
    looks = f"looks like: {looks}. c claims it;" if looks else "looks like nothing on the list."
    return f"{object_id} {looks} w: why it is here, f: what other filters make of it."


def offer_of_end(snapshot: Snapshot, key: str) -> str | None:
    """Offer the end where nothing is left to claim, and `key` ends the hunt; else None."""
    hunt = snapshot.hunt
    if not hunt.done or hunt.ended:
        return None
    if snapshot.night.simulated:
        return f"Every treasure is done: {key} ends the hunt and shows what was missed."
    return f"Every treasure is done: {key} shows how the claims stand."


def about_treasure(treasure: TreasureState, sets: Sequence[SetState], starter: str) -> str:
    """Say how its `starter` is loaded, what a treasure is, to which of the hunt's sets it belongs, what imitates it."""
    of = ", ".join(f"{one.title} +{one.points}" for one in sets if treasure.name in one.treasures)
    belongs = f" (set: {of})" if of else ""
    beware = f" Beware: {treasure.beware}" if treasure.beware else ""
    begin = f"{starter} loads its starter. " if treasure.starter is not None else ""
    return f"{begin}{treasure.title}{belongs}: {treasure.about}{beware}"
