"""Therapist, clients, appointments and health histories as FHIR R4 resources."""

from collections.abc import Iterator
from datetime import timedelta

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.health import HealthEntry, HealthKind
from therapist_tui.domain.therapist import Therapist
from therapist_tui.domain.whole import WholePractice

from .fhir_values import Resource, coded, day, filled, link, moment, notes, period, resource, text

_STATUS = {
    Status.BOOKED: "booked",
    Status.ARRIVED: "arrived",
    Status.IN_SESSION: "checked-in",
    Status.DONE: "fulfilled",
    Status.CANCELLED: "cancelled",
    Status.NO_SHOW: "noshow",
}


def people_of(whole: WholePractice) -> Iterator[Resource]:
    """The people and what is known of them."""
    yield _practitioner(whole.therapist)
    yield from (_patient(one) for one in whole.clients)
    yield from (_appointment(one, whole.therapist) for one in whole.appointments)
    yield from (_health(one) for one in whole.health)


def _practitioner(one: Therapist) -> Resource:
    licence = [{"value": one.licence_number}] if one.licence_number.strip() else []
    return resource(
        "Practitioner", one.id, identifier=licence, name=[filled(text=one.name, suffix=[one.credential])]
        if one.credential
        else [{"text": one.name}],
    )  # fmt: skip


def _patient(one: Client) -> Resource:
    names = [filled(use="official", text=one.name)]
    if one.preferred_name:
        names.append(filled(use="usual", text=one.preferred_name))
    ways = [("phone", one.phone), ("email", one.email)]
    return resource(
        "Patient",
        one.id,
        active=one.archived_at is None,
        name=names,
        telecom=[{"system": system, "value": value} for system, value in ways if value.strip()],
        birthDate=day(one.born_on),
        contact=[{"relationship": [{"text": "guardian"}], "name": {"text": one.guardian}}] if one.guardian else [],
    )


def _appointment(one: Appointment, therapist: Therapist) -> Resource:
    return resource(
        "Appointment",
        one.id,
        status=_STATUS[one.status],
        serviceType=[text(one.service)] if one.service.strip() else [],
        start=moment(one.starts_at),
        end=moment(one.starts_at + timedelta(minutes=one.minutes)),
        minutesDuration=one.minutes,
        participant=[{"actor": link(who), "status": "accepted"} for who in (one.client_id, therapist.id)],
    )


def _health(one: HealthEntry) -> Resource:
    state = "resolved" if one.resolved_on else "active"
    if one.kind is HealthKind.ALLERGY:
        return resource(
            "AllergyIntolerance",
            one.id,
            clinicalStatus=coded("allergyintolerance-clinical", state),
            code=text(one.text),
            patient=link(one.client_id),
            onsetDateTime=day(one.began_on),
            recordedDate=moment(one.noted_at),
            note=notes(one.advice),
        )
    if one.kind is HealthKind.MEDICATION:
        return resource(
            "MedicationStatement",
            one.id,
            status="completed" if one.resolved_on else "active",
            medicationCodeableConcept=text(one.text),
            subject=link(one.client_id),
            effectivePeriod=period(one.began_on, one.resolved_on),
            dateAsserted=moment(one.noted_at),
            note=notes(one.advice),
        )
    return resource(
        "Condition",
        one.id,
        clinicalStatus=coded("condition-clinical", state),
        code=text(f"{one.kind.value}: {one.text}"),
        bodySite=[text(one.place)] if one.place.strip() else [],
        subject=link(one.client_id),
        onsetDateTime=day(one.began_on),
        abatementDateTime=day(one.resolved_on),
        recordedDate=moment(one.noted_at),
        note=notes(one.advice),
    )
