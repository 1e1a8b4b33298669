"""Errors say in the user's words what happened and what to do: every class's docstring is its message."""

import importlib
import pkgutil
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

import therapist_tui.domain
from therapist_tui.domain.errors import Invalid, PracticeError

for module in pkgutil.iter_modules(therapist_tui.domain.__path__):
    importlib.import_module(f"therapist_tui.domain.{module.name}")


def every(kind: type[PracticeError]) -> list[type[PracticeError]]:
    return [kind, *(one for child in kind.__subclasses__() for one in every(child))]


class Wrapped(PracticeError):
    """First {fact},
    then the rest."""


def test_message_is_the_docstring_on_one_line_with_its_facts():
    assert str(Wrapped(fact="a\n b")) == "First a b, then the rest."


@given(fact=st.text())
def test_any_fact_can_stand_in_a_message(fact: str):
    assert str(Wrapped(fact=fact)).endswith("then the rest.")


def test_braces_in_a_fact_are_shown_as_typed():
    assert str(Wrapped(fact="{0} {x!r} {")) == "First {0} {x!r} {, then the rest."


def test_invalid_names_every_problem():
    error = Invalid({"name": "No name.", "zone": "No zone."})
    assert str(error) == "Please mend: No name.; No zone."
    assert error.problems == {"name": "No name.", "zone": "No zone."}


@pytest.mark.parametrize("error", every(PracticeError), ids=lambda one: one.__name__)
def test_every_error_has_a_message_of_its_own(error: type[PracticeError]):
    message = error.__dict__.get("__doc__")
    assert message
    for _, fact, _, _ in string.Formatter().parse(message):
        assert fact is None or fact.isidentifier()
