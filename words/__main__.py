"""
Bring the translations up to date with what the program says: `python -m words`.

A language of `words.languages.SAMI` is begun by its code: `python -m words se`.

Sentences that are new get an empty translation to fill in, sentences that nobody
says any more are dropped, and all others stay as they are.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tomllib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from words.languages import HERE, LANGUAGES, SAMI, offered, plurals

ROOT = HERE.parent
ROOMS = ("geo", "data", "layers", "views", "words")
TRANSLATED = tuple(code for code in LANGUAGES if code != "en")
SHOWN = {
    "place_kinds.toml": {"label", "why"},
    "walkers.toml": {"label", "source"},
    "groups.toml": {"label"},
    "norms.toml": {"label", "text", "caveat", "source"},
    "files/vocabulary.toml": {"label"},
    "examples/stories/ten-questions.toml": {"title", "heading", "note"},
}
"""The catalogues in `data`, and the keys under which they say something to a reader."""
ERROR = re.compile(r"^class (\w+Error)\((?!Exception\b)", re.MULTILINE)

HEADER = """\
# {name}. `python -m words` keeps the list of sentences up to date.
msgid ""
msgstr ""
"Project-Id-Version: Møteplass\\n"
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""


def keywords() -> dict[str, tuple[int, ...] | None]:
    """
    Return the calls whose first words are said to a user; `many` takes two forms of it.

    An error is known by its name, wherever it is defined and whether imported or not. What
    derives from no error of ours says nothing to a user.
    """
    errors = {name: None for path in modules() for name in ERROR.findall(_source(path))}
    return {"say": None, "Message": None, "wrong": None, "many": (1, 2), **errors}


def modules() -> list[Path]:
    """Return every file of the program's own code."""
    rooms = (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")))
    return [ROOT / "app.py", *rooms]


def collect() -> Catalog:
    """Return every sentence in the code and in the catalogues, without translation."""
    found, said = Catalog(), keywords()
    for path in modules():
        for _, sentence, _, _ in extract_from_file("python", path, said):
            found.add(sentence)
        for sentence in filter(None, _named_text(path)):
            found.add(sentence)
    for name, keys in SHOWN.items():
        told = tomllib.loads((ROOT / "data" / name).read_text(encoding="utf-8"))
        for sentence in _shown(told, keys):
            found.add(sentence)
    return found


def read(language: str) -> Catalog:
    """Return the translations into a language as they stand in its file."""
    with (HERE / f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def text(language: str, catalog: Catalog) -> str:
    """Return the file of a language: sorted, with no dates and no line numbers."""
    for message in catalog:
        message.flags -= {"python-format", "python-brace-format"}
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        omit_header=True,
        sort_output=True,
        no_location=True,
        ignore_obsolete=True,
        width=0,
    )
    name = (LANGUAGES | SAMI)[language]
    header = HEADER.format(name=name, code=language, plurals=plurals(language))
    return header + body.getvalue().decode("utf-8")


def main(begun: Sequence[str] = ()) -> None:
    """Rewrite the file of every language, begin those that are named, and say what is left."""
    found = collect()
    for language in dict.fromkeys([*offered(), *(code for code in begun if code in SAMI)]):
        if language == "en":
            continue
        catalog = read(language) if language in offered() else Catalog(language)
        catalog.update(found, no_fuzzy_matching=True)
        path = HERE / f"{language}.po"
        path.write_text(text(language, catalog), encoding="utf-8", newline="\n")
        empty = sum(not is_complete(message) for message in catalog if message.id)
        print(f"{path.name}: {len(catalog)} sentences, {empty} to translate")


def is_complete(message: Message) -> bool:
    """Tell whether a sentence is translated, in the singular and the plural if it has both."""
    singular_only = isinstance(message.id, str)
    forms = [message.string] if singular_only else list(message.string or ())
    return len(forms) >= (1 if singular_only else 2) and all(forms)


def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _named_text(path: Path) -> Iterator[str]:
    """
    Return sentences that were named first: too long for where they are said, or a label.

    `text`, `MEASURE`, the name of a `Service`, and what a group or share is called.
    """
    for node in ast.walk(ast.parse(_source(path))):
        match node:
            case ast.Assign([ast.Name("text" | "MEASURE")], ast.Constant(str(sentence))):
                yield sentence
            case ast.Call(ast.Name("Service"), _, keywords):
                yield from (_literal(one.value) for one in keywords if one.arg == "name")
            case ast.Call(ast.Name("Group" | "_Share"), arguments):
                yield from (told for one in arguments if " " in (told := _literal(one)))


def _literal(node: ast.expr) -> str:
    """Return a text that stands as it is in the code, or `""`."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _shown(row: Any, keys: Collection[str]) -> Iterator[str]:
    """Return what a catalogue says to a reader, however deep it stands."""
    if isinstance(row, list):
        for item in row:
            yield from _shown(item, keys)
    elif isinstance(row, dict):
        for key, value in row.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _shown(value, keys)


if __name__ == "__main__":
    main(sys.argv[1:])
