"""Clauses that begin with a word for their section: text, plan, pressure."""

import re
from dataclasses import replace

from .lexicon import Lexicon, fold, leads, pressures
from .numbers import FREQUENCY, INTERVAL
from .texts import expand
from .values import Clause, Interval, Kind, Token, Words

_UNITS = {"d": "day", "w": "week", "m": "month"}
_PRESSURE = re.compile(r"(?P<low>[1-5])(?:\s?[-–]\s?(?P<high>[1-5]))?(?:\s?/\s?5)?(?![\d/])")
_SPAN = re.compile(r"\s?[-–/]\s?|\sto\s")
_LONGEST_LEAD = 4


def skip(line: str, start: int, end: int) -> int:
    """The first place from `start` that is no white space."""
    while start < end and line[start].isspace():
        start += 1
    return start


def lead_of(line: str, start: int, end: int) -> tuple[str, str, int] | None:
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


def text_clause(line: str, start: int, after: int, end: int, kind: str, stays: str, lexicon: Lexicon) -> Clause:
    """A clause that is text: home care, response, plan, what the client said."""
    begin = skip(line, start if stays == "=" else after, end)
    lead = () if stays == "=" else (Token(start, after, Kind.LEAD),)
    if kind in ("plan", "next"):
        return plan_clause(line, start, begin, end, kind, lexicon, lead)
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


def plan_clause(
    line: str, start: int, begin: int, end: int, kind: str, lexicon: Lexicon, lead: tuple[Token, ...]
) -> Clause:
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
        begin = skip(line, found.end(), end)
        begin = skip(line, begin + 1, end) if begin < end and line[begin] in ",:" else begin
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
    if (lead := lead_of(line, begin, stop)) and begin > start and lead[0] == "next":
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


def pressure_clause(line: str, start: int, after: int, end: int) -> Clause:
    """Pressure as a number from 1 to 5, a span of two, or a word."""
    begin = skip(line, after, end)
    text = line[begin:end].rstrip()
    lead = Token(start, after, Kind.LEAD)
    found = _PRESSURE.match(line, begin, end)
    values = [pressures().get(fold(word.strip())) for word in _SPAN.split(text)] if len(text) > 1 else []
    words = [value for value in (values or [pressures().get(fold(text))]) if value]
    if found and found.end() == begin + len(text):
        low = int(found["low"])
        high = int(found["high"] or low)
        pressure = (min(low, high), max(low, high))
    elif words and len(words) == max(1, len(values)) <= 2:
        pressure = (min(words), max(words))
    else:
        unread = (Token(begin, begin + len(text), Kind.UNREAD),) if text else ()
        rest = (Words(text, text),) if text else ()
        return Clause(start, end, rest=rest, expanded=text, tokens=(lead, *unread))
    token = Token(begin, begin + len(text), Kind.PRESSURE, f"pressure {pressure[0]} of 5")
    return Clause(start, end, pressure=pressure, expanded=f"pressure {text}", tokens=(lead, token))
