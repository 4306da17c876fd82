"""What the page of Python shows is what happens."""

import doctest
from pathlib import Path

import pytest

import huntui

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


@pytest.mark.slow
def test_every_example_on_the_page_gives_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are run one after the other, as a reader would."""
    monkeypatch.chdir(tmp_path)
    test = doctest.DocTestParser().get_doctest(PAGE.read_text(encoding="utf-8"), {}, "python.md", str(PAGE), 0)
    assert len(test.examples) >= 15
    told: list[str] = []
    assert doctest.DocTestRunner().run(test, out=told.append).failed == 0, "".join(told)


def test_every_public_name_is_on_the_page_with_its_methods() -> None:
    """A name that is not told of is not found."""
    text = PAGE.read_text(encoding="utf-8")
    names = [name for name in huntui.__all__ if name not in ("HuntuiError", "__version__")]
    assert [name for name in names if f"### `huntui.{name}" not in text] == []
    for holder in (huntui.Night, huntui.Funnel, huntui.LightCurve, huntui.Cutouts):
        missing = [name for name in dir(holder) if not name.startswith("_") and f"- `{name}" not in text]
        assert missing == []
