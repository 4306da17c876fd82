"""Writes the pages of this folder that follow from the code; `--check` only tells whether they still fit.

Each page is one function that returns its text, and one entry in `PAGES`.
"""

import re
import runpy
import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from pathlib import Path
from string import Template
from typing import Any

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs"
BANNER = "<!-- Written by docs/generate.py from the code. Change it there, then run `make docs`. -->\n"


def cli() -> str:
    """Return the page of the command line."""
    from huntui.cli.main import COMMANDS, huntui

    context = huntui.make_context("huntui", [], resilient_parsing=True)
    pages = [("huntui", huntui.get_help(context))]
    for name in sorted(COMMANDS):
        command = huntui.get_command(context, name)
        assert command is not None
        inner = command.make_context(name, [], context, resilient_parsing=True)
        pages.append((f"huntui {name}", command.get_help(inner)))
        pages += [
            (f"huntui {name} {part}", below.get_help(below.make_context(part, [], inner, resilient_parsing=True)))
            for part, below in sorted(getattr(command, "commands", {}).items())
        ]
    codes = table(
        ["exit code", "meaning"],
        [
            ["0", "done"],
            ["1", "the work failed"],
            ["2", "the call was wrong: an option, a file, an expression"],
            ["130", "interrupted by Ctrl-C"],
        ],
    )
    blocks = "\n\n".join(f"## {name}\n\n```text\n{text}\n```" for name, text in pages)
    return f"# The command line\n\n{blocks}\n\n## Exit codes\n\n{codes}"


def near_misses() -> str:
    """Return the page of the near misses, from what the module says of itself."""
    from huntui.funnel import misses

    _, *definition = (misses.__doc__ or "").strip().split("\n\n")
    return (
        "# Near misses\n\n"
        "The rejected alerts, sorted by how little they failed: `m` on the screen lists them, and so does "
        "`huntui explain --near-misses N`; of each object its nearest alert, and of equally near ones the lower "
        "`candid` first. With each stands by how much every stage that rejects it does so, in the units of the "
        "column, and the smallest turn of knobs that would let it in. What follows defines the margin that they are "
        "sorted by.\n\n" + "\n\n".join(definition)
    )


def columns() -> str:
    """Return the page of the columns that come straight from a packet."""
    from huntui.columns import PACKET
    from huntui.exports.choice import DEFAULT_COLUMNS

    rows = [[code(c.name), c.kind, c.unit, c.meaning] for c in PACKET.values()]
    return (
        "# Columns of a packet\n\n"
        "A cut may read each of these and every [feature](features.md). The survey's own -999 means “no match” and is "
        "a number; a missing value is a null, and makes a comparison unknown.\n\n"
        f"An export has these columns unless others are asked for: {', '.join(map(code, DEFAULT_COLUMNS))}.\n\n"
        + table(["column", "kind", "unit", "meaning"], rows)
    )


def features() -> str:
    """Return the page of the features."""
    from huntui.features.registry import FAMILIES, families
    from huntui.scores import SHIPPED

    sections = []
    for name, family in zip(FAMILIES, families(), strict=True):
        rows = [[code(c.name), c.unit, c.meaning, c.source] for c in family.columns]
        sections.append(f"## {name.capitalize()}\n\n{table(['feature', 'unit', 'meaning', 'source'], rows)}")
    rows = [[code(c.name), c.unit, c.meaning, c.source] for c in SHIPPED]
    sections.append(
        "## Scores of models\n\nEach [model](models.md) adds its score as a column; these are known before anybody has "
        f"their weights.\n\n{table(['score', 'unit', 'meaning', 'source'], rows)}"
    )
    return (
        "# Features\n\n"
        "Columns that are computed from each alert and its own packet's history; nothing later leaks in. A feature is "
        "null where there is too little to say.\n\n"
        "Those of *motion* alone come from the other alerts of the night: they are null until the night has been "
        "looked over, which happens now and then while it grows, and at its end. In a night that is replayed they "
        "say from the first moment what the whole night told: an alert may have a partner that was taken later.\n\n"
        + "\n\n".join(sections)
    )


