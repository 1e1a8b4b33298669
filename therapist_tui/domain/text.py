"""Text as people type it, made safe to store and to show: control characters out, everything else as typed."""

import re
import unicodedata

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
    "\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u206f\ufeff"  # invisible or turning the text around
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"  # noncharacters, interlinear marks
    "\ud800-\udfff"  # lone surrogates cannot be stored
    "\U000e0000-\U000e007f"  # tags: invisible text
    "]"
)
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOO_MANY_MARKS = re.compile(f"({_MARK}{{{MARKS_LIMIT}}}){_MARK}+")
_STRAY_JOINER = re.compile(f"(?<!\\S)[{_ZWNJ}{_ZWJ}]+|[{_ZWNJ}{_ZWJ}]+(?!\\S)")


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """The text as it may be stored and shown: composed (NFC), one kind of line end, nothing that drives a terminal.

    Hebrew, Arabic, CJK, emoji and combining marks stay; joiners stay inside words. Cut at `limit` characters.
    """
    if text.isascii() and text.isprintable():  # nearly everything, and this is on the way of every key press
        return text[:limit]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    text = _TOO_MANY_MARKS.sub(r"\1", text)
    return _STRAY_JOINER.sub("", text)[:limit]


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """The text on one line, without white space around it."""
    return " ".join(clean(text, TEXT_LIMIT).split())[:limit].rstrip()


def folded(text: str) -> str:
    """For finding: case and accents folded, so that "jose" finds "José"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
