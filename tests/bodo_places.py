"""What each register knows of Bodø as drawn: recorded where it was, else in its true shape."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from xml.sax.saxutils import escape

import shapely
from shapely import LineString, Point

from tests.bodo_town import HALL, LIBRARY, NEIGHBOUR, Drawn, degrees, point, spot
from tests.gml import Member, recorded
from tests.towns import XY, box

NUMBER = "1804"
PEOPLE = {
    "leader": "Kari Nordmann-Planted",
    "phone": "99 88 77 66",
    "e-mail": "kari.planted@example.org",
    "surveyor": "Ola Planted",
}
"""Those who are in the registers, and must not come out of them."""

SPECIAL = "Haugen Planted skole"
"""A special school, which its map service does not say."""

HOME = "Tuva Planted familiebarnehage"
"""A kindergarten in somebody's home."""

MISSING, CONFLICT, AGREED = "974627817", "974627930", "974627914"
"""Numbers of a school that the map lacks, one that it calls otherwise, and one it knows."""

OTHERWISE = "Nordlandsporten ungdomssenter"

OTHER_NAMES = {"Mellomåsen skole og voksenopplæring": "Mellomåsen skolesenter"}
"""What a school is called now, and what it was where it got its position."""

UPPER: dict[str, XY | None] = {
    "974621223": (-100.0, 160.0),  # Bodø videregående skole
    "974621215": (2600.0, -120.0),  # Bodin videregående skole
    "916694490": (-480.0, -330.0),
    "913256840": None,  # a school on the net has an address only
    "922244480": None,
}
"""Where upper secondary schools are drawn, by number."""

DOORS: dict[str, XY] = {
    "Prinsens gate 100": (-350.0, 30.0),
    "Prinsens gate 100B": (-351.0, 31.0),
    "Bakkegata 12": (1010.0, 700.0),
}
ADDRESS = "Prinsens gate 100"
BRANCH = "Bakkegata 12"
"""The address of a branch library that the map lacks, and that has no position."""

COUNTS = {"93": 17, "90": 4, "91": 8, "88": 6, "94.91": 3, "94.99": 20}
"""Voluntary organisations by code of activity."""


