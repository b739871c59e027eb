"""The bootstrap of the two commands in README.md, with every process pretended."""

import subprocess
import sys
from pathlib import Path
from unittest.mock import MagicMock

import pytest

import start
from geo.kernels import digest

WARM = ("geo.search.warm",)


class Processes:
    """Stand in for the programs: note what was started, end with the codes given."""

    def __init__(self):
        self.commands = []
        self.codes = {}

    def run(self, _home, module, *arguments):
        self.commands.append((module, *arguments))
        if (module,) == WARM and not self.codes.get(module):
            version = "".join(map(str, sys.version_info[:2]))
            start.kept().mkdir(parents=True, exist_ok=True)
            (start.kept() / f"many.search-1.py{version}.nbi").touch()
        return self.codes.get(module, 0)

    def create(self, home):
        if code := self.codes.get("venv"):
            raise subprocess.CalledProcessError(code, "ensurepip")
        start.python(home).parent.mkdir(parents=True, exist_ok=True)
        start.python(home).touch()


@pytest.fixture
def processes(tmp_path, monkeypatch):
    """Pretend a folder with two lists of requirements, and no active environment."""
    for name in start.TESTS:
        (tmp_path / name).write_text(name, encoding="utf-8")
    pretended = Processes()
    monkeypatch.setattr(start, "HERE", tmp_path)
    monkeypatch.setattr(start, "run", pretended.run)
    monkeypatch.setattr(start.venv, "EnvBuilder", lambda **_: pretended)
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    return pretended


def installed(name):
    return ("pip", "install", "-qq", "--disable-pip-version-check", "-r", name)


def test_the_first_start_makes_an_environment_and_runs_the_app(processes, capsys):
    assert start.main(["--server.port", "8080"]) == 0
    assert processes.commands == [
        installed("requirements.txt"),
        WARM,
        ("views", "--server.port", "8080"),
    ]
    assert start.python(start.HERE / ".venv").exists()
    said = capsys.readouterr().out
    assert "Første gang" in said
    assert "Gjør beregningene klare" in said


def test_later_starts_install_nothing_and_say_nothing(processes, capsys):
    start.main([])
    capsys.readouterr()
    start.main([])
    assert processes.commands[3:] == [("views",)]
    assert capsys.readouterr().out == ""


def test_changed_kernels_are_compiled_again_before_anybody_waits(processes):
    start.main([])
    kernels = start.HERE / "geo" / "kernels"
    (kernels / "many.py").write_text("changed", encoding="utf-8")
    start.main([])
    assert processes.commands[3:] == [WARM, ("views",)]


def test_kernels_that_cannot_be_compiled_now_are_later(processes):
    processes.codes[WARM[0]] = 1
    assert start.main([]) == 0
    assert processes.commands[-1] == ("views",)


def test_the_program_and_its_start_agree_on_where_kernels_lie(monkeypatch):
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert start.kept().name == digest()


def test_a_changed_list_is_installed_again(processes):
    start.main([])
    (start.HERE / "requirements.txt").write_text("newer", encoding="utf-8")
    start.main([])
    assert processes.commands.count(installed("requirements.txt")) == 2


def test_the_tests_have_a_list_of_their_own_which_serves_the_app_too(processes):
    start.main(["test", "-k", "words"])
    start.main([])
    assert processes.commands == [
        installed("requirements-dev.txt"),
        WARM,
        ("pytest", *start.SIDE_BY_SIDE, "-k", "words"),
        ("views",),
    ]


def test_the_app_s_list_does_not_serve_the_tests(processes):
    start.main([])
    start.main(["test"])
    assert installed("requirements-dev.txt") in processes.commands


def test_an_active_environment_is_used(processes, tmp_path, monkeypatch):
    active = tmp_path / "active"
    processes.create(active)
    monkeypatch.setattr(sys, "prefix", str(active))
    start.main([])
    assert (active / start.STAMP).exists()
    assert not (start.HERE / ".venv").exists()


def test_an_environment_whose_python_is_gone_is_made_again(processes):
    start.main([])
    start.python(start.HERE / ".venv").unlink()
    start.python(start.HERE / ".venv").parent.rmdir()
    start.main([])
    assert processes.commands.count(installed("requirements.txt")) == 2


def test_the_exit_code_is_the_program_s_own(processes):
    processes.codes["pytest"] = 5
    assert start.main(["test"]) == 5


def test_a_failed_installation_is_explained_and_tried_again(processes, capsys):
    processes.codes["pip"] = 1
    assert start.main([]) == start.main([]) == 1
    assert "Er maskinen på nett?" in capsys.readouterr().out
    assert processes.commands == [installed("requirements.txt")] * 2


def test_a_python_that_cannot_make_environments_is_explained(processes, capsys):
    processes.codes["venv"] = 1
    assert start.main([]) == 1
    assert "sudo apt install python3-venv" in capsys.readouterr().out
    assert processes.commands == []


@pytest.mark.parametrize("version", [(3, 10, 9), (3, 14, 0)])
def test_another_python_is_refused_in_words(processes, monkeypatch, capsys, version):
    monkeypatch.setattr(sys, "version_info", version)
    assert start.main([]) == 1
    assert "trenger Python 3.11, 3.12 eller 3.13" in capsys.readouterr().out
    assert processes.commands == []


def test_a_process_runs_in_our_folder_with_utf8_and_keeps_its_exit_code(tmp_path, monkeypatch):
    script = "import os, sys; sys.exit(int(os.environ['PYTHONUTF8'] + sys.argv[1]))"
    (tmp_path / "seen.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(start, "HERE", tmp_path)
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setattr(start, "python", lambda _home: Path(sys.executable))
    assert start.run(tmp_path, "seen", "7") == 17


def test_ctrl_c_waits_for_the_process_to_say_goodbye(tmp_path, monkeypatch):
    process = MagicMock(**{"wait.side_effect": [KeyboardInterrupt, 130]})
    monkeypatch.setattr(start.signal, "signal", lambda *_: None)
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: process)
    assert start.run(tmp_path, "seen") == 130
