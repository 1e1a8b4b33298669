"""Charting shorthand: one line, `L trap 7>3 HT trp; DT MFR 25m; 2w`, read into a structured note and back."""

from .completing import Completion, completions, is_word
from .filling import refilled
from .marking import marked, says
from .noting import describe, into_note
from .printing import print_, print_mark, print_place
from .reader import forget, merged, read
from .values import Ask, Candidate, Clause, Interval, Kind, Pain, Position, Reading, Token, Unread, Words, Work

__all__ = [
    "Ask", "Candidate", "Clause", "Completion", "Interval", "Kind", "Pain", "Position", "Reading", "Token", "Unread",
    "Words", "Work", "completions", "describe", "forget", "into_note", "is_word", "marked", "merged", "print_",
    "print_mark", "print_place", "read", "refilled", "says",
]  # fmt: skip
