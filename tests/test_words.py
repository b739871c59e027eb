"""Every sentence of the program can be said in every language."""

import ast
from string import Formatter

import pytest

from words.__main__ import (
    HERE,
    TRANSLATED,
    collect,
    is_complete,
    keywords,
    modules,
    read,
    text,
)

SENTENCES = {message.id for message in collect() if message.id}
MODULES = [path for path in modules() if path.exists()]
WIDGETS = {
    *("button", "caption", "checkbox", "download_button", "error", "expander", "file_uploader"),
    *("header", "info", "link_button", "markdown", "metric", "multiselect", "number_input"),
    *("pills", "popover", "radio", "segmented_control", "selectbox", "slider", "spinner"),
    *("subheader", "success", "tabs", "text", "text_area", "text_input", "title", "toast"),
    *("toggle", "warning", "write"),
}
"""Streamlit's calls whose first argument is read by a person."""
ALIKE = {"Språk / Language"}
"""What has to be understood before a language is chosen."""


def calls(path, names):
    """Yield the calls in a file of functions or methods with these names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", None))
            if name in names:
                yield name, node


def literals(node):
    """Return the pieces of text that are written out somewhere inside an expression."""
    constants = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return [value for value in constants if isinstance(value, str)]


def gaps(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def forms(sentence):
    return [sentence] if isinstance(sentence, str) else list(sentence)


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing_and_nothing_is_left_over(language):
    assert {message.id for message in read(language) if message.id} == SENTENCES


@pytest.mark.parametrize("language", TRANSLATED)
def test_everything_is_translated_and_certain(language):
    messages = [message for message in read(language) if message.id]
    assert [m.id for m in messages if not is_complete(m) or m.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_gaps_of_its_sentence(language):
    for message in read(language):
        if message.id and is_complete(message):
            pairs = zip(forms(message.id), forms(message.string), strict=True)
            assert all(gaps(said) == gaps(key) for key, said in pairs), message.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_file_is_as_the_program_would_write_it(language):
    assert text(language, read(language)) == (HERE / f"{language}.po").read_text("utf-8")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sentence_is_written_out_in_one_piece(path):
    for name, call in calls(path, keywords()):
        for sentence in call.args[: 2 if name == "many" else 1]:
            whole = isinstance(sentence, ast.Constant) or not literals(sentence)
            assert whole, f"line {sentence.lineno}: such a sentence cannot be translated"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_said_is_found_also_where_calls_stand_within_calls(path):
    for name, call in calls(path, {"say", "many"}):
        written = call.args[: 2 if name == "many" else 1]
        if all(isinstance(one, ast.Constant) for one in written) and written:
            sentence = tuple(one.value for one in written)
            found = sentence if name == "many" else sentence[0]
            assert found in SENTENCES, f"line {call.lineno}: name first what stands in it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_goes_to_the_screen_untranslated(path):
    if path.name != "app.py" and path.parent.name != "views":
        return
    for _, call in calls(path, WIDGETS):
        shown = call.args[0] if call.args else ast.Constant(None)
        if isinstance(shown, ast.Constant | ast.JoinedStr):
            words = [word for piece in {*literals(shown)} - ALIKE for word in piece.split()]
            assert not any(word.isalpha() for word in words), f"line {shown.lineno}: {words}"


def test_the_sentences_of_code_and_catalogues_are_found():
    assert "No language {language}: choose one of {known}." in SENTENCES
    assert {"say", "many", "Message", "SourceError", "CrsError", "OtherFiguresError"} <= set(
        keywords()
    )
