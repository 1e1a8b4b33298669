"""Patterns: words that must stand together in one sentence, such as `@leg & @swollen & hot`."""

from collections.abc import Iterable, Mapping

Found = Mapping[str, int]


def parts_of(pattern: str) -> tuple[str, ...]:
    """The meanings a pattern asks for: a class for @class, a phrase for anything else."""
    return tuple(part if part.startswith("@") else f"p:{part.lower()}" for part in _split(pattern))


def _split(pattern: str) -> list[str]:
    return [part.strip() for part in pattern.split("&") if part.strip()]


class Patterns:
    """All patterns by number, and for each its rarest part, so that few have to be looked at."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.names: list[str] = []
        self.parts: list[tuple[str, ...]] = []
        self._by_part: dict[str, list[int]] = {}
        self.composites: list[tuple[str, str]] = []

    def add(self, pattern: str) -> int:
        """Register a pattern and give its number."""
        if pattern not in self.numbers:
            number = self.numbers[pattern] = len(self.parts)
            parts = parts_of(pattern)
            self.names.append(pattern)
            self.parts.append(parts)
            key = next((part for part in parts if part.startswith("p:")), parts[0])
            self._by_part.setdefault(key, []).append(number)
        return self.numbers[pattern]

    def met(self, found: Iterable[str]) -> set[str]:
        """The patterns all of whose parts are among what was found in one sentence."""
        have = set(found)
        for pattern, meaning in self.composites:
            if all(part in have for part in parts_of(pattern)):
                have.add(meaning)
        met: set[str] = set()
        for part in have:
            for number in self._by_part.get(part, ()):
                if all(one in have for one in self.parts[number]):
                    met.add(self.names[number])
        return met
