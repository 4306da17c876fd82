"""HTML that is made from parts, in which every text is escaped unless it was made here."""

from html import escape

from huntui.exports.words import shown


class Markup(str):
    """HTML, which is not escaped again."""

    __slots__ = ()


Part = str | Markup | None
_VOID = frozenset({"meta", "img", "link", "br"})


def tag(name: str, /, *parts: Part, **attributes: str) -> Markup:
    """Return an element; an attribute is written without a `_` at its end, and with `-` for one inside."""
    told = "".join(f' {_name(key)}="{escape(shown(value))}"' for key, value in attributes.items())
    start = f"<{name}{told}>"
    return Markup(start if name in _VOID else f"{start}{joined(*parts)}</{name}>")


def joined(*parts: Part) -> Markup:
    """Return parts one after the other; None is nothing."""
    return Markup("".join(_escaped(part) for part in parts if part is not None))


def lines(text: str) -> Markup:
    """Return text with its lines kept apart, for an element that shows them so."""
    return Markup("\n".join(_escaped(line) for line in text.split("\n")))


def _escaped(part: str) -> str:
    return part if isinstance(part, Markup) else escape(shown(part))


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")
