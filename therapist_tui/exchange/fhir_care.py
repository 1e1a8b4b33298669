"""Plans, goals, measurements, signed notes, referrals and consents as FHIR R4 resources."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid5

from therapist_tui.domain.consent import Consent, ConsentKind
from therapist_tui.domain.goal import Goal, Measurement
from therapist_tui.domain.measures.catalogue import measure_of
from therapist_tui.domain.note import Addendum, AddendumKind, SessionNote
from therapist_tui.domain.numbers import show_value
from therapist_tui.domain.plan import PlanStatus, TreatmentPlan
from therapist_tui.domain.referral import Referral
from therapist_tui.domain.treatments import show_treatments
from therapist_tui.domain.whole import WholePractice

from .fhir_values import Resource, coded, day, filled, link, moment, notes, period, quantity, resource, text

_EXAMINED = ("°", "cm", "mm", "kg")
"""Units of what the therapist measures; everything else the client tells."""
_PRIVACY = (ConsentKind.RELEASE, ConsentKind.PHOTO, ConsentKind.MESSAGES, ConsentKind.MARKETING)


def care_of(whole: WholePractice, written_at: datetime) -> Iterator[Resource]:
    """The care of every client."""
    goals = {one.id: one for one in whole.goals}
    yield from (_referral(one) for one in whole.referrals)
    yield from (_plan(one, [goal for goal in whole.goals if goal.plan_id == one.id]) for one in whole.plans)
    for goal in whole.goals:
        yield _goal(goal)
        yield _baseline(goal)
    yield from (_measurement(one, goals[one.goal_id]) for one in whole.measurements)
    signed = {one.id: one for one in whole.notes if one.signed}
    yield from (_note(one, whole.therapist.id) for one in signed.values())
    for one in whole.addenda:
        if one.note_id in signed and one.kind is not AddendumKind.ENTERED_IN_ERROR:
            yield _addendum(one, signed[one.note_id], whole.therapist.id)
    yield from (_consent(one, written_at) for one in whole.consents)


def _plan(one: TreatmentPlan, goals: list[Goal]) -> Resource:
    status = "revoked" if one.status is PlanStatus.STOPPED else one.status.value.replace(" ", "-")
    return resource(
        "CarePlan",
        one.id,
        status=status,
        intent="plan",
        title="Massage therapy plan",
        description=one.reason.strip(),
        subject=link(one.client_id),
        period=period(one.started_on, one.ended_on),
        supportingInfo=[link(one.referral_id)] if one.referral_id else [],
        goal=[link(goal.id) for goal in goals],
        note=notes(one.findings, one.home_care, one.discharge),
    )


def _goal(one: Goal) -> Resource:
    target = filled(measure=text(one.title), detailQuantity=quantity(one.target, one.unit), dueDate=day(one.due_on))
    reached = coded("goal-achievement", one.achievement.value.replace(" ", "-")) if one.achievement else None
    return resource(
        "Goal",
        one.id,
        lifecycleStatus=one.status.value.replace(" ", "-"),
        achievementStatus=reached,
        description=text(f"{one.title}: {show_value(one.baseline, one.unit)} → {show_value(one.target, one.unit)}"),
        subject=link(one.client_id),
        startDate=day(one.baseline_on),
        target=[target],
        note=notes(one.purpose),
    )


def _baseline(one: Goal) -> Resource:
    return _observation(uuid5(one.id, "baseline"), one, one.baseline, day(one.baseline_on), "final", "baseline")


def _measurement(one: Measurement, goal: Goal) -> Resource:
    status = "entered-in-error" if one.in_error else "final"
    return _observation(one.id, goal, one.value, moment(one.measured_at), status, one.remark)


def _observation(id_: UUID, goal: Goal, value: float, at: str | None, status: str, said: str) -> Resource:
    measure = measure_of(goal.measure)
    loinc = [{"system": "http://loinc.org", "code": measure.loinc}] if measure and measure.loinc else []
    return resource(
        "Observation",
        id_,
        status=status,
        category=[coded("observation-category", "exam" if goal.unit in _EXAMINED else "survey")],
        code=filled(coding=loinc, text=goal.title),
        subject=link(goal.client_id),
        focus=[link(goal.id)],
        effectiveDateTime=at,
        valueQuantity=quantity(value, goal.unit),
        note=notes(said),
    )


def _note(one: SessionNote, therapist: UUID) -> Resource:
    return _document(
        one.id, one.client_id, therapist, one.signed_at, "Session note", _words_of(one),
        status="entered-in-error" if one.in_error else "current",
        context={"period": {"start": moment(one.service_at)}, "related": [link(one.appointment_id)]},
    )  # fmt: skip


def _addendum(one: Addendum, note: SessionNote, therapist: UUID) -> Resource:
    code = "replaces" if one.kind is AddendumKind.CORRECTION else "appends"
    return _document(
        one.id, note.client_id, therapist, one.written_at, f"Addendum ({one.kind.value})", one.text,
        status="current", relatesTo=[{"code": code, "target": link(note.id)}],
    )  # fmt: skip


def _document(
    id_: UUID, client: UUID, therapist: UUID, at: datetime | None, title: str, words: str, **more: object
) -> Resource:
    data = base64.b64encode(words.encode()).decode()
    return resource(
        "DocumentReference",
        id_,
        docStatus="final",
        type_=text(title),
        subject=link(client),
        date=moment(at),
        author=[link(therapist)],
        content=[{"attachment": filled(contentType="text/plain; charset=utf-8", data=data, title=title)}],
        **more,
    )


def _words_of(one: SessionNote) -> str:
    content = one.content
    pain = "/".join("–" if value is None else str(value) for value in (content.pain_before, content.pain_after))
    parts = (
        ("S", content.subjective),
        ("O", content.objective),
        ("Work done", show_treatments(content.treatments)),
        ("Pain before/after (0–10)", pain if pain != "–/–" else ""),
        ("A", content.assessment),
        ("P", content.plan),
        ("Home care", content.home_care),
        ("Next time", content.next_time),
        ("Signed by", one.signed_by),
        ("Late entry", one.late_reason),
    )
    return "\n".join(f"{name}: {words.strip()}" for name, words in parts if words.strip())


def _referral(one: Referral) -> Resource:
    visits = {"value": one.visits_authorised, "unit": "visits"} if one.visits_authorised else None
    diagnosis = " ".join(part for part in (one.diagnosis, one.code) if part.strip())
    return resource(
        "ServiceRequest",
        one.id,
        status="active" if one.visits_left != 0 else "completed",
        intent="order",
        code=text("Massage therapy"),
        quantityQuantity=visits,
        subject=link(one.client_id),
        occurrencePeriod=period(one.written_on, one.expires_on),
        authoredOn=day(one.written_on),
        requester=filled(display=one.referrer.strip()),
        reasonCode=[text(diagnosis)] if diagnosis else [],
        note=notes(one.precautions),
    )


def _consent(one: Consent, written_at: datetime) -> Resource:
    ends = min((end for end in (one.expires_on, one.withdrawn_on) if end), default=None)
    live = one.live_on(written_at.astimezone(UTC).date())
    return resource(
        "Consent",
        one.id,
        status="active" if live else "inactive",
        scope=coded("consentscope", "patient-privacy" if one.kind in _PRIVACY else "treatment"),
        category=[text(" ".join(part for part in (one.kind.value, one.regions) if part.strip()))],
        patient=link(one.client_id),
        dateTime=day(one.given_on),
        policyRule=text(f"{one.method.value} consent" + (f", by {one.given_by}" if one.given_by else "")),
        provision=filled(period=period(one.given_on, ends)),
    )
