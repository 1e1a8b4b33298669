"""The one table of actions: every key does one thing within reach, every action exists, and a remapping is checked."""

import importlib
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from therapist_tui.ui import keys
from therapist_tui.ui.actions import ACTIONS, BY_ID, KEY_LINE_LIMIT, TOGETHER, Action
from therapist_tui.ui.app import TherapistApp

PLACES = {
    "app": TherapistApp,
    **{
        scope: getattr(importlib.import_module(f"therapist_tui.ui.{module}"), name)
        for scope, module, name in (
            ("today", "screens.today", "TodayScreen"),
            ("note", "screens.note", "NoteScreen"),
            ("clients", "screens.clients", "ClientsScreen"),
            ("search", "screens.search", "SearchScreen"),
            ("chart", "screens.chart", "ChartScreen"),
            ("desk", "screens.desk", "DeskScreen"),
            ("trend", "screens.trend", "TrendScreen"),
            ("closing", "screens.closing", "ClosingScreen"),
            ("reading", "screens.reading", "ReadingScreen"),
            ("report", "screens.report", "ReportScreen"),
            ("measure", "screens.measure", "MeasureScreen"),
            ("why", "screens.why", "WhyScreen"),
            ("safety", "screens.safety", "SafetyScreen"),
            ("trail", "screens.trail", "TrailScreen"),
            ("form", "screens.form", "FormScreen"),
            ("which", "screens.which", "WhichScreen"),
            ("shorthand", "widgets.shorthand_input", "ShorthandInput"),
            ("week", "screens.week", "WeekScreen"),
            ("month", "screens.month", "MonthScreen"),
            ("scope", "screens.scope", "ScopeScreen"),
            ("grid", "widgets.week_grid", "WeekGrid"),
            ("moving", "widgets.week_grid", "WeekGrid"),
            ("brief", "widgets.brief", "Brief"),
            ("day", "widgets.day_list", "DayList"),
            ("body", "widgets.body_map", "BodyMap"),
            ("import", "screens.imports", "ImportScreen"),
            ("choices", "widgets.choices", "Choices"),
            ("cards", "screens.cards", "CardsScreen"),
            ("working", "screens.working", "WorkingScreen"),
        )
    },
}
WIDGET_FIRST = {
    ("today.chart", "brief.choose"),
    ("today.previous_day", "brief.previous_section"),
    ("today.next_day", "brief.next_section"),
    ("note.close", "body.done"),
    ("week.open", "moving.put_down"),
    ("week.close", "moving.leave"),
}
"""With the brief or the body map in focus these keys are the widget's; elsewhere they are the screen's."""


def within_reach(one: Action, other: Action) -> bool:
    scopes = {one.scope, other.scope}
    return len(scopes) == 1 or "app" in scopes or scopes in TOGETHER


def test_every_key_does_one_thing_within_reach():
    for one, other in combinations(ACTIONS, 2):
        if within_reach(one, other) and (one.id, other.id) not in WIDGET_FIRST:
            assert not set(one.keys.split(",")) & set(other.keys.split(",")), (one.id, other.id)


def test_no_key_is_one_that_terminals_cannot_tell_from_another():
    used = {key for action in ACTIONS for key in action.keys.split(",")}
    assert not used & set(keys.FORBIDDEN)
    assert not [key for key in used if key.startswith("alt+")]


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_its_method_in_its_place(action: Action):
    assert callable(getattr(PLACES[action.scope], f"action_{action.name}", None))


@pytest.mark.parametrize("scope", PLACES)
def test_every_place_binds_its_actions_and_has_a_key_line_of_six_at_most(scope: str):
    own = [action for action in ACTIONS if action.scope == scope]
    bound = {binding.id for binding in PLACES[scope].BINDINGS if not isinstance(binding, tuple)}
    assert {action.id for action in own} <= bound
    in_line = [action for action in own if action.in_line]
    everywhere = 0 if scope in ("app", "form") else 1
    assert len(in_line) + everywhere <= KEY_LINE_LIMIT


def test_every_action_says_what_it_does():
    assert len(BY_ID) == len(ACTIONS)
    for action in ACTIONS:
        assert action.label
        assert action.help
        assert action.group


def test_default_keys_written_down_are_no_clash():
    defaults = {action.id: action.keys for action in ACTIONS if not action.each}
    assert keys.check_keymap(defaults) == (defaults, [])
    for action_id, default in defaults.items():
        assert keys.check_keymap({action_id: default}) == ({action_id: default}, [])


