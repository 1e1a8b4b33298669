"""Forms: what they show they read back, every problem is a sentence at its field, and no text makes them fail."""

from dataclasses import fields as fields_of
from dataclasses import is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from therapist_tui.domain.appointment import Appointment, Status
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent, ConsentDraft, ConsentKind, ConsentMethod
from therapist_tui.domain.goal import Goal
from therapist_tui.domain.health import HealthEntry, HealthKind, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.note import AddendumKind
from therapist_tui.domain.plan import PartOf, PlanStatus, TreatmentPlan
from therapist_tui.domain.plan_steps import PlanStep
from therapist_tui.domain.referral import Claim, Referral
from therapist_tui.domain.therapist import Certification, Education, EducationDuty, Insurance, Therapist
from therapist_tui.domain.usual import Usual
from therapist_tui.ui.door import Door
from therapist_tui.ui.forms.addendum import AddendumForm
from therapist_tui.ui.forms.appointment import AppointmentForm
from therapist_tui.ui.forms.cancel import CancelForm, LostForm
from therapist_tui.ui.forms.client import ClientForm
from therapist_tui.ui.forms.form import Field, Form, Kind, understood
from therapist_tui.ui.forms.goal import GoalForm
from therapist_tui.ui.forms.health import HealthForm
from therapist_tui.ui.forms.papers import ConsentForm, ReferralForm, WithdrawalForm
from therapist_tui.ui.forms.plan import PlanForm
from therapist_tui.ui.forms.plan_steps import PlanStepForm, ReviewForm
from therapist_tui.ui.forms.profile import CourseForm, ProfileForm
from therapist_tui.ui.forms.set_up import SetUpForm

TODAY = date(2026, 11, 23)
LATER = TODAY + timedelta(60)
TORONTO = ZoneInfo("America/Toronto")
ID = UUID(int=1)
AMARA = Client(ID, "Amara Okafor", "Ama", "she/her", date(1992, 3, 14), "555", "a@b", "Ngozi", "medium", "likes\nquiet")
BOOKED = Appointment(
    ID,
    ID,
    datetime(2026, 11, 23, 15, 30, tzinfo=UTC),
    60,
    "Massage",
    techniques=("MFR", "trigger point"),
    regions=("neck",),
    pressure="firm",
    remarks="side-lying",
)
CLOT = HealthEntry(ID, ID, HealthKind.EVENT, "clot", Level.LOCAL, "calf", Side.LEFT, "leave out", TODAY, TODAY)
DANA = Therapist(
    ID,
    "Dana Reyes",
    "LMT",
    "4711",
    LATER,
    TORONTO,
    (Certification(ID, "prenatal", LATER), Certification(ID, "trauma-informed", None)),
    Insurance("Guild", "P-1", LATER),
    EducationDuty(24.5, TODAY, LATER),
    (Education(ID, "Scars", 6, TODAY), Education(ID, "Old", 9, TODAY - timedelta(900))),
)
REFERRAL = Referral(
    ID, ID, "Dr Lin", "M54.2", TODAY, 6, 2, LATER, "physician", "NPI 1", "555", TODAY, "M54.2", ("neck", "jaw"),
    "2x a week", "no heat", LATER, Claim.WORK, "WC-9", "Kim",
)  # fmt: skip
PLAN = TreatmentPlan(
    ID, ID, "neck\npain", "Dr Lin", 6, TODAY, LATER, PlanStatus.ACTIVE, "stiff\nC5", PartOf.PHYSIOTHERAPY, ID, "weekly",
    60, ("MFR", "stretching"), ("cupping",), ("neck",), ("low back",), 4, "walk\nrest", "numb arm", TODAY,
)  # fmt: skip
OVERDUE = replace(PLAN, review_on=TODAY - timedelta(9), referral_id=None)
GOAL = Goal(ID, ID, ID, "Neck rotation left", "°", 123456.7, 0.125, TODAY, LATER)
CONSENT = Consent(ID, ID, ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY)
FIELD_AT_80 = 37
"""Cells of a one-line field where the form is scrolled in a terminal of 80 columns."""
PASSPHRASE = "correct horse battery staple"


def closed(*_: object) -> Any:
    raise AssertionError("a form only reads")


DOOR = Door(False, False, closed, closed, lambda text, _therapist: None if len(text) > 14 else "Too short.")

