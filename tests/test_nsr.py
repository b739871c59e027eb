"""Schools and kindergartens, school by school: who is asked about, and who is left in peace."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import shapely

from data.services import addresses, nsr
from data.services.nsr import KINDERGARTENS, NBR, NSR, SCHOOLS, kindergarten_kind, school_kind
from data.services.service import Land
from geo.errors import NotFoundError, SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

LAND = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
SCHOOL = {
    "Organisasjonsnummer": "975286487",
    "Navn": "Berg skole",
    "ErAktiv": True,
    "ErSkole": True,
    "ErSkoleeier": False,
    "ErGrunnskole": True,
    "ErVideregaaendeSkole": False,
    "ErSpesialskole": False,
    "Skolekategorier": [{"Id": "1", "Navn": "Grunnskole"}],
}
WHOLE = SCHOOL | {
    "Koordinat": {"Lengdegrad": 12.2, "Breddegrad": 65.4, "Zoom": 12, "GeoKilde": "GeoNorge"},
    "Beliggenhetsadresse": {
        "Adresse": "Skoleveien 1",
        "Postnummer": "8920",
        "Poststed": "SØMNA",
    },
    "DatoEndret": "2025-03-21T08:21:56.853+01:00",
}
GARDEN = {
    "Organisasjonsnummer": "975315053",
    "Navn": "Vik barnehage",
    "ErAktiv": True,
    "Barnehagekategorier": [{"Id": "18", "Navn": "Offentlig barnehage"}],
}


def doors(url):
    """Answer as the register of addresses, which knows Skoleveien 2 only."""
    where = {"epsg": "EPSG:4258", "lat": 65.36, "lon": 12.22}
    door = {
        "adressetekstutenadressetilleggsnavn": "Skoleveien 2",
        "kommunenummer": "1812",
        "postnummer": "8920",
    }
    found = [door | {"representasjonspunkt": where}] if "skoleveien+2" in url else []
    return json.dumps(
        {"adresser": found, "metadata": {"totaltAntallTreff": len(found)}}
    ).encode()


def answers(units, details, base=NSR, number="1812"):
    """Return a register, and the list of what it is asked."""
    told = {f"{base}/enheter/kommune/{number}": {"EnhetListe": units}}
    told |= {f"{base}/enhet/{one['Organisasjonsnummer']}": one for one in details}
    asked = []

    def get(url):
        asked.append(url.removeprefix(base))
        if url.startswith(addresses.SERVICE):
            return doors(url)
        if url not in told:
            raise NotFoundError("{url}", url=url)
        return json.dumps(told[url]).encode()

    return get, asked


def read(units, details, service=SCHOOLS, base=NSR, land=LAND):
    return service.read(land, answers(units, details, base, land.number)[0])


def test_a_school_is_read_from_its_list_and_its_own_answer():
    rows = read([SCHOOL], [WHOLE]).register
    assert rows.crs == "EPSG:4326"
    assert rows.drop(columns="geometry").to_dict("records") == [
        {
            "source": "nsr",
            "ref": "975286487",
            "name": "Berg skole",
            "kind": "school",
            "address": "Skoleveien 1, 8920 Sømna",
            "wheelchair": "",
            "opening_hours": "",
            "updated": "2025-03-21",
        }
    ]
    assert rows.geometry.iloc[0].equals(shapely.Point(12.2, 65.4))


def test_a_source_is_as_old_as_its_newest_row():
    (source,) = read([SCHOOL], [WHOLE]).sources
    assert (source.date, source.rows, source.licence) == ("2025-03-21", 1, "NLOD")


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ({}, "school"),
        ({"ErVideregaaendeSkole": True}, "upper_secondary_school"),  # grades 1 to 13
        ({"ErGrunnskole": False, "Skolekategorier": [{"Id": "11"}]}, "university"),
        ({"ErGrunnskole": False, "Skolekategorier": [{"Id": 11}]}, "university"),
        ({"ErGrunnskole": False, "Skolekategorier": [{"Id": "10"}]}, ""),
        ({"ErGrunnskole": False, "Skolekategorier": None}, ""),
        ({"ErAktiv": False}, ""),
        ({"ErAktiv": None}, ""),
        ({"ErSkole": False}, ""),
        ({"ErSkoleeier": True}, ""),
        ({"ErSpesialskole": True}, ""),
        ({"Skolekategorier": [{"Id": "1"}, {"Id": "12"}]}, ""),
    ],
)
def test_what_is_a_school(what, kind):
    assert school_kind(SCHOOL | what) == kind


@pytest.mark.parametrize(
    ("what", "kind"),
    [
        ({}, "kindergarten"),
        ({"ErBarnehage": True, "ErBarnehageEier": False}, "kindergarten"),
        ({"Navn": "Solstua FAMILIEBARNEHAGE"}, ""),
        ({"Barnehagekategorier": [{"Id": "32", "Navn": "Familiebarnehage"}]}, ""),
        ({"ErBarnehageEier": True}, ""),
        ({"ErBarnehage": False}, ""),
        ({"ErAktiv": False}, ""),
    ],
)
def test_what_is_a_kindergarten(what, kind):
    assert kindergarten_kind(GARDEN | what) == kind


@pytest.mark.parametrize(
    "left_out", [{"ErSpesialskole": True}, {"ErAktiv": False}, {"ErSkoleeier": True}]
)
def test_nothing_is_asked_about_what_is_left_out(left_out):
    get, asked = answers([SCHOOL | left_out], [])
    assert nsr.schools(LAND, get).register.empty
    assert asked == ["/enheter/kommune/1812"]


def test_what_only_the_school_itself_says_counts_too():
    assert read([SCHOOL], [WHOLE | {"ErSpesialskole": True}]).register.empty
    home = GARDEN | {"Koordinat": WHOLE["Koordinat"], "Navn": "Vik familiebarnehage"}
    assert read([GARDEN], [home], KINDERGARTENS, NBR).register.empty


def test_a_school_in_two_categories_is_one_school():
    get, asked = answers([SCHOOL, SCHOOL], [WHOLE])
    assert len(nsr.schools(LAND, get).register) == 1
    assert asked.count("/enhet/975286487") == 1


def test_schools_that_are_known_are_not_asked_about():
    other = SCHOOL | {"Organisasjonsnummer": "974043785", "Navn": "Vik skole"}
    whole = WHOLE | other
    get, asked = answers([SCHOOL, other], [WHOLE, whole])
    rows = nsr.schools(LAND, get, known=frozenset({"975286487"})).register
    assert rows["name"].tolist() == ["Vik skole"]
    assert "/enhet/975286487" not in asked


def test_special_schools_are_named_so_that_other_sources_leave_them_out():
    special = SCHOOL | {"Organisasjonsnummer": "974043785", "ErSpesialskole": True}
    get, asked = answers([SCHOOL, special], [])
    assert nsr.special_schools(LAND, get) == {"974043785"}
    assert len(asked) == 1


@pytest.mark.parametrize(
    "at",
    [
        None,
        {},
        "12.2 65.4",
        {"Lengdegrad": 0, "Breddegrad": 0},
        {"Lengdegrad": None, "Breddegrad": 65.4},
        {"Lengdegrad": "12.2", "Breddegrad": "65.4"},
        {"Lengdegrad": 65.4, "Breddegrad": 12.2},  # changed places
        {"Lengdegrad": 1e300, "Breddegrad": 65.4},
    ],
)
def test_a_school_without_a_position_is_told_of(at):
    known = read([SCHOOL], [WHOLE | {"Koordinat": at, "Navn": "Berg\n<b>skole"}])
    assert known.register.empty
    (told,) = map(str, known.missing)
    assert told.startswith("1 schools or kindergartens have neither a position")
    assert told.endswith("Berg <b>skole")


def test_a_school_without_a_position_is_found_by_its_address():
    moved = WHOLE["Beliggenhetsadresse"] | {"Adresse": "Skoleveien 2"}
    known = read([SCHOOL], [WHOLE | {"Koordinat": None, "Beliggenhetsadresse": moved}])
    assert known.register.geometry.iloc[0].equals(shapely.Point(12.22, 65.36))
    assert known.missing == ()


def test_a_school_elsewhere_is_not_of_this_land():
    away = WHOLE | {"Koordinat": {"Lengdegrad": 15.6, "Breddegrad": 78.2}}  # Longyearbyen
    assert read([SCHOOL], [away]).register.empty
    south = WHOLE | {"Koordinat": {"Lengdegrad": 10.7, "Breddegrad": 59.9}}
    known = read([SCHOOL], [south])
    assert known.register.empty
    assert known.missing == ()


def test_a_school_that_is_gone_since_is_no_fault():
    assert read([SCHOOL], []).register.empty


def test_no_school_at_all_is_an_answer():
    known = read([], [])
    assert known.register.empty
    assert known.register.columns[0] == "source"
    assert known.sources[0].rows == 0


def test_an_organisation_number_that_is_none_is_never_sent():
    get, asked = answers([SCHOOL | {"Organisasjonsnummer": "../../97"}], [])
    nsr.schools(LAND, get)
    assert asked == ["/enheter/kommune/1812"]


@pytest.mark.parametrize("number", ["", "18", "demo", "18/2"])
def test_a_land_without_a_number_is_refused(number):
    with pytest.raises(SourceError, match="is no municipality with a number of four digits"):
        nsr.schools(replace(LAND, number=number), {}.__getitem__)


@pytest.mark.parametrize(
    "answer",
    [
        {"EnhetListe": None},
        {"EnhetListe": ["975286487"]},
        {"EnhetListe": [], "AntallSider": 3},  # only a part
    ],
)
def test_a_list_in_another_form_is_said(answer):
    with pytest.raises(SourceError, match=r"data-nsr\.udir\.no answered in a form"):
        nsr.schools(LAND, lambda url: json.dumps(answer).encode())


def test_an_answer_about_another_school_is_said():
    other = WHOLE | {"Organisasjonsnummer": "974043785"}

    def get(url):
        return json.dumps({"EnhetListe": [SCHOOL]} if "kommune" in url else other).encode()

    with pytest.raises(SourceError, match="cannot be read"):
        nsr.schools(LAND, get)


@pytest.mark.parametrize("service", [SCHOOLS, KINDERGARTENS], ids=lambda one: one.key)
@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, service, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        service.read(LAND, get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=r"data-nsr\.udir\.no answered in a form"),
    ):
        SCHOOLS.read(LAND, get)


@pytest.mark.parametrize(("said", "sentence"), FAULTS[:4])
def test_a_fault_at_one_school_is_said(tmp_path, monkeypatch, said, sentence):
    def play(path, query):
        whole = json.dumps({"EnhetListe": [SCHOOL]}).encode()
        return Said(whole) if "kommune" in path else said

    with (
        fetcher(tmp_path, monkeypatch, play) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        SCHOOLS.read(LAND, get)


def recorded(test_data, name):
    return json.loads((test_data / "api" / name).read_text(encoding="utf-8"))


def test_the_recorded_lists_are_read(test_data):
    """As recorded in April 2025, Bodø had 25 primary schools, and Sømna two."""
    units = [
        unit
        for category in (1, 2, 11)
        for unit in recorded(
            test_data, f"nsr/enheter_skolekategori_{category}_fylke18_subset.json"
        )["EnhetListe"]
    ]
    kinds = {one["Organisasjonsnummer"]: (one, school_kind(one)) for one in units}

    def names(number, kind):
        return sorted(
            one["Navn"]
            for one, of in kinds.values()
            if of == kind and one["Kommunenummer"] == number
        )

    assert len(kinds) < len(units)  # some are in two categories
    assert len(names("1804", "school") + names("1804", "upper_secondary_school")) >= 25
    assert names("1812", "university") == ["Nord-Norsk pensjonistskole"]
    assert {"975286487", "974043785"} <= {n for n, (_, of) in kinds.items() if of == "school"}


def test_a_recorded_school_is_read(test_data):
    unit = recorded(test_data, "nsr/enhet_975279154.json")
    area = Land("5059", "Orkland", "no", shapely.box(9, 63, 10, 64), "EPSG:25832")
    rows = read([unit], [unit], land=area).register
    assert rows["name"].tolist() == ["Aa skole"]
    assert rows["address"].tolist() == ["Aunliveien 15, 7257 Snillfjord"]  # not its post box


def test_a_recorded_kindergarten_is_read(test_data):
    unit = recorded(test_data, "nbr/enhet_975315053.json")
    area = Land("1103", "Stavanger", "no", shapely.box(5, 58, 6, 59), "EPSG:25832")
    rows = read([unit], [unit], KINDERGARTENS, NBR, area).register
    assert rows[["name", "updated"]].to_numpy().tolist() == [
        ["Maurtua barnehage", "2024-02-14"]
    ]


@pytest.mark.live
def test_the_real_registers_know_somna(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    from data.http import Fetcher  # noqa: PLC0415

    land = replace(LAND, boundary=shapely.box(10.6, 65.1, 12.5, 65.6))
    get = Fetcher(tmp_path)
    assert "975286487" in set(SCHOOLS.read(land, get).register["ref"])
    assert not KINDERGARTENS.read(land, get).register.empty
