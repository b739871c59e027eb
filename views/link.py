"""What the link says, also after another page was looked at in between."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

KEPT = "link"
"""Key in the session: what the link of the map said when it was last seen."""


def told() -> dict[str, str]:
    """Return what the link says; what it does not, as it said before."""
    return {**st.session_state.get(KEPT, {}), **st.query_params.to_dict()}


def say_so(params: Mapping[str, str]) -> None:
    """Put parameters into the link, and remember them while other pages are shown."""
    st.query_params.from_dict(params)
    st.session_state[KEPT] = dict(params)
