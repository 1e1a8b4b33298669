"""Every value of the domain is frozen and slotted, so that it is safe on any thread."""

import dataclasses
import importlib
import pkgutil
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

import therapist_tui.domain
from therapist_tui.domain.audit import AuditEvent
from therapist_tui.domain.draft import Draft
from therapist_tui.domain.therapist import Therapist
from therapist_tui.domain.whole import WholePractice

NOW = datetime(2026, 11, 23, 15, 24, tzinfo=UTC)
MODULES = [
    importlib.import_module(f"therapist_tui.domain.{one.name}")
    for one in pkgutil.iter_modules(therapist_tui.domain.__path__)
    if not one.ispkg
]
VALUES = [
    value
    for module in MODULES
    for value in vars(module).values()
    if dataclasses.is_dataclass(value) and value.__module__ == module.__name__
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: value.__name__)
def test_value_is_frozen_and_slotted(value: type):
    assert value.__dataclass_params__.frozen  # pyright: ignore[reportAttributeAccessIssue]
    assert "__slots__" in vars(value)


@pytest.mark.parametrize(
    "value",
    [
        AuditEvent(1, NOW, "Dana Reyes", "note.signed", "session_note", "1"),
        Draft("client", "", {"name": "Am"}, NOW),
        WholePractice(Therapist(None, "Dana", "", "", None, ZoneInfo("UTC"))),  # pyright: ignore[reportArgumentType]
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_field_can_be_set_afterwards(value: object):
    for field in dataclasses.fields(value):  # pyright: ignore[reportArgumentType]
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field.name, None)
