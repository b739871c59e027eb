"""The link: what it says, kept from page to page, and followed when somebody goes back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

KEPT = "link"
"""Key in the session: what the link said when it was last written or followed."""

CHOSEN = "link-chosen"
"""Key in the session: what the widgets said then, by the names of the link."""


def told() -> dict[str, str]:
    """Return what the link says; what it does not, as it said before."""
    return {**st.session_state.get(KEPT, {}), **st.query_params.to_dict()}


def say_so(params: Mapping[str, str]) -> None:
    """
    Put parameters into the link, beside those that are there.

    A name that is also the key of a widget is forgotten when the link is followed: the
    widget then has to be given what `told` says.
    """
    whole = told() | dict(params)
    if st.query_params.to_dict() != whole:
        st.query_params.from_dict(whole)
    st.session_state[KEPT] = whole


def follow() -> None:
    """
    Let the link overrule the widgets where somebody went back or forward.

    Then the link is another one, and no widget has changed. Where a widget has, the
    browser was faster than we were in writing the link: the widget is what was meant.
    """
    now, said = st.query_params.to_dict(), st.session_state.get(KEPT)
    if not now or said is None or now == said or _chosen(said) != st.session_state.get(CHOSEN):
        return
    for key in {*said, *now}:
        st.session_state.pop(key, None)
    st.session_state[KEPT] = now


def settled() -> None:
    """Note at the end of a run what the widgets say, to see later whether one has changed."""
    st.session_state[CHOSEN] = _chosen(st.session_state.get(KEPT, {}))


def _chosen(names: Mapping[str, str]) -> dict[str, object]:
    return {name: st.session_state[name] for name in names if name in st.session_state}
