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

    def add(self, stage: Stage, after: str | None = None) -> "Cuts":
        """Put a new stage behind another one, or before all others."""
        place = 0 if after is None else self._place(after) + 1
        return replace(self, stages=(*self.stages[:place], stage, *self.stages[place:]))

    def edit(self, name: str, changed: Stage) -> "Cuts":
        """Put a stage in the place of another one; it may have another name."""
        place = self._place(name)
        return replace(self, stages=(*self.stages[:place], changed, *self.stages[place + 1 :]))

    def remove(self, name: str) -> "Cuts":
        """Take a stage away."""
        place = self._place(name)
        return replace(self, stages=self.stages[:place] + self.stages[place + 1 :])

    def move(self, name: str, places: int) -> "Cuts":
        """Move a stage down by a number of places, or up by a negative one, as far as there are any."""
        others, place = self.remove(name), self._place(name)
        there = min(max(place + places, 0), len(others.stages))
        stages = (*others.stages[:there], self.stages[place], *others.stages[there:])
        return replace(self, stages=stages)

    def _place(self, name: str) -> int:
        return self.stages.index(self.stage(name))

    def _with(self, changed: Stage) -> "Cuts":
        return self.edit(changed.name, changed)


NO_CUTS = Cuts("none", "Every alert of the night.", ())
"""What `--cuts none` means."""
