"""The whole app in a real browser, as somebody new to it meets it."""

import json
import re
import zipfile

import pyogrio
import pytest
from playwright.sync_api import expect

from layers.map import extent
from tests.visit import served, visiting
from words import speaker

pytestmark = pytest.mark.browser

NB = speaker("nb")


@pytest.fixture(scope="module")
def app(tmp_path_factory, moteplass_home, karhula, helsinki):
    """Run the app with both demo areas."""
    with served(moteplass_home, tmp_path_factory.mktemp("log") / "server.txt") as address:
        yield address


@pytest.fixture
def visit(browser, app):
    """Open a browser; in the end nobody outside was asked, and nothing went wrong."""
    with visiting(browser, app) as someone:
        yield someone
        assert (someone.outside, someone.faults) == ([], [])


def test_the_first_page_shows_an_answer_and_a_map(visit, karhula):
    page = visit.open()
    visit.says("%")
    expect(page).to_have_title(f"{NB('Explore')} – Møteplass")
    expect(page.locator("h1")).to_have_text("Karhula (demo)")
    assert visit.homes(at_least=100) == len(karhula.homes)
    signs = visit.inside.locator(".m-sign, .m-cluster")
    expect(signs.first).to_be_visible()
    expect(page.locator(".m-legend img").first).to_be_visible()
    expect(page.get_by_role("table")).to_have_count(3)


def test_every_question_changes_the_answer_and_keeps_the_view(visit):
    page = visit.open("?kinds=park&minutes=10")
    visit.homes(at_least=100)
    visit.look(60.523, 26.905, 15.5)
    view, answers = visit.view(), [visit.answer]

    def asked():
        expect(page.locator(".m-answer")).not_to_have_text(answers[-1])
        visit.settled()
        visit.homes(at_least=100)
        assert visit.view() == view
        answers.append(visit.answer)

    visit.choose(NB("Group"), NB("Older people, 80 or more"))
    asked()
    page.get_by_role("slider").press("ArrowRight")
    asked()
    visit.choose(NB("Walking as"), NB("Manual wheelchair"))
    asked()
    page.get_by_role("button", name=NB("Play and activity")).click()
    asked()
    assert len(set(answers)) == 5
    expect(page).to_have_url(re.compile("(?=.*walker=wheelchair)(?=.*minutes=11)"))


def test_a_link_shows_somebody_else_the_same(visit, browser, app):
    page = visit.open()
    visit.choose(NB("Group"), NB("Everybody"))
    visit.says(NB("the residents"))
    before = visit.answer
    page.get_by_role("slider").press("ArrowLeft")
    expect(page.locator(".m-answer")).not_to_have_text(before)
    expect(page).to_have_url(re.compile("minutes=9"))
    with visiting(browser, app) as other:
        other.open(page.url.removeprefix(f"{app}/"))
        assert other.answer == visit.answer
        assert other.homes(at_least=100) == visit.homes()
        assert (other.outside, other.faults) == ([], [])


def test_a_moment_and_a_switch_change_the_answer_and_a_link_restores_them(visit, browser, app):
    page = visit.open("?kinds=playground,school&group=everybody")
    answers = [visit.answer]
    visit.choose(NB("When"), NB("Weekday evening"))
    visit.says("19:00: ")
    answers.append(visit.answer)
    page.get_by_text(NB("Schools are open to others after school hours")).click()
    visit.says(NB("with schools open to others"))
    answers.append(visit.answer)
    page.get_by_text(NB("Conditions"), exact=True).click()
    page.get_by_text(NB("In the dark"), exact=True).click()
    visit.says(NB("in the dark"))
    answers.append(visit.answer)
    assert len(set(answers)) == 4
    expect(page).to_have_url(re.compile("when=weekday_evening&schools=1&winter=&dark=1"))
    with visiting(browser, app) as other:
        other.open(page.url.removeprefix(f"{app}/"))
        assert other.answer == visit.answer
        expect(other.page.get_by_text(NB("In the dark"), exact=True)).to_be_visible()
        assert (other.outside, other.faults) == ([], [])


def test_the_reach_of_the_places_is_drawn_below_them_when_asked_for(visit):
    page = visit.open("?kinds=playground&minutes=10")
    visit.homes(at_least=100)
    assert visit.drawn("to_10") == 0
    page.get_by_text(NB("Show the reach of the places as areas")).click()
    visit.map("Object.values(map._layers).some((l) => 'to_10' in (l.layer?.classes ?? {}))")
    assert visit.drawn("to_10") == 1
    expect(page.locator(".m-legend")).to_contain_text(NB("The reach of the places"))
    expect(page).to_have_url(re.compile("areas=1"))
    visit.inside.locator(".m-sign").first.click()
    expect(visit.inside.locator(".leaflet-popup-content")).to_contain_text(NB("Playground"))


