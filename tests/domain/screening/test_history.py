"""The stored history judged for a day: the checker, the therapist's own judgement, and three kinds of not knowing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapist_tui.domain.appointment import Appointment
from therapist_tui.domain.client import Client
from therapist_tui.domain.consent import Consent, ConsentKind, ConsentMethod
from therapist_tui.domain.decision import Act, Decision, ReasonEmpty, read_reason, undecided
from therapist_tui.domain.health import Answer, HealthEntry, HealthKind, HistoryCheck, Side
from therapist_tui.domain.level import Level
from therapist_tui.domain.screening.history import Case, Screened, Screening, read_entry, screen
from therapist_tui.domain.therapist import Certification, Therapist

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
AMARA = Client(UUID(int=1), "Amara Okafor", born_on=date(1992, 3, 14))
DANA = Therapist(UUID(int=2), "Dana Reyes", "LMT", "A-1", None, ZoneInfo("America/Toronto"))
ASKED = HistoryCheck(NOW, Answer.NO_CHANGE)
RULES = Screening.with_own()


def entry(text: str, kind: HealthKind = HealthKind.CONDITION, **more: object) -> HealthEntry:
    return HealthEntry(UUID(int=abs(hash((text, kind))) + 10), AMARA.id, kind, text, **more)  # pyright: ignore[reportArgumentType]


def judged(*entries: HealthEntry, asked: HistoryCheck | None = ASKED, **more: object) -> Screened:
    case = Case(AMARA, entries, asked, (), DANA, TODAY)
    return screen(replace(case, **more), RULES)  # pyright: ignore[reportArgumentType]


def booked(*techniques: str, regions: tuple[str, ...] = (), products: tuple[str, ...] = ()) -> Appointment:
    return Appointment(
        UUID(int=3), AMARA.id, NOW, 60, "Massage", techniques=techniques, regions=regions, products=products
    )


def levels(screened: Screened) -> list[Level]:
    return [one.level for one in screened.cautions]


def test_never_asked_out_of_date_and_asked_with_nothing_are_three_different_things() -> None:
    never = judged(asked=None)
    old = judged(asked=HistoryCheck(NOW - timedelta(days=366), Answer.NOTHING))
    nothing = judged(asked=HistoryCheck(NOW - timedelta(days=364), Answer.NOTHING))
    assert [one.title for one in never.cautions] == ["History never asked"]
    assert [one.title for one in old.cautions] == ["History out of date: last asked 22 Nov 2025"]
    assert nothing.cautions == ()


def test_how_long_a_history_holds_is_a_setting() -> None:
    asked = HistoryCheck(NOW - timedelta(days=40), Answer.NO_CHANGE)
    strict = Screening(RULES.knowledge, valid_days=30)
    assert levels(screen(Case(AMARA, (), asked, (), DANA, TODAY), strict)) == [Level.UNKNOWN]
    assert levels(screen(Case(AMARA, (), asked, (), DANA, TODAY), RULES)) == []


def test_text_that_the_checker_cannot_read_is_said_until_the_therapist_judges_it() -> None:
    strange = entry("blorbex", HealthKind.MEDICATION)
    unread = judged(strange)
    assert levels(unread) == [Level.UNKNOWN]
    assert "blorbex" in unread.cautions[0].title
    assert unread.readings[0].said == "not recognised by the checker"
    by_hand = judged(replace(strange, severity=Level.PRECAUTION))
    assert [(one.level, one.title) for one in by_hand.cautions] == [(Level.PRECAUTION, "blorbex")]


def test_every_entry_has_a_reading_and_none_is_dropped_silently() -> None:
    entries = (
        entry("denies blood clots"),
        entry("mother had breast cancer"),
        entry("Eliquis 5 mg", HealthKind.MEDICATION),
        entry("nut oil", HealthKind.ALLERGY),
        entry("appendix out as a child", HealthKind.SURGERY),
    )
    screened = judged(*entries)
    assert [one.entry_id for one in screened.readings] == [one.id for one in entries]
    assert all(one.level or one.said for one in screened.readings)


def test_new_swelling_of_one_calf_stops_the_session_whoever_wrote_it_milder() -> None:
    calf = entry(
        "Swollen, warm left calf since the flight",
        HealthKind.EVENT,
        severity=Level.PRECAUTION,
        began_on=TODAY - timedelta(days=2),
        side=Side.LEFT,
        region="lower leg",
    )
    (worst, *_) = judged(calf).cautions
    assert worst.level is Level.ABSOLUTE
    assert worst.place == "left lower leg"
    assert len(judged(calf).cautions) == 1  # one caution a matter


def test_therapists_worse_judgement_wins_over_the_checkers() -> None:
    asthma = entry("asthma")
    assert levels(judged(asthma)) == [Level.PRECAUTION]
    own = judged(replace(asthma, severity=Level.ABSOLUTE, advice="Not without the inhaler."))
    assert [(one.level, one.advice) for one in own.cautions] == [(Level.ABSOLUTE, "Not without the inhaler.")]


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.UNKNOWN])
def test_own_judgement_is_never_hidden(level: Level) -> None:
    assert level in levels(judged(entry("something only I know", severity=level)))


def test_clearance_on_file_lets_the_session_go_on_with_care() -> None:
    cleared = Consent(UUID(int=5), AMARA.id, ConsentKind.PHYSICIAN_CLEARANCE, ConsentMethod.WRITTEN, TODAY)
    risky = entry("heart trouble, see letter", severity=Level.CLEARANCE)
    assert Level.CLEARANCE in levels(judged(risky))
    assert Level.CLEARANCE not in levels(judged(risky, consents=(cleared,)))


def test_pregnancy_counts_its_weeks_and_asks_for_the_certification_only_while_it_is_not_held() -> None:
    pregnant = entry("Pregnant", HealthKind.PREGNANCY, began_on=TODAY - timedelta(weeks=22))
    held = replace(DANA, certifications=(Certification(UUID(int=6), "prenatal", TODAY),))
    expired = replace(DANA, certifications=(Certification(UUID(int=6), "prenatal", TODAY - timedelta(days=1)),))
    assert any(one.certification for one in judged(pregnant).cautions)
    assert any(one.certification for one in judged(pregnant, therapist=expired).cautions)
    assert not any(one.certification for one in judged(pregnant, therapist=held).cautions)


def test_minor_needs_a_guardians_consent_that_is_live() -> None:
    child = replace(AMARA, born_on=date(2014, 5, 1))
    consent = Consent(UUID(int=7), AMARA.id, ConsentKind.MINOR, ConsentMethod.WRITTEN, TODAY)
    assert Level.CLEARANCE in levels(judged(client=child))
    assert levels(judged(client=child, consents=(consent,))) == []
    withdrawn = replace(consent, withdrawn_on=TODAY)
    assert Level.CLEARANCE in levels(judged(client=child, consents=(withdrawn,)))


def test_allergy_speaks_when_the_booked_product_holds_it_and_keeps_quiet_otherwise() -> None:
    nuts = entry("almonds and other tree nuts", HealthKind.ALLERGY)
    assert levels(judged(nuts, appointment=booked(products=("sweet almond oil",)))) != []
    quiet = judged(nuts, appointment=booked(products=("grapeseed oil",)))
    assert levels(quiet) == []
    assert quiet.readings[0].said.startswith("set aside")


def test_medicine_that_was_stopped_is_no_caution() -> None:
    warfarin = entry("warfarin", HealthKind.MEDICATION)
    assert Level.PRECAUTION in levels(judged(warfarin))
    stopped = judged(replace(warfarin, resolved_on=TODAY - timedelta(days=200)))
    assert levels(stopped) == []
    assert stopped.readings[0].said == "over"


@given(st.text(max_size=60), st.sampled_from(HealthKind), st.none() | st.sampled_from(Level))
def test_any_text_is_judged_worst_first_and_read(text: str, kind: HealthKind, severity: Level | None) -> None:
    one = entry(text, kind, severity=severity)
    screened = judged(one)
    ranks = [caution.level.rank for caution in screened.cautions]
    assert ranks == sorted(ranks)
    assert len(screened.readings) == 1
    assert severity is None or min(ranks) <= severity.rank


@pytest.mark.parametrize(
    ("text", "weeks_ago", "side", "region", "told"),
    [
        ("surgery", 3, Side.LEFT, "knee", [(Level.CLEARANCE, "left knee")]),
        ("surgery", 3, Side.RIGHT, "shoulder", [(Level.CLEARANCE, "right shoulder")]),
        ("surgery", 300, Side.LEFT, "knee", []),
        ("hip replacement", 3, Side.LEFT, "hip", [(Level.CLEARANCE, "left hip")]),
        ("hip replacement", 300, Side.RIGHT, "hip", [(Level.PRECAUTION, "right hip")]),
    ],
)
def test_operation_is_judged_by_its_day_and_told_with_its_side(
    text: str, weeks_ago: int, side: Side, region: str, told: list[tuple[Level, str]]
) -> None:
    began_on = TODAY - timedelta(weeks=weeks_ago)
    operation = entry(text, HealthKind.SURGERY, began_on=began_on, side=side, region=region)
    assert [(one.level, one.place) for one in judged(operation).cautions] == told


def test_own_judgement_of_an_allergy_says_that_it_is_one_once() -> None:
    titles = [
        judged(entry(text, HealthKind.ALLERGY, severity=Level.PRECAUTION)).cautions[0].title
        for text in ("peanuts", "Allergic to peanuts")
    ]
    assert titles == ["Allergy: peanuts", "Allergic to peanuts"]


def test_what_is_not_known_is_named_by_its_rule() -> None:
    assert [one.rule for one in judged(entry("blorbex"), asked=None).cautions] == [
        "history-never-asked",
        "not-recognised",
    ]


def test_infection_that_is_over_is_no_caution_any_more() -> None:
    shingles = entry("shingles", began_on=TODAY - timedelta(days=100))
    assert judged(replace(shingles, resolved_on=TODAY - timedelta(days=60))).cautions == ()
    assert levels(judged(replace(shingles, began_on=TODAY - timedelta(days=10)))) == [Level.ABSOLUTE]


def test_entry_read_while_it_is_typed_says_what_the_checker_makes_of_it() -> None:
    child = replace(AMARA, born_on=date(2014, 5, 1))
    read = read_entry(entry("on blood thinners"), child, TODAY, RULES)
    assert [one.level for one in read.cautions] == [Level.PRECAUTION]


def test_only_stop_and_ask_want_a_decision_and_each_only_once() -> None:
    cautions = judged(entry("fever of 39 since last night", HealthKind.EVENT, began_on=TODAY), entry("asthma")).cautions
    (open_one,) = undecided(cautions, ())
    assert open_one.level is Level.ABSOLUTE
    made = Decision(
        UUID(int=8), UUID(int=3), Act.SESSION_STARTED, Level.ABSOLUTE, (open_one.title,), "x", NOW, "Dana Reyes, LMT"
    )
    assert undecided(cautions, (made,)) == ()


@pytest.mark.parametrize("nothing", ["", "   ", "...", "\u200b"])
def test_reason_that_says_nothing_is_refused(nothing: str) -> None:
    with pytest.raises(ReasonEmpty):
        read_reason(nothing)
