"""Settings: the program always starts, and says which file, which key and what to mend."""

from datetime import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from therapist_tui.domain.hours import Hours, Span, hours_of
from therapist_tui.settings import LARGEST, MOST_OWN, OwnShorthand, Paths, Settings, load, load_own_shorthand


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_no_file_means_the_defaults_and_nothing_to_say(file: Path):
    assert load(file) == (Settings(), [])


def test_every_setting_is_read(file: Path):
    file.write_text(
        'theme = "practice-light"\nmask_names = true\nmouse = false\nhistory_valid_days = 90\nsign_requires = ["said", "plan"]\nlate_after_hours = 48\nsensitive_regions = ["breast"]\nbackup_to = "/s"\nbackup_keep = { daily = 2 }\nlock_after_minutes = 9\npaper = "letter"\nexports = "~/x"\n[keys]\n"today.note" = "o"\n'
    )
    assert load(file) == (
        Settings(
            "practice-light",
            True,
            False,
            90,
            ("said", "plan"),
            48,
            {"today.note": "o"},
            "letter",
            "~/x",
            ("breast",),
            backup_to="/s",
            backup_keep={"daily": 2},
            lock_after_minutes=9,
        ),
        [],
    )


def test_file_of_an_editor_that_writes_a_byte_order_mark_is_read(file: Path):
    file.write_text('theme = "practice-light"\r\n', encoding="utf-8-sig")
    assert load(file) == (Settings("practice-light"), [])


