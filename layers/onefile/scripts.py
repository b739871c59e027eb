"""What the map's page runs and looks like, as text: nothing is fetched when it opens."""

from __future__ import annotations

import mimetypes
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from layers import publish

HERE = Path(__file__).parent
REFERENCE = re.compile(r"""url\(\s*["']?(?!data:|#)([^)"']+?)["']?\s*\)""")
"""What a style sheet would fetch; `#` is a part of the page itself."""
MAP_OF_SOURCE = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
"""Names a file for developers, which is not there."""


@cache
def scripts() -> tuple[str, ...]:
    """
    Return all scripts of the page, in their order.

    They are those of every map, unchanged. What stands in for their server comes right
    after `map.js`: the painter's code as a function, and `alone.js`, which runs it.

    Raises
    ------
    ExportError
        If a package is not installed, or there is no room for temporary files.

    Examples
    --------
    >>> sum("sourceMappingURL" in script for script in scripts())
    0
    """
    found = []
    for name, path in publish.scripts():
        found.append(_text(path))
        if name == "map":
            found += [_painter(), _read("alone.js")]
    return (*found, _read("switches.js"))


@cache
def style() -> str:
    """
    Return all style sheets of the page as one, their pictures as `data:` URLs.

    Raises
    ------
    ExportError
        As `scripts`.

    Examples
    --------
    >>> "url(data:image/png;base64," in style(), REFERENCE.findall(style())
    (True, [])
    """
    return "\n".join([*(_styled(path) for _, path in publish.styles()), _read("page.css")])


def _painter() -> str:
    """Return the painter's code as a function: of how it answers, asks, and is asked."""
    code = _text(f"{publish.own_folder()}/painter.js")
    head, foot = "moteplass.work = (postMessage, fetch, onmessage) => {", "return onmessage;"
    return f"{head}\n{code}\n{foot}\n}};\n"


def _styled(path: str) -> str:
    """Return a style sheet that holds its pictures."""
    folder = PurePosixPath(path).parent

    def held(found: re.Match[str]) -> str:
        name = found[1]
        kind = mimetypes.guess_type(name)[0]
        return f"url(data:{kind};base64,{b64encode(_files()[f'{folder / name}']).decode()})"

    return REFERENCE.sub(held, _text(path))


def _read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _text(path: str) -> str:
    """Return a file with the ends of line that a browser reads, on which its hash depends."""
    text = _files()[path].decode().replace("\r\n", "\n")
    return MAP_OF_SOURCE.sub("", text)


@cache
def _files() -> Mapping[str, bytes]:
    """Return all that a server would offer to maps, by its path."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        publish.assets(folder)
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for file in folder.rglob("*")
            if file.is_file()
        }
