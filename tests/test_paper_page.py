"""Pages of maps: everything is on them, whole, and in its place."""

import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from lxml import etree
from PIL import Image

from geo.errors import ExportError
from layers.paper.fitting import frames
from layers.paper.grid import lines, step
from layers.paper.letters import width
from layers.paper.page import BasePicture, Paper, ground, pdf, png, svg
from layers.paper.paper_legend import Signs, groups
from layers.paper.scale_bar import LETTER_MM, bar, scale_bar
from layers.paper.showable import letters, showable
from layers.paper.typesetting import measured, typeset
from tests.printed import (
    CRS,
    HOSTILE,
    NAMES,
    SAMI,
    SENTENCE,
    X,
    Y,
    a_map,
    a_print,
    cells,
    homes,
    land,
    places,
)
from words.speaker import speaker

PAPERS = [Paper(size, across) for size in ("a4", "a3") for across in (False, True)]
SAY = speaker("en")
WORD = re.compile(
    r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<'
)
POINT_MM = 25.4 / 72
MARGIN_MM = 10.0


def asked(tool, made, *options):
    """Return what a tool of Poppler says of a PDF."""
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed (poppler-utils)")
    done = subprocess.run(
        [tool, *options, "-", "-"], input=made, capture_output=True, check=True
    )
    return done.stdout.decode()


def packed_png(width, height):
    """Return a red PNG."""
    Image.new("RGB", (width, height), "#ff0000").save(packed := io.BytesIO(), "png")
    return packed.getvalue()


def squeezed(text):
    """Return a text without spaces, ends of lines and hyphens: it may be broken anywhere."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]+", "", text)


def words(made):
    """Return the words of each page with their boxes, in millimetres."""
    pages = asked("pdftotext", made, "-bbox").split("<page ")[1:]
    return [
        [(*(float(at) * POINT_MM for at in box), word) for *box, word in WORD.findall(page)]
        for page in pages
    ]


def overlapping(one, other):
    """Return whether two boxes share more than the white around their letters."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    least = min(one[3] - one[1], other[3] - other[1])
    return wide > 0.3 and high > 0.4 * least


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_a_page_is_as_large_as_its_paper(paper):
    told = asked("pdftotext", pdf([a_print()], paper, SAY), "-bbox")
    wide, high = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', told).groups()
    assert float(wide) * POINT_MM == pytest.approx(paper.width_mm, abs=0.1)
    assert float(high) * POINT_MM == pytest.approx(paper.height_mm, abs=0.1)


@pytest.mark.parametrize("language", ["nb", "nn", "en", "sv"])
@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_nothing_is_cut_and_nothing_overlaps_however_long(paper, language):
    say = speaker(language)
    for n, name in enumerate(NAMES):
        page = a_print(
            title=f"Møteplasser i {name}",
            maker=f"{name} kommune",
            sentence=(SENTENCE * 6)[:600] if n % 2 else SENTENCE,
            sources=tuple(
                f"Source number {i} of many, NLOD 2.0, 2026" for i in range(1 + 8 * n)
            ),
        )
        made = pdf([page], paper, say)
        found = words(made)
        told = squeezed(" ".join(word for page in found for *_, word in page))
        wanted = [page.title, page.maker, page.sentence, page.question, *page.sources]
        wanted += [entry.label for layer in page.maps[0].layers for entry in layer.present]
        wanted += [say("Legend"), say.date(page.day), CRS]
        assert [text for text in wanted if squeezed(text) not in told] == []
        for boxes in found:
            outside = [
                word
                for left, top, right, bottom, word in boxes
                if left < MARGIN_MM
                or top < MARGIN_MM
                or right > paper.width_mm - MARGIN_MM
                or bottom > paper.height_mm - MARGIN_MM
            ]
            assert outside == []
            pairs = combinations(boxes, 2)
            assert [(a[4], b[4]) for a, b in pairs if a[4] != b[4] and overlapping(a, b)] == []


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_a_long_list_goes_to_a_page_behind_and_the_map_stays_large(paper):
    count = 70 if paper.large else 50
    many = a_print(sources=tuple(f"Source {n}, {'x' * 60}" for n in range(count)))
    assert len(words(pdf([many], paper, SAY))) == 2
    [[left, bottom, right, top]] = ground(many, paper, SAY)
    [[few_left, _, few_right, _]] = ground(a_print(), paper, SAY)
    assert (right - left) * (top - bottom) > 1000 * 1000
    assert right - left < 3 * (few_right - few_left)


