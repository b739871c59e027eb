"""What a page receives, by the browser's own account."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import perf_counter

from playwright.sync_api import CDPSession, Page

QUIET_S = 1.5
"""When nothing has come for so long, all has come."""


@dataclass  # without slots: Playwright notes in us who listens
class Traffic:
    """
    What one page receives, and when the last of it came.

    Parameters
    ----------
    session
        The browser's own account of it.
    bytes_of
        What came over the wire, as `"layers"` of the map, by `"socket"`, or as other `"files"`.
    """

    session: CDPSession
    bytes_of: dict[str, float] = field(default_factory=dict)
    last: float = 0.0
    _urls: dict[str, str] = field(default_factory=dict)

    def watch(self) -> None:
        """Begin to count."""
        self.session.on("Network.responseReceived", self._answered)
        self.session.on("Network.loadingFinished", self._loaded)
        self.session.on("Network.webSocketFrameReceived", self._framed)
        self.session.send("Network.enable")
        self.forget()

    def forget(self) -> None:
        """Count from zero."""
        self.bytes_of = dict.fromkeys(("files", "layers", "socket"), 0.0)
        self.last = perf_counter()

    def _count(self, what: str, size: float) -> None:
        self.bytes_of[what] += size
        self.last = perf_counter()

    def _answered(self, event: dict[str, object]) -> None:
        answer = event["response"]
        assert isinstance(answer, dict)
        self._urls[str(event["requestId"])] = answer["url"]

    def _loaded(self, event: dict[str, object]) -> None:
        layer = self._urls.get(str(event["requestId"]), "").endswith(".geojson")
        size = event["encodedDataLength"]
        assert isinstance(size, int | float)
        self._count("layers" if layer else "files", size)

    def _framed(self, event: dict[str, object]) -> None:
        frame = event["response"]
        assert isinstance(frame, dict)
        text = frame["opcode"] == 1  # the other kind is told in Base64
        size = len(frame["payloadData"].encode())
        self._count("socket", size if text else size * 3 / 4)

    def wait_until_quiet(self, page: Page) -> None:
        """Wait until nothing more comes."""
        while perf_counter() - self.last < QUIET_S:
            page.wait_for_timeout(50)
