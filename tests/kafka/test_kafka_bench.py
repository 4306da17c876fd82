"""`python -m bench kafka`: it measures with every packet. Nothing here is timed."""

import json
from pathlib import Path

import pytest
from broker import require_kafka

ROOT = Path(__file__).parents[2]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return what a small measurement is called with; the benchmarks lie in the checkout and are not installed."""
    monkeypatch.syspath_prepend(str(ROOT))
    from bench.__main__ import main
    from bench.sizes import Sizes

    return [main, Sizes(files=20, streamed=200, rounds=1)]


@pytest.mark.slow
def test_a_topic_is_measured(small: list[object], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong count would be exit code 1."""
    require_kafka()
    capsys.readouterr()
    main, sizes = small
    assert main(["kafka", "--json", "--data", str(tmp_path)], sizes) == 0  # type: ignore[operator]
    (entry,) = json.loads(capsys.readouterr().out)
    assert (entry["name"], entry["goal"], entry["reference"]["name"]) == ("kafka", 0.8, "consume_only")
    assert entry["figure"] > 0
