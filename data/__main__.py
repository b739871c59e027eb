"""Build, list and check areas: `python -m data --help`."""

from __future__ import annotations

import argparse
import sys

import numpy as np

from data import build_command, bundle, look_command, pack_command, store
from data.build import ready
from geo.bundle import CONTRACTS, Bundle
from geo.crs import to_wgs84
from geo.errors import Message, MoteplassError
from geo.model import Gait
from geo.paths.mending import loose_ends
from geo.tables import EVERYBODY
from geo.town import Town, prepare
from words import Speaker, preferred, speaker
from words.facts import fact_text


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 1 after a sentence about what went wrong."""
    say = speaker(preferred())
    options = _parser(say).parse_args(arguments)
    try:
        return options.run(options, say) or 0
    except MoteplassError as error:
        print(say(error.message), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(say("Stopped. What was there before is unharmed."), file=sys.stderr)
        return 130


def _parser(say: Speaker) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m data", description=say("Build, list and check areas.")
    )
    known = "build | look | list | check | pack | unpack"
    commands = parser.add_subparsers(required=True, metavar=known)
    build = commands.add_parser("build", help=say("build an area, or build it again"))
    build_command.add_options(build, say)
    build.set_defaults(run=_build, parser=build)
    seen = commands.add_parser("look", help=say("look at a file of your own"))
    look_command.add_options(seen, say)
    seen.set_defaults(run=look_command.run)
    listed = commands.add_parser("list", help=say("list the areas that are built"))
    listed.set_defaults(run=_list)
    check = commands.add_parser(
        "check", help=say("check an area's tables, and say what they rest on")
    )
    check.add_argument("area")
    check.set_defaults(run=_check)
    _add_packs(commands, say)
    return parser


def _add_packs(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], say: Speaker
) -> None:
    packing = commands.add_parser("pack", help=say("write an area into one file"))
    pack_command.add_pack_options(packing, say)
    packing.set_defaults(run=pack_command.run_pack)
    unpacking = commands.add_parser("unpack", help=say("take an area out of such a file"))
    pack_command.add_unpack_options(unpacking, say)
    unpacking.set_defaults(run=pack_command.run_unpack)


def _build(options: argparse.Namespace, say: Speaker) -> int:
    return build_command.run(options, say, _tell)


def _list(options: argparse.Namespace, say: Speaker) -> None:  # noqa: ARG001
    codes = store.codes()
    if not codes:
        print(say("No area is built yet. Try: python -m data build demo-karhula"))
    for code in codes:
        try:
            area = bundle.read_area(code)
            print(f"{code:<16} {area.name:<32} {say.date(area.built)}")
        except MoteplassError as error:
            print(f"{code:<16} {say(error.message)}")


def _check(options: argparse.Namespace, say: Speaker) -> None:
    read = ready(options.area)
    _tell(read, say)
    town = prepare(read)
    side = town.side(Gait())
    for label, joined in (
        (say("homes"), side.homes),
        (say("entrances"), side.entrances),
    ):
        lost = int((joined.edge < 0).sum())
        print(
            say(
                "Not connected to any path: {n} of {all} {what}",
                n=lost,
                all=len(joined.edge),
                what=label,
            )
        )
    _tell_loose(town, say)


def _tell_loose(town: Town, say: Speaker) -> None:
    """Name the paths that all but meet the others, for whoever mends them on the map."""
    bundle, usable = town.bundle, np.ones(len(town.network.u), dtype=bool)
    barriers = bundle.barriers.geometry
    loose = loose_ends(town.network, usable, bundle.paths, barriers=barriers)
    for row in to_wgs84(loose).itertuples():
        print(
            say(
                "To mend: {length} m of path, {gap} m from the others, at {lat} {lon}: {ways}",
                length=say.number(row.length_m),
                gap=say.number(row.gap_m, 1),
                lat=f"{row.geometry.y:.5f}",
                lon=f"{row.geometry.x:.5f}",
                ways=row.ways,
            )
        )


def _tell(read: Bundle, say: Speaker) -> None:
    """Say what an area holds, what it rests on, and what to beware of."""
    area = read.area
    print(f"{area.name} ({area.code}), {area.crs}, {say.date(area.built)}")
    for name in CONTRACTS:
        print(f"  {name:<10} {say.number(len(getattr(read, name))):>10}")
    print(say("Residents: {n}", n=say.people(read.homes[EVERYBODY].sum())))
    for fact in read.area.facts:
        print("  " + ": ".join([say(Message(fact.label)), fact_text(fact, say)]))
    for source in area.sources:
        print(f"  {source.attribution} ({source.licence}) {source.date}")
    for warning in (*area.notes, *area.missing, *area.warnings):
        print(f"! {say(warning)}")


if __name__ == "__main__":
    sys.exit(main())
