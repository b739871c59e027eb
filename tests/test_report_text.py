"""What a report says: sentences for all that may be, and nothing that may not be told."""

import re
from dataclasses import replace
from itertools import pairwise
from math import inf

import pytest

from geo.between import Band
from geo.coverage import Reach
from geo.income_notes import ECOLOGICAL
from layers.report import chart
from layers.report.report import meta, report
from layers.report.tree import (
    Bullets,
    Contents,
    Heading,
    Paragraph,
    Picture,
    Table,
    Title,
    headings,
)
from tests.few_town import planted
from tests.reports import FACTS, MAPS, NOW, TOWNS, about, texts, with_incomes, written
from words import speaker
from words.languages import LANGUAGES

EN = speaker("en")
CHAPTERS = [
    "In short",
    "What this report is for",
    "What there is",
    "Who reaches what",
    "Where the gaps are",
    "Low-income areas",
    "How even it is",
    "How good the data is",
    "Method in plain words",
    "Sources",
]


def chapters(blocks):
    return [one.text for one in headings(blocks) if one.level == 1]


def below(blocks, heading):
    """Return the texts of a chapter."""
    at = next(n for n, one in enumerate(blocks) if one == Heading(1, heading))
    rest = blocks[at + 1 :]
    ends = (n for n, one in enumerate(rest) if isinstance(one, Heading) and one.level == 1)
    return texts(rest[: next(ends, len(rest))])


def table(blocks, caption):
    [found] = [one for one in blocks if isinstance(one, Table) and one.caption == caption]
    return found


@pytest.fixture(scope="module")
def one():
    return written(TOWNS["one place"])[0]


def test_chapters_come_in_their_order(one):
    assert chapters(one) == [*CHAPTERS, "More maps"]
    assert isinstance(one[0], Title)
    assert one[0].text == "Meeting places in Toytown"
    assert "November 21, 2026" in one[0].lines


def test_headings_leave_out_no_level(one):
    levels = [0, *(heading.level for heading in headings(one))]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_stand_before_what_they_list(one):
    [at] = [n for n, block in enumerate(one) if isinstance(block, Contents)]
    listed = [block for block in one[:at] if isinstance(block, Heading)]
    assert [block.text for block in listed] == ["In short"]


def test_one_place_is_told_of_as_one(one):
    told = below(one, "What there is")
    assert told[0] == "There is 1 meeting place in Toytown. That is 5 per thousand residents."
    assert told[1].startswith("It is outdoors. All of them are always open. ")
    assert told[1].endswith(
        "Without steps one gets into 0, partly into 0, and not into 0; of 1 nobody knows."
    )
    assert "1 such place counts." in " ".join(told)


def test_the_largest_family_is_named_if_there_is_one():
    told = below(written(planted())[0], "What there is")[0]
    assert "There are 4 meeting places in Toytown." in told
    assert "largest family" not in told  # each is of a family of its own


def test_every_figure_of_a_small_town_is_mental_arithmetic(one):
    # A hundred live a minute from the park and a hundred 11.5 minutes from it.
    told = below(one, "Who reaches what")
    assert told[0].startswith(
        "50% of the residents – 100 of 200, as estimated – have 10 minutes"
    )
    rows = {row[0]: row[1:] for row in table(one, "Who has 10 minutes or less on foot").rows}
    assert rows["Everybody"] == ("200", "100", "100", "50%", "0")
    assert rows["Youth, 16–19"] == ("20", "10", "10", "50%", "0")
    assert rows["People with low income"] == ("Unknown", "–", "–", "–", "–")
    gaps = below(one, "Where the gaps are")
    assert gaps[0].startswith("About 100 of the residents have more than 10 minutes on foot")
    assert "They live in 1 cell of 250 m." in gaps[0]
    assert "about 100" in gaps


def test_the_main_points_are_those_of_the_chapters(one):
    points = below(one, "In short")
    for chapter in ("What there is", "Who reaches what", "Where the gaps are"):
        assert below(one, chapter)[0] in points


