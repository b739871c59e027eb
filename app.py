"""The entry: what the browser's tab says, and the pages."""

from __future__ import annotations

import streamlit as st

from views.frame import frame

st.set_page_config(page_title="Møteplass", page_icon="🪑", layout="wide")
frame()
