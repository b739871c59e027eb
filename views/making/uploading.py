"""Files that come through the browser: kept on the server, under the area's code."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from data import uploads
from geo.errors import MoteplassError, SourceError
from views import rights
from views.text import markdown
from words import Speaker


def uploaded(key: str, label: str, code: str, endings: Sequence[str], say: Speaker) -> None:
    """
    Take files and keep them; say of each that cannot be kept why.

    What was kept is listed by whoever calls, not by the widget, which is emptied: files
    stay when the browser is closed, and the widget would not know.
    """
    turn = f"{key}-turn"
    files = st.file_uploader(
        label,
        type=[ending.rpartition(".")[2] for ending in endings] or None,
        accept_multiple_files=True,
        key=f"{key}-{st.session_state.setdefault(turn, 0)}",
        max_upload_size=None,
    )
    faults = f"{key}-faults"
    if files:
        told = [_kept(code, file.name, file.getvalue(), endings) for file in files]
        st.session_state[faults] = [fault for _, fault in told if fault]
        names = [name for name, _ in told if name]
        if names:
            st.session_state[f"{key}-last"] = names[-1]
        st.session_state[turn] += 1
        st.rerun()
    for fault in st.session_state.get(faults, []):
        st.error(markdown(say(fault)))


def _kept(code: str, name: str, content: bytes, endings: Sequence[str]):  # type: ignore[no-untyped-def]
    try:
        rights.require()
        if endings and not name.lower().endswith(tuple(endings)):
            raise SourceError(
                "{file} cannot be used here: its name must end in {endings}.",
                file=uploads.safe_name(name),
                endings=", ".join(endings),
            )
        return uploads.keep(code, name, content).name, None
    except MoteplassError as error:
        return "", error.message


def one(key: str, label: str, code: str, endings: Sequence[str], say: Speaker) -> Path | None:
    """Take a file, and return the one that is to be used of those that were kept."""
    uploaded(key, label, code, endings, say)
    found = {
        file.name: file
        for file in uploads.kept(code)
        if file.name.lower().endswith(tuple(endings))
    }
    if not found:
        return None
    chosen = f"{key}-chosen"
    last = st.session_state.pop(f"{key}-last", None)
    if last in found or st.session_state.get(chosen) not in {*found, ""}:
        st.session_state[chosen] = last if last in found else next(iter(found))
    name = st.selectbox(
        say("The file that is used"),
        [*found, ""],
        format_func=lambda name: name or say("None of them"),
        key=chosen,
        persist_state="session",
    )
    return found.get(str(name))
