"""JSON from files that anybody may have written: what is no plain value is told in one sentence, and nothing is run."""

import os
from pathlib import Path

import pytest

from huntui import strict_json
from huntui.errors import CardError

WANTED, MOST = "one that was wanted", 100_000

HOSTILE = {
    "a key twice": (b'{"a": 1, "b": {"c": 1, "c": 2}}', "is not JSON: the key 'c' stands twice."),
    "a key that moves the cursor twice": (b'{"\\u001b[2J": 1, "\\u001b[2J": 2}', r"the key '\x1b[2J' stands twice."),
    "no number": (b'{"a": NaN}', "is not JSON: NaN is no number in JSON."),
    "infinity": (b"[-Infinity]", "is not JSON: -Infinity is no number in JSON."),
    "beyond all numbers": (b"[1e999]", "is not JSON: a number is too large: 1e999."),
    "digits without end": (b"1" * 50_000, "is not JSON: "),
    "nested": (b"[" * 99_999, "nested too deeply."),
    "nested keys": (b'{"a":' * 19_999, "nested too deeply."),
    "cut off": (b'{"a": [1,', "line 1: is not JSON: "),
    "no text": (b'{"a": "\xff"}', "not UTF-8 text (byte 7)."),
    "too large": (b'"' + b"a" * MOST + b'"', "too large, such a file may hold 100,000 bytes."),
    "nothing": (b"", "is not JSON: "),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_plain_value_is_one_sentence(tmp_path: Path, name: str) -> None:
    """It begins with the file."""
    content, words = HOSTILE[name]
    path = tmp_path / "file.json"
    path.write_bytes(content)
    with pytest.raises(CardError) as caught:
        strict_json.read(path, CardError, WANTED, MOST)
    assert str(caught.value).startswith(str(path))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe has no end, a folder no content, and what is not there cannot be read."""
    os.mkfifo(tmp_path / "pipe")
    for path, words in ((tmp_path / "pipe", WANTED), (tmp_path, WANTED), (tmp_path / "no", "No such file")):
        with pytest.raises(CardError, match=words):
            strict_json.read(path, CardError, WANTED, MOST)


def test_a_mark_at_the_beginning_is_no_part_of_the_text(tmp_path: Path) -> None:
    """As editors on Windows put one there."""
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"a": [1, 2.5, null, "\xc3\xa9"]}')
    assert strict_json.read(tmp_path / "a.json", CardError, WANTED, MOST) == {"a": [1, 2.5, None, "é"]}


def test_the_digest_is_of_the_content_and_not_of_its_layout() -> None:
    """The order of keys makes no difference; every value, and the order of a list, does."""
    digest = strict_json.digest({"a": 1, "b": [1, 2], "c": "\ud800 é"})
    assert digest == strict_json.digest({"c": "\ud800 é", "b": [1, 2], "a": 1})
    others = [{"a": 1.0, "b": [1, 2], "c": "\ud800 é"}, {"a": 1, "b": [2, 1], "c": "\ud800 é"}, {"a": 1, "b": [1, 2]}]
    assert digest not in map(strict_json.digest, others)
