"""Loading the knowledge: our files, the therapist's own on top, checked; a fault names file, entry and field."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import cast

from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.compile import compiled
from therapist_tui.domain.screening.context import Triggers
from therapist_tui.domain.screening.context import table as phrase_table
from therapist_tui.domain.screening.entries import (
    UNITS,
    Allergen,
    Ambiguous,
    Entry,
    Escalation,
    Flag,
    Knowledge,
    Reading,
    Vocabulary,
    Window,
)
from therapist_tui.domain.screening.own import merged
from therapist_tui.domain.screening.tables import Table
from therapist_tui.domain.screening.words import fold

_SCOPES = ("session", "region", "technique")
_KINDS = (
    "condition", "event", "surgery", "treatment", "medication", "device",
    "allergy", "pregnancy", "state", "consent", "technique",
)  # fmt: skip
_BASES = (
    "onset", "event", "surgery", "treatment-start", "treatment-end",
    "injection", "birth", "gestation", "symptom-end",
)  # fmt: skip


def load_knowledge(own: Mapping[str, object] | None = None) -> Knowledge:
    """Our draft knowledge, with the therapist's own entries, changes and silences merged over it.

    Raises BrokenKnowledge for a fault in either.
    """
    return _shipped() if not own else merged(_shipped(), own)


@lru_cache(maxsize=1)
def _shipped() -> Knowledge:
    vocabulary = _vocabulary(_read("vocabulary.toml"))
    sources = _sources(_read("sources.toml"))
    entries: dict[str, Entry] = {}
    folder = files("therapist_tui.domain.screening") / "knowledge" / "entries"
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            for table in _parse(path.name, path.read_text(encoding="utf-8")).tables("entry"):
                add_entry(entries, read_entry(table, vocabulary, sources), table)
    flags = tuple(_flag(table, entries) for table in _read("flags.toml").tables("flag"))
    return compiled(
        status="draft-unreviewed",
        entries=entries,
        flags=flags,
        vocabulary=vocabulary,
        reading=_reading(_read("reading.toml"), _read("ordinary.toml"), _triggers(_read("context.toml"))),
        allergens=tuple(_allergen(table) for table in _read("products.toml").tables("allergen")),
        sources=sources,
        shared={key.lower(): why for key, why in _read("shared.toml").mapping("shared").items()},
    )


def _read(name: str) -> Table:
    path = files("therapist_tui.domain.screening") / "knowledge" / name
    return _parse(name, path.read_text(encoding="utf-8"))


def _parse(name: str, text: str) -> Table:
    try:
        return Table(name, "the file", tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise Table(name, "the file", {}).fault("text", str(fault)) from fault


def add_entry(entries: dict[str, Entry], entry: Entry, table: Table) -> None:
    """Put an entry among the others; an id used twice is refused."""
    if entry.id in entries:
        raise table.fault("id", "this id is used twice")
    entries[entry.id] = entry


def read_entry(table: Table, vocabulary: Vocabulary, sources: Iterable[str]) -> Entry:
    """One entry, checked against the vocabulary and the sources."""
    regions = {part for parts in vocabulary.places.values() for part in parts} | {"whole-body", "site"}
    fades = table.table("fades")
    cited = table.all_of("sources", sources)
    if not cited:
        raise table.fault("sources", "at least one source is wanted")
    return Entry(
        id=table.text("id"),
        name=table.text("name"),
        kind=table.one_of("kind", _KINDS),
        category=table.text("category"),
        level=table.level("level"),
        scope=table.one_of("scope", _SCOPES),
        synonyms=table.texts("synonyms"),
        patterns=table.texts("patterns"),
        regions=table.all_of("regions", regions),
        techniques=table.all_of("techniques", vocabulary.techniques),
        positions_avoid=table.all_of("positions_avoid", vocabulary.positions),
        applies_to=table.texts("applies_to"),
        window=_window(table.table("time"), regions),
        fades_days=fades.number("to") * UNITS[fades.one_of("unit", UNITS)] if fades else None,
        past=table.text("past", "none"),
        covers=table.texts("covers"),
        certification=table.all_of("certification", vocabulary.certification_names),
        reason=table.text("reason"),
        adaptation=table.text("adaptation"),
        red_flags=table.texts("red_flags"),
        icd10=table.texts("icd10"),
        sources=cited,
        note=table.text("note", ""),
        confidence=table.one_of("confidence", ("high", "medium", "low")),
        evidence=table.text("evidence"),
        escalations=tuple(_escalation(one, regions) for one in table.tables("escalation", "status")),
        follows_site=table.flag("follows_site"),
        needs_today=table.flag("today"),
    )


def _window(table: Table | None, regions: Iterable[str]) -> Window | None:
    if table is None:
        return None
    after = table.one_of("after", ("absolute", "clearance", "local", "precaution", "none"))
    return Window(
        basis=table.one_of("basis", _BASES),
        unit=table.one_of("unit", UNITS),
        start=table.number("from"),
        end=table.number("to"),
        after=None if after == "none" else Level(after),
        after_scope=table.one_of("after_scope", _SCOPES) if "after_scope" in table.raw else None,
        after_regions=table.all_of("after_regions", regions),
        firm=table.flag("firm"),
    )


def _escalation(table: Table, regions: Iterable[str]) -> Escalation:
    within = table.table("within")
    return Escalation(
        status=table.text("status"),
        when=table.text("when"),
        level=table.level("level"),
        scope=table.one_of("scope", _SCOPES),
        regions=table.all_of("regions", regions),
        cues=table.texts("cues"),
        signs=table.texts("signs"),
        unless=table.texts("unless"),
        within_days=within.number("to") * UNITS[within.one_of("unit", UNITS)] if within else None,
        controlled=table.maybe("controlled"),
        today=table.flag("today"),
    )


def _flag(table: Table, entries: Mapping[str, Entry]) -> Flag:
    groups = table.raw.get("groups")
    if not isinstance(groups, list) or not groups:
        raise table.fault("groups", "at least one group of patterns is wanted")
    inner = [Table(table.file, table.entry, {"groups": group}) for group in cast("list[object]", groups)]
    return Flag(
        id=table.text("id"),
        raises=table.one_of("raises", entries),
        level=table.level("level"),
        title=table.text("title"),
        advice=table.text("advice"),
        groups=tuple(one.texts("groups") for one in inner),
        unless=table.texts("unless"),
        with_entries=table.all_of("with_entries", entries),
        pregnant=table.flag("pregnant"),
        age_from=int(table.number("age_from")) if "age_from" in table.raw else 0,
    )


def _vocabulary(table: Table) -> Vocabulary:
    places, words = table.table("places"), table.table("place_words")
    techniques, homes, halves = table.table("techniques"), table.table("technique_home"), table.table("halves")
    if not (places and words and techniques and homes and halves):
        raise table.fault("places", "places, place_words, techniques, technique_home and halves are wanted")
    certifications = table.tables("certification")
    return Vocabulary(
        places={name: frozenset(places.texts(name)) for name in places.raw},
        place_words={word: place for place in words.raw for word in words.texts(place)},
        halves=tuple(frozenset(halves.texts(half)) for half in halves.raw),
        techniques={name: techniques.texts(name) for name in techniques.raw},
        technique_home={name: frozenset(homes.texts(name)) for name in homes.raw},
        certifications={one.text("id"): one.texts("held_by") for one in certifications},
        certification_names={one.text("id"): one.text("name") for one in certifications},
        positions=table.mapping("positions"),
    )


def _sources(table: Table) -> dict[str, tuple[str, str]]:
    return {one.text("id"): (one.text("title"), one.text("kind")) for one in table.tables("source")}


def _triggers(context: Table) -> Triggers:
    return Triggers(
        strong=phrase_table(context.texts("strong")),
        weak=phrase_table(context.texts("weak")),
        pseudo=phrase_table(context.texts("pseudo")),
        after=phrase_table(context.texts("after")),
        heading=phrase_table(context.texts("heading")),
        care=phrase_table(context.texts("care")),
        fear=phrase_table(context.texts("fear")),
        turn=frozenset(context.texts("turn")),
        kin=frozenset(context.texts("kin")),
        verbs=frozenset(context.texts("verbs")),
        self=frozenset(context.texts("self")),
    )


def _reading(table: Table, ordinary: Table, triggers: Triggers) -> Reading:
    classes = table.table("classes")
    return Reading(
        classes={name: classes.texts(name) for name in classes.raw} if classes else {},
        short_forms=table.mapping("short_forms"),
        homonyms=table.mapping("homonyms"),
        harmless=table.mapping("harmless"),
        ambiguous={fold(one.text("short")): _ambiguous(one) for one in table.tables("ambiguous", "short")},
        ordinary=frozenset(fold(word) for line in ordinary.texts("words") for word in line.split()),
        stems=tuple(table.mapping("stems").items()),
        medical_endings=table.texts("medical_endings"),
        triggers=triggers,
    )


def _ambiguous(table: Table) -> Ambiguous:
    return Ambiguous(
        short=table.text("short"),
        upper_only=table.flag("upper_only"),
        not_before=tuple(fold(word) for word in table.texts("not_before")),
        not_after=tuple(fold(word) for word in table.texts("not_after")),
        prose_needs=table.flag("prose_needs"),
    )


def _allergen(table: Table) -> Allergen:
    return Allergen(table.text("id"), table.texts("words"), table.texts("products"), table.text("advice"))
