"""For maintainers: where the screening knowledge is thin. `python -m therapist_tui.exchange.screening_report`."""

import sys
from collections.abc import Iterator
from typing import TextIO

from therapist_tui.domain.screening import Knowledge, load_knowledge

_WEAK = ("school", "low-grade", "general-knowledge")


def gaps(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Each gap as its kind and the entry or phrase it concerns."""
    for entry in knowledge.entries.values():
        if all(knowledge.sources[source][1] in _WEAK for source in entry.sources):
            yield "only weak sources", entry.id
        if entry.sources == ("general-knowledge",):
            yield "no source opened", entry.id
        if entry.confidence == "low":
            yield "low confidence", entry.id
        if entry.kind != "technique" and len(entry.synonyms) + len(entry.patterns) < 3:
            yield "few words to find it by", entry.id
        if entry.window and not entry.window.firm:
            yield "time window is a working convention", entry.id
        for one in entry.escalations:
            if not one.cues and not one.signs and one.controlled is None and not one.today:
                yield "status that nothing can trigger", f"{entry.id}.{one.status}"
        if entry.fades_days is not None:
            yield "fading is a working convention", entry.id
    yield from (("shared on purpose", f"{phrase}: {why}") for phrase, why in knowledge.shared.items())
    cited = {source for entry in knowledge.entries.values() for source in entry.sources}
    yield from (("source nobody cites", source) for source in knowledge.sources if source not in cited)


def write(out: TextIO, knowledge: Knowledge) -> None:
    """The gaps by kind, with their number."""
    by_kind: dict[str, list[str]] = {}
    for kind, what in gaps(knowledge):
        by_kind.setdefault(kind, []).append(what)
    synonyms = sum(len(entry.synonyms) for entry in knowledge.entries.values())
    out.write(f"{len(knowledge.entries)} entries, {synonyms} synonyms, {knowledge.status}\n")
    for kind, what in by_kind.items():
        out.write(f"\n{kind} ({len(what)})\n")
        out.writelines(f"  {one}\n" for one in what)


if __name__ == "__main__":
    write(sys.stdout, load_knowledge())
