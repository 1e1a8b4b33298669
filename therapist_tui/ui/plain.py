"""User text on its way to the screen: never markup, no control characters, cut and padded by cells.

Every widget gets record text through `shown` (or a function here that calls it); tests/ui/test_plain.py proves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

from textual.app import App
from textual.content import Content

from therapist_tui.domain.text import clean

if TYPE_CHECKING:  # nothing of the domain that needs dateutil comes before the first frame
    from therapist_tui.domain.client import Client


def shown(text: str, style: str = "") -> Content:
    """The text exactly as typed, in one style."""
    safe = clean(text)
    return Content.styled(safe, style) if style else Content(safe)


def one_line(text: str, style: str = "") -> Content:
    """The text on a single line, runs of white space as one blank."""
    return shown(" ".join(text.split()), style)


def marked(text: str, spans: Iterable[tuple[int, int]], style: str = "") -> Content:
    """The text exactly as typed, with some of its places marked as what was looked for."""
    safe = clean(text)
    found = Content.styled(safe, style) if style else Content(safe)
    for begin, end in spans if safe == text else ():  # cleaning moves the places; stored text is clean already
        found = found.stylize(".hit", begin, end)
    return found


def fitted(content: Content, width: int) -> Content:
    """Cut with an ellipsis, or padded with blanks, to exactly `width` cells."""
    return content.truncate(max(0, width), ellipsis=True, pad=True)


def spread(left: Content, right: Content, width: int) -> Content:
    """Two texts at both ends of a line; the left one gives way."""
    room = width - right.cell_length
    if room <= 1:
        return fitted(right, width)
    return Content.assemble(fitted(left, room - 1), " ", right)


def wrapped(content: Content, width: int, most: int | None = None) -> list[Content]:
    """The text broken into lines of at most `width` cells; beyond `most` lines it ends with an ellipsis."""
    if width <= 0:
        return []
    lines = content.wrap(width)
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    return [*lines[: most - 1], fitted(Content.assemble(last, " …"), min(width, last.cell_length + 2))]


def flowed(parts: list[Content], gap: str, width: int) -> list[Content]:
    """Parts set one after the other, broken between them only: a fact is never cut in two while it fits a line."""
    lines: list[Content] = []
    for part in parts:
        fits = lines and lines[-1].cell_length + len(gap) + part.cell_length <= width
        if fits:
            lines[-1] = Content.assemble(lines[-1], gap, part)
        else:
            lines.append(part.truncate(width, ellipsis=True))
    return lines


def name_of(client: Client, masked: bool) -> str:
    """The client's name, or the initials while names are masked."""
    return client.initials if masked else client.shown


Severity = Literal["information", "warning", "error"]


def toast(app: App[Any], text: str, *, severity: Severity = "information") -> None:
    """A short message in the corner, as plain text."""
    app.notify(clean(text, 500), severity=severity, markup=False)
