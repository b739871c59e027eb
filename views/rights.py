"""Who may change anything: whoever sits at this machine, and whoever has signed in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st
from streamlit import config
from streamlit.errors import StreamlitAuthError

from geo.errors import Message, MoteplassError
from views.text import markdown
from words import Speaker

OPEN = "MOTEPLASS_OPEN"
"""Variable of the environment: `1` lets all who reach the server change things, `0` nobody."""

HERE = ("localhost", "127.0.0.1", "::1")
"""Addresses under which nobody but this machine is answered."""

PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")
"""Said by what stands before the server and passes on what others ask."""

MAIN = "default"
"""What Streamlit calls a way to sign in that has no name of its own."""

READING = Message("You may look at everything here, but change nothing.")


class RightsError(MoteplassError):
    """Somebody who may only read wanted to change something."""


def may_change() -> bool:
    """
    Tell whether this session may make, delete or decide anything.

    Where sign-in is set up, whoever has signed in. Where it is not: everybody, if the
    server answers this machine alone and was asked from it, without anything between.
    `MOTEPLASS_OPEN` overrules that; it matters where a proxy tells nothing of itself.
    """
    if ways_in():
        return st.user.get("is_logged_in") is True
    told = os.environ.get(OPEN)
    if told is not None:
        return told == "1"
    here = config.get_option("server.address") in HERE
    return here and _asked_from_here(st.context.headers)


def require() -> None:
    """
    Refuse whoever may only read; called once more where something is changed.

    Raises
    ------
    RightsError
        If `may_change` says no.
    """
    if not may_change():
        raise RightsError(READING.text)


def reading_only(say: Speaker) -> bool:
    """Tell whether this session may only read; if so say it, and offer to sign in."""
    if may_change():
        return False
    st.info(say(READING))
    if ways_in():
        _offer("page", say)
    else:
        st.caption(
            say("Whoever runs this server can let people sign in: docs/server.md tells how.")
        )
    return True


def sign_in_or_out(say: Speaker) -> None:
    """Draw who has signed in, and the way in or out; nothing where none is set up."""
    if not ways_in():
        return
    if st.user.get("is_logged_in") is not True:
        _offer("side", say)
        return
    name = next(filter(None, map(st.user.get, ("name", "email", "sub"))), "")
    st.caption(say("Signed in: {name}", name=markdown(str(name)[:80])))
    st.button(say("Sign out"), key="sign-out", on_click=st.logout)


def ways_in() -> list[str]:
    """Return the ways to sign in, as `[auth]` of `.streamlit/secrets.toml` names them."""
    if not st.secrets.load_if_toml_exists():
        return []
    told = st.secrets.get("auth") or {}
    named = [key for key, value in told.items() if isinstance(value, Mapping)]
    return ([MAIN] if "client_id" in told else []) + named or ([MAIN] if told else [])


def _offer(key: str, say: Speaker) -> None:
    """Draw a button for each way to sign in."""
    for way in ways_in():
        label = (
            say("Sign in")
            if way == MAIN
            else say("Sign in with {provider}", provider=markdown(way.title()))
        )
        if st.button(label, key=f"sign-in-{key}-{way}"):
            try:
                st.login(None if way == MAIN else way)
            except StreamlitAuthError:
                st.error(
                    say("Sign-in is not set up rightly. Whoever runs this server can mend it.")
                )


def _asked_from_here(headers: Mapping[str, str]) -> bool:
    """Tell whether a page of this machine asked it by its own name, and nobody passed it on."""
    origin = headers.get("Origin", f"http://{HERE[0]}")
    asked = (urlsplit(f"//{headers.get('Host', HERE[0])}").hostname, urlsplit(origin).hostname)
    return all(name in HERE for name in asked) and not any(one in headers for one in PASSED_ON)
