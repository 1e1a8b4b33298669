"""Contacts (vCard 2.1, 3.0, 4.0) as clients. Pictures and keys are passed over without being decoded."""

import quopri
import re
from collections.abc import Mapping
from datetime import date

from therapist_tui.domain.client import ClientDraft
from therapist_tui.domain.incoming.people import key_of
from therapist_tui.domain.incoming.values import Facts, FileKind, IncomingClient, Reading, Reject
from therapist_tui.domain.text import clean_line, folded

from .dates import read_day
from .decoding import decode, undecoded
from .errors import NothingToRead
from .lines import Block, Line, blocks, unfold

MOST_CARDS = 20_000
MOST_LINES = 200
"""Properties that are looked at on one card."""
_WANTED = frozenset({"N", "FN", "NICKNAME", "BDAY", "TEL", "EMAIL", "NOTE", "UID", "KIND", "ORG", "X-ABSHOWAS"})
_ESCAPE = re.compile(r"\\([\\,;nN:])")


def read_cards(content: bytes, answers: Mapping[str, str], facts: Facts, digest: str) -> Reading:
    """The clients of an address book; raises NothingToRead, NotText."""
    if b"QUOTED-PRINTABLE" in content.upper():
        content = _soft_breaks_joined(content)
    body, numbers = unfold(content)
    decoded = decode(body, answers)
    if decoded.question:
        return Reading(FileKind.CONTACTS, questions=(decoded.question,), digest=digest)
    cards = [one for one in blocks(decoded.text, numbers, _WANTED) if one.name == "VCARD"]
    cards = [one for card in cards for one in (card, *(inner for inner in card.inner if inner.name == "VCARD"))]
    if not cards:
        raise NothingToRead(why="That address book holds no contacts.")
    if len(cards) > MOST_CARDS:
        raise NothingToRead(why=f"That address book holds {len(cards):,} contacts; at most {MOST_CARDS:,} are read.")
    clients: list[IncomingClient] = []
    rejects: list[Reject] = []
    for card in cards:
        read = _client(card, facts.today)
        (rejects if isinstance(read, Reject) else clients).append(read)  # pyright: ignore[reportArgumentType]
    preview = tuple((one.draft.name, one.draft.phone, one.draft.email) for one in clients[:20])
    return Reading(
        FileKind.CONTACTS,
        preview=preview,
        clients=tuple(clients),
        rejects=tuple(rejects),
        told=decoded.told,
        digest=digest,
    )


def _soft_breaks_joined(content: bytes) -> bytes:
    """Lines of vCard 2.1 that end with = go on in the next one; only where the property says so."""
    joined: list[bytes] = []
    going_on = False
    for line in content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"):
        if going_on:
            joined[-1] = joined[-1][:-1]
            joined.append(b"\x00" + line)  # marks a line that is joined below; the count of lines stays
        else:
            joined.append(line)
        encoded = going_on or b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()
        going_on = encoded and line.endswith(b"=")
    return b"\n".join(joined).replace(b"\n\x00", b"\n ")  # as a folded line


def _client(card: Block, today: date) -> IncomingClient | Reject:
    lines = card.lines[:MOST_LINES]
    what = clean_line(_text(card, "FN"), 80)

    def left(why: str) -> Reject:
        return Reject(card.number, what.encode(errors="replace").decode(), why)

    if not card.closed:
        return left("The contact is not closed.")
    if any(undecoded(line.value) for line in lines):
        return left("The contact holds bytes that are no letters.")
    if _text(card, "KIND").casefold() in ("org", "group", "location") or _text(card, "X-ABSHOWAS").upper() == "COMPANY":
        return left("It is a company or a group, not a person.")
    bday = _text(card, "BDAY")
    born_on = _born_on(bday, today)
    if bday and born_on is None and not bday.startswith("--"):
        return left(f"The birth date “{clean_line(bday, 20)}” is no date.")
    raw = ClientDraft(
        _name(card),
        _text(card, "NICKNAME").partition(",")[0],
        "",
        born_on,
        _best(lines, "TEL", ("CELL", "PREF")).removeprefix("tel:"),
        _best(lines, "EMAIL", ("PREF",)).removeprefix("mailto:"),
        remarks=_text(card, "NOTE"),
    )
    draft = raw.cleaned()
    if not draft.name:
        return left("The contact has no name.")
    if problems := draft.problems(today):
        return left(" ".join(problems.values()))
    uid = card.value("UID").strip()
    key = key_of("uid", uid) if uid else key_of(folded(draft.name), str(born_on), draft.phone, draft.email.casefold())
    return IncomingClient(card.number, key, draft)


def _name(card: Block) -> str:
    """Given and family name; the name as it is shown where they are not told apart."""
    line = card.first("N")
    parts = [_unescaped(part) for part in re.split(r"(?<!\\);", _decoded(line))] if line else []
    family, given, middle = [*parts, "", "", ""][:3]
    return " ".join(filter(None, (given, middle, family))) if given or family else _text(card, "FN")


def _text(card: Block, name: str) -> str:
    line = card.first(name)
    return _unescaped(_decoded(line)) if line else ""


def _decoded(line: Line) -> str:
    kinds = ",".join((line.parameters.get("ENCODING", ""), line.parameters.get("TYPE", ""))).upper()
    if "QUOTED-PRINTABLE" not in kinds:
        return line.value
    content = quopri.decodestring(line.value.encode("utf-8", "surrogateescape"))
    try:
        return content.decode(line.parameters.get("CHARSET", "utf-8"))
    except (LookupError, UnicodeDecodeError, ValueError):
        return content.decode("utf-8", "surrogateescape")


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], text).strip()


def _best(lines: list[Line], name: str, kinds: tuple[str, ...]) -> str:
    found = [line for line in lines if line.name == name and line.value.strip()]
    for kind in kinds:
        for line in found:
            if kind in line.parameters.get("TYPE", "").upper() or (kind == "PREF" and "PREF" in line.parameters):
                return _unescaped(_decoded(line))
    return _unescaped(_decoded(found[0])) if found else ""


def _born_on(text: str, today: date) -> date | None:
    compact = text[:8]
    if len(compact) == 8 and compact.isascii() and compact.isdigit():
        text = f"{compact[:4]}-{compact[4:6]}-{compact[6:]}"
    return read_day(text, day_first=True, latest=today)
