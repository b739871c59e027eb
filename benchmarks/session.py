"""One session, in the words that Streamlit's browser part speaks with its server."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import perf_counter

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

LAYER = re.compile(rb"/app/static/[\w./-]+\.geojson")
PATIENCE_S = 120.0
LARGEST_BYTES = 64 * 2**20
WIDGETS = ("slider", "selectbox", "multiselect")
ASKED = ("minutes", "group", "walker", "kinds")
"""Keys of the widgets that are changed."""

FEWEST, MOST = 5, 30
"""Minutes to walk, and kinds are no more than that, either."""


@dataclass
class Session:
    """
    One person's page, as far as the server can tell.

    It runs the page again with what its widgets say, and fetches the layers that the new
    page names and it has not got yet. It draws nothing.

    Parameters
    ----------
    socket
        To the server.
    files
        From the server.
    link
        The question, as a link has it.
    chance
        What decides which change comes next.
    """

    socket: ClientConnection
    files: httpx.AsyncClient
    link: str
    chance: random.Random
    _got: set[str] = field(default_factory=set)
    _widgets: dict[str, Element] = field(default_factory=dict)

    async def open(self) -> float:
        """Open the page; return how many seconds it took until its layers were here."""
        return await self._run(BackMsg())

    async def change(self) -> float:
        """Change one thing; return how many seconds it took until its layers were here."""
        message = BackMsg()
        changed = self.chance.choice([key for key in ASKED if key in self._widgets])
        for key, element in self._widgets.items():
            state = message.rerun_script.widget_states.widgets.add()
            _say(state, element, self.chance if key == changed else None)
        return await self._run(message)

    async def _run(self, message: BackMsg) -> float:
        start = perf_counter()
        message.rerun_script.query_string = self.link
        await self.socket.send(message.SerializeToString())
        named: set[str] = set()
        while True:
            raw = await asyncio.wait_for(self.socket.recv(), PATIENCE_S)
            assert isinstance(raw, bytes)
            named.update(one.decode() for one in LAYER.findall(raw))
            answer = ForwardMsg.FromString(raw)
            self._note(answer)
            if answer.WhichOneof("type") == "script_finished":
                if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    break
                assert answer.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
        await asyncio.gather(*map(self._fetch, named - self._got))
        return perf_counter() - start

    def _note(self, answer: ForwardMsg) -> None:
        """Remember what the page is like."""
        kind = answer.WhichOneof("type")
        if kind == "page_info_changed":
            self.link = answer.page_info_changed.query_string
        if kind != "delta":
            return
        element = answer.delta.new_element
        shown = element.WhichOneof("type")
        assert shown != "exception", element
        if shown in WIDGETS:
            self._widgets[getattr(element, shown).id.rsplit("-", 1)[-1]] = element

    async def _fetch(self, url: str) -> None:
        self._got.add(url)
        (await self.files.get(url)).raise_for_status()


def _say(state: WidgetState, element: Element, chance: random.Random | None) -> None:
    """Say what a widget shows, or something else by chance."""
    if element.WhichOneof("type") == "slider":
        slider = element.slider
        state.id = slider.id
        minutes = slider.value[0] if slider.set_value else slider.default[0]
        state.double_array_value.data.append(
            chance.randint(FEWEST, MOST) if chance else minutes
        )
    elif element.WhichOneof("type") == "selectbox":
        box = element.selectbox
        state.id = box.id
        shown = box.raw_value if box.set_value else box.options[box.default]
        state.string_value = chance.choice(box.options) if chance else shown
    else:
        taken = element.multiselect
        state.id = taken.id
        options = taken.options
        shown = taken.raw_values if taken.set_value else [options[n] for n in taken.default]
        few = min(len(options), FEWEST)
        chosen = chance.sample(options, chance.randint(1, few)) if chance else shown
        state.string_array_value.data.extend(chosen)


@asynccontextmanager
async def session(url: str, link: str, chance: random.Random) -> AsyncIterator[Session]:
    """Open a session of the app at an address; the server forgets it in its own time."""
    stream = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    async with (
        httpx.AsyncClient(base_url=url, timeout=PATIENCE_S) as files,
        connect(stream, subprotocols=["streamlit"], max_size=LARGEST_BYTES) as socket,  # type: ignore[list-item]
    ):
        yield Session(socket, files, link, chance)
