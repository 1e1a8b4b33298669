"""Text cut into words: spans kept, spelling variants folded, sentences numbered."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(
    r"\d{1,4}[/-]\d{1,2}(?:[/-]\d{2,4})?(?![\w/])"  # a date, or a blood pressure
    r"|\d+[.,]\d+"
    r"|[A-Za-z]/[A-Za-z](?![\w/])|w/o?(?![A-Za-z])"  # c/o s/p r/o b/l w/
    r"|[^\W_]+(?:'[^\W\d_]+)*"
    r"|[.!?;\n\r]+|[,:()/+&-]"
)
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "st", "approx", "vs", "dx", "hx", "appt", "prof"))
_ENDS = frozenset(".!?;\n\r")
_IRREGULAR = {
    "feet": "foot",
    "calves": "calf",
    "calfs": "calf",
    "women": "woman",
    "children": "child",
    "teeth": "tooth",
}
MARKS = frozenset(",:()/+&-")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as typed, where it stands, folded for matching, and its sentence."""

    raw: str
    start: int
    end: int
    norm: str
    sentence: int


def plain(text: str) -> str:
    """The text with typographic signs made plain; same length, so that spans stay true."""
    return _ASKED.sub(":", text.translate(_PLAIN))


_ASKED = re.compile(r"\?(?=\s*(?:no|n|none|never|nope|nil)\b)", re.IGNORECASE)  # "Diabetes? No" is one statement
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", " ": " "}
)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One spelling for the variants of a word: case, accents, possessive, British spelling, plural."""
    low = unicodedata.normalize("NFKD", word.lower())
    low = "".join(c for c in low if not unicodedata.combining(c))
    low = low.removesuffix("'s").replace("'", "")
    if len(low) >= 6:
        low = low.replace("ae", "e").replace("oe", "e")
    if len(low) >= 6 and low.endswith(("our", "ours")):
        low = low.replace("our", "or")
    return _singular(low)


def _singular(low: str) -> str:
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if len(low) <= 3 or not low.endswith("s") or low.endswith(("ss", "us")):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("xes", "ches", "shes", "sses")):
        return low[:-2]
    return low[:-1]


def split(text: str) -> list[Word]:
    """The words and marks of a text in order."""
    words: list[Word] = []
    sentence = 0
    for found in _TOKEN.finditer(plain(text)):
        raw = found.group()
        if raw[0] in _ENDS:
            after_title = "." in raw and words and words[-1].norm in _TITLES and words[-1].end == found.start()
            if not (after_title and raw == "."):
                sentence += 1
            continue
        norm = raw.lower() if raw in MARKS or not raw[-1].isalpha() or "/" in raw else fold(raw)
        words.append(Word(raw, found.start(), found.end(), norm, sentence))
    return words


def folded(phrase: str) -> tuple[str, ...]:
    """A phrase of the knowledge as the folded words a text is matched with; hyphens and commas fall away."""
    return tuple(word.norm for word in split(phrase) if word.norm not in MARKS or word.norm == "+")
