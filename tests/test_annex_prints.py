"""The maps of an annex: what is on its pages and in its report, and what no page tells."""

import zipfile
from dataclasses import replace

import pytest
from shapely import box

from data.norms import norms
from geo.question import Question
from layers.annex.binding import write
from layers.annex.group_maps import _within, group_maps
from layers.annex.prints import answer_print, group_prints, pages
from layers.annex.reports import pictures
from layers.annex.whole import whole
from layers.export.full import Desk, full_export
from layers.export.ground import around, bounds
from layers.paper.typesetting import typeset
from layers.record.figures import figures_of
from layers.record.record import Built, Record, program
from tests.answers import NOW, hostile_town
from tests.reports import with_incomes
from tests.towns import catalogue
from words import speaker

DAY = "2026-11-21"


def asked(*kinds, language="en", **more):
    """Return a case about the hostile town, and its export."""
    question, desk = Question("toytown", kinds or ("park",), **more), Desk(catalogue(), norms())
    return full_export(question, hostile_town(), desk, say=speaker(language), now=NOW)


def test_the_map_has_the_layers_of_the_answer_over_the_land():
    case, export = asked()
    page = answer_print(case, export)
    [shown] = page.maps
    assert [layer.key for layer in shown.base] == ["land", "streets", "boundary"]
    assert [layer.key for layer in shown.layers][-1] == "places"
    assert {"walk", "spots"} <= {layer.key for layer in shown.layers}
    assert box(*shown.bounds).contains(box(*case.bundle.boundary.total_bounds))
    assert "33" in page.sentence
    assert (
        page.sources[0] == "© OpenStreetMap contributors – OpenStreetMap, ODbL 1.0, 2026-11-21"
    )


def test_no_square_at_the_edge_of_an_area_is_cut():
    case, export = asked()
    squares = export.sheet("walk_cells").layer.table
    moved = squares.set_geometry(squares.geometry.translate(5000, 0))
    sheets = [
        replace(one, layer=replace(one.layer, table=moved)) if one.key == "walk_cells" else one
        for one in export.sheets
    ]
    shown = around(case, replace(export, sheets=tuple(sheets)))
    assert box(*shown).contains(box(*moved.total_bounds))
    assert box(*shown).contains(box(*bounds(case)))


def test_groups_that_do_not_fit_on_a_page_are_each_beside_everybody(monkeypatch):
    monkeypatch.setattr("layers.annex.prints.MOST_MAPS", 2)
    case, export = asked()
    made = group_prints(case, export)
    told = [[one.caption for one in page.maps] for page in made]
    assert len(told) == 2
    assert all(names[0] == "Everybody" for names in told)
    every = [one.caption for one in group_maps(case, export)]
    assert every == ["Everybody", *(name for names in told for name in names[1:])]
    assert max(map(len, told)) - min(map(len, told)) <= 1


def test_a_share_that_is_not_told_is_not_within_reach_either():
    case, _ = asked()
    few = replace(case.answer.reach["everybody"], people=9.0, within=8.0)
    assert few.hidden
    assert _within(few, case.say) == "Too few to tell"


def test_only_groups_that_are_told_of_have_a_map():
    case, export = asked()
    (page,) = group_prints(case, export)
    told = {one.caption: one.sentence for one in page.maps}
    assert told["Everybody"] == "33% within reach"
    assert "Young children, 0–5" not in told  # nobody knows how many
    assert "Youth, 16–19" not in told  # a few, at most
    assert len(page.maps) <= 6


def test_each_group_walks_at_its_own_pace():
    case, export = asked(minutes=11)
    (page,) = group_prints(case, export)
    classes = {one.caption: [*one.layers[-1].table["class"]] for one in page.maps if one.layers}
    assert classes["Everybody"][1] == "within"  # 10.3 minutes
    (slow,) = group_prints(*asked(minutes=11, walker="older_80"))
    assert [*slow.maps[0].layers[-1].table["class"]][1] != "within"


def test_where_there_is_nothing_to_walk_to_groups_are_not_compared():
    case, export = asked("sauna")
    assert group_prints(case, export) == ()
    assert [*pictures(case, export)] == ["places", "walks", "gaps"]


def test_without_a_second_group_there_is_no_such_page():
    case, export = asked()
    alone = {key: one for key, one in case.answer.reach.items() if key == "everybody"}
    object.__setattr__(case.answer, "reach", alone)
    assert group_prints(case, export) == ()
    assert len(pages(case, export)) == 1


def test_every_map_of_a_report_is_told_in_words():
    found = pictures(*asked())
    assert [*found] == ["places", "walks", "gaps", "groups"]
    assert "Everybody: 33% within reach." in found["groups"].alt
    assert all(one.alt.startswith("Map. ") and "33" in one.alt for one in found.values())


def test_a_report_shows_incomes_where_they_are_known():
    what, question = catalogue(), Question("toytown", ("park",))
    desk = Desk(what, norms())
    case, export = full_export(question, with_incomes(), desk, say=speaker("en"), now=NOW)
    assert "incomes" in pictures(case, export)


def test_every_map_of_a_report_has_a_legend_a_bar_and_thanks(monkeypatch):
    """Letters of a legend are outlines: the words are looked for before they are set."""
    seen = []

    def kept(source, files, data, **form):
        seen.append(data)
        return typeset(source, files, data, **form)

    monkeypatch.setattr("layers.paper.figure.typeset", kept)
    found = pictures(*asked())
    assert len(seen) == len(found)
    for data in seen:
        labels = [entry["label"] for group in data["legend"] for entry in group["entries"]]
        assert "Boundary" in labels
        assert "© OpenStreetMap contributors" in data["thanks"]
        assert len(labels) >= 3


@pytest.mark.parametrize("kind", ["park", "sauna"])
def test_a_whole_annex_is_made_of_hostile_names_and_of_nothing(tmp_path, kind):
    case, export = asked(kind, language="nb")
    area = case.bundle.area
    built = Built(area.code, area.name, area.built, {}, area.sources)
    sheets = {sheet.key: figures_of(sheet) for sheet in export.sheets}
    record = Record(case.answer.question, NOW, "nb", False, program(), built, sheets)
    made = write(whole(case, export, record), tmp_path / "a.zip", day=DAY)
    with zipfile.ZipFile(made) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        assert all(info.file_size for info in packed.infolist())
    endings = {name.rpartition(".")[2] for name in names}
    assert endings >= {
        "docx",
        "gpkg",
        "html",
        "kml",
        "pdf",
        "png",
        "svg",
        "toml",
        "txt",
        "xlsx",
    }
