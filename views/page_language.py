"""What a page says besides its contents: its language, its parts' names, Streamlit's words."""

from __future__ import annotations

import json
from html import escape

import streamlit as st

from layers.publish import assets, own_folder
from views.cached import STATIC
from words import Speaker

STATIC_URL = "/app/static"
REST = "{}"
"""Stands in a sentence for what Streamlit fills in."""


def speak(say: Speaker, page: str) -> None:
    """
    Let the whole page speak a language, now and when it changes without a reload.

    The script is a file, the same for everybody; all it is told is text in an attribute.

    Parameters
    ----------
    say
        The language.
    page
        What the ways to pages call this one: it is marked there.
    """
    told = escape(json.dumps(words(say, page), ensure_ascii=False), quote=True)
    st.html(f'<div id="m-words" data-words="{told}"></div>')
    assets(STATIC)
    url = f"{STATIC_URL}/{own_folder()}/page.js"
    script = f'<script src="{escape(url, quote=True)}"></script>'
    st.html(f'<div id="m-words-script"></div>{script}', unsafe_allow_javascript=True)


def words(say: Speaker, page: str) -> dict[str, object]:
    """
    Return what the script is told.

    `texts` are what Streamlit says word for word, `patterns` what it says before and after
    something of the page's own.
    """
    return {
        "lang": say.language,
        "page": page,
        "map": say("Map"),
        "ways": {"ways": say("Pages"), "more": say("More pages")},
        "texts": _texts(say),
        "patterns": [
            ("Help for ", "", say("Help: {what}", what=REST)),
            ("Remove ", "", say("Remove {what}", what=REST)),
            ("Select ", " matches", say("Choose the {what} found", what=REST)),
        ],
    }


def _texts(say: Speaker) -> dict[str, str]:
    """Return Streamlit's words, as far as its widgets in this app say them."""
    return {
        "Skip to main content": say("Skip to the main content"),
        "Sidebar": say("Question and settings"),
        "Collapse sidebar": say("Hide the side panel"),
        "Expand sidebar": say("Show the side panel"),
        "Open": say("Show the choices"),
        "Selected values": say("What is chosen"),
        "Clear all": say("Clear all"),
        "Clear value": say("Clear"),
        "Clear entry": say("Clear"),
        "Select all": say("Choose all"),
        "No results": say("Nothing found"),
        "No options to select": say("Nothing to choose"),
        "Choose an option": say("Choose"),
        "Choose options": say("Choose"),
        "Help": say("Help"),
        "Increment": say("More"),
        "Decrement": say("Less"),
        "Upload": say("Choose a file"),
        "Add files": say("Add files"),
        "Drag and drop a file here": say("Or drop a file here"),
        "Drag and drop files here": say("Or drop files here"),
        "Running...": say("Working …"),
        "Stop": say("Stop"),
        "Close": say("Close"),
        "Fullscreen": say("Full screen"),
        "Close fullscreen": say("Leave full screen"),
        "Download as CSV": say("Download as CSV"),
        "Show/hide columns": say("Show or hide columns"),
        "Search": say("Search"),
        "Print": say("Print"),
    }
