"""Our program as it is, but that it takes no backup of its own: a day's work is measured without one behind it."""

from dataclasses import replace

from therapist_tui import cli
from therapist_tui.settings import Paths
from therapist_tui.ui.door import Door, practice_door


def door() -> Door:
    """The real practice's."""
    return replace(practice_door(Paths.of_user().practice, cli.utc_now), backs_up=False)


if __name__ == "__main__":
    paths = Paths.of_user()
    raise SystemExit(cli._run_app(door, paths.state, paths.exports))  # pyright: ignore[reportPrivateUsage]
