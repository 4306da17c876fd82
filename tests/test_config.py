"""The configuration: layers, `--set`, and mistakes told in one sentence."""

import os
from pathlib import Path
from typing import Any

import pytest

from huntui.config import (
    Config,
    Layer,
    combine,
    origin_of,
    parse_setting,
    read_files,
    split_settings,
)
from huntui.errors import CallError, ConfigError
from huntui.shipped import defaults
from huntui.sources.kafka.settings import kafka_settings
from huntui.strict_yaml import read


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(values: dict[Any, Any]) -> str:
    """Return the sentence about a configuration that cannot be used."""
    with pytest.raises(ConfigError) as caught:
        combine([Layer("config.yaml", values)])
    return str(caught.value)


def test_the_shipped_file_holds_exactly_the_defaults() -> None:
    """config.yaml documents the models: every key, with its default."""
    assert read(defaults() / "config.yaml", ConfigError) == Config().model_dump()


def test_without_any_file_the_defaults_hold(here: Path) -> None:
    """An empty directory needs no configuration."""
    assert here.is_dir()
    assert read_files(None) == []
    assert combine([]) == Config()


def test_a_later_layer_wins_key_by_key(here: Path) -> None:
    """./config.yaml is over the defaults, --config over it, --set over both; other keys of a section stay."""
    (here / "config.yaml").write_text("source: {rate: 10, max_alerts: 5}\nhunt: mine\n")
    (here / "other.yaml").write_text("source: {rate: 20}\n")
    layers = [*read_files(Path("other.yaml")), parse_setting("hunt=theirs").as_layer()]
    config = combine(layers)
    assert (config.source.rate, config.source.max_alerts, config.hunt) == (20, 5, "theirs")
    assert config.source.data == "data"
    assert [origin_of(key, layers) for key in ("hunt", "source", "cuts")] == [
        "--set hunt=theirs",
        "other.yaml",
        "the defaults",
    ]


def test_an_empty_file_and_an_empty_section_change_nothing(here: Path) -> None:
    """Commenting out all keys of a section is no mistake."""
    (here / "config.yaml").write_text("# nothing\n")
    (here / "other.yaml").write_text("source:\n  # rate: 5\nsimulate:\n")
    assert combine(read_files(Path("other.yaml"))) == Config()


def test_the_later_choice_of_cuts_replaces_stages_written_in_a_file() -> None:
    """`--cuts` is not ignored because of an inline funnel in config.yaml."""
    stages = Layer("config.yaml", {"stages": [{"name": "real", "keep": "drb > 0.5"}]})
    assert combine([stages]).stages is not None
    assert combine([stages, Layer("--cuts", {"cuts": "mine"})]).stages is None
    assert combine([Layer("--cuts", {"cuts": "mine"}), stages]).stages is not None


def test_stages_that_are_null_return_to_the_cuts_below() -> None:
    """A file for one call can do without the inline funnel of the directory."""
    below = Layer("config.yaml", {"cuts": "mine", "stages": [{"name": "real", "keep": "drb > 0.5"}]})
    config = combine([below, parse_setting("stages=null").as_layer()])
    assert (config.stages, config.cuts) == (None, "mine")


@pytest.mark.parametrize("kind", ["folder", "pipe", "broken link"])
def test_a_configuration_that_is_no_file_is_named_and_never_waited_for(here: Path, kind: str) -> None:
    """Neither `./config.yaml` nor `--config` is passed over in silence."""
    for name in ("config.yaml", "other.yaml"):
        path = here / name
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("nowhere")
        with pytest.raises(ConfigError, match=rf"^{name}: (is no regular file|cannot be read)"):
            read_files(None if name == "config.yaml" else Path(name))
        if kind == "folder":
            path.rmdir()
        else:
            path.unlink()


def test_what_follows_the_first_dot_is_one_key() -> None:
    """librdkafka's keys have dots of their own."""
    setting = parse_setting("kafka.bootstrap.servers=broker:9092")
    assert (setting.first, setting.rest, setting.value) == ("kafka", "bootstrap.servers", "broker:9092")
    config = combine([setting.as_layer()])
    assert config.kafka["bootstrap.servers"] == "broker:9092"
    assert config.kafka["auto.offset.reset"] == "earliest"


def test_a_secret_on_the_command_line_is_never_repeated() -> None:
    """The setting works as before, but no message can show its value."""
    setting = parse_setting("kafka.sasl.password=hunter2")
    assert setting.value == "hunter2"
    assert "hunter2" not in setting.as_layer().origin
    config = combine([parse_setting("kafka.sasl.password=[hunter2]").as_layer()])
    with pytest.raises(ConfigError, match="env:NAME") as refused:
        kafka_settings(config.kafka, "20240707")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("a.b=1e-3", 0.001), ("a.b=true", True), ("a.b=[x, y]", ["x", "y"]), ("a.b=", None), ("a.b=x=y", "x=y")],
)
def test_the_value_of_a_setting_is_yaml(text: str, value: object) -> None:
    """Numbers, truth values and lists mean what they look like."""
    assert parse_setting(text).value == value


