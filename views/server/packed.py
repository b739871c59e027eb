"""Scripts, styles, fonts and layers, packed once and then answered from memory."""

from __future__ import annotations

import asyncio
import gzip
import os
import re
import stat
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What is answered from memory, by the end of its name."""

DENSE = (".png", ".woff2")
"""What would not grow smaller."""

LEVEL = 6
"""Of gzip: 9 takes twice the time for 1 % less of Streamlit's scripts."""

SEVERAL_MB = 32_000_000
"""The largest file kept in memory, in bytes; a larger one is sent as it is read."""

ROOM = 96_000_000
"""Bytes that all kept files may take; who was not asked for longest goes first."""

HASHED = re.compile(
    r"[-.][0-9a-f]{8}(?:[0-9a-f]{8})?[./]"  # ours, and components'
    r"|/static/(?:css|js|media)/[^/]+\.[\w-]{8}\.\w+$"  # Streamlit's
    r"|/[a-z]+-\d+(?:\.\d+)+/"  # libraries
)
"""Paths that tell the content: by a hash, or by the version of a library."""

FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"

Key = tuple[str, int, int]
"""Path of a file, when it was written in ns, and how large it is."""


class Packed:
    """
    Answer for files under some folders; pass on all other requests.

    Streamlit reads each file from the disk for each visitor, and packs its own not at all.
    A file that was written anew is read anew.

    Parameters
    ----------
    app
        What answers the rest, in the manner of ASGI.
    folders
        By what their URLs begin with, ending in a slash.
    room
        Bytes to keep at most.
    """

    def __init__(self, app: ASGIApp, *, folders: Mapping[str, Path], room: int = ROOM) -> None:
        self.app, self.room, self.held = app, room, 0
        self.folders = {url: os.path.realpath(folder) for url, folder in folders.items()}
        self.kept: OrderedDict[Key, asyncio.Task[bytes]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        key = self._asked(scope)
        if key is None:
            await self.app(scope, receive, send)
            return
        try:
            content = await self._content(key)
        except OSError:  # gone since we looked
            await self.app(scope, receive, send)
            return
        suffix = PurePosixPath(scope["path"]).suffix
        headers = {
            "content-type": TYPES[suffix],
            "content-length": str(len(content)),
            "cache-control": FOR_EVER if HASHED.search(scope["path"]) else ASK_AGAIN,
            "vary": "Accept-Encoding",
        }
        if suffix not in DENSE:
            headers["content-encoding"] = "gzip"
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        body = content if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": body})

    def _asked(self, scope: Scope) -> Key | None:
        """Return which file is asked for, if it is one for us."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        headers = Headers(scope=scope)
        if "gzip" not in headers.get("accept-encoding", "") or "range" in headers:
            return None
        for url, folder in self.folders.items():
            if scope["path"].startswith(url):
                return _file(folder, scope["path"][len(url) :])
        return None

    async def _content(self, key: Key) -> bytes:
        """Return a file as it is sent; all who ask at once wait for the same packing."""
        task = self.kept.get(key)
        if task is None:
            task = self.kept[key] = asyncio.create_task(asyncio.to_thread(_packed, key[0]))
            task.add_done_callback(lambda done: self._came(key, done))
        self.kept.move_to_end(key)
        return await asyncio.shield(task)

    def _came(self, key: Key, task: asyncio.Task[bytes]) -> None:
        """Count what was packed, and let go of what was asked for longest ago."""
        if task.cancelled() or task.exception():
            self.kept.pop(key, None)
            return
        self.held += len(task.result())
        while self.held > self.room:
            key, task = next(one for one in self.kept.items() if one[1].done())
            self.held -= len(self.kept.pop(key).result())


def _file(folder: str, name: str) -> Key | None:
    """Return a plain file of a folder by its relative URL, or `None`: nothing outside of it."""
    parts = name.split("/")
    if PurePosixPath(name).suffix not in TYPES or any(p in {"", ".", ".."} for p in parts):
        return None
    if any(sign in name for sign in "\\:\0"):
        return None
    try:
        path = os.path.realpath(os.path.join(folder, *parts))  # noqa: PTH118 - as a string: it is compared
        about = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    inside = path.startswith(folder + os.sep)
    if not inside or not stat.S_ISREG(about.st_mode) or about.st_size > SEVERAL_MB:
        return None
    return path, about.st_mtime_ns, about.st_size


def _packed(path: str) -> bytes:
    content = Path(path).read_bytes()
    return content if path.endswith(DENSE) else gzip.compress(content, LEVEL, mtime=0)
