"""Repeating an appointment: a new series, or a change to the one that it belongs to."""

from datetime import datetime, timedelta
from uuid import UUID

from therapist_tui.domain.appointment import Appointment, AppointmentDraft

from .app import TherapistApp


async def repeat(
    app: TherapistApp, client_id: UUID | None, one: Appointment | None, moment: datetime, minutes: int
) -> object:
    """Ask for a series and book it, or change the one of `one`; the answer is an appointment to show, or None.

    Without a client it is asked for whom. A series of an appointment begins a week after it.
    """
    from .forms.series import RepeatedForm, SeriesForm
    from .screens.clients import ClientsScreen
    from .screens.form import FormScreen

    zone, today = app.practice.zone, app.today()
    if client_id is None:
        client_id = await app.push_screen_wait(ClientsScreen(pick=True))  # pyright: ignore[reportAssignmentType]
    if not isinstance(client_id, UUID):
        return None
    client = await app.records.run(app.practice.clients.get, client_id)
    if one and one.series_id:
        return await app.push_screen_wait(FormScreen(RepeatedForm(one, zone, today)))
    draft = draft_of(one) if one else AppointmentDraft(client_id, moment, minutes, "Massage")
    # Added on the wall: a week later is the same time, whatever the clocks do between.
    first = moment.astimezone(zone) + timedelta(days=7 if one else 0)
    return await app.push_screen_wait(FormScreen(SeriesForm(client, draft, first.date(), first.time(), zone, today)))


def draft_of(one: Appointment) -> AppointmentDraft:
    """The appointment as a draft, to be booked again or changed."""
    return AppointmentDraft(
        one.client_id,
        one.starts_at,
        one.minutes,
        one.service,
        one.techniques,
        one.regions,
        one.pressure,
        one.products,
        one.remarks,
    )
