"""Finding a land as a planner types it, and reading one that a planner drew."""

from __future__ import annotations

import json
import zipfile

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import LineString, Point

from data import area_files
from data.countries import country_of, crs_of
from data.http import Fetcher
from data.land_files import land_of_file
from data.land_names import simple
from data.lands import find, land_of, municipalities_of
from data.services import swedish_kommuner
from geo.errors import CrsError, SourceError
from tests.faults import FAULTS, NOBODY, UNREADABLE, always, fetcher
from tests.loopback import Said

BODO = shapely.box(14.3, 67.2, 14.5, 67.3)
DESO = "geodata.scb.se/geoserver/stat/wfs"


def county(number, name, **municipalities):
    """Return a county as the service lists it; names with the Norwegian one first."""
    return {
        "fylkesnummer": number,
        "fylkesnavn": name,
        "kommuner": [
            {
                "kommunenummer": key[1:],
                "kommunenavn": names[-1],
                "kommunenavnNorsk": names[0],
                "gyldigeNavn": [{"navn": one} for one in names],
            }
            for key, names in municipalities.items()
        ],
    }


COUNTIES = [
    county(
        "18",
        "Nordland",
        _1804=["Bodø"],
        _1818=["Herøy"],
        _1826=["Hattfjelldal", "Aarborte"],
        _1867=["Bø"],
        _1875=["Hamarøy", "Hábmer"],
    ),
    county("15", "Møre og Romsdal", _1515=["Herøy"]),
    county("56", "Finnmark - Finnmárku - Finmarkku", _5601=["Alta"], _5607=["Vadsø"]),
    county("03", "Oslo", _0301=["Oslo"]),
]
REGIONS = {"00": "Riket", "25": "Norrbottens län", "2505": "Arvidsjaur", "1860": "Laxå"}


def listing(path, query):
    """Play both lists."""
    if path.startswith("api.kartverket.no"):
        return Said(json.dumps(COUNTIES).encode())
    labels = {"Region": {"category": {"label": REGIONS}}}
    return Said(json.dumps({"dimension": labels}).encode())


@pytest.fixture
def lists(tmp_path, monkeypatch):
    with fetcher(tmp_path, monkeypatch, listing) as (get, _):
        yield get


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("1804", ["1804"]),
        ("Bodø", ["1804"]),
        ("bodo", ["1804"]),
        ("  BODØ  kommune ", ["1804"]),
        ("Bø", ["1867"]),  # the whole name: not Bodø too
        ("b", ["1804", "1867"]),
        ("Hábmer", ["1875"]),
        ("habmer", ["1875"]),
        ("Hamarøy", ["1875"]),
        ("Aarborte", ["1826"]),
        ("hattfjelldal", ["1826"]),
        ("hatfjeldal", ["1826"]),  # misspelt
        ("Herøy", ["1515", "1818"]),
        ("18", ["18"]),
        ("Nordland fylke", ["18"]),
        ("romsdal", []),  # a county of one here is built as a municipality
        ("Oslo", ["0301"]),
        ("finnmarku", ["56"]),
        ("arvidsjaur", ["2505"]),
        ("Arvidsjaurs kommun", ["2505"]),
        ("1860", ["1860"]),
        ("9999", []),
        ("Trondheim", []),
        ("", []),
        ("kommune", []),
        ("*", []),
        ("%00\n", []),
    ],
)
def test_what_is_typed_is_found(lists, typed, numbers):
    assert sorted(one.number for one in find(typed, get=lists)) == numbers


def test_a_county_has_its_municipalities_and_the_shown_name_is_norwegian(lists):
    (nordland,) = find("nordland", get=lists)
    assert nordland.members == ("1804", "1818", "1826", "1867", "1875")
    (hamaroy,) = find("habmer", get=lists)
    assert (hamaroy.name, hamaroy.country, hamaroy.members) == ("Hamarøy", "no", ())


def test_only_the_countries_asked_for_are_searched(lists):
    assert find("1860", get=lists, countries=["no"]) == ()
    assert find("bodo", get=lists, countries=["se"]) == ()


def test_what_cannot_be_searched_is_told_and_the_rest_is_found(tmp_path, monkeypatch):
    told = []
    with fetcher(tmp_path, monkeypatch, NOBODY) as (get, _):
        (bodo,) = find("bodo", get=get, tell=told.append)
        assert bodo.number == "1804"
        unlisted = find("5501", get=get)
    assert [one.number for one in unlisted] == ["5501", "5501"]
    assert ["Norwegian" in str(one) for one in told] == [True, False]
    assert "Swedish municipalities are not searched" in str(told[1])


