"""Nights in an S3 bucket: an archive, and a folder of packets; and what is said where they cannot be had."""

import logging
from pathlib import Path

import pytest
from bucket_server import BUCKET, KEY, serving_bucket
from night_server import archive_of
from sweeping import DATES, Call

pytestmark = pytest.mark.slow

SECRET = "wJalrXUtnFEMI-of-the-tests"


@pytest.fixture
def bucket(five_nights: Path) -> dict[str, bytes]:
    """Return the objects of a bucket: a night as an archive, and another as a folder."""
    first, second = (sorted((five_nights / date).glob("*.avro"))[:30] for date in DATES[:2])
    archive = archive_of({path.name: path.read_bytes() for path in first})
    folder = {f"folders/{DATES[1]}/{path.name}": path.read_bytes() for path in second}
    return {f"{DATES[0]}.tar.gz": archive, f"folders/{DATES[1]}/notes.txt": b"mine", **folder}


def test_nights_of_a_bucket_are_swept_with_the_keys_of_the_environment(
    call: Call,
    bucket: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """On a worker that has them too; one that is not there, a wrong key; the secret is told and written nowhere."""
    caplog.set_level(logging.DEBUG)
    for name, value in {"ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET, "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    with serving_bucket(bucket) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        archives = f"s3://{BUCKET}/{{date}}.tar.gz"
        swept = call("sweep", f"{DATES[0]}..{DATES[1]}", "--source", archives, "--workers", "1", "--json", "-v")
        assert [night["outcome"] for night in swept.summary["nights"]] == ["read", "missing"], swept.err
        assert swept.summary["totals"]["alerts"] == 30
        folders = ("sweep", DATES[1], "--source", f"s3://{BUCKET}/folders/{{date}}/", "--workers", "1", "--json")
        folder = call(*folders, "--name", "folder")
        assert [night["outcome"] for night in folder.summary["nights"]] == ["read"], folder.err
        assert folder.summary["totals"]["alerts"] == 30
        assert "done before" in call(*folders, "--name", "folder").err
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAOFANOTHER")
        denied = call(*folders, "--name", "denied")
        assert [night["outcome"] for night in denied.summary["nights"]] == ["failed"]
        assert denied.summary["nights"][0]["why"] == f"s3://{BUCKET}/folders/{DATES[1]}/: access is denied."
    assert not any(SECRET in text for one in (swept, folder, denied) for text in (one.out, one.err, caplog.text))
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert written
    assert [path for path in written if SECRET.encode() in path.read_bytes()] == []
