"""XML written by lxml: texts are escaped by it, and hold nothing that XML forbids."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold, escaped or not (its production `Char`)."""


def clean(text: str) -> str:
    r"""
    Return a text without the characters that XML forbids.

    Examples
    --------
    >>> clean("a\x08b\ud800c")
    'abc'
    """
    return FORBIDDEN.sub("", text)


def child(parent: Any, tag: str, told: Mapping[str, str] | None = None, text: str = "") -> Any:
    r"""
    Add an element and return it.

    Parameters
    ----------
    parent
        Element of lxml.
    tag
        Its name, in the notation of lxml: `{namespace}name`, or only a name.
    told
        Attributes, in their order.
    text
        What stands in it; `""`: nothing.

    Examples
    --------
    >>> root = etree.Element("names")
    >>> added = child(root, "name", {"of": "<&>"}, "a\x00b")
    >>> written(root)
    '<names>\n  <name of="&lt;&amp;&gt;">ab</name>\n</names>\n'
    """
    cleaned = {key: clean(value) for key, value in (told or {}).items()}
    element = etree.SubElement(parent, tag, cleaned)
    if text:
        element.text = clean(text)
    return element


def written(root: Any, doctype: str | None = None) -> str:
    """Return a document as text; the encoding is that of whatever it is kept in."""
    return str(
        etree.tostring(root, encoding="unicode", pretty_print=True, doctype=doctype or None)
    )
