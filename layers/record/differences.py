"""What has changed since a record was made: the program, the area, the figures."""

from __future__ import annotations

from collections.abc import Mapping

from layers.record.figures import Figures
from layers.record.origin import whole
from layers.record.record import Code, Record
from words import Speaker

SHORT = 12
"""Characters of a fingerprint that people compare by eye."""


def program_text(before: Code, now: Code, say: Speaker) -> list[str]:
    """
    Say whether the same program answers.

    Parameters
    ----------
    before, now
        As recorded, and this one.
    say
        The language.

    Returns
    -------
    sentences
        Whether the program's files are the same; and each library that is another version.

    Examples
    --------
    >>> from words import speaker
    >>> told = Code("1.0", "a" * 64, {"numpy": "2.1"}), Code("1.0", "a" * 64, {"numpy": "2.2"})
    >>> program_text(*told, speaker("en"))
    ['The program is the same.', 'Another version of numpy: then 2.1, now 2.2.']
    """
    if before.sha256 == now.sha256:
        text = say("The program is the same.")
    else:
        text = say(
            "The program is another version: then {before}, now {now}.",
            before=_called(before),
            now=_called(now),
        )
    names = sorted({*before.libraries, *now.libraries})
    pairs = {
        name: (before.libraries.get(name, "–"), now.libraries.get(name, "–")) for name in names
    }
    return [
        text,
        *(
            say(
                "Another version of {name}: then {before}, now {now}.",
                name=name,
                before=b,
                now=n,
            )
            for name, (b, n) in pairs.items()
            if b != n
        ),
    ]


def _called(code: Code) -> str:
    return f"{code.version} {code.sha256[:SHORT]}".strip()


def other_files(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """
    Return the files of an area that are others, or are there only then or now.

    Examples
    --------
    >>> other_files({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "4", "d": "5"})
    ['b', 'c', 'd']
    """
    return sorted(n for n in {*before, *now} if before.get(n) != now.get(n))


def area_text(record: Record, files: Mapping[str, str], built: str, say: Speaker) -> str:
    """
    Say whether an area is the one of a record, and if not which of its files are others.

    Parameters
    ----------
    record
        What was asked then.
    files, built
        Of the area as it is now: its files, as `layers.record.origin.bundle_files` returns
        them, and when it was built.
    say
        The language.
    """
    before = record.bundle
    if whole(files) == whole(before.files):
        return say("The area is the same, file by file.")
    return say(
        "The area {code} is not the one of the record: that was built {before}, this one {now}."
        " Other files: {files}.",
        code=before.code,
        before=before.built[:16],
        now=built[:16],
        files=", ".join(other_files(before.files, files)),
    )


def figures_text(
    before: Mapping[str, Figures], now: Mapping[str, Figures], say: Speaker
) -> list[str]:
    """
    Say which sheets have other figures; nothing if all are the same.

    Examples
    --------
    >>> from words import speaker
    >>> one, other = Figures(2, {"minutes": "a"}), Figures(2, {"minutes": "b"})
    >>> figures_text({"homes": one}, {"homes": other}, speaker("en"))
    ['homes: other figures in minutes.']
    >>> figures_text({"homes": one}, {"homes": one}, speaker("en"))
    []
    """
    told = []
    for key in {**before, **now}:
        then, found = before.get(key), now.get(key)
        if then is None:
            told.append(say("{sheet}: not in the record.", sheet=key))
        elif found is None:
            told.append(say("{sheet}: only in the record.", sheet=key))
        elif then.sha256 != found.sha256:
            told.append(_changed(key, then, found, say))
    return told


def _changed(key: str, then: Figures, found: Figures, say: Speaker) -> str:
    if then.rows != found.rows:
        return say(
            "{sheet}: then {before} rows, now {now}.",
            sheet=key,
            before=say.number(then.rows),
            now=say.number(found.rows),
        )
    columns = ", ".join(found.other(then))
    if not columns:  # the same ones in another order
        return say("{sheet}: the columns are in another order.", sheet=key)
    return say("{sheet}: other figures in {columns}.", sheet=key, columns=columns)