MISTAKES = (
    "dbr >= 0.65",
    "drb = 0.65",
    "drb > 0.5 & fid == 1",
    "drb >= 0.65 and isdiffpos == 1",
    "abs(drb, 1) > 0",
    "drb + 0.5",
)
"""What the page of the language shows to be wrong, with the error that each ends in."""


def language() -> str:
    """Return the page of the language of cuts: what can be written, and what it means."""
    from huntui.columns import PACKET
    from huntui.features.registry import features
    from huntui.funnel.cuts import MAX_STAGES
    from huntui.funnel.language.functions import FUNCTIONS
    from huntui.funnel.language.parse import MAX_DEPTH, MAX_LENGTH

    functions = [[code(f.signature), f.meaning, f.nulls, code(f.example)] for f in FUNCTIONS.values()]
    distances = [column for column in PACKET.values() if column.unit == "arcsec" or column.name == "distnr"]
    units = {unit: ", ".join(code(c.name) for c in distances if c.unit == unit) for unit in ("arcsec", "pixel")}
    return Template((ROOT / "docs" / "language.txt").read_text(encoding="utf-8")).substitute(
        names=len(PACKET) + len(features()),
        columns=len(PACKET),
        features=len(features()),
        length=f"{MAX_LENGTH:,}",
        depth=MAX_DEPTH,
        stages=MAX_STAGES,
        truth_table=truth_table(),
        functions=table(["function", "gives", "missing values", "example"], functions),
        mistakes=table(["written", "error"], [[code(text), mistake(text)] for text in MISTAKES]),
        **units,
    )


def mistake(text: str) -> str:
    """Return the error that an expression ends in."""
    from huntui.errors import ExpressionError
    from huntui.features.registry import kinds
    from huntui.funnel.language.expression import compile_expression

    try:
        compile_expression(text, kinds())
    except ExpressionError as error:
        return str(error)
    raise AssertionError(f"{text} is no mistake")


class Answers:
    """Each pair of true, unknown and false, as a table that the language reads; NaN is unknown."""

    def column(self, name: str) -> Any:
        """Return the first or the second of each pair."""
        import numpy as np

        values = [1.0, np.nan, 0.0]
        return np.repeat(values, 3) if name == "a" else np.tile(values, 3)

    def text_code(self, _text: str) -> int:
        """Return the code of a text that never occurred."""
        return -2


def truth_table() -> str:
    """Return what the language itself makes of true, unknown and false."""
    from huntui.funnel.language.expression import compile_expression

    lines = {}
    for text in ("a", "b", "a and b", "a or b", "not a"):
        answer = compile_expression(text, {"a": "logical", "b": "logical"}).evaluate(Answers(), 0, 9)
        lines[code(text)] = ["unknown" if u else "true" if y else "false" for y, u in zip(*answer, strict=True)]
    return table(list(lines), zip(*lines.values(), strict=True))


def keys() -> str:
    """Return the page of the keys, from the table of actions."""
    from huntui.actions import MOUSE, PANELS, actions_of, shown_key

    sections = []
    for panel, title in ((panel, title) for panel, title in PANELS.items() if actions_of(panel)):
        rows = [[" ".join(code(shown_key(key)) for key in a.keys), a.help, code(a.id)] for a in actions_of(panel)]
        sections.append(f"## {title}\n\n{table(['keys', 'what they do', 'action'], rows)}")
    return (
        "# Keys\n\n"
        "Another key for an action: name the action under `keys` in [config.yaml](config.md), as in "
        "`keys: {export: Y}`.\n\n" + "\n\n".join(sections) + "\n\n"
        "## The mouse\n\nEverything has a key; the mouse is for whoever likes it.\n\n"
        f"{table(['where', 'what it does'], MOUSE)}"
    )


