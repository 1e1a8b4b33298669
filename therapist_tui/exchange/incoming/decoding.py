"""From bytes to text: the encoding is known, or it is asked; nothing is ever read wrongly without a word."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from therapist_tui.domain.incoming.values import Question

from .errors import NothingToRead, NotText

_FOREIGN = (
    (b"PK\x03\x04", "a zip or Excel file"),
    (b"PK\x05\x06", "a zip file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
ENCODINGS = (("cp1252", "Western"), ("mac_roman", "Mac"), ("cp1250", "Central European"), ("cp1251", "Cyrillic"))
_MORE_THAN_ASCII = re.compile(rb"[A-Za-z ]*[\x80-\xff][A-Za-z\x80-\xff]*")
_UNDECODED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, or the question that must be answered first. Lines that are no text hold lone surrogates."""

    text: str = ""
    question: Question | None = None
    told: tuple[str, ...] = ()


def as_utf8(content: bytes) -> bytes:
    """A file in UTF-16 as UTF-8, any other as it is; half of a character becomes bytes that are no letter.

    Raises NothingToRead.
    """
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content
    try:
        return codecs.BOM_UTF8 + content.decode("utf-16", "surrogatepass").encode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        raise NothingToRead(why="That file says it is UTF-16 and is not. Save it as UTF-8.") from None


def decode(content: bytes, answers: Mapping[str, str]) -> Decoded:
    """The text of the file; raises NotText, NothingToRead."""
    for mark, what in _FOREIGN:
        if content.startswith(mark):
            raise NotText(what=what)
    text, question = _decoded(content, answers)
    if question:
        return Decoded(question=question)
    text = text.lstrip("\ufeff")
    told: list[str] = []
    if (count := text.count("\x00")) > len(text) // 10:
        raise NotText(what="a file of bytes, or UTF-16 without its mark")
    if count:
        told.append(f"{count} NUL character{'s' if count > 1 else ''} removed.")
        text = text.replace("\x00", "")
    return Decoded(text, told=tuple(told))


def undecoded(text: str) -> bool:
    """Whether a line holds bytes that are not in the encoding of the rest."""
    return not text.isascii() and _UNDECODED.search(text) is not None


def _decoded(content: bytes, answers: Mapping[str, str]) -> tuple[str, Question | None]:
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return body.decode("utf-8"), None
    except UnicodeDecodeError:
        loose = body.decode("utf-8", "surrogateescape")
    if content.startswith(codecs.BOM_UTF8) or _mixed(loose):
        return loose, None  # the lines that are no UTF-8 are named one by one
    if chosen := answers.get("encoding"):
        return _by(chosen, body), None
    question = _which_encoding(body)
    return ("", question) if question.options else (loose, None)


def _mixed(loose: str) -> bool:
    """Whether real UTF-8 letters stand beside bytes that are none."""
    return any(not letter.isascii() and not _UNDECODED.match(letter) for letter in set(loose))


def _by(encoding: str, content: bytes) -> str:
    if encoding not in dict(ENCODINGS):
        raise NothingToRead(why="That encoding is not known here.")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise NothingToRead(why="That file is not in the encoding chosen. Choose another one.") from None


def _which_encoding(content: bytes) -> Question:
    """Shows the first word with a letter that tells, as each encoding reads it."""
    words = dict.fromkeys(found.strip() for found in _MORE_THAN_ASCII.findall(content)[:200])
    sample = b", ".join([word for word in words if word][:3])[:60]
    options: list[tuple[str, str]] = []
    for encoding, name in ENCODINGS:
        try:
            content.decode(encoding)
            options.append((encoding, f"{sample.decode(encoding)}  ({name})"))
        except UnicodeDecodeError:
            continue
    return Question("encoding", "The file does not say how its letters are written. Which reads right?", tuple(options))
