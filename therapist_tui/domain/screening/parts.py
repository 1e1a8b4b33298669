"""The parts of an entry that nobody understood: one read matter must not hide another beside it."""

from collections.abc import Iterator

from therapist_tui.domain.screening.entries import Knowledge
from therapist_tui.domain.screening.reader import Text

_BREAKS = frozenset((",", "(", ")", "+", "&", ":", "/", "and", "with", "plus", "also", "then"))
_SHORT = 4


def unread_parts(text: Text, knowledge: Knowledge) -> list[str]:
    """The parts in which nothing was read and a word stands that the knowledge does not know, or one
    that always tells of something (swelling, numbness).

    Short parts only: a longer one tells a story, and of a story only its medical-sounding words are shown.
    """
    found: list[str] = []
    for part in _parts(text):
        strange = [at for at in part if _strange(text.norms[at], knowledge)]
        told = len([at for at in part if text.norms[at].isalpha()])
        clause = text.norms[part[0]] in knowledge.reading.clause_openers
        if strange and not text.covered & set(part) and told <= _SHORT and not clause:
            found.append(text.text[text.words[part[0]].start : text.words[part[-1]].end])
    return found


def _parts(text: Text) -> Iterator[list[int]]:
    part: list[int] = []
    for at, word in enumerate(text.words):
        new_sentence = at > 0 and word.sentence != text.words[at - 1].sentence
        breaks = text.norms[at] in _BREAKS and at not in text.covered
        if (new_sentence or breaks or _dash(text, at)) and part:
            yield part
            part = []
        if not breaks and text.norms[at] != "-":
            part.append(at)
    if part:
        yield part


def _dash(text: Text, at: int) -> bool:
    """A dash with space around it; one inside a word joins it."""
    if text.norms[at] != "-" or not 0 < at < len(text.words) - 1:
        return False
    return text.words[at - 1].end < text.words[at].start and text.words[at].end < text.words[at + 1].start


def _strange(norm: str, knowledge: Knowledge) -> bool:
    return (
        len(norm) >= 2 and norm.isalpha() and (norm in knowledge.reading.telling or not knowledge.lexicon.knows(norm))
    )
