"""A small Overpass service on this machine: real protocol, real file, faults on demand."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

from tests.overpass_world import World, world_of

TIMESTAMP = "2026-11-20T12:00:00Z"


class Service(str):
    """The base URL of a running service, which remembers the questions that came."""

    __slots__ = ("asked",)
    asked: list[str]


@contextmanager
def overpass_server(path: Path, **faults: float) -> Iterator[Service]:
    """
    Serve the OpenStreetMap file at `path` until the block ends.

    Parameters
    ----------
    path
        Any file that pyosmium reads.
    **faults
        How many of the first questions each one spoils: `busy` (429), `overloaded`
        (504), `failing` (500), `remark`, `html`, `truncated`, `closed` (in the middle of the
        body), `wrong_type`, `empty`. `slow`: seconds before each answer. `unlimited`:
        the status says that there is no rate limit.
    """

    class Handler(_Handler):
        world = world_of(path)
        left = faults
        asked: ClassVar[list[str]] = []

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    service = Service(f"http://127.0.0.1:{server.server_port}/api")
    service.asked = Handler.asked
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    world: World
    left: dict[str, float]
    asked: list[str]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep the test's output clean."""

    def do_GET(self) -> None:
        if self._unknown_agent():
            return
        limit = 0 if "unlimited" in self.left else 2
        slots = "" if "unlimited" in self.left else "2 slots available now.\n"
        self._send(
            "Connected as: 2130706433\n"
            "Current time: 2026-11-21T12:00:00Z\n"
            "Announced endpoint: none\n"
            f"Rate limit: {limit}\n{slots}"
            "Currently running queries (pid, space limit, time limit, start time):\n",
            kind="text/plain",
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self._unknown_agent():
            return
        (query,) = parse_qs(body)["data"]
        self.asked.append(query)
        time.sleep(self.left.get("slow", 0))
        if self._spoiled("busy"):
            self._send("<html>Too many requests</html>", 429, "text/html")
        elif self._spoiled("overloaded"):
            self._send("<html>Gateway timeout</html>", 504, "text/html")
        elif self._spoiled("failing"):
            self._send("<html>Internal server error</html>", 500, "text/html")
        elif self._spoiled("html"):
            self._send("<html>Down for maintenance</html>", 200, "text/html")
        elif len(query) > 1024**2:
            self._send("<html>Input too long</html>", 400, "text/html")
        else:
            self._answer(query)

    def _answer(self, query: str) -> None:
        try:
            elements = [] if self._spoiled("empty") else self.world.answer(query)
        except ValueError as error:
            self._send(f"<html>{error}</html>", 400, "text/html")
            return
        answer = {
            "version": 0.6,
            "generator": "Overpass API 0.7.62.8 e802775f",
            "osm3s": {"timestamp_osm_base": TIMESTAMP, "copyright": "ODbL"},
            "elements": elements,
        }
        if self._spoiled("remark"):
            answer["elements"] = elements[: len(elements) // 2]
            answer["remark"] = 'runtime error: Query timed out in "query" at line 1.'
        text = json.dumps(answer, indent=2)
        if self._spoiled("truncated"):
            text = text[: len(text) // 2]
        kind = "text/html" if self._spoiled("wrong_type") else "application/json"
        self._send(text, kind=kind, cut=self._spoiled("closed"))

    def _spoiled(self, fault: str) -> bool:
        left = self.left.get(fault, 0)
        self.left[fault] = left - 1
        return left > 0

    def _unknown_agent(self) -> bool:
        agent = self.headers.get("User-Agent", "python")
        if agent.lower().startswith(("python", "curl", "osmnx")):
            self._send("<html>Not acceptable</html>", 406, "text/html")
            return True
        return False

    def _send(
        self, text: str, status: int = 200, kind: str = "application/json", *, cut: bool = False
    ) -> None:
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(ConnectionError):  # who asked may have lost patience
            self.wfile.write(body[: len(body) // 2] if cut else body)
        self.close_connection = True
