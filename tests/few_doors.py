"""The doors through which figures leave the program, each opened by whoever walks them all."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import pytest

from data import __main__ as data_room
from data import bundle as stored
from data import store
from data.build_command import _line
from data.catalogue import families, kinds
from data.county import Outcome
from data.norms import norms
from data.order import Order
from geo.answer import Answer, answer
from geo.areas.reachable import reachable
from geo.bundle import Bundle
from geo.figures.figures import Figures, figures
from geo.gaps import gaps
from geo.incomes import rank
from geo.norms.norm_walks import Held, hold
from geo.question import Question
from geo.scenario.applying import prepared
from geo.scenario.edits import Add, Close, Open
from geo.scenario.edits import Path as NewPath
from geo.scenario.scenario import TODAY, Scenario
from geo.scenario.standing import standing
from geo.tables import EVERYBODY
from geo.timetable import OSLO
from geo.town import prepare
from layers import __main__ as layers_room
from layers import preview, register_files, register_lacking, thematic
from layers.annex.reports import written
from layers.bivariate import bivariate
from layers.export.brought import with_difference
from layers.export.case import Case
from layers.export.changes import with_changes
from layers.export.export import Export, export
from layers.export.measures import with_measures
from layers.gap_layers import chosen, coarse
from layers.geojson import encode
from layers.layer import Layer
from layers.legend import legend
from layers.paper.sheetful import Paper
from layers.walks import walk_cells
from tests.few_files import FONT, Said, opened, unpacked
from tests.few_town import CODE
from tests.towns import SQUARE_M, XY, catalogue
from views.taking import offers
from views.taking.offers import Offer
from words import Speaker

NOW = datetime(2026, 11, 21, 12, tzinfo=OSLO)
KINDS = ("park", "library", "sauna", "place_of_worship")
GROUPS = (EVERYBODY, "youth")
LICENCES = {"skoler": "Skoler, NLOD 2.0"}


def _at(x: float, y: float) -> XY:
    return SQUARE_M[0] + x, SQUARE_M[1] + y


CHANGED = Scenario(
    (
        Close("n2"),
        *(Add("park", _at(890.0, north), "Torget") for north in (600.0, -600.0)),
        *(Open(place, "Mo-Fr 17:00-21:00", "community_centre") for place in ("n3", "n4")),
        NewPath((_at(450.0, 0.0), _at(450.0, 700.0))),
    ),
    "Nytt sentrum",
)
"""What it brings to a few of `tests.few_town` it brings to their mirror image as well."""


@dataclass(frozen=True)
class Door:
    """
    A way out of the program.

    `silent`: why it tells nothing of people, even if nobody hid anything; `""` if it does.
    `slow`: whether it is opened in one language only.
    """

    name: str
    open: Callable[[Bundle, Speaker], Said]
    silent: str = ""
    slow: bool = False


@dataclass(frozen=True)
class Asked:
    """A question put to a town: what is known inside, and what is exported of it."""

    known: Bundle
    answer: Answer
    figures: Figures
    held: Mapping[str, Held]
    export: Export
    case: Case


def asked(
    known: Bundle, say: Speaker, *, kinds: tuple[str, ...] = KINDS, **how: object
) -> Asked:
    """Return all that a question leads to, as the program exports it."""
    question = Question(known.area.code, kinds, **{"minutes": 5, **how})
    of = catalogue()
    town = prepared(known, question.scenario, of.kinds)
    there = town.bundle
    found = answer(town, question, of, now=NOW)
    areas = reachable(town, question, of, now=NOW) if how.get("group") == EVERYBODY else None
    made = export(found, there, of, say=say, now=NOW, reach_areas=areas)
    order = rank(there.homes, there.incomes)
    measured = figures(town, question, of, now=NOW, rank=order)
    held = hold(town, norms())
    case = Case(found, town, measured, of, NOW, say, known)
    whole = with_changes(with_measures(made, measured, held, of, say), case)
    if question.scenario:
        whole = _brought(whole, case)
    return Asked(there, found, measured, held, whole, case)


def _brought(whole: Export, case: Case) -> Export:
    """Return an export with what a scenario brings, as the program makes it."""
    of, before = case.catalogue, prepare(case.before)
    question = replace(case.answer.question, scenario=TODAY)
    today = answer(before, question, of, now=NOW)
    sides = ((before, today), (case.town, case.answer))
    stands = [standing(town, found, of, now=NOW) for town, found in sides]
    return with_difference(whole, *stands, of, case.say)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.splitlines()))


def collection(content: bytes | str) -> tuple[str, ...]:
    """Return every feature of a collection, and what stands beside them, as lines."""
    whole = json.loads(content)
    features = whole.pop("features")
    return tuple(sorted(json.dumps(one, ensure_ascii=False) for one in [*features, whole]))


def _made(
    known: Bundle,
    say: Speaker,
    offers: Iterable[Offer],
    group: str,
    scenario: Scenario = TODAY,
) -> Said:
    """Open what buttons for single files make."""
    made, said = asked(known, say, group=group, scenario=scenario), Said()
    for offer in offers:
        name = f"{group} {offer.key}{offer.ending}"
        said |= opened(name, offer.make(made.case, made.export))
    return said


def _files(known: Bundle, say: Speaker) -> Said:
    """Open the layers and tables that the page of files makes, in every format."""
    all_of = (_made(known, say, offers.layers(say), group) for group in GROUPS)
    return {name: lines for said in all_of for name, lines in said.items()}


def _documents(known: Bundle, say: Speaker) -> Said:
    """Open reports, prints and the map as one file; and what is written of a report."""
    some = [*offers.documents(say), *offers.prints(Paper(), say)]
    made = asked(known, say, group="youth")
    blocks, meta = written(made.case, made.export)
    read = {"blocks": tuple(FONT.sub("", str(block)) for block in blocks), "meta": (str(meta),)}
    return read | _made(known, say, some, "youth")


def _of_scenario(known: Bundle, say: Speaker) -> Said:
    """Open what the page of files makes of a scenario, and the report of it."""
    some = [*offers.layers(say), *offers.documents(say)]
    return {
        name: lines
        for group in GROUPS
        for name, lines in _made(known, say, some, group, CHANGED).items()
    }


def layers_of(known: Bundle, say: Speaker, group: str = EVERYBODY) -> tuple[Layer, ...]:
    """Return every layer that a map draws of a question."""
    town, of = prepare(known), catalogue()
    question = Question(known.area.code, KINDS, group=group, minutes=5)
    found = answer(town, question, of, now=NOW)
    every = answer(town, replace(question, group=EVERYBODY), of, now=NOW).minutes
    file = known.homes.assign(row="1", name="", inside=True)[
        ["row", "name", "inside", "geometry"]
    ]
    return (
        *thematic.base(known.paths, known.backdrop, say=say),
        preview.streets(known.paths, say=say),
        *preview.preview(file, say=say),
        thematic.boundary(known.boundary, say=say),
        thematic.areas(reachable(town, question, of, now=NOW), say=say),
        bivariate(known.homes, known.incomes, every, within=5, say=say),
        thematic.spots(found.spots, say=say),
        coarse(thematic.spots(found.spots, say=say)),
        *(chosen(gap, known.area.crs, say=say) for gap in gaps(found, known.homes).values()),
        thematic.walk(known.homes, found.minutes, within=5, say=say),
        walk_cells(known.homes, found.minutes, within=5, say=say),
        thematic.places(found.places, kinds=kinds(), families=families(), say=say),
    )


def _layers(known: Bundle, say: Speaker) -> Said:
    """Open what is published for browsers, and the legend beside it."""
    drawn = layers_of(known, say)
    said = {f"layer {n} {one.key}": collection(encode(one)) for n, one in enumerate(drawn)}
    return said | {"legend": (legend(drawn, say),)}


def _register(known: Bundle, say: Speaker) -> Said:
    """Open the files of the register, in every format."""
    of = (known, kinds(), LICENCES, say)
    rows, lacking = register_files.told(*of), register_lacking.lacking(*of)
    return {
        "register.csv": _lines(register_files.sheet(rows, say).decode("utf-8-sig")),
        "lacking.csv": _lines(register_files.sheet(lacking, say).decode("utf-8-sig")),
        "lacking.geojson": collection(register_lacking.lacking_geojson(*of)),
        **opened("a.gpkg", register_files.geopackage(rows, {"Area": known.area.name})),
    }


def _printed(command: Callable[[list[str]], int], *arguments: str) -> tuple[str, ...]:
    told = io.StringIO()
    with redirect_stdout(told):
        assert command([*arguments]) == 0
    return tuple(line for line in _lines(told.getvalue()) if not line.startswith("/"))


def _commands(known: Bundle, say: Speaker) -> Said:
    """Open what commands print and write."""
    stored.write(known)
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTEPLASS_LANGUAGE", say.language)
        sheet = Path(folder) / "norms.csv"
        told = {
            "norms": _printed(layers_room.main, "norms", CODE, "--csv", str(sheet)),
            "norms.csv": _lines(sheet.read_text("utf-8-sig")),
            "list": _printed(data_room.main, "list"),
            "check": _printed(data_room.main, "check", CODE),
        }
        asked = ("--kinds", ",".join(KINDS), "--minutes", "5", "--areas")
        for command in ("export", "annex"):
            there = Path(folder) / command
            told[command] = _printed(
                layers_room.main, command, CODE, *asked, "--out", str(there)
            )
            for file in sorted(there.iterdir()):
                told |= opened(f"{command} {file.name}", file.read_bytes())
        told["rerun"] = _rerun(*there.iterdir())
        told |= _compared(known, Path(folder) / "compare")
    return told


def _compared(known: Bundle, out: Path) -> Said:
    """Open what is printed and written as the town is compared with its like."""
    twin = replace(known, area=replace(known.area, code=f"{CODE}-2", name="Twin"))
    stored.write(twin)
    asked = ("--kinds", ",".join(KINDS), "--minutes", "5", "--out", str(out))
    said = {"compare": _printed(layers_room.main, "compare", CODE, twin.area.code, *asked)}
    rmtree(store.folder(twin.area.code))
    for file in sorted(out.iterdir()):
        said |= opened(f"compare {file.name}", file.read_bytes())
    return said


def _rerun(annex: Path) -> tuple[str, ...]:
    """Return what is printed as an annex is made again."""
    record = annex.with_suffix(".toml")
    (content,) = (one for name, one in unpacked(annex.read_bytes()) if ".toml" in name)
    record.write_bytes(content)
    return _printed(layers_room.main, "rerun", str(record), "--out", str(annex.parent))


def _built(known: Bundle, say: Speaker) -> Said:
    """Open what building tells, one area or a county of them."""
    told = io.StringIO()
    with redirect_stdout(told):
        data_room._tell(known, say)
    lone = known.homes[EVERYBODY].min() and float(known.homes[EVERYBODY].iloc[3])
    line = _line(Outcome(Order(CODE, name="Vik"), people=lone, places=4), say)
    return {"build": _lines(told.getvalue()), "county": (line,)}


DOORS = (
    Door("files", _files, slow=True),
    Door("documents", _documents, slow=True),
    Door("scenario", _of_scenario, slow=True),
    Door("layers", _layers),
    Door("commands", _commands, slow=True),
    Door("build", _built),
    Door("register", _register, "it has places, sources and names: nobody lives in it"),
)
"""All but the pages, which `tests.few_pages` opens."""
