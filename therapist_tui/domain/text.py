"""Text as people type it, made safe to store and to show: control characters out, everything else as typed."""

import re
import unicodedata
from collections.abc import Iterable

LINE_LIMIT = 200
"""Characters a one-line field keeps."""
TEXT_LIMIT = 20_000
"""Characters a note section or any long field keeps (reliability.md 4, line 11)."""
MARKS_LIMIT = 8
"""Combining marks kept on one letter; more is no writing system, and smears over the lines beside it."""

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_DROPPED = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and newline, DEL, C1: they drive terminals
    "\u00ad\u3164\uffa0\u200b\u2028\u2029\u2060-\u206f\ufeff"  # invisible
    "\u061c\u200e\u200f\u202a-\u202e"  # turning the text around
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # noncharacters, interlinear marks
    "\ud800-\udfff"  # lone surrogates cannot be stored
    "\U000e0000-\U000e007f"  # tags: invisible text
    "]"
)
_PERHAPS_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{MARKS_LIMIT + 1},}}")  # marks of any script are no \w
_STRAY_JOINER = re.compile(f"(?<!\\S)[{_ZWNJ}{_ZWJ}]+|[{_ZWNJ}{_ZWJ}]+(?!\\S)")


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text as it may be stored and shown: composed (NFC), one kind of line end, nothing that drives a terminal.

    Hebrew, Arabic, CJK, emoji and combining marks stay; joiners stay inside words. Cut at `limit` characters.
    """
    if text.isascii() and text.isprintable():  # nearly everything, and this is on the way of every key press
        return text[:limit]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    text = _PERHAPS_MARKS.sub(lambda run: _marks_capped(run[0]), text)
    return _STRAY_JOINER.sub("", _STRAY_JOINER.sub("", text)[:limit])  # the cut may leave one at the end


def left_out(typed: str, kept: str) -> str:
    """What is said when cleaning took characters out of a text, or cut it; "" when it did not.

    Line ends and letters composed anew are the same text.
    """
    if typed == kept:
        return ""
    dropped = len(_DROPPED.findall(typed.replace("\r\n", "\n").replace("\r", "\n")))
    if dropped:
        return f"{dropped} invisible or control character{'' if dropped == 1 else 's'} left out."
    return f"Cut at {TEXT_LIMIT} characters." if len(kept) == TEXT_LIMIT < len(typed) else ""


def _marks_capped(run: str) -> str:
    kept: list[str] = []
    marks = 0
    for letter in run:
        if unicodedata.category(letter) in ("Mn", "Me"):
            marks += 1
        elif letter not in (_ZWNJ, _ZWJ):
            marks = 0
        if marks <= MARKS_LIMIT:
            kept.append(letter)
    return "".join(kept)


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The text on one line, without white space around it."""
    return clean(" ".join(clean(text).split()), limit).rstrip()


def clean_words(words: Iterable[str], limit: int = 60) -> tuple[str, ...]:
    """Each word on a clean line, empty ones and repetitions left out."""
    return tuple(dict.fromkeys(filter(None, (clean_line(word, limit) for word in words))))


def folded(text: str) -> str:
    """For finding: case and accents folded, so that "jose" finds "José"."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
