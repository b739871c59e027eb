"""Which language the page speaks: the link's, else the browser's, else bokmål."""

from __future__ import annotations

import streamlit as st

from words import LANGUAGES

KEY = "lang"
FROM_BROWSER = {"no": "nb", **{code: code for code in LANGUAGES}}


def chosen_language() -> str:
    """Return the language asked for, and keep it in the session and in the link."""
    if KEY not in st.session_state:
        asked = st.query_params.get(KEY, "")
        browser = (st.context.locale or "")[:2].lower()
        st.session_state[KEY] = asked if asked in LANGUAGES else FROM_BROWSER.get(browser, "nb")
    return str(st.session_state[KEY])


def choose_language() -> None:
    """Draw the choice; every language is called what it calls itself."""
    st.selectbox(
        "Språk / Language", list(LANGUAGES), format_func=LANGUAGES.__getitem__, key=KEY
    )