@given(st.text())
def test_any_text_can_be_typed(text):
    assert simple(simple(text)) == simple(text) or not text.isascii()

    def offline(url):
        raise SourceError("There is no network.")

    assert isinstance(find(text, get=offline), tuple)


@pytest.mark.parametrize("typed", ["18", "Nordland", "nordland fylkeskommune"])
def test_a_county_is_its_municipalities(lists, typed):
    assert municipalities_of(typed, get=lists)["1875"] == "Hamarøy"
    assert len(municipalities_of(typed, get=lists)) == 5


def test_any_name_of_a_county_will_do(lists):
    assert list(municipalities_of("Finnmárku", get=lists)) == ["5601", "5607"]


def test_an_unknown_county_is_said(lists, tmp_path, monkeypatch):
    with pytest.raises(SourceError, match=r"no single county called Viken\. Known are: Finnm"):
        municipalities_of("Viken", get=lists)


def test_a_county_that_cannot_be_asked_for_is_said(tmp_path, monkeypatch):
    with fetcher(tmp_path, monkeypatch, NOBODY) as (get, _):
        assert len(municipalities_of("18", get=get)) == 41
        with pytest.raises(SourceError, match="could not be had"):
            municipalities_of("Troms", get=get)


def areas(*boxes, swapped=False, code="2505", **more):
    """Return statistical areas as the Swedish service sends them."""
    turned = [
        shapely.transform(one, lambda at: at[:, ::-1]) if swapped else one for one in boxes
    ]
    features = [
        {
            "type": "Feature",
            "properties": {"desokod": f"{code}A{n:04}", "kommunkod": code},
            "geometry": json.loads(shapely.to_geojson(one)),
        }
        for n, one in enumerate(turned)
    ]
    return Said(json.dumps({"features": features, "numberMatched": len(boxes)} | more).encode())


WEST, EAST = shapely.box(19.0, 65.5, 19.2, 65.7), shapely.box(19.2, 65.5, 19.4, 65.7)


def sweden(said):
    return lambda path, query: said if path == DESO else listing(path, query)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_swedish_municipality_is_its_areas_together(tmp_path, monkeypatch, swapped):
    with fetcher(tmp_path, monkeypatch, sweden(areas(WEST, EAST, swapped=swapped))) as (
        get,
        asked,
    ):
        land = land_of("2505", "se", get)
    assert (land.number, land.name, land.country) == ("2505", "Arvidsjaur", "se")
    assert land.crs == "EPSG:3006"
    assert land.boundary.symmetric_difference(shapely.box(19.0, 65.5, 19.4, 65.7)).area < 1e-6
    assert "CQL_FILTER=kommunkod%3D%272505%27" in asked[0]


def test_a_centimetre_between_areas_is_no_gap():
    seam = shapely.box(19.2 + 3e-8, 65.5, 19.4, 65.7)
    body = areas(WEST, seam).body
    land = swedish_kommuner.boundary("2505", get=lambda url: body)
    assert land.geom_type == "Polygon"
    assert len(land.interiors) == 0


def test_a_swedish_municipality_whose_name_cannot_be_had_is_built(tmp_path, monkeypatch):
    def play(path, query):
        return areas(WEST) if path == DESO else Said(status=503)

    with fetcher(tmp_path, monkeypatch, play) as (get, _):
        assert land_of("2505", "se", get).name == "2505"


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_of_the_swedish_service_is_said(tmp_path, monkeypatch, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=f"geodata.scb.se {sentence}"),
    ):
        land_of("2505", "se", get)


@pytest.mark.parametrize(
    "said",
    [
        *UNREADABLE,
        areas(WEST, code="2506"),  # the filter was not understood
        areas(WEST, numberMatched=2),  # half of it
        areas(Point(19, 65.5)),
        areas(shapely.box(4, 65.5, 4.2, 65.7)),
        areas(shapely.box(6e5, 7.2e6, 7e5, 7.3e6)),  # metres
    ],
)
def test_swedish_areas_in_another_form_are_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match="no usable areas of the Swedish municipality 2505"),
    ):
        land_of("2505", "se", get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_a_swedish_list_in_another_form_is_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match="no usable list of Swedish municipalities"),
    ):
        swedish_kommuner.names(get=get)


def test_a_number_that_is_none_is_said(tmp_path, monkeypatch):
    with fetcher(tmp_path, monkeypatch, always(areas())) as (get, asked):
        with pytest.raises(SourceError, match="no Swedish municipality with the number 2599"):
            land_of("2599", "se", get)
        with pytest.raises(SourceError, match="has four digits, as 2505"):
            land_of("25'05", "se", get)
        assert len(asked) == 1


