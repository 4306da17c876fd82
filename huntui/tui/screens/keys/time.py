"""Keys about the time of the night: stop and go on, step by exposures, replay it faster or slower, jump to a time."""

from huntui.actions import action, keys_of, shown_key
from huntui.engine.night_clock import BEGUN, NO_TIMES, NOT_READ, PAUSED, REPLAYING, SOON
from huntui.session.commands import ChangeSpeed, JumpTo, Pause, Step, WholeNight
from huntui.tui.screens.keys.hunting import Hunting

_WAYS = ("step", "step_back", "whole_night")


class TimeKeys(Hunting, inherit_bindings=False):
    """The night as it came in."""

    def action_pause(self) -> None:
        """Stop reading or replaying, or go on."""
        self._engine.send(Pause())

    def action_step(self) -> None:
        """Go to the next exposure."""
        self._engine.send(Step(1))

    def action_step_back(self) -> None:
        """Go back to the exposure before."""
        self._engine.send(Step(-1))

    def action_faster(self) -> None:
        """Replay the night, faster."""
        self._engine.send(ChangeSpeed(1))

    def action_slower(self) -> None:
        """Replay the night, slower."""
        self._engine.send(ChangeSpeed(-1))

    def action_whole_night(self) -> None:
        """Show all of it again."""
        self._engine.send(WholeNight())

    def action_jump_to_time(self) -> None:
        """Ask for a time, or say why there is none to go to."""
        from huntui.tui.screens.jump_to_time import JumpToTime

        span = self.snapshot.span
        if span is None:
            self.say(NO_TIMES if self.snapshot.read else NOT_READ, loud=True)
        else:
            clock = self.snapshot.clock
            self.app.push_screen(JumpToTime(span, clock.now if clock else span[0], self._keymap), self._jump)

    def _jump(self, jd: float | None) -> None:
        if jd is not None:
            self._engine.send(JumpTo(jd))

    def with_advice(self, message: str) -> str:
        """Return what the engine says it did, and while a night is replayed how to see all of it again."""
        step, back, whole = (shown_key(keys_of(action(name), self._keymap)[0]) for name in _WAYS)
        if message.startswith(BEGUN):
            return f"{message.replace(BEGUN, f'{BEGUN} ({whole}: back to all of it)', 1)} · {step} {back} step"
        if message.startswith(SOON):
            return f"{message}; {whole} calls that off"
        if not message.startswith((REPLAYING, PAUSED)):
            return super().with_advice(message)
        return f"{message} · {step} {back} step, {whole} shows all"
