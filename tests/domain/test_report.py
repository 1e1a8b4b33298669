"""What a progress report says: the change judged in words, the newest words of the notes, nothing internal."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest

from tests.exchange.files_of import INTERNAL, START, TODAY, ZONE, a_file, a_progress
from therapist_tui.domain.goal import Achievement, GoalStatus
from therapist_tui.domain.release import TO_CLIENT
from therapist_tui.domain.report import Audience, ReportDraft, fitting_reason, report_of, start_of
from therapist_tui.domain.report_goals import report_goal
from therapist_tui.domain.shorthand.in_full import in_full


def test_a_report_starts_to_the_referrer_over_the_plan_with_the_newest_words() -> None:
    draft = start_of(a_file(), TODAY)
    assert (draft.audience, draft.to_whom) == (Audience.REFERRER, "Dr Lin")
    assert (draft.since, draft.until) == (START.date(), TODAY)
    assert (draft.response, draft.recommendation) == ("Easier 2", "RTC 2w")
    assert not draft.cleaned().problems(TODAY)


def test_without_a_referral_it_starts_to_the_client() -> None:
    draft = start_of(a_file(referrals=()), TODAY)
    assert (draft.audience, draft.to_whom) == (Audience.CLIENT, TO_CLIENT)


def test_notes_entered_in_error_and_unsigned_ones_are_no_words_of_the_report() -> None:
    file = a_file()
    first, second, third = file.notes
    notes = (first, replace(second, signed_at=None), replace(third, in_error=True))
    assert start_of(replace(file, notes=notes), TODAY).response == "Easier 0"


@pytest.mark.parametrize("audience", Audience)
def test_nothing_internal_stands_in_any_report(audience: Audience) -> None:
    file = a_file()
    draft = replace(start_of(file, TODAY), audience=audience).cleaned()
    assert INTERNAL not in str(asdict(report_of(file, draft, TODAY)))


def test_the_client_copy_names_no_referral_and_speaks_to_the_client() -> None:
    file = a_file()
    report = report_of(file, replace(start_of(file, TODAY), audience=Audience.CLIENT).cleaned(), TODAY)
    assert [fact.name for fact in report.head] == ["Period"]
    assert report.to_whom == "Amara Okafor"


def test_abbreviations_stand_in_full_and_the_therapists_own_go_first() -> None:
    file = a_file()
    draft = replace(start_of(file, TODAY), response="Pt: TrP in L UT, “L trap” as said.\nshw done")
    said = report_of(file, draft, TODAY, {"shw": "stretching at home"}).response
    assert said == "Patient: trigger point in left upper trapezius, “L trap” as said.\nstretching at home done"


def test_in_full_keeps_the_lines() -> None:
    assert in_full("RTC 2w\n\n  HEP") == "Return to clinic 2w\n\nHome exercise program"


@pytest.mark.parametrize(
    ("values", "changes", "state", "said"),
    [
        ((), {}, "under way", "Not measured again yet."),
        ((48,), {}, "under way", "No change since the beginning."),
        ((50,), {}, "under way", "Better by 2°: within the error of measuring (5°), so it may be no change at all."),
        ((46,), {}, "under way", "Worse by 2°: within the error of measuring (5°), so it may be no change at all."),
        ((51, 62), {}, "under way", "Better by 14°: a real change, beyond the error of measuring (5°)."),
        ((40,), {}, "under way", "Worse by 8°: a real change, beyond the error of measuring (5°)."),
        ((62,), {"mcid": 10}, "under way", "Better by 14°: a change large enough to matter in daily life (10°)."),
        (
            (62,),
            {"mdc": None},
            "under way",
            "Better by 14°. How much of that is the error of measuring is not known for this measure.",
        ),
        (
            (4,),
            {"unit": "/10", "baseline": 7, "target": 2, "mdc": 2},
            "under way",
            "Better by 3 points: a real change, beyond the error of measuring (2 points).",
        ),
        ((76,), {}, "target reached", "Better by 28°: a real change, beyond the error of measuring (5°)."),
        ((62,), {"due_on": date(2026, 11, 1)}, "not reached by its date", None),
        ((62,), {"achievement": Achievement.IMPROVING}, "improving", None),
        ((62,), {"status": GoalStatus.ON_HOLD}, "on hold", None),
    ],
)
def test_a_change_is_said_with_what_it_is_worth(
    values: tuple[float, ...], changes: dict[str, Any], state: str, said: str | None
) -> None:
    goal = report_goal(a_progress(*values, **changes), TODAY, ZONE)
    assert goal.state == state
    assert said is None or goal.said == said


def test_what_was_measured_after_the_period_or_in_error_is_left_out() -> None:
    progress = a_progress(51, 62, 70)
    first, second, third = progress.measurements
    progress = replace(progress, measurements=(first, replace(second, in_error=True), third))
    goal = report_goal(progress, date(2026, 10, 20), ZONE)
    assert [point.value for point in goal.points] == [48, 51]
    assert goal.latest == "51°"


@pytest.mark.parametrize(
    ("why", "audience", "expected"),
    [
        ("keeps the referrer informed", Audience.CLIENT, "asked for by the client"),
        ("", Audience.REFERRER, "keeps the referrer informed"),
        ("keeps the referrer informed", Audience.OTHER, ""),
        ("the insurer wants it", Audience.CLIENT, "the insurer wants it"),
    ],
)
def test_the_usual_reason_follows_the_reader(why: str, audience: Audience, expected: str) -> None:
    assert fitting_reason(why, audience) == expected


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to_whom": " "}, "to_whom"),
        ({"why": ""}, "why"),
        ({"until": date(2026, 11, 24)}, "until"),
        ({"since": date(2026, 11, 24)}, "since"),
    ],
)
def test_what_is_missing_in_a_report_is_said_by_field(changes: dict[str, Any], field: str) -> None:
    draft = replace(ReportDraft(Audience.REFERRER, "Dr Lin", "asked for", TODAY), **changes)
    assert list(draft.cleaned().problems(TODAY)) == [field]