@pytest.mark.parametrize("text", ["rate", "=5", "source.=5", ".rate=5", "a.b=[1"])
def test_a_setting_that_cannot_be_read_is_one_sentence_with_the_setting_in_it(text: str) -> None:
    """The sentence shows what was typed."""
    with pytest.raises(ConfigError, match=r"^--set ") as caught:
        parse_setting(text)
    assert text in str(caught.value)


def test_a_stage_goes_before_a_section_of_the_same_name() -> None:
    """`--set source.x=1` turns a knob where the funnel has a stage called source."""
    setting = parse_setting("source.rate=5")
    assert split_settings([setting], ["source"]) == ([setting], [])
    assert split_settings([setting], ["real"]) == ([], [setting])


def test_a_setting_for_neither_stage_nor_section_suggests_the_nearest() -> None:
    """Stages and sections are both candidates."""
    for text, hint in (("rael.x=1", "'real'"), ("sorce.rate=1", "'source'")):
        with pytest.raises(ConfigError, match=rf"^--set {text}: .*Did you mean {hint}\?$"):
            split_settings([parse_setting(text)], ["real", "young"])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"source": {"rate": "fast"}}, "config.yaml: source.rate must be a number, not 'fast'."),
        ({"source": {"rate": 0}}, "config.yaml: source.rate must be greater than 0, not 0."),
        ({"source": {"rate": float("inf")}}, "config.yaml: source.rate must be a finite number, not inf."),
        ({"source": 5}, "config.yaml: source must be a section with keys of its own, not 5."),
        ({"simulate": {"count": 1.5}}, "config.yaml: simulate.count must be a whole number, not 1.5."),
        ({"columns": "ra"}, "config.yaml: columns must be a list, as in [a, b], not 'ra'."),
        ({"columns": ["ra", 1]}, "config.yaml: columns[1] must be text, not 1."),
        (
            {"source": {"simulate_missing": "yes"}},
            "config.yaml: source.simulate_missing must be true or false, not 'yes'.",
        ),
        (
            {"kafka": {"a": [1]}},
            "config.yaml: kafka.a must be true or false, a whole number, a number or text, not [1].",
        ),
    ],
)
def test_a_wrong_type_is_one_sentence_with_file_key_and_what_is_expected(values: dict[str, Any], sentence: str) -> None:
    """What, where, and what to do."""
    assert complaint(values) == sentence


def test_an_unknown_key_lists_the_keys_of_its_section_and_suggests_the_nearest() -> None:
    """A mistyped key is found in a section as well as at the top."""
    assert complaint({"sorce": {}}).endswith("Did you mean 'source'?")
    assert complaint({"source": {"max_alert": 1}}) == (
        "config.yaml: there is no key source.max_alert; there are data, simulate_missing, max_alerts, rate. "
        "Did you mean 'max_alerts'?"
    )
    assert complaint({1: 2}).startswith("config.yaml: there is no key")


def test_a_huge_wrong_value_is_shown_shortened() -> None:
    """A message stays one readable sentence."""
    assert len(complaint({"source": "x" * 100_000})) < 200


def test_one_followed_by_zeros_as_a_float_is_a_whole_number() -> None:
    """`--set simulate.count=1e5` means what everyone expects."""
    assert combine([parse_setting("simulate.count=1e5").as_layer()]).simulate.count == 100_000


def test_a_file_that_is_no_mapping_or_cannot_be_read_is_named(here: Path) -> None:
    """The sentence begins with the file."""
    (here / "list.yaml").write_text("- a\n")
    for name in ("list.yaml", "missing.yaml"):
        with pytest.raises(ConfigError, match=f"^{name}: "):
            read_files(Path(name))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: 1\na: 2\n", "line 2: the key 'a' stands twice"),
        ("a: &x [1]\nb: [*x, *x]\n", "line 1: anchors and aliases are not supported"),
        ("a: [1\n", "line 2: "),
        ("[" * 100_000, "nested too deeply"),
        ("#" * 1_000_001, "too large"),
        ("a: !!python/object/apply:os.getcwd []\n", "line 1: could not determine a constructor"),
        ("a: 2024-13-45\n", "month must be in 1..12"),
    ],
    ids=["a key twice", "an alias", "not closed", "deeply nested", "too large", "a command", "no date"],
)
def test_a_hostile_file_is_one_sentence_and_does_nothing(here: Path, text: str, reason: str) -> None:
    """YAML from elsewhere can neither run anything nor grow without bound."""
    (here / "bad.yaml").write_text(text)
    with pytest.raises(CallError, match=r"^bad\.yaml") as caught:
        read_files(Path("bad.yaml"))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_of_other_bytes_than_text_is_refused(here: Path) -> None:
    """A picture is no configuration."""
    (here / "bad.yaml").write_bytes(b"\x89PNG\xff\xfe")
    with pytest.raises(ConfigError, match="not UTF-8 text"):
        read_files(Path("bad.yaml"))


@pytest.mark.parametrize("key", ["~", "on", "3", "null"])
def test_a_key_that_is_no_text_is_the_writers_mistake(tmp_path: Path, key: str) -> None:
    """The sentence names file and line."""
    path = tmp_path / "mine.yaml"
    path.write_text(f"cuts: transients\n{key}: 2\n")
    with pytest.raises(ConfigError, match=r"mine\.yaml, line 2: a key must be text"):
        read(path, ConfigError)
