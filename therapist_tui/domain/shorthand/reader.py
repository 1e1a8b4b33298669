"""One line of charting shorthand read into what it says. Pure, total and quick: it runs on every key press."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

from ..body.marks import Mark, Place
from .clause import UNKNOWN_PLACE, BodyClause
from .lexicon import Lexicon, fold, leads, pressures
from .own import lexicon_with
from .scan import FREQUENCY, INTERVAL, QUOTES, scan
from .texts import expand
from .values import Ask, Clause, Interval, Kind, Reading, Token, Unread, Words

NO_OWN: Mapping[str, str] = {}
_PARTS = re.compile(r'"[^"]*"|“[^”]*”|[;\n]')
_UNITS = {"d": "day", "w": "week", "m": "month"}
_PRESSURE = re.compile(r"(?P<low>[1-5])(?:\s?[-–]\s?(?P<high>[1-5]))?(?:\s?/\s?5)?(?![\d/])")
_LONGEST_LEAD = 4


def read(line: str, own: Mapping[str, str] = NO_OWN) -> Reading:
    """What a line says. `own`: the user's abbreviations, which go before ours. Never raises."""
    lexicon = lexicon_with(own)
    clauses = tuple(_shifted(_clause(line[start:end], lexicon), start) for start, end in _split(line))
    tokens = tuple(sorted((token for one in clauses for token in one.tokens), key=lambda token: token.start))
    unread = tuple(
        Unread(token.start, token.end, line[token.start : token.end]) for token in tokens if token.kind is Kind.UNREAD
    )
    return Reading(
        line,
        clauses,
        tokens,
        merged(mark for one in clauses for mark in one.marks),
        merged(mark for one in clauses for mark in one.pending),
        tuple(ask for one in clauses for ask in one.asks),
        unread,
    )


def merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """One mark for each place; what was said later is added to what was said before."""
    found: dict[Place, Mark] = {}
    for mark in marks:
        known = found.get(mark.place)
        found[mark.place] = known.merged(mark) if known else mark
    return tuple(found.values())


def _split(line: str) -> list[tuple[int, int]]:
    """The clauses: parted by semicolons and line ends, but not inside quotes. Blank ones are left out."""
    found: list[tuple[int, int]] = []
    start = 0
    for part in _PARTS.finditer(line):
        if part.group() in ";\n":
            found.append((start, part.start()))
            start = part.end()
    found.append((start, len(line)))
    return [(a, b) for a, b in ((_skip(line, a, b), b) for a, b in found) if a < b]


def _skip(line: str, start: int, end: int) -> int:
    while start < end and line[start].isspace():
        start += 1
    return start


@lru_cache(maxsize=64)
def _clause(line: str, lexicon: Lexicon) -> Clause:
    """One clause by itself. Kept, since a key press changes one clause and leaves the others."""
    start, end = 0, len(line)
    quote = QUOTES.match(line, start, end)
    if quote and not line[quote.end() : end].strip():
        words = Words(quote.group(), quote.group())
        token = Token(start, quote.end(), Kind.QUOTE)
        return Clause(start, end, said=words, expanded=quote.group(), tokens=(token,))
    if lead := _lead(line, start, end):
        kind, stays, after = lead
        if kind == "position":
            return _with_lead(_body(line, after, end, lexicon), start, after)
        if kind == "pressure":
            return _pressure(line, start, after, end)
        return _text(line, start, after, end, kind, stays, lexicon)
    if FREQUENCY.match(line, start, end) or INTERVAL.match(line, start, end):
        return _plan(line, start, start, end, "plan", lexicon, ())
    return _body(line, start, end, lexicon)


def _shifted(clause: Clause, by: int) -> Clause:
    """The clause where it stands in the line."""
    if not by:
        return clause
    tokens = tuple([Token(one.start + by, one.end + by, one.kind, one.meaning) for one in clause.tokens])
    asks = tuple([Ask(one.start + by, one.end + by, one.text, one.candidates) for one in clause.asks])
    return replace(clause, start=clause.start + by, end=clause.end + by, tokens=tokens, asks=asks)


