"""The recovery sheet: the database key as 24 words with a checksum (BIP 39), to be kept on paper.

It opens every copy, whatever became of key file and passphrase.
"""

import difflib
from functools import cache

from .errors import SheetWrong
from .vault import KEY_BYTES

WORDS = 24


@cache
def _list():
    from mnemonic import Mnemonic  # needed by hardly any start

    return Mnemonic("english")


def words_of(key: bytes) -> tuple[str, ...]:
    """The key as 24 words."""
    return tuple(_list().to_mnemonic(key).split())


def key_from(typed: str) -> bytes:
    """The key that the words give, in any case and with any white space or numbers between them. Raises SheetWrong."""
    words = [word for word in typed.casefold().replace(",", " ").replace(".", " ").split() if not word.isdigit()]
    for place, word in enumerate(words, 1):
        if problem := word_problem(word):
            raise SheetWrong(problem=f"Word {place}: {problem}")
    if len(words) != WORDS:
        raise SheetWrong(problem=f"The sheet has {WORDS} words; those are {len(words)}.")
    try:
        key = bytes(_list().to_entropy(words))
    except (ValueError, LookupError):
        raise SheetWrong(
            problem="One of the words is another one on the sheet, or two are exchanged: the checksum does not fit."
        ) from None
    if len(key) != KEY_BYTES:
        raise SheetWrong(problem=f"The sheet has {WORDS} words.")
    return key


def word_problem(word: str) -> str | None:
    """Why a word cannot be one of a sheet, with the likeliest one; None when it can."""
    known = _list().wordlist
    if word in known:
        return None
    near = difflib.get_close_matches(word, known, 1)
    return f"“{word[:20]}” is on no sheet{f' (“{near[0]}”?)' if near else ''}."
