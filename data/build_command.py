"""The command `python -m data build`: one area, or all municipalities of a county."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from data.build import build, build_demo
from data.county import Outcome, orders, orders_within
from data.demos import demos
from data.extract import Progress
from data.http import Fetcher
from data.lands import find, municipalities_of
from data.order import Order
from data.store import cache_folder
from geo.bundle import Bundle
from geo.errors import BundleError, Message
from words import Speaker

COUNTY = re.compile("[0-9]{2}")


def add_options(parser: argparse.ArgumentParser, say: Speaker) -> None:
    """Declare what the command can be told."""
    add = parser.add_argument
    add("area", nargs="?", help=say("a demo area, a municipality or a county: number or name"))
    add("--osm", type=Path, metavar="FILE", help=say("build from this OpenStreetMap file"))
    add("--code", help=say("short name of the area, a–z and 0–9"))
    add("--name", default="", help=say("name of the area as shown"))
    add(
        "--municipality",
        default="",
        metavar="NUMBER",
        help=say("the municipality whose ages it shares"),
    )
    add("--country", choices=("no", "se"), default="no", help=say("country of the number"))
    add(
        "--boundary",
        type=Path,
        metavar="FILE",
        help=say("the outline of the area; for a county, of all its municipalities"),
    )
    _add_sources(parser, say)


def _add_sources(parser: argparse.ArgumentParser, say: Speaker) -> None:
    """Declare what else an area may be built from, and where the work is done."""
    add = parser.add_argument
    add("--terrain", type=Path, metavar="FILE", help=say("heights of the ground: a GeoTIFF"))
    add(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help=say("a file of the municipality's own; may be given several times"),
    )
    add(
        "--table",
        action="append",
        default=[],
        metavar="NAME",
        help=say("a table of the municipality's PostGIS; may be given several times"),
    )
    add(
        "--services",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=say("ask the open services, or do not"),
    )
    add(
        "--without", action="append", default=[], metavar="KEY", help=say("leave out a service")
    )
    add("--workers", type=int, default=0, metavar="N", help=say("how many are built at once"))
    add(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help=say("a Dask cluster to build on, instead of this machine"),
    )


def run(
    options: argparse.Namespace, say: Speaker, tell: Callable[[Bundle, Speaker], None]
) -> int:
    """Build what was asked for; `tell` says what an area holds. Return 0, or 1 if some fail."""
    if COUNTY.fullmatch(options.area or ""):
        return _county(options, say)
    if not options.area and not (options.code and (options.osm or options.boundary)):
        options.parser.error(say("Name an area, or give both --osm FILE and --code CODE."))
    with tqdm(total=100, bar_format="{desc:<50.50} {bar} {n:3.0f} %", file=sys.stderr) as bar:
        built = _built(options, _shown(bar, say))
    tell(built, say)
    return 0


def _built(options: argparse.Namespace, progress: Progress) -> Bundle:
    if options.area in demos():
        return build_demo(options.area, terrain=options.terrain, progress=progress)
    return build(order_of(options), progress=progress)


def order_of(options: argparse.Namespace, *, number: str | None = None) -> Order:
    """Return what the options order; a municipality may be called by its name."""
    number = _number(options) if number is None else number
    asked = bool(number) if options.services is None else options.services
    return Order(
        code=options.code or number,
        name=options.name,
        number=number,
        country=options.country,
        within=options.municipality,
        osm=_whole(options.osm),
        boundary=_whole(options.boundary),
        terrain=_whole(options.terrain),
        files=tuple(file.resolve() for file in options.file),
        tables=tuple(options.table),
        services=asked,
        without=tuple(options.without),
    )


def _whole(path: Path | None) -> Path | None:
    return path.resolve() if path else None


def _number(options: argparse.Namespace) -> str:
    """Return the number of the municipality that was named, or `""` if none was."""
    asked = str(options.area or "")
    if not asked or re.fullmatch("[0-9]{4}", asked):
        return asked
    found = find(asked, get=Fetcher(cache_folder()), countries=[options.country])
    if len(found) != 1:
        known = ", ".join(f"{one.name} ({one.number})" for one in found) or "–"
        raise BundleError(
            "There is no single area called {name}. Nearest: {known}.", name=asked, known=known
        )
    return found[0].number


def _county(options: argparse.Namespace, say: Speaker) -> int:
    """Build all municipalities of a county side by side, and tell of each."""
    from data.many import build_many  # noqa: PLC0415 - Dask takes its time

    like = order_of(options, number=options.area)
    if like.boundary:
        asked = orders_within(like, options.area, cache_folder() / "boundaries")
    else:
        asked = orders(like, municipalities_of(options.area, get=Fetcher(cache_folder())))
    with tqdm(total=len(asked), file=sys.stderr) as bar:

        def tell(outcome: Outcome) -> None:
            bar.write(_line(outcome, say))
            bar.update()

        done = build_many(
            asked, workers=options.workers, scheduler=options.scheduler, tell=tell
        )
    failed = sum(outcome.fault is not None for outcome in done)
    print(say("{n} of {all} areas are built.", n=len(done) - failed, all=len(done)))
    return int(failed > 0)


def _line(outcome: Outcome, say: Speaker) -> str:
    """Return how one area went."""
    who = f"{outcome.order.code} {outcome.order.name}"
    if outcome.fault:
        return say("{area}: not built. {fault}", area=who, fault=say(outcome.fault))
    told = {
        "area": who,
        "people": say.people(outcome.people),
        "places": say.number(outcome.places),
        "seconds": say.number(outcome.seconds),
    }
    if outcome.earlier:
        return say("{area}: {people} residents, {places} places, built earlier", **told)
    line = say("{area}: {people} residents, {places} places, {seconds} s", **told)
    if not outcome.missing:
        return line
    return line + say("; {n} sources did not answer", n=outcome.missing)


def _shown(bar: tqdm, say: Speaker) -> Progress:
    def progress(share: float, doing: Message) -> None:
        bar.set_description_str(say(doing), refresh=False)
        bar.update(100 * share - bar.n)

    return progress
