"""The doors through which figures leave the program, each opened by whoever walks them all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pyogrio
import pytest

from data import __main__ as data_room
from data import bundle as stored
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
from geo.tables import EVERYBODY
from geo.timetable import OSLO
from geo.town import prepare
from layers import __main__ as layers_room
from layers import files, preview, register_files, register_lacking, thematic
from layers.bivariate import bivariate
from layers.export import Export, export
from layers.export_measures import with_measures
from layers.gap_layers import chosen, coarse
from layers.geojson import encode
from layers.layer import Layer
from layers.legend import legend
from layers.walks import walk_cells
from tests.few_town import CODE
from tests.towns import catalogue
from words import Speaker

NOW = datetime(2026, 11, 21, 12, tzinfo=OSLO)
KINDS = ("park", "library", "sauna", "place_of_worship")
GROUPS = (EVERYBODY, "youth")
LICENCES = {"skoler": "Skoler, NLOD 2.0"}

Said = dict[str, tuple[str, ...]]
"""
What comes out of a door: its parts by name, each as lines in no order.

No order, as two rows may change places with nothing but their own words in them.
"""


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


def asked(
    known: Bundle, say: Speaker, *, kinds: tuple[str, ...] = KINDS, **how: object
) -> Asked:
    """Return all that a question leads to, as the program exports it."""
    question = Question(known.area.code, kinds, **{"minutes": 5, **how})
    town, of = prepare(known), catalogue()
    found = answer(town, question, of, now=NOW)
    areas = reachable(town, question, of, now=NOW) if how.get("group") == EVERYBODY else None
    made = export(found, known, of, say=say, now=NOW, reach_areas=areas)
    order = rank(known.homes, known.incomes)
    measured = figures(town, question, of, now=NOW, rank=order)
    held = hold(town, norms())
    return Asked(known, found, measured, held, with_measures(made, measured, held, of, say))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(sorted(text.splitlines()))


def _unpacked(packed: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def collection(content: bytes | str) -> tuple[str, ...]:
    """Return every feature of a collection, and what stands beside them, as lines."""
    whole = json.loads(content)
    features = whole.pop("features")
    return tuple(sorted(json.dumps(one, ensure_ascii=False) for one in [*features, whole]))


def _geopackage(content: bytes) -> Said:
    """Return every row of every layer of a GeoPackage, and what is said of the layer."""
    said: Said = {}
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file.gpkg"
        file.write_bytes(content)
        for name, _ in pyogrio.list_layers(file):
            about = pyogrio.read_info(file, layer=name)["layer_metadata"] or {}
            rows = pyogrio.read_dataframe(file, layer=name)
            texts = [" | ".join(map(str, row)) for row in rows.itertuples(index=False)]
            told = [f"{key}: {text}" for key, text in about.items() if key != "DBF_DATE"]
            said[f"gpkg {name}"] = tuple(sorted([*texts, *map(str, rows.columns), *told]))
    return said


def _files(known: Bundle, say: Speaker) -> Said:
    """Open what the buttons of the map's page and the command write, in every format."""
    said: Said = {}
    for group in GROUPS:
        made = asked(known, say, group=group).export
        found = _geopackage(files.geopackage(made, say))
        packed = (*_unpacked(files.csv(made, say)), *_unpacked(files.geojson(made, say)))
        for name, content in packed:
            text = content.decode("utf-8-sig")
            found[name] = collection(text) if name.endswith("geojson") else _lines(text)
        said |= {f"{group} {name}": lines for name, lines in found.items()}
    return said


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
        **_geopackage(register_files.geopackage(rows, {"Area": known.area.name})),
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
        out = Path(folder) / "out"
        told = {
            "norms": _printed(layers_room.main, "norms", CODE, "--csv", str(sheet)),
            "norms.csv": _lines(sheet.read_text("utf-8-sig")),
            "list": _printed(data_room.main, "list"),
            "check": _printed(data_room.main, "check", CODE),
        }
        asked = ("--kinds", ",".join(KINDS), "--minutes", "5", "--out", str(out))
        _printed(layers_room.main, "export", CODE, *asked)
        for file in out.iterdir():
            if file.suffix == ".geojson":
                told[file.name] = collection(file.read_text("utf-8"))
            elif file.suffix == ".csv":
                told[file.name] = _lines(file.read_text("utf-8-sig"))
    return told


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
    Door("layers", _layers),
    Door("commands", _commands, slow=True),
    Door("build", _built),
    Door("register", _register, "it has places, sources and names: nobody lives in it"),
)
"""All but the pages, which `tests.few_pages` opens."""
