"""One door to the parts of a calendar file: icalendar leaves open what its `add` takes."""

from typing import Any


def put(part: Any, name: str, value: object) -> None:
    """Give a part of a calendar (an event, a zone) one more property, or one more value of it."""
    part.add(name, value)
