"""All services, in the order in which they are believed."""

from __future__ import annotations

from data.services import (
    access_surveys,
    buildings,
    education,
    grunnkrets,
    heights,
    libraries,
    outdoor_areas,
    paavo,
    scb_deso,
    ssb_ages,
    ssb_grid,
    ssb_income,
    trails,
    volunteers,
)
from data.services.service import Service

SERVICES: tuple[Service, ...] = (
    # Who lives there: for each country, the whole before its parts.
    ssb_ages.SERVICE,
    grunnkrets.SERVICE,
    ssb_grid.SERVICE,
    ssb_income.SERVICE,
    scb_deso.AGES_BY_AREA,
    scb_deso.LOW_STANDARD,
    paavo.PAAVO,
    paavo.GRID,
    # Where they may meet: whoever runs the register of a thing before whoever mapped it.
    education.SCHOOLS,
    education.KINDERGARTENS,
    libraries.SERVICE,
    buildings.SERVICE,
    outdoor_areas.MAPPED,
    outdoor_areas.SECURED,
    trails.SERVICE,
    access_surveys.SERVICE,
    # What the ground is like, and what else is told of the whole.
    heights.SERVICE,
    volunteers.SERVICE,
)
"""
Every service that `data.services.gather` asks, unless its key is left out.

`nsr.SCHOOLS` and `nsr.KINDERGARTENS` are not among them: `education` asks those registers
for what the quicker services of the same registers do not know.
"""