CHANGES: list[tuple[Form[Any], object]] = [
    (ClientForm(TODAY, AMARA), AMARA),
    (AppointmentForm.change(AMARA, BOOKED, TORONTO, TODAY), BOOKED),
    (HealthForm(AMARA, TODAY, None, CLOT), CLOT),
    (PlanForm(ID, TODAY, PLAN, [REFERRAL]), PLAN),
    (GoalForm(ID, TODAY, GOAL), GOAL),
    (ReferralForm(ID, TODAY, REFERRAL), REFERRAL),
    (PlanForm(ID, TODAY, PLAN), PLAN),
    (PlanForm(ID, TODAY, OVERDUE, [REFERRAL]), OVERDUE),
]
FRESH: list[Form[Any]] = [
    ClientForm(TODAY),
    AppointmentForm.new(AMARA, TODAY, Usual(), TORONTO, TODAY),
    HealthForm(AMARA, TODAY, None),
    PlanForm(ID, TODAY, None),
    GoalForm(ID, TODAY),
    ReferralForm(ID, TODAY),
    ConsentForm(ID, TODAY),
    ProfileForm(DANA, TODAY),
    ReviewForm(PLAN, (), TODAY),
    WithdrawalForm(CONSENT, TODAY),
    CourseForm(DANA, TODAY),
    PlanForm(ID, TODAY, None, [replace(REFERRAL, visits_used=6)]),
    AddendumForm(ID),
    CancelForm(BOOKED, "A. O."),
    LostForm(BOOKED, "A. O.", Status.NO_SHOW),
    LostForm(BOOKED, "A. O.", Status.CANCELLED),
    SetUpForm(DOOR, TODAY, "America/Toronto"),
]
EVERY = [form for form, _ in CHANGES] + FRESH


def name(form: Form[Any]) -> str:
    return form.title


@pytest.mark.parametrize("form", EVERY, ids=name)
def test_every_hint_can_be_read_to_its_end_in_80_columns(form: Form[Any]):
    one_line = [field.hint for field in form.fields if field.kind is not Kind.TEXT]
    assert [hint for hint in one_line if cell_len(hint) > FIELD_AT_80] == []


@pytest.mark.parametrize(("form", "value"), CHANGES, ids=lambda one: name(one) if isinstance(one, Form) else "")
def test_form_that_nothing_is_typed_into_changes_nothing(form: Form[Any], value: object):
    draft, problems = form.read(form.start())
    assert problems == {}
    assert is_dataclass(draft)
    for field in fields_of(draft):
        assert getattr(draft, field.name) == getattr(value, field.name), field.name


def test_profile_that_nothing_is_typed_into_changes_nothing():
    form = ProfileForm(DANA, TODAY)
    draft, problems = form.read(form.start())
    assert problems == {}
    assert draft
    assert (draft.name, draft.credential, draft.licence_number) == ("Dana Reyes", "LMT", "4711")
    assert (draft.licence_expires_on, draft.zone) == (LATER, "America/Toronto")
    assert draft.certifications == (("prenatal", LATER), ("trauma-informed", None))
    assert (draft.insurance, draft.education_duty) == (DANA.insurance, DANA.education_duty)
    assert form.echo(draft) == "6 of 24.5 hours done."


@pytest.mark.parametrize("form", EVERY, ids=name)
def test_form_starts_with_its_own_fields_and_choices_it_offers(form: Form[Any]):
    own = {field.name: field for field in form.fields}
    assert form.id
    assert form.title
    assert len(own) == len(form.fields)
    for field_name, text in form.start().items():
        choices = own[field_name].choices
        assert not choices or text in dict(choices)


@pytest.mark.parametrize("form", EVERY, ids=name)
def test_form_of_nothing_says_what_it_needs_and_makes_no_draft(form: Form[Any]):
    draft, problems = form.read({})
    assert draft is None
    assert problems
    assert set(problems) <= {field.name for field in form.fields}


odd = st.text(st.characters(exclude_categories=())) | st.text(alphabet="0123456789+-/.,: decmontuw٣²", max_size=12)


@pytest.mark.parametrize("form", EVERY, ids=name)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_text_in_any_field_gives_a_draft_or_sentences_at_fields(form: Form[Any], data: st.DataObject):
    values = {}
    for field in form.fields:
        texts = odd | st.sampled_from([value for value, _ in field.choices] or [""])
        if field.name in ("zone", "certifications"):
            texts = odd | st.sampled_from(["America/Toronto", "prenatal 2028-05-31", "oncology, x"])
        values[field.name] = data.draw(texts)
    draft, problems = form.read(values)
    assert (draft is None) == bool(problems)
    assert set(problems) <= {field.name for field in form.fields}
    for sentence in problems.values():
        typed = "".join(values.values())  # a sentence may begin with it
        assert sentence[0].isupper() or sentence[0].isdigit() or sentence[0] in typed
        assert sentence.endswith((".", "”?", ")", '"tomorrow".', '"2:15pm".'))


