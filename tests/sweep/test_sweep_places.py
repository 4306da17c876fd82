"""Which nights are meant by dates, ranges, templates and places."""

from pathlib import Path

import pytest

from huntui.errors import CallError
from huntui.sources.resolve import NightRequest
from huntui.sweep.places import days, places
from huntui.sweep.remote import shown

REQUEST = NightRequest(None, None, Path("data"))


def names(dates: list[str], sources: list[str]) -> list[str]:
    """Return the names of the nights that are meant."""
    return [place.name for place in places(dates, sources, REQUEST)]


def test_a_range_is_every_day_from_the_first_to_the_last() -> None:
    """Months and leap years included."""
    assert list(days("20240707")) == ["20240707"]
    assert list(days("20240228..20240301")) == ["20240228", "20240229", "20240301"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("20240732", "is no night"),
        ("2024-07-01", "is no night"),
        ("20240702..20240701", "ends before it begins"),
        ("20240701..", "is no night"),
        ("20240701..2024070٣", "is no night"),
        ("19000101..20240701", "a sweep takes 10,000 at most"),
    ],
)
def test_a_range_that_is_none_is_explained(text: str, words: str) -> None:
    """The sentence quotes what was written."""
    with pytest.raises(CallError, match=words):
        list(days(text))


def test_nights_have_names_of_their_own_and_come_in_their_order() -> None:
    """A date in the name of an archive is its name; two of the same are told apart."""
    found = names(
        ["20240702", "20240701"], ["b/ztf_public_20240630.tar.gz", "x/night one", "y/night one", "z/night-one"]
    )
    assert found == ["20240630", "20240701", "20240702", "night-one", "night-one-2", "night-one-3"]


def test_a_template_gives_a_place_to_each_date() -> None:
    """Dates do not stand for folders in the data folder then."""
    (place,) = places(["20240701"], ["https://host/{date}/ztf_public_{date}.tar.gz"], REQUEST)
    assert place.url == "https://host/20240701/ztf_public_20240701.tar.gz"
    (local,) = places(["20240701"], ["file:///nights/{date}"], REQUEST)
    assert local.request is not None
    assert local.request.source == "/nights/20240701"


@pytest.mark.parametrize(
    ("dates", "sources", "words"),
    [
        ([], [], "Which nights"),
        ([], ["nights/{date}"], "say which nights"),
        ([], ["simulated"], "say which nights"),
        ([], [""], "names nothing"),
        ([], ["kafka://host/topic"], "a stream has no end"),
        ([], ["here", "here"], "is named twice"),
    ],
)
def test_what_cannot_be_swept_is_explained(dates: list[str], sources: list[str], words: str) -> None:
    """Before any work is done."""
    with pytest.raises(CallError, match=words):
        names(dates, sources)


def test_an_address_is_shown_without_what_is_secret_in_it() -> None:
    """Neither as a place nor in the representation of one."""
    url = "https://me:hush@host:80/n/{date}.tar?token=hush#hush"
    assert shown(url) == "https://host:80/n/{date}.tar"
    (place,) = places(["20240701"], [url], REQUEST)
    assert "hush" not in repr(place)
    assert "hush" not in place.title