def config() -> str:
    """Return the page of the configuration, from the comments of config.yaml."""
    rows = [[code(path), code(default), " ".join(comment.split())] for path, comment, default in configuration_keys()]
    return (
        "# Configuration\n\n"
        "The later wins: the defaults, `./config.yaml`, `--config FILE`, `--set KEY=VALUE`, and options such as "
        "`--cuts`. `huntui init` puts a `config.yaml` with all of this into the current directory. In "
        "`--set a.b=value`, `a` is a stage of the funnel and `b` its knob (or `enabled`); where there is no such "
        "stage, `a` is a section and the rest is one key, as in `--set kafka.bootstrap.servers=broker:9092`.\n\n"
        + table(["key", "default", "meaning"], rows)
    )


HUNT_FILES = """`huntui --hunt NAME` chooses one. A hunt is a YAML file of `name`, `about` and `treasures`, and \
`huntui hunts check FILE` says what is wrong in one of your own. A treasure has

- `name`, `title`, `about`: what it is, for a student; `beware`: what imitates it
- `looks_like`: a condition over [columns](columns.md) and [features](features.md); it suggests, and never claims
- `starter`: stages, or the name of cuts, to begin with; Enter in the checklist puts them in force, Enter again yours
- `confirmed_by`: a condition over what is true of an object, which only a simulated night knows; on \
a real one the player settles each claim in the list of all claims (`C`)
- `points` and `goal`: what a confirmed claim brings, for so many objects; a refuted one costs as much
- `hints`: sentences that lead a beginner to it, from gentle to plain; each that is opened costs a tenth of `points`
  times `goal`, all of one treasure together at most half ([what hints cost](score-cards.md))
- `confirm`: links to look an object up, with `{objectId}`, `{ra}` and `{dec}` filled in

A hunt may have `sets` as well, each of a `name`, a `title`, the names of two or more `treasures`, and `points`: they
come on top of the score, once, when the goal of each of these treasures is confirmed."""
"""What the page says of all hunts."""


def hunts() -> str:
    """Return the page of the hunts and cuts that come with huntui."""
    sections = ["# Hunts and cuts that come with huntui", "## Hunts", HUNT_FILES]
    for path in sorted((ROOT / "hunts").glob("*.yaml")):
        sections.append(hunt_section(path))
    sections.append("## Cuts")
    for path in sorted((ROOT / "cuts").glob("*.yaml")):
        sections.append(cuts_section(path))
    return "\n\n".join(sections)


def hunt_section(path: Path) -> str:
    """Return a hunt as a heading and a table of its treasures."""
    from huntui import truth
    from huntui.features.registry import kinds
    from huntui.hunt.hunt import load_hunt

    hunt = load_hunt(path, kinds(), truth.kinds())
    rows = [
        [code(t.name), f"{t.title}. {t.about}", code(t.looks_like.text), str(t.points), str(t.goal), t.beware]
        for t in hunt.treasures
    ]
    head = ["treasure", "what it is", "looks like", "points", "goal", "beware"]
    parts = [f"### {hunt.name}", hunt.about, table(head, rows)]
    if hunt.sets:
        sets = [[code(s.name), s.title, ", ".join(map(code, s.treasures)), str(s.points)] for s in hunt.sets]
        parts.append(table(["set", "what belongs together", "treasures", "points"], sets))
    return "\n\n".join(parts)


def cuts_section(path: Path) -> str:
    """Return cuts as a heading, what the file says of them at its beginning, and a table of their stages."""
    from huntui.features.registry import kinds
    from huntui.funnel.cuts_file import load_cuts

    cuts = load_cuts(path, kinds())
    rows = [
        [
            code(stage.name),
            stage.title if stage.enabled else f"{stage.title} (switched off)",
            code(" ".join(stage.keep.split())),
            ", ".join(f"{code(name)} {knob.value:g}" for name, knob in stage.knobs.items()),
            stage.missing,
        ]
        for stage in cuts.stages
    ]
    origin = f"Source: {cuts.source}, version: {cuts.version}."
    stages = table(["stage", "title", "keep", "knobs", "missing"], rows)
    return "\n\n".join([f"### {path.stem}", cuts.about, origin, *opening_comment(path), stages])


