"""A place on the sky in words."""


def in_degrees(ra: float, dec: float) -> str:
    """Write right ascension and declination in degrees, to a hundredth of an arcsecond or better."""
    return f"{ra:.6f} {dec:+.6f}"


def sexagesimal(ra: float, dec: float) -> str:
    """Write them in hours and degrees, to a tenth of an arcsecond or better: `17:12:29.64 +12:20:44.4`."""
    hours = _parts(round(ra % 360 / 15 * 360_000) % (24 * 360_000), 100)
    sign = "-" if dec < 0 else "+"
    return f"{hours} {sign}{_parts(round(abs(dec) * 36_000), 10)}"


def _parts(smallest: int, per_second: int) -> str:
    """Write a whole number of hundredths or tenths of seconds, so that no 60 is ever written."""
    seconds, rest = divmod(smallest, per_second)
    minutes, second = divmod(seconds, 60)
    first, minute = divmod(minutes, 60)
    return f"{first:02}:{minute:02}:{second:02}.{rest:0{len(str(per_second)) - 1}}"
