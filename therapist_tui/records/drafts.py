"""Drafts of forms: kept while they are typed, so that a crash loses nothing. Not audited."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, update

from therapist_tui.domain.draft import Draft

from .tables import FormDraftRow
from .typed import table_of
from .unit import Store

_DRAFTS = table_of(FormDraftRow)


class Drafts:
    """What stands typed in forms."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, form: str, about: str, fields: Mapping[str, str]) -> Draft:
        """Keep the fields of a form as they stand; `about` is the record's id, or "" for a new one."""
        typed = {name: _storable(value) for name, value in fields.items()}
        with self._store.quiet() as unit:
            connection = unit.session.connection()
            values = {"fields_typed": typed, "saved_at": unit.now}
            changed = connection.execute(update(_DRAFTS).where(*_is(form, about)).values(**values))
            if not changed.rowcount:
                connection.execute(insert(_DRAFTS).values(form=form, about=about, **values))
            return Draft(form, about, typed, unit.now)

    def get(self, form: str, about: str) -> Draft | None:
        """The draft of a form, if there is one."""
        with self._store.reading() as session:
            row = session.get(FormDraftRow, (form, about))
            return Draft(form, about, row.fields_typed, row.saved_at) if row else None

    def drop(self, form: str, about: str) -> None:
        """The form was saved, or given up: its draft is not needed any more."""
        with self._store.quiet() as unit:
            unit.session.connection().execute(delete(_DRAFTS).where(*_is(form, about)))


def _is(form: str, about: str) -> tuple[Any, Any]:
    return _DRAFTS.c.form == form, _DRAFTS.c.about == about


def _storable(text: str) -> str:
    """As typed; a lone surrogate (half a character from a broken paste) cannot be written as UTF-8."""
    return text.encode("utf-8", "replace").decode()
