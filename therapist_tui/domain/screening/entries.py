"""The knowledge as values: entries, flags, word lists. Data from the packaged files, an unreviewed draft."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from therapist_tui.domain.level import Level

if TYPE_CHECKING:
    from therapist_tui.domain.screening.context import Triggers
    from therapist_tui.domain.screening.lexicon import Lexicon
    from therapist_tui.domain.screening.patterns import Patterns

UNITS = {"hours": 1 / 24, "days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when a level holds, and what follows; `after` is a level or None for nothing."""

    basis: str
    unit: str
    start: float
    end: float
    after: Level | None
    after_scope: str | None = None
    after_regions: tuple[str, ...] = ()
    firm: bool = False

    @property
    def days(self) -> float:
        """The end of the window in days after its basis."""
        return self.end * UNITS[self.unit]


@dataclass(frozen=True, slots=True)
class Escalation:
    """A status that replaces the level of its entry; `cues` are read beside the entry, `signs` anywhere today."""

    status: str
    when: str
    level: Level
    scope: str
    regions: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    within_days: float | None = None
    controlled: bool | None = None
    today: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One matter that may call for a caution."""

    id: str
    name: str
    kind: str
    category: str
    level: Level
    scope: str
    synonyms: tuple[str, ...]
    reason: str
    adaptation: str
    sources: tuple[str, ...]
    patterns: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    positions_avoid: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = ()
    window: Window | None = None
    fades_days: float | None = None
    past: str = "none"
    covers: tuple[str, ...] = ()
    certification: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    note: str = ""
    confidence: str = "low"
    evidence: str = "general-knowledge"
    escalations: tuple[Escalation, ...] = ()
    follows_site: bool = False
    needs_today: bool = False
    own_reason: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Signs that together mean more than each alone; `groups` holds patterns, one of each group must be met."""

    id: str
    raises: str
    level: Level
    title: str
    advice: str
    groups: tuple[tuple[str, ...], ...]
    unless: tuple[str, ...] = ()
    with_entries: tuple[str, ...] = ()
    pregnant: bool = False
    age_from: int = 0


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A short form that is also something else; contexts that settle it."""

    short: str
    upper_only: bool
    not_before: tuple[str, ...]
    not_after: tuple[str, ...]
    prose_needs: bool


@dataclass(frozen=True, slots=True)
class Allergen:
    """What a client may be allergic to, and the product words that contain it."""

    id: str
    words: tuple[str, ...]
    products: tuple[str, ...]
    advice: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Regions, techniques, levels and certifications, and the words for them."""

    places: Mapping[str, frozenset[str]]
    place_words: Mapping[str, str]
    halves: tuple[frozenset[str], ...]
    techniques: Mapping[str, tuple[str, ...]]
    technique_home: Mapping[str, frozenset[str]]
    certifications: Mapping[str, tuple[str, ...]]
    certification_names: Mapping[str, str]
    positions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Word lists for reading free text: classes of words, context triggers, homonyms, short forms."""

    classes: Mapping[str, tuple[str, ...]]
    short_forms: Mapping[str, str]
    homonyms: Mapping[str, str]
    harmless: Mapping[str, str]
    ambiguous: Mapping[str, Ambiguous]
    ordinary: frozenset[str]
    stems: tuple[tuple[str, str], ...]
    medical_endings: tuple[str, ...]
    triggers: "Triggers"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the screening knows. `status` says how far it may be trusted."""

    status: str
    entries: Mapping[str, Entry]
    flags: tuple[Flag, ...]
    vocabulary: Vocabulary
    reading: Reading
    allergens: tuple[Allergen, ...]
    sources: Mapping[str, tuple[str, str]]
    shared: Mapping[str, str]
    lexicon: "Lexicon" = field(repr=False)
    patterns: "Patterns" = field(repr=False)
    pattern_owners: Mapping[str, tuple[str, ...]] = field(
        default_factory=lambda: dict[str, tuple[str, ...]](), repr=False
    )
    silenced: Mapping[str, str] = field(default_factory=lambda: dict[str, str]())
