"""The folder of recipes: one small file each, found again by the name of next year's file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from data.files.recipe import Recipe, fits
from data.files.recipe_file import recipe_of, written
from data.files.vocabulary import folded
from data.store import home
from data.toml_rows import read
from geo.errors import CatalogueError, SourceError

LONGEST = 40


def folder() -> Path:
    """
    Return where recipes lie.

    Examples
    --------
    >>> folder().name
    'recipes'
    """
    return home() / "recipes"


def save(recipe: Recipe) -> Path:
    """
    Keep a recipe, in place of an earlier one for the same files; return where.

    Written beside and renamed: whoever reads at the same moment sees the old one whole.

    Raises
    ------
    SourceError
        If nobody may write there.
    """
    path = folder() / f"{_slug(recipe.pattern)}.toml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8", newline="\n"
        ) as file:
            file.write(written(recipe))
        os.replace(file.name, path)  # noqa: PTH105 - a name, not a path
    except OSError as error:
        raise SourceError(
            "The recipe for {pattern} could not be kept in {folder} ({reason}).",
            pattern=recipe.pattern,
            folder=str(path.parent),
            reason=error.strerror or type(error).__name__,
        ) from error
    return path


def find_recipe(name: str) -> Recipe | None:
    """
    Return the recipe for a file of that name, or `None`.

    Of several that fit, the longest pattern counts. A recipe that cannot be read is no
    recipe: `load` says what is wrong with it.
    """
    found = []
    for path in sorted(folder().glob("*.toml")):
        try:
            recipe = load(path)
        except CatalogueError:
            continue
        if fits(recipe, name):
            found.append(recipe)
    return max(found, key=lambda recipe: len(recipe.pattern), default=None)


def load(path: Path) -> Recipe:
    """
    Return the recipe in a file, which may have been edited by hand.

    Raises
    ------
    CatalogueError
        Naming the file and the key that is wrong.
    """
    return recipe_of(read(path))


def _slug(pattern: str) -> str:
    """Return a name for the recipe's own file; patterns that look alike stay apart."""
    mark = hashlib.sha256(pattern.encode()).hexdigest()[:8]
    return f"{folded(pattern)[:LONGEST] or 'file'}-{mark}"
