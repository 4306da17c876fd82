"""`huntui replay`: a night sent to a Kafka topic, as the survey sends it."""

import re
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.streams import can_paint, note, paint
from huntui.errors import CallError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.config import Config
    from huntui.exports.kafka.night import NightToSend
    from huntui.exports.kafka.outlet import Outlet
    from huntui.exports.kafka.replay import Progress, Replay
    from huntui.exports.kafka.settings import OutletSettings
    from huntui.sources.source import Source

_PAINT_SECONDS = 0.2
_FLUSH_SECONDS = 15.0
_DATE = re.compile(r"(?<!\d)20\d{6}(?!\d)")


@click.command()
@click.argument("night", metavar="NIGHT")
@click.option(
    "--to", "target", metavar="ADDRESS", required=True,
    help="kafka://host:port/topic; without a topic it is kafka.topic of the configuration, for the date of the night.",
)  # fmt: skip
@click.option("--rate", metavar="N", type=click.FloatRange(0, min_open=True), help="N packets per second at most.")
@click.option(
    "--speed", metavar="N", type=click.FloatRange(0, min_open=True),
    help="As the night was observed, N times as fast.",
)  # fmt: skip
@click.option(
    "--partitions", metavar="N", type=click.IntRange(1, 1000), default=4, show_default=True,
    help="Partitions of a topic that is not there yet: as many readers of one group can share it.",
)  # fmt: skip
@click.option("--again", is_flag=True, help="Send the night from its beginning, though it is in the topic.")
@click.option("--max-packets", metavar="N", type=click.IntRange(min=1), help="Only the first N packets of the night.")
@click.option(
    "--config", metavar="FILE", type=click.Path(path_type=Path), help="Configuration, read after ./config.yaml."
)
@click.option("--set", "settings", multiple=True, metavar="KEY=VALUE", help="Set a key of the configuration.")
def replay(
    night: str,
    target: str,
    rate: float | None,
    speed: float | None,
    partitions: int,
    again: bool,
    max_packets: int | None,
    config: Path | None,
    settings: tuple[str, ...],
) -> None:
    """Send the packets of a NIGHT to a Kafka topic, unchanged: a date, a folder, or an archive.

    A date that is not on disk is simulated. Each packet has its objectId as the key, so that an object stays in one
    partition, and the time of its exposure. Where it was interrupted, the same command goes on with what is not in the
    topic yet. `scripts/kafka start` brings a broker to this machine (docs/kafka.md).

    \b
    Examples:
      huntui replay 20240707 --to kafka://localhost:9092                    to the topic ztf_20240707_programid1
      huntui replay 20240707 --to kafka://localhost:9092/class --rate 1000
      huntui replay path/to/packets --to kafka://localhost:9092/class --speed 60
    """
    if rate is not None and speed is not None:
        raise CallError("--rate and --speed: a night is sent at the one or the other; leave one out.")
    from huntui.opening.night import configured

    configuration = configured(NightOptions(config=config, settings=settings))
    source = _source(night, configuration)
    try:
        to = _settings(night, target, configuration)
        _replay(source, to, rate, speed, partitions, again, max_packets)
    finally:
        source.close()


def _source(night: str, config: "Config") -> "Source":
    from huntui.sources.resolve import NightRequest, resolve

    is_date = re.fullmatch(r"\d{8}", night) is not None and not Path(night).exists()
    if not is_date and not Path(night).exists():
        raise CallError(f"{night}: there is no such folder or archive, and it is no date, as in 20240707.")
    return resolve(
        NightRequest(
            date=night if is_date else None,
            source=None if is_date else night,
            data=Path(config.source.data).expanduser(),
            simulate_missing=config.source.simulate_missing,
            count=config.simulate.count,
            seed=config.simulate.seed,
        )
    )


def _settings(night: str, target: str, config: "Config") -> "OutletSettings":
    from huntui.exports.kafka.settings import SCHEME, outlet_settings

    if not target.startswith(SCHEME):
        raise CallError(f"--to {target}: write where the broker is, as in kafka://localhost:9092/topic.")
    topic = str(config.kafka["topic"])
    if "{date}" in topic:
        dates = _DATE.findall(Path(night).name)
        topic = topic.replace("{date}", dates[-1]) if dates else ""
    return outlet_settings(config.kafka, target, "--to", topic=topic)


