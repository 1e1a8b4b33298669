"""Values of the domain as plain JSON and back, by their types: exact, strict, and the same text for the same value."""

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints
from uuid import UUID
from zoneinfo import ZoneInfo

T = TypeVar("T")


class Unreadable(ValueError):
    """What stands there is no such value; the text says what and where, by the names of fields only."""


def to_text(value: Any, past: Callable[[Iterable[Any]], Iterable[Any]] = iter) -> str:
    """JSON of a value, or of a tuple of values one a line: readable, and stable to the byte.

    `past` may count the values on their way.
    """
    if isinstance(value, tuple):
        items = cast("tuple[Any, ...]", value)
        return "[\n" + ",\n".join(_dump(plain(one)) for one in past(items)) + "\n]\n" if items else "[]\n"
    return _dump(plain(value)) + "\n"


def from_text(text: str, kind: Any) -> Any:
    """The value of that type; raises Unreadable for anything that is not exactly one."""
    try:
        raw = json.loads(text, object_pairs_hook=_no_key_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable("it is no JSON" if not isinstance(error, Unreadable) else str(error)) from error
    return read(raw, kind)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def plain(value: Any) -> Any:
    """The value as JSON has it."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, tuple):
        return [plain(one) for one in cast("tuple[Any, ...]", value)]
    return value


def read(raw: Any, kind: Any, where: str = "") -> Any:
    """The value of type `kind` that JSON has as `raw`; raises Unreadable."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _read_optional(raw, kind, where)
    if origin is tuple:
        return _read_tuple(raw, get_args(kind), where)
    if origin in (Mapping, dict):
        return _read_open(raw, where) if isinstance(raw, dict) else _refuse(where, "record")
    if is_dataclass(kind):
        return _read_value(raw, cast("type[Any]", kind), where)
    return _read_single(raw, kind, where)


def _read_optional(raw: Any, kind: Any, where: str) -> Any:
    if raw is None and NoneType in get_args(kind):
        return None
    (one,) = (part for part in get_args(kind) if part is not NoneType)
    return read(raw, one, where)


def _read_tuple(raw: Any, parts: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    if not isinstance(raw, list):
        raise Unreadable(f"{where} is no list")
    items = cast("list[Any]", raw)
    if len(parts) == 2 and parts[1] is Ellipsis:
        return tuple(read(one, parts[0], f"{where}[{at}]") for at, one in enumerate(items))
    if len(items) != len(parts):
        raise Unreadable(f"{where} has not {len(parts)} parts")
    return tuple(read(one, part, where) for one, part in zip(items, parts, strict=True))


def _read_open(raw: Any, where: str) -> Any:
    """What is kept as JSON without a type of its own: any of it, as long as it can be stored."""
    if isinstance(raw, dict):
        return {_read_open(name, where): _read_open(one, where) for name, one in cast("dict[Any, Any]", raw).items()}
    if isinstance(raw, list):
        return [_read_open(one, where) for one in cast("list[Any]", raw)]
    return _read_single(raw, str, where) if isinstance(raw, str) else raw


def _refuse(where: str, what: str) -> Any:
    raise Unreadable(f"{where} is no {what}")


@cache
def _types_of(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _read_value(raw: Any, kind: type[Any], where: str) -> Any:
    if not isinstance(raw, dict):
        raise Unreadable(f"{where} is no record")
    given, types = cast("dict[str, Any]", raw), _types_of(kind)
    names = [one.name for one in fields(kind)]
    if unknown := sorted(given.keys() - set(names)):
        raise Unreadable(f"{where} has an unknown field “{unknown[0][:40]}”")
    missing = [one.name for one in fields(kind) if one.name not in given]
    if missing:
        raise Unreadable(f"{where} has no field “{missing[0]}”")
    return kind(**{name: read(given[name], types[name], f"{where}.{name}".lstrip(".")) for name in names})


def _read_single(raw: Any, kind: Any, where: str) -> Any:
    try:
        if kind is str:
            return _text(raw)
        if kind is bool or kind is int:
            return raw if type(raw) is kind else _fail()
        if kind is float:
            return float(raw) if type(raw) in (int, float) and math.isfinite(raw) else _fail()
        text = _text(raw)
        if kind is datetime:
            moment = datetime.fromisoformat(text)
            return moment if moment.tzinfo else _fail()
        if kind is time:
            return time.fromisoformat(text)
        if kind is date:
            return date.fromisoformat(text) if len(text) == 10 else _fail()
        return kind(text)  # UUID, ZoneInfo, an Enum
    except (ValueError, LookupError, OSError, OverflowError, TypeError) as error:
        raise Unreadable(f"{where} is no {getattr(kind, '__name__', 'value').lower()}") from error


def _text(raw: Any) -> str:
    """Text that can be stored: half characters (a lone surrogate) and NUL cannot."""
    if not isinstance(raw, str) or "\x00" in raw:
        raise ValueError
    raw.encode()
    return raw


def _fail() -> Any:
    raise ValueError


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("a field stands there twice")
    return found


def _no_constant(_: str) -> Any:
    raise Unreadable("it holds a number that is none")