def _lead(line: str, start: int, end: int) -> tuple[str, str, int] | None:
    """The word that says what a clause is about: its kind, what stays of it, and where it ends."""
    ends: list[int] = []
    for word in re.finditer(r"\S+", line[start:end]):
        ends.append(start + word.end())
        if len(ends) == _LONGEST_LEAD:
            break
    for stop in reversed(ends):
        typed = line[start:stop]
        for found in (fold(typed), fold(typed.rstrip(":,"))):
            if known := leads().get(found):
                return *known, stop
        if ":" in typed:
            head = typed.index(":") + 1
            for found in (fold(typed[:head]), fold(typed[: head - 1])):
                if known := leads().get(found):
                    return *known, start + head
    return None


def _with_lead(clause: Clause, start: int, after: int) -> Clause:
    return replace(clause, start=start, tokens=(Token(start, after, Kind.LEAD), *clause.tokens))


def _text(line: str, start: int, after: int, end: int, kind: str, stays: str, lexicon: Lexicon) -> Clause:
    """A clause that is text: home care, response, plan, what the client said."""
    begin = _skip(line, start if stays == "=" else after, end)
    lead = () if stays == "=" else (Token(start, after, Kind.LEAD),)
    if kind in ("plan", "next"):
        return _plan(line, start, begin, end, kind, lexicon, lead)
    if stays not in ("", "="):
        begin = after - len(stays)
        lead = (Token(start, begin, Kind.LEAD),) if line[start:begin].strip() else ()
    context = "home" if kind == "home" else "text"
    found = expand(line, begin, end, lexicon, context)
    clause = Clause(
        start, end, expanded=found.words.expanded, tokens=(*_trimmed(line, lead), *found.tokens), asks=found.asks
    )
    return replace(clause, **{kind: found.words}) if found.words.typed else clause


