"""Names on paper: beside their signs, over nothing else, and text whatever is in them."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from shapely import Point, box

from layers import palette
from layers.layer import Class, Drawing, Layer
from layers.paper.drawing import draw
from layers.paper.frame import Frame
from layers.paper.labels import EDGE_MM, SIZE_MM, Label, of_places, written
from layers.paper.lettering import lettering
from layers.paper.letters import lacking, width
from layers.paper.signs import Mark
from tests.towns import CRS

SVG = "{http://www.w3.org/2000/svg}"
FRAME = Frame((0, 0, 1000, 1000), 100, 100)
LOOK = ("bookmark", "#6a3d9a", "book", "B")
MARKUP = '"><script>alert(1)</script>'


def mark(x, y, key, size=4.0):
    return Mark(x, y, size, (key,), LOOK)


def texts(svg):
    root = etree.fromstring(f'<svg xmlns="{SVG[1:-1]}" xmlns:xlink="x">{svg}</svg>')
    return [one.text for one in root.iter(f"{SVG}text")]


def test_a_name_stands_to_the_right_of_its_sign():
    (one,) = written([Label("a", "Vik")], [mark(50, 50, "a")], FRAME)
    left, top, right, bottom = one.box
    assert left == pytest.approx(50 + 2 + 0.4)
    assert (top + bottom) / 2 == pytest.approx(50)
    assert right - left == pytest.approx(width("Vik", SIZE_MM))
    svg = lettering([one])
    assert texts(svg) == ["Vik"]
    assert svg.count('xlink:href="#names"') == 2  # its white rim, then its letters
    assert svg.index('stroke="#fff"') < svg.index(f'fill="{palette.INK}"')


def test_at_the_right_edge_it_stands_to_the_left():
    (one,) = written([Label("a", "Vik")], [mark(97, 50, "a")], FRAME)
    assert one.anchor == "end"
    assert one.box[2] == pytest.approx(97 - 2 - 0.4)


def test_who_comes_first_has_the_choice_and_who_finds_no_room_has_none():
    narrow = Frame((0, 0, 160, 90), 16, 9)
    marks = [mark(4, 4.5, "a", 3), mark(8, 4.5, "b", 3)]
    names = [Label("b", "Nes"), Label("a", "Langneset")]
    found = written(names, marks, narrow)
    assert [one.lines for one in found] == [("Nes",)]


def test_a_name_never_hides_a_sign_that_has_none():
    marks = [mark(50, 50, "a"), mark(56, 50, "nameless")]
    (one,) = written([Label("a", "Vik skole")], marks, FRAME)
    assert not box(*one.box).intersects(Point(56, 50).buffer(2))


def test_gathered_and_unknown_places_have_no_name():
    together = Mark(50, 50, 4, ("a", "b"))
    assert written([Label("a", "Vik"), Label("x", "Nes")], [together], FRAME) == ()


def test_a_long_name_breaks_between_words_and_is_never_cut():
    name = "Deichman bibliotek avdeling Grünerløkka"
    (one,) = written([Label("a", name)], [mark(50, 50, "a")], FRAME)
    assert len(one.lines) == 2
    assert " ".join(one.lines) == name
    for endless in ("x" * 40, "lang " * 50, "y" * 1_000_000):
        assert written([Label("a", endless)], [mark(50, 50, "a")], FRAME) == ()


@pytest.mark.parametrize("name", ["", "  ", "\x00\u202e", "公園", "Park 🌳"])
def test_what_cannot_be_written_is_left_out(name):
    assert written([Label("a", name)], [mark(50, 50, "a")], FRAME) == ()


def test_sami_and_nordic_names_can_be_written():
    assert not lacking("ÁáČčĐđŊŋŠšŦŧŽžÅåÆæØøÄäÖöÏï")


def test_a_hostile_name_is_text_without_what_xml_forbids():
    (one,) = written([Label("a", MARKUP)], [mark(30, 50, "a")], FRAME)
    svg = lettering([one])
    assert "<script>" not in svg
    assert "".join(texts(svg)) == MARKUP
    (one,) = written([Label("a", "A\x00\x1b\u202eB\ud800 <b>")], [mark(30, 50, "a")], FRAME)
    assert texts(lettering([one])) == ["AB <b>"]


def test_few_of_a_kind_come_first_then_the_large_then_by_name():
    table = gpd.GeoDataFrame(
        {
            "name": ["Åsen", "Bø", "", "Bø", "Nes", " Vik\n"],
            "kind": ["park", "park", "park", "park", "park", "library"],
            "area_m2": [5.0, 5.0, 900.0, 4.0, 800.0, np.nan],
        },
        index=list("abcdef"),
    )
    assert [(one.key, one.text) for one in of_places(table)] == [
        ("f", "Vik"),
        ("e", "Nes"),
        ("b", "Bø"),
        ("a", "Åsen"),
    ]
    assert of_places(table[:0]) == ()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(3, 97),
            st.integers(3, 97),
            st.text("abc ÅÆ-", min_size=1, max_size=45),
        ),
        max_size=60,
    )
)
def test_no_name_lies_over_another_a_sign_or_the_edge(drawn):
    marks = [mark(x, y, n, 2.6) for n, (x, y, _) in enumerate(drawn)]
    names = written([Label(n, name) for n, (_, _, name) in enumerate(drawn)], marks, FRAME)
    boxes = np.array([box(*one.box) for one in names], dtype=object)
    signs = [box(one.x - 1.3, one.y - 1.3, one.x + 1.3, one.y + 1.3) for one in marks]
    tree = shapely.STRtree(boxes)
    one, other = tree.query(boxes, predicate="intersects")
    assert (one == other).all()
    assert not len(tree.query(np.array(signs, dtype=object), predicate="intersects")[0])
    inside = box(EDGE_MM, EDGE_MM, 100 - EDGE_MM, 100 - EDGE_MM)
    assert all(inside.covers(one) for one in boxes)


def test_a_drawing_tells_how_many_names_it_has():
    look = palette.look("library")
    entry = Class("library", "Library", look.colour, look.shape, icon="book", letter="B")
    table = gpd.GeoDataFrame(
        {"family": ["library"] * 2}, geometry=[Point(200, 500), Point(800, 500)], crs=CRS
    )
    table.index = ["a", "b"]
    shown = Layer("places", "P", table, "family", (entry,), Drawing.SYMBOLS)
    drawn = draw([shown], FRAME, [Label("a", "Vik & Nes"), Label("gone", "Bø")])
    assert drawn.labelled == 1
    root = etree.fromstring(drawn.svg)
    assert [t.text for t in root.iter(f"{SVG}text")].count("Vik & Nes") == 1
    assert draw([shown], FRAME).labelled == 0


@pytest.mark.parametrize("name", ["Vik", "Lofoten folkehøgskole", "AVATAR To. 11"])
def test_words_are_no_wider_than_measured(name):
    """Typst sets the same typeface itself, with kerning."""
    import typst  # noqa: PLC0415 - of this test alone

    from layers.paper.showable import FONT, FONT_FOLDER  # noqa: PLC0415

    text = f'#set text(font: "{FONT}", size: 100pt)\n'
    text += f'#context [#metadata(measure("{name}").width.pt()) <wide>]'
    found = typst.query(
        text.encode(), "<wide>", field="value", one=True, font_paths=[str(FONT_FOLDER)]
    )
    assert float(found) == pytest.approx(width(name, 100), rel=0.06)
    assert float(found) <= width(name, 100) * 1.005