WORDS = 'That is no date I can read. Try "tue", "3 dec", "2026-12-03", "+2w" or "tomorrow".'
LIST = "Please choose one of the list."
WHOLE = "Please type a whole number."
NUMBER = "That is no number. Type the new value, e.g. 62 or 3.5."
EARLY_REPORT = "The report cannot be due before the referral was written."
FOUND = "Please say what you found and what follows from it."
STOPPED = "Please say why it is stopped: the reason is kept with the plan."
POINTS = "Please type “all”, or the numbers of what was talked about, e.g. 1-4, 6."
KNOWN = "prenatal, oncology, lymphatic, intraoral, aromatherapy, trauma-informed"


@pytest.mark.parametrize(
    ("form", "typed", "problems"),
    [
        (ClientForm(TODAY, AMARA), {"name": " "}, {"name": "Please give a name with at least one letter."}),
        (ClientForm(TODAY, AMARA), {"born_on": "29 feb 2023"}, {"born_on": WORDS}),
        (ClientForm(TODAY, AMARA), {"born_on": "tomorrow"}, {"born_on": "The birth date lies in the future."}),
        (
            CHANGES[1][0],
            {"day": "", "start": "", "minutes": ""},
            {
                "day": "Please give the day.",
                "start": "Please give the time.",
                "minutes": "Please give the minutes.",
            },
        ),
        (CHANGES[1][0], {"day": "someday"}, {"day": WORDS}),
        (
            CHANGES[1][0],
            {"start": "25:00"},
            {"start": 'That is no time of day I can read. Try "9", "10:30", "1430" or "2:15pm".'},
        ),
        (CHANGES[1][0], {"minutes": "-30"}, {"minutes": WHOLE}),
        (CHANGES[1][0], {"minutes": "٣٠"}, {"minutes": WHOLE}),
        (CHANGES[1][0], {"minutes": "0"}, {"minutes": "A session lasts 5 to 480 minutes."}),
        (CHANGES[1][0], {"minutes": "100000"}, {"minutes": "A session lasts 5 to 480 minutes."}),
        (CHANGES[1][0], {"minutes": "9" * 5000}, {"minutes": "A session lasts 5 to 480 minutes."}),
        (CHANGES[1][0], {"service": ""}, {"service": "Please name the service, e.g. “Massage”."}),
        (
            CHANGES[1][0],
            {"day": "2027-03-14", "start": "2:30"},
            {
                "start": "The clocks go forward then: that time does not exist on this day.",
            },
        ),
        (
            CHANGES[2][0],
            {"kind": "curse", "severity": "dire", "side": "top"},
            {"kind": LIST, "severity": LIST, "side": LIST},
        ),
        (CHANGES[2][0], {"text": "-"}, {"text": "Please say what it is, in the client's words or yours."}),
        (CHANGES[3][0], {"visits_planned": "six"}, {"visits_planned": WHOLE}),
        (CHANGES[3][0], {"visits_planned": "201"}, {"visits_planned": "A plan has 1 to 200 visits."}),
        (
            CHANGES[3][0],
            {"reason": "", "review_on": "yesterday"},
            {
                "reason": "Please say why the client comes.",
                "review_on": "The review lies in the past.",
            },
        ),
        (
            CHANGES[4][0],
            {"baseline": "a lot", "target": ""},
            {"baseline": NUMBER, "target": "A goal needs the value it aims at."},
        ),
        (
            CHANGES[4][0],
            {"baseline": "", "title": ""},
            {
                "baseline": "A goal needs the value it starts from.",
                "title": "Please name what is measured, e.g. “Neck rotation left”.",
            },
        ),
        (
            CHANGES[4][0],
            {"target": "123456,7"},
            {"target": "The target is the same as the baseline: there is no way to go."},
        ),
        (CHANGES[4][0], {"due_on": "-1d"}, {"due_on": "The goal is due before it starts."}),
        (
            CHANGES[5][0],
            {"referrer": "", "visits_authorised": "999"},
            {
                "referrer": "Please say who wrote the referral.",
                "visits_authorised": "A referral covers 1 to 500 visits.",
            },
        ),
        (CHANGES[5][0], {"expires_on": "-1y"}, {"expires_on": "It cannot run out before it was written."}),
        (ConsentForm(ID, TODAY), {"given_on": ""}, {"given_on": "Please say when it was given."}),
        (ConsentForm(ID, TODAY), {"given_on": "once"}, {"given_on": WORDS}),
        (ConsentForm(ID, TODAY), {"kind": "all", "method": "nod"}, {"kind": LIST, "method": LIST}),
        (
            ConsentForm(ID, TODAY),
            {"kind": "sensitive area"},
            {"regions": "Please name the area that the consent is for."},
        ),
        (PlanForm(ID, TODAY, PLAN, [REFERRAL]), {"referral_id": "x"}, {"referral_id": LIST}),
        (
            CHANGES[3][0],
            {"review_every": "0", "minutes": "3", "agreed_on": "tomorrow", "techniques_avoided": "mfr"},
            {
                "review_every": "It is looked at again after 1 to 50 visits.",
                "minutes": "A session lasts 5 to 480 minutes.",
                "agreed_on": "It cannot have been agreed on after today.",
                "techniques_avoided": "Planned and left out at once: “mfr”.",
            },
        ),
        (CHANGES[7][0], {"review_on": "-8d"}, {"review_on": "The review lies in the past."}),
        (CHANGES[5][0], {"claim": "dog", "report_by": "-1y"}, {"claim": LIST, "report_by": EARLY_REPORT}),
        (CHANGES[5][0], {"received_on": "-1y"}, {"received_on": "It cannot come in before it was written."}),
        (ReviewForm(PLAN, (), TODAY), {"summary": "  "}, {"summary": FOUND}),
        (
            ReviewForm(PLAN, (), TODAY),
            {"summary": "better", "next_on": "today"},
            {"next_on": "The next review lies ahead, not today or before."},
        ),
        (PlanStepForm(PLAN, ()), {"status": "stopped"}, {"reason": STOPPED}),
        (PlanStepForm(PLAN, ()), {"status": "active"}, {"status": LIST}),
        (WithdrawalForm(CONSENT, TODAY), {"withdrawn_on": ""}, {"withdrawn_on": "Please say from when."}),
        (
            WithdrawalForm(CONSENT, TODAY),
            {"withdrawn_on": "yesterday"},
            {"withdrawn_on": "It cannot be withdrawn before it was given."},
        ),
        (ConsentForm(ID, TODAY), {"term": "for ever"}, {"term": LIST}),
        (ConsentForm(ID, TODAY), {"discussed": "7"}, {"discussed": POINTS}),
        (
            CourseForm(DANA, TODAY),
            {"completed_on": "", "hours": "0"},
            {
                "title": "Please name the course as its certificate does.",
                "hours": "A course has more than 0 hours, and 1000 at most.",
                "completed_on": "Please say when it was finished.",
            },
        ),
        (AddendumForm(ID), {"text": " \n"}, {"text": "An addendum needs some text."}),
        (AddendumForm(ID), {"text": "x", "kind": "whim"}, {"kind": LIST}),
        (
            CancelForm(BOOKED, "A."),
            {"reason": "\u200b"},
            {"reason": "Please say why: the reason is kept with the appointment."},
        ),
        (CancelForm(BOOKED, "A."), {"reason": "ill", "status": "done"}, {"status": LIST}),
        (
            ProfileForm(DANA, TODAY),
            {"certifications": "reiki"},
            {
                "certifications": f"I know these: {KNOWN}. A date after one says until when.",
            },
        ),
        (ProfileForm(DANA, TODAY), {"certifications": "prenatal whenever"}, {"certifications": WORDS}),
        (
            ProfileForm(DANA, TODAY),
            {"zone": "Toronto"},
            {
                "zone": "That is no time zone I know. Try “America/Toronto” or “Europe/Paris”.",
            },
        ),
    ],
    ids=lambda one: name(one) if isinstance(one, Form) else "",
)
def test_every_problem_has_its_sentence_at_its_field(form: Form[Any], typed: dict[str, str], problems: dict[str, str]):
    assert form.read({**form.start(), **typed}) == (None, problems)


