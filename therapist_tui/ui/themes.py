"""Our two themes, calm and with enough contrast; any of Textual's own can be chosen in the settings."""

from textual.color import Color, ColorParseError
from textual.theme import Theme

DARK = Theme(
    name="practice-dark",
    primary="#7fb3a6",
    secondary="#8aa4c8",
    accent="#e0b15c",
    warning="#e3a04f",
    error="#ef7676",
    success="#86c28b",
    foreground="#dcdfe0",
    background="#15191b",
    surface="#1b2023",
    panel="#252c30",
    dark=True,
    variables={"block-cursor-foreground": "#15191b", "block-cursor-background": "#e0b15c"},
)
LIGHT = Theme(
    name="practice-light",
    primary="#1f6f60",
    secondary="#2f5f92",
    accent="#9a5b00",
    warning="#9a5b00",
    error="#b3261e",
    success="#2c6e35",
    foreground="#20262a",
    background="#f7f6f2",
    surface="#fffefb",
    panel="#e8e6df",
    dark=False,
    variables={"block-cursor-foreground": "#ffffff", "block-cursor-background": "#1f6f60"},
)
CYCLE = ("practice-dark", "practice-light", "ansi-dark", "ansi-light")
"""What the theme key steps through; the last two use the terminal's own colours."""

SHADES = {"practice-muted": 0.62, "practice-frame": 0.28, "practice-cursor": 0.16, "practice-cursor-blurred": 0.08}
"""How much of the foreground is mixed into the background. Textual's own `$text-muted` is worked out against the widget
behind it, which a line drawn by ourselves does not have."""


def with_ours(variables: dict[str, str]) -> dict[str, str]:
    """The theme's variables with our shades; the terminal's own colours have no shades, so two stand for four."""
    try:
        background, foreground = Color.parse(variables["background"]), Color.parse(variables["foreground"])
    except (KeyError, ColorParseError):
        background = foreground = Color(0, 0, 0, ansi=0)
    if background.ansi is not None or foreground.ansi is not None:
        return {**variables, **dict.fromkeys(SHADES, "ansi_bright_black")}
    return {**variables, **{name: background.blend(foreground, part).hex for name, part in SHADES.items()}}