def opening_comment(path: Path) -> list[str]:
    """Return the paragraphs of the comment that a file begins with."""
    comment = takewhile(lambda line: line.startswith("#"), path.read_text().splitlines())
    lines = "\n".join(line.removeprefix("#").strip() for line in comment)
    return [" ".join(paragraph.split()) for paragraph in lines.split("\n\n")]


def configuration_keys() -> list[tuple[str, str, str]]:
    """Return key, comment above it and default of every key of config.yaml, in its order.

    Pages are no keys but names, to which everybody may add.
    """
    keys: list[tuple[str, str, str]] = []
    section, comment = "", list[str]()
    for line in (ROOT / "config.yaml").read_text().splitlines():
        found = re.match(r"(?P<indent> *)(?P<key>[\w.]+):\s*(?P<value>.*)", line)
        if found and not (section == "pages" and found["indent"]):
            if not found["indent"]:
                section = found["key"]
            path = f"{section}.{found['key']}" if found["indent"] else section
            keys.append((path, " ".join(comment), found["value"]))
        if line.lstrip().startswith("#"):
            comment.append(line.lstrip("# "))
        else:
            comment = []
    return keys


def score_cards() -> str:
    """Return the page of score cards, from what the modules say of themselves."""
    from huntui.engine import recount
    from huntui.hunt import hints, score
    from huntui.session import card

    def said(module: Any) -> str:
        return "\n\n".join((module.__doc__ or "").strip().split("\n\n")[1:])

    return (
        "# Score cards\n\n"
        "`huntui score --date 20240707 --player Ada` writes the score card of the hunt that is kept last in a night, "
        "and `huntui score *.json` counts cards again and prints the leaderboard, as JSON with `--json`. Everybody who "
        "asks for no other seed or count hunts the same simulated night of a date.\n\n"
        f"## What claims are worth\n\n{said(score)}\n\n"
        "## What hints cost\n\nEach hint that is opened takes a tenth of what its treasure can bring, and all hints of "
        f"one treasure together never take more than half of it. {said(hints)}\n\n"
        f"## What a card holds\n\n{said(card)}\n\n"
        "## How a card is checked\n\n"
        "The digest must fit, the hunt must be the one here (or that of `--hunt`), and a simulated night must be of "
        "the release that this huntui makes. Then the night is made again, from date, seed and count, and each claimed "
        "object must come through the cuts of its claim, each verdict and the score must come out the same. A real "
        "night is looked for in `data/` and in `--source`; there the verdicts are the player's own. Where it is not at "
        "hand the card is listed as not checked.\n\n"
        f"{said(recount)}"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def code(text: str) -> str:
    """Return text as Markdown code; nothing for nothing."""
    return f"`{text}`" if text else ""


def python() -> str:
    """Return the page of Python."""
    page: str = runpy.run_path(str(ROOT / "docs" / "python_page.py"))["page"]()
    return page


PAGES: dict[str, Callable[[], str]] = {
    "cli.md": cli,
    "columns.md": columns,
    "features.md": features,
    "language.md": language,
    "near-misses.md": near_misses,
    "score-cards.md": score_cards,
    "keys.md": keys,
    "config.md": config,
    "hunts.md": hunts,
    "python.md": python,
    "scale.md": lambda: str(runpy.run_path(str(ROOT / "docs" / "scale.py"))["page"]()),
}
"""Every generated page and what writes it."""


def stale() -> list[str]:
    """Return the names of the pages that do not say what the code says."""
    return [name for name, text in pages().items() if not (FOLDER / name).is_file() or read(name) != text]


def pages() -> dict[str, str]:
    """Return every page as it should be."""
    return {name: f"{BANNER}\n{page().rstrip()}\n" for name, page in PAGES.items()}


def read(name: str) -> str:
    """Return a page as it is."""
    return (FOLDER / name).read_text(encoding="utf-8")


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or with `--check` tell which are stale."""
    old = stale()
    if list(arguments) == ["--check"]:
        for name in old:
            print(f"docs/{name} is stale: run `make docs`.")
        return int(bool(old))
    for name, text in pages().items():
        if name in old:
            (FOLDER / name).write_text(text, encoding="utf-8")
            print(f"docs/{name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