def downloaded(page, label, folder):
    """Click a download, and return the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    file = folder / waiting.value.suggested_filename
    waiting.value.save_as(file)
    return file


def parts(file):
    """Return what is packed in a file, by the end of its name."""
    with zipfile.ZipFile(file) as packed:
        return {name.rpartition("-")[2]: packed.read(name) for name in packed.namelist()}


def test_downloads_hold_what_the_page_shows(visit, karhula, tmp_path):
    page = visit.open()
    page.get_by_role("link", name=NB("Export")).click()
    file = downloaded(page, NB("GeoPackage for GIS"), tmp_path)
    assert file.name.startswith("moteplass-demo-karhula-")
    assert file.suffix == ".gpkg"
    layers = {name for name, _ in pyogrio.list_layers(file)}
    assert layers > {"places", "meetings", "gathered", "measures", "norms"}
    assert len(pyogrio.read_dataframe(file, layer="homes")) == len(karhula.homes)
    assert visit.answer in set(pyogrio.read_dataframe(file, layer="about")["text"])

    sheets = parts(downloaded(page, NB("Spreadsheets (CSV)"), tmp_path))
    assert set(sheets) > {"about.csv", "groups.csv", "places.csv", "spots.csv", "norms.csv"}
    assert NB("Everybody") in sheets["groups.csv"].decode("utf-8-sig")

    layers = parts(downloaded(page, "GeoJSON", tmp_path))
    assert "meetings.geojson" in layers
    assert len(json.loads(layers["homes.geojson"])["features"]) == len(karhula.homes)


def test_languages_and_areas_change_in_place(visit, helsinki):
    asked = "kinds=playground%2Cpark&group=school_children&walker=pram&minutes=5"
    page = visit.open(f"?{asked}")
    for name, language in (("English", "en"), ("Nynorsk", "nn"), ("Svenska", "sv")):
        visit.choose("Språk / Language", name)
        say = speaker(language)
        expect(page.get_by_role("link", name=say("Explore"))).to_be_visible()
        expect(page.get_by_text(f"{say('Playground')} (1)", exact=True)).to_be_visible()
        group = page.get_by_role("combobox", name=say("Group"))
        expect(group).to_have_value(say("Schoolchildren, 6–15"))
        walker = page.get_by_role("combobox", name=say("Walking as"))
        expect(walker).to_have_value(say("Adult with a pram"))
        expect(page).to_have_url(re.compile(f"{re.escape(asked)}.*&lang={language}"))
    visit.choose(say("Area"), helsinki.area.name)
    expect(page.locator("h1")).to_have_text(helsinki.area.name)
    visit.settled()
    page.get_by_role("slider").press("ArrowRight")
    page.wait_for_url("**minutes=6*")
    assert "area=demo-helsinki" in page.url
    assert "kinds=playground%2Cpark" in page.url
    visit.homes(at_least=len(helsinki.homes))


def test_a_place_tells_about_itself_by_mouse_and_by_keyboard(visit):
    page = visit.open("?kinds=playground")
    sign = visit.inside.locator(".m-sign").first
    card = visit.inside.locator(".leaflet-popup-content")
    sign.click()
    expect(card).to_contain_text(NB("Playground"))
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    sign.focus()
    page.keyboard.press("Enter")
    expect(card).to_contain_text(NB("Playground"))


def test_on_a_low_screen_the_page_does_not_jump_at_the_first_click(visit):
    visit.page.set_viewport_size({"width": 1366, "height": 600})
    page = visit.open("?kinds=playground")
    sign = visit.inside.locator(".m-sign").first
    sign.hover()
    before = sign.bounding_box()
    page.mouse.down()
    page.wait_for_timeout(200)
    assert sign.bounding_box() == before
    page.mouse.up()
    expect(visit.inside.locator(".leaflet-popup-content")).to_be_visible()


def test_two_people_at_the_first_start_are_both_answered(browser, tmp_path):
    with (
        served(tmp_path / "home", tmp_path / "log.txt") as address,
        visiting(browser, address) as one,
        visiting(browser, address) as other,
    ):
        for someone in (one, other):
            someone.page.goto(address)
        for someone in (one, other):
            someone.says("%")
            someone.homes(at_least=100)
            assert (someone.outside, someone.faults) == ([], [])
        assert one.answer == other.answer


def test_a_map_is_as_high_as_the_screen_allows_and_opens_on_all_of_the_area(visit, karhula):
    visit.page.set_viewport_size({"width": 1920, "height": 1400})
    visit.open()
    west, south, east, north = extent(karhula.boundary)
    fit = f"map.getBoundsZoom([[{south}, {west}], [{north}, {east}]])"
    high, zoom, fitting = visit.map(f"[map.getSize().y, map.getZoom(), {fit}]")
    assert high == round(0.62 * 1400)
    assert zoom == fitting
