"""Drawings and cutouts as PNG files."""

import io
from collections.abc import Mapping
from typing import Any

import numpy as np

from huntui.exports.figures.drawing import Disc, Drawing, Greys, Place, Raster, Shape, Stroke, Words
from huntui.exports.words import shown

SCALE = 2
"""Pixels of a file for each unit of a drawing."""
_FINER = 2
"""How many times finer it is drawn before it is made smaller, which smooths its edges."""
_DASH, _GAP = 4.0, 3.0
_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def as_png(drawing: Drawing, metadata: Mapping[str, str] | None = None) -> bytes:
    """Return a drawing as a PNG file of `SCALE` pixels for each of its units; `metadata` is text that is not shown."""
    from PIL import Image, ImageDraw

    finer = SCALE * _FINER
    size = round(drawing.width), round(drawing.height)
    image = Image.new("RGB", (size[0] * finer, size[1] * finer), "white")
    pen = ImageDraw.Draw(image)
    for mark in drawing.marks:
        if isinstance(mark, Raster):
            side = round(mark.side * finer)
            pixels = Image.fromarray(mark.greys).resize((side, side), Image.Resampling.NEAREST)
            image.paste(
                pixels.getchannel(0),
                (round(mark.corner[0] * finer), round(mark.corner[1] * finer)),
                pixels.getchannel(1),
            )
        else:
            _draw(pen, mark, finer)
    return _encoded(image.resize((size[0] * SCALE, size[1] * SCALE), Image.Resampling.LANCZOS), metadata)


def greys_as_png(greys: Greys) -> bytes:
    """Return an image as a PNG file, pixel by pixel."""
    from PIL import Image

    whole = bool((greys[..., 1] == 255).all())
    return _encoded(Image.fromarray(np.ascontiguousarray(greys[..., 0]) if whole else greys))


def _encoded(image: Any, metadata: Mapping[str, str] | None = None) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    told, file = PngInfo(), io.BytesIO()
    for key, text in (metadata or {}).items():
        told.add_itxt(key, text)
    image.save(file, "PNG", pnginfo=told)
    return file.getvalue()


def _draw(pen: Any, mark: Stroke | Disc | Shape | Words, scale: int) -> None:
    def at(place: Place) -> Place:
        return place[0] * scale, place[1] * scale

    if isinstance(mark, Stroke):
        for start, end in _dashes(mark) if mark.dashed else [(mark.start, mark.end)]:
            pen.line([at(start), at(end)], mark.colour, max(1, round(mark.width * scale)))
    elif isinstance(mark, Disc):
        (x, y), radius = at(mark.centre), mark.radius * scale
        box = (x - radius, y - radius, x + radius, y + radius)
        pen.ellipse(box, mark.colour if mark.filled else "white", mark.colour, round(1.2 * scale))
    elif isinstance(mark, Shape):
        corners = [at(corner) for corner in mark.corners]
        pen.polygon(corners, mark.colour if mark.filled else "white", mark.colour, round(1.2 * scale))
    else:
        from PIL import ImageFont

        font = ImageFont.load_default(mark.size * scale)
        pen.text(at(mark.at), shown(mark.text), mark.colour, font, _ANCHORS[mark.anchor])


def _dashes(mark: Stroke) -> list[tuple[Place, Place]]:
    (x1, y1), (x2, y2) = mark.start, mark.end
    length = float(np.hypot(x2 - x1, y2 - y1))
    parts = []
    for begin in np.arange(0.0, length, _DASH + _GAP).tolist():
        first, last = begin / length, min(begin + _DASH, length) / length
        parts.append(((x1 + first * (x2 - x1), y1 + first * (y2 - y1)), (x1 + last * (x2 - x1), y1 + last * (y2 - y1))))
    return parts
