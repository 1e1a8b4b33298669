"""Who fits what is typed: names, preferred names, e-mail and telephone of all clients, with one typo forgiven."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from .text import clean_line, folded

SHORTEST_TYPO = 4
"""Letters that a word needs before one of them may be wrong: shorter ones would fit half of the clients."""
FEW = 5
"""When so many fit or more, nobody is looked for under another spelling."""
_MOST_SPELLINGS = 40
_PUNCTUATION = str.maketrans("", "", "()-./+ ")
_LINES = str.maketrans("\n", " ")


@dataclass(frozen=True, slots=True)
class Listed:
    """One client's line: `key` is the folded name, preferred name, e-mail and telephone digits (records/rows.py)."""

    id: UUID
    key: str
    archived: bool = False
    merged_into: UUID | None = None


class Directory:
    """All clients by their keys. Those that were merged into another are found as the other."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self.listed = sorted(listed, key=lambda one: (one.key, one.id))
        self._spaced = [f" {one.key.translate(_LINES)} " for one in self.listed]
        self._aside = frozenset(one.id for one in self.listed if one.archived)
        self._tokens: frozenset[str] | None = None

    def find(self, text: str, *, aside: bool = False) -> list[UUID]:
        """The clients whose line holds every word: words as typed first, then beginnings, then insides, then typos.

        Of equals by name. `aside` finds those who were set aside instead of those who come.
        """
        words = words_of(text)
        fits = [at for at, line in enumerate(self._spaced) if all(word in line for word in words)]
        if words:
            fits.sort(key=lambda at: self._rank(at, words))
        if len(fits) < FEW:
            fits += [at for at in self._misspelt(words) if at not in fits]
        return self._who(fits, aside=aside)

    def _who(self, places: Iterable[int], *, aside: bool) -> list[UUID]:
        ids = dict.fromkeys(self.listed[at].merged_into or self.listed[at].id for at in places)
        return [one for one in ids if (one in self._aside) is aside]

    def _rank(self, at: int, words: Sequence[str]) -> int:
        line = self._spaced[at]
        if line.startswith(f" {' '.join(words)} "):
            return -1
        return sum(0 if f" {word} " in line else 1 if f" {word}" in line else 2 for word in words)

    def _misspelt(self, words: Sequence[str]) -> list[int]:
        """Lines that hold every word when one of the words is spelt a letter otherwise."""
        found: dict[int, None] = {}
        for number, word in enumerate(words):
            near = self._near(word)
            others = [*words[:number], *words[number + 1 :]]
            for at, line in enumerate(self._spaced) if near else ():
                if all(other in line for other in others) and any(f" {token} " in line for token in near):
                    found[at] = None
        return [*found]

    def _near(self, word: str) -> list[str]:
        """The words of all lines that `word` may be meant for, or the beginning of."""
        if len(word) < SHORTEST_TYPO or not any(letter.isalpha() for letter in word):
            return []
        if self._tokens is None:
            self._tokens = frozenset(token for line in self._spaced for token in line.split())
        # A single slip leaves one half of the word whole, unless it swaps the two letters in the middle.
        half = len(word) // 2
        head, tail = word[:half], word[half:]
        swapped = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
        likely = (
            token for token in self._tokens
            if token.startswith((head, swapped)) or token.find(tail, half - 1, len(word) + 1) >= 0
        )  # fmt: skip
        return [token for token in likely if one_slip(word, token)][:_MOST_SPELLINGS]


def words_of(text: str) -> list[str]:
    """The words that are looked for; a telephone number is one, however it is written."""
    text = clean_line(text)  # as names were cleaned; and a pasted page is cut to a line
    digits = text.translate(_PUNCTUATION)
    if digits.isdigit():
        return [digits]
    return folded(text).split()


def one_slip(typed: str, token: str) -> bool:
    """Whether the token begins with the word as typed but for one letter: wrong, missing, too much, or two swapped."""
    at = next((i for i, (a, b) in enumerate(zip(typed, token, strict=False)) if a != b), min(len(typed), len(token)))
    rest, other = typed[at:], token[at:]
    if not rest:
        return True
    wrong = other[:1] and other[1:].startswith(rest[1:])
    too_much = other.startswith(rest[1:])
    missing = other[1:].startswith(rest)
    swapped = len(rest) > 1 and other.startswith(rest[1] + rest[0] + rest[2:])
    return bool(wrong or too_much or missing or swapped)
