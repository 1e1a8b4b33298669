"""The therapist's own file over our knowledge: add, adjust or silence entries, each with her reason."""

from collections.abc import Mapping
from dataclasses import replace

from therapist_tui.domain.screening.compile import compiled
from therapist_tui.domain.screening.entries import Entry, Knowledge
from therapist_tui.domain.screening.tables import Table

_OWN = "your own cautions"


def merged(ours: Knowledge, own: Mapping[str, object]) -> Knowledge:
    """Our knowledge with `[[add]]`, `[[adjust]]` and `[[silence]]` of the therapist's file laid over a copy.

    Every one of them needs a `why`. Raises BrokenKnowledge naming the entry and the field.
    """
    table = Table(_OWN, "the file", own)
    entries = dict(ours.entries)
    silenced: dict[str, str] = {}
    for one in table.tables("adjust"):
        entries[_known(one, entries)] = _adjusted(one, entries)
    for one in table.tables("silence"):
        silenced[_known(one, entries)] = one.text("why")
    for one in table.tables("add"):
        _added(one, ours, entries)
    return compiled(
        status=ours.status,
        entries=entries,
        flags=tuple(flag for flag in ours.flags if flag.raises not in silenced),
        vocabulary=ours.vocabulary,
        reading=ours.reading,
        allergens=ours.allergens,
        sources={**ours.sources, "own": ("The therapist's own rule", "own")},
        shared=ours.shared,
        silenced=silenced,
    )


def _known(table: Table, entries: Mapping[str, Entry]) -> str:
    return table.one_of("id", entries)


def _adjusted(table: Table, entries: Mapping[str, Entry]) -> Entry:
    entry = entries[table.text("id")]
    why = table.text("why")
    return replace(
        entry,
        level=table.level("level") if "level" in table.raw else entry.level,
        adaptation=table.text("adaptation", entry.adaptation),
        synonyms=(*entry.synonyms, *table.texts("synonyms")),
        window=None if "level" in table.raw else entry.window,
        own_reason=why,
    )


def _added(table: Table, ours: Knowledge, entries: dict[str, Entry]) -> None:
    from therapist_tui.domain.screening.loader import add_entry, read_entry

    defaults: dict[str, object] = {
        "kind": "condition", "category": "own", "scope": "session", "regions": ["whole-body"],
        "sources": ["own"], "confidence": "low", "evidence": "own",
    }  # fmt: skip
    full = Table(table.file, table.entry, {**defaults, **table.raw})
    entry = read_entry(full, ours.vocabulary, {**ours.sources, "own": ("", "")})
    add_entry(entries, replace(entry, own_reason=table.text("why")), full)
