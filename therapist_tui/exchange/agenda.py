"""A day for scripts and screen readers: as plain text and as JSON."""

import json
from zoneinfo import ZoneInfo

from therapist_tui.domain.agenda import Agenda, Slot, badges
from therapist_tui.domain.text import clean_line
from therapist_tui.domain.when import show_day


def as_text(agenda: Agenda, zone: ZoneInfo) -> str:
    """One line an appointment, its cautions under it; every glyph has its word beside it."""
    lines = [f"{show_day(agenda.day)}  {agenda.taking_place} booked"]
    for slot in agenda.slots:
        appointment = slot.appointment
        start = appointment.starts_at.astimezone(zone)
        name, service = clean_line(slot.brief.client.shown), clean_line(appointment.service)
        lines.append(f"{start:%H:%M} {appointment.minutes:>4} min  {name}  {service}  {appointment.status.value}")
        lines += [
            f"      {caution.level.glyph} {caution.level.word} {clean_line(caution.title, 500)}"
            + (f" — {clean_line(caution.advice, 500)}" if caution.advice else "")
            for caution in slot.brief.cautions
        ]
    if agenda.to_sign:
        lines.append(f"{agenda.to_sign} note{'' if agenda.to_sign == 1 else 's'} to sign")
    return "\n".join(lines)


def as_json(agenda: Agenda, zone: ZoneInfo) -> str:
    """The same for programs; times carry their offset."""
    day = {
        "date": agenda.day.isoformat(),
        "to_sign": agenda.to_sign,
        "appointments": [_slot(slot, zone) for slot in agenda.slots],
    }
    return json.dumps(day, ensure_ascii=False, indent=2)


def _slot(slot: Slot, zone: ZoneInfo) -> dict[str, object]:
    appointment = slot.appointment
    return {
        "id": str(appointment.id),
        "starts_at": appointment.starts_at.astimezone(zone).isoformat(),
        "minutes": appointment.minutes,
        "client": clean_line(slot.brief.client.shown),
        "service": clean_line(appointment.service),
        "status": appointment.status.value,
        "badges": [clean_line(mark.meaning, 400) for mark in badges(slot)],
        "cautions": [
            {
                "level": one.level.value,
                "title": clean_line(one.title, 600),
                "advice": clean_line(one.advice, 600),
                "place": clean_line(one.place),
            }
            for one in slot.brief.cautions
        ],
        "note_signed": bool(slot.note and slot.note.signed),
    }
