"""Our two themes, calm and with enough contrast; any of Textual's own can be chosen in the settings."""

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
