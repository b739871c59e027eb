"""The entry: what the browser's tab says, the language, and the pages."""

from __future__ import annotations

import streamlit as st

from views.frame import frame
from views.language import chosen_language
from words import speaker

st.set_page_config(page_title="Møteplass", page_icon="🪑", layout="wide")
frame(speaker(chosen_language()))
