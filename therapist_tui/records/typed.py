"""What SQLModel leaves without a type, given one in one place: the table of a row, and rows of columns."""

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Table
from sqlmodel import Session, SQLModel


def table_of(kind: type[SQLModel]) -> Table:
    """The table that holds a kind of row: for statements on its columns, which make no objects, and for its name."""
    table: Table = getattr(kind, "__table__")  # noqa: B009 - every row has one, SQLModel itself knows none
    return table


def rows_of(session: Session, query: Any) -> Iterable[Any]:
    """What a query gives whose columns or table are only known when it runs."""
    return cast("Iterable[Any]", session.exec(query))