def _replay(
    source: "Source",
    to: "OutletSettings",
    rate: float | None,
    speed: float | None,
    partitions: int,
    again: bool,
    most: int | None,
) -> None:
    from huntui.engine.warmup import warm_up
    from huntui.exports.kafka.night import NightToSend
    from huntui.exports.kafka.outlet import Outlet
    from huntui.exports.kafka.pace import Pace
    from huntui.exports.kafka.replay import Replay

    announced: list[int] = []

    def announce(done: int) -> None:
        if not announced:
            note("Compiling: this happens once after installation and takes a minute or so.")
        announced.append(done)

    warm_up(announce)
    outlet, night, interrupts = Outlet(to), NightToSend(source), _Interrupts()
    painter = _Painter(interrupts)
    sending = Replay(night, outlet, Pace(rate, speed), painter.show, most)
    try:
        found = sending.prepare(partitions, again=again)
        if source.simulated:
            note("SIMULATED: every alert of this night is invented.")
        said = "Going on with" if found.begun and not again else "Sending"
        note(f"{said} {source.title} to {to.title}.")
        sending.send()
    except KeyboardInterrupt:
        painter.clear()
        _interrupted(outlet, interrupts)
        raise
    finally:
        painter.clear()
        outlet.close()
        interrupts.close()
    _sum_up(sending, outlet, night)


class _Interrupts:
    """Notices Ctrl-C and raises `KeyboardInterrupt` only when asked: librdkafka's callbacks would swallow it."""

    def __init__(self) -> None:
        self._noticed = False
        self._before = signal.signal(signal.SIGINT, self._notice)

    def _notice(self, *_: object) -> None:
        self._noticed = True

    def check(self) -> None:
        """Raise `KeyboardInterrupt` where Ctrl-C was pressed since the last time."""
        if self._noticed:
            self._noticed = False
            raise KeyboardInterrupt

    def close(self) -> None:
        """Let Ctrl-C do what it did before."""
        signal.signal(signal.SIGINT, self._before)


def _interrupted(outlet: "Outlet", interrupts: _Interrupts) -> None:
    note("Interrupted: waiting for what is on its way (Ctrl-C again does not wait).")
    outlet.settle(_FLUSH_SECONDS, interrupts.check)
    note(f"{outlet.delivered:,} packets were delivered. The same command goes on with those that are missing.")


def _sum_up(sending: "Replay", outlet: "Outlet", night: "NightToSend") -> None:
    if sending.handed_over == 0 and sending.there:
        note(f"All {sending.there:,} packets are in {outlet.settings.title} already; --again sends them once more.")
    else:
        before = f"; {sending.there:,} were there before" if sending.there else ""
        note(f"{outlet.delivered:,} packets were delivered to {outlet.settings.title}{before}.")
    failures = [outlet.shortfall()]
    if night.unreadable:
        failures.append(f"{night.unreadable:,} packets could not be read, the first of them {night.first_unreadable}.")
    if any(failures):
        raise WorkError(" ".join(filter(None, failures)))


class _Painter:
    """Repaints one line on a terminal; elsewhere only trouble with the broker is said."""

    def __init__(self, interrupts: _Interrupts) -> None:
        self._interrupts = interrupts
        self._paints = can_paint()
        self._painted, self._trouble = 0.0, ""
        self._begun: float | None = None

    def show(self, progress: "Progress") -> None:
        """Paint how far the replay is, a few times a second; raises `KeyboardInterrupt` after Ctrl-C."""
        self._interrupts.check()
        now = time.monotonic()
        if progress.trouble != self._trouble:
            self._trouble = progress.trouble
            if not self._paints and progress.trouble:
                note(progress.trouble)
        if self._begun is None and progress.doing == "sending":
            self._begun = now
        if self._paints and now - self._painted >= _PAINT_SECONDS:
            self._painted = now
            paint(line(progress, now - (self._begun or now))[: _width() - 1])

    def clear(self) -> None:
        """Take the line away."""
        if self._paints:
            paint()


def line(progress: "Progress", seconds: float) -> str:
    """Return the line that is painted."""
    from huntui.ut import ut_clock, ut_date

    total = "" if progress.total is None else f" of {progress.total:,}"
    if progress.doing == "looking":
        return "looking what the topic has of this night"
    if progress.doing == "sorting":
        return f"putting the packets in the order of time: {progress.looked_at:,}{total}"
    parts = [f"{progress.there + progress.delivered:,}{total} packets delivered"]
    if progress.delivered and seconds > 0:
        parts.append(f"{progress.delivered / seconds:,.0f}/s")
    if progress.jd is not None:
        parts.append(f"{ut_date(progress.jd)} {ut_clock(progress.jd)} UT")
    if progress.trouble:
        parts.append(progress.trouble)
    elif progress.doing == "finishing":
        parts.append("waiting for the broker")
    return ", ".join(parts)


def _width() -> int:
    from huntui.cli.progress import width

    return width()
