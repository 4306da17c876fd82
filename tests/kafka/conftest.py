"""A broker for the tests that need a real one; what it said stands beside a test that failed."""

from collections.abc import Iterator

import pytest
from broker import Broker, require_kafka

_BROKER = pytest.StashKey[Broker]()


@pytest.fixture(scope="session")
def started_broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Return the one broker of this process."""
    require_kafka()
    broker = Broker(tmp_path_factory.mktemp("kafka"))
    try:
        broker.start()
        yield broker
    finally:
        broker.kill()


@pytest.fixture
def broker(started_broker: Broker, request: pytest.FixtureRequest) -> Broker:
    """Return a broker that answers; a test may stop, kill and restart it, and makes topics of its own in it."""
    request.node.stash[_BROKER] = started_broker
    if not started_broker.answers():
        started_broker.start()
    return started_broker


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Put the end of the broker's log into the report of a test that failed."""
    report = yield
    broker = item.stash.get(_BROKER, None)
    if report.failed and broker is not None and broker.log.exists():
        lines = broker.log.read_text(errors="replace").splitlines()[-80:]
        report.sections.append((f"end of the broker's log {broker.log}", "\n".join(lines)))
    return report
