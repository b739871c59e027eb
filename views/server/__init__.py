"""
What stands before Streamlit's own server: its first page, safety headers, packed files.

`python -m views` serves the app with it; `streamlit run app.py` does without.
"""
