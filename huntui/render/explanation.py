"""Why an alert came through or did not, in words: the same ones on the screen and on the command line."""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from huntui.funnel.distribution import NO_MATCH
from huntui.funnel.explain import Explained, Held, Turn
from huntui.render.values import NOTHING_THERE

Turns = Sequence[tuple[str, Turn]]
"""Stages and turns of their knobs."""


def mark(one: Explained) -> str:
    """Return a sign for what a stage says: ✓ passed, ✗ failed, ? unknown, ○ switched off."""
    return "○" if not one.stage.enabled else "?" if one.unknown else "✗" if one.failed else "✓"


def comparisons(one: Explained) -> list[str]:
    """Return every comparison of a stage with its value and threshold, or by how much it fails."""
    return [_comparison(held, failed=one.failed) for held in one.held]


def shortfalls(one: Explained) -> list[str]:
    """Return by how much a stage rejects an alert; where no number says it, the comparisons that do not hold."""
    told = [held.shortfall for held in one.held if held.shortfall]
    return told or [_comparison(held, failed=True) for held in one.held if held.answer is not held.wanted]


def near(stages: Sequence[Explained]) -> str:
    """Return which stages reject an alert, and each by how much: `young: age 65, needs ≤ 60: over by 5 day`."""
    return "; ".join(f"{one.stage.name}: {', '.join(shortfalls(one))}" for one in stages)


def _comparison(held: Held, *, failed: bool) -> str:
    if failed and held.shortfall:
        return held.shortfall
    answer = {True: "yes", False: "no", None: "unknown"}[held.answer]
    if held.value is None or held.threshold is None:
        return f"{held.text}: {answer}"
    if held.value == NO_MATCH:
        return f"{held.text}: {answer} ({NOTHING_THERE})"
    numbers = f"{held.value:.6g} against {held.threshold:.6g} {held.unit}".rstrip()
    return f"{held.text}: {answer} ({numbers})"


def notes(one: Explained) -> list[str]:
    """Return what else there is to say of a stage: whether it is off, what is missing, what would let the alert in."""
    told = []
    if not one.stage.enabled:
        told.append("switched off")
    if one.unknown:
        why = f"{', '.join(one.missing)} missing" if one.missing else "nobody can say"
        told.append(f"{why}, so it {one.stage.missing}s")
    if one.failed and one.rescue:
        told.append(f"let in by {turned([(one.stage.name, turn) for turn in one.rescue])}")
    if one.failed and one.rescue is None and one.stage.knobs:
        told.append("no turn of its knobs lets it in")
    return told


class Influence(Protocol):
    """What one input of a model does to a score."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def value(self) -> float | None:
        """What it is."""
        ...

    @property
    def usual(self) -> float | None:
        """What it is for the alert in the middle of the night; None for a cutout."""
        ...

    @property
    def change(self) -> float:
        """The score less what it would be without it."""
        ...


def scored(column: str, score: float | None, no_score: str, strongest: Sequence[Influence]) -> list[str]:
    """Return a score, or why there is none, and below it what raised it and what lowered it the most."""
    if score is None:
        return [f"{column}: no score{f', {no_score}' if no_score else ''}"]
    lines = [f"{column}: {score:.4g}"]
    for sign, wanted in (("+", "raised by"), ("−", "lowered by")):
        made = [_influence(one) for one in strongest if (one.change > 0) is (sign == "+")]
        if made:
            lines.append(f"{wanted} {'; '.join(made)}")
    return lines


def _influence(one: Influence) -> str:
    if one.usual is None:
        return f"{one.name} ({one.change:+.2g})"
    value = "missing" if one.value is None else f"{one.value:.4g}"
    return f"{one.name} {value}, usually {one.usual:.4g} ({one.change:+.2g})"


def verdict(stages: Sequence[Explained]) -> str:
    """Say what all stages together make of an alert: `is rejected by young, changing`."""
    rejecting = [one.stage.name for one in stages if one.rejects]
    return f"is rejected by {', '.join(rejecting)}" if rejecting else "survives"


def let_in(stages: Sequence[Explained], rescue: Turns | None) -> str:
    """Say what turn of knobs lets an alert past all stages, or which of them no turn gets it past.

    Nothing where it survives.
    """
    if rescue is None:
        stubborn = [one.stage.name for one in stages if one.rejects and one.rescue is None]
        return f"no turn of knobs lets it in: {_listed(stubborn)} would have to be switched off"
    return f"let in by {turned(rescue)}" if rescue else ""


def turned(turns: Turns) -> str:
    """Write turns as `drb_min 0.6 and age_max 66`, with the stage where two stages have a knob of one name."""
    names = Counter(turn.knob for _, turn in turns)
    return _listed(
        [f"{f'{stage}.' if names[turn.knob] > 1 else ''}{turn.knob} {turn.value:.12g}" for stage, turn in turns]
    )


def bad_packet(reference: str, reason: str, meaning: str) -> str:
    """Say why there is no alert in a packet."""
    return f"{reference} is a bad packet, {reason}: it {meaning}."


def unknown_name(name: str, night: str) -> str:
    """Say that nothing of a night is called so."""
    return f"{name}: no alert of {night} has this objectId or candid, and no bad packet this file name."


def without_margin(by_degree: int, otherwise: int) -> str:
    """Say how many rejected alerts have a margin, and how many have none."""
    if not by_degree + otherwise:
        return "No alert was rejected."
    none = f"{otherwise:,} no number: a text, a label or a missing value keeps them out"
    return f"Of {by_degree + otherwise:,} rejected alerts {by_degree:,} have a margin, {none}."


def _listed(words: Sequence[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
