"""The way back: who signs in or out comes back to the page, and the question, they left."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote, unquote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OUT, IN = ("/auth/login", "/auth/logout"), "/oauth2callback"
"""Ways to whoever knows people, and the way back from there."""

COOKIE = "moteplass_back"
WAITS_S = 900
"""How long somebody may take to sign in."""


class Back:
    """
    Lead back from signing in to where it began; Streamlit leads to the first page.

    Parameters
    ----------
    app
        What answers, in the manner of ASGI.
    base
        What all paths begin with, without a slash at its end.
    """

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self.app, self.base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer; remember a page on the way out, and lead to it instead of to the first."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope["type"] != "http" or path not in (*OUT, IN):
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        back = kept(asked) if path == IN else left(asked)

        async def said(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.append("Set-Cookie", self._cookie(back))
                if back and headers.get("Location") == f"{self.base}/":
                    headers["Location"] = back
            await send(message)

        await self.app(scope, receive, said)

    def _cookie(self, page: str) -> str:
        what = f"{COOKIE}={quote(page, safe='')}; Max-Age={WAITS_S}"
        return f"{what}; Path={self.base or '/'}; HttpOnly; SameSite=Lax"


def left(headers: Headers) -> str:
    """
    Return the page that somebody comes from, if it is one of ours, else `""`.

    Examples
    --------
    >>> left(Headers({"Host": "us", "Referer": "https://us/gaps?area=vik"}))
    '/gaps?area=vik'
    >>> left(Headers({"Host": "us", "Referer": "https://them/gaps"}))
    ''
    """
    page = urlsplit(headers.get("Referer", ""))
    ours = page.netloc == headers.get("Host")
    return page._replace(scheme="", netloc="", fragment="").geturl() if ours else ""


def kept(headers: Headers) -> str:
    """
    Return the page that was remembered, or `""`; never one of another server.

    Examples
    --------
    >>> kept(Headers({"Cookie": f"{COOKIE}=%2Fgaps%3Farea%3Dvik"}))
    '/gaps?area=vik'
    >>> kept(Headers({"Cookie": f"{COOKIE}=%2F%2Fthem"}))
    ''
    """
    try:
        told = SimpleCookie(headers.get("Cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    page = unquote(told.value) if told else ""
    plain = page.isprintable() and not page.startswith(("//", "/\\"))
    return page if plain and page.startswith("/") else ""
