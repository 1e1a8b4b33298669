"""Putting the knowledge together: every phrase into the lexicon, every pattern into the table of patterns."""

from collections.abc import Mapping

from therapist_tui.domain.screening.entries import Allergen, Entry, Flag, Knowledge, Reading, Vocabulary
from therapist_tui.domain.screening.lexicon import Lexicon
from therapist_tui.domain.screening.patterns import Patterns, parts_of


def compiled(
    *,
    status: str,
    entries: Mapping[str, Entry],
    flags: tuple[Flag, ...],
    vocabulary: Vocabulary,
    reading: Reading,
    allergens: tuple[Allergen, ...],
    sources: Mapping[str, tuple[str, str]],
    shared: Mapping[str, str],
    silenced: Mapping[str, str] | None = None,
) -> Knowledge:
    """The knowledge ready for reading texts."""
    lexicon, patterns = Lexicon(reading.ordinary), Patterns()
    _teach_entries(lexicon, patterns, entries)
    _teach_reading(lexicon, patterns, reading)
    for flag in flags:
        for pattern in (*(one for group in flag.groups for one in group), *flag.unless):
            _teach_pattern(lexicon, patterns, pattern)
    for word, place in vocabulary.place_words.items():
        lexicon.add(word, f"r:{place}", typos=True)
    return Knowledge(
        status=status,
        entries=entries,
        flags=flags,
        vocabulary=vocabulary,
        reading=reading,
        allergens=allergens,
        sources=sources,
        shared=shared,
        lexicon=lexicon,
        patterns=patterns,
        pattern_owners=_owners(entries),
        silenced=silenced or {},
    )


def _teach_entries(lexicon: Lexicon, patterns: Patterns, entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        for synonym in entry.synonyms:
            lexicon.add(synonym, f"e:{entry.id}", typos=True)
        for pattern in entry.patterns:
            _teach_pattern(lexicon, patterns, pattern)
        for escalation in entry.escalations:
            for pattern in (*escalation.cues, *escalation.signs, *escalation.unless):
                _teach_pattern(lexicon, patterns, pattern)


def _teach_reading(lexicon: Lexicon, patterns: Patterns, reading: Reading) -> None:
    for name, words in reading.classes.items():
        for word in words:
            if "&" in word:
                _teach_parts(lexicon, word)
                patterns.composites.append((word, f"@{name}"))
            else:
                lexicon.add(word, f"@{name}", typos=True)
    for phrase in reading.homonyms:
        lexicon.add(phrase, f"h:{phrase}")
    for phrase in reading.harmless:
        lexicon.add(phrase, f"x:{phrase}", typos=True)


def _teach_pattern(lexicon: Lexicon, patterns: Patterns, pattern: str) -> None:
    patterns.add(pattern)
    _teach_parts(lexicon, pattern)


def _teach_parts(lexicon: Lexicon, pattern: str) -> None:
    for part in parts_of(pattern):
        if part.startswith("p:"):
            lexicon.add(part[2:], part, typos=True)


def _owners(entries: Mapping[str, Entry]) -> dict[str, tuple[str, ...]]:
    owners: dict[str, tuple[str, ...]] = {}
    for entry in entries.values():
        for pattern in entry.patterns:
            owners[pattern] = (*owners.get(pattern, ()), entry.id)
    return owners