def _trimmed(line: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    return tuple(
        Token(one.start, one.start + len(line[one.start : one.end].rstrip()), one.kind, one.meaning) for one in tokens
    )


def _plan(line: str, start: int, begin: int, end: int, kind: str, lexicon: Lexicon, lead: tuple[Token, ...]) -> Clause:
    """A plan: an interval or a frequency at either end, and text about what comes next."""
    tokens = list(lead)
    interval, frequency = None, None
    head = re.compile(r"(?:RTC|f/u|follow[ -]?up|rebook|return)\s+", re.IGNORECASE).match(line, begin, end)
    at = head.end() if head else begin
    if found := FREQUENCY.match(line, at, end):
        frequency = Words(found.group(), _frequency(found.group()))
    elif found := INTERVAL.match(line, at, end):
        interval = _interval(found)
    if found:
        tokens.append(Token(begin, found.end(), Kind.TIME, interval.named if interval else ""))
        begin = _skip(line, found.end(), end)
        begin = _skip(line, begin + 1, end) if begin < end and line[begin] in ",:" else begin
    else:
        last = re.compile(rf"[\s,]({INTERVAL.pattern})\s*$", re.IGNORECASE).search(line, begin, end)
        if last and last.end() == end and (found := INTERVAL.match(line, last.start(1), end)):
            interval = _interval(found)
            tokens.append(Token(found.start(), found.end(), Kind.TIME, interval.named))
            end_of_text = last.start()
            return _planned(line, start, begin, end_of_text, kind, lexicon, tokens, interval, frequency, end)
    return _planned(line, start, begin, end, kind, lexicon, tokens, interval, frequency, end)


def _planned(
    line: str, start: int, begin: int, stop: int, kind: str, lexicon: Lexicon, tokens: list[Token],
    interval: Interval | None, frequency: Words | None, end: int,
) -> Clause:  # fmt: skip
    if (lead := _lead(line, begin, stop)) and begin > start and lead[0] == "next":
        kind = "next"
        if lead[1] == "":
            tokens.append(Token(begin, lead[2], Kind.LEAD))
            begin = lead[2]
    found = expand(line, begin, stop, lexicon, "plan")
    clause = Clause(
        start,
        end,
        interval=interval,
        frequency=frequency,
        expanded=found.words.expanded,
        tokens=(*_trimmed(line, tuple(tokens)), *found.tokens),
        asks=found.asks,
    )
    return replace(clause, **{kind: found.words}) if found.words.typed else clause


def _interval(found: re.Match[str]) -> Interval:
    return Interval(int(found["count"]), _UNITS[found["unit"][0].casefold()])


def _frequency(typed: str) -> str:
    """A frequency in full words, as far as it is plain: "2x/wk x 4" is left open where charts leave it open."""
    text = re.sub(r"\bx\s?(\d+)\s?/\s?(\d+)\s?w(?:ee)?k?s?\b", r"\1 visits in \2 weeks", typed, flags=re.IGNORECASE)
    text = re.sub(r"(\d+)\s?x\s?/\s?w(?:ee)?k?s?\b", r"\1 times a week", text, flags=re.IGNORECASE)
    text = re.sub(r"(\d+)\s?x\s?/\s?mo(?:nth)?s?\b", r"\1 times a month", text, flags=re.IGNORECASE)
    text = re.sub(r"\bq\s?(\d[\d-]*)\s?w(?:ee)?k?s?\b", r"every \1 weeks", text, flags=re.IGNORECASE)
    text = re.sub(r"(\d)\s?wks?\b", r"\1 weeks", text, flags=re.IGNORECASE)
    return re.sub(r"\b1 times\b", "once", text)


def _pressure(line: str, start: int, after: int, end: int) -> Clause:
    begin = _skip(line, after, end)
    text = line[begin:end].rstrip()
    lead = Token(start, after, Kind.LEAD)
    found = _PRESSURE.match(line, begin, end)
    word = pressures().get(fold(text))
    if found and found.end() == begin + len(text):
        low = int(found["low"])
        high = int(found["high"] or low)
        pressure = (min(low, high), max(low, high))
    elif word:
        pressure = (word, word)
    else:
        unread = (Token(begin, begin + len(text), Kind.UNREAD),) if text else ()
        rest = (Words(text, text),) if text else ()
        return Clause(start, end, rest=rest, expanded=text, tokens=(lead, *unread))
    token = Token(begin, begin + len(text), Kind.PRESSURE, f"pressure {pressure[0]} of 5")
    return Clause(start, end, pressure=pressure, expanded=f"pressure {text}", tokens=(lead, token))


def _body(line: str, start: int, end: int, lexicon: Lexicon) -> Clause:
    found = BodyClause(scan(line, start, end, lexicon), line).read()
    quotes = tuple(
        Words(line[item.start : item.end], line[item.start : item.end])
        for item in found.leftover
        if item.kind is Kind.QUOTE
    )
    rest = tuple(
        Words(line[item.start : item.end], item.entry.meaning if item.entry and item.entry.meaning else line[item.start : item.end])
        for item in sorted(found.leftover, key=lambda item: item.start)
        if item.kind is not Kind.QUOTE
    )
    unread = frozenset(token.start for token in found.tokens if token.kind is Kind.UNREAD)
    return Clause(
        start,
        end,
        marks=tuple(mark for mark in found.marks if not mark.place.target.startswith(UNKNOWN_PLACE)),
        pending=tuple(mark for mark in found.marks if mark.place.target.startswith(UNKNOWN_PLACE)),
        works=tuple(found.works),
        positions=tuple(found.positions),
        found=tuple(found.prefix),
        pain=found.pain,
        quotes=quotes,
        rest=rest,
        expanded=expand(line, start, end, lexicon, "body", unread).words.expanded if rest or found.asks else "",
        tokens=tuple(found.tokens),
        asks=tuple(found.asks),
    )