def test_the_recorded_swedish_list_has_all_municipalities(test_data):
    told = (test_data / "api/sweden/TAB6471_metadata.json").read_bytes()
    names = swedish_kommuner.names(get=lambda url: told)
    assert len(names) == 290
    assert (names["2505"], names["0180"]) == ("Arvidsjaur", "Stockholm")


# Where it lies


def test_every_country_has_its_metres():
    assert crs_of("no", 5.3, 60.4) == "EPSG:25832"
    assert crs_of("no", 29.7, 70.1) == "EPSG:25835"
    assert crs_of("", 14.4, 67.3) == "EPSG:25833"
    with pytest.raises(CrsError, match="Nordic"):
        crs_of("se", 67.9, 20.2)  # changed places


TOWNS = [
    ("Oslo", 10.75, 59.9, "no"),
    ("Stavanger", 5.73, 58.97, "no"),
    ("Vardø", 31.1, 70.37, "no"),
    ("Røst", 12.1, 67.5, "no"),
    ("Malmö", 13.0, 55.6, "se"),
    ("Visby", 18.3, 57.6, "se"),
    ("Kiruna", 20.2, 67.85, "se"),
    ("Kotka", 26.95, 60.47, "fi"),
    ("Haparanda", 24.0, 65.85, ""),
    ("Tornio", 24.2, 65.95, ""),
    ("Halden", 11.45, 59.1, ""),
    ("Mariehamn", 19.9, 60.1, ""),
]


@pytest.mark.parametrize(("name", "lon", "lat", "country"), TOWNS)
def test_a_country_is_told_or_asked_for_and_never_wrong(name, lon, lat, country):
    town = shapely.box(lon - 0.1, lat - 0.05, lon + 0.1, lat + 0.05)
    if country:
        assert country_of(town) == country
    else:
        with pytest.raises(SourceError, match="too close to a border"):
            country_of(town)


def test_what_lies_elsewhere_is_said():
    with pytest.raises(SourceError, match="none of Norway, Sweden and Finland"):
        country_of(shapely.box(2.2, 48.8, 2.4, 48.9))


# Files


def save(folder, geometry, ending, crs=4326, name="plan"):
    table = gpd.GeoDataFrame({"name": ["Sentrum"] * len(geometry)}, geometry=geometry, crs=crs)
    path = folder / f"{name}{ending}"
    if ending == ".zip":
        table.to_file(folder / "plan.shp")
        with zipfile.ZipFile(path, "w") as packed:
            for part in folder.glob("plan.*"):
                if part != path:
                    packed.write(part, f"inner/{part.name}")
    elif ending == ".geojson" and crs == 4326:
        path.write_text(table.to_json(drop_id=True), encoding="utf-8")
    else:
        table.to_file(path, driver="KML" if ending == ".kml" else None)
    return path


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".kml", ".zip"])
def test_areas_of_any_format_become_one_land(tmp_path, ending):
    halves = [shapely.box(14.3, 67.2, 14.4, 67.3), shapely.box(14.4, 67.2, 14.5, 67.3)]
    land = land_of_file(save(tmp_path, halves, ending))
    assert land.boundary.symmetric_difference(BODO).area < 1e-6
    assert (land.number, land.name, land.country) == ("", "plan", "no")
    assert land.crs == "EPSG:25833"


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".zip"])
def test_metres_become_degrees_and_long_edges_stay_where_they_were(tmp_path, ending):
    square = shapely.box(470_000, 7_450_000, 530_000, 7_510_000)
    land = land_of_file(save(tmp_path, [square], ending, crs=25833), country="no")
    edge = gpd.GeoSeries([Point(500_000, 7_450_000)], crs=25833).to_crs(4326)[0]
    assert land.boundary.exterior.distance(edge) < 2e-6


def test_a_name_and_a_country_may_be_given(tmp_path):
    land = land_of_file(save(tmp_path, [BODO], ".gpkg"), name="Bodø\nsentrum", country="se")
    assert (land.name, land.country, land.crs) == ("Bodø sentrum", "se", "EPSG:3006")


def test_an_area_that_crosses_itself_keeps_its_land(tmp_path):
    bow = shapely.Polygon([(14, 67), (15, 68), (15, 67), (14, 68)])
    land = land_of_file(save(tmp_path, [bow], ".geojson"))
    assert land.boundary.is_valid
    assert land.boundary.area == pytest.approx(0.5)


def test_a_geometry_alone_and_a_byte_order_mark_will_do(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(shapely.to_geojson(BODO), encoding="utf-8-sig")
    assert land_of_file(path).boundary.equals(BODO)


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".kml"])
@pytest.mark.parametrize("more", [Point(14.4, 67.25), LineString([(14, 67), (15, 68)])])
def test_points_and_lines_are_said(tmp_path, ending, more):
    with pytest.raises(SourceError, match="has points or lines in it: keep only the areas"):
        land_of_file(save(tmp_path, [BODO, more], ending))


