"""The tables that a worker makes of a night: texts are in Arrow what they are when each is asked for."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from huntui.alerts.texts import TextPool
from huntui.sweep import tables


@pytest.mark.parametrize("most", [2**31 - 1, 3], ids=["numbered by Arrow", "too long for that"])
@pytest.mark.parametrize(
    "words", [[], ["ZTF24aaa", "", "ZTF24bbbbb", "ZTF24aaa"], ["ZTF24aaa", "\x1b[2J", "žluť\u202e"]], ids=str
)
def test_a_column_of_texts_is_the_texts(words: list[str], most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nulls among them, repeated ones, and texts that must not be shown as they are."""
    monkeypatch.setattr(tables, "_MOST_TEXT", most)
    pool = TextPool()
    codes = np.array([-1, *(pool.add(word) for word in words), -1], np.int32)
    night: Any = SimpleNamespace(texts=pool)
    assert tables._texts(night, codes).to_pylist() == [pool.text(int(code)) for code in codes]
    assert tables._texts(night, codes[:0]).to_pylist() == []
