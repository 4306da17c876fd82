"""Text of others as a file may show it."""


def shown(text: str) -> str:
    """Return text without control characters, marks that turn its direction, and lone surrogates."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def invented(simulated: bool, partly: bool) -> str:
    """Return what must be said of invented objects in a file: of all, of some where it is `partly` real, or nothing."""
    if not simulated:
        return ""
    return f"SIMULATED: {'some objects in this file are' if partly else 'every object in this file is'} invented"
