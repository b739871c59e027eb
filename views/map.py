"""Maps, and their legends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st
from streamlit_folium import st_folium

from layers.legend import legend
from layers.map import Bounds, base_map, draw, guard
from layers.map_parts import Drawn
from layers.publish import assets
from views import cached, own_layer
from views.asked import Asked
from views.incomes import income_layers
from views.question.showing import BASE, drawn_areas, drawn_incomes
from views.whatif.remembered import edits_drawn

STATIC_URL = "/app/static"


@dataclass(frozen=True, slots=True)
class Window:
    """
    How a map stands on its page.

    Parameters
    ----------
    key
        Tells maps of one page apart.
    height
        In pixels.
    together
        Maps of a page with the same name move together; `""` for one that moves alone.
    look_at
        Where to look; the map goes there whenever this changes, and only then.
    captions
        Short texts for both sides of a divided map.
    pointed
        What is called with latitude and longitude when somebody points at the map;
        `None`: nobody asks where.
    silent
        Whether nothing opens a card: who points at it means the spot.
    """

    key: str = "map"
    height: int = 520
    together: str = ""
    look_at: Bounds | None = None
    captions: tuple[str, str] = ("", "")
    pointed: Callable[[float, float], None] | None = None
    silent: bool = False


def answered_map(asked: Asked, *, window: Window = Window()) -> None:
    """Draw the map of an answer, and its legend beside it."""
    over = layers_of(asked)
    left, right = st.columns([7, 2])
    with left:
        draw_map(asked, over, window=window)
    with right:
        draw_legend(asked, over)


def layers_of(asked: Asked) -> cached.Published:
    """Publish what an answer is drawn with, as far as it is to be shown."""
    question, built, say = asked.question, asked.built, asked.say
    over = cached.answer_layers(question, built, say.language, asked.now)
    if over and drawn_incomes() and len(asked.bundle.incomes):
        over = income_layers(question, built, say.language, asked.now) + over[-1:]
    if over and drawn_areas():
        with st.spinner(say("The reach of the places is being drawn.")):
            over = cached.area_layers(question, built, say.language, asked.now) + over
    return (*edits_drawn(question, built, say.language), *over)


def draw_map(
    asked: Asked,
    over: cached.Published,
    *,
    window: Window = Window(),
    right: cached.Published | None = None,
) -> None:
    """
    Draw layers over the base; a changed question sends only the names of other files.

    `right`: layers of the right side of a map that a slider divides; `over` then is left.
    """
    assets(cached.STATIC)
    say, built = asked.say, asked.built
    base = str(st.session_state.get(BASE, "offline"))
    bounds = cached.bounds(asked.question.area, built)
    web_map = base_map(
        base,
        bounds=bounds,
        static_url=STATIC_URL,
        say=say,
        together=window.together,
        pointing=window.pointed is not None,
    )
    below = _below(asked, base)
    draw([layer for layer, _ in below], _urls(below)).add_to(web_map)
    _require_safe(web_map, base, asked.question.area, built, say.language, window.together)
    under, top = own_layer.layers(asked)
    left, beside = (*under, *over, *top), None if right is None else (*under, *right, *top)
    key = f"{window.key}-{asked.question.area}-{built}-{base}-{say.language}"
    with st.container(key=f"frame-{window.key}"):
        st_folium(
            web_map,
            feature_group_to_add=_drawn(left, beside, window),
            key=key,
            height=window.height,
            use_container_width=True,
            returned_objects=[],
            on_change=partial(_pointed, key, window.pointed),
        )


def _drawn(left: cached.Published, right: cached.Published | None, window: Window) -> Drawn:
    """Return what lies over the base; `right` of a slider, if there is one."""
    drawn = draw(
        [layer for layer, _ in left],
        _urls(left),
        right=None if right is None else _urls(right),
        captions=window.captions,
        look_at=window.look_at,
        later=_later((*left, *(right or ()))),
    )
    return drawn.silent() if window.silent else drawn


def _pointed(key: str, act: Callable[[float, float], None] | None) -> None:
    """Tell where somebody has pointed at a map, as `pointing.js` says it."""
    match st.session_state.get(key):
        case {"pointed": [float() | int() as lat, float() | int() as lon]} if act:
            act(float(lat), float(lon))


@st.cache_resource(max_entries=64, show_spinner=False)
def _require_safe(_drawn: Any, base: str, *_what: str) -> None:
    """Refuse a map that would ask somebody outside; what it is of is looked at once."""
    guard(_drawn.get_root().render(), base)


def draw_legend(asked: Asked, over: cached.Published) -> None:
    """Say in words and signs what the layers show."""
    boundary = _below(asked, "offline")[-1]
    shown = [layer for layer, _ in (*over, boundary)]
    st.html(legend([*own_layer.named(asked), *shown], asked.say))


def _below(asked: Asked, base: str) -> cached.Published:
    """Publish what lies under an answer; over somebody else's map only the boundary."""
    below = cached.base_layers(asked.question.area, asked.built, asked.say.language)
    return below if base == "offline" else below[-1:]


def _urls(published: cached.Published) -> list[str]:
    """Return where the browser fetches layers."""
    return [url if ":" in url else f"{STATIC_URL}/{url}" for _, url in published]


def _later(published: cached.Published) -> dict[str, float]:
    """Return where nothing of a layer is seen before which zoom."""
    zooms = [layer.from_zoom for layer, _ in published]
    return {url: zoom for url, zoom in zip(_urls(published), zooms, strict=True) if zoom}
