"""Where things live, and the user's settings: a TOML file, checked, with an error that names file, key and mend.

The program always starts: what cannot be understood is told and the default is used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, cast

import platformdirs

from therapist_tui.domain.text import clean_line

NAME = "therapist-tui"
LARGEST = 64 * 1024
"""Bytes. A larger file is no settings file, and TOML with thousands of nested keys takes seconds to read."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The folders and files that the program uses; made with mode 0700 and 0600 when they are first needed."""

    practice: Path
    settings: Path
    cautions: Path
    shorthand: Path
    state: Path
    exports: Path
    cache: Path
    """What can be made again at any time."""

    @classmethod
    def of_user(cls) -> "Paths":
        """The places that this system has for such files."""
        dirs = platformdirs.PlatformDirs(NAME, appauthor=False)
        return cls(
            dirs.user_data_path / "practice",
            dirs.user_config_path / "settings.toml",
            dirs.user_config_path / "cautions.toml",
            dirs.user_config_path / "shorthand.toml",
            dirs.user_state_path,
            dirs.user_data_path / "exports",
            dirs.user_cache_path,
        )

    def described(self) -> dict[str, Path]:
        """For `therapist-tui paths`."""
        return {
            "practice": self.practice,
            "settings": self.settings,
            "cautions": self.cautions,
            "shorthand": self.shorthand,
            "state": self.state,
            "exports": self.exports,
            "cache": self.cache,
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user can set."""

    theme: str = "practice-dark"
    mask_names: bool = False
    mouse: bool = True
    history_valid_days: int = 365
    sign_requires: tuple[str, ...] = ()
    """Parts a note needs before it can be signed (domain.signing.PARTS); empty for the usual ones."""
    late_after_hours: int = 24
    keys: Mapping[str, str] = field(default_factory=dict[str, str])
    paper: str = ""
    """Paper of what is printed, "a4" or "letter"; empty for what is usual in the practice's time zone."""
    exports: str = ""
    """Folder that exports are written into; empty for a private one beside the practice."""
    sensitive_regions: tuple[str, ...] | None = None
    """Regions of the body that want a consent of their own, by id (domain.body.regions); None for the usual ones."""
    hours: Mapping[str, str | int] = field(default_factory=dict[str, str | int])
    """Working hours, buffer and slot as they stand in [hours], checked; domain.hours reads them."""
    backup_to: str = ""
    """A folder outside this disk that every backup is copied to; "" for none yet."""
    backup_keep: Mapping[str, int] = field(default_factory=dict[str, int])
    """How many backups stay, by "last", "daily", "weekly", "monthly", "yearly"; what is missing is as usual."""
    lock_after_minutes: int = 5
    """Minutes without a key or a click after which the practice locks; 0 for never."""

    @property
    def backup_folder(self) -> Path | None:
        """Where every backup is copied to, or None."""
        return Path(self.backup_to).expanduser() if self.backup_to else None

    @property
    def code(self) -> str:
        """Ten letters that stand for what is set, and tell nothing of it; "" where everything is as usual."""
        if self == Settings():
            return ""
        from hashlib import sha256

        said = repr([(one.name, str(getattr(self, one.name))) for one in fields(self)])
        return sha256(said.encode()).hexdigest()[:10]

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
    raw, problems = _read(path)
    settings, more = _checked(raw, path)
    return settings, problems + more


def load_own_cautions(path: Path) -> tuple[Mapping[str, object], list[str]]:
    """The therapist's own caution rules as they stand in her file; what they mean is checked by the screening."""
    return _read(path)


@dataclass(frozen=True, slots=True)
class OwnShorthand:
    """The therapist's own abbreviations, and her snippets by name."""

    words: Mapping[str, str] = field(default_factory=dict[str, str])
    snippets: Mapping[str, str] = field(default_factory=dict[str, str])


MOST_OWN = 500
"""Entries of each table in shorthand.toml."""
LONGEST_NAME, LONGEST_WORD, LONGEST_SNIPPET = 40, 200, 500
"""Characters of a word or a snippet's name, of what a word stands for, of a snippet."""


def load_own_shorthand(path: Path) -> tuple[OwnShorthand, list[str]]:
    """The therapist's own words and snippets, and a sentence for each that could not be used."""
    raw, problems = _read(path)
    problems += [
        f"{path}: “{key}” is no table here. There are: [words], [snippets]."
        for key in raw
        if key not in ("words", "snippets")
    ]
    words, of_words = _own_table(raw, path, "words", LONGEST_WORD)
    snippets, of_snippets = _own_table(raw, path, "snippets", LONGEST_SNIPPET)
    return OwnShorthand(words, snippets), [*problems, *of_words, *of_snippets]


def _own_table(raw: Mapping[str, object], path: Path, table: str, longest: int) -> tuple[dict[str, str], list[str]]:
    found = raw.get(table, {})
    if not isinstance(found, dict):
        return {}, [f'{path}: “{table}” must be a table, e.g. [{table}] and then "tpm" = "TrPT".']
    entries = cast("dict[str, object]", found)
    used: dict[str, str] = {}
    problems: list[str] = []
    for name, text in [*entries.items()][:MOST_OWN]:
        if problem := _own_problem(name, text, table, longest):
            problems.append(f"{path}: “{clean_line(name, LONGEST_NAME)}” in [{table}] {problem}.")
        else:
            used[name.strip()] = cast("str", text).strip()
    if len(entries) > MOST_OWN:
        problems.append(f"{path}: [{table}] has more than {MOST_OWN} entries; the first {MOST_OWN} are used.")
    return used, problems


def _own_problem(name: str, text: object, table: str, longest: int) -> str | None:
    if not name.strip() or len(name) > LONGEST_NAME or ";" in name or '"' in name or clean_line(name) != name.strip():
        return f'needs a name of 1 to {LONGEST_NAME} letters on one line, without ; and "'
    if not isinstance(text, str) or not text.strip() or len(text) > longest:
        return f"must be text of 1 to {longest} characters"
    if clean_line(text, longest) != text.strip():
        return "must be one line without control characters and double blanks"
    if table == "words":
        return None
    from therapist_tui.domain.shorthand.snippets import snippet_problem  # who has no snippets starts sooner

    return snippet_problem(text)


def _read(path: Path) -> tuple[Mapping[str, object], list[str]]:
    """A TOML file, empty where there is none or it cannot be used, and a sentence saying so."""
    try:
        if path.stat().st_size > LARGEST:
            return {}, [f"{path}: the file is larger than 64 KB; the defaults are used. Make it smaller."]
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError):
        return {}, [f"{path}: cannot be read as text; the defaults are used."]
    import tomllib  # most people have no settings file, and start a little sooner

    try:
        return tomllib.loads(text), []
    except (ValueError, RecursionError) as error:  # TOMLDecodeError, and what a number of 5 000 digits raises
        where = str(error).rsplit("(", 1)[-1].rstrip(")") if isinstance(error, tomllib.TOMLDecodeError) else "too much"
        return {}, [f"{path}: is no valid TOML ({where}); the defaults are used until that is mended."]


