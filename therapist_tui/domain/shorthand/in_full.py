"""Text for readers outside the practice: every abbreviation in full words, line by line (clinical.md 3)."""

from collections.abc import Mapping

from .lexicon import Lexicon
from .own import lexicon_with
from .texts import expand

NO_WORDS: Mapping[str, str] = {}


def in_full(text: str, own: Mapping[str, str] = NO_WORDS) -> str:
    """The text with its abbreviations in full; what is in quotes, ambiguous or unknown stays as typed.

    `own` are the therapist's own abbreviations, which go before ours.
    """
    lexicon = lexicon_with(own)
    return "\n".join(_line(line, lexicon) for line in text.split("\n"))


def _line(line: str, lexicon: Lexicon) -> str:
    return _capital(line, expand(line, 0, len(line), lexicon, "text").words.expanded)


def _capital(typed: str, full: str) -> str:
    """A line that began with a capital letter still does: "Pt reports" becomes "Patient reports"."""
    return full[:1].upper() + full[1:] if typed.lstrip()[:1].isupper() else full
