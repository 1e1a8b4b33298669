"""A complete note for tests."""

from therapist_tui.domain.note import NoteContent
from therapist_tui.domain.treatments import Treatment

LAST = NoteContent(
    "“stiff”",
    "UT L tender.",
    "Softer.",
    "Weekly for 4 weeks.",
    (Treatment("MFR", 25),),
    6,
    3,
    "Chin tucks.",
    "Levator.",
)
"""The signed note of last week, from which lines are carried forward."""
