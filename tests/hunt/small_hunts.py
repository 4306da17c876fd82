"""Small hunts for tests."""

from collections.abc import Mapping
from typing import Any

from huntui import truth
from huntui.hunt.hunt import hunt_from_mapping
from huntui.hunt.treasure import Hunt

KINDS = {"drb": "number", "magpsf": "number", "isdiffpos": "text"}
TRUTH_KINDS = truth.kinds()


def treasure(name: str, confirmed_by: str = "class == 'AGN'", **more: Any) -> dict[str, Any]:
    """Return a treasure as a hunt file has it."""
    usual = {"title": "A title", "about": "What it is.", "looks_like": "drb > 0.5", "points": 5, "beware": "Others."}
    return {**usual, "name": name, "confirmed_by": confirmed_by, **more}


def written(*treasures: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a hunt as its file has it."""
    return {"name": "small", "about": "A small hunt.", "treasures": list(treasures), **more}


def hunt(*treasures: Mapping[str, Any]) -> Hunt:
    """Return a hunt of these treasures."""
    return hunt_from_mapping(written(*treasures), "small.yaml", KINDS, TRUTH_KINDS)
