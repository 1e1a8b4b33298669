"""Text that wants to be more than text, and a practice in which every field holds it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import Goal, Measurement
from therapist_tui.domain.health import Answer, HealthEntry, HealthKind, HistoryCheck, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import Addendum, AddendumKind, NoteContent, SessionNote, digest
from therapist_tui.domain.plan import TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.therapist import Therapist
from therapist_tui.domain.treatments import Treatment
from therapist_tui.domain.whole import WholePractice

BRACKETS = ("[/]", "[sic]", "[$bad]x[/]", "[@click=app.quit]x[/]", "[link=http://x]a[/link]", "[bold", "\\[x]")
DRIVING = (
    "\x1b]52;c;aGFja2Vk\x07", "\x1b[2J\x1b[H", "\x1b]0;title\x07", "\x1bP1$r0m\x1b\\", "\x9b2J", "\x9d52;c;eA==\x9c",
    "\x90q\x9c", "\x1bc", "\x1b[?1049l\x1b[?1000h", "\x1b[6n", "nul\x00nul", "\x07\x08\x0b\x0c\x0e\x7f\x85\x84",
    "\x1b[5;1H\x1b[1mhere", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "cr\rlf\nnel\x85tab\tend", "\x1b",
)  # fmt: skip
TURNING = ("\u202egnp.exe\u202c", "\u2066x\u2069\u200f\u061c", "a\u200bb\ufeffc\u00adD\u2028e\u2060f", "\U000e0041tag")
SMEARING = ("Za" + "\u0301" * 1000 + "lgo", "o\u20dd\u20dd" + "\ufe0f" * 40, "\u200d\u200d \u200c", "\u0301\u0301alone")
STRANGE = (
    "漢字かな한국어",
    "👩‍👩‍👧‍👦🇨🇦👍🏽",
    "العربية עברית",
    "नमस्ते ไทย",
    "\U0001f3f4\U000e0067\U000e007f",
    "L" + "o" * 300 + "ng",
)
ALL = (*BRACKETS, *DRIVING, *TURNING, *SMEARING, *STRANGE)
FORBIDDEN = frozenset(
    [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u2060\ufeff",
     *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), *map(chr, range(0xE0000, 0xE0080))]
)  # fmt: skip
"""What may reach no terminal as part of a text; written down here again, so that a hole in `clean` shows."""

Text = Callable[[str], str]


def evil() -> Text:
    """Every call gives all hostile strings, beginning with another one: each also stands where there is room."""
    state = [0]

    def text(word: str) -> str:
        state[0] += 1
        at = state[0] % len(ALL)
        return f"{word} " + " ".join((*ALL[at:], *ALL[:at]))

    return text


def bracketed(word: str) -> str:
    """Markup that must stand on the screen as it is."""
    return f"{word} " + " ".join(BRACKETS)


def harmless(word: str) -> str:
    """As long, in several scripts, and nothing in it but letters."""
    return f"{word} " + " ".join(["letters", "漢字かな한국어", "👍", "Zá"] * 12)


def whole(texts: tuple[Text, ...], zone: ZoneInfo, moment: datetime) -> WholePractice:
    """A client for each kind of text, all with an appointment today and a full chart of that text."""
    therapist = Therapist(uuid4(), texts[0]("Dana"), texts[0]("LMT"), texts[0]("none"), None, zone)
    made = WholePractice(therapist)
    for index, text in enumerate(texts):
        made = _with_client(
            made, text, moment.replace(second=0, microsecond=0) + timedelta(minutes=70 * index - 90), index
        )
    return made


def _with_client(made: WholePractice, text: Text, starts_at: datetime, index: int) -> WholePractice:
    phone, email, guardian, firm, remarks = (text(word) for word in "pegfr")
    born_on = date(1990, 2, 3)
    client = Client(uuid4(), text(f"Nn{index}"), "", text("they"), born_on, phone, email, guardian, firm, remarks)
    today = Appointment(uuid4(), client.id, starts_at, 60, text("Service"), Status.BOOKED, "", *_planned(text))
    before = replace(today, id=uuid4(), starts_at=starts_at - timedelta(days=7), status=Status.DONE)
    lost = replace(
        today, id=uuid4(), starts_at=starts_at + timedelta(hours=5), status=Status.CANCELLED, reason=text("why")
    )
    signed, draft = _note(before, text, made.therapist.signature), _note(today, text, "")
    plan = TreatmentPlan(uuid4(), client.id, text("Reason"), text("Led"), 10, starts_at.date(), starts_at.date())
    goal = Goal(uuid4(), plan.id, client.id, text("Goal"), text("unit"), 1, 9, starts_at.date(), starts_at.date())
    addendum = Addendum(uuid4(), signed.id, AddendumKind.ADDITION, text("Added"), starts_at, text("By"))
    return replace(
        made,
        clients=(*made.clients, client),
        health=(*made.health, *_history(client.id, text, starts_at)),
        history_checks=(*made.history_checks, (client.id, HistoryCheck(starts_at, Answer.CHANGED))),
        appointments=(*made.appointments, before, today, lost),
        notes=(*made.notes, signed, draft),
        addenda=(*made.addenda, addendum),
        plans=(*made.plans, plan),
        goals=(*made.goals, goal),
        measurements=(*made.measurements, Measurement(uuid4(), goal.id, 4, starts_at)),
        referrals=(*made.referrals, Referral(uuid4(), client.id, text("Dr"), text("Dx"), None, 5)),
        consents=(*made.consents, Consent(uuid4(), client.id, ConsentKind.TREATMENT, ConsentMethod.WRITTEN,
                                          starts_at.date(), text("Giver"), text("Area"))),
    )  # fmt: skip


def _planned(text: Text) -> tuple[tuple[str, ...], tuple[str, ...], str, tuple[str, ...], str]:
    return (text("technique"),), (text("region"), text("other")), "medium", (text("oil"),), text("Remarks")


def _history(client_id: UUID, text: Text, at: datetime) -> tuple[HealthEntry, ...]:
    kinds = (HealthKind.ALLERGY, Level.ABSOLUTE), (HealthKind.CONDITION, Level.LOCAL), (HealthKind.DEVICE, None)
    return tuple(
        HealthEntry(
            uuid4(), client_id, kind, text("Entry"), level, text("where"), Side.LEFT, text("Advice"), noted_at=at
        )
        for kind, level in kinds
    )


def _note(appointment: Appointment, text: Text, signed_by: str) -> SessionNote:
    said, found, response, plan = (text(word) for word in ("Said", "Found", "Response", "Plan"))
    done = (Treatment(text("Technique"), 20), Treatment(text("Other")))
    content = NoteContent(said, found, response, plan, done, 4, 2, text("Home"), text("Next"))
    at = appointment.starts_at
    note = SessionNote(uuid4(), appointment.id, appointment.client_id, content, at, at, at)
    if not signed_by:
        return note
    note = replace(note, signed_at=at + timedelta(minutes=70), signed_by=signed_by)
    return replace(note, digest=digest(note))