def test_a_file_without_areas_is_said(tmp_path):
    path = tmp_path / "plan.geojson"
    path.write_text('{"type": "FeatureCollection", "features": []}')
    with pytest.raises(SourceError, match=r"plan.geojson has no areas in it"):
        land_of_file(path)


def test_a_file_that_does_not_say_its_coordinate_system_is_said(tmp_path):
    path = save(tmp_path, [shapely.box(4e5, 7e6, 5e5, 7.1e6)], ".geojson")  # metres, not said
    with pytest.raises(SourceError, match="does not say its coordinate system"):
        land_of_file(path)
    table = gpd.GeoDataFrame(geometry=[BODO])
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        table.to_file(tmp_path / "none.gpkg")
    with pytest.raises(SourceError, match="does not say its coordinate system"):
        land_of_file(tmp_path / "none.gpkg")


def test_latitude_and_longitude_that_changed_places_are_said(tmp_path):
    path = save(tmp_path, [shapely.box(67.2, 14.3, 67.3, 14.5)], ".geojson")
    with pytest.raises(SourceError, match="check its coordinate system"):
        land_of_file(path)
    with pytest.raises(CrsError, match="Nordic"):
        land_of_file(path, country="no")


ELSEWHERE = "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>/etc/passwd</SrcDataSource>"
ENTITY = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><Document>&a;</Document></kml>'


@pytest.mark.parametrize("ending", [".geojson", ".gpkg", ".kml", ".zip"])
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"<html>", b"[]", b"null", b"\xff\xfe", b"SQLite format 3\0 and no more"),
        *(b'{"type": "FeatureCollection"}', b'{"type": "Feature", "geometry": {"type": "X"}}'),
        b'{"type": "Polygon", "coordinates": [[[14, 67], [15, 68]]]}',
        b'{"type": "Polygon", "crs": {}, "coordinates": []}',
        b'{"a":' * 50_000,
        *(ELSEWHERE.encode(), ENTITY.encode()),
    ],
)
def test_a_damaged_or_deceitful_file_is_said(tmp_path, ending, body):
    path = tmp_path / f"plan{ending}"
    path.write_bytes(body)
    with pytest.raises(SourceError, match=r"is damaged, or not what its ending says|no areas"):
        land_of_file(path)


@pytest.mark.parametrize("inside", [[], ["a.shp", "b.shp"], ["a.shp"]])
def test_a_zip_without_one_shapefile_is_said(tmp_path, inside):
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as packed:
        for name in inside:
            packed.writestr(name, ELSEWHERE)
    with pytest.raises(SourceError, match="is damaged, or not what its ending says"):
        land_of_file(tmp_path / "plan.zip")


@pytest.mark.parametrize("name", ["plan.dwg", "plan", "plan.vrt"])
def test_another_kind_of_file_is_said(tmp_path, name):
    (tmp_path / name).touch()
    with pytest.raises(SourceError, match=r"cannot be read: use \.geojson"):
        land_of_file(tmp_path / name)


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(SourceError, match="No such file"):
        land_of_file(tmp_path / "plan.kml")


def test_what_is_too_large_is_said(tmp_path, monkeypatch):
    path = save(tmp_path, [BODO] * 3, ".gpkg")
    monkeypatch.setattr("data.land_files.MAX_AREAS", 2)
    with pytest.raises(SourceError, match="too large for the outline of one area"):
        land_of_file(path)
    packed = save(tmp_path, [BODO], ".zip", name="packed")
    monkeypatch.setattr(area_files, "MAX_BYTES", 100)
    for one in (path, packed):
        with pytest.raises(SourceError, match="too large for the outline of one area"):
            land_of_file(one)


def test_a_recorded_municipality_can_be_built_from_a_file(tmp_path, test_data):
    kommuner = gpd.read_file(test_data / "nordland/kommuner.geojson")
    path = save(tmp_path, list(kommuner.loc[kommuner["id"] == "1804"].geometry), ".geojson")
    land = land_of_file(path, country="no")
    assert land.boundary.contains(Point(14.40, 67.28))
    assert land.crs == "EPSG:25833"


@pytest.mark.live
def test_the_real_services_know_their_municipalities(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    get = Fetcher(tmp_path)
    assert len(municipalities_of("Nordland", get=get)) == 41
    (arvidsjaur,) = find("Arvidsjaur", get=get)
    land = land_of(arvidsjaur.number, arvidsjaur.country, get)
    assert land.boundary.contains(Point(19.17, 65.59))
