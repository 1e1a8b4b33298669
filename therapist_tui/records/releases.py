"""What left the practice: written down before it leaves, and never changed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

from sqlmodel import Session, col, or_, select

from therapist_tui.domain.errors import PracticeError
from therapist_tui.domain.release import Release, ReleaseDraft

from .merging import cards_of
from .rows import columns_of, to_value
from .tables import ClientRow, ConsentRow, ReleaseRow
from .unit import Store, Unit, new_id, refuse

NOT_WRITTEN = "NOT WRITTEN: "
"""Begins the line that takes back the one before it: the file could not be put in its place."""


class Releases:
    """The log of every export."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, client_id: UUID | None) -> tuple[Release, ...]:
        """What was given out about a client, newest first; of the whole practice for None."""
        with self._store.reading() as session:
            return released(session, client_id)

    def all(self, limit: int = 500) -> tuple[Release, ...]:
        """Everything that was given out, newest first."""
        query = select(ReleaseRow).order_by(col(ReleaseRow.released_at).desc(), col(ReleaseRow.id).desc())
        with self._store.reading() as session:
            return tuple(to_value(row, Release) for row in session.exec(query.limit(limit)))

    def add(self, draft: ReleaseDraft, digest: str, place: Callable[[], object]) -> Release:
        """Write a release down, then let the prepared file have its name by `place`; raises Invalid, RecordNotFound.

        The line comes first: a crash in between leaves a line without its file, never a file without its line. When
        `place` fails, a second line says that nothing was written, and its error is raised.
        """
        clean = draft.cleaned()
        refuse(clean.problems())
        with self._store.unit() as unit:
            release = _write_down(unit, clean, digest)
            unit.audit("release.added", "release", release.id)
        try:
            place()
        except BaseException:
            with suppress(PracticeError):  # what went wrong first is what is told
                self._not_written(clean, digest)
            raise
        return release

    def _not_written(self, draft: ReleaseDraft, digest: str) -> None:
        with self._store.unit() as unit:
            release = _write_down(unit, replace(draft, what=NOT_WRITTEN + draft.what), digest)
            unit.audit("release.not-written", "release", release.id)


def released(session: Session, client_id: UUID | None, *, with_practice: bool = False) -> tuple[Release, ...]:
    """What was given out about a client, newest first; `with_practice` also what was of everybody (client None)."""
    of_all = col(ReleaseRow.client_id).is_(None)
    mine = col(ReleaseRow.client_id).in_(cards_of(session, [client_id])) if client_id else of_all
    query = select(ReleaseRow).where(or_(mine, of_all) if with_practice else mine)
    rows = session.exec(query.order_by(col(ReleaseRow.released_at).desc(), col(ReleaseRow.id).desc()))
    return tuple(to_value(row, Release) for row in rows)


def _write_down(unit: Unit, draft: ReleaseDraft, digest: str) -> Release:
    if draft.client_id:
        unit.get(ClientRow, draft.client_id)
    if draft.consent_id:
        unit.get(ConsentRow, draft.consent_id)
    release = Release(
        new_id(),
        draft.client_id,
        draft.what,
        draft.to_whom,
        draft.why,
        unit.now,
        unit.who,
        digest,
        draft.consent_id,
    )
    unit.add(ReleaseRow(**columns_of(release)))
    return release
