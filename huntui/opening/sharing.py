"""What a reader that shares needs before a stream is read: a place on disk, and a topic that can be written."""

from typing import TYPE_CHECKING

from huntui.errors import CallError

if TYPE_CHECKING:
    from huntui.engine.group.sharing import Sharing
    from huntui.opening.night import PreparedNight


def sharing(night: "PreparedNight") -> "Sharing | None":
    """Return what tells the group what is read; None where nothing is to be told.

    Raises `CallError` where what is read would never be committed, and `ExportError` where the broker does not answer
    or does not let us write.
    """
    if night.source.kind != "kafka" or not night.config.kafka.get("share", False):
        return None
    limits, cache = night.config.source, night.config.cache
    if limits.max_alerts is not None or not cache.enabled:
        raise CallError(
            "--share: what a group reads is shared and committed once it is on disk, and with --no-cache or "
            "--max-alerts nothing is; leave them out (cache.enabled, source.max_alerts)."
        )
    from huntui.engine.group.sharing import Group, Sharing

    group = Group(str(night.config.kafka["group.id"]), night.source.title)
    shares = Sharing(group, night.config.kafka, night.cuts)
    shares.open()
    return shares