@dataclass(frozen=True)
class Registers:
    """All registers; `folder` is that of the recorded answers."""

    folder: Path

    @cached_property
    def schools(self) -> dict[str, dict]:
        """The recorded rows of Bodø's schools, by number, with a special school added."""
        rows: dict[str, dict] = {}
        for category in (1, 2, 11):
            file = f"nsr/enheter_skolekategori_{category}_fylke18_subset.json"
            for row in self.read(file)["EnhetListe"]:
                if row["Kommunenummer"] == NUMBER:
                    rows[row["Organisasjonsnummer"]] = row
        special = {"Organisasjonsnummer": "999999901", "Navn": SPECIAL, "ErSpesialskole": True}
        rows["999999901"] = rows[MISSING] | special
        return rows

    @cached_property
    def positions(self) -> dict[str, Point]:
        """Where schools lie, by number: as recorded, and the others as drawn."""
        file = self.read("geonorge_schools/skoler_nordland_derived_2023.geojson")
        known = {
            one["properties"]["navn"]: Point(one["geometry"]["coordinates"])
            for one in file["features"]
            if one["properties"]["kommunenummer"] == NUMBER
        }
        found = {number: point(xy) for number, xy in UPPER.items() if xy}
        for number, row in self.schools.items():
            name = OTHER_NAMES.get(row["Navn"], row["Navn"])
            if name in known:
                found[number] = known[name]
        return found | {"999999901": point((400.0, -400.0))}

    def read(self, file: str) -> dict:
        """Return a recorded answer."""
        return json.loads((self.folder / file).read_text(encoding="utf-8"))

    def drawn(self) -> list[Drawn]:
        """Return the schools that the map has."""
        at = {number: spot(*self.positions[number].coords[0]) for number in (CONFLICT, AGREED)}
        name = self.schools[AGREED]["Navn"]
        school = {"amenity": "school"}
        return [
            Drawn(OTHERWISE, _square(at[CONFLICT]), school),
            Drawn(name, _square(at[AGREED]), school),
            Drawn("Petra barnehage", _square((-450.0, 180.0)), {"amenity": "kindergarten"}),
        ]

    def school_members(self, upper: bool) -> list[Member]:
        """Return the schools in operation, as the map service gives them."""
        (like, *_) = recorded(
            self.folder / "geonorge_schools/grunnskoler_bamble_2024_3.geojson"
        )
        kind = "ErVideregaaendeSkole" if upper else "ErGrunnskole"
        contact = {"kontaktinformasjon/Kontaktinformasjon/telefon": PEOPLE["phone"]}
        visits = "besøksadresse/Besøksadresse"
        contact |= {f"{visits}/adressenavn": "Skolegata 1", f"{visits}/poststed": "BODØ"}
        contact |= {f"{visits}/postnummer": "8003"}
        return [
            Member(
                f"id{number}",
                {**like.values, "skolenavn": row["Navn"], "organisasjonsnummer": number}
                | contact
                | {"nsrId": f"10{number}", "kontaktinformasjon/epost": PEOPLE["e-mail"]},
                self.positions[number],
            )
            for number, row in self.schools.items()
            if row["ErAktiv"] and row[kind] and number in self.positions
        ]

    def school(self, number: str) -> dict | None:
        """Return what the register answers about one school."""
        return self._unit(number, self.schools, "nsr/enhet_975283046.json", self.positions)

    def _unit(
        self, number: str, rows: Mapping[str, dict], like: str, at: Mapping[str, Point]
    ) -> dict | None:
        if number not in rows:
            return None
        known = at.get(number)
        position = {"Lengdegrad": known.x, "Breddegrad": known.y} if known else None
        home = {"Adresse": ADDRESS, "Postnummer": "8003", "Poststed": "BODØ", "Land": "Norge"}
        person = {"Epost": PEOPLE["e-mail"], "Telefon": PEOPLE["phone"]}
        told = {"Koordinat": position, "Beliggenhetsadresse": home, "Postadresse": home}
        return self.read(like) | person | rows[number] | told

    @cached_property
    def kindergartens(self) -> dict[str, tuple[str, XY, str]]:
        """Kindergartens by number: name, where, and their type."""
        return {
            "972286401": ("Petra barnehage", (-440.0, 190.0), "OrdinærBarnehage"),
            "972286402": ("Jentofts barnehage", (480.0, -130.0), "OrdinærBarnehage"),
            "972286403": (HOME, (350.0, 16.0), "FamilieBarnehage"),
            "972286404": ("Fauske barnehage", NEIGHBOUR, "OrdinærBarnehage"),
        }

    def kindergarten_members(self) -> list[Member]:
        """Return kindergartens as the map service gives them."""
        (like, *_) = recorded(self.folder / "geonorge_schools/barnehager_bamble_2024_3.geojson")
        return [
            Member(
                f"id{number}",
                {
                    **like.values,
                    "barnehagenavn": name,
                    "organisasjonsnummer": number,
                    "barnehagetype": type_,
                    "telefon": PEOPLE["phone"],
                },
                point(where),
            )
            for number, (name, where, type_) in self.kindergartens.items()
        ]

    @cached_property
    def listed(self) -> dict[str, dict]:
        """Kindergartens as the register lists them, by number: one more than the map."""
        names = {n: name for n, (name, *_) in self.kindergartens.items() if n != "972286404"}
        names["972286405"] = "Sykehusbarnehagen"
        return {
            number: {
                "Organisasjonsnummer": number,
                "Navn": name,
                "Kommunenummer": NUMBER,
                "ErAktiv": True,
                "ErBarnehage": True,
                "ErBarnehageEier": False,
                "Barnehagekategorier": [{"Id": "31", "Navn": "Ordinær barnehage"}],
            }
            for number, name in names.items()
        }

    def kindergarten(self, number: str) -> dict | None:
        """Return what the register answers about one kindergarten."""
        at = {"972286405": point((520.0, 320.0))}
        return self._unit(number, self.listed, "nbr/enhet_975315053.json", at)

    def libraries(self) -> bytes:
        """Return the recorded list of the country's libraries, with Bodø's added."""
        file = self.folder / "bibliotek/export_incremental_1_redacted.xml"
        main, branch = ("2180400", "FBI", LIBRARY.name), ("2180401", "FIL", "Rønvik filial")
        at = point((40.0, 30.0))
        rows = _library(*main, lat_lon=f"{at.y:.6f},{at.x:.6f}", vadr="Storgata 1")
        rows += _library(*branch, vadr=BRANCH)
        text = file.read_text(encoding="utf-8")
        return text.replace("</BaseBibliotek>", f"{rows}</BaseBibliotek>").encode()


