"""What the reader has to tell waits for the worker, and only a little of it."""

from huntui.engine.inbox import Heard, Inbox
from huntui.sources.stream import StreamState


def test_only_a_few_batches_wait_for_the_worker() -> None:
    """Then the reader is told that there is no room, until one is taken or nobody wants more."""
    inbox, told = Inbox(), 0
    while inbox.has_room(0.0):
        assert inbox.tell(Heard(StreamState(said_before=told)))
        told += 1
        assert told < 10
    assert told > 1
    assert inbox.take(with_news=False, seconds=0.0) == ([], None)
    assert not inbox.has_room(0.0)
    assert inbox.take(with_news=True) == ([], Heard(StreamState()))
    assert inbox.has_room(0.0)
    inbox.stop_reading()
    assert not inbox.tell(Heard(StreamState()))
