"""Nights that are kept in a cache, and what is the same of two of them."""

from pathlib import Path

import numpy as np

from huntui.night.cache import NightCache
from huntui.night.store import Night

PLENTY = 10**9


def keep(cache: NightCache, fingerprint: str, night: Night) -> bool:
    """Keep a night."""
    return cache.keep(fingerprint, night, 1000, f"source of {fingerprint}", "20240707")


def reopened(cache: NightCache, night: Night, fingerprint: str = "a") -> Night:
    """Keep a night and return what the cache makes of it."""
    assert keep(cache, fingerprint, night)
    found = cache.open(fingerprint)
    assert found is not None
    return found[0]


def only_file(cache: NightCache) -> Path:
    """Return the one file of a cache."""
    (path,) = cache.folder.iterdir()
    return path


def assert_same(one: Night, other: Night) -> None:
    """Compare everything that can be asked of two nights."""
    assert len(one) == len(other)
    assert (one.duplicates, one.objects) == (other.duplicates, other.objects)
    assert one.schema_versions() == other.schema_versions()
    assert list(one.quarantine.counts().items()) == list(other.quarantine.counts().items())
    assert list(one.quarantine.view()) == list(other.quarantine.view())
    texts = range(len(one.texts))
    assert [one.texts.text(code) for code in texts] == [other.texts.text(code) for code in texts]
    assert len(other.texts) == len(texts)
    first, second = one.parts(), other.parts()
    assert list(first) == list(second)
    for part, columns in first.items():
        assert list(columns) == list(second[part]), part
        for name, values in columns.items():
            np.testing.assert_array_equal(values, second[part][name], err_msg=name)
            assert values.dtype == second[part][name].dtype, name
