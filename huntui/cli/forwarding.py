"""What `huntui run --to-kafka` needs before a night is read: a topic that can be written."""

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
