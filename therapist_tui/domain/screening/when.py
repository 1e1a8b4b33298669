"""Points in time as people write them: “6 wks ago”, “since Friday”, “in 2015”, “3/14/2024”, “as a kid”."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple": 2, "couple of": 2, "a couple": 2, "a couple of": 2,
    "few": 3, "a few": 3, "several": 4, "half a": 0.5,
}  # fmt: skip
_UNITS = {"h": 1 / 24, "d": 1.0, "n": 1.0, "w": 7.0, "m": 30.44, "y": 365.25}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AMOUNT = (
    r"(?P<n>\d+(?:\.\d+)?|(?:a )?couple(?: of)?|(?:a )?few|several|half a|an?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve)"
)
_UNIT = r"(?P<u>h(?:ou)?rs?|days?|d|nights?|w(?:ee)?ks?|mon?ths?|mos?|mths?|y(?:ea)?rs?|y)\b\.?"
_MONTH_NAME = r"(?P<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        (
            rf"(?:about |approx\.? |over |almost |nearly |~|x ?)?\b{_AMOUNT}[ -]?{_UNIT}\s*(?:ago|back|post|out\b|"
            rf"s/p|after|old\b|since|earlier|prior|pp\b|postpartum|in\b)"
        ),
        rf"\b(?:for|x|past|last|over)(?: the)?(?: past| last)? ?{_AMOUNT}\s*{_UNIT}",
        rf"\b(?P<md>{_MONTH_NAME})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y>(?:19|20)\d\d))?\b",
        rf"\b{_MONTH_NAME.replace('?P<m>', '?P<m2>')}\s+(?P<y2>(?:19|20)\d\d)\b",
        r"\b(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b",
        r"\b(?P<us>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))\b",
        r"\b(?P<my>\d{1,2}/(?:19|20)\d\d)\b",
        (
            r"(?:on|since|infusion|dose|surgery|dated|from|inj|injection|shot|last|placed|"
            r"done)\s+(?P<us2>\d{1,2}/\d{1,2})\b(?!/)"
        ),
        r"\b(?P<year>(?:19[3-9]|20[0-4])\d)\b(?!\s*(?:mg|mcg|units|iu))",
        (
            r"\bsince (?:last )?(?P<sm>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|\bin "
            r"(?P<sm2>january|february|march|april|may|june|july|august|september|october|november|december|jan|"
            r"feb|mar|apr|jun|jul|aug|sept|oct|nov|dec)\b(?! \d)"
        ),
        (
            r"\b(?:since|last|on|this past)\s+(?P<wd>mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|sday|"
            r"nesday|rsday|urday)?\b"
        ),
        (
            r"\b(?P<word>day before yesterday|yesterday|yest|last night|last nite|this morning|this afternoon|"
            r"today|tonight|last week|last month|last year|this week|just now|earlier this week|over the weekend|"
            r"at the weekend|this weekend|last weekend|this month|last spring|last summer|last fall|last winter|"
            r"last autumn|this summer|this spring|this year|weeks ago|months ago|days ago|a while back|last wk)\b"
        ),
        (
            r"\b(?P<old>as a (?:kid|child|teen|teenager|baby|toddler|boy|girl|youngster)|in childhood|childhood|"
            r"in (?:high school|college|grade school|the army|my (?:20s|30s|twenties|thirties|teens|youth))|years "
            r"ago|yrs ago|many years ago|decades ago|long ago|a long time ago|ages ago|when (?:i was )?(?:little|"
            r"young|a kid|a child|younger|small)|at age \d+|back in the (?:70s|80s|90s)|in the (?:70s|80s|90s))\b"
        ),
        r"\bPOD ?#?(?P<pod>\d{1,3})\b",
    )
)
_WORDS = {
    "day before yesterday": 2,
    "yesterday": 1,
    "yest": 1,
    "last night": 1,
    "last nite": 1,
    "this morning": 0,
    "this afternoon": 0,
    "today": 0,
    "tonight": 0,
    "just now": 0,
    "last week": 7,
    "last wk": 7,
    "last month": 30,
    "last year": 365,
    "this week": 3,
    "earlier this week": 3,
    "over the weekend": 3,
    "at the weekend": 3,
    "this weekend": 2,
    "last weekend": 5,
    "this month": 14,
    "last spring": 220,
    "last summer": 120,
    "last fall": 60,
    "last autumn": 60,
    "last winter": 300,
    "this summer": 120,
    "this spring": 200,
    "this year": 150,
    "weeks ago": 21,
    "months ago": 90,
    "days ago": 4,
    "a while back": 120,
}
_LONG_AGO = 12 * 365


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time read at `start` to `end` of a text; `lasting` when it says how long something goes on."""

    start: int
    end: int
    day: date
    lasting: bool = False


