"""Fields of a form about one file, which keep what is typed while others are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from words import Speaker


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields about one file: all have keys of their own, which stay in the session."""

    token: str
    say: Speaker

    def select(
        self,
        field: str,
        label: str,
        options: Sequence[Any],
        now: Any,
        *,
        named: Callable[[Any], str] = str,
    ) -> Any:
        """Ask for one of several; what stands there now is one of them, whatever it is."""
        known = list(dict.fromkeys([*options, now]))
        return st.selectbox(
            label,
            known,
            index=known.index(now),
            format_func=named,
            key=f"own-{field}-{self.token}",
            persist_state="session",
        )

    def line(self, field: str, label: str, now: str, *, help_: str | None = None) -> str:
        """Ask for a line of text."""
        return st.text_input(
            label,
            value=now,
            key=f"own-{field}-{self.token}",
            max_chars=200,
            help=help_,
            persist_state="session",
        ).strip()

    def tick(self, field: str, label: str, now: bool) -> bool:
        """Ask for yes or no."""
        return st.checkbox(
            label, value=now, key=f"own-{field}-{self.token}", persist_state="session"
        )
