"""`huntui run --from-export`: the find of an export made again, from the night and with the cuts that it names."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from huntui.engine.chosen import Chosen, What
from huntui.engine.export import chosen_table, origin_of
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.exports.origin import origin_of_export
from huntui.exports.provenance import digest_of
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.opening.night import PreparedNight, prepare
from huntui.opening.options import NightOptions
from huntui.simulate.recipe import RELEASE
from huntui.sources.source import Source


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """What an export says, to be held against the night."""

    path: Path
    chosen: Chosen
    columns: tuple[str, ...]
    rows: int
    sha256: str

    def compared(self, snapshot: Snapshot, source: Source) -> tuple[str, bool]:
        """Return a sentence about whether the same was found, and whether it was."""
        digest = digest_of(chosen_table(snapshot, self.chosen, origin_of(source, None), self.columns))
        what = ("alert" if self.chosen.per_alert else "object") + ("" if self.rows == 1 else "s")
        if (digest.rows, digest.sha256) == (self.rows, self.sha256):
            return f"{self.path} is reproduced: the same {self.rows:,} {what}, digest {self.sha256[:16]}.", True
        return (
            f"{self.path} is not reproduced: it has {self.rows:,} {what} (digest {self.sha256[:16]}), and this night "
            f"gives {digest.rows:,} (digest {digest.sha256[:16]})."
        ), False


def made_again(path: Path, options: NightOptions) -> tuple[MadeAgain, PreparedNight]:
    """Return what an export says, and the night that it is of, with its cuts.

    A night that lies elsewhere by now can be named by `--date` or `--source`. Raises `CallError` for a file that is no
    export, or of what cannot be made again.
    """
    if options.cuts is not None or options.max_alerts is not None or options.rate is not None:
        raise CallError(
            f"--from-export {path}: the cuts are those of the file; leave --cuts, --max-alerts and --rate out."
        )
    told = origin_of_export(path)
    try:
        again, named = _again(path, told), _named(told)
        if told.get("per") not in ("object", "alert") or told.get("compared_with") is not None or not told["cuts"]:
            raise CallError(f"{path}: only survivors, claims and nights are made again, and this is another table.")
    except (KeyError, TypeError, ValueError, AttributeError):
        raise CallError(f"{path}: what it says of its origin is damaged.") from None
    if not options.names_a_night:
        options = replace(options, **named, settings=(*_settings(path, told), *options.settings))
    cuts = NO_CUTS if told["cuts"].get("stages") == [] else cuts_from_mapping(told["cuts"], str(path), kinds())
    limit = told.get("max_alerts")
    night = prepare(replace(options, cuts="none", max_alerts=limit if isinstance(limit, int) and limit > 0 else None))
    return again, replace(night, cuts=cuts, cuts_file=None)


def _again(path: Path, told: dict[str, Any]) -> MadeAgain:
    what: What = "night" if told["what"] == "night" else "claims" if told["what"] == "claims" else "survivors"
    claimed = tuple(str(claim["objectId"]) for claim in told["claims"]) if what == "claims" else None
    chosen = Chosen(what, told["per"] == "alert", claimed)
    return MadeAgain(path, chosen, tuple(map(str, told["columns"])), int(told["rows"]), str(told["sha256"]))


def _named(told: dict[str, Any]) -> dict[str, Any]:
    """Return the options that name the night."""
    date = str(told["date"]) if told["date"] is not None else None
    if told.get("recipe") is not None and not Path(str(told["source"])).exists():
        return {"date": str(told["recipe"]["date"]), "source": "simulated"}
    return {"date": date, "source": str(told["source"])}


def _settings(path: Path, told: dict[str, Any]) -> tuple[str, ...]:
    """Return the settings that make the same simulated night; raises `CallError` where this huntui makes another."""
    recipe = told.get("recipe")
    if recipe is None:
        return ()
    if recipe["release"] != RELEASE:
        raise CallError(
            f"{path}: is of a simulated night of release {recipe['release']}, and this huntui makes release {RELEASE}."
        )
    return f"simulate.count={int(recipe['count'])}", f"simulate.seed={int(recipe['seed'])}"
