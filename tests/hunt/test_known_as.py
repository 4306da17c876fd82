"""What the words of public services say of claims, in every hunt that is shipped."""

import pytest
from small_hunts import hunt, treasure

from huntui import shipped, truth
from huntui.features.registry import kinds
from huntui.hunt.hunt import load_hunt
from huntui.hunt.known_as import LEAST_PROBABILITY, classes_of, speaks
from huntui.hunt.treasure import Treasure

HUNTS = {name: load_hunt(shipped.find("hunts", name), kinds(), truth.kinds()) for name in shipped.names("hunts")}


def of(name: str) -> Treasure:
    """Return a treasure by its name, of the first hunt that has it."""
    return next(one for hunted in HUNTS.values() for one in hunted.treasures if one.name == name)


@pytest.mark.parametrize(
    ("word", "confirmed", "refuted", "neither"),
    [
        ("SNIa", ["supernova", "supernova-ia"], ["quasar", "supernova-plateau", "rr-lyrae"], ["young-supernova"]),
        ("SN Ia-91bg-like", ["supernova-ia"], ["supernova-plateau"], ["bright-supernova"]),
        ("SNII", ["supernova-plateau"], ["supernova-ia"], ["infant-supernova"]),
        ("SN", ["supernova"], ["dwarf-nova", "asteroid"], ["supernova-ia", "superluminous-supernova"]),
        ("SLSN-I", ["superluminous-supernova"], ["tidal-disruption"], ["bright-supernova"]),
        ("TDE-H-He", ["tidal-disruption"], ["supernova", "quasar"], []),
        ("QSO", ["quasar"], ["supernova", "blazar-flare", "mira"], []),
        ("BLL", ["quasar", "blazar-flare"], ["supernova"], []),
        ("CV*", [], ["supernova", "quasar"], ["dwarf-nova", "nova"]),
        ("RR*", ["rr-lyrae", "variable-star"], ["mira", "eclipsing-binary", "unknown-variable"], []),
        ("EB*WUMa", ["eclipsing-binary", "variable-star"], ["rr-lyrae"], []),
        ("LPV", ["variable-star"], ["rr-lyrae", "supernova"], ["mira", "unknown-variable"]),
        ("DSCT", ["variable-star"], ["rr-lyrae", "mira", "supernova"], ["unknown-variable"]),
        ("VS", ["variable-star"], ["supernova", "quasar", "asteroid"], ["rr-lyrae", "mira"]),
        ("Solar System MPC", ["asteroid"], ["supernova", "comet", "moving-object"], []),
        ("Solar System comet", ["comet"], ["asteroid"], []),
        ("Solar System candidate", ["moving-object"], ["asteroid"], ["near-earth-object"]),
        ("asteroid", [], ["supernova", "satellite-glint"], ["asteroid", "comet", "moving-object"]),
        ("bogus", ["artefact"], ["supernova", "asteroid"], []),
    ],
)
def test_a_word_speaks_for_some_treasures_and_against_others(
    word: str, confirmed: list[str], refuted: list[str], neither: list[str]
) -> None:
    """Where a treasure wants to know more than the class, it says nothing for it; and never too much."""
    assert {name: speaks(of(name), word) for name in (*confirmed, *refuted, *neither)} == {
        **dict.fromkeys(confirmed, "confirmed"),
        **dict.fromkeys(refuted, "refuted"),
        **dict.fromkeys(neither, "open"),
    }


@pytest.mark.parametrize("word", ["", "G", "Galaxy", "*", "Star", "Unknown", "Ambiguous", "QSO?", "X", "SNR", "é" * 99])
def test_a_galaxy_a_star_or_an_unknown_word_says_nothing(word: str) -> None:
    """What a transient lies on is not what it is, and a candidate is none."""
    assert {speaks(one, word) for hunted in HUNTS.values() for one in hunted.treasures} == {"open"}


def test_a_word_means_classes_of_truth_and_nothing_else() -> None:
    """However it is written."""
    for word in ("snia", " SNIa ", "sn ia"):
        assert classes_of(word) == ("supernova Ia",)
    for word in ("VS", "asteroid", "CV/Nova", "SN", "LP*", "Er*"):
        assert set(classes_of(word)) <= set(truth.CLASSES)


def test_a_class_that_is_more_likely_wrong_than_right_says_nothing() -> None:
    """A classifier always has one that is likeliest."""
    assert speaks(of("supernova"), "SNIa", LEAST_PROBABILITY) == "confirmed"
    assert speaks(of("supernova"), "SNIa", LEAST_PROBABILITY - 0.01) == "open"
    assert speaks(of("quasar"), "SNIa", 0.3) == "open"


def test_every_treasure_can_be_spoken_against_and_most_can_be_spoken_for() -> None:
    """In each hunt that is shipped, by the words of these services."""
    words = ("SNIa", "SNII", "SNIbc", "SLSN", "SN", "TDE", "Kilonova", "Afterglow", "CV/Nova", "No*", "QSO", "Blazar")
    words += ("RRL", "E", "Mi*", "VS", "DSCT", "YSO", "Microlensing", "M dwarf", "Solar System MPC", "bogus")
    words += ("Solar System comet", "Solar System candidate", "satellite")
    silent = {"dwarf-nova", "unknown-variable", "near-earth-object"}
    for hunted in HUNTS.values():
        for one in hunted.treasures:
            said = {speaks(one, word) for word in words}
            assert "refuted" in said, one.name
            knows_enough = set(one.confirmed_by.kinds) == {"class"} and one.name not in silent
            assert ("confirmed" in said) == knows_enough, one.name


def test_a_treasure_that_minds_what_is_missing_is_left_to_the_player() -> None:
    """Only the class is known here, so that what makes something of a null would make it of ignorance."""
    hunted = hunt(treasure("odd", confirmed_by="class == 'supernova Ia' or isnull(redshift)"))
    assert speaks(hunted.treasures[0], "QSO") == "open"
