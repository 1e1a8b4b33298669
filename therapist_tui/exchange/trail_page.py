"""One client's trail as Markdown, for the client: who read and changed her record, and to whom it was given out."""

from collections.abc import Iterator
from datetime import datetime

from therapist_tui.domain.audit import TrailLine
from therapist_tui.domain.client_trail import ClientTrail
from therapist_tui.domain.report import long_day

from .report_text import plain

MOMENT = "%Y-%m-%d %H:%M:%S"


def trail_page(trail: ClientTrail, now: datetime) -> str:
    """The page, oldest first. Nobody else's name stands on it but those of who worked with the practice."""
    return "\n".join(_lines(trail, now)).rstrip() + "\n"


def _lines(trail: ClientTrail, now: datetime) -> Iterator[str]:
    name = trail.client.name
    yield f"# Who read and changed the record of {plain(name)}"
    yield ""
    yield f"Everything that the practice has written down until {long_day(now.astimezone(trail.zone).date())}."
    yield f"Times are of {trail.zone.key}. The practice's trail then stood at event {trail.head}, code {trail.code}."
    yield from ("", "| when | who | what | about |", "|---|---|---|---|")
    yield from (_row(one, name) for one in reversed(trail.lines(name)))
    if trail.releases:
        yield from ("", "## Given out", "")
    for one in reversed(trail.releases):
        at = one.released_at.astimezone(trail.zone)
        who, whom, what, why = map(plain, (one.released_by, one.to_whom, one.what, one.why))
        yield f"- {at:{MOMENT}}, by {who} to {whom}: {what} ({why})"


def _row(one: TrailLine, name: str) -> str:
    about = "" if one.about == name else one.about
    return f"| {one.at:{MOMENT}} | {plain(one.who)} | {plain(one.what)} | {plain(about)} |"