def scale_of(page, paper):
    """Return the scale that stands on a page."""
    return int(
        re.search(r"1:([\d,]+)", asked("pdftotext", pdf([page], paper, SAY)))[1].replace(
            ",", ""
        )
    )


def test_the_legend_stands_where_the_ground_is_shown_largest():
    """200 mm high beside the legend, 110 mm above it: 1500 m are 1:7,500 or 1:15,000."""
    tall = a_print(maps=(a_map(bounds=(X, Y, X + 500, Y + 1500)),))
    assert scale_of(tall, Paper()) == 7_500
    found = {word: left for left, *_, word in words(pdf([tall], Paper(), SAY))[0]}
    assert found["Legend"] > Paper().width_mm / 2
    wide = a_print(maps=(a_map(bounds=(X, Y, X + 1500, Y + 500)),))
    assert scale_of(wide, Paper()) == 10_000
    found = {word: left for left, *_, word in words(pdf([wide], Paper(), SAY))[0]}
    assert found["Legend"] < 20


def test_small_maps_leave_no_row_half_empty_if_they_are_as_large_without():
    four = [a_map(caption=f"Group {n}", sentence="") for n in range(4)]
    for paper in PAPERS:
        boxes = words(pdf([a_print(maps=four)], paper, SAY))[0]
        tops = Counter(round(top) for _, top, _, _, word in boxes if word == "Group")
        assert {*tops.values()} in ({4}, {2})


def test_words_of_a_legend_stand_below_each_other_whatever_their_signs():
    outlines = replace(
        cells(SAY),
        key="outlines",
        table=cells(SAY).table.iloc[:2],
        classes=cells(SAY).classes,
        name="Other cells",
    )
    both = a_map(layers=(outlines, cells(SAY)), base=())
    found = words(pdf([a_print(maps=(both,))], Paper(), SAY))[0]
    assert len({round(left, 1) for left, *_, word in found if word == "Cells"}) == 1


def test_a_long_legend_is_whole():
    layers = [
        replace(
            homes(SAY),
            key=f"walk-{n}",
            name=f"Layer number {n}",
            classes=tuple(
                replace(entry, label=f"{entry.label}, of {n}") for entry in homes(SAY).classes
            ),
        )
        for n in range(14)
    ]
    made = pdf([a_print(maps=(a_map(layers=layers),))], Paper(), SAY)
    told = squeezed(asked("pdftotext", made))
    labels = [entry.label for layer in layers for entry in layer.present]
    assert [label for label in labels if squeezed(label) not in told] == []


def test_what_users_type_is_text():
    page = a_print(title=HOSTILE, maker=HOSTILE, sentence=HOSTILE, sources=(HOSTILE,))
    told = squeezed(asked("pdftotext", pdf([page], Paper(), SAY)))
    assert told.count(squeezed(HOSTILE)) >= 4


def test_every_sami_letter_is_in_the_typeface_and_on_the_page():
    assert set(map(ord, SAMI)) <= letters()
    assert SAMI in asked("pdftotext", pdf([a_print(title=SAMI)], Paper(), SAY))


def test_what_the_typeface_lacks_is_a_question_mark():
    assert showable("Vik 公園 \U0001f600\x07") == "Vik ?? ?"
    assert "Vik ??" in asked("pdftotext", pdf([a_print(title="Vik 公園")], Paper(), SAY))