def test_working_hours_are_read_and_days_that_are_not_named_stay_as_usual(file: Path):
    file.write_text('[hours]\nmon = "9-12:30, 1330 – 18:00"\nsat = "10:00-13:00"\nfri = ""\nbuffer = 15\nslot = 30\n')
    read, problems = load(file)
    assert problems == []
    hours, refused = hours_of(read.hours)
    usual = Hours()
    assert refused == []
    assert hours.week[0] == (Span(time(9), time(12, 30)), Span(time(13, 30), time(18)))
    assert hours.week[1:4] == usual.week[1:4]
    assert hours.week[4:] == ((), (Span(time(10), time(13)),), ())
    assert (hours.buffer, hours.slot) == (15, 30)


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("theme = 3", '“theme” must be the name of a theme, e.g. theme = "practice-light".'),
        ("mask_names = 1", "“mask_names” must be true or false."),
        ('mouse = "no"', "“mouse” must be true or false."),
        ("keys = 1", '“keys” must be a table of actions and keys, e.g. [keys] and then "today.note" = "o".'),
        ("keys.note = 1", '“keys” must be a table of actions and keys, e.g. [keys] and then "today.note" = "o".'),
        ('keys.note = ""', '“keys” must be a table of actions and keys, e.g. [keys] and then "today.note" = "o".'),
        (
            "sign_requires = []",
            (
                '“sign_requires” must be a list of parts, e.g. sign_requires = ["said", "response", "plan"]; '
                "the README lists them."
            ),
        ),
        (
            'sign_requires = ["mood"]',
            (
                '“sign_requires” must be a list of parts, e.g. sign_requires = ["said", "response", "plan"]; '
                "the README lists them."
            ),
        ),
        ('paper = "a5"', '“paper” must be "a4" or "letter".'),
        ('exports = ""', '“exports” must be a folder, e.g. exports = "~/Reports".'),
        (
            'sensitive_regions = ["bottom"]',
            (
                "“sensitive_regions” must be a list of regions, e.g. sensitive_regions = "
                '["breast", "gluteal", "thigh_medial"]; [] for none.'
            ),
        ),
        ("hours = 9", '“hours” must be a table, e.g. [hours] and then mon = "09:00-12:30, 13:30-18:00".'),
        ("hours.buffer = -1", "“hours.buffer” must be a whole number of minutes from 0 to 120."),
        ("hours.slot = 7", "“hours.slot” must be one of 5, 10, 15, 20, 30, 60 minutes."),
        *(
            (
                f"hours.{line}",
                f'“hours.{line[:3]}” must be times in order, e.g. "09:00-12:30, 13:30-18:00", or "" when closed.',
            )
            for line in ("mon = 9", 'tue = "9"', 'wed = "9-25"', 'thu = "12-9"', 'fri = "9-13, 12-18"', 'sat = "x-y"')
        ),
        (
            "hours.monday = '9-18'",
            "“hours.monday” is no setting here. There are: mon, tue, wed, thu, fri, sat, sun, buffer, slot.",
        ),
        ("late_after_hours = 0", "“late_after_hours” must be a whole number of hours from 1 to 720."),
        (
            'backup_to = "stick"',
            '“backup_to” must be the whole path of a folder, e.g. backup_to = "/media/stick/therapist-tui".',
        ),
        (
            "backup_keep = { hourly = 1 }",
            "“backup_keep” must be numbers from 0 to 1000, e.g. backup_keep = { daily = 7, weekly = 5 }.",
        ),
        (
            "lock_after_minutes = 61",
            "“lock_after_minutes” must be a whole number of minutes from 1 to 60, or 0 for never.",
        ),
        (
            "colour = 1",
            (
                "“colour” is no setting. There are: theme, mask_names, mouse, history_valid_days, sign_requires, "
                "late_after_hours, paper, exports, sensitive_regions, hours, backup_to, "
                "backup_keep, lock_after_minutes, keys."
            ),
        ),
    ],
)
def test_wrong_setting_names_file_key_and_mend_and_the_others_count(file: Path, line: str, mend: str):
    file.write_text(f"{line}\n" if line.startswith("keys") else f"{line}\nkeys = {{}}\n")
    assert load(file) == (Settings(), [f"{file}: {mend}"])
    other = "mask_names = true" if "mask" not in line else "mouse = false"
    file.write_text(f"{other}\n{line}\n")
    read, problems = load(file)
    assert problems == [f"{file}: {mend}"]
    assert read == (Settings(mask_names=True) if "mask" in other else Settings(mouse=False))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("theme =", "at end of document"),
        ("theme = 'a'\ntheme = 'b'\nmouse = true", "at line 2"),
        ("x = 2026-13-45", "at line 1"),
        (f"x = {'1' * 5000}", "too much"),
        (f"x = {'[' * 20000}", "too much"),
    ],
)
def test_what_is_no_toml_says_where(file: Path, text: str, where: str):
    file.write_text(text)
    read, problems = load(file)
    assert read == Settings()
    assert len(problems) == 1
    assert problems[0].startswith(f"{file}: is no valid TOML (")
    assert problems[0].endswith("); the defaults are used until that is mended.")
    assert where in problems[0]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"theme = '\xe9'"])
def test_what_is_no_text_is_told(file: Path, content: bytes):
    file.write_bytes(content)
    assert load(file) == (Settings(), [f"{file}: cannot be read as text; the defaults are used."])


def test_folder_in_the_files_place_is_told(file: Path):
    file.mkdir()
    assert load(file) == (Settings(), [f"{file}: cannot be read as text; the defaults are used."])


def test_file_that_is_too_large_is_not_read(file: Path):
    file.write_text("x = 1\n" * LARGEST)
    assert load(file) == (
        Settings(),
        [f"{file}: the file is larger than 64 KB; the defaults are used. Make it smaller."],
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=200) | st.text(alphabet="thememouskya=\"'[]{}.\n1true ").map(str.encode))
def test_any_file_gives_settings_and_sentences(file: Path, content: bytes):
    file.write_bytes(content)
    read, problems = load(file)
    assert isinstance(read, Settings)
    assert all(problem.startswith(f"{file}: ") and problem.endswith(".") for problem in problems)


