"""The entry: everything begins with the frame round the pages."""

from __future__ import annotations

import streamlit as st

from views.frame import frame

st.set_page_config(page_icon="🪑", layout="wide")
frame()
