"""
What the program says, in the user's language.

English sentences in the code are keys; `nb.po`, `nn.po` and `sv.po` hold the
translations, read as they are: there is nothing to compile.
"""

from words.languages import LANGUAGES, offered
from words.speaker import Speaker, preferred, speaker

__all__ = ["LANGUAGES", "Speaker", "offered", "preferred", "speaker"]