def _checked(raw: Mapping[str, object], path: Path) -> tuple[Settings, list[str]]:
    settings, problems = Settings(), list[str]()
    for key, value in raw.items():
        if key == "hours" and isinstance(value, dict):
            hours, more = _checked_hours(cast("dict[str, object]", value), path)
            settings, problems = replace(settings, hours=hours), problems + more
            continue
        check = _CHECKS.get(key)
        if check is None:
            problems.append(f"{path}: “{key}” is no setting. There are: {', '.join(_CHECKS)}.")
            continue
        accepts, mend = check
        if accepts(value):
            settings = replace(settings, **{key: _frozen(value)})
        else:
            problems.append(f"{path}: “{key}” {mend}.")
    return settings, problems


def _checked_hours(table: Mapping[str, object], path: Path) -> tuple[Mapping[str, str | int], list[str]]:
    """The entries of [hours] that can be used, and a sentence for each that cannot."""
    from .domain.hours import hours_of  # nobody without this setting waits for it

    refused = dict(hours_of(table)[1])
    used = {name: cast("str | int", value) for name, value in table.items() if name not in refused}
    return used, [f"{path}: “hours.{name}” {mend}." for name, mend in refused.items()]


def _frozen(value: object) -> Any:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value


def _is_keys(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(keys, str) and keys for keys in cast("dict[object, object]", value).values()
    )


def _is_keep(value: object) -> bool:
    known = ("last", "daily", "weekly", "monthly", "yearly")
    return isinstance(value, dict) and all(
        name in known and isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= 1000
        for name, count in cast("dict[object, object]", value).items()
    )


def _is_parts(value: object) -> bool:
    from .domain.signing import PARTS  # nobody without this setting waits for it

    return isinstance(value, list) and value != [] and all(part in PARTS for part in cast("list[object]", value))


def _is_regions(value: object) -> bool:
    from .domain.body.regions import regions  # nobody without this setting waits for it

    return isinstance(value, list) and all(
        isinstance(one, str) and one in regions() for one in cast("list[object]", value)
    )


_CHECKS: dict[str, tuple[Callable[[object], bool], str]] = {
    "theme": (lambda value: isinstance(value, str), 'must be the name of a theme, e.g. theme = "practice-light"'),
    "mask_names": (lambda value: isinstance(value, bool), "must be true or false"),
    "mouse": (lambda value: isinstance(value, bool), "must be true or false"),
    "history_valid_days": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 3650,
        "must be a whole number of days from 1 to 3650",
    ),
    "sign_requires": (
        _is_parts,
        'must be a list of parts, e.g. sign_requires = ["said", "response", "plan"]; the README lists them',
    ),
    "late_after_hours": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 720,
        "must be a whole number of hours from 1 to 720",
    ),
    "paper": (lambda value: value in ("a4", "letter"), 'must be "a4" or "letter"'),
    "exports": (
        lambda value: isinstance(value, str) and bool(value.strip()) and "\x00" not in value,
        'must be a folder, e.g. exports = "~/Reports"',
    ),
    "sensitive_regions": (
        _is_regions,
        'must be a list of regions, e.g. sensitive_regions = ["breast", "gluteal", "thigh_medial"]; [] for none',
    ),
    "hours": (
        lambda _value: False,  # a table is checked entry by entry
        'must be a table, e.g. [hours] and then mon = "09:00-12:30, 13:30-18:00"',
    ),
    "backup_to": (
        lambda value: isinstance(value, str) and (not value or Path(value).expanduser().is_absolute()),
        'must be the whole path of a folder, e.g. backup_to = "/media/stick/therapist-tui"',
    ),
    "backup_keep": (_is_keep, "must be numbers from 0 to 1000, e.g. backup_keep = { daily = 7, weekly = 5 }"),
    "lock_after_minutes": (
        lambda value: isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 60,
        "must be a whole number of minutes from 1 to 60, or 0 for never",
    ),
    "keys": (_is_keys, 'must be a table of actions and keys, e.g. [keys] and then "today.note" = "o"'),
}
