"""Texts that leave the program: legal everywhere, no formulas, never cut inside a letter."""

import unicodedata

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from shapely import MultiPoint, Point

from geo.errors import TableError
from layers.export.sheet import Column, Sheet
from layers.formats.dbf import short_names
from layers.formats.excel import sheet_name
from layers.formats.kinds import by_dimension, kind_of
from layers.formats.rows import plain, wholes
from layers.formats.text import FORMULA, cut, defused, legal

ANY = st.text(st.characters(exclude_categories=[]))
"""Surrogates, too: files of others hold them."""


@given(ANY)
def test_any_text_can_be_written_as_xml_and_read_back(text):
    element = etree.Element("a")
    element.text = legal(text)
    assert (etree.fromstring(etree.tostring(element)).text or "") == legal(text)
    assert len(legal(text)) == len(text)
    assert legal(text) == text or set(legal(text)) >= {"\ufffd"}


@given(st.text("=+-@\t\r'aø1"))
def test_no_text_is_a_formula_and_every_other_is_as_it_was(text):
    assert not defused(text).startswith(FORMULA)
    assert defused(text).removeprefix("'" if text.startswith(FORMULA) else "") == text


@given(st.text("aøŋ🏖\u0301\u200d"), st.integers(0, 40), st.sampled_from(["utf-8", "utf-16-le"]))
def test_a_cut_text_is_as_long_as_fits_and_ends_with_a_whole_letter(text, most, encoding):
    short = cut(text, most, encoding)
    assert text.startswith(short)
    assert len(short.encode(encoding)) <= most
    rest = text[len(short) :]
    if rest and short:
        assert not unicodedata.combining(rest[0])
    if rest and not unicodedata.combining(rest[0]):
        marks = len(rest[1:]) - len(rest[1:].lstrip("\u0301"))
        assert len((short + rest[: 1 + marks]).encode(encoding)) > most


@given(st.lists(st.text("abc_ øŊ", max_size=14), unique=True, max_size=60))
def test_short_names_are_all_different_and_plain(names):
    short = short_names(names)
    assert list(short) == names
    assert len({name.lower() for name in short.values()}) == len(names)
    assert all(1 <= len(name) <= 10 and name.isascii() for name in short.values())


@given(st.lists(st.text("abAB[]:*?/\\' 🏖", max_size=40), max_size=40))
def test_names_of_sheets_are_legal_and_all_different(names):
    taken = set()
    made = [sheet_name(name, taken) for name in names]
    assert len({name.casefold() for name in made}) == len(made)
    for name in made:
        assert 1 <= len(name.encode("utf-16-le")) / 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name


def of(**columns):
    table = pd.DataFrame(
        {name: pd.Series(values, dtype=object) for name, values in columns.items()}
    )
    return Sheet("t", "T", table, {name: Column(name) for name in columns})


def test_a_column_is_numbers_or_yes_and_no_or_texts():
    made = plain(
        of(
            whole=[1, 2],
            half=[1, 0.5],
            gone=[None, 3],
            word=["a", None],
            odd=["a", 1],
            no=[None] * 2,
        )
    )
    assert made["whole"].tolist() == [1.0, 2.0]
    assert made["half"].tolist() == [1.0, 0.5]
    assert np.isnan(made["gone"][0])
    assert made["word"].tolist() == ["a", None]
    assert made["odd"].tolist() == ["a", "1"]
    assert made["no"].tolist() == [None, None]
    yes = Sheet("t", "T", pd.DataFrame({"a": [True, False]}), {"a": Column("A")})
    assert plain(yes)["a"].dtype == bool
    kinds = pd.DataFrame(
        {"a": pd.Series([1, None], dtype="Int64"), "b": pd.Categorical(["x", None])}
    )
    made = plain(Sheet("t", "T", kinds, {"a": Column("A"), "b": Column("B")}))
    assert made["a"].dtype == float
    assert made["b"].tolist() == ["x", None]


@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_an_infinite_number_leaves_in_no_file(value):
    with pytest.raises(TableError, match="infinite numbers in minutes"):
        plain(of(minutes=[1.0, value]))


def test_a_column_that_is_not_there_is_an_error():
    with pytest.raises(TableError, match="no column"):
        plain(Sheet("t", "T", pd.DataFrame({"a": [1]}), {"b": Column("B")}))


def test_what_nobody_has_named_does_not_leave():
    table = pd.DataFrame({"people": [2.0], "name": ["Bø"]})
    assert list(plain(Sheet("t", "T", table, {"name": Column("Name")}))) == ["name"]


def test_whole_numbers_have_no_decimals_though_some_are_missing():
    made = wholes(pd.DataFrame({"a": [1.0, np.nan], "b": [1.0, 0.5]}))
    assert made.to_csv(index=False).splitlines()[1:] == ["1,1.0", ",0.5"]


def test_shapes_are_parted_by_kind_and_rows_without_one_go_along():
    table = gpd.GeoDataFrame(
        {"n": [1, 2, 3]}, geometry=[Point(0, 0).buffer(1), None, MultiPoint([(0, 0), (1, 1)])]
    )
    parts = by_dimension(table)
    assert {n: part["n"].tolist() for n, part in parts.items()} == {0: [2, 3], 2: [1]}
    assert kind_of(Sheet("t", "T", table, {})) == "Unknown"
