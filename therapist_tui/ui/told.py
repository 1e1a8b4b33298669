"""Errors that the user can mend become one line on the screen; all others go on as bugs."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual.screen import Screen

from therapist_tui.domain.errors import PracticeError

from .plain import toast
from .running import app_of

P = ParamSpec("P")
S = TypeVar("S", bound=Screen[Any])


def told(handler: Callable[Concatenate[S, P], Awaitable[None]]) -> Callable[Concatenate[S, P], Awaitable[None]]:
    """For a screen's handlers: a PracticeError is shown to the user, and the handler ends."""

    @wraps(handler)
    async def shown(screen: S, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            await handler(screen, *args, **kwargs)
        except PracticeError as error:
            toast(app_of(screen), str(error), severity="warning")

    return shown
