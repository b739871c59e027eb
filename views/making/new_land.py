"""Step 1 of a new area: where it is, what it is called, and the map it is built from."""

from __future__ import annotations

import re
from dataclasses import replace

import streamlit as st

from data import store, uploads
from data.bundle import read_area
from data.demos import demos
from data.dwellings import ages
from data.land_names import simple
from data.order import Order
from data.osm_file import ENDINGS
from geo.errors import BundleError, MoteplassError
from views import rights
from views.making import new_found
from views.making.uploading import one
from views.text import markdown
from words import Speaker
from words.order import key

WAY, NAME, CODE, COUNTRY, WITHIN = (
    "new-way",
    "new-name",
    "new-code",
    "new-country",
    "new-within",
)
"""Keys of the session; what is typed stays there also while another page is shown."""

PROPOSED, FORMER = "new-proposed", "new-former"
FOUND, OUTLINE, MAP = "found", "outline", "map"
OUTLINES = (".geojson", ".json", ".gpkg", ".kml", ".zip")
HEIGHTS = (".tif", ".tiff")


def asked(say: Speaker) -> Order:
    """Ask for the area; return as much of an order as is known."""
    ways = {
        FOUND: say("A municipality"),
        OUTLINE: say("An outline in a file of your own"),
        MAP: say("All that a file of OpenStreetMap data holds"),
    }
    way = st.radio(
        say("What is the area?"),
        list(ways),
        format_func=ways.__getitem__,
        key=WAY,
        horizontal=True,
        persist_state="session",
    )
    order = _named(new_found.asked(say) if way == FOUND else Order(""), say)
    if not usable(order.code):
        return order
    if way != FOUND:
        order = _placed(order, say)
    if way == OUTLINE:
        label = say("The outline: a GeoJSON, GeoPackage, KML or zipped Shapefile")
        order = replace(order, boundary=one("outline", label, order.code, OUTLINES, say))
    if way == MAP:
        order = _mapped(order, say, needed=True)
    with st.expander(
        say("A map file and heights of your own") if way != MAP else say("Heights of your own")
    ):
        return _with_heights(order if way == MAP else _mapped(order, say), say)


def usable(code: str) -> bool:
    """Tell whether an area may be called so, and files be kept under it."""
    return is_code(code) and code not in demos()


def is_code(code: str) -> bool:
    """Tell whether an area may be called so."""
    return bool(store.CODE.fullmatch(code))


def proposed(name: str) -> str:
    """Return a code for an area of that name, or `""` if nothing of it will do."""
    code = re.sub("[^a-z0-9]+", "-", simple(name))[:40].strip("-")
    return code if not code or is_code(code) else f"area-{code}"[:40]


def _named(order: Order, say: Speaker) -> Order:
    """Ask for name and code; propose both until somebody has typed another."""
    state = st.session_state
    _propose(NAME, order.name)
    _propose(CODE, order.code or proposed(state.get(NAME, "")))
    left, right = st.columns(2)
    name = left.text_input(
        say("Name, as shown"), key=NAME, max_chars=80, persist_state="session"
    )
    _propose(CODE, order.code or proposed(name))
    code = right.text_input(
        say("Short name for files and links"),
        key=CODE,
        max_chars=40,
        help=say("1 to 40 of a–z, 0–9, - and _; a municipality is best called by its number."),
        persist_state="session",
    )
    _tell_of_code(code, say)
    _take_along(code, say)
    return replace(order, code=code, name=name.strip())


def _propose(key: str, value: str) -> None:
    """Fill in a field that is empty, or still holds what was proposed before."""
    proposals = st.session_state.setdefault(PROPOSED, {})
    now = st.session_state.get(key, "")
    if now in {"", proposals.get(key)}:
        proposals[key] = value
        if now != value:  # to set what stands there would undo what is being typed
            st.session_state[key] = value


def _tell_of_code(code: str, say: Speaker) -> None:
    if code and not is_code(code):
        text = "An area's code is 1 to 40 of a–z, 0–9, - and _, not {code}."
        st.error(markdown(say(text, code=code)))
    elif code in demos():
        st.error(say("This is the short name of a demo area: choose another."))
    elif code in store.codes():
        try:
            area = read_area(code)
        except BundleError as error:
            st.warning(markdown(say(error.message)))
            return
        text = (
            "There is an area {name} with this short name, built {date}. Building replaces it."
        )
        st.info(markdown(say(text, name=area.name, date=say.date(area.built))))


def _take_along(code: str, say: Speaker) -> None:
    """Move what was uploaded under a short name that was given up before anything was built."""
    former = st.session_state.get(FORMER, "")
    if usable(code) and code != former:
        st.session_state[FORMER] = code
        if former:
            try:
                rights.require()
                uploads.moved(former, code)
            except MoteplassError as error:
                st.error(markdown(say(error.message)))


def _placed(order: Order, say: Speaker) -> Order:
    """Ask for the country, and for the municipality whose ages an area shares."""
    left, right = st.columns(2)
    countries = {"no": say("Norway"), "se": say("Sweden"), "fi": say("Finland")}
    country = left.selectbox(
        say("Country"),
        list(countries),
        format_func=countries.__getitem__,
        key=COUNTRY,
        persist_state="session",
    )
    names = {number: f"{one.name} ({number})" for number, one in ages().items()}
    ordered = sorted(names, key=lambda number: key(names[number], say.language))
    names[""] = say("Not known")
    within = right.selectbox(
        say("Municipality it lies in"),
        ["", *ordered],
        format_func=names.__getitem__,
        key=WITHIN,
        help=say("Its ages are used where nothing finer is known."),
        persist_state="session",
    )
    return replace(order, country=str(country), within=str(within))


def _mapped(order: Order, say: Speaker, *, needed: bool = False) -> Order:
    """Ask for a file of OpenStreetMap data."""
    label = say(
        "A file of OpenStreetMap data (.osm.pbf); without one, today's map is asked for"
    )
    label = say("A file of OpenStreetMap data (.osm.pbf)") if needed else label
    return replace(order, osm=one("map", label, order.code, ENDINGS, say))


def _with_heights(order: Order, say: Speaker) -> Order:
    label = say("Heights of the ground: a GeoTIFF in metres")
    return replace(order, terrain=one("heights", label, order.code, HEIGHTS, say))
