"""A stage as somebody writes it: plain values that can be sent, kept and compared, and that may still be wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from huntui.errors import CutsError
from huntui.funnel.counts import KnobState
from huntui.funnel.language.table import Kind
from huntui.funnel.language.tree import shown
from huntui.funnel.stage import Knob, Missing, Stage, build_stage


@dataclass(frozen=True, slots=True)
class Draft:
    """What makes a stage, before it is checked."""

    name: str
    keep: str
    title: str = ""
    knobs: tuple[KnobState, ...] = ()
    missing: Missing = "reject"
    enabled: bool = True

    def build(self, kinds: Mapping[str, Kind]) -> Stage:
        """Check and compile it over the columns of `kinds`.

        Raises `CutsError` for a name or a knob that cannot be used and `ExpressionError` for a wrong condition.
        """
        knobs = {state.name: _knob(state) for state in self.knobs}
        if len(knobs) < len(self.knobs):
            raise CutsError("two knobs have the same name; give one of them another.")
        return build_stage(
            self.name,
            self.keep,
            kinds,
            title=self.title,
            knobs=knobs,
            missing=self.missing,
            enabled=self.enabled,
        )


def draft_of(stage: Stage) -> Draft:
    """Return what a stage was made of."""
    title = "" if stage.title == stage.name else stage.title
    return Draft(stage.name, stage.keep, title, stage.knob_states(), stage.missing, stage.enabled)


def _knob(state: KnobState) -> Knob:
    try:
        return Knob(state.value, state.minimum, state.maximum, state.step)
    except CutsError as error:
        raise CutsError(f"the knob {shown(state.name)}: {error}") from None
