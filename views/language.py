"""Which language the page speaks: the link's, else the browser's, else bokmål."""

from __future__ import annotations

import streamlit as st

from words import offered

KEY = "lang"
BROWSERS = {"no": "nb"}
"""Codes of browsers that are not ours."""


def chosen_language() -> str:
    """Return the language asked for, and keep it in the session and in the link."""
    if KEY not in st.session_state:
        asked = st.query_params.get(KEY, "")
        browser = (st.context.locale or "").lower().partition("-")[0]
        known = {code: code for code in offered()} | BROWSERS
        st.session_state[KEY] = asked if asked in offered() else known.get(browser, "nb")
    return str(st.session_state[KEY])


def choose_language() -> None:
    """Draw the choice; every language is called what it calls itself."""
    known = offered()
    st.selectbox("Språk / Language", list(known), format_func=known.__getitem__, key=KEY)
