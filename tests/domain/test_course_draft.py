"""A finished course says what must be mended before it counts."""

from dataclasses import replace
from datetime import date

import pytest

from therapist_tui.domain.therapist import CourseDraft

TODAY = date(2026, 11, 23)
COURSE = CourseDraft(" Lymph  drainage ", 12.5, TODAY)


def test_a_course_of_today_counts() -> None:
    assert COURSE.cleaned().title == "Lymph drainage"
    assert COURSE.cleaned().problems(TODAY) == {}


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (replace(COURSE, title=" "), "title"),
        (replace(COURSE, hours=None), "hours"),
        (replace(COURSE, hours=0), "hours"),
        (replace(COURSE, hours=1e6), "hours"),
        (replace(COURSE, completed_on=date(2026, 11, 24)), "completed_on"),
    ],
)
def test_what_cannot_count_is_named_by_its_field(draft: CourseDraft, field: str) -> None:
    assert draft.cleaned().problems(TODAY).keys() == {field}