def _library(number: str, type_: str, name: str, **where: str) -> str:
    told = {
        "bibnr": number,
        "isil": f"NO-{number}",
        "bibltype": type_,
        **where,
        "kommnr": NUMBER,
        "inst": name,
        "vpostnr": "8006",
        "vpoststed": "BODØ",
        "landkode": "NO",
        "tlf": PEOPLE["phone"],
        "epost_adr": PEOPLE["e-mail"],
        "bibleder": PEOPLE["leader"],
        "fj_leder": PEOPLE["leader"],
    }
    inside = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in told.items())
    return f'<record rid="{number}" tstamp="2026-06-15 15:06:48">{inside}</record>'


def _square(middle: XY) -> list[XY]:
    x, y = (round(side, 1) for side in middle)
    return box(x - 20, y - 15, x + 20, y + 15)


def trails() -> dict[str, list[Member]]:
    """Return the trail register: a path in two stretches, one beyond, a shelter, a track."""

    def stretch(number: int, name: str, *line: XY, **more: str) -> Member:
        info = {"fotruteInfo": {"FotruteInfo": [{"rutenavn": name, "rutenummer": "18-1"}]}}
        local = {"identifikasjon/Identifikasjon/lokalId": f"rute-{number}"}
        about = {"merking": "JA", "oppdateringsdato": "2025-08-01T00:00:00"}
        of = {"vedlikeholdsansvarlig": PEOPLE["surveyor"]}
        return Member(
            f"rute.{number}",
            {**local, **info, **about, **of, **more},
            degrees(LineString(line)),
        )

    x, y = NEIGHBOUR
    walks = [
        stretch(1, "Keiserstien", (1000, 1750), (1200, 2100)),
        stretch(2, "Keiserstien", (1200, 2100), (1500, 2150)),
        stretch(3, "Fauskestien", (x, y), (x + 100, y + 100)),
        stretch(4, "Umerket", (1000, 1750), (900, 2000), merking="NEI"),
    ]
    shelter = {"tilrettelegging": "45", "opphav": PEOPLE["surveyor"], "lokalId": "punkt-1"}
    dark = stretch(5, "Mørk løype", (900, 1800), (900, 2100), belysning="NEI")
    lit = stretch(6, "Lysløypa", (1100, 1600), (1900, 1600), belysning="JA")
    spot_ = Member("punkt.1", shelter, point((1210.0, 2095.0)))
    return {"app:Fotrute": walks, "app:Skiløype": [dark, lit], "app:RuteInfoPunkt": [spot_]}


def surveys() -> dict[str, list[Member]]:
    """Return what surveyors saw: a step at the library's door."""
    about = {
        "identifikasjon/Identifikasjon/lokalId": "inngang-1",
        "datafangstdato": "2024-06-03T10:00:00",
        "kommentar": f"Snakket med {PEOPLE['surveyor']}",
        "byggningsfunksjon": "Kultur",
        "tilgjengvurderingRulleMan": "Delvis tilgjengelig",
    }
    unseen = about | {"tilgjengvurderingRulleMan": "Ikke vurdert"}
    doors = [
        Member("inngang.1", about, point((45.0, 19.0))),
        Member("inngang.2", unseen, point((500.0, 12.0))),
    ]
    names = ("FriluftGapahuk", "FriluftGrillBålplass", "FriluftBaderampe", "FriluftSittegruppe")
    return {"app:TettstedInngangBygg": doors} | {f"app:{name}": [] for name in names}


