"""The cuts that come with huntui can be used with the columns that there are."""

import re
from itertools import takewhile
from pathlib import Path

import pytest

from huntui.columns import PACKET
from huntui.features.registry import kinds
from huntui.funnel.cuts_file import cuts_from_mapping, cuts_to_mapping, load_cuts
from huntui.funnel.language.parse import parse
from huntui.funnel.language.tree import (
    Arithmetic,
    Call,
    Comparison,
    Junction,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Within,
)

FILES = sorted((Path(__file__).parents[2] / "cuts").glob("*.yaml"))
DISTANCES = {"distnr", "ssdistnr", "distpsnr1", "distpsnr2", "distpsnr3", "neargaia", "neargaiabright"}


def test_cuts_are_shipped() -> None:
    """There is the funnel to begin with, the summer school's solution, and what others have published."""
    assert {
        "transients",
        "ztf-summer-school-2024",
        "ztf-summer-school-2024-acai",
        "ipac-purity",
        "ampel-simple-decent",
        "solar-system",
        "bright-transient-survey",
        "infant-supernova",
        "fink-early-supernova",
        "fink-rate-based-kilonova",
        "nuclear-transient",
        "solar-system-candidates",
        "ztfrest-fast-transients",
    } == {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_cuts_can_be_loaded_and_says_what_it_is(path: Path) -> None:
    """Columns exist, knobs make sense, and each stage has a title that a student understands."""
    cuts = load_cuts(path, kinds())
    assert cuts.name == path.stem
    assert cuts.about
    assert cuts.source
    assert cuts.version
    assert all(stage.title != stage.name for stage in cuts.stages)
    assert cuts_from_mapping(cuts_to_mapping(cuts), "again", kinds()) == cuts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_says_what_it_carries_over(path: Path) -> None:
    """What is somebody else's names a place and a version, and in its opening comment what could not come along."""
    cuts = load_cuts(path, kinds())
    if path.stem == "transients":
        assert cuts.source.startswith("huntui's own")
        return
    opening = " ".join(line.lstrip("# ") for line in takewhile(lambda line: line[:1] == "#", path.open()))
    assert "https://" in cuts.source
    assert re.search(r"commits? [0-9a-f]{8}|\d+\.\d+\.\d+", cuts.version)
    assert re.search(r"[Nn]ot carried over|is carried over", opening)


def names_of_distances(node: Node) -> set[str]:
    """Return the distances that a number is made of; where `abs` is taken, -999 is as far away as 999."""
    if isinstance(node, Comparison | Junction | Not | Within) or (isinstance(node, Call) and node.function == "abs"):
        return set()
    return DISTANCES & ({node.name} if isinstance(node, Name) else set().union(*map(names_of_distances, below(node))))


def below(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node."""
    match node:
        case Arithmetic(_, left, right):
            return left, right
        case Negate(operand) | Not(operand) | Within(operand):
            return (operand,)
        case Comparison(_, operands) | Junction(_, operands) | Call(_, operands):
            return operands
    return ()


def guarded(node: Node) -> set[str]:
    """Return the distances that are 0 or more wherever a condition is true."""
    if isinstance(node, Junction) and node.word == "and":
        return set().union(*map(guarded, node.operands))
    found = set()
    if isinstance(node, Comparison):
        for order, left, right in zip(node.orders, node.operands, node.operands[1:], strict=False):
            low, high = (left, right) if order in ("<", "<=") else (right, left)
            if order not in ("==", "!=") and isinstance(low, Number) and low.value >= 0 and isinstance(high, Name):
                found.add(high.name)
    return found


def unguarded(node: Node, known: frozenset[str] = frozenset()) -> set[str]:
    """Return the distances that are compared where they may be -999."""
    if isinstance(node, Call) and node.function == "isnull":
        return set()
    inside = known | guarded(node)
    is_order = isinstance(node, Comparison) and not {"==", "!="}.issuperset(node.orders)
    own = set().union(*map(names_of_distances, below(node))) - inside if is_order else set()
    return own.union(*(unguarded(part, inside) for part in below(node)))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_cut_on_a_distance_minds_the_survey_s_own_no_match(path: Path) -> None:
    """−999 lies below every limit, so that a distance is compared with 0 as well, in the same `and`."""
    for stage in load_cuts(path, kinds()).stages:
        assert unguarded(parse(stage.keep)) == set(), stage.name


def test_every_distance_that_can_be_a_no_match_is_looked_at() -> None:
    """Those of a packet that say so; each shipped distance cut is on one of them."""
    assert {name for name, column in PACKET.items() if column.unit == "arcsec"} | {"distnr"} == DISTANCES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ssdistnr < 5", {"ssdistnr"}),
        ("not ssdistnr < 5", {"ssdistnr"}),
        ("5 > ssdistnr", {"ssdistnr"}),
        ("1 < ssdistnr < 5 and 0 <= distnr < 1", set()),
        ("0 <= ssdistnr or ssdistnr < 5", {"ssdistnr"}),
        ("-1 < ssdistnr < 5", {"ssdistnr"}),
        ("0 <= ssdistnr and not (drb > 0.5 and ssdistnr < 5)", set()),
        ("not (0 <= ssdistnr) and ssdistnr < 5", {"ssdistnr"}),
        ("max(distpsnr1, distpsnr2) < 1 and 0 <= distpsnr1", {"distpsnr2"}),
        ("where(neargaia < 1, 1, 2) > 1", {"neargaia"}),
        ("where(0 <= neargaia < 1, neargaia, 2) < 1", {"neargaia"}),
        ("magpsf < where(0 <= neargaia < 1, 18, 2)", set()),
        ("ssdistnr == -999", set()),
        ("abs(ssdistnr) < 5", set()),
        ("distpsnr1 - ssdistnr > 0", {"distpsnr1", "ssdistnr"}),
        ("isnull(ssdistnr) or magpsf < 19", set()),
    ],
)
def test_a_distance_that_is_not_minded_is_found(text: str, found: set[str]) -> None:
    """So that the test of the shipped cuts would notice."""
    assert unguarded(parse(text)) == found
