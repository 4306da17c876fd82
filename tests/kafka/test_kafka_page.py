"""What docs/kafka.md and compose.yaml tell a user to do can be done."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from huntui import strict_yaml
from huntui.cli.main import huntui
from huntui.config import Layer, combine
from huntui.errors import ConfigError
from huntui.exports.kafka.settings import outlet_settings
from huntui.sources.kafka.settings import kafka_settings

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "kafka.md").read_text(encoding="utf-8")
CALLS = re.findall(r"^huntui .*$", PAGE, re.MULTILINE)
SECTIONS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("call", CALLS)
def test_every_call_on_the_page_is_understood(call: str) -> None:
    """Subcommands and options exist, and take what they are given."""
    # As when it is called: what a command's help says is made for the context that comes first, and kept.
    context = huntui.make_context("huntui", [], resilient_parsing=True)
    arguments = shlex.split(call, comments=True)[1:]
    name = arguments.pop(0) if not arguments[0].startswith("-") else ""
    command = huntui.get_command(context, name) if name else huntui
    assert command is not None
    command.make_context(name or "huntui", arguments, context)


@pytest.mark.parametrize("text", SECTIONS)
def test_every_section_of_a_configuration_on_the_page_is_taken(
    text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By the source and by what sends; secrets come from where they are said to be."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".config" / "huntui").mkdir(parents=True)
    (tmp_path / ".config" / "huntui" / "key-password").write_text("hunter2\n")
    section = combine([Layer("page", strict_yaml.parse(text, "page", ConfigError))]).kafka
    environment = {"KAFKA_PASSWORD": "hunter2"}
    assert "hunter2" in kafka_settings(section, "20240707", environment=environment).secrets.values()
    assert "hunter2" in outlet_settings(section, "found", "--to-kafka", environment=environment).client.values()


def test_docker_has_the_broker_that_the_script_has() -> None:
    """The same version, and what keeps old nights in a topic."""
    kafka = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["kafka"]
    jars = (ROOT / "scripts" / "kafka-jars.xml").read_text()
    assert f"<version>{kafka['image'].partition(':')[2]}</version>" in jars
    said = (ROOT / "scripts" / "kafka").read_text()
    names = {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value for name, value in kafka["environment"].items()
    }
    for name in ("log.retention.ms", "log.message.timestamp.after.max.ms", "offsets.topic.replication.factor"):
        assert f"{name}={names[name]}" in said


def test_the_page_has_calls_and_sections() -> None:
    """Else nothing of it would be tried."""
    assert len(CALLS) > 5
    assert len(SECTIONS) == 2
