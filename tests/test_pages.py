"""Pages about an object: their templates are checked, and nothing of a packet can change where they lead."""

import re
from urllib.parse import urlsplit

import pytest

from huntui.pages import PAGES, address, page_mistake


@pytest.mark.parametrize("name", PAGES)
def test_every_page_that_is_offered_is_right_and_leads_to_its_host(name: str) -> None:
    """With an object below the equator."""
    assert page_mistake(name, PAGES[name]) == ""
    url = address(PAGES[name], "ZTF18abcdefg", 217.5, -3.25)
    assert url is not None
    assert "{" not in url
    assert "ZTF18abcdefg" in url or ("217.500000" in url and "-3.250000" in url)
    assert urlsplit(url).netloc == urlsplit(PAGES[name]).netloc


def test_a_hostile_name_stays_within_its_place_in_the_address() -> None:
    """Slashes, questions, ends of lines, half a surrogate and a scheme of its own."""
    url = address(PAGES["ALeRCE"], "../../evil?x=1#y\n\x1b https://e.org \ud800", 1.0, 2.0)
    assert url is not None
    assert url.isascii()
    assert url.isprintable()
    parts = urlsplit(url)
    assert (parts.netloc, parts.query, parts.fragment) == ("alerce.online", "", "")
    assert parts.path.count("/") == 2


def test_a_page_that_needs_a_place_is_not_offered_where_there_is_none() -> None:
    """One that needs the name alone is."""
    assert address(PAGES["TNS"], "ZTF1", None, None) is None
    assert address(PAGES["TNS"], "ZTF1", float("nan"), 0.0) is None
    assert address(PAGES["Fink"], "ZTF1", None, None) == "https://ztf.fink-portal.org/ZTF1"


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("http://example.org/{objectId}", "must be an address"),
        ("javascript:alert(1)", "must be an address"),
        ("https://", "must be an address"),
        ("https://example.org/a b", "must be an address"),
        ("https://example.org/{objectId", "must be an address"),
        ("https://example.org/\n{ra}", "must be an address"),
        ("https://example.org/" + "x" * 5000, "must be an address"),
        ("https://exämple.org/", "must be an address"),
        ("https://{objectId}.example.org/", ""),
        ("https://example.org/{objectid}", "there is no {objectid}; .* Did you mean 'objectId'"),
        ("https://example.org/{0.__class__}", "there is no {0.__class__}"),
        ("https://example.org:8443/x?ra={ra}&dec={dec}", ""),
    ],
)
def test_a_template_that_cannot_be_used_is_one_sentence(template: str, sentence: str) -> None:
    """It names the page."""
    said = page_mistake("Mine", template)
    assert bool(said) == bool(sentence)
    if said:
        assert said.startswith("pages.Mine: ")
        assert re.search(sentence, said)
