"""Cuts: the stages of a funnel in their order. Immutable, so that every earlier state can be gone back to."""

from dataclasses import dataclass, replace

from huntui.errors import CutsError, nearest
from huntui.funnel.stage import Stage

MAX_STAGES = 100


@dataclass(frozen=True, slots=True)
class Cuts:
    """A named sequence of stages. Every change returns new cuts, or raises `CutsError` for a name that is not there."""

    name: str
    about: str
    stages: tuple[Stage, ...]
    source: str = ""
    """Where the cuts were published."""
    version: str = ""

    def __post_init__(self) -> None:
        names = [stage.name for stage in self.stages]
        twice = [name for name in names if names.count(name) > 1]
        if twice:
            raise CutsError(f"Two stages have the name {twice[0]!r}; give one of them another.")
        if len(names) > MAX_STAGES:
            raise CutsError(f"There are {len(names)} stages; a funnel has at most {MAX_STAGES}.")

    def stage(self, name: str) -> Stage:
        """Return a stage by name."""
        for stage in self.stages:
            if stage.name == name:
                return stage
        names = [stage.name for stage in self.stages]
        hint = nearest(name, names) or f" There are {', '.join(names) or 'none'}."
        raise CutsError(f"There is no stage {name!r}.{hint}")

    def turn(self, stage: str, knob: str, steps: int) -> "Cuts":
        """Move a knob by a number of its steps, kept within its range."""
        found = self.stage(stage)
        return self._with(found.with_knob(knob, found.knob(knob).turn(steps)))

    def set_knob(self, stage: str, knob: str, value: float) -> "Cuts":
        """Set a knob; raises `CutsError` for a value outside its range."""
        found = self.stage(stage)
        before = found.knob(knob)
        try:
            return self._with(found.with_knob(knob, before.set(value)))
        except CutsError as error:
            raise CutsError(f"{stage}.{knob}: {error}") from None

    def switch(self, stage: str) -> "Cuts":
        """Switch a stage off when it is on, and on when it is off."""
        found = self.stage(stage)
        return self._with(replace(found, enabled=not found.enabled))

    def _with(self, changed: Stage) -> "Cuts":
        return replace(self, stages=tuple(changed if old.name == changed.name else old for old in self.stages))


NO_CUTS = Cuts("none", "Every alert of the night.", ())
"""What `--cuts none` means."""
