"""The documents say what the code does."""

import re
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent
WRITTEN_BY_HAND = {
    *("first-report.md", "kafka.md", "lookups.md", "models.md", "pipelines.md", "samp.md", "screen.md"),
    *("simulated-night.md", "sn2021rhu.md", "sweep.md", "treasures.md"),
}
"""Pages that a test or a script of their own holds against what they are about."""


@pytest.fixture(scope="module")
def generate() -> dict[str, Any]:
    """Return everything that docs/generate.py defines."""
    return runpy.run_path(str(ROOT / "docs" / "generate.py"))


def test_every_generated_page_says_what_the_code_says(generate: dict[str, Any]) -> None:
    """`make docs` would change nothing."""
    assert generate["stale"]() == []


def test_a_changed_page_is_noticed(generate: dict[str, Any], tmp_path: Path) -> None:
    """A page that differs, or is not there, is stale."""
    stale = generate["stale"]
    stale.__globals__["FOLDER"] = tmp_path
    try:
        for name, text in generate["pages"]().items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        assert stale() == []
        (tmp_path / "cli.md").write_text("something else", encoding="utf-8")
        (tmp_path / "config.md").unlink()
        assert sorted(stale()) == ["cli.md", "config.md"]
    finally:
        stale.__globals__["FOLDER"] = ROOT / "docs"


def test_every_page_in_the_folder_is_generated_or_checked_elsewhere(generate: dict[str, Any]) -> None:
    """No page is left over from something that is gone."""
    assert {path.name for path in (ROOT / "docs").glob("*.md")} == set(generate["PAGES"]) | WRITTEN_BY_HAND


def test_every_link_to_a_file_leads_somewhere() -> None:
    """A link or picture that is a path of this repository is there."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "ARCHITECTURE.md"))
    targets = [target for target in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_the_readme_links_every_page(generate: dict[str, Any]) -> None:
    """Whoever reads the first page finds all others."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in {*generate["PAGES"], *WRITTEN_BY_HAND} if f"(docs/{name})" not in text] == []


@pytest.mark.parametrize("page", ["README.md", "docs/screen.md"])
def test_every_key_that_is_told_of_does_something(page: str) -> None:
    """As the list of keys has it, which is written from the table of actions."""
    told = set(re.findall(r"`([^`\s])`", (ROOT / page).read_text(encoding="utf-8")))
    listed = (ROOT / "docs" / "keys.md").read_text(encoding="utf-8")
    assert len(told) > 15
    assert {key for key in told if f"`{key}`" not in listed} == set()


def test_every_link_between_pages_leads_to_a_page(generate: dict[str, Any]) -> None:
    """Also after a page was renamed."""
    for name, text in generate["pages"]().items():
        targets = re.findall(r"\]\(([\w.-]+\.md)\)", text)
        assert [target for target in targets if not (ROOT / "docs" / target).is_file()] == [], name


def test_the_page_of_the_language_has_every_function_and_leads_to_every_name(generate: dict[str, Any]) -> None:
    """Whoever writes a filter finds there, or one link away, whatever can be written."""
    from huntui.features.registry import kinds
    from huntui.funnel.language.functions import FUNCTIONS

    pages = generate["pages"]()
    assert [f.name for f in FUNCTIONS.values() if f"| `{f.signature}` |" not in pages["language.md"]] == []
    assert "(columns.md)" in pages["language.md"]
    assert "(features.md)" in pages["language.md"]
    listed = pages["columns.md"] + pages["features.md"]
    assert [name for name in kinds() if f"| `{name}` |" not in listed] == []


def test_every_example_on_the_page_of_the_language_can_be_written(generate: dict[str, Any]) -> None:
    """And each distance in them has its 0 <=, as the page asks; what is shown to be wrong is."""
    from huntui.errors import ExpressionError
    from huntui.features.registry import kinds
    from huntui.funnel.language.expression import compile_expression

    right, wrong = generate["language"]().split("## When it is wrong")
    examples = re.findall(r"^\| `([^`]{5,})` \| [^|]+ \|$", right, flags=re.MULTILINE)
    assert len(examples) >= 10
    for text in examples:
        compile_expression(text, kinds())
        assert not re.search(r"dist\w+|near\w+", text) or "0 <= " in text
    mistakes = re.findall(r"^\| `([^`]+)` \| (.+) \|$", wrong, flags=re.MULTILINE)
    assert len(mistakes) == len(generate["MISTAKES"])
    for text, said in mistakes:
        with pytest.raises(ExpressionError, match=re.escape(said)):
            compile_expression(text, kinds())


def test_every_key_of_the_configuration_is_explained_above_it(generate: dict[str, Any]) -> None:
    """Each key of the models stands in config.yaml under a comment of its own."""
    from huntui.config import KAFKA, Config

    written = {path: comment for path, comment, _ in generate["configuration_keys"]()}
    expected = set(Config.model_fields) | {f"kafka.{key}" for key in KAFKA}
    for name, field in Config.model_fields.items():
        expected |= {f"{name}.{key}" for key in getattr(field.annotation, "model_fields", {})}
    assert set(written) == expected
    assert [key for key, comment in written.items() if not comment] == []


@pytest.mark.parametrize(
    ("label", "vsx", "kind"),
    [
        ("RRAB", "", "RR Lyrae"),
        ("PulsV*bCep", "RRC", "RR Lyrae"),
        ("PN", "EA/PN", "eclipsing"),
        ("CV (UMa6)", "NL+E", "cataclysmic"),
        ("M", "", "long-period"),
        ("(TNS) SN Ia", "", "SN Ia"),
        ("(TNS) SN IIn", "", "other SN"),
        ("asteroid candidate", "", "other"),
        ("", "", ""),
    ],
)
def test_the_table_of_features_knows_the_labels(label: str, vsx: str, kind: str) -> None:
    """A class of VSX that says more goes before the label."""
    script = runpy.run_path(str(ROOT / "docs" / "feature_table.py"))
    assert script["kind"]({"label": label, "vsx": vsx}) == kind


def test_the_table_of_features_counts_what_has_a_value() -> None:
    """A null counts for the kind and not for its percentiles; what has no label is not in the table."""
    script = runpy.run_path(str(ROOT / "docs" / "feature_table.py"))
    values = {"apparent_skew": np.array([1.0, np.nan, 3.0, 50.0], np.float32)}
    lines = script["table"](["apparent_skew"], values, ["RR Lyrae", "RR Lyrae", "RR Lyrae", ""]).splitlines()
    assert lines[0] == "apparent_skew [1]"
    assert [line.split() for line in lines[1:]] == [["RR", "Lyrae", "2", "of", "3", "1.100", "2.000", "2.900"]]


def test_the_page_of_look_ups_has_every_service_and_every_key() -> None:
    """What is configured, asked and printed is what it says."""
    from huntui.config import LookupsConfig
    from huntui.online.registry import SERVICES

    page = (ROOT / "docs" / "lookups.md").read_text(encoding="utf-8")
    assert [name for name in SERVICES if f"| {name}" not in page] == []
    own = {"alerce", "fink", "simbad", "tns", "services", "enabled", "tns_api_key", "tns_bot"}
    known = {f"lookups.{key}" for key in LookupsConfig.model_fields}
    named = set(re.findall(r"`(lookups\.\w+)`", page))
    assert named <= known
    assert known - named <= {f"lookups.{key}" for key in own}
    assert set(LookupsConfig().services) == set(SERVICES)