def buildings() -> list[Member]:
    """Return points of buildings: the library's, a hall that only this register has, others."""

    def one(number: int, code: int, where: XY, status: str = "TB") -> Member:
        values = {
            "bygningsnummer": 188_000_000 + number,
            "bygningstype": code,
            "bygningsstatus": status,
            "kommunenummer": NUMBER,
            "oppdateringsdato": "2025-05-06T00:00:00",
        }
        return Member(f"bygning.{number}", values, point(where))

    return [
        one(1, 642, (45.0, 35.0)),
        one(2, 662, HALL),
        one(3, 111, (305.0, 16.0)),
        one(4, 662, (-900.0, -700.0), status="BR"),
        one(5, 662, NEIGHBOUR),
    ]


def areas() -> dict[str, list[dict]]:
    """Return recreation areas by the name of their service: properties, with `shape`."""
    bay = shapely.box(-1790, -800, -1500, -500)
    beyond = shapely.box(3100, 1800, 3300, 2000)
    wide = shapely.box(1000, 1500, 2000, 2500)

    def one(n: int, name: str, type_: str, shape: shapely.Geometry) -> dict:
        of = {"objectid": n, "omraadenavn": name, "omraadetype": type_, "kommune": NUMBER}
        return of | {"kartlagtfoid": f"FK0000{n}", "shape": degrees(shape)}

    mapped = [
        one(1, "Bodøsjøen strand", "StrandOgVanntilknyttetOmraade", bay),
        one(2, "Fauskeskogen", "NaerTurterreng", beyond),
        one(3, "Bodømarka", "Marka", wide),
        one(4, "Rønvikskogen", "NaerTurterreng", shapely.box(1300, 1000, 1700, 1400)),
        one(5, "Rensåsparken", "GrøntOmraade", shapely.box(300, 60, 360, 120)),
    ]
    secured = one(6, "Geitvågen", "", shapely.box(-1200, 1500, -1000, 1700))
    return {"friluftsliv_kartlagt": mapped, "friluftsliv_statlig_sikra": [secured]}


def organisations(codes: Sequence[str]) -> dict:
    """Return a page of one voluntary organisation of those with these codes, or of all."""
    count = sum(n for code, n in COUNTS.items() if not codes or code.startswith(tuple(codes)))
    somebody = {
        "organisasjonsnummer": "999999902",
        "navn": f"{PEOPLE['leader']} kor",
        "forretningsadresse": {"adresse": [f"c/o {PEOPLE['leader']}", "Heimveien 1"]},
        "epostadresse": PEOPLE["e-mail"],
        "telefon": PEOPLE["phone"],
    }
    page = {"size": 1, "totalElements": count, "totalPages": count, "number": 0}
    found = {"_embedded": {"enheter": [somebody]}} if count else {}
    return found | {"_links": {}, "page": page}


def addresses(street: str, start: int, count: int) -> dict:
    """Return a page of the addresses that begin so."""
    found = [text for text in DOORS if text.casefold().startswith(street.casefold())]
    rows = [
        {
            "adressetekst": text,
            "adressetekstutenadressetilleggsnavn": text,
            "adressenavn": text.rpartition(" ")[0],
            "kommunenummer": NUMBER,
            "postnummer": "8006" if text == BRANCH else "8003",
            "poststed": "BODØ",
            "representasjonspunkt": {
                "epsg": "EPSG:4258",
                "lat": point(DOORS[text]).y,
                "lon": point(DOORS[text]).x,
            },
        }
        for text in found[start : start + count]
    ]
    about = {"side": start // max(count, 1), "treffPerSide": count}
    return {"metadata": about | {"totaltAntallTreff": len(found)}, "adresser": rows}
