"""One file of the planner's own: what it is taken for and why, its rows, map and form."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pandas as pd
import streamlit as st

from data import uploads
from data.files.door import Look
from data.files.hints import SURE, Hint
from data.files.kept import save
from data.files.recipe import Recipe
from data.files.vocabulary import roles
from data.order import Order
from data.services.service import Land
from geo.errors import Message, MoteplassError
from layers.formats.text import safe
from views import rights
from views.making import file_form, file_looks
from views.steps import heading
from views.text import element, items, markdown
from words import Speaker

ROWS_HEIGHT = 215


def layer(file: Path) -> str:
    """Return which layer or sheet of a file is looked at."""
    return str(st.session_state.get(f"own-layer-{_token(file)}") or "")


def use_key(file: Path) -> str:
    """Return the key of the choice whether a file is used."""
    return f"own-use-{_token(file)}"


def _token(file: Path) -> str:
    """Return what stands for a file in the session: another one after a new upload."""
    return sha256(repr(file_looks.mark(file)).encode()).hexdigest()[:12]


def panel(
    file: Path, seen: Look | Message, where: Land | Message, order: Order, say: Speaker
) -> None:
    """Show what a file seems to be, and let it be corrected, confirmed or removed."""
    if isinstance(seen, Message):
        st.error(markdown(say(seen)))
        _remove(file, order, say)
        return
    _why(seen, say)
    left, right = st.columns([4, 5], gap="medium")
    with left:
        _choose_layer(file, seen, say)
        token = f"{_token(file)}-{layer(file)}"
        columns = file_looks.columns(file, seen.recipe)
        recipe = file_form.corrected(file, seen.recipe, columns, token, say)
        _confirm(file, recipe, seen, say)
    with right:
        from views.making.file_preview import shown  # noqa: PLC0415 - folium takes its time

        shown(file, recipe, where, order, say)
    heading(say("The first rows, as they stand in the file"), 3)
    st.dataframe(_rows(seen), height=ROWS_HEIGHT)
    use, remove = st.columns([3, 1], vertical_alignment="center")
    with use:
        st.toggle(say("Use this file"), value=True, key=use_key(file), persist_state="session")
    with remove:
        _remove(file, order, say)


def _rows(seen: Look) -> pd.DataFrame:
    """Return the first rows; they can be fetched as a sheet, so none of them is a formula."""
    heads = safe(pd.DataFrame(seen.preview.columns.to_numpy()))[0]
    return safe(seen.preview).set_axis(heads, axis=1)


def _why(seen: Look, say: Speaker) -> None:
    """Give the reasons, doubts first, each marked with a word."""
    if seen.remembered is not None:
        text = say("It is read as an earlier file of that name was.")
        st.html(element("p", text))
    if seen.remembered is not None and seen.remembered.confirmed:
        return
    hints = sorted(seen.guess.hints, key=lambda hint: hint.confidence)
    st.html(items(_reason(hint, say) for hint in hints))


def _reason(hint: Hint, say: Speaker) -> str:
    told = {"about": _about(hint.about, say), "reason": say(hint.reason)}
    if hint.confidence < SURE:
        return say("To be checked – {about}: {reason}", **told)
    return say("{about}: {reason}", **told)


def _about(field: str, say: Speaker) -> str:
    """Return in words which field of a recipe a hint is about."""
    words = {
        "what": say("What it is"),
        "kind": say("Kind of place"),
        "crs": say("Coordinate system"),
        "swapped": say("Order of the coordinates"),
        "ages": say("Ages"),
        "rounded": say("Small numbers"),
        "of": say("A share of whom"),
        "pick": say("Rows that count"),
        "borders": say("Land"),
    }
    role = roles().get(field.removeprefix("columns."))
    return words.get(field) or (say(role.label) if role else field)


def _choose_layer(file: Path, seen: Look, say: Speaker) -> None:
    if len(seen.layers) > 1:
        st.selectbox(
            say("Layer or sheet"),
            seen.layers,
            index=max(seen.layers.index(seen.recipe.layer), 0)
            if seen.recipe.layer in seen.layers
            else 0,
            key=f"own-layer-{_token(file)}",
            persist_state="session",
        )


def _confirm(file: Path, recipe: Recipe, seen: Look, say: Speaker) -> None:
    """Keep the recipe as somebody has seen it; it is found again for next year's file."""
    confirmed = replace(recipe, confirmed=True)
    if seen.remembered == confirmed:
        st.success(say("Confirmed. Next year's file of that name is read in the same way."))
        return
    if seen.remembered is not None:
        st.warning(say("What you changed counts once you confirm it."))
    if st.button(
        say("Confirm"), type="primary", key=f"own-confirm-{_token(file)}", width="stretch"
    ):
        try:
            rights.require()
            save(confirmed)
        except MoteplassError as error:
            st.error(markdown(say(error.message)))
        else:
            st.rerun()


def _remove(file: Path, order: Order, say: Speaker) -> None:
    if st.button(say("Remove this file"), key=f"own-remove-{_token(file)}", width="stretch"):
        try:
            rights.require()
            uploads.remove(order.code, file.name)
        except MoteplassError as error:
            st.error(markdown(say(error.message)))
        else:
            st.rerun()