@pytest.mark.parametrize(
    "source", ["#nothing", '#read("/etc/passwd")', '#read("../../x")', "#["]
)
def test_what_typst_says_never_reaches_a_reader(source):
    for ask in (typeset, lambda *of: measured(*of, "plan")):
        with pytest.raises(ExportError) as caught:
            ask(source, {}, {})
        assert "typst" not in str(caught.value).lower()
        assert "nothing" not in str(caught.value)


def test_pages_come_one_after_another_with_their_numbers():
    made = pdf([a_print(), a_print(title="Youth")], Paper(), SAY)
    told = asked("pdftotext", made)
    assert "Page 1 of 2" in told
    assert "Page 2 of 2" in told


@pytest.mark.parametrize("count", [2, 3, 6])
@pytest.mark.parametrize("paper", PAPERS[:2], ids=str)
def test_small_maps_have_captions_one_scale_and_one_legend(count, paper):
    maps = [
        a_map(
            bounds=(X, Y, X + 100 * (n + 1), Y + 900), caption=f"Group {n}", sentence=f"Of {n}."
        )
        for n in range(count)
    ]
    page = a_print(maps=maps)
    told = asked("pdftotext", pdf([page], paper, SAY), "-layout")
    assert all(f"Group {n}" in told and f"Of {n}." in told for n in range(count))
    assert told.count("Legend") == 1
    assert told.count("1:") == 1
    shown = ground(page, paper, SAY)
    sides = {(round(x2 - x1, 3), round(y2 - y1, 3)) for x1, y1, x2, y2 in shown}
    assert len(sides) == 1


def test_the_scale_that_is_told_is_the_scale_that_is_drawn():
    [plan] = [{"width": 180.0, "height": 120.0}]
    [frame] = frames(a_print(), plan)
    assert frame.scale == 10_000
    made = bar(frame.scale, 76)
    assert made.length_mm * frame.scale / 1000 == made.length_m == 500


def test_coordinates_stand_where_they_are():
    page = a_print()
    [[left, _, right, _]] = ground(page, Paper(), SAY)
    found = words(pdf([page], Paper(), SAY))[0]
    told = [
        (round((one[0] + other[2]) / 2, 1), int(one[4] + other[4]))
        for one, other in pairwise(found)
        if re.fullmatch(r"47\d", one[4]) and re.fullmatch(r"\d00", other[4])
    ]
    assert len(told) >= 4
    (mm, metres), *others = sorted(set(told))
    scale = (right - left) / (Paper().width_mm - 2 * 12 - 2 * 4.5)
    for other_mm, other in others:
        assert (other - metres) / scale == pytest.approx(other_mm - mm, abs=0.4)


@pytest.mark.parametrize("scale", [2_500, 5_000, 7_500, 12_500, 20_000, 60_000, 250_000])
@pytest.mark.parametrize("room", [60, 76, 104])
def test_numbers_of_a_bar_never_meet(scale, room):
    drawn = scale_bar(bar(scale, room), SAY)
    told = re.findall(r'<text x="([\d.]+)"[^>]*>([^<]*)<', drawn)
    assert told[0][1] == "0"
    spans = [(float(x), width(text, LETTER_MM) / 2) for x, text in told]
    assert all(x + half < other - more for (x, half), (other, more) in pairwise(spans))


def test_lines_of_a_grid_are_neither_many_nor_few():
    for scale in (2_500, 7_500, 10_000, 30_000, 125_000, 400_000):
        apart = step(scale) * 1000 / scale
        assert 32 <= apart <= 84
        assert lines(0, 10 * step(scale), step(scale)) == [n * step(scale) for n in range(11)]


