"""Programs of others that read what we write: QGIS and GDAL's validator, where they are."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

PYTHON = "/usr/bin/python3"
"""The system's own Python: Debian's packages put `qgis.core` and GDAL's tools there."""
HERE = Path(__file__).parent
VALIDATOR = "osgeo_utils.samples.validate_gpkg"
QUIET = ("QStandardPaths",)


@functools.cache
def _has(module: str) -> bool:
    if not Path(PYTHON).exists():
        return False
    return not subprocess.run(
        [PYTHON, "-c", f"import {module}"], capture_output=True, check=False
    ).returncode


def need(module: str, package: str) -> None:
    """Skip a test where a program is not installed."""
    if not _has(module):
        pytest.skip(f"{PYTHON} has no {module}: install Debian's {package}")


def qgis(file: Path, layers: list[str], **asked: Any) -> dict[str, Any]:
    """Return what QGIS finds in a GeoPackage; whatever it complains of is in `said`."""
    need("qgis.core", "python3-qgis")
    request = {"file": str(file), "layers": layers, **asked}
    done = subprocess.run(
        [PYTHON, str(HERE / "qgis_open.py")],
        input=json.dumps(request),
        capture_output=True,
        check=False,
        text=True,
        env={"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "HOME": "/tmp"},
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    lines = [line for line in done.stderr.splitlines() if line and not line.startswith(QUIET)]
    found["said"] += lines
    return found


def faults(file: Path) -> str:
    """Return what GDAL's validator of GeoPackages says against a file; `""`: nothing."""
    need(VALIDATOR, "python3-gdal")
    done = subprocess.run(
        [PYTHON, "-m", VALIDATOR, "-k", "--extra", "--warning-as-error", str(file)],
        capture_output=True,
        check=False,
        text=True,
        timeout=300,
    )
    told = done.stdout + done.stderr
    return told or ("" if done.returncode == 0 else f"code {done.returncode}")
