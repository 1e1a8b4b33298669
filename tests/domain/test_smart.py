"""SMART goals: what is refused, what is advised, and the twenty examples to start from (clinical.md 6)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from therapist_tui.domain.goal import GoalDraft
from therapist_tui.domain.goal_states import Owner, Priority
from therapist_tui.domain.health import Side
from therapist_tui.domain.measurement import Rating
from therapist_tui.domain.smart.examples import examples
from therapist_tui.domain.smart.lint import advice, refused

TODAY = date(2026, 11, 23)
DUE = TODAY + timedelta(weeks=8)
NECK = GoalDraft("", "", 45, 65, DUE, "rom.neck.rotation.active", Side.LEFT, purpose="check the blind spot")
NDI = GoalDraft("", "", 36, 16, DUE, "ndi", purpose="read 30 min")
PSFS = GoalDraft(
    "", "", 3, 6, DUE, "psfs", purpose="run", activities=("run 5 km",), baseline_ratings=(Rating("run 5 km", 3),)
)
STRESS = GoalDraft("", "", 27, 20, DUE, "pss10", purpose="exams")

REFUSED = [
    (replace(NECK, target=None), {"target": "A goal needs the value it aims at."}),
    (replace(NECK, baseline=None), {"baseline": "A goal needs the value it starts from."}),
    (replace(NECK, target=45), {"target": "The target is the same as the baseline: there is no way to go."}),
    (replace(NECK, target=40), {"target": "The target is worse than the start: here higher is better."}),
    (replace(NDI, target=40), {"target": "The target is worse than the start: here lower is better."}),
    (replace(NECK, target=130), {"target": "Neck rotation left goes from 0 to 120."}),
    (replace(NECK, baseline=-1), {"baseline": "Neck rotation left goes from 0 to 120."}),
    (replace(NECK, due_on=TODAY - timedelta(1)), {"due_on": "The due date lies in the past."}),
    (
        replace(NECK, baseline_on=TODAY - timedelta(9), due_on=TODAY - timedelta(10)),
        {"due_on": "The goal is due before it starts."},
    ),
    (replace(NECK, baseline_on=TODAY - timedelta(9), due_on=TODAY - timedelta(1)), {}),
    (replace(NECK, baseline_on=TODAY + timedelta(1)), {"baseline_on": "The start lies in the future."}),
    (replace(NECK, mdc=0), {"mdc": "The smallest real change is a number above 0."}),
    (replace(NECK, mcid=-1), {"mcid": "The meaningful change is a number above 0."}),
    (replace(NDI, measure="nid", title="x"), {"measure": "There is no such measure. Leave it empty for one of your own."}),
    (
        replace(PSFS, activities=(), baseline_ratings=()),
        {"activities": "Name the client's own activities, each as it is rated now: “carry child 3, mow lawn 4”."},
    ),
    (replace(PSFS, baseline_ratings=(Rating("run 5 km", 11),)), {"activities": "Each activity is rated from 0 to 10."}),
    (GoalDraft("", "", 2.5, 1, DUE, "tenderness"), {"baseline": "Tenderness takes the grades 0, I, II, III, IV."}),
    (GoalDraft("", "", 6.5, 3, DUE, "nprs"), {"baseline": "Pain now takes whole numbers only."}),
    (GoalDraft("Mood", "/10", 3, 11, DUE), {"target": "Mood goes from 0 to 10."}),
    (GoalDraft("", "", 2, 0, DUE, "tone"), {}),  # tone may be too high or too low
    (GoalDraft("", "", -2, 0, DUE, "tone"), {}),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "problems"), REFUSED)
def test_goal_that_cannot_be_is_refused_by_field(draft: GoalDraft, problems: dict[str, str]) -> None:
    assert refused(draft.cleaned(), TODAY) == problems


DATE = "No date: until when?"
WHY = "What will the client be able to do? One reason out of daily life."
OWN = "No measure yet: with one of the list, a change is judged against its error."

ADVISED = [
    (NECK, ()),
    (NDI, ()),
    (PSFS, ()),
    (STRESS, ()),
    (replace(NECK, due_on=None), (DATE,)),
    (replace(NECK, purpose=""), (WHY,)),
    (replace(NECK, side=Side.NONE), ("Which side?",)),
    (
        replace(NECK, target=54),
        ("The target lies within the error of measuring (MDC 10°): reaching it would prove nothing.",),
    ),
    (replace(NECK, target=54, mdc=8), ()),
    (replace(NDI, target=24), ("Past the error, but less than a meaningful change (MCID 19 %).",)),
    (replace(NDI, target=24, mcid=12), ()),
    (
        replace(STRESS, due_on=TODAY + timedelta(14)),
        ("It asks about 28 days: due sooner, it cannot have changed yet.",),
    ),
    (replace(PSFS, activities=tuple("abcdef")), ("Three to five activities are enough.",)),
    (
        replace(PSFS, target=5.5),
        ("The target lies within the error of measuring (MDC 3/10): reaching it would prove nothing.",),
    ),
    (GoalDraft("Stairs", "floors", 1, 4, DUE, purpose="x"), (OWN,)),
    (GoalDraft("Stairs", "floors", 1, 4, DUE, purpose="x", mdc=2), ()),
    (
        GoalDraft("Feel better and relax", "", 1, 4, DUE, purpose="x"),
        ("“Feel better” cannot be measured: say by which number you will both know, or choose a measure.",),
    ),
    (GoalDraft("Relax", "", None, None), (
        "“Relax” cannot be measured: say by which number you will both know, or choose a measure.",
    )),
    (GoalDraft("Relaxing the jaw", "mm", 20, 40, DUE, purpose="x"), (OWN,)),
    (GoalDraft("Relax", "", 3, 6, DUE, "sleep.quality", purpose="x"), ()),
]  # fmt: skip


@pytest.mark.parametrize(("draft", "said"), ADVISED)
def test_goal_that_could_be_better_is_advised_on_and_can_be_saved(draft: GoalDraft, said: tuple[str, ...]) -> None:
    assert advice(draft.cleaned(), TODAY) == said


EXAMPLES = [
    # in the order of clinical.md 6: baseline, target, weeks
    (7, 4, 4), (6, 3, 6), (36, 16, 8), (42, 26, 8), (48, 30, 8), (46, 60, 10), (13, 7, 6), (3.666667, 6, 6), (2, 6, 10),
    (64, 56, 8), (14, 7, 8), (45, 65, 6), (95, 150, 12), (20, 32, 8), (6, 14, 6), (28, 40, 6), (22, 28, 8), (3, 1, 4),
    (3, 6, 4), (27, 20, 8),
]  # fmt: skip


def test_the_twenty_examples_have_their_figures() -> None:
    found = [(one.draft.baseline, one.draft.target, one.weeks) for one in examples().values()]
    assert found == EXAMPLES


@pytest.mark.parametrize("name", examples())
def test_example_is_smart_as_it_stands(name: str) -> None:
    one = examples()[name]
    draft = replace(one.draft, due_on=TODAY + timedelta(weeks=one.weeks))
    assert refused(draft, TODAY) == {}
    assert advice(draft, TODAY) == ()
    assert draft.cleaned() == draft
    assert (draft.priority, draft.owner) == (Priority.MEDIUM, Owner.BOTH)
