"""Draws the objects of each class: brightness, colour, time scale and surroundings, as they are found on one night.

Each function takes a random generator, how many objects to draw and the Julian date at which the night begins, and
returns their parameters. Ranges are those of a magnitude-limited survey with a limit of about 20.5; absolute
magnitudes, colours and time scales are typical textbook values, the spreads are estimates.
"""

import numpy as np

from huntui.simulate.arrays import where
from huntui.simulate.curves import BURST_INDEX, BURSTS, SHAPE_INDEX, Family, Parameters
from huntui.simulate.draws import Floats

_FAINTEST_PEAK, _BRIGHTEST_HOST = 20.7, 13.5
_YOUNG_SHARE, _YOUNG_DAYS = 0.05, 7.0
_HUBBLE_MPC = 299792.458 / 70.0
NO_HOST = 99.0


def _parameters(count: int, family: Family, **fields: object) -> Parameters:
    """Return parameters with what most objects have where a field is not given."""
    usual: dict[str, object] = {
        "family": family,
        "shape": 0,
        "t0": 0.0,
        "mag": 20.0,
        "color": 0.0,
        "scale": 1.0,
        "amplitude": 1.0,
        "offset": 0.0,
        "host": NO_HOST,
        "redshift": np.nan,
        "speed": np.nan,
        "visit": -1,
    }
    values = {**usual, **fields}
    kinds = [np.int64 if name in ("family", "shape", "visit") else np.float64 for name in Parameters._fields]
    return Parameters._make(
        np.broadcast_to(np.asarray(values[name], kind), count).copy()
        for name, kind in zip(Parameters._fields, kinds, strict=True)
    )


def _uniform_in_space(rng: np.random.Generator, count: int, faintest: float, brightest: float) -> Floats:
    """Magnitudes of equal candles spread evenly in space: the number grows as 10^(0.6 m)."""
    least = 10.0 ** (0.6 * (brightest - faintest))
    mag: Floats = faintest + np.log10(rng.uniform(least, 1.0, count)) / 0.6
    return mag


def _explosion(
    rng: np.random.Generator,
    count: int,
    night: float,
    name: str,
    absolute: tuple[float, float],
    host_absolute: tuple[float, float],
    visible_days: float,
    stretch: tuple[float, float],
    reddening: float = 0.12,
) -> Parameters:
    """Explosions of a kind, at any phase; a few per cent are near ones of the last week, which are rarer in truth."""
    begin, young = BURSTS[name].phase[0], rng.random(count) < _YOUNG_SHARE
    mag = _uniform_in_space(rng, count, _FAINTEST_PEAK, 14.5)
    mag = np.where(young, np.minimum(mag, _uniform_in_space(rng, count, 18.0, 14.5)), mag)
    modulus = mag - rng.normal(*absolute, count)
    redshift = 10.0 ** ((modulus - 25.0) / 5.0) / _HUBBLE_MPC
    scale = rng.uniform(*stretch, count) * (1.0 + redshift)
    phase = begin + rng.uniform(0.0, 1.0, count) * np.where(young, _YOUNG_DAYS, visible_days - begin)
    return _parameters(
        count,
        Family.BURST,
        shape=BURST_INDEX[name],
        t0=night - phase * scale,
        mag=mag,
        color=np.abs(rng.normal(0.0, reddening, count)) + 0.3 * np.minimum(redshift, 0.5),
        scale=scale,
        host=np.maximum(modulus + rng.normal(*host_absolute, count), _BRIGHTEST_HOST),
        redshift=redshift,
    )


