"""`huntui simulate`: a simulated night as files, with its truth beside them."""

from pathlib import Path

import click

from huntui.cli.options import NightDate
from huntui.cli.streams import can_paint, note, paint


@click.command()
@click.argument("date", type=NightDate(), metavar="DATE")
@click.option(
    "--count", metavar="N", type=click.IntRange(1, 10_000_000),
    help="How many alerts; `simulate.count` of the configuration where nothing is said, 24,948 by default.",
)  # fmt: skip
@click.option(
    "--seed", metavar="S", type=click.IntRange(min=0), help="Another night of that date; without it the date decides."
)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path),
    help="Where the night goes; the folder of that date in `source.data` (data/DATE) where nothing is said.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace a simulated night that is there; never anything else.")
def simulate(date: str, count: int | None, seed: int | None, out: Path | None, overwrite: bool) -> None:
    """Write a simulated night: a packet per alert, and what each object truly is.

    The packets are named by their candid, as ZTF names them, and are of schema 4.02. Beside them stand truth.parquet,
    with a row per packet (candid, objectId, class and more), and a file SIMULATED: a night in data/DATE is opened by
    that date, says that it is simulated, and keeps score. The same date, count and seed make the same bytes.

    \b
    Examples:
      huntui simulate 20240707                                 the default night, 1.8 GB, to data/20240707
      huntui simulate 20240707 --count 2000 --out small-night
    """
    from huntui.config import combine, read_files
    from huntui.simulate.dates import parse_date
    from huntui.simulate.files import check_folder

    config = combine(read_files(None))
    parse_date(date)
    folder = out if out is not None else Path(config.source.data).expanduser() / date
    check_folder(folder, overwrite)
    _write(
        date,
        config.simulate.seed if seed is None else seed,
        config.simulate.count if count is None else count,
        folder,
        overwrite,
    )


def _write(date: str, seed: int | None, count: int, folder: Path, overwrite: bool) -> None:
    from huntui.simulate.files import write_night
    from huntui.simulate.night import SimulatedNight

    paints = can_paint()

    def show(done: int) -> None:
        if paints:
            paint(f"{done / count:4.0%}  {done:,} of {count:,} packets")

    try:
        show(0)
        size = write_night(SimulatedNight(date, seed, count), folder, overwrite, show)
    finally:
        if paints:
            paint()
    packets = "packet" if count == 1 else "packets"
    note(f"SIMULATED: {count:,} {packets} ({size / 1e6:,.0f} MB) and their truth written to {folder}.")
