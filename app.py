"""The entry: what the browser's tab says, the language, and the page."""

from __future__ import annotations

import streamlit as st

from views import explore
from views.language import chosen_language
from words import speaker

st.set_page_config(page_title="Møteplass", page_icon="🪑", layout="wide")
explore.page(speaker(chosen_language()))