def test_the_law_is_named_where_it_holds():
    what = about(TOWNS["one place"])
    here = " ".join(below(report(what, EN), "What this report is for"))
    for section in ("(section 5)", "(section 6)", "(section 3-1)", "(section 10-1)"):
        assert section in here
    abroad = " ".join(texts(report(replace(what, country="fi"), EN)))
    assert "section" not in abroad
    assert "municipal planning strategy" not in abroad


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TOWNS)
def test_there_is_a_sentence_for_whatever_is_there_or_not(name, language):
    blocks, about_it = written(TOWNS[name], language=language)
    told = texts(blocks)
    none = "" if language == "en" else "|None"  # in English it is a word
    assert [text for text in told if re.search(rf"\bnan\b|\binf\b|\{{|∞{none}", text)] == []
    assert about_it.language == language
    for block in blocks:
        if isinstance(block, Bullets):
            assert block.items


def test_where_there_is_nothing_it_says_so():
    blocks, _ = written(TOWNS["nothing"])
    told = texts(blocks)
    assert told.count("There are no meeting places in the data for this area.") == 3
    assert "There is no such meeting place in the data for this area." in told
    assert "How even it is" not in chapters(blocks)
    assert "No source is named in the data." in " ".join(told)


def test_where_nobody_lives_nobody_is_counted():
    known = TOWNS["one place"]
    empty = replace(known, homes=known.homes.iloc[:0])
    blocks, _ = written(empty)
    told = below(blocks, "What there is")
    assert told[0] == "There is 1 meeting place in Toytown."
    assert below(blocks, "Who reaches what")[0].startswith("Nobody is estimated to live here")
    assert below(blocks, "Where the gaps are")[0].startswith("Nobody is estimated to live here")


def test_where_nobody_is_far_it_says_so():
    blocks, _ = written(TOWNS["one place"], minutes=60)
    told = below(blocks, "Where the gaps are")
    assert told[0].startswith("Nobody lives beyond reach: all of the residents have 60 minutes")
    assert not any(text == "Near" for text in told)


def test_nothing_asked_is_no_advice_to_click():
    what = about(TOWNS["one place"])
    bare = replace(what.answer, question=replace(what.answer.question, kinds=()))
    told = texts(report(replace(what, answer=bare), EN))
    assert "No kind of meeting place was asked about." in told
    assert not any("Choose" in text for text in told)


def test_a_group_whose_number_is_unknown_is_no_advice_either():
    blocks, _ = written(TOWNS["one place"], group="low_income")
    told = below(blocks, "Who reaches what")
    assert told[0] == "People with low income: how many live here is not known."
    assert not any("Choose" in text for text in texts(blocks))


def test_where_incomes_are_known_both_terms_are_told_of():
    blocks, _ = written(with_incomes(), minutes=5)
    told = below(blocks, "Low-income areas")
    assert told[0].startswith("People with low income are those who have little themselves")
    assert told[1].startswith("Residents of low-income areas are all who live where many")
    assert "Of the residents of low-income areas 100% have 5 minutes or less" in " ".join(told)
    rows = table(blocks, "Everybody's reach by the income of the area they live in").rows
    assert rows[0] == ("Low income", "365", "365", "0", "100%")
    assert " ".join(told).count(EN(ECOLOGICAL)) == 1
    assert "Statistics Norway" not in " ".join(told)


def test_where_only_the_whole_is_open_it_says_so_and_whom_to_ask():
    known = TOWNS["one place"]
    area = replace(known.area, facts=FACTS)
    told = " ".join(below(written(replace(known, area=area))[0], "Low-income areas"))
    assert "the open figures are of the whole municipality" in told
    assert "Persons below EU-60: 9.5 % (SSB, 2024)" in told
    assert "Ask Statistics Norway (SSB) for a table" in told


def test_everybodys_walk_decides_over_incomes_whoever_was_asked_about():
    whole, _ = written(with_incomes(), minutes=5)
    young, _ = written(with_incomes(), minutes=5, group="youth")
    caption = "Everybody's reach by the income of the area they live in"
    assert table(whole, caption) == table(young, caption)


