"""`huntui score`: a score card of a hunt that is kept, and a leaderboard of cards that are counted again."""

import getpass
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import night_options_but
from huntui.cli.output import check_file
from huntui.cli.streams import note
from huntui.errors import CallError, CardError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.hunt.state import HuntState
    from huntui.opening.night import PreparedNight
    from huntui.session.card import Card, NightPart
    from huntui.session.memory import Memory
    from huntui.simulate.recipe import Recipe

_PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for besides a night."""

    player: str | None
    out: Path | None
    merge: Path | None
    as_json: bool
    overwrite: bool
    share: bool


@click.command()
@night_options_but("cuts", "max_alerts", "rate")
@click.argument("files", nargs=-1, metavar="[CARD.json]...", type=_PATH)
@click.option("--player", metavar="NAME", help="Whose card it is; the name of the system's user where nothing is said.")
@click.option("--out", metavar="FILE", type=_PATH, help="Where the card goes; score-DATE-HUNT-NAME.json by default.")
@click.option("--merge", metavar="FILE", type=_PATH, help="Write all cards that are not refused into one file.")
@click.option("--json", "as_json", is_flag=True, help="Print the leaderboard as one JSON object.")
@click.option(
    "--share", is_flag=True, help="Print the hunt in a few lines to share, without spoilers, and write no card."
)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there already.")
def score(night: NightOptions, files: tuple[Path, ...], **wanted: Any) -> None:
    """Write the score card of a hunt, or print the leaderboard of cards.

    Without files it writes a card of the hunt that is kept last in a night: each claim with the cuts it was made under.
    With files it counts each card again and prints a leaderboard for each hunt in each night. A simulated night is made
    again for that; a card is refused, and the exit code is 1, unless every claim comes through its cuts and every
    verdict and the score come out the same. A real night that is neither in data/DATE nor given by --source makes a
    card "not checked". Cards show what was right; a wrong claim that somebody dropped from a card they do not show.

    \b
    Examples:
      huntui score --date 20240707 --player Ada         a card, to hand in
      huntui score --date 20240707 --share              a few lines to show friends
      huntui score score-*.json                         the leaderboard of a class
      huntui score score-*.json --merge class.json      and one file with all of them, to be read like the others
    """
    asked = Wanted(**wanted)
    if files:
        given = {"--player": asked.player, "--out": asked.out, "--share": asked.share}
        _refuse_options(given, "about a card that is written: leave it out")
        if night.date is not None and night.source is None:
            raise CallError("--date says of which night --source is: give both, or the files of the cards alone.")
        _leaderboard(night, files, asked)
    else:
        _refuse_options({"--merge": asked.merge, "--json": asked.as_json}, "about cards: name their files")
        _write(night, asked)


def _refuse_options(given: Mapping[str, object], why: str) -> None:
    for option, value in given.items():
        if value:
            raise CallError(f"{option} is {why}.")


def _leaderboard(options: NightOptions, files: Sequence[Path], wanted: Wanted) -> None:
    from huntui.cli.board import Accepted, as_json, as_text
    from huntui.cli.recounting import judged
    from huntui.engine.card_file import write_cards
    from huntui.opening.scores import make_known

    if wanted.merge is not None:
        check_file(wanted.merge, f"--merge {wanted.merge}", wanted.overwrite)
    make_known()
    cards, refused = _read(files)
    accepted: list[Accepted] = []
    for outcome in judged(cards, options):
        if isinstance(outcome, Accepted):
            accepted.append(outcome)
        else:
            refused.append(outcome)
    for sentence in refused:
        note(f"refused: {sentence}")
    if text := as_json(accepted, refused) if wanted.as_json else as_text(accepted):
        click.echo(text)
    if wanted.merge is not None:
        write_cards(wanted.merge, [one.card for one in accepted], overwrite=wanted.overwrite)
        note(f"{_cards(len(accepted))} written to {wanted.merge}")
    if refused:
        verb = "is" if len(refused) == 1 else "are"
        raise WorkError(f"{_cards(len(refused))} {verb} refused, as said above.")


def _read(files: Sequence[Path]) -> "tuple[list[tuple[str, Card]], list[str]]":
    """Return every card once, with its file, and a sentence for each that is refused as it stands."""
    from huntui.engine.card_file import read_cards

    cards: dict[str, tuple[str, Card]] = {}
    refused = []
    for path in files:
        try:
            found = read_cards(path)
        except CardError as problem:
            refused.append(str(problem))
            continue
        for where, card in found:
            if isinstance(card, CardError):
                refused.append(str(card))
            else:
                cards.setdefault(card.digest, (where, card))
    return list(cards.values()), refused


def _write(options: NightOptions, wanted: Wanted) -> None:
    options.check()
    from huntui.cli.board import Accepted
    from huntui.engine.card_file import write_card
    from huntui.hunt.share import share_text
    from huntui.opening.night import prepare
    from huntui.session.card import player_name

    player = player_name(_user() if wanted.player is None else wanted.player)
    night = prepare(options)
    out = wanted.out or Path(f"score-{night.request.date or 'night'}-{night.hunt.name}-{_as_file_name(player)}.json")
    if not wanted.share:
        check_file(out, str(out), wanted.overwrite)
    card, state = _card(night, _kept(night), player)
    if wanted.share:
        click.echo(share_text(state, night.request.date, simulated=night.source.simulated))
        return
    write_card(out, dict(card.values), overwrite=wanted.overwrite)
    entry = Accepted(card, checked=True).entry
    counts = f"{entry.right:,} right, {entry.wrong:,} wrong"
    counts += f", {entry.hints:,} {'hint' if entry.hints == 1 else 'hints'}" if entry.hints else ""
    note(f"{entry.player}: {entry.score:,} points, {counts}; the card is written to {out}")


def _kept(night: "PreparedNight") -> "Memory":
    from huntui.session.store import Store

    store = Store.of_user()
    try:
        kept = store.newest(night.label)
        if kept is None:
            raise CallError(
                f"No hunt {night.hunt.name} is kept in this night: the screen keeps one as soon as something is "
                "changed in it; `huntui session list` shows those that are."
            )
        return store.memory(kept.number).of_hunt(night.hunt.names)
    finally:
        store.close()


def _card(night: "PreparedNight", memory: "Memory", player: str) -> "tuple[Card, HuntState]":
    """Return the card of a hunt, counted as whoever checks it will count it, and how the hunt stands."""
    from huntui.cli.recounting import hunt_part, read_night, simulated, whole
    from huntui.engine.recount import Recount
    from huntui.hunt.claims import Claims
    from huntui.hunt.score import hunt_state
    from huntui.hunt.verdict import judge
    from huntui.session.card import NightPart, card_from_plain, card_to_plain

    recipe = _recipe(night)
    all_of_it = whole(night) if recipe is None else simulated(night, recipe)
    hunt = night.hunt

    def use(engine: Any, view: Any) -> "tuple[Card, HuntState]":
        if engine.latest.night.simulated and recipe is None:
            # An archive may tell only when it is read that it is of a simulated night.
            raise _cannot_be_made_again(night)
        truths = all_of_it.source.truth(sorted({object_id for object_id, _ in memory.tried}))
        claims = Claims(hunt.names, memory.now.standing, memory.tried)
        verdicts = memory.now.settled.beside(judge(hunt, memory.tried, truths))
        state = hunt_state(hunt, claims, verdicts, hints=memory.hints)
        part = _night_part(NightPart, night, recipe, engine.latest.night.alerts)
        values = card_to_plain(player, hunt_part(night.config.hunt, hunt), part, memory, state)
        card = card_from_plain(values, "the card")
        if mistake := Recount(view, all_of_it.source.truth).mistake(card, hunt):
            raise WorkError(f"A card of this hunt would be refused: {mistake}")
        return card, state

    return read_night(all_of_it, use)


def _recipe(night: "PreparedNight") -> "Recipe | None":
    """Return what the night was made from, None of a real one; raises `WorkError` where it cannot be made again."""
    if not night.source.simulated:
        return None
    from huntui.simulate.recipe import RELEASE
    from huntui.sources.made import recipe_of

    recipe = recipe_of(night.source)
    if recipe is None or recipe.release != RELEASE:
        raise _cannot_be_made_again(night)
    return recipe


def _cannot_be_made_again(night: "PreparedNight") -> WorkError:
    return WorkError(
        f"{night.source.title}: this simulated night does not say how it can be made again, so that nobody could check "
        "a card of it; write it anew by `huntui simulate`, as a folder."
    )


def _night_part(of: "type[NightPart]", night: "PreparedNight", recipe: "Recipe | None", alerts: int) -> "NightPart":
    if recipe is None:
        return of(date=night.request.date, simulated=False, seed=None, alerts=alerts, generator=None)
    return of(date=recipe.date, simulated=True, seed=recipe.seed, alerts=recipe.count, generator=recipe.release)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "player"


def _as_file_name(player: str) -> str:
    """Return a name as part of a file's, without anything that a shell or a file system reads as more than a letter."""
    return re.sub(r"[^\w-]+", "-", player).strip("-")[:40] or "player"


def _cards(number: int) -> str:
    return "1 score card" if number == 1 else f"{number:,} score cards"
