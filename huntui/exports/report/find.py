"""One find of a report: what it is claimed as, its light curve, cutouts, values and pages elsewhere."""

from base64 import b64encode

from huntui.columns import Column
from huntui.exports.figures.cutouts import Picture
from huntui.exports.figures.png import greys_as_png
from huntui.exports.figures.svg import as_svg
from huntui.exports.report.content import ClaimLine, Find
from huntui.exports.report.markup import Markup, joined, tag
from huntui.exports.table import Value

_LINK = "https://"
_LONGEST_VALUE = 200


def find_part(find: Find, number: int, *, simulated: bool) -> Markup:
    """Return it as an element; `number` is its place in the report, from 1."""
    return tag(
        "article",
        _head(find, number, simulated=simulated),
        _place(find),
        tag("p", tag("strong", "Note: "), find.note) if find.note else None,
        tag("p", f"Looks like: {', '.join(find.looks_like)}.") if find.looks_like else None,
        tag("p", f"The cuts in force reject it: {', '.join(find.lost_at)}.", class_="refuted")
        if find.lost_at
        else None,
        tag(
            "div",
            Markup(as_svg(find.curve)) if find.curve else tag("p", "No point of its light curve can be drawn."),
            tag("div", *map(_picture, find.pictures), class_="cutouts"),
            class_="pictures",
        ),
        tag("dl", *(_value(column, value) for column, value in find.values), class_="values"),
        _links(find),
        class_="find",
        id=f"find-{number}",
    )


def _head(find: Find, number: int, *, simulated: bool) -> Markup:
    return tag(
        "header",
        tag("h3", f"{number}. {'★ ' if find.starred else ''}{find.object_id}"),
        *map(_claim, find.claims),
        tag("span", "hidden by the player", class_="quiet") if find.hidden else None,
        tag("span", "SIMULATED", class_="claim refuted") if simulated else None,
    )


def _claim(claim: ClaimLine) -> Markup:
    points = f", {claim.points:+,}".replace("-", "−") if claim.points else ""
    back = "" if claim.stands else ", taken back"
    verdict = claim.verdict if claim.verdict in ("open", "confirmed", "refuted") else "open"
    reason = f" ({claim.reason})" if claim.reason else ""
    return tag("span", f"{claim.treasure}: {claim.verdict}{points}{back}{reason}", class_=f"claim {verdict}")


def _place(find: Find) -> Markup:
    if find.ra is None or find.dec is None:
        place = "Its place is not known"
    else:
        place = f"{find.where} (RA {find.ra:.6f}°, Dec {find.dec:+.6f}°, J2000)"
    return tag("p", f"{place}; alert {find.candid}{f' of {find.taken}' if find.taken else ''}.")


def _picture(picture: Picture) -> Markup:
    if picture.greys is None:
        inside = tag("div", f"no image: {picture.missing}", class_="missing")
    else:
        data = b64encode(greys_as_png(picture.greys)).decode("ascii")
        inside = tag("img", src=f"data:image/png;base64,{data}", alt=f"{picture.name} image, north up, east left")
    return tag("figure", inside, tag("figcaption", picture.name))


def _value(column: Column, value: Value) -> Markup:
    unit = f" {column.unit}" if column.unit and value is not None else ""
    return tag("div", tag("dt", column.name, title=column.meaning), tag("dd", f"{_written(value, column)}{unit}"))


def _written(value: Value, column: Column) -> str:
    """Return a value as a person reads it; a float32 has seven digits that mean something."""
    if value is None or value != value:
        return "–"
    if isinstance(value, float):
        return f"{value:.7g}" if column.kind == "f4" else f"{value:.12g}"
    return str(value)[:_LONGEST_VALUE]


def _links(find: Find) -> Markup | None:
    if find.links is None:
        return None
    # Whatever a configuration says: nothing but a page can be opened from here.
    links = [
        joined(" · " if k else "", tag("a", name, href=address, rel="noreferrer noopener"))
        for k, (name, address) in enumerate(find.links.items())
        if address.startswith(_LINK)
    ]
    return tag("p", *links, class_="elsewhere") if links else None
