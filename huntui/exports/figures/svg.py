"""A drawing as SVG 1.1; it names no font, style sheet or script that would be asked for."""

from base64 import b64encode
from html import escape

from huntui.exports.figures.drawing import Disc, Drawing, Mark, Place, Raster, Shape, Stroke
from huntui.exports.figures.png import greys_as_png
from huntui.exports.words import shown


def as_svg(drawing: Drawing, metadata: str = "") -> str:
    """Return the element, which stands in a page or alone in a file as it is; `metadata` is text that is not shown."""
    hidden = f"<metadata>{escape(metadata)}</metadata>" if metadata else ""
    size = f"{drawing.width:g} {drawing.height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" role="img" font-family="sans-serif">'
        f"<title>{escape(shown(drawing.title))}</title>{hidden}{''.join(map(_mark, drawing.marks))}</svg>"
    )


def _mark(mark: Mark) -> str:
    if isinstance(mark, Stroke):
        (x1, y1), (x2, y2) = _round(mark.start), _round(mark.end)
        dashes = ' stroke-dasharray="4 3"' if mark.dashed else ""
        return (
            f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{mark.colour}" '
            f'stroke-width="{mark.width:g}"{dashes}/>'
        )
    if isinstance(mark, Disc):
        x, y = _round(mark.centre)
        return f'<circle cx="{x}" cy="{y}" r="{mark.radius:g}" {_paint(mark)}/>'
    if isinstance(mark, Shape):
        corners = " ".join(",".join(_round(corner)) for corner in mark.corners)
        return f'<polygon points="{corners}" {_paint(mark)}/>'
    if isinstance(mark, Raster):
        x, y = _round(mark.corner)
        data = b64encode(greys_as_png(mark.greys)).decode("ascii")
        return (
            f'<image x="{x}" y="{y}" width="{mark.side:g}" height="{mark.side:g}" image-rendering="pixelated" '
            f'href="data:image/png;base64,{data}"/>'
        )
    x, y = _round(mark.at)
    words = escape(shown(mark.text))
    look = f'fill="{mark.colour}" font-size="{mark.size:g}" text-anchor="{mark.anchor}"'
    return f'<text x="{x}" y="{y}" {look}>{words}</text>'


def _round(place: Place) -> tuple[str, str]:
    return f"{place[0]:.1f}", f"{place[1]:.1f}"


def _paint(mark: Disc | Shape) -> str:
    return f'fill="{mark.colour if mark.filled else "white"}" stroke="{mark.colour}" stroke-width="1.2"'