def test_the_legend_is_that_of_the_web_map_with_what_paper_adds():
    signs = Signs()
    layers = (land(SAY), cells(SAY), homes(SAY), places())
    drawn = {"walk": {"half", "unknown"}, "spots": {"a", "b"}, "places": {"library"}}
    found = groups(layers, signs, SAY, drawn=drawn, gathered=True)
    assert [group["name"] for group in found] == [
        "Meeting places",
        "The walk to the nearest place",
        "Many people, far away",
    ]
    assert [[entry["label"] for entry in group["entries"]] for group in found] == [
        ["Family library", "Several places, gathered: how many"],
        ["Walk half", "Walk unknown"],
        ["Cells a", "Cells b"],
    ]
    hatched = [
        "pattern" in signs.files[entry["signs"][0]].decode() for entry in found[2]["entries"]
    ]
    assert hatched == [False, True]


def test_gathered_signs_are_explained_only_where_there_are_some():
    crowd = a_map(layers=(places(60, apart_m=0.5),), labels=None)
    loose = a_map(layers=(places(6),), labels=None)
    for one, expected in ((crowd, True), (loose, False)):
        told = asked("pdftotext", pdf([a_print(maps=(one,))], Paper(), SAY))
        assert ("gathered" in told) is expected


def test_a_picture_lies_under_the_map_where_it_belongs():
    """The right half of the ground is red, the left stays white; marks lie on both."""
    red = BasePicture(packed_png(85, 180), (X + 500, Y - 9000, X + 9000, Y + 9000))
    one = a_map(layers=(homes(SAY),), base=(), labels=None, picture=red)
    page = a_print(maps=(one,))
    [drawn] = png(page, Paper(), SAY)
    pixels = np.asarray(Image.open(io.BytesIO(drawn)).convert("RGB")).astype(int)
    reds = (pixels == (255, 0, 0)).all(axis=2)
    columns = np.flatnonzero(reds.any(axis=0))
    [[left, _, right, _]] = ground(page, Paper(), SAY)
    mm = columns / 300 * 25.4
    begin, end = 12 + 4.5, 210 - 12 - 4.5
    edge = begin + (X + 500 - left) / (right - left) * (end - begin)
    assert mm.min() == pytest.approx(edge, abs=0.2)
    assert mm.max() == pytest.approx(end, abs=0.3)


@pytest.mark.parametrize(
    "picture",
    [
        BasePicture(b"GIF89a", (X, Y, X + 9, Y + 9)),
        BasePicture(packed_png(4, 4), (X - 9900, Y - 9900, X - 9800, Y - 9800)),
        BasePicture(packed_png(4, 4), (X, Y, X, Y)),
    ],
)
def test_a_picture_that_cannot_lie_under_the_map_is_refused(picture):
    with pytest.raises(ExportError, match="picture under the map"):
        pdf([a_print(maps=(a_map(picture=picture),))], Paper(), SAY)


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_a_png_has_300_dots_to_the_inch(paper):
    [made] = png(a_print(), paper, SAY)
    picture = Image.open(io.BytesIO(made))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)
    inches = paper.width_mm / 25.4, paper.height_mm / 25.4
    assert picture.size == pytest.approx([300 * side for side in inches], abs=1)


def test_an_svg_is_one_drawing_with_its_typeface():
    maps = [a_map(caption="Ŋ one"), a_map(caption="Two")]
    [made] = svg(a_print(maps=maps), Paper("a3", across=True), SAY)
    root = etree.fromstring(made)
    assert root.get("width") == "1190.551181102pt"
    assert b"data:image/svg" not in made
    assert b"@font-face" in made
    names = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(names) == len(set(names))
    links = re.findall(rb'href="#([^"]+)"|url\(#([^)]+)\)', made)
    assert {(a or b).decode() for a, b in links} <= set(names)
    assert "Bøler skole" in "".join(root.itertext())
    assert b"http" not in re.sub(rb"http://www\.w3\.org/[\w/]+", b"", made)


def test_the_same_page_is_the_same_file():
    assert pdf([a_print()], Paper(), SAY) == pdf([a_print()], Paper(), SAY)


def test_a_page_of_no_map_or_of_seven_is_refused():
    for count in (0, 7):
        with pytest.raises(ExportError, match="one to 6"):
            a_print(maps=(a_map(),) * count)
    with pytest.raises(ExportError, match="a4, a3"):
        Paper("letter")
