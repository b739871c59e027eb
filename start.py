"""
Set up and start Møteplass: `python start.py`; or its tests: `python start.py test`.

What is needed goes into the active virtual environment, else into `.venv` beside this
file, whenever the lists of requirements change. Further words are options of what runs.
"""

from __future__ import annotations

import hashlib
import os
import platform
import signal
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
APP, TESTS = ("requirements.txt",), ("requirements-dev.txt", "requirements.txt")
STAMP = "moteplass-requirements.txt"  # in the environment: digests of the lists it fulfils
SIDE_BY_SIDE = ("-n", "auto", "--dist", "loadfile")  # tests, as many at once as there are cores


def main(arguments: list[str]) -> int:
    """Install what is missing, run the app or the tests, and return their exit code."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        have = platform.python_version()
        say(
            f"Møteplass trenger Python 3.11, 3.12 eller 3.13; dette er {have}.",
            f"Møteplass needs Python 3.11, 3.12 or 3.13; this is {have}.",
        )
        return 1
    testing = arguments[:1] == ["test"]
    home = Path(sys.prefix) if sys.prefix != sys.base_prefix else HERE / ".venv"
    if not install(home, TESTS if testing else APP):
        return 1
    if not compiled():
        say(
            "Gjør beregningene klare for denne maskinen. Det tar et halvt minutt, én gang.",
            "Making the calculations ready for this machine. This takes half a minute, once.",
        )
        run(home, "geo.search.warm")  # if this fails, they are made ready when needed
    if testing:
        return run(home, "pytest", *SIDE_BY_SIDE, *arguments[1:])
    return run(home, "views", *arguments)


def install(home: Path, lists: tuple[str, ...]) -> bool:
    """Make the environment `home` fulfil the `lists`; say in words what hinders it."""
    needed = {hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in lists}
    stamp = home / STAMP
    known = stamp.read_text().split() if stamp.exists() else []
    if python(home).exists() and needed <= set(known):
        return True
    say(
        "Henter det programmet trenger. Første gang tar det noen minutter.",
        "Fetching what the program needs. The first time this takes some minutes.",
    )
    try:
        if home != Path(sys.prefix):
            broken, links = not python(home).exists(), os.name != "nt"
            venv.EnvBuilder(clear=broken, symlinks=links, with_pip=True).create(home)
    except (OSError, subprocess.CalledProcessError):
        say(
            f"Kunne ikke lage {home}. På Debian/Ubuntu: sudo apt install python3-venv",
            f"Could not make {home}. On Debian/Ubuntu: sudo apt install python3-venv",
        )
        return False
    if run(home, "pip", "install", "-qq", "--disable-pip-version-check", "-r", lists[0]):
        say(
            "Pakkene ble ikke installert; årsaken står over. Er maskinen på nett?",
            "Packages were not installed; the cause is above. Is this machine online?",
        )
        return False
    stamp.write_text("\n".join(sorted(needed)))
    return True


def compiled() -> bool:
    """Tell whether the kernels have been compiled since they were last changed."""
    return any(kept().rglob(f"*.py{sys.version_info[0]}{sys.version_info[1]}.nbi"))


def kept() -> Path:
    """Return where this version of the kernels lies once compiled, as `geo.kernels` does."""
    kernels = HERE / "geo" / "kernels"
    sources = (source.read_bytes() for source in sorted(kernels.glob("*.py")))
    digest = hashlib.sha256(b"".join(sources)).hexdigest()[:12]
    return Path(os.environ.get("NUMBA_CACHE_DIR") or kernels / "__pycache__") / digest


def python(home: Path) -> Path:
    """Return the interpreter of the environment `home`."""
    return home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def run(home: Path, module: str, *arguments: str) -> int:
    """Run a module of the environment `home` in our folder until it ends by itself."""
    command = [str(python(home)), "-m", module, *arguments]
    process = subprocess.Popen(  # noqa: S603 - our own command; options are the user's
        command, cwd=HERE, env={**os.environ, "PYTHONUTF8": "1"}
    )
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reached the process too, which says goodbye in its own way


def say(norwegian: str, english: str) -> None:
    """Print one sentence in two languages."""
    print(f"{norwegian}\n({english})", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