@pytest.mark.parametrize("asked", [{"minutes": 5}, {"minutes": 5, "group": "youth"}])
def test_three_people_are_told_no_other_way_than_four(asked):
    for kinds in (("park",), ("park", "library"), ("library", "sauna", "place_of_worship")):
        one = written(planted(), *kinds, **asked)[0]
        other = written(planted(moved=True), *kinds, **asked)[0]
        assert texts(one) == texts(other)


def test_maps_stand_in_their_chapters(one):
    at = {}
    for block in one:
        if isinstance(block, Heading) and block.level == 1:
            chapter = block.text
        elif isinstance(block, Picture):
            at[block.caption] = chapter
    assert at["Caption of places"] == "What there is"
    assert at["Caption of walks"] == at["Caption of groups"] == "Who reaches what"
    assert at["Caption of gaps"] == "Where the gaps are"
    assert at["Caption of other"] == "More maps"
    assert "Caption of incomes" not in at  # nothing is known of them here


def test_without_maps_the_report_is_whole():
    what = about(TOWNS["one place"])
    assert chapters(report(what, EN)) == CHAPTERS
    pictures = [one for one in report(what, EN) if isinstance(one, Picture)]
    assert len(pictures) == 1  # the chart, which is ours


def test_the_largest_gaps_are_listed_and_the_rest_counted(monkeypatch):
    monkeypatch.setattr("layers.report.far.LISTED", 0)
    told = below(written(TOWNS["one place"])[0], "Where the gaps are")
    assert (
        "1 more cell, with fewer people beyond reach, is in the files that go with this report."
        in told
    )


def test_a_measure_without_an_end_is_a_word():
    what = about(TOWNS["one place"], minutes=5)
    spread = {key: replace(one, palma=inf) for key, one in what.figures.spread.items()}
    told = texts(report(replace(what, figures=replace(what.figures, spread=spread)), EN))
    assert "Infinite" in told
    assert "∞" not in " ".join(told)


# The chart.


def shares(**reach):
    what = about(TOWNS["one place"])
    found = {**dict.fromkeys(what.answer.reach, Reach(*[float("nan")] * 3)), **reach}
    return chart.chart(replace(what.answer, reach=found), what.catalogue, EN)


def test_a_bar_is_as_long_as_its_share_and_said_in_words():
    drawn = shares(everybody=Reach(100.0, 50.0, 0.0), youth=Reach(40.0, 30.0, 0.0))
    assert "Everybody: 50%" in drawn.alt
    assert "Youth, 16–19: 75%" in drawn.alt
    assert "Adults, 20–66: Unknown" in drawn.alt
    assert f'width="{0.75 * chart.BARS_MM:.2f}"' in drawn.svg
    assert f'x1="{chart.BARS_FROM_MM + 0.5 * chart.BARS_MM:.2f}"' in drawn.svg
    assert "Unknown</text>" in drawn.svg


def test_a_share_that_is_not_sure_has_a_paler_end():
    band = Band((28.0, 33.0), (17.0, 22.0))
    drawn = shares(youth=Reach(50.0, 31.0, 0.0, band))
    assert 'fill-opacity="0.4"' in drawn.svg
    assert "62% (between 56% and 66%)" in drawn.alt


def test_a_few_have_no_bar():
    drawn = shares(everybody=Reach(100.0, 50.0, 0.0), youth=Reach(40.0, 37.0, 0.0))
    assert "Youth, 16–19: Too few to tell" in drawn.alt
    assert f'width="{37 / 40 * chart.BARS_MM:.2f}"' not in drawn.svg
    assert shares(youth=Reach(40.0, 37.0, 0.0)) is None


def test_a_file_says_what_it_is():
    told = meta(about(TOWNS["hostile"]), speaker("nn"))
    assert (told.day, told.tag, told.author) == ("2026-11-21", "nn-NO", "Møteplass")
    assert NOW.date().isoformat() == told.day
    assert all(isinstance(one, Picture) for one in MAPS.values())
    assert Paragraph("x") == Paragraph("x", lead=False)
