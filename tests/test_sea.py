"""The sea is found wherever a coast is cut off."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest
import shapely

from data.sea import sea_of

CRS = "EPSG:25833"


@pytest.mark.parametrize("seed", range(60))
def test_a_coast_across_any_frame_parts_it_in_land_and_sea(seed):
    random = np.random.default_rng(seed)
    frame = shapely.convex_hull(shapely.MultiPoint(random.uniform(0, 10_000, (12, 2))))
    spot, angle = frame.centroid, random.uniform(0, 2 * np.pi)
    along = 20_000 * np.array([np.cos(angle), np.sin(angle)])
    ends = np.array(spot.coords[0]) + np.outer([-1, 1], along)
    coast = shapely.LineString(ends)
    to_the_right = shapely.Polygon(
        [*ends, *(ends[::-1] + 40_000 * np.array([np.sin(angle), -np.cos(angle)]))]
    )
    expected = frame.intersection(to_the_right)
    sea = sea_of(gpd.GeoSeries([coast], crs=CRS), frame)
    assert shapely.union_all(sea.to_numpy()).symmetric_difference(expected).area < 1e-3 * (
        frame.area
    )
