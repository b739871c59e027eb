"""Tables of Statistics Norway and Sweden: asked in parts, read in their own order."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.services import pxweb
from data.services.areas import years
from data.services.pxweb import ask, read, spread
from geo.errors import NotFoundError, SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.figures_said import table
from tests.loopback import Said

URL = "https://data.ssb.no/api/pxwebapi/v2/tables/07459"
CODES = {"Region": ["1804", "1812"], "Tid": ["2025", "2026"]}
CHOSEN = {"Region": ["1804", "1812"], "Tid": ["top(2)"]}
CHANGED = r"data\.ssb\.no answered in a form that cannot be read"


def body(**changes):
    return json.dumps(json.loads(table(CODES, [1, 2, 3, 4]).body) | changes).encode()


def test_the_last_variable_turns_fastest():
    wide = spread(read(body()), "Region", "Tid", URL)
    assert wide.to_dict("index") == {
        "1804": {"2025": 1, "2026": 2},
        "1812": {"2025": 3, "2026": 4},
    }


def test_variables_come_in_the_order_of_id():
    told = json.loads(body())
    told |= {"id": ["Tid", "Region"], "dimension": dict(reversed(told["dimension"].items()))}
    wide = spread(read(json.dumps(told).encode()), "Region", "Tid", URL)
    assert wide.loc["1804"].to_dict() == {"2025": 1, "2026": 3}


def test_codes_come_in_the_order_of_their_index():
    told = json.loads(body())
    told["dimension"]["Tid"]["category"]["index"] = {"2026": 1, "2025": 0}
    assert read(json.dumps(told).encode())["Tid"].tolist()[:2] == ["2025", "2026"]


@pytest.mark.parametrize("mark", [".", "..", "...", ":"])
@pytest.mark.parametrize("stands", [None, 0])
def test_what_is_marked_is_unknown_whatever_stands_there(mark, stands):
    cells = read(body(value=[1, stands, 3, 4], status={"1": mark}))
    assert np.isnan(cells["value"][1])
    assert cells["status"].tolist() == ["", mark, "", ""]


@pytest.mark.parametrize("mark", ["-", "*", "p"])
def test_other_marks_leave_the_figure(mark):
    assert read(body(value=[1, 0, 3, 4], status={"1": mark}))["value"][1] == 0


def test_null_without_a_mark_is_unknown():
    assert read(body(value=[None, 2, 3, 4]))["value"].isna().tolist() == [1, 0, 0, 0]


def test_marks_may_be_a_list_and_values_may_be_few():
    cells = read(body(value={"0": 5, "3": 0}, status=["", "", ":", ""]))
    assert cells["value"].tolist() == pytest.approx([5, np.nan, np.nan, 0], nan_ok=True)


def test_a_mark_in_place_of_the_figure_is_unknown(test_data):
    cells = read((test_data / "api/fhi/fhi-query-flags.json").read_bytes())
    assert cells["value"].isna().any()
    assert cells["value"].notna().any()


@pytest.mark.parametrize(
    ("file", "cells", "unknown"),
    [
        ("ssb/real_v2_03024_salmon.json", 192, 0),
        ("ssb/real_v1_07459_country_total.json", 40, 0),
        ("sweden/trimmed_ArRegDesoStatusN_suppressed.json", 6, 2),
        ("sweden/trimmed_Tab2InkDesoRegso_deso2018_suppressed2024.json", 3, 1),
        ("sweden/TAB6471_data.json", 2772, 0),
    ],
)
def test_recorded_answers_are_read(test_data, file, cells, unknown):
    told = read((test_data / "api" / file).read_bytes())
    assert len(told) == cells
    assert told["value"].isna().sum() == unknown
    assert told.loc[told["value"].isna(), "status"].eq("..").all()


def test_the_recorded_total_is_of_its_year(test_data):
    told = read((test_data / "api/ssb/real_v1_07459_country_total.json").read_bytes())
    assert told.set_index("Tid")["value"]["2025"] == 5_594_340


def test_a_table_of_no_cells_is_an_answer():
    cells = ask(URL, CHOSEN, lambda url: table({"Region": [], "Tid": ["2026"]}, []).body)
    assert len(cells) == 0
    assert spread(cells, "Region", "Tid", URL).empty


def test_brackets_plus_and_letters_are_written_as_a_url_takes_them():
    asked = []
    ask(
        URL,
        {"Region": ["25*"], "Kon": ["1+2", "1+2"]},
        lambda url: asked.append(url) or body(),
        codelists={"Region": "agg_Ålder"},
    )
    assert asked == [
        f"{URL}/data?outputFormat=json-stat2&codelist%5BRegion%5D=agg_%C3%85lder"
        "&valueCodes%5BRegion%5D=25*&valueCodes%5BKon%5D=1%2B2"
    ]


def test_a_long_question_is_asked_in_parts_and_every_code_once():
    regions = [f"{n:04}A0010_DeSO2025" for n in range(300)]
    asked = []

    def get(url):
        assert len(url) <= pxweb.LONGEST_URL
        some = url.partition("Region%5D=")[2].split("&")[0].split(",")
        asked.extend(some)
        return table({"Tid": ["2026"], "Region": some}, [float(one[:4]) for one in some]).body

    cells = ask(URL, {"Region": [*regions, regions[0]], "Tid": ["top(1)"]}, get)
    assert asked == regions
    assert cells["value"].tolist() == [*range(300)]


@pytest.mark.parametrize(
    "changes",
    [
        {"value": [1, 2, 3]},
        {"value": None},
        {"size": [2, 3]},
        {"id": ["Region", "Alder"]},
        {"dimension": []},
        {"status": [""]},
        {"id": None},
    ],
)
def test_a_table_that_contradicts_itself_is_said(changes):
    with pytest.raises(SourceError, match=CHANGED):
        ask(URL, CHOSEN, lambda url: body(**changes))


def test_more_cells_than_anybody_gives_are_not_made():
    many = [*map(str, range(1000))]
    huge = {name: {"category": {"index": many}} for name in "abcd"}
    with pytest.raises(SourceError, match=CHANGED):
        ask(
            URL, CHOSEN, lambda url: body(id=[*huge], dimension=huge, value={}, size=[1000] * 4)
        )


def test_a_variable_too_few_or_too_many_is_said():
    for rows, columns in (("Region", "Alder"), ("Tid", "Tid")):
        with pytest.raises(SourceError, match=CHANGED):
            spread(read(body()), rows, columns, URL)
    three = read(table(CODES | {"Kjonn": ["1", "2"]}, [1] * 8).body)
    with pytest.raises(SourceError, match=CHANGED):
        spread(three, "Region", "Tid", URL)


@pytest.mark.parametrize("code", ["", "tot", "totalt", "F00-04", "-", "1-2-3", "65 +"])
def test_what_is_no_age_is_said(code):
    with pytest.raises(SourceError, match=CHANGED):
        years(code, URL)


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        ask(URL, CHOSEN, get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_table_is_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=CHANGED),
    ):
        ask(URL, CHOSEN, get)


def test_a_refusal_is_said(tmp_path, monkeypatch):
    refused = Said(b'{"type":"Parameter error","title":"Non-existent value","status":400}', 400)
    with (
        fetcher(tmp_path, monkeypatch, always(refused)) as (get, _),
        pytest.raises(SourceError, match="HTTP 400"),
    ):
        ask(URL, CHOSEN, get)
    with (
        fetcher(tmp_path, monkeypatch, always(Said(status=404))) as (get, _),
        pytest.raises(NotFoundError),
    ):
        ask(URL, CHOSEN, get)


@given(st.data())
def test_every_cell_is_found_where_it_was_put(data):
    names = data.draw(st.permutations(["Region", "Alder", "Tid"]))
    codes = {
        name: [f"{name}{n}" for n in range(data.draw(st.integers(1, 4)))] for name in names
    }
    index = pd.MultiIndex.from_product(codes.values(), names=names)
    some = st.one_of(st.none(), st.integers(0, 9))
    value = data.draw(st.lists(some, min_size=len(index), max_size=len(index)))
    cells = read(table(codes, value).body).set_index([*names])["value"]
    for where, put in zip(index, value, strict=True):
        assert np.isnan(cells[where]) if put is None else cells[where] == put
