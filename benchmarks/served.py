"""The app as somebody starts it: a copy of its own, a port of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.measure import ROOT

PARTS = ("app.py", ".streamlit", "data", "geo", "layers", "views", "words")
START_LIMIT_S = 120.0


def copied(folder: Path) -> Path:
    """Copy the program as `python start.py` leaves it: kernels compiled, nothing published."""
    (folder / "static").mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            skip = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, folder / part, ignore=skip)
        else:
            shutil.copyfile(ROOT / part, folder / part)
    subprocess.run(
        [sys.executable, "-m", "geo.search.warm"], cwd=folder, env=_own(), check=True
    )
    return folder


@contextmanager
def serving(program: Path, home: Path) -> Iterator[tuple[str, int]]:
    """
    Start the server and stop it in the end.

    Parameters
    ----------
    program
        As `copied` returns it.
    home
        The store of areas.

    Yields
    ------
    url, pid
        At once: the server may not answer yet, see `wait_until_up`.
    """
    url = f"http://127.0.0.1:{_free_port()}"
    options = ["--server.headless=true", f"--server.port={url.rpartition(':')[2]}"]
    options.append("--server.address=127.0.0.1")
    with (program / "server.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "views", *options],
            cwd=program,
            env={**_own(), "MOTEPLASS_HOME": str(home), "PYTHONUTF8": "1"},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield url, server.pid
        finally:
            server.terminate()
            server.wait()


def _own() -> dict[str, str]:
    """Return the environment without what would lead back to this program."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def wait_until_up(url: str, program: Path) -> None:
    """
    Wait until the server answers.

    Raises
    ------
    TimeoutError
        If it does not, with what it last said.
    """
    end = time.perf_counter() + START_LIMIT_S
    while time.perf_counter() < end:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    said = (program / "server.log").read_text(encoding="utf-8", errors="replace")
    raise TimeoutError(f"The server did not start: {said[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