def test_appointment_is_read_in_the_practices_zone():
    form = AppointmentForm.new(AMARA, TODAY, Usual(), TORONTO, TODAY)
    draft, problems = form.read(
        {**form.start(), "day": "tue", "start": "2:15pm", "techniques": " MFR,, trigger point "}
    )
    assert problems == {}
    assert draft
    assert draft.starts_at == datetime(2026, 11, 24, 19, 15, tzinfo=UTC)
    assert (draft.minutes, draft.service, draft.techniques) == (60, "Massage", ("MFR", "trigger point"))


def test_new_client_starts_with_the_name_that_was_searched_for():
    draft, _ = ClientForm(TODAY, name="Amara").read(ClientForm(TODAY, name="Amara").start())
    assert draft
    assert draft.name == "Amara"


def test_consent_is_to_treatment_in_writing_and_given_today_unless_said_otherwise():
    form = ConsentForm(ID, TODAY)
    expected = ConsentDraft(ConsentKind.TREATMENT, ConsentMethod.WRITTEN, TODAY)
    assert form.read(form.start()) == (expected, {})


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ({"term": "year"}, date(2027, 11, 23)),
        ({"term": "session"}, TODAY),
        ({"term": "half-year"}, date(2027, 5, 23)),
        ({"term": "year", "expires_on": "+1w"}, TODAY + timedelta(7)),
        ({}, None),
    ],
)
def test_consent_counts_as_long_as_the_chosen_term_or_the_typed_date_says(typed: dict[str, str], until: date | None):
    form = ConsentForm(ID, TODAY)
    draft, problems = form.read({**form.start(), **typed})
    assert problems == {}
    assert draft
    assert draft.expires_on == until