def test_own_shorthand_is_read(file: Path):
    file.write_text('[words]\nshw = "B UT HT"\n"2x" = " twice "\n[snippets]\nswm = "SwM ${1:60}m; tol ${2:well}"\n')
    own = OwnShorthand({"shw": "B UT HT", "2x": "twice"}, {"swm": "SwM ${1:60}m; tol ${2:well}"})
    assert load_own_shorthand(file) == (own, [])
    file.unlink()
    assert load_own_shorthand(file) == (OwnShorthand(), [])


@pytest.mark.parametrize(
    ("line", "mend"),
    [
        ("words = 1", '“words” must be a table, e.g. [words] and then "tpm" = "TrPT".'),
        ("[word]", "“word” is no table here. There are: [words], [snippets]."),
        ("[words]\nx = 1", "“x” in [words] must be text of 1 to 200 characters."),
        ("[words]\nx = ' '", "“x” in [words] must be text of 1 to 200 characters."),
        (f"[words]\nx = '{'a' * 201}'", "“x” in [words] must be text of 1 to 200 characters."),
        ("[words]\n'a;b' = 'x'", '“a;b” in [words] needs a name of 1 to 40 letters on one line, without ; and ".'),
        ('[words]\nx = "a\\u001bb"', "“x” in [words] must be one line without control characters and double blanks."),
        (
            "[snippets]\nx = '${0:a}'",
            "“x” in [snippets] has a stop that cannot be read; write stops like ${1:60}, with numbers from 1 to 9.",
        ),
        ("[snippets]\nx = '${1} ${1}'", "“x” in [snippets] has the stop 1 twice; give each stop a number of its own."),
    ],
)
def test_wrong_own_shorthand_names_entry_and_mend_and_the_others_count(file: Path, line: str, mend: str):
    table = "[snippets]" if "words" in line else "[words]"
    file.write_text(f"{line}\n{table}\ngood = 'L UT HT'\n")
    own, problems = load_own_shorthand(file)
    assert problems == [f"{file}: {mend}"]
    assert {**own.words, **own.snippets} == {"good": "L UT HT"}


def test_own_shorthand_has_a_limit(file: Path):
    file.write_text("[words]\n" + "".join(f"w{number} = 'x'\n" for number in range(MOST_OWN + 1)))
    own, problems = load_own_shorthand(file)
    assert len(own.words) == MOST_OWN
    assert problems == [f"{file}: [words] has more than {MOST_OWN} entries; the first {MOST_OWN} are used."]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=100) | st.text(alphabet="wordsnipet=\"'[]{}$:;.\n1 ").map(str.encode))
def test_any_own_shorthand_gives_words_and_sentences(file: Path, content: bytes):
    file.write_bytes(content)
    own, problems = load_own_shorthand(file)
    assert all(isinstance(text, str) for text in (*own.words.values(), *own.snippets.values()))
    assert all(problem.startswith(f"{file}: ") and problem.endswith(".") for problem in problems)


def test_paths_follow_what_the_system_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    assert set(Paths.of_user().described()) == {
        "practice",
        "settings",
        "cautions",
        "shorthand",
        "state",
        "exports",
        "cache",
    }


@pytest.mark.parametrize(
    ("fault", "zone"), [(None, "Europe/Paris"), (LookupError, "UTC"), (ValueError, "UTC"), (OSError, "UTC")]
)
def test_machine_zone_is_offered_or_utc(monkeypatch: pytest.MonkeyPatch, fault: type[Exception] | None, zone: str):
    def name() -> str:
        if fault:
            raise fault
        return "Europe/Paris"

    monkeypatch.setattr("tzlocal.get_localzone_name", name)
    assert Settings.machine_zone() == zone


def test_the_code_of_settings_is_another_one_for_other_settings_and_tells_nothing_of_them() -> None:
    codes = [
        Settings().code,
        Settings(lock_after_minutes=0).code,
        Settings(backup_to="/media/stick").code,
        Settings(keys={"today.note": "o"}).code,
    ]
    assert codes[0] == ""
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 10 and code.isalnum() for code in codes[1:])
    assert Settings(lock_after_minutes=0).code == codes[1]
