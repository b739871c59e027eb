"""Libraries: which are public, where they are, and what of their staff is never read."""

from __future__ import annotations

import json
import tracemalloc

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from data.services import addresses
from data.services.libraries import DUMP, KEPT, SERVICE, is_public, libraries, position
from data.services.service import Land
from geo.errors import SourceError
from tests.faults import FAULTS, UNREADABLE, always, fetcher
from tests.loopback import Said

LAND = Land("1812", "Sømna", "no", shapely.box(12, 65, 13, 66), "EPSG:25833")
TODAY = "2026-11-22"
VIK = {
    "bibnr": "2181200",
    "bibltype": "FBI",
    "lat_lon": "65.312345,12.171234",
    "kommnr": "1812",
    "inst": "Sømna\n      folkebibliotek",
    "vadr": "Kystveien 84",
    "vpostnr": "8920",
    "vpoststed": "SØMNA",
    "landkode": "NO",
}
SECRET = {
    "bibleder": "Kari Nordmann",
    "fj_leder": "Ola Nordmann",
    "tlf": "99 88 99 88",
    "tlf_fj": "99 88 99 89",
    "epost_adr": "kari@example.org",
    "epost_best": "ola@example.org",
    "aut": "hemmelig",
}


def dump(*records, head=""):
    """Return the list of the country, as the library writes it."""
    body = "".join(
        '<record rid="1" tstamp="2025-06-15 15:06:48">'
        + "".join(f"<{name}>{value}</{name}>" for name, value in one.items())
        + "<eressurser><z_info/></eressurser><!-- en merknad --></record>"
        for one in records
    )
    root = '<BaseBibliotek export="2025-06-16 21:00:02" xmlns="http://nb.no/BaseBibliotek">'
    return f'<?xml version="1.0" encoding="UTF-8"?>{head}{root}{body}</BaseBibliotek>'.encode()


def getting(*records, doors=()):
    """Answer as the list and as the register of addresses, which knows `doors`."""

    def get(url):
        if url == DUMP:
            return dump(*records)
        assert url.startswith(addresses.SERVICE)
        assert "kommunenummer=1812" in url
        rows = [
            {
                addresses.TEXT: street,
                "kommunenummer": "1812",
                "postnummer": "8920",
                "representasjonspunkt": {"epsg": "EPSG:4258", "lat": lat, "lon": lon},
            }
            for street, lon, lat in doors
        ]
        return json.dumps(
            {"adresser": rows, "metadata": {"totaltAntallTreff": len(rows)}}
        ).encode()

    return get


def read(*records, doors=()):
    return libraries(LAND, getting(*records, doors=doors))


def test_a_library_is_read():
    known = read(VIK | SECRET)
    assert known.register.drop(columns="geometry").to_dict("records") == [
        {
            "source": "libraries",
            "ref": "2181200",
            "name": "Sømna folkebibliotek",
            "kind": "library",
            "address": "Kystveien 84, 8920 Sømna",
            "wheelchair": "",
            "opening_hours": "",
            "updated": "2025-06-15",
        }
    ]
    assert known.register.geometry.iloc[0].equals(shapely.Point(12.171234, 65.312345))
    assert known.register.crs == "EPSG:4326"
    assert (known.sources[0].date, known.missing) == ("2025-06-15", ())


def test_nothing_of_those_who_work_there_comes_out():
    known = read(VIK | SECRET)
    told = repr(known) + known.register.to_csv()
    assert [word for word in SECRET.values() if word in told] == []
    assert not KEPT & SECRET.keys()


@pytest.mark.parametrize(
    ("what", "public"),
    [
        ({}, True),
        ({"bibltype": "FIL"}, True),
        ({"bibltype": "fil "}, True),
        ({"bibltype": "FAG"}, False),
        ({"bibltype": "FIL FEN"}, False),  # behind bars
        ({"bibltype": ""}, False),
        ({"landkode": "SE"}, False),
        ({"landkode": ""}, False),
        ({"stengt": "X"}, False),
        ({"stengt": ""}, True),
        ({"stengt_fra": "2026-11-22"}, False),
        ({"stengt_fra": "2026-11-23"}, True),
        ({"stengt_til": "2026-11-22"}, False),
        ({"stengt_til": "2026-11-21"}, True),
        ({"stengt_fra": "2026-11-01", "stengt_til": "2026-11-30"}, False),
        ({"stengt_fra": "2026-01-01", "stengt_til": "2026-01-31"}, True),
        ({"stengt_fra": "snart"}, True),
    ],
)
def test_what_is_open_to_the_public(what, public):
    assert is_public(VIK | what, TODAY) == public


@pytest.mark.parametrize(
    "told",
    [
        "65.5,12.25",
        "65.5, 12.25",
        " 65.5 12.25 ",
        "65,5 12,25",
        "65,5, 12,25",
        "65.5° N, 12.25° E",
        "N65.5° Ø12.25°",
        "65° 30.0' N 12° 15.0' E",
        "65°30'00\" N, 12°15'00\" Ø",
    ],
)
def test_a_position_is_read_however_it_is_written(told):
    assert position(told).equals(shapely.Point(12.25, 65.5))


@pytest.mark.parametrize(
    "told",
    [
        "",
        "Storgata 1",
        "65.5",
        "65,12",
        "0,0",
        "12.25,65.5",  # changed places
        "65 30 12 15",  # minutes, or what?
        "65.5,12.25,0",
        "7253000,391000",
    ],
)
def test_what_is_no_position_is_nowhere(told):
    assert position(told).is_empty


@given(st.text())
def test_no_text_breaks_the_reading_of_positions(told):
    position(told)


