"""Referrals, with the visits they have covered so far."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import inspect
from sqlmodel import Session, col, select

from therapist_tui.domain.appointment import Status
from therapist_tui.domain.referral import Referral, ReferralDraft
from therapist_tui.domain.when import at

from .rows import columns_of, fill
from .tables import AppointmentRow, ClientRow, ReferralRow
from .unit import Store, new_id, refuse


class Referrals:
    """Who sent the clients."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def of(self, client_id: UUID) -> tuple[Referral, ...]:
        """A client's referrals, newest first."""
        with self._store.reading() as session:
            visits = visits_of(session, [client_id])
            return referrals_of(session, [client_id], visits, self._store.zone).get(client_id, ())

    def add(self, client_id: UUID, draft: ReferralDraft) -> Referral:
        """A new referral; raises Invalid, RecordNotFound."""
        clean = _checked(draft)
        with self._store.unit() as unit:
            unit.get(ClientRow, client_id)
            row = unit.add(ReferralRow(id=new_id(), client_id=client_id, **columns_of(clean)))
            unit.audit("referral.added", "referral", row.id)
            return self._with_visits(unit.session, row)

    def change(self, referral_id: UUID, draft: ReferralDraft) -> Referral:
        """Write a referral anew; raises Invalid, RecordNotFound."""
        clean = _checked(draft)
        with self._store.unit() as unit:
            row = unit.get(ReferralRow, referral_id)
            fill(row, clean)
            unit.audit("referral.changed", "referral", referral_id)
            return self._with_visits(unit.session, row)

    def _with_visits(self, session: Session, row: ReferralRow) -> Referral:
        visits = visits_of(session, [row.client_id]).get(row.client_id, ())
        return to_referral(row, visits, self._store.zone)


def visits_of(session: Session, client_ids: Iterable[UUID]) -> dict[UUID, list[datetime]]:
    """When each client's sessions that took place began, oldest first."""
    query = select(AppointmentRow.client_id, AppointmentRow.starts_at).where(
        col(AppointmentRow.client_id).in_(client_ids), AppointmentRow.status == Status.DONE
    )
    found: dict[UUID, list[datetime]] = {}
    for client_id, starts_at in session.exec(query.order_by(col(AppointmentRow.starts_at))):
        found.setdefault(client_id, []).append(starts_at)
    return found


def visits_since(visits: Sequence[datetime], day: date | None, zone: ZoneInfo) -> int:
    """How many of the visits were on that day or later; all of them when there is no day."""
    return len(visits_from(visits, day, zone))


def visits_from(visits: Sequence[datetime], day: date | None, zone: ZoneInfo) -> Sequence[datetime]:
    """The visits on that day or later; all of them when there is no day."""
    if day is None:
        return visits
    begin = at(day, time(0), zone)
    return [visit for visit in visits if visit >= begin]


def referrals_of(
    session: Session, client_ids: Iterable[UUID], visits: dict[UUID, list[datetime]], zone: ZoneInfo
) -> dict[UUID, tuple[Referral, ...]]:
    """The referrals of each client, newest first."""
    query = select(ReferralRow).where(col(ReferralRow.client_id).in_(client_ids))
    found: dict[UUID, tuple[Referral, ...]] = {}
    rows = session.exec(query).all()
    for row in sorted(rows, key=lambda row: (row.written_on or date.min, row.id), reverse=True):
        referral = to_referral(row, visits.get(row.client_id, ()), zone)
        found[row.client_id] = (*found.get(row.client_id, ()), referral)
    return found


def current_referral(referrals: Sequence[Referral], day: date) -> Referral | None:
    """The one that covers that day; else one whose visits are used up, so that this can be said."""
    live = (one for one in referrals if one.live_on(day))
    used_up = (one for one in referrals if one.expires_on is None or day <= one.expires_on)
    return next(live, None) or next(used_up, None)


def to_referral(row: ReferralRow, visits: Sequence[datetime], zone: ZoneInfo) -> Referral:
    """The referral of a row, with how many of the client's visits it has covered."""
    columns = {one.key: getattr(row, one.key) for one in inspect(ReferralRow).column_attrs}
    return Referral(**columns, visits_used=visits_since(visits, row.written_on, zone))


def _checked(draft: ReferralDraft) -> ReferralDraft:
    clean = draft.cleaned()
    refuse(clean.problems())
    return clean
