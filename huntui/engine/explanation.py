"""Why an alert came through the funnel or did not, for whoever names it: by objectId, candid or file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from huntui.engine.find import bad_packets_named, rows_named
from huntui.engine.snapshot import Snapshot
from huntui.funnel.cuts import Cuts
from huntui.funnel.explain import Explained, Turn, explain, rescue_of_all
from huntui.night.view import NightView
from huntui.render.explanation import comparisons, let_in, mark, notes, scored, verdict
from huntui.scores import scores

if TYPE_CHECKING:
    from huntui.engine.scoring import Scoring
    from huntui.models.strongest import Influence


@dataclass(frozen=True, slots=True)
class ScoreExplained:
    """What a model says of one alert, and why."""

    column: str
    score: float | None
    no_score: str
    """Why there is none; empty where there is one."""
    strongest: "tuple[Influence, ...]" = ()
    """What it changes most to take away, the strongest first (`huntui.models.strongest`)."""


@dataclass(frozen=True, slots=True)
class AlertExplained:
    """What every stage says of one alert."""

    object_id: str
    candid: int
    stages: tuple[Explained, ...]

    candids: tuple[int, ...]
    """Of all alerts of its object, oldest first."""

    scores: tuple[ScoreExplained, ...] = ()
    """The scores that the stages read, each once."""

    def __str__(self) -> str:
        lines = [f"{self.object_id}, candid {self.candid}: {verdict(self.stages)}"]
        width = max((len(one.stage.name) for one in self.stages), default=0)
        for one in self.stages:
            beside = "; ".join(notes(one))
            told = f"{'; '.join(comparisons(one))}{f' [{beside}]' if beside else ''}"
            lines.append(f"  {mark(one)} {one.stage.name:<{width}}  {told}")
        lines += [
            f"  {line}" for one in self.scores for line in scored(one.column, one.score, one.no_score, one.strongest)
        ]
        together = let_in(self.stages, self.rescue)
        return "\n".join([*lines, f"  {together}"] if together else lines)

    @property
    def rejected_by(self) -> tuple[str, ...]:
        """The stages that reject it, in order; the switched-off ones reject nobody."""
        return tuple(one.stage.name for one in self.stages if one.rejects)

    @property
    def rescue(self) -> tuple[tuple[str, Turn], ...] | None:
        """Stage and turn of every knob that together let it in; empty where it survives, None where no turns do."""
        return rescue_of_all(self.stages)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a name; both are empty where nothing of the night has it."""

    alerts: tuple[AlertExplained, ...]
    """Oldest first."""
    bad_packets: tuple[tuple[str, str], ...]
    """Reason and reference of each packet that is called so and could not be read."""


def explain_named(
    snapshot: Snapshot, name: str, *, every: bool = False, scoring: "Scoring | None" = None
) -> Explanation:
    """Explain the alert of a candid, the newest alert of an objectId, or with `every` each of its alerts.

    With `scoring`, each score is told with what made it.
    """
    view, cuts = snapshot.view, snapshot.cuts
    if view is None or cuts is None or not len(view):
        return Explanation((), tuple(bad_packets_named(snapshot.bad_packets, name)))
    rows = rows_named(view, name).tolist()
    chosen = rows if every else rows[-1:]
    bad = () if rows else tuple(bad_packets_named(snapshot.bad_packets, name))
    return Explanation(tuple(explain_row(cuts, view, row, scoring) for row in chosen), bad)


def explain_row(cuts: Cuts, view: NightView, row: int, scoring: "Scoring | None" = None) -> AlertExplained:
    """Explain the alert in a row of a night."""
    candid, stages = view.column("candid"), explain(cuts, view, row)
    of_object = candid[view.rows_with_same_object(row)].tolist()
    told = tuple(_scores(cuts, view, row, scoring))
    return AlertExplained(f"{view.value('objectId', row)}", int(candid[row]), stages, tuple(of_object), told)


def _scores(cuts: Cuts, view: NightView, row: int, scoring: "Scoring | None") -> Iterator[ScoreExplained]:
    for column in dict.fromkeys(name for stage in cuts.stages for name in stage.expression.kinds):
        if column in view.scores:
            score = view.value(column, row)
            number = score if isinstance(score, float) else None
            made_by = scoring.strongest(view, column, row) if scoring and number is not None else ()
            yield ScoreExplained(column, number, view.why_null(column, row), made_by)
        elif column in scores():
            yield ScoreExplained(column, None, "its model cannot be asked, and huntui models list says why")
