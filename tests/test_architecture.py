"""Rules of the house that cannot rot, because they are tests."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from streamlit import config

from views.style import STYLE

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("geo", "data", "layers", "views", "words")
MODULES = sorted(
    (*ROOT.glob("app.py"), *(path for room in ROOMS for path in (ROOT / room).rglob("*.py")))
)
DOCUMENTED = [
    path
    for path in MODULES
    if path.relative_to(ROOT).parts[0] in {"geo", "data", "layers", "words"}
]
SHOWN = sorted(
    path
    for room in ("layers", "views")
    for kind in ("py", "js", "css", "html", "svg", "qml")
    for path in (ROOT / room).rglob(f"*.{kind}")
)
OPTIONS = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
THEMES = {name: OPTIONS["theme"][name] for name in ("light", "dark")}

LINES_OF_A_MODULE = 200
LINES_OF_A_FUNCTION = 40
PARAMETERS = 6
MAY_BE_NAMED = (
    "http://www.w3.org/",  # names of formats: nobody fetches them
    "http://www.opengis.net/",
    "http://www.isotc211.org/2005/",
    "http://mrcc.com/qgis.dtd",
    "http://www.geopackage.org/spec120/",
    "https://www.openstreetmap.org/copyright",  # a link beside the attribution
    "https://tiles.example",  # a name that nobody can have
)
"""Outside addresses in what is shown: nothing on a screen asks anything of them."""


def name(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path):
    return [
        node
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def lines(function):
    """Count the lines of a function without its docstring."""
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    docstring = first.end_lineno - first.lineno + 1 if documented else 0
    return function.end_lineno - function.lineno + 1 - docstring


def parameters(function):
    """Count what a caller has to give, or may give."""
    given = function.args
    names = [part.arg for part in (*given.posonlyargs, *given.args, *given.kwonlyargs)]
    return [name for name in names if name not in {"self", "cls"}]


def public(node):
    """Yield the public functions and classes of a module, and the methods of such classes."""
    for part in node.body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not part.name.startswith("_"):
                yield part
            if isinstance(part, ast.ClassDef) and not part.name.startswith("_"):
                yield from public(part)


def contrast(*colours):
    """Return the contrast of two colours as WCAG defines it, from 1 to 21."""

    def luminance(colour):
        shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted(map(luminance, colours))
    return (light + 0.05) / (dark + 0.05)


def flat(options, before=""):
    """Return the names of all options in a table of tables."""
    for name, value in options.items():
        if isinstance(value, dict):
            yield from flat(value, f"{before}{name}.")
        else:
            yield before + name


def test_rooms_import_one_way():
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as lint; lint()",
    ]
    done = subprocess.run(
        [*command, "--no-cache"],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nobody_imports_the_app(path):
    """import-linter looks at packages only, and the app is a single file."""
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Import)]
    named = [alias.name for node in nodes for alias in node.names]
    named += [node.module for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom)]
    assert "app" not in named


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_the_gates_reproject(path):
    if path != ROOT / "geo/crs.py":
        assert ".to_crs(" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_and_functions_are_short(path):
    length = len(path.read_text(encoding="utf-8").splitlines())
    assert length < LINES_OF_A_MODULE
    long = [f"{f.name}: {lines(f)}" for f in functions(path) if lines(f) >= LINES_OF_A_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_functions_ask_for_little(path):
    greedy = [f.name for f in functions(path) if len(parameters(f)) > PARAMETERS]
    assert greedy == []


@pytest.mark.parametrize("path", DOCUMENTED, ids=name)
def test_everything_public_is_documented(path):
    module = tree(path)
    silent = [part.name for part in public(module) if not ast.get_docstring(part)]
    assert silent == []
    assert ast.get_docstring(module)


@pytest.mark.parametrize("path", SHOWN, ids=name)
def test_nothing_shown_asks_an_outside_host(path):
    urls = re.findall(
        r"(?:https?:)?//[\w.-]+\.[a-z]{2,}[^\s\"'<>]*", path.read_text(encoding="utf-8")
    )
    assert [url for url in urls if not url.startswith(MAY_BE_NAMED)] == []


@pytest.mark.parametrize("command", ["python start.py", "python start.py test"])
def test_the_readme_has_the_two_commands(command):
    lines_of_readme = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert command in map(str.strip, lines_of_readme)


def test_every_option_is_one_that_streamlit_knows():
    named = set(flat(OPTIONS))
    assert "theme.dark.textColor" in named
    assert named <= config.get_config_options().keys()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("colour", "at_least"),
    [("textColor", 7), ("linkColor", 7), ("primaryColor", 4.5), ("borderColor", 3)],
)
@pytest.mark.parametrize("behind", ["backgroundColor", "secondaryBackgroundColor"])
def test_the_theme_can_be_read_by_everybody(colour, at_least, behind, theme):
    colours = THEMES[theme]
    assert contrast(colours[colour], colours[behind]) >= at_least


def test_what_the_style_adds_can_be_seen_in_light_and_dark():
    pairs = re.findall(r"--m-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLE)
    added = {name: dict(zip(THEMES, pair, strict=True)) for name, *pair in pairs}
    for name, theme in THEMES.items():
        assert contrast(added["on-mark"][name], added["mark"][name]) >= 7
        for behind in (theme["backgroundColor"], theme["secondaryBackgroundColor"]):
            assert contrast(added["mark"][name], behind) >= 4.5
            assert contrast(added["edge"][name], behind) >= 3


def test_no_colour_of_the_style_is_for_light_alone():
    assert re.findall(r"#\w{3,8}\b", re.sub(r"light-dark\([^)]*\)|#m-[\w-]+", "", STYLE)) == []


def test_a_rule_would_notice():
    """The counting itself, on a function whose figures can be seen."""
    source = 'def f(self, a, /, b, *, c):\n    """Say.\n\n    More.\n    """\n    return a\n'
    function = ast.parse(source).body[0]
    assert (lines(function), parameters(function)) == (2, ["a", "b", "c"])
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
