"""What the browser may do with our answers: ask nobody outside, and be framed by nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OURS = {
    "default-src": "'self'",
    "base-uri": "'self'",
    "connect-src": "'self' blob: data:",
    "font-src": "'self' data:",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
    "frame-src": "'self' blob: data:",
    "img-src": "'self' blob: data:",
    "media-src": "'self' blob: data:",
    "object-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "worker-src": "'self' blob:",
}
"""A Content-Security-Policy that names nobody else. Streamlit writes its styles as it goes."""

ALSO = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(
        f"{name}=()"
        for name in ("browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
    ),
}
"""
Said with every answer. Whoever is linked to learns where from, never which question: tile
servers want to know that much, openstreetmap.org by its terms of use.
"""


def policy(scripts: str, images: Sequence[str] = ()) -> str:
    """
    Return a Content-Security-Policy.

    Parameters
    ----------
    scripts
        Sources of scripts besides our own files, as the policy calls them.
    images
        Hosts whose pictures may be shown.

    Examples
    --------
    >>> rules = policy("'unsafe-eval'", ["https://tiles.example"]).split("; ")
    >>> [rule for rule in rules if rule.startswith(("img", "script"))]
    ["img-src 'self' blob: data: https://tiles.example", "script-src 'self' 'unsafe-eval'"]
    """
    told = OURS | {"script-src": f"'self' {scripts}".strip()}
    told["img-src"] = " ".join((told["img-src"], *images))
    return "; ".join(f"{name} {value}" for name, value in told.items())


def hosts(urls: Sequence[str]) -> list[str]:
    """
    Return whom addresses of tiles lead to; a part that the browser fills in is any host.

    Examples
    --------
    >>> hosts(["https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example/{z}/{y}/{x}"])
    ['https://tiles.example']
    """
    found = (urlsplit(re.sub(r"\{[^}]*\}", "*", url)) for url in urls)
    return sorted({f"{one.scheme}://{one.netloc}" for one in found})


class SafeHeaders:
    """
    Say with every answer what the browser may do.

    Parameters
    ----------
    app
        What answers, in the manner of ASGI.
    frames
        What URLs of components begin with: their scripts are written as they go.
    tiles
        Addresses that the map's pictures may come from, when somebody chose them.
    """

    def __init__(self, app: ASGIApp, *, frames: str, tiles: Sequence[str]) -> None:
        self.app, self.frames = app, frames
        written = "'unsafe-inline' 'unsafe-eval'"
        self.framed = policy(written, hosts(tiles))
        self.page = policy("'unsafe-inline'")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with headers added."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        rule = self.framed if scope["path"].startswith(self.frames) else self.page

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ALSO.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", rule)
            await send(message)

        await self.app(scope, receive, said)