def moments(text: str, today: date) -> list[Moment]:
    """The points in time a text names, in order, none later than today."""
    found: dict[int, Moment] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            day = _day(match.groupdict(), today)
            if day is not None and day <= today and not any(m.start <= match.start() < m.end for m in found.values()):
                lasting = bool(re.match(r"(?:for|x|past|last|over)\b", match.group(), re.IGNORECASE))
                lasting = (lasting and bool(match.groupdict().get("u"))) or match.group().lower().startswith("since")
                found[match.start()] = Moment(match.start(), match.end(), day, lasting)
    return [found[start] for start in sorted(found)]


def _day(got: dict[str, str | None], today: date) -> date | None:
    for name, read in _READERS.items():
        value = got.get(name)
        if value is not None:
            try:
                return read(value.lower(), got, today)
            except (ValueError, OverflowError):
                return None
    return None


def _ago(value: str, got: dict[str, str | None], today: date) -> date | None:
    amount = _NUMBERS.get(value) or float(value)
    unit = (got.get("u") or "d").lower()[0]
    return today - timedelta(days=amount * _UNITS[unit])


def _month_day(_value: str, got: dict[str, str | None], today: date) -> date | None:
    month, year = _MONTHS.index((got["m"] or "").lower()[:3]) + 1, got.get("y")
    return _latest(today, month, int(got["d"] or 1), int(year) if year else None)


def _latest(today: date, month: int, day: int, year: int | None) -> date | None:
    if year is not None:
        return date(year, month, day)
    guess = date(today.year, month, day)
    return guess if guess <= today else date(today.year - 1, month, day)


def _us(value: str, _got: dict[str, str | None], today: date) -> date | None:
    parts = [int(part) for part in value.split("/")]
    year = None if len(parts) < 3 else parts[2] + (2000 if parts[2] < 100 else 0)
    month, day = (parts[0], parts[1]) if parts[0] <= 12 else (parts[1], parts[0])
    return _latest(today, month, day, year)


def _month_year(value: str, _got: dict[str, str | None], _today: date) -> date | None:
    month, year = value.split("/")
    return date(int(year), int(month), 1)


def _weekday(value: str, _got: dict[str, str | None], today: date) -> date | None:
    back = (today.weekday() - _DAYS.index(value[:3])) % 7
    return today - timedelta(days=back or 7)


def _month_of_year(value: str, got: dict[str, str | None], _today: date) -> date | None:
    return date(int(got["y2"] or 0), _MONTHS.index(value[:3]) + 1, 1)


def _iso(value: str, _got: dict[str, str | None], _today: date) -> date | None:
    return date.fromisoformat(value)


def _year(value: str, _got: dict[str, str | None], today: date) -> date | None:
    return min(date(int(value), 7, 1), today) if int(value) <= today.year else None


def _month(value: str, _got: dict[str, str | None], today: date) -> date | None:
    return _latest(today, _MONTHS.index(value[:3]) + 1, 1, None)


def _word(value: str, _got: dict[str, str | None], today: date) -> date | None:
    return today - timedelta(days=_WORDS[value])


def _old(_value: str, _got: dict[str, str | None], today: date) -> date | None:
    return today - timedelta(days=_LONG_AGO)


def _post_op(value: str, _got: dict[str, str | None], today: date) -> date | None:
    return today - timedelta(days=int(value))


_READERS: dict[str, Callable[[str, dict[str, str | None], date], date | None]] = {
    "md": _month_day,
    "n": _ago,
    "m2": _month_of_year,
    "iso": _iso,
    "us": _us,
    "us2": _us,
    "my": _month_year,
    "year": _year,
    "sm": _month,
    "sm2": _month,
    "wd": _weekday,
    "word": _word,
    "old": _old,
    "pod": _post_op,
}


def gestation_weeks(text: str) -> Iterator[tuple[int, int, int]]:
    """Weeks of pregnancy named in a text, with the span they stand in."""
    for match in _GESTATION.finditer(text):
        weeks = match.group("w") or match.group("w2") or match.group("w3")
        months = match.group("mo")
        yield (int(weeks) if weeks else int(float(months) * 4.345), match.start(), match.end())


_GESTATION = re.compile(
    r"\b(?P<w>\d{1,2})\s*(?:w(?:ee)?ks?|w)\.?\s*(?:\+?\d\s*d?\s*)?(?:pregnant|preg|gestation|gravid|along|"
    r"into (?:my|her|the) pregnancy|IUP)"
    r"|(?:pregnant|preg|gestation)\w*[,:]?\s*(?:at|now|with twins,?|~|about)?\s*(?P<w2>\d{1,2})\s*(?:w(?:ee)?ks?|w)\b"
    r"|\b(?P<mo>\d(?:\.5)?)\s*(?:months?|mos?)\s*(?:pregnant|preg|along)|\bG\d+P\d+\D{0,12}(?P<w3>\d{1,2})\s*w",
    re.IGNORECASE,
)
