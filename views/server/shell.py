"""The page that Streamlit's browser part starts in: its language, and what to fetch early."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from html import escape
from json import dumps
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from views.server.safe_headers import policy

WIDGETS = (
    "Selectbox",
    "ButtonGroup",
    "Multiselect",
    "Slider",
    "Checkbox",
    "Radio",
    "PageLink",
    "Html",
    "ComponentInstance",
)
"""Parts of Streamlit that the pages about a question are made of, by the names of its files."""

WANTS = re.compile(r"""(?:from|import)\s*["']\./([\w.-]+\.js)["']""")
"""What a script of Streamlit's cannot begin without."""

SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)

NOSCRIPT = """<noscript>
      <p lang="nb">Møteplass trenger JavaScript. Slå det på i nettleseren din.</p>
      <p lang="en">Møteplass needs JavaScript. Turn it on in your browser.</p>
    </noscript>"""

USUAL = "nb"

_early: list[str] = []


def fetch_early(urls: Iterable[str]) -> None:
    """
    Have browsers fetch files while Streamlit's own part starts.

    `urls`: beginning with a slash, without what all paths begin with.
    """
    _early[:] = urls


class Shell:
    """
    Answer with a first page of our own wherever Streamlit would answer with its.

    Parameters
    ----------
    app
        What answers the rest, in the manner of ASGI.
    bundle
        Folder of Streamlit's browser part.
    base
        What all paths begin with, without a slash at its end.
    languages
        That pages can be in; their codes.
    early
        Files to fetch early, as `fetch_early` says; more come with it.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        bundle: Path,
        base: str,
        languages: Iterable[str],
        early: Iterable[str] = (),
    ) -> None:
        self.app, self.base, self.early = app, base, tuple(early)
        self.languages = frozenset(languages)
        self.page = first_page((bundle / "index.html").read_text("utf-8"), base, bundle)
        written = (hashlib.sha256(code.encode()) for code in SCRIPT.findall(self.page))
        hashes = (f"'sha256-{base64.b64encode(one.digest()).decode()}'" for one in written)
        self.policy = policy(" ".join(hashes))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let answer."""
        if scope["type"] != "http" or self._of_another(scope["path"]):
            await self.app(scope, receive, send)
            return
        replaced = False

        async def said(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                kind = Headers(raw=message["headers"]).get("content-type", "")
                replaced = message["status"] == 200 and kind.startswith("text/html")
                if replaced:
                    await self._answer(scope)(scope, receive, send)
            if not replaced:
                await send(message)

        await self.app(scope, receive, said)

    def _of_another(self, path: str) -> bool:
        """Tell whether a path is that of a file, not of a page."""
        first = path.removeprefix(self.base).lstrip("/").split("/")[0]
        return first in {"_stcore", "app", "auth", "component", "media", "static"}

    def _answer(self, scope: Scope) -> Response:
        language = _language(scope, self.languages)
        early = "".join(
            f'<link rel="prefetch" href="{escape(self.base + url)}">'
            for url in (*self.early, *_early)
        )
        html = self.page.replace("<html>", f'<html lang="{language}">', 1)
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": self.policy,
            "Vary": "Accept-Language",
        }
        return Response(
            html.replace("</head>", f"{early}</head>", 1), 200, headers, "text/html"
        )


def first_page(html: str, base: str, bundle: Path) -> str:
    """
    Return Streamlit's first page with our name, and with what the widgets need named in it.

    The server is where the page says, so that the browser does not look for it first
    beside a page like `/gaps`.
    """
    server = f"window.__streamlit={{BACKEND_BASE_URL:location.origin+{dumps(base + '/')}}}"
    known = set(re.findall(r"js/([\w.-]+\.js)", html))
    early = "".join(
        f'<link rel="modulepreload" crossorigin href="./static/js/{name}">\n    '
        for name in needed(bundle / "static" / "js")
        if name not in known
    )
    for pattern, text in {
        r"<html[^>]*>": "<html>",
        r"<title>.*?</title>": "<title>Møteplass</title>",
        r"<noscript>.*?</noscript>": NOSCRIPT,
        r'<link rel="service-desc"[^>]*>|<!--(?!DOCTYPE).*?-->\s*': "",
        r"</head>": f"<script>{server}</script>\n    {early}</head>",
        r'(href|src)="\./': rf'\1="{escape(base)}/',
    }.items():
        html = re.sub(pattern, text, html, flags=re.DOTALL)
    return html


def needed(folder: Path, widgets: Iterable[str] = WIDGETS) -> list[str]:
    """Return the scripts that widgets are in, and all that those want, as far as they exist."""
    known: Mapping[str, list[str]] = {
        widget: [file.name for file in sorted(folder.glob(f"{widget}.*.js"))]
        for widget in widgets
    }
    found = dict.fromkeys(name for names in known.values() for name in names)
    waiting = list(found)
    while waiting:
        text = (folder / waiting.pop()).read_text("utf-8")
        for name in WANTS.findall(text):
            if name not in found and (folder / name).is_file():
                found[name] = None
                waiting.append(name)
    return list(found)


def _language(scope: Scope, languages: frozenset[str]) -> str:
    """Return the language of the link, else the browser's, else bokmål, as the page chooses."""
    asked: str = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    if asked in languages:
        return asked
    browser = Headers(scope=scope).get("accept-language", "")[:2].lower()
    return browser if browser in languages else USUAL