def supernova_ia(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Supernovae Ia: M_r −19.2, hosts of all brightnesses."""
    return _explosion(rng, count, night, "supernova Ia", (-19.2, 0.3), (-20.3, 1.2), 80.0, (0.85, 1.15))


def supernova_ii(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Supernovae II: M_r −17 ± 0.8."""
    return _explosion(rng, count, night, "supernova II", (-17.0, 0.8), (-19.8, 1.2), 130.0, (0.8, 1.15), 0.2)


def supernova_ibc(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Supernovae Ib and Ic: M_r −17.6 ± 0.6."""
    return _explosion(rng, count, night, "supernova Ibc", (-17.6, 0.6), (-20.0, 1.2), 50.0, (0.8, 1.3), 0.2)


def superluminous(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Superluminous supernovae: M −21.7 ± 0.6, in dwarf galaxies."""
    name = "superluminous supernova"
    return _explosion(rng, count, night, name, (-21.7, 0.6), (-17.5, 1.0), 120.0, (0.6, 1.3))


def tidal_disruption(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Tidal disruptions: M −19.5 ± 0.7, in the middle of galaxies."""
    return _explosion(rng, count, night, "tidal disruption", (-19.5, 0.7), (-20.6, 0.7), 150.0, (0.7, 1.5), 0.05)


def kilonova(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Kilonova-like transients: M −15.8 ± 0.4, so within about 200 Mpc, where hosts are bright."""
    return _explosion(rng, count, night, "kilonova-like", (-15.8, 0.4), (-20.5, 0.8), 2.5, (0.9, 1.3), 0.05)


def afterglow(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Afterglows of gamma-ray bursts, seen from minutes to a day or two after the burst; the host is too far to see."""
    days = 10.0 ** rng.uniform(-1.2, 0.3, count)
    redshift = rng.uniform(0.3, 2.5, count)
    mag = _uniform_in_space(rng, count, 18.5, 12.0)
    color = rng.normal(0.05, 0.08, count)
    return _parameters(
        count, Family.BURST, shape=BURST_INDEX["afterglow"], t0=night + 0.35 - days, mag=mag, color=color,
        redshift=redshift,
    )  # fmt: skip


def dwarf_nova(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Dwarf novae in outburst: two to six magnitudes above a quiescent star that may be too faint to be catalogued."""
    mag = 20.1 + np.log10(rng.uniform(10.0 ** (0.35 * (13.5 - 20.1)), 1.0, count)) / 0.35
    scale = rng.uniform(0.6, 1.8, count)
    t0 = night - rng.uniform(-2.2, 12.0, count) * scale
    host = mag + np.clip(rng.normal(3.0, 1.0, count), 2.0, 7.5)
    return _parameters(
        count, Family.BURST, shape=BURST_INDEX["dwarf nova"], t0=t0, mag=mag, scale=scale, host=host,
        color=rng.normal(0.0, 0.08, count),
    )  # fmt: skip


def nova(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Novae: ten magnitudes above quiescence, fading by two magnitudes in five to sixty days."""
    mag = rng.uniform(12.8, 17.5, count)
    scale = 10.0 ** rng.uniform(-0.3, 0.7, count)
    t0 = night - rng.uniform(-1.0, 40.0, count) * scale
    color = np.abs(rng.normal(0.1, 0.2, count))
    return _parameters(
        count, Family.BURST, shape=BURST_INDEX["nova"], t0=t0, mag=mag, scale=scale, color=color,
        host=mag + rng.uniform(7.0, 11.0, count),
    )  # fmt: skip


def microlensing(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Stars near the plane, magnified with an Einstein time of about 40 days (log-normal, 0.3 dex)."""
    scale = 40.0 * 10.0 ** rng.normal(0.0, 0.3, count)
    mag = rng.uniform(16.5, 20.0, count)
    return _parameters(
        count, Family.LENS, t0=night + rng.uniform(-0.7, 0.7, count) * scale, mag=mag, scale=scale,
        color=rng.normal(1.0, 0.3, count), amplitude=rng.uniform(0.05, 0.6, count), host=mag,
    )  # fmt: skip


def _walk(
    rng: np.random.Generator, count: int, mags: tuple[float, float], color: tuple[float, float],
    days: tuple[float, float], scatter: tuple[float, float],
) -> Parameters:  # fmt: skip
    mag = np.clip(mags[1] + np.log10(1.0 - rng.uniform(0.0, 0.999, count)) / 0.35, mags[0], mags[1])
    amplitude = np.exp(rng.uniform(np.log(scatter[0]), np.log(scatter[1]), count))
    return _parameters(
        count, Family.WALK, mag=mag, color=rng.normal(*color, count), scale=rng.uniform(*days, count),
        amplitude=amplitude, host=mag, offset=rng.normal(0.0, 0.4, count) * amplitude,
    )  # fmt: skip


def agn(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """AGN: a walk over hundreds of days (MacLeod et al. 2010, ApJ 721, 1014) with a scatter of 0.15 to 0.5 mag."""
    walk = _walk(rng, count, (16.5, 20.2), (0.2, 0.12), (100.0, 300.0), (0.15, 0.5))
    return walk._replace(redshift=rng.uniform(0.02, 1.8, count))


def blazar(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Blazars: a walk over days to weeks with a scatter of 0.3 to 0.9 mag."""
    walk = _walk(rng, count, (15.5, 19.3), (0.5, 0.1), (6.0, 30.0), (0.35, 0.9))
    return walk._replace(redshift=rng.uniform(0.03, 1.2, count))


def variable_star(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Faint stars that vary by a few tenths of a magnitude: spots, pulsation, blends of both."""
    periodic, walk = _faint_periodic(rng, count), _walk(rng, count, (14.5, 20.3), (0.9, 0.35), (1.0, 60.0), (0.1, 0.5))
    wanders = rng.random(count) < 0.3
    return where(wanders, walk, periodic)


def _faint_periodic(rng: np.random.Generator, count: int) -> Parameters:
    kinds = [SHAPE_INDEX[name] for name in ("sine", "contact", "detached", "RRab")]
    shape = rng.choice(kinds, count, p=[0.5, 0.3, 0.1, 0.1])
    mag = np.clip(20.2 + np.log10(1.0 - rng.uniform(0.0, 0.999, count)) / 0.35, 14.5, 20.2)
    is_sine = shape == SHAPE_INDEX["sine"]
    period = 10.0 ** np.where(is_sine, rng.uniform(-0.8, 1.6, count), rng.uniform(-0.6, 0.5, count))
    return _periodic(rng, count, shape, mag, (0.8, 0.35), period, 10.0 ** rng.uniform(-0.9, -0.05, count))


def _periodic(
    rng: np.random.Generator, count: int, shape: object, mag: Floats, color: tuple[float, float], period: Floats,
    amplitude: Floats,
) -> Parameters:  # fmt: skip
    return _parameters(
        count, Family.PERIODIC, shape=shape, t0=2458200.0 + rng.uniform(0.0, 1.0, count) * period, mag=mag, host=mag,
        color=rng.normal(*color, count), scale=period, amplitude=amplitude,
        offset=rng.normal(0.0, 0.12, count) * amplitude,
    )  # fmt: skip


def rr_lyrae(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """RR Lyrae: three in four of type ab (0.45 to 0.7 d, about 1 mag), the rest c (0.25 to 0.4 d, sine, half that)."""
    is_ab = rng.random(count) < 0.75
    period = np.where(is_ab, rng.normal(0.57, 0.07, count).clip(0.42, 0.85), rng.uniform(0.25, 0.41, count))
    amplitude = np.where(is_ab, rng.normal(0.95, 0.2, count), rng.normal(0.45, 0.08, count)).clip(0.3, 1.4)
    shape = np.where(is_ab, SHAPE_INDEX["RRab"], SHAPE_INDEX["sine"])
    return _periodic(rng, count, shape, rng.triangular(14.0, 17.8, 20.0, count), (0.2, 0.07), period, amplitude)


def eclipsing_binary(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Eclipsing binaries: half in contact (0.25 to 0.5 d), half detached (0.5 to 5 d), 0.25 to 0.9 mag deep."""
    in_contact = rng.random(count) < 0.5
    period = np.where(in_contact, rng.uniform(0.25, 0.5, count), 10.0 ** rng.uniform(-0.3, 0.7, count))
    shape = np.where(in_contact, SHAPE_INDEX["contact"], SHAPE_INDEX["detached"])
    mag = rng.triangular(13.8, 17.0, 19.0, count)
    return _periodic(rng, count, shape, mag, (0.6, 0.2), period, rng.uniform(0.25, 0.9, count))


def mira(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Miras and other long-period variables: 80 to 500 d, 1.5 to 5 mag, red."""
    period, mag = rng.uniform(80.0, 500.0, count), rng.triangular(13.6, 15.5, 18.5, count)
    return _periodic(rng, count, SHAPE_INDEX["Mira"], mag, (1.8, 0.4), period, rng.uniform(1.5, 5.0, count))


def young_star(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Young stellar objects: bursts and dips of a magnitude over days to months, red and near the plane."""
    return _walk(rng, count, (14.5, 19.5), (1.5, 0.3), (5.0, 60.0), (0.35, 1.1))


def flare(rng: np.random.Generator, count: int, night: float) -> Parameters:
    """Flares of red dwarfs: up to minutes before one of the night's exposures, e-folding in 10 to 40 minutes."""
    host = rng.uniform(17.5, 21.3, count)
    scale = rng.uniform(0.6, 2.0, count)
    t0 = night + rng.uniform(0.12, 0.5, count)
    return _parameters(
        count, Family.BURST, shape=BURST_INDEX["M-dwarf flare"], t0=t0, mag=host - rng.uniform(-1.0, 2.5, count),
        color=rng.normal(0.0, 0.1, count), scale=scale, host=host,
    )  # fmt: skip


def _mover(rng: np.random.Generator, count: int, mags: tuple[float, float], speed: Floats) -> Parameters:
    """Pairs of places: the even objects are where a body is at the first visit, the odd ones at the second."""
    mag = mags[1] + np.log10(rng.uniform(10.0 ** (0.35 * (mags[0] - mags[1])), 1.0, count)) / 0.35
    mag[1::2] = mag[0::2][: len(mag[1::2])]
    speed[1::2] = speed[0::2][: len(speed[1::2])]
    color = rng.normal(0.55, 0.08, count)
    return _parameters(count, Family.ONCE, mag=mag, color=color, speed=speed, visit=np.arange(count) % 2)


def asteroid(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Main-belt asteroids: half an arcsecond a minute, so a new place at every visit."""
    return _mover(rng, count, (14.5, 20.9), np.abs(rng.normal(0.5, 0.12, count)).clip(0.15))


def unknown_mover(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Asteroids that nobody predicted: faint ones."""
    return _mover(rng, count, (18.8, 20.9), np.abs(rng.normal(0.6, 0.25, count)).clip(0.15))


def comet(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Comets: as bright as asteroids, with a coma."""
    return _mover(rng, count, (14.5, 19.0), np.abs(rng.normal(0.5, 0.25, count)).clip(0.1))


def near_earth(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Near-Earth objects: 5 to 30 arcseconds a minute, a trail of several arcseconds in 30 s."""
    return _mover(rng, count, (15.5, 19.0), rng.uniform(5.0, 30.0, count))


def glint(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Flashes of satellites, five on a line in one exposure."""
    mag = np.repeat(rng.uniform(16.0, 19.3, count // 5 + 1), 5)[:count] + rng.normal(0.0, 0.4, count)
    visit = np.repeat(rng.integers(0, 2, count // 5 + 1), 5)[:count]
    return _parameters(count, Family.ONCE, mag=mag, visit=visit)


def artefact(rng: np.random.Generator, count: int, _night: float) -> Parameters:
    """Failed subtractions: three in five happen once, the others again and again beside the same bright star.

    They come in pairs: of those that happen once in the same exposure, with opposite signs.
    """
    pairs = count // 2 + 1
    mag = 20.6 + np.log10(rng.uniform(10.0 ** (0.3 * (15.5 - 20.6)), 1.0, count)) / 0.3
    sign = np.outer(np.where(rng.random(pairs) < 0.5, 1.0, -1.0), (1.0, -1.0)).ravel()[:count]
    visit = np.repeat(rng.integers(0, 2, pairs), 2)[:count]
    single = _parameters(count, Family.ONCE, mag=mag, amplitude=sign, visit=visit)
    share, bias = rng.beta(1.2, 2.5, count), rng.choice([-1.0, 0.0, 1.0], count)
    repeated = _parameters(count, Family.SPURIOUS, mag=mag, scale=share, amplitude=bias)
    once = np.repeat(rng.random(pairs) < 0.6, 2)[:count]
    star = np.repeat(rng.triangular(10.5, 14.5, 16.0, pairs), 2)[:count]
    return where(once, single, repeated)._replace(host=star)