@pytest.mark.parametrize(
    ("wanted", "used"),
    [
        ({}, {}),
        ({"today.note": "o"}, {"today.note": "o"}),
        ({"today.note": " o , f4"}, {"today.note": "o,f4"}),
        ({"today.clients": "!"}, {"today.clients": "exclamation_mark"}),
        ({"today.note": "m", "today.measure": "n"}, {"today.note": "m", "today.measure": "n"}),
        ({"note.sign": "ctrl+r"}, {"note.sign": "ctrl+r"}),
        ({"form.save": "f5", "form.start_over": "f9"}, {"form.save": "f5", "form.start_over": "f9"}),
    ],
)
def test_keymap_that_can_be_used_is_used_by_the_names_of_its_keys(wanted: dict[str, str], used: dict[str, str]):
    assert keys.check_keymap(wanted) == (used, [])


@pytest.mark.parametrize(
    ("action_id", "key", "sentence"),
    [
        ("today.fly", "f4", "keys: there is no action “today.fly”. The help screen lists them."),
        ("today.note", " , ", "keys: today.note needs a key, e.g. “n”."),
        ("today.note", "ctrl+i", "keys: today.note cannot be “ctrl+i”: terminals send it as tab."),
        ("today.note", "alt+n", "keys: today.note cannot be “alt+n”: alt keys type their letter in many terminals."),
        ("today.note", "m", "keys: today.note cannot be “m”: it already means “measure” (today.measure)."),
        ("today.note", "o,f1", "keys: today.note cannot be “f1”: it already means “all keys” (app.help)."),
        ("today.note", "?", "keys: today.note cannot be “question_mark”: it already means “all keys” (app.help)."),
        ("today.note", "k", "keys: today.note cannot be “k”: it already means “up” (brief.up)."),
        ("app.lock", "n", "keys: app.lock cannot be “n”: it already means “note” (today.note)."),
        ("brief.choose", "f9", "keys: brief.choose cannot be “f9”: it already means “sign” (note.sign)."),
        (
            "today.note",
            "F4",
            "keys: today.note cannot be “F4”: there is no such key. Write keys like o, f4, ctrl+n or ?.",
        ),
        (
            "today.note",
            "banana+n",
            "keys: today.note cannot be “banana+n”: there is no such key. Write keys like o, f4, ctrl+n or ?.",
        ),
        ("body.number", "f4", "keys: body.number stays as it is: its keys say which one is meant."),
        ("body.pain", "t", "keys: body.pain cannot be “t”: it already means “tension” (body.tension)."),
        ("body.pain", "f9", "keys: body.pain cannot be “f9”: it already means “sign” (note.sign)."),
        ("form.save", "s", "keys: form.save cannot be “s”: it types or edits text there. Take a function key."),
        ("note.sign", "space", "keys: note.sign cannot be “space”: it types or edits text there. Take a function key."),
        (
            "clients.new",
            "ctrl+u",
            "keys: clients.new cannot be “ctrl+u”: it types or edits text there. Take a function key.",
        ),
    ],
)
def test_entry_that_cannot_be_used_is_refused_with_its_sentence(action_id: str, key: str, sentence: str):
    assert keys.check_keymap({action_id: key, "today.go_to": "f4"}) == ({"today.go_to": "f4"}, [sentence])


def test_two_entries_for_one_key_leave_the_first():
    used, refused = keys.check_keymap({"today.note": "o", "today.measure": "o"})
    assert used == {"today.note": "o"}
    assert refused == ["keys: today.measure cannot be “o”: it already means “note” (today.note)."]


def test_refused_entry_gives_its_default_key_back_and_who_wanted_that_is_refused_too():
    used, refused = keys.check_keymap({"today.note": "m", "today.step": "n"})
    assert used == {}
    assert len(refused) == 2


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([action.id for action in ACTIONS]) | st.text(max_size=5),
        st.text(max_size=8) | st.sampled_from(["n", "m", "f4", "k", "enter", "n,m", "ctrl+i", "?", ","]),
        max_size=6,
    )
)
def test_any_keymap_is_used_or_refused_entry_by_entry_and_what_is_used_never_clashes(wanted: dict[str, str]):
    used, refused = keys.check_keymap(wanted)
    assert len(used) + len(refused) == len(wanted)
    assert keys.check_keymap(used) == (used, [])


@pytest.mark.parametrize(
    ("names", "shown", "first"),
    [
        ("question_mark,f1", "? F1", "?"),
        ("left,less_than_sign", "← <", "←"),
        ("escape", "esc", "esc"),
        ("ctrl+q", "ctrl+q", "ctrl+q"),
        ("S", "S", "S"),
        ("f", "f", "f"),
        ("0,1,2,3,4,5,6,7,8,9", "0–9", "0–9"),
        ("backspace,delete", "bksp del", "bksp"),
    ],
)
def test_keys_are_shown_as_they_stand_on_the_keyboard(names: str, shown: str, first: str):
    assert keys.show_keys(names) == shown
    assert keys.show_keys(names, first_only=True) == first
