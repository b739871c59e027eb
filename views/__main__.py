"""
The server: `python -m views`, with Streamlit's own options behind it.

The page needs a second's worth of libraries. They are read while the browser is
opening, so that its first question finds them ready.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from threading import Thread

from streamlit.web import cli

APP = Path(__file__).parent.parent / "app.py"

ROOMS = ("geo.answer", "data.bundle", "data.catalogue", "layers.files", "layers.map")
"""What the page stands on. Not the page: its parts report to a server that runs already."""


def warm() -> None:
    """Read the libraries, and pyarrow, which is else read with the first table."""
    for room in (*ROOMS, "pyarrow.parquet"):
        importlib.import_module(room)


if __name__ == "__main__":
    Thread(target=warm, daemon=True).start()
    (APP.parent / "static").mkdir(exist_ok=True)  # Streamlit looks for it before the app runs
    cli.main_run([str(APP), *sys.argv[1:]])
