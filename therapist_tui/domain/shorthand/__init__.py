"""Charting shorthand: one line, `L trap 7>3 HT trp; DT MFR 25m; 2w`, read into a structured note."""

from .reader import read
from .values import Ask, Candidate, Clause, Interval, Kind, Pain, Position, Reading, Token, Unread, Words, Work

__all__ = [
    "Ask", "Candidate", "Clause", "Interval", "Kind", "Pain", "Position", "Reading", "Token", "Unread", "Words",
    "Work", "read",
]  # fmt: skip
