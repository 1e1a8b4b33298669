"""The recovery sheet as a page of text, to be printed or copied by hand."""

from collections.abc import Sequence
from datetime import date

PER_LINE = 4


def sheet_text(words: Sequence[str], today: date) -> str:
    """The words in numbered rows, and what they are for. Nobody's name is on it: a finder learns nothing."""
    width = max(len(word) for word in words) + 6
    rows = [
        "".join(f"{at + 1:>2} {words[at]}".ljust(width) for at in range(begin, min(begin + PER_LINE, len(words))))
        for begin in range(0, len(words), PER_LINE)
    ]
    return "\n".join(
        [
            f"therapist-tui recovery sheet, {today:%d %b %Y}",
            "",
            *(f"  {row.rstrip()}" for row in rows),
            "",
            "These words open every copy and backup of the practice, without the passphrase.",
            "Keep them on paper, where the computer is not. Lost passphrase or key file:",
            "  therapist-tui recover             sets a new passphrase",
            "  therapist-tui restore --words     brings a backup back",
        ]
    )
