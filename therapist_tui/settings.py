"""Where things live, and the user's settings: a TOML file, checked, with an error that names file, key and mend.

The program always starts: what cannot be understood is told and the default is used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import platformdirs

NAME = "therapist-tui"
LARGEST = 64 * 1024
"""Bytes. A larger file is no settings file, and TOML with thousands of nested keys takes seconds to read."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files that the program uses; made with mode 0700 and 0600 when they are first needed."""

    practice: Path
    settings: Path
    state: Path

    @classmethod
    def of_user(cls) -> "Paths":
        """The places that this system has for such files."""
        dirs = platformdirs.PlatformDirs(NAME, appauthor=False)
        return cls(dirs.user_data_path / "practice", dirs.user_config_path / "settings.toml", dirs.user_state_path)

    def described(self) -> dict[str, Path]:
        """For `therapist-tui paths`."""
        return {"practice": self.practice, "settings": self.settings, "state": self.state}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can set."""

    theme: str = "practice-dark"
    mask_names: bool = False
    mouse: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    def machine_zone() -> str:
        """The machine's time zone, offered at set-up; "UTC" when it cannot be told."""
        from tzlocal import get_localzone_name

        try:
            return get_localzone_name() or "UTC"
        except (LookupError, ValueError, OSError):
            return "UTC"


def load(path: Path) -> tuple[Settings, list[str]]:
    """The settings in a file, and a sentence for each thing in it that could not be used."""
    try:
        if path.stat().st_size > LARGEST:
            return Settings(), [f"{path}: the file is larger than 64 KB; the defaults are used. Make it smaller."]
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError):
        return Settings(), [f"{path}: cannot be read as text; the defaults are used."]
    import tomllib  # most people have no settings file, and start a little sooner

    try:
        raw = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        where = str(error).rsplit("(", 1)[-1].rstrip(")")
        return Settings(), [f"{path}: is no valid TOML ({where}); the defaults are used until that is mended."]
    return _checked(raw, path)


def _checked(raw: Mapping[str, object], path: Path) -> tuple[Settings, list[str]]:
    settings, problems = Settings(), list[str]()
    for key, value in raw.items():
        check = _CHECKS.get(key)
        if check is None:
            problems.append(f"{path}: “{key}” is no setting. There are: {', '.join(_CHECKS)}.")
            continue
        accepts, mend = check
        if accepts(value):
            settings = replace(settings, **{key: value})
        else:
            problems.append(f"{path}: “{key}” {mend}.")
    return settings, problems


def _is_keys(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(keys, str) and keys for keys in value.values())  # pyright: ignore[reportUnknownVariableType]


_CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
    "theme": (lambda value: isinstance(value, str), 'must be the name of a theme, e.g. theme = "practice-light"'),
    "mask_names": (lambda value: isinstance(value, bool), "must be true or false"),
    "mouse": (lambda value: isinstance(value, bool), "must be true or false"),
    "keys": (_is_keys, 'must be a table of actions and keys, e.g. [keys] and then "today.note" = "o"'),
}
