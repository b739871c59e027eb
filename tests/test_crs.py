"""Metres inside, degrees outside."""

import geopandas as gpd
import pytest
from shapely import Point

from geo.crs import metric_crs, require_metric, to_metric, to_wgs84
from geo.errors import CrsError
from tests.towns import CRS, points


def at(lon, lat, crs=4326):
    return gpd.GeoDataFrame(geometry=[Point(lon, lat)], crs=crs)


@pytest.mark.parametrize(
    ("lon", "lat", "crs"),
    [
        (5.3, 60.4, "EPSG:25832"),  # Bergen
        (10.75, 59.91, "EPSG:25832"),  # Oslo
        (11.99, 64.0, "EPSG:25832"),
        (12.0, 64.0, "EPSG:25833"),
        (14.4, 67.28, "EPSG:25833"),  # Bodø
        (20.99, 69.0, "EPSG:25833"),
        (21.0, 69.0, "EPSG:25835"),
        (29.7, 70.1, "EPSG:25835"),  # Vadsø
        (26.9, 60.5, "EPSG:25835"),  # Kotka
    ],
)
def test_every_place_has_its_zone(lon, lat, crs):
    assert metric_crs(lon, lat) == crs


@pytest.mark.parametrize(
    ("lon", "lat"), [(2.9, 60), (33, 60), (10, 53.9), (10, 72), (59.9, 10.7), (0, 0)]
)
def test_the_rest_of_the_world_is_refused_with_its_coordinates(lon, lat):
    with pytest.raises(CrsError, match=f"{lon} E {lat} N lies outside"):
        metric_crs(lon, lat)


def test_a_hundred_metres_are_a_hundred_metres():
    bodo = to_metric(at(14.4, 67.28), CRS).geometry[0]
    degree_m = 111_500  # of latitude, there
    north = to_metric(at(14.4, 67.28 + 100 / degree_m), CRS).geometry[0]
    assert bodo.distance(north) == pytest.approx(100, rel=1e-3)


def test_there_and_back_is_the_same_spot():
    spot = to_wgs84(to_metric(at(14.4, 67.28), CRS)).geometry[0]
    assert (spot.x, spot.y) == pytest.approx((14.4, 67.28), abs=1e-9)


@pytest.mark.parametrize("crs", [4326, 4258, 2263, 4978, None])  # degrees, feet, geocentric
def test_what_is_not_projected_metres_is_refused(crs):
    table = gpd.GeoDataFrame(geometry=[Point(0, 0)], crs=crs)
    with pytest.raises(CrsError, match="projected metres"):
        require_metric(table)
    with pytest.raises(CrsError):
        to_wgs84(table)


def test_neither_gate_guesses():
    with pytest.raises(CrsError, match="declare it"):
        to_metric(gpd.GeoDataFrame(geometry=[Point(0, 0)]), CRS)
    with pytest.raises(CrsError, match="projected metres"):
        to_metric(at(14.4, 67.28), "EPSG:4258")


def test_metres_pass_as_they_are():
    table = points((0, 0)).to_frame("geometry")
    assert require_metric(table) is table
