"""What the app is given from outside: where the practice is, how the user wants it, and what time it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from therapist_tui.settings import OwnShorthand, Settings

from .door import Door


@dataclass(frozen=True)
class Surroundings:
    """What the app is given from outside."""

    door: Door
    settings: Settings
    clock: Callable[[], datetime]
    crash_folder: Path
    notices: tuple[str, ...] = ()
    """Sentences to show once the practice is open, e.g. about a setting that was not understood."""
    own_cautions: Mapping[str, object] = field(default_factory=dict[str, object])
    """The therapist's own caution rules, laid over the shipped ones."""
    own_shorthand: OwnShorthand = field(default_factory=OwnShorthand)
    """The therapist's own abbreviations, which go before the shipped ones, and her snippets."""
    exports: Path | None = None
    """Where what is given out is written unless the settings or the user say another place."""
