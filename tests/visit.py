"""A visit in a real browser that can reach nothing but the app's own server."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, FrameLocator, Page, expect

ROOT = Path(__file__).parent.parent
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def served(home: Path, log: Path) -> Iterator[str]:
    """Run the app with areas of its own; yield its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    (ROOT / "static").mkdir(exist_ok=True)  # Streamlit looks for it before the app runs
    options = ("--server.headless", "true", "--server.port", str(port))
    with log.open("wb") as lines:
        server = subprocess.Popen(
            [sys.executable, "-m", "views", *options],
            cwd=ROOT,
            env={**os.environ, "MOTEPLASS_HOME": str(home)},
            stdout=lines,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(server, port, log)
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text("utf-8", "replace")
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text("utf-8", "replace"))


@dataclass
class Visit:
    """One person's browser: what it shows, whom it asked, and what went wrong in it."""

    page: Page
    address: str
    outside: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, link: str = "") -> Page:
        """Open the app by a link, and wait for its answer and its map."""
        self.page.goto(f"{self.address}/{link}")
        expect(self.page.locator(".m-answer")).to_be_visible()
        self.map()
        return self.page

    def settled(self) -> None:
        """Wait until the answer is there, and nothing more is on its way."""
        expect(self.page.locator(".m-answer")).to_be_visible()
        ready = "[data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
        expect(self.page.locator(ready)).to_be_attached()

    @property
    def answer(self) -> str:
        """What the page answers now."""
        return self.page.locator(".m-answer").inner_text()

    def says(self, text: str | re.Pattern[str]) -> None:
        """Wait until the answer says something."""
        expect(self.page.locator(".m-answer")).to_contain_text(text)

    @property
    def inside(self) -> FrameLocator:
        """What is in the map's frame."""
        return self.page.locator("iframe").last.content_frame

    def map(self, what: str = "true") -> Any:
        """Return what an expression says of `map`, as soon as it says anything."""
        script = f"""() => {{
            const [frame, old] = document.querySelectorAll("iframe");
            const {{ L, map }} = frame?.contentWindow ?? {{}};
            const moves = map?._animatingZoom || map?._panAnim?._inProgress;
            if (old || !map?._loaded || moves) return null;
            return frame.contentDocument.querySelector(".m-tiles") && ({what});
        }}"""
        return self.page.wait_for_function(script).json_value()

    def homes(self, at_least: int = 1) -> int:
        """Return how many homes the map holds, when there are so many."""
        layers = "Object.values(map._layers).filter((l) => l.layer?.drawing === 'circles')"
        held = f"{layers}.filter((l) => !l.isLoading()).at(-1)?.count"
        return int(self.map(f"{held} >= {at_least} && {held}"))

    def drawn(self, key: str) -> int:
        """Return how many layers of the map have something of a class."""
        layers = "Object.values(map._layers).filter((l) => l.layer)"
        return (
            int(self.map(f"1 + {layers}.filter((l) => '{key}' in l.layer.classes).length")) - 1
        )

    def look(self, latitude: float, longitude: float, zoom: float) -> None:
        """Look at a spot of the map."""
        self.map(f"map.setView([{latitude}, {longitude}], {zoom}, {{ animate: false }}) && 1")

    def view(self) -> list[float]:
        """Return where the map looks."""
        view = self.map("[map.getZoom(), map.getCenter().lat, map.getCenter().lng]")
        return [round(n, 6) for n in view]

    def choose(self, label: str, option: str) -> None:
        """Choose in a list."""
        self.page.get_by_role("combobox", name=label).click()
        self.page.get_by_role("option", name=option, exact=True).click()


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Visit]:
    """Open a browser of somebody's own; everything outside is refused and written down."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 1100}, locale="nb-NO", accept_downloads=True
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    visit = Visit(page, address)

    def gate(route: Any) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
        else:
            visit.outside.append(route.request.url)
            route.abort()

    context.route("**/*", gate)
    page.on("pageerror", lambda error: visit.faults.append(f"{error} {error.stack}"))
    page.on("dialog", lambda dialog: (visit.faults.append(dialog.message), dialog.dismiss()))
    page.on(
        "console", lambda line: visit.faults.append(line.text) if line.type == "error" else None
    )
    yield visit
    context.close()
