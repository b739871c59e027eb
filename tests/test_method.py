"""The method text names functions and files that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
NAMES = sorted(set(re.findall(r"`((?:geo|data|layers|views)\.[\w.]+)`", TEXT)))
FILES = sorted(set(re.findall(r"`((?:data|tests|docs)/[\w./]+)`", TEXT)))


def home(name):
    """Return the file of a dotted name, and what in it is meant."""
    parts = name.split(".")
    for length in range(len(parts), 1, -1):
        file = ROOT.joinpath(*parts[:length]).with_suffix(".py")
        if file.exists():
            return file, parts[length:]
        if file.with_suffix("").is_dir():
            return file.with_suffix("") / "__init__.py", parts[length:]
    return None, parts


@pytest.mark.parametrize("name", NAMES)
def test_what_the_method_names_is_in_the_program(name):
    file, inside = home(name)
    assert file is not None
    source = file.read_text(encoding="utf-8")
    assert all(re.search(rf"\b{word}\b", source) for word in inside)


@pytest.mark.parametrize("file", FILES)
def test_files_that_the_method_names_exist(file):
    assert (ROOT / file).exists()


def test_the_method_names_what_it_speaks_of():
    assert len(NAMES) > 50
