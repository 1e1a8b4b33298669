"""What is booked: which techniques, over which regions, with which products, in the knowledge's terms."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from therapist_tui.domain.screening.entries import Vocabulary
from therapist_tui.domain.screening.values import Appointment, Matched, Place, Side
from therapist_tui.domain.screening.words import folded

_DEEP = frozenset(("deep", "firm", "heavy", "hard", "strong", "very", "maximum", "intense"))
_SCENTED = (
    "essential oil",
    "aroma",
    "scented oil",
    "lavender",
    "eucalyptus",
    "peppermint",
    "rosemary",
    "clary",
    "camphor",
    "tea tree",
    "ylang",
    "bergamot",
    "diffuser",
)


@dataclass(frozen=True, slots=True)
class Planned:
    """The booking: techniques by id with the words of the booking, and the smallest regions booked."""

    techniques: Mapping[str, tuple[str, ...]]
    regions: frozenset[str]
    unknown: tuple[Matched, ...]

    def touches(self, regions: frozenset[str]) -> bool:
        """Whether any of the regions is booked; no regions given means anywhere."""
        return not regions or bool(regions & self.regions)


def planned(appointment: Appointment, vocabulary: Vocabulary) -> Planned:
    """Read the booking; a region nobody knows counts as the whole body and is reported."""
    techniques: dict[str, tuple[str, ...]] = {}
    unknown: list[Matched] = []
    for number, text in enumerate(appointment.techniques):
        ids = technique_ids(text, vocabulary)
        if not ids:
            unknown.append(Matched(text, f"appointment.techniques[{number}]"))
        for one in ids:
            techniques[one] = (*techniques.get(one, ()), text)
    if appointment.pressure and set(folded(appointment.pressure)) & _DEEP and "deep-tissue" not in techniques:
        techniques["deep-tissue"] = ("deep pressure",)
    for text in appointment.products:
        low = text.lower()
        if "aromatherapy" not in techniques and "unscented" not in low and any(word in low for word in _SCENTED):
            techniques["aromatherapy"] = (text,)
    regions: set[str] = set()
    for number, text in enumerate(appointment.regions):
        found = place_of(text, None, vocabulary)
        if found.region not in vocabulary.places:
            unknown.append(Matched(text, f"appointment.regions[{number}]"))
            found = Place("whole body")
        regions |= vocabulary.places[found.region]
    if not appointment.regions:
        regions |= vocabulary.places["whole body"]
    return Planned(techniques, frozenset(regions), tuple(unknown))


def technique_ids(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The techniques a booking's words name; longer names win over the shorter ones inside them."""
    words = folded(text)
    spans: list[tuple[int, int, str]] = []
    for phrase, one in _phrases(tuple((name, tuple(terms)) for name, terms in vocabulary.techniques.items())):
        size = len(phrase)
        starts = range(len(words) - size + 1)
        spans.extend((at, at + size, one) for at in starts if words[at : at + size] == phrase)
    kept = [s for s in spans if not any(o[0] <= s[0] and s[1] <= o[1] and o[1] - o[0] > s[1] - s[0] for o in spans)]
    named = tuple(dict.fromkeys(one for _start, _end, one in kept))
    return tuple(one for one in named if one != "swedish") or named


@lru_cache(maxsize=4)
def _phrases(techniques: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((folded(term), name) for name, terms in techniques for term in (*terms, name))


def place_of(text: str, side: Side | None, vocabulary: Vocabulary) -> Place:
    """A region's plain name out of any words for it, with its side; unknown words stay as typed."""
    words = list(folded(text))
    for word, named in (
        ("left", Side.LEFT),
        ("right", Side.RIGHT),
        ("both", Side.BOTH),
        ("l", Side.LEFT),
        ("r", Side.RIGHT),
    ):
        if word in words and len(words) > 1:
            side = side or named
            words.remove(word)
    known = _places(tuple(vocabulary.place_words.items()))
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            found = known.get(tuple(words[at : at + size]))
            if found:
                return Place(found, side)
    return Place(text, side)


@lru_cache(maxsize=4)
def _places(words: tuple[tuple[str, str], ...]) -> dict[tuple[str, ...], str]:
    return {folded(word): place for word, place in words}
