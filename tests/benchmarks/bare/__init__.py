"""The yardsticks: Textual apps with the same kind of widgets and nothing of ours."""
