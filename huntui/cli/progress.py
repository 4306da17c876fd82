"""The one line on standard error that shows how far `huntui run` has come."""

import sys

import click

from huntui.engine.snapshot import Snapshot

_BAR = 24
_SPEAKS = {"starting": "opening the night", "compiling": "compiling, only this once"}


class Progress:
    """Repaints one line per snapshot; silent where standard error is no terminal."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def show(self, snapshot: Snapshot) -> None:
        """Repaint the line."""
        if self._shown:
            click.echo(f"\r\x1b[K{line(snapshot)}", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def line(snapshot: Snapshot) -> str:
    """Return the line: a bar where the size of the night is known, and the counts so far."""
    night = snapshot.night
    if snapshot.status in _SPEAKS:
        return _SPEAKS[snapshot.status]
    counts = f"{night.alerts:,} alerts, {snapshot.surviving_alerts:,} survive, {night.alerts_per_second:,.0f} alerts/s"
    if not night.total:
        return counts
    done = min(1.0, night.packets / night.total)
    return f"{'━' * round(_BAR * done)}{'─' * (_BAR - round(_BAR * done))} {done:4.0%}  {counts}"
