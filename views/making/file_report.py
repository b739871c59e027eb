"""What became of the rows of files, and row by row what was not understood."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.files.report import Report
from geo.errors import Message
from layers.formats.text import safe
from views.text import element, items, markdown
from words import Speaker


def summary(name: str, told: Report | Message, key: str, say: Speaker) -> None:
    """Say how many rows of a file were used, and offer those that were not understood."""
    if isinstance(told, Message):
        st.html(element("p", say("{file}: {said}", file=name, said=say(told))))
        return
    st.html(items(say(message) for message in told.summary()))
    if told.faults:
        sheet = safe(told.table(say))
        st.download_button(
            say("Download the rows that were not understood (CSV)"),
            sheet.to_csv(index=False, sep=";", lineterminator="\r\n").encode("utf-8-sig"),
            file_name=f"moteplass-rows-{name}.csv",
            mime="text/csv",
            key=f"report-{key}-{name}",
            help=markdown(name),
            on_click="ignore",
        )


def all_of(told: Mapping[str, Report | Message], key: str, say: Speaker) -> None:
    """Say of each file what became of it."""
    for name, one in told.items():
        summary(name, one, key, say)
