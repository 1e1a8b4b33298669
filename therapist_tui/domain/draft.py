"""Drafts: what is typed into a form and not saved yet, kept so that nothing typed is ever lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of a form as they stand. `form` names the form, `about` the record it is for ("" for a new one)."""

    form: str
    about: str
    fields: Mapping[str, str]
    saved_at: datetime
