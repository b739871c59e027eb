"""Maps as pages of a small site on this machine, without the app round them."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from layers.publish import assets

THE_MAP = "window[Object.keys(window).find((name) => /^map_[0-9a-f]{32}$/.test(name))]"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, and says nothing of it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Seen:
    """What a page did, besides showing something."""

    page: Page
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder with all that maps need; yield its address."""
    assets(folder)
    (folder / "favicon.ico").touch()
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def watched(context: BrowserContext) -> Seen:
    """Open a page that may ask only this machine, and write down what it tried."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    seen = Seen(page)

    def gate(route: Any) -> None:
        if route.request.url.startswith(("http://127.0.0.1:", "data:")):
            route.continue_()
        else:
            seen.outside.append(route.request.url)
            route.abort()

    page.route("**/*", gate)
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("dialog", lambda dialog: (seen.faults.append(dialog.message), dialog.dismiss()))
    page.on(
        "console", lambda line: seen.faults.append(line.text) if line.type == "error" else None
    )
    return seen
