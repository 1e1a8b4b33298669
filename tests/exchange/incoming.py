"""What the tests of imports share: the facts of a practice in Toronto, and files in a line."""

from datetime import date

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.incoming.values import Facts, Reading
from therapist_tui.exchange.incoming.reading import read

FACTS = Facts("America/Toronto", date(2026, 11, 23))


def of(content: bytes | str, **answers: str) -> Reading:
    """What a file says; answers with a dot in their name are written with two underscores."""
    content = content.encode() if isinstance(content, str) else content
    return read(content, {name.replace("__", "."): answer for name, answer in answers.items()}, FACTS)


def refused(content: bytes | str, **answers: str) -> str:
    """The sentence by which a file is refused whole; "" when it is not."""
    try:
        of(content, **answers)
    except PracticeError as error:
        return str(error)
    return ""


def left_out(content: bytes | str, **answers: str) -> list[tuple[int, str]]:
    """The lines that are left out, each with its sentence."""
    return [(one.line, one.why) for one in of(content, **answers).rejects]


def asked(content: bytes | str, **answers: str) -> list[str]:
    """What is asked."""
    return [one.text for one in of(content, **answers).questions]


def calendar(*events: str, more: str = "") -> str:
    """A calendar with these events."""
    return "\r\n".join(filter(None, ("BEGIN:VCALENDAR", "VERSION:2.0", more, *events, "END:VCALENDAR", "")))


def event(start: str = "DTSTART;TZID=America/Toronto:20261124T090000", *more: str, uid: str = "a@x") -> str:
    """An event of an hour."""
    length = [] if any(line.startswith(("DTEND", "DURATION")) for line in more) else ["DURATION:PT1H"]
    identity = [f"UID:{uid}"] if uid else []
    return "\r\n".join(["BEGIN:VEVENT", *identity, start, *length, *more, "END:VEVENT"])
