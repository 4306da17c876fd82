"""What `huntui run` needs before a night is read to send it on: a topic that can be written, a program that reads."""

from typing import TYPE_CHECKING

from huntui.errors import CallError

if TYPE_CHECKING:
    from huntui.engine.forward import Forwarder
    from huntui.opening.night import PreparedNight

_PATIENCE_SECONDS = 60.0
"""How long one packet waits for a broker that is away."""


def forwarder(night: "PreparedNight", target: str) -> "Forwarder":
    """Return what sends survivors to a topic, which is made where it is missing.

    Raises `CallError` for a target that is none, or is the topic that is read, and `ExportError` where the broker does
    not answer or does not let us write.
    """
    from huntui.engine.forward import Forwarder
    from huntui.exports.kafka.outlet import Outlet
    from huntui.exports.kafka.settings import outlet_settings
    from huntui.exports.kafka.topic import make_topic

    settings = outlet_settings(night.config.kafka, target, "--to-kafka")
    if night.source.kind == "kafka" and night.source.title == settings.title:
        raise CallError(f"--to-kafka {target}: this is the topic that is read; give survivors one of their own.")
    outlet = Outlet(settings, _PATIENCE_SECONDS)
    if outlet.partitions() is None:
        make_topic(settings)
    return Forwarder(night.source, outlet)


def check_desktop(night: "PreparedNight", to: str) -> None:
    """Raise what sending the night to a program of the desktop would raise now: `CallError`, or `ExportError`."""
    from huntui.engine.samp import check_real
    from huntui.exports.samp.hub import Patience
    from huntui.exports.samp.send import check_receivers

    check_real(simulated=night.source.simulated)
    check_receivers(to, Patience())