def test_new_plan_starts_with_what_the_live_referral_says():
    draft, problems = PlanForm(ID, TODAY, None, [replace(REFERRAL, visits_used=1)]).read(
        PlanForm(ID, TODAY, None, [replace(REFERRAL, visits_used=1)]).start()
    )
    assert problems == {}
    assert draft
    assert (draft.reason, draft.referral_id, draft.visits_planned) == ("M54.2", ID, 5)
    assert (draft.frequency, draft.regions) == ("2x a week", ("neck", "jaw"))


def test_words_that_the_vocabulary_does_not_know_are_kept_and_told():
    form = PlanForm(ID, TODAY, PLAN)
    draft, problems = form.read({**form.start(), "techniques": "MFR, zzz", "regions_avoided": "aura, L calf"})
    assert problems == {}
    assert draft
    assert (draft.techniques, draft.regions_avoided) == (("MFR", "zzz"), ("aura", "L calf"))
    assert form.echo(draft) == "Kept as typed, but the checker does not know: zzz, aura."


def test_plan_that_goes_on_hold_has_no_discharge_and_one_that_ends_has():
    form = PlanStepForm(PLAN, ())
    assert form.start()["discharge"] == "Self-care: walk\nrest"
    held = form.read({**form.start(), "status": "on hold", "reason": "away"})
    assert held == (PlanStep(PlanStatus.ON_HOLD, "away"), {})
    ended = form.read({**form.start(), "status": "completed"})
    assert ended == (PlanStep(PlanStatus.COMPLETED, "", "Self-care: walk\nrest"), {})


def test_what_was_chosen_and_typed_is_what_is_saved():
    assert AddendumForm(ID).read({"text": " more\n", "kind": "correction"}) == ((AddendumKind.CORRECTION, "more"), {})
    assert AddendumForm(ID).read({"text": "more"}) == ((AddendumKind.ADDITION, "more"), {})
    assert CancelForm(BOOKED, "A.").read({"reason": " ill ", "status": "no-show"}) == ((Status.NO_SHOW, "ill"), {})
    assert CancelForm(BOOKED, "A.").read({"reason": "ill"}) == ((Status.CANCELLED, "ill"), {})


@pytest.mark.parametrize(
    ("passphrase", "again", "problems"),
    [
        (PASSPHRASE, PASSPHRASE, {}),
        ("short", "short", {"passphrase": "Too short."}),
        (PASSPHRASE, PASSPHRASE + " ", {"again": "The two passphrases are not the same."}),
    ],
)
def test_set_up_takes_a_good_passphrase_typed_twice_and_as_it_was_typed(
    passphrase: str, again: str, problems: dict[str, str]
):
    typed = {"name": "Dana Reyes", "licence_number": "none", "passphrase": passphrase, "again": again}
    form = SetUpForm(DOOR, TODAY, "America/Toronto")
    draft, found = form.read({**form.start(), **typed})
    assert found == problems
    assert (draft is None) == bool(problems)
    assert not draft or draft[0] == passphrase
    assert not form.keeps_draft


@pytest.mark.parametrize(
    ("kind", "words", "shown"),
    [
        (Kind.DATE, "tue", "Tue 24 Nov 2026"),
        (Kind.PAST_DATE, "tue", "Tue 17 Nov 2026"),
        (Kind.TIME, "2:15pm", "14:15"),
        (Kind.LINE, "tue", ""),
        (Kind.DATE, " ", ""),
        (Kind.DATE, "someday", ""),
    ],
)
def test_what_was_understood_is_shown_beside_the_field(kind: Kind, words: str, shown: str):
    assert understood(Field("x", "X", kind), words, TODAY) == shown