def test_a_library_without_a_position_is_found_by_its_address():
    lost = VIK | {"lat_lon": "se kart"}
    known = read(lost, doors=[("Kystveien 84", 12.17, 65.31)])
    assert known.register.geometry.iloc[0].equals(shapely.Point(12.17, 65.31))
    assert known.missing == ()


def test_a_library_that_is_nowhere_is_told_of():
    known = read(VIK | {"lat_lon": "", "vadr": "Samfunnshuset"})
    assert known.register.empty
    assert str(known.missing[0]).endswith("are not on the map: Sømna folkebibliotek")


def test_an_old_number_does_not_matter_where_there_is_a_position():
    assert len(read(VIK | {"kommnr": "1899"}).register) == 1


def test_a_library_of_another_municipality_is_not_searched_for():
    def get(url):
        assert url == DUMP
        return dump(VIK | {"lat_lon": "", "kommnr": "0301"})

    known = libraries(LAND, get)
    assert known.register.empty
    assert known.missing == ()


def test_a_zero_that_a_number_lost_is_given_back():
    oslo = Land("0301", "Oslo", "no", shapely.box(10, 59, 11, 60), "EPSG:25832")
    lost = VIK | {"lat_lon": "", "kommnr": "301"}
    with pytest.raises(AssertionError):  # it is searched for, but this one knows Sømna only
        libraries(oslo, getting(lost))


def test_a_position_elsewhere_wins_over_the_number():
    assert read(VIK | {"lat_lon": "59.9,10.7"}).register.empty


def test_no_library_at_all_is_an_answer():
    known = read()
    assert known.register.empty
    assert known.sources[0].rows == 0


def test_entities_are_never_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hemmelig")
    head = f'<!DOCTYPE BaseBibliotek [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    known = libraries(LAND, lambda url: dump(VIK | {"inst": "Vik &x;"}, head=head))
    assert known.register["name"].tolist() == ["Vik"]


def test_a_bomb_of_entities_is_no_danger():
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    head = f'<!DOCTYPE BaseBibliotek [<!ENTITY a0 "ha">{laughs}]>'
    try:
        known = libraries(LAND, lambda url: dump(VIK | {"inst": "&a12;"}, head=head))
    except SourceError:
        return
    assert len(known.register["name"].iloc[0]) < 200


def test_a_large_list_is_read_in_little_memory():
    """The whole tree of these 20 MB would be more than 100 MB."""
    other = VIK | {"bibltype": "FAG", "omtale": "x" * 2000}
    large = dump(*[other] * 9000, VIK)
    assert len(large) > 20_000_000
    tracemalloc.start()
    known = libraries(LAND, lambda url: large)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(known.register) == 1
    assert most < 10_000_000


@pytest.mark.parametrize(
    "told",
    [
        dump(VIK)[:-30],
        dump(VIK) + b"<more/>",
        b"<BaseBibliotek><record></BaseBibliotek>",
        dump(VIK).replace(b"UTF-8", b"UTF-16"),
        dump(VIK).replace(b"BaseBibliotek", b"Other"),
    ],
)
def test_a_list_in_another_form_is_said(told):
    with pytest.raises(
        SourceError, match=r"www\.nb\.no answered in a form that cannot be read"
    ):
        libraries(LAND, lambda url: told)


@pytest.mark.parametrize(("said", "sentence"), FAULTS)
def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=sentence),
    ):
        SERVICE.read(LAND, get)


@pytest.mark.parametrize("said", UNREADABLE)
def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
    with (
        fetcher(tmp_path, monkeypatch, always(said)) as (get, _),
        pytest.raises(SourceError, match=r"www\.nb\.no answered in a form"),
    ):
        SERVICE.read(LAND, get)


def test_without_the_register_of_addresses_what_has_no_position_is_named(tmp_path, monkeypatch):
    def play(path, query):
        lost = dump(VIK | {"lat_lon": ""})
        return Said(lost, content_type="text/xml") if "nb.no" in path else Said(status=503)

    with fetcher(tmp_path, monkeypatch, play) as (get, _):
        known = SERVICE.read(LAND, get)
    assert known.register.empty
    assert "an address that can be found" in str(known.missing[0])


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_recorded_lists_are_read(test_data, number):
    """None of them is of a public library with a position: what counts is that they pass."""
    file = test_data / "api" / "bibliotek" / f"export_incremental_{number}_redacted.xml"
    norway = Land("9999", "", "no", shapely.box(4, 57, 32, 72), "EPSG:25833")
    known = libraries(norway, lambda url: file.read_bytes())
    assert set(known.register["kind"]) <= {"library"}
    assert "@" not in known.register.to_csv()


def test_a_recorded_library_is_searched_for(test_data):
    file = test_data / "api" / "bibliotek" / "rest_bibnr_2062200.xml"
    land = Land("3046", "Krødsherad", "no", shapely.box(9, 60, 10, 61), "EPSG:25832")
    none = json.dumps({"adresser": [], "metadata": {"totaltAntallTreff": 0}}).encode()
    known = libraries(land, lambda url: file.read_bytes() if url == DUMP else none)
    assert str(known.missing[0]).endswith("Midt-Buskerud bibliotek Krødsherad")
    assert "Nordmann" not in repr(known)


@pytest.mark.live
def test_the_real_list_knows_bodo(tmp_path, request):
    if "live" not in request.config.option.markexpr:
        pytest.skip("asks the real service: -m live")
    from data.http import Fetcher  # noqa: PLC0415

    land = Land("1804", "Bodø", "no", shapely.box(14.3, 67.2, 14.6, 67.35), "EPSG:25833")
    assert not libraries(land, Fetcher(tmp_path)).register.empty
