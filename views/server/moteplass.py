"""
The app with all that stands before it, as `streamlit run` finds it in this file.

Streamlit puts the folder of this file first where Python looks for modules: nothing here
may be called like a library.
"""

from __future__ import annotations

import importlib.util
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread

from starlette.middleware import Middleware
from streamlit import config, file_util
from streamlit.starlette import App
from streamlit.web.server import server_util

from layers.guard import TILES
from views.server.back import Back
from views.server.packed import Packed
from views.server.safe_headers import SafeHeaders
from views.server.shell import Shell

ROOT = Path(__file__).parent.parent.parent
LANGUAGES = ("en", *(file.stem for file in (ROOT / "words").glob("*.po")))
"""Not from `words` itself, which takes its time."""

COMPONENT = "streamlit_folium"
"""What maps stand in."""


def middleware() -> list[Middleware]:
    """Return what stands before Streamlit's server, from outside to inside."""
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    base = f"/{path}" if path else ""
    bundle = Path(file_util.get_static_dir())
    frame, about = f"/component/{COMPONENT}.st_folium", importlib.util.find_spec(COMPONENT)
    build = Path(str(about and about.origin)).parent / "frontend" / "build"
    scripts = [f"{frame}/static/js/{file.name}" for file in build.glob("static/js/main.*.js")]
    folders = {
        f"{base}/static/": bundle / "static",
        f"{base}/app/static/": ROOT / "static",
        f"{base}{frame}/": build,
    }
    tiles = [one["url"] for one in TILES.values()]
    shell = Middleware(Shell, bundle=bundle, base=base, languages=LANGUAGES, early=scripts)
    return [
        Middleware(SafeHeaders, frames=f"{base}/component/", tiles=tiles),
        Middleware(Back, base=base),
        Middleware(Packed, folders=folders),
        shell,
    ]


@asynccontextmanager
async def opening(_: App) -> AsyncIterator[None]:
    """Open a browser where somebody sits before one: of an app like ours nobody else does."""
    if not config.get_option("server.headless"):
        url = server_util.get_url(config.get_option("browser.serverAddress"))
        Thread(target=webbrowser.open, args=(url,), daemon=True).start()
    yield


app = App(ROOT / "app.py", middleware=middleware(), lifespan=opening)
