"""Finding the knowledge's words in a text: whole words only, fillers skipped, long words forgiven a typo."""

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from therapist_tui.domain.screening.words import MARKS, Word, folded

FILLERS = frozenset(
    [
        "my",
        "his",
        "her",
        "their",
        "our",
        "the",
        "a",
        "an",
        "of",
        "left",
        "right",
        "l",
        "r",
        "lt",
        "rt",
        "both",
        "bilateral",
        "old",
        "bad",
        "some",
        "small",
        "mild",
        "total",
        "partial",
        "very",
        "really",
        "so",
        "quite",
        "is",
        "are",
        "was",
        "feel",
        "feeling",
        "getting",
        "got",
        "a-bit",
        "bit",
        "little",
    ]
)
_SHORTEST_TYPO = 5
_TWO_TYPOS_FROM = 8


@dataclass(frozen=True, slots=True)
class Hit:
    """A meaning found in the words `start` to `end` (end excluded)."""

    meaning: str
    start: int
    end: int


class Node:
    """A place in the tree of phrases."""

    __slots__ = ("meanings", "next")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.meanings: list[str] = []


class Lexicon:
    """Phrases and what they mean; built once, then only read."""

    def __init__(self, ordinary: frozenset[str]) -> None:
        self._root = Node()
        self._known: set[str] = set(ordinary)
        self._typo_words: dict[str, list[str]] = {}
        self._corrected: dict[str, str] = {}

    def add(self, phrase: str, meaning: str, typos: bool = False) -> None:
        """Teach a phrase; `typos` lets its long words be found misspelt."""
        node = self._root
        words = folded(phrase)
        for word in words:
            node = node.next.setdefault(word, Node())
            self._learn(word, typos)
        if words and meaning not in node.meanings:
            node.meanings.append(meaning)

    def _learn(self, word: str, typos: bool) -> None:
        self._known.add(word)
        bucket = self._typo_words.setdefault(word[:1], [])
        if typos and len(word) >= _SHORTEST_TYPO and word.isalpha() and word not in bucket:
            bucket.append(word)

    def knows(self, word: str) -> bool:
        """Whether this folded word stands in the knowledge or in the list of ordinary words."""
        return word in self._known

    def correct(self, word: str) -> str:
        """The known word this one is a typo of, or the word itself."""
        if len(word) < _SHORTEST_TYPO or word in self._known or not word.isalpha():
            return word
        known = self._corrected.get(word)
        if known is None:
            known = self._nearest(word)
            if len(self._corrected) < 50_000:
                self._corrected[word] = known
        return known

    def _nearest(self, word: str) -> str:
        allowed = 2 if len(word) >= _TWO_TYPOS_FROM else 1
        bucket = self._typo_words.get(word[0], [])
        found = process.extract(word, bucket, scorer=OSA.distance, score_cutoff=allowed, limit=2)
        if not found or (len(found) > 1 and found[0][1] == found[1][1]):
            return word  # none, or two terms equally near: a guess between them could be the wrong one
        return found[0][0]

    def find(self, words: list[Word], norms: list[str]) -> list[Hit]:
        """All phrases in the words; within one sentence, hyphens and fillers between their words skipped."""
        hits: list[Hit] = []
        for start in range(len(words)):
            node = self._root.next.get(norms[start])
            if node is not None:
                self._follow(node, words, norms, start, start + 1, hits)
        return hits

    def _follow(self, node: Node, words: list[Word], norms: list[str], start: int, at: int, hits: list[Hit]) -> None:
        hits.extend(Hit(meaning, start, at) for meaning in node.meanings)
        skipped = 0
        while node.next and at < len(words) and words[at].sentence == words[start].sentence:
            step = node.next.get(norms[at])
            if step is not None:
                self._follow(step, words, norms, start, at + 1, hits)
            if norms[at] == "-" or norms[at] == "/":
                at += 1
            elif norms[at] in FILLERS and skipped < 3:
                skipped += 1
                at += 1
            else:
                return


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Those hits that no longer hit encloses; equally long ones all stay."""
    kept: list[Hit] = []
    covered: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda h: (h.start - h.end, h.start)):
        if any(s <= hit.start and hit.end <= e and (s, e) != (hit.start, hit.end) for s, e in covered):
            continue
        kept.append(hit)
        covered.append((hit.start, hit.end))
    return sorted(kept, key=lambda h: (h.start, h.end))


__all__ = ["FILLERS", "MARKS", "Hit", "Lexicon", "longest"]
