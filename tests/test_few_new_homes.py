"""How many move in is told: that must not tell how few live beside them."""

import pandas as pd
import pytest

from geo.scenario.edits import House
from geo.scenario.scenario import Scenario
from geo.tables import EVERYBODY
from tests.few_doors import asked
from tests.few_town import planted
from tests.towns import SQUARE_M, box
from words import speaker

EN = speaker("en")


def homes(x, y, *people):
    """Return new homes on a lot whose middle is a spot of the town."""
    lot = box(x - 15, y - 15, x + 15, y + 15)
    return House(
        tuple((SQUARE_M[0] + east, SQUARE_M[1] + north) for east, north in lot), people
    )


NEW = {
    "in cells of a few": (
        homes(900, 850, (EVERYBODY, 90.0)),
        homes(900, -850, (EVERYBODY, 90.0)),
    ),
    "of an age of a few": (
        homes(500, 850, (EVERYBODY, 90.0), ("youth", 45.0), ("adults", 45.0)),
    ),
    "so many that shares would tell": (homes(500, 850, (EVERYBODY, 90_000.0)),),
}


@pytest.mark.parametrize("group", [EVERYBODY, "youth", "adults", "low_income"])
@pytest.mark.parametrize("edits", NEW.values(), ids=NEW)
def test_three_and_four_are_told_alike_beside_new_homes(edits, group):
    """Where it is three in one town it is four in the other; nothing told differs by it."""
    one, other = (
        asked(planted(moved=moved), EN, group=group, scenario=Scenario(edits)).export
        for moved in (False, True)
    )
    for sheet in one.sheets:
        numbers = [
            pd.DataFrame(of.drop(columns="geometry", errors="ignore")).select_dtypes("number")
            for of in (sheet.table, other.sheet(sheet.key).table)
        ]
        pd.testing.assert_frame_equal(*numbers, obj=sheet.key)
