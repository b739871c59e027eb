"""A small server on this machine that plays services: it says what it is told to say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import BinaryIO
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Said:
    """
    One answer.

    `promised` bytes is what its header says; `drip_s` waits before each of its bytes.
    """

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None
    drip_s: float = 0.0


Query = dict[str, str]
Play = Callable[[str, Query], Said]
"""From `host/path` and its query, with keys in lower case, to an answer."""


def _write(file: BinaryIO, said: Said) -> None:
    if not said.drip_s:
        file.write(said.body)
        return
    for n in range(len(said.body)):
        file.write(said.body[n : n + 1])
        file.flush()
        time.sleep(said.drip_s)


@contextmanager
def playing(play: Play) -> Iterator[tuple[str, list[str]]]:
    """Yield the address to use as `MOTEPLASS_MIRROR`, and the list of what was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            url = urlsplit(self.path)
            query = {key.lower(): some[0] for key, some in parse_qs(url.query).items()}
            self.say(play(url.path.lstrip("/"), query))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            asked.append(self.path)
            query = {key.lower(): some[0] for key, some in parse_qs(body).items()}
            self.say(play(urlsplit(self.path).path.lstrip("/"), query))

        def say(self, said: Said) -> None:
            self.send_response(said.status)
            self.send_header("Content-Type", said.content_type)
            promised = len(said.body) if said.promised is None else said.promised
            self.send_header("Content-Length", str(promised))
            for key, value in said.headers.items():
                self.send_header(key, value)
            self.end_headers()
            with suppress(OSError):  # whoever asked may have gone
                _write(self.wfile, said)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
