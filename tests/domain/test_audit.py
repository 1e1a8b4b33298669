"""The trail as people read it: every code has its words, no client's text is in them, and lines are found by words."""

from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from therapist_tui.domain.audit import AuditEvent, in_words, trail_lines
from therapist_tui.domain.sheet import sheet_text
from therapist_tui.domain.text import left_out
from therapist_tui.domain.undo import ALONGSIDE, LABELS, SIGNED, UNSEEN

AT = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CODES = sorted({*LABELS, *SIGNED, *UNSEEN, *ALONGSIDE})


def event(action: str, subject: str = "client", subject_id: str = "") -> AuditEvent:
    return AuditEvent(7, AT, "Dana Reyes, LMT", action, subject, subject_id)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_said_in_words(code: str) -> None:
    said = in_words(event(code, "session_note", "3"))
    assert said
    assert not set("{}._") & set(said)
    assert said != code


def test_lines_name_the_client_and_are_found_by_every_word() -> None:
    client = str(uuid4())
    (line, other) = trail_lines(
        [event("chart.read", subject_id=client), event("note.signed", "session_note", str(uuid4()))],
        {client: "José Álvarez"},
        ZoneInfo("America/Toronto"),
    )
    assert line.about == "José Álvarez"
    assert line.at.hour == 10
    for words in ("opened", "jose alvarez", "23 nov", "dana chart", "2026-11-23", ""):
        assert line.holds(words), words
    assert not line.holds("signed")
    assert other.about.startswith("session note …")


def test_the_sheet_has_every_word_with_its_number_and_nobodys_name() -> None:
    words = [f"word{n}" for n in range(1, 25)]
    text = sheet_text(words, AT.date())
    assert all(f"{n} word{n}" in text for n in range(1, 25))
    assert "therapist-tui recover" in text


@pytest.mark.parametrize(
    ("typed", "kept", "said"),
    [
        ("a", "a", ""),
        ("a\r\nb", "a\nb", ""),
        ("e\u0301", "é", ""),
        ("a\x1bb", "ab", "1 invisible or control character left out."),
        ("\u202ea\u200bb", "ab", "2 invisible or control characters left out."),
        ("x" * 20_001, "x" * 20_000, "Cut at 20000 characters."),
    ],
)
def test_what_cleaning_left_out_is_said(typed: str, kept: str, said: str) -> None:
    assert left_out(typed, kept) == said
