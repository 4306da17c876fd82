"""Text of others as a file may show it."""


def shown(text: str) -> str:
    """Return text without control characters, marks that turn its direction, and lone surrogates."""
    return "".join(letter if letter.isprintable() else " " for letter in text)
