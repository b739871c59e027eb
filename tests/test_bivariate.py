"""Incomes and walks on one map: colours everybody can tell apart, a table as legend."""

import json
from html.parser import HTMLParser
from itertools import combinations, pairwise
from math import inf

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import box

from geo.incomes import crossed, told_crossed
from layers import palette
from layers.bivariate import FEWEST_LIVING, Crossed, bivariate
from layers.geojson import encode
from layers.income_text import compared, headings, rows
from layers.legend import legend
from words import LANGUAGES, speaker

CRS = "EPSG:25833"
SAY = speaker("en")
HOSTILE = "<img src=x onerror=alert(1)>"
AREAS = {
    "a": ("low", [(40.0, 12.0), (10.0, 3.0)]),
    "b": ("high", [(30.0, 10.0)]),
    "c": ("middle", [(30.0, inf)]),
    "d": ("unknown", [(30.0, 1.0)]),
    "e": ("low", [(9.0, 1.0)]),
    "f": ("low", []),
}
"""Class of each area, and people and minutes of its homes."""

VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""On linear RGB, severity 1.0: Machado, Oliveira & Fernandes 2009, 10.1109/TVCG.2009.113."""


def town():
    """Return homes, areas side by side, and walks."""
    homes = pd.DataFrame(
        [(people, key) for key, (_, some) in AREAS.items() for people, _ in some],
        columns=["everybody", "income"],
    )
    walks = pd.Series([walk for _, some in AREAS.values() for _, walk in some])
    land = gpd.GeoDataFrame(
        {
            "name": [HOSTILE, *("" for _ in range(len(AREAS) - 1))],
            "area_class": [of for of, _ in AREAS.values()],
        },
        geometry=[box(5e5 + n, 7e6, 5e5 + n + 1, 7e6 + 1) for n in range(len(AREAS))],
        index=list(AREAS),
        crs=CRS,
    )
    return homes, land, walks


def shown(say=SAY):
    return bivariate(*town(), within=10, say=say, attribution="A file")


def channels(colour):
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])


def on_land(colour):
    """Return the channels, from 0 to 255, of a colour of the map half transparent on land."""
    land = channels(palette.LAND)
    return land + palette.CELL_OPACITY * (channels(colour) - land)


def seen(colour, vision):
    """Return a colour of the map as CIE Lab (D65), as an eye of that vision sees it."""
    rgb = on_land(colour) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(VISION[vision] @ linear, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("vision", VISION)
def test_everybody_tells_the_nine_colours_apart(vision):
    colours = [colour for row in palette.CROSSED.values() for colour in row]
    assert len(set(colours)) == 9
    apart = [
        np.linalg.norm(seen(one, vision) - seen(other, vision))
        for one, other in combinations(colours, 2)
    ]
    assert min(apart) >= 12


def test_both_properties_darken():
    light = [[seen(colour, "normal")[0] for colour in row] for row in palette.CROSSED.values()]
    assert list(palette.CROSSED) == ["low", "middle", "high"]
    for row in light:
        assert all(near > far + 5 for near, far in pairwise(row))
    for column in zip(*light, strict=True):
        assert all(poor + 5 < rich for poor, rich in pairwise(column))


def test_edges_stand_out_and_tell_classes_apart_without_colour():
    nine = [entry for entry in shown().classes if entry.key != "unknown"]
    assert len(nine) == len({(entry.dash, entry.size) for entry in nine}) == 9
    for entry in nine:
        mixed = "#" + "".join(f"{channel:02x}" for channel in on_land(entry.colour).astype(int))
        assert palette.contrast(entry.edge, mixed) >= 3
        assert palette.contrast(entry.edge, palette.LAND) >= 3


def test_areas_are_shown_by_income_and_the_walk_of_half_their_people():
    table = shown().table
    assert table["class"].tolist() == [
        "low_far", "high_near", "middle_farther", "unknown", "unknown", "unknown",
    ]  # fmt: skip
    assert table["minutes"].tolist() == [
        "12 minutes", "10 minutes", "No way on foot", "1 minute", "Too few to tell",
        "Too few to tell",
    ]  # fmt: skip
    assert table["income"].tolist()[3] == "Unknown"
    assert table["name"].tolist() == [HOSTILE, *"bcdef"]


def test_a_file_of_it_tells_no_numbers_of_people():
    features = json.loads(encode(shown()))["features"]
    assert {key for one in features for key in one["properties"]} == {
        *("class", "name", "income", "minutes"),
    }
    assert FEWEST_LIVING == 10


class Cells(HTMLParser):
    """Reads the cells of a table, and how wide each row is."""

    def __init__(self):
        super().__init__()
        self.tags, self.texts, self.rows = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "tr":
            self.rows.append(0)
        if tag in {"td", "th"}:
            self.rows[-1] += 1

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_is_a_table_of_three_by_three(language):
    read = Cells()
    read.feed(legend([shown(speaker(language))], speaker(language)))
    assert read.rows == [4, 4, 4, 4]
    assert [a["scope"] for tag, a in read.tags if tag == "th"] == ["col"] * 3 + ["row"] * 3
    images = [attrs["src"] for tag, attrs in read.tags if tag == "img"]
    assert len(images) == 10
    assert len(set(images)) == 10


def test_the_legend_counts_areas_beside_each_colour():
    text = legend([shown()], SAY)
    read = Cells()
    read.feed(text)
    told = " ".join(part.strip() for part in read.texts if part.strip())
    assert "Low income 0 1 0 Middle income 0 0 1 High income 1 0 0" in told
    assert "Income unknown, or fewer than 10 residents: 3" in told
    assert told.endswith("A file")
    assert HOSTILE not in text


def test_an_empty_layer_has_no_legend():
    homes, land, walks = town()
    nothing = bivariate(homes.iloc[:0], land.iloc[:0], walks.iloc[:0], within=10, say=SAY)
    assert isinstance(nothing, Crossed)
    assert "table" not in legend([nothing], SAY)
    assert json.loads(encode(nothing))["features"] == []


def test_table_and_sentence_say_the_same():
    told = told_crossed(crossed(*town(), within=10))
    assert len(headings(SAY)) == 5
    assert rows(told, SAY) == [
        ["Low income", "59", "19", "40", "32%"],
        ["Middle income", "30", "0", "30", "0%"],
        ["High income", "30", "30", "0", "100%"],
        ["Income unknown", "30", "30", "0", "100%"],
    ]
    assert compared(told, 10, SAY) == (
        "Of the residents of low-income areas 32% have 10 minutes or less on foot; of those of"
        " high-income areas, 100%."
    )


def test_what_is_hidden_is_not_compared():
    homes, land, walks = town()
    few = told_crossed(crossed(homes.assign(everybody=4.0), land, walks, within=10))
    assert compared(few, 10, SAY).startswith("Too few live")
    assert {cell for row in rows(few, SAY) for cell in row[2:]} == {"Too few to tell"}
    alone = told_crossed(crossed(homes, land.assign(area_class="middle"), walks, within=10))
    assert compared(alone, 10, SAY).startswith("No areas of low and of high income")


def test_tables_are_left_as_they_were():
    before = town()
    bivariate(*before, within=10, say=SAY)
    for one, other in zip(before, town(), strict=True):
        assert one.equals(other)
