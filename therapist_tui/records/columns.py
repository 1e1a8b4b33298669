"""Column types of the tables: moments in UTC, words of an enumeration, short lists, techniques with minutes."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect, ForeignKey, Text, Uuid
from sqlalchemy import Enum as EnumType
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from therapist_tui.domain.carrying import Carried
from therapist_tui.domain.measurement import Rating
from therapist_tui.domain.treatments import Treatment


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as UTC and given back as aware UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC without a zone, as the column holds it; a moment without a zone is a bug and refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Words(TypeDecorator[tuple[str, ...]]):
    """A short list of words."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> list[str]:
        """As a JSON list."""
        return list(value or ())

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """As a tuple, which cannot be changed by accident."""
        return tuple(value or ())


class Days(TypeDecorator[tuple[date, ...]]):
    """A short list of dates."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[date] | None, dialect: Dialect) -> list[str]:
        """As a JSON list of ISO dates."""
        return [day.isoformat() for day in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[date, ...]:
        """As a tuple of dates."""
        return tuple(date.fromisoformat(day) for day in value or ())


class Treatments(TypeDecorator[tuple[Treatment, ...]]):
    """The techniques of a note, each with its minutes or none."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Treatment] | None, dialect: Dialect) -> list[list[str | int | None]]:
        """As JSON pairs."""
        return [[one.technique, one.minutes] for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Treatment, ...]:
        """As the domain's treatments."""
        return tuple(Treatment(technique, minutes) for technique, minutes in value or ())


class CarriedLines(TypeDecorator[tuple[Carried, ...]]):
    """The lines of a note that were carried from the last one."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Carried] | None, dialect: Dialect) -> list[list[str | bool]]:
        """As JSON triples."""
        return [[one.section, one.text, one.confirmed] for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Carried, ...]:
        """As the domain's carried lines."""
        return tuple(Carried(section, text, confirmed) for section, text, confirmed in value or ())


class Ratings(TypeDecorator[tuple[Rating, ...]]):
    """The rated activities of a measurement, each with its value or none."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Rating] | None, dialect: Dialect) -> list[list[str | float | None]]:
        """As JSON pairs."""
        return [[one.activity, one.value] for one in value or ()]

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Rating, ...]:
        """As the domain's ratings."""
        return tuple(Rating(activity, rating) for activity, rating in value or ())


def word(kind: type[Enum], *, nullable: bool = False, default: Any = ...) -> Any:
    """A column that holds one value of an enumeration, checked by the database too."""
    length = max(24, *(len(str(member.value)) for member in kind))
    column_type = EnumType(
        kind,
        values_callable=_values,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        length=length,
    )
    return Field(default=default, sa_column=Column(column_type, nullable=nullable))


def _values(members: Iterable[Enum]) -> list[str]:
    return [member.value for member in members]


def key() -> Any:
    """The primary key: a UUIDv7, which sorts by the time of its making."""
    return Field(sa_column=Column(Uuid(), primary_key=True))


def link(target: str, *, unique: bool = False, index: bool = True) -> Any:
    """A reference to a row of another table, which cannot go while this one stands."""
    return Field(
        sa_column=Column(
            Uuid(), ForeignKey(target, ondelete="RESTRICT"), nullable=False, unique=unique, index=index and not unique
        )
    )


def maybe_link(target: str) -> Any:
    """A reference to a row of another table, or none."""
    return Field(
        default=None, sa_column=Column(Uuid(), ForeignKey(target, ondelete="RESTRICT"), nullable=True, index=True)
    )


def words() -> Any:
    """A short list of words, empty when there is none."""
    return Field(default=(), sa_column=Column(Words(), nullable=False))


def moment() -> Any:
    """A moment that is always known."""
    return Field(sa_column=Column(Moment(), nullable=False))


def maybe_moment() -> Any:
    """A moment that may not have come."""
    return Field(default=None, sa_column=Column(Moment(), nullable=True))


def written(default: str | None = "") -> Any:
    """A text, empty when there is none."""
    return Field(default=... if default is None else default, sa_column=Column(Text(), nullable=False))
