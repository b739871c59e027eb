"""
What goes wrong with any service, said by a real server on this machine to the real client.

Every connector is shown all of it::

    @pytest.mark.parametrize(("said", "sentence"), FAULTS)
    def test_a_fault_is_said(tmp_path, monkeypatch, said, sentence):
        with fetcher(tmp_path, monkeypatch, always(said)) as (get, asked):
            with pytest.raises(SourceError, match=sentence):
                SERVICE.read(LAND, get)

    @pytest.mark.parametrize("said", UNREADABLE)
    def test_what_is_no_answer_is_said(tmp_path, monkeypatch, said):
        with fetcher(tmp_path, monkeypatch, always(said)) as (get, asked):
            with pytest.raises(SourceError, match="the sentence of this connector"):
                SERVICE.read(LAND, get)

For a fault on a later page, give `fetcher` a play that looks at what is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data import http, patience
from data.http import Fetcher
from tests.loopback import Play, Said, playing

NOBODY = None
"""Said by a service that is not there: the connection is refused."""

_BUSY = "does not answer as it should"

FAULTS = [
    pytest.param(Said(status=429), rf"{_BUSY} \(HTTP 429\)", id="429"),
    pytest.param(
        Said(status=429, headers={"Retry-After": "1"}),
        rf"{_BUSY} \(HTTP 429\)",
        id="429-retry-after",
    ),
    pytest.param(Said(status=503), rf"{_BUSY} \(HTTP 503\)", id="503"),
    pytest.param(
        Said(b'{"rows": [', promised=1000), rf"{_BUSY} \(RemoteProtocolError\)", id="truncated"
    ),
    pytest.param(Said(b" " * 100, drip_s=0.05), "sent its answer too slowly", id="slow-drip"),
    pytest.param(NOBODY, rf"{_BUSY} \(ConnectError\)", id="refused"),
]
"""What `Fetcher` notices: what the service says, and a piece of the sentence (a pattern)."""

_PAGE = "<!DOCTYPE html><html><body>Vi oppgraderer. Velkommen igjen!</body></html>"
_REPORT = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows/1.1" version="2.0.0">'
    '<ows:Exception exceptionCode="OperationProcessingFailed">'
    "<ows:ExceptionText>Out of memory</ows:ExceptionText>"
    "</ows:Exception></ows:ExceptionReport>"
)

UNREADABLE = [
    pytest.param(Said(_PAGE.encode(), content_type="text/html"), id="html"),
    pytest.param(Said(_PAGE.encode()), id="html-called-json"),
    pytest.param(Said(b""), id="empty"),
    pytest.param(Said(b'{"error": {"code": 400, "message": "Invalid URL"}}'), id="error"),
    pytest.param(Said(_REPORT.encode(), content_type="text/xml"), id="report"),
    pytest.param(Said(b"[]"), id="no-object"),
    pytest.param(Said(b"null"), id="null"),
    pytest.param(Said(b"\xff\xfe\x00"), id="no-text"),
]
"""What came with status 200, and only a reader can notice that it is no answer."""


def always(said: Said | None) -> Play | None:
    """Play a service that says the same whatever it is asked."""
    return None if said is NOBODY else lambda path, query: said


@contextmanager
def fetcher(
    folder: Path, monkeypatch: pytest.MonkeyPatch, play: Play | None
) -> Iterator[tuple[Fetcher, list[str]]]:
    """
    Yield the real `Fetcher`, which never sleeps, and the list of what it asked.

    It asks a real server that plays `play`; nobody is there if that is `None`. Its
    cache is in `folder`, and it waits at most a second for a whole answer.
    """
    monkeypatch.setattr(patience, "WHOLE_ANSWER_S", 1.0)
    with playing(play or (lambda path, query: Said())) as (address, asked):
        there = address if play else "http://127.0.0.1:1"  # a port that nobody may serve
        monkeypatch.setenv(http.MIRROR, there)
        with http.client() as carrier:
            yield Fetcher(folder / "answers", carrier, lambda _: None), asked
