"""What can go wrong and can be mended, in the user's words. A class's docstring is its message."""

import inspect


class PracticeError(Exception):
    """Something went wrong."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(type(self).__name__)

    def __str__(self) -> str:
        """The message for the person: the class's docstring with the facts filled in."""
        return " ".join(inspect.cleandoc(type(self).__doc__ or "").format(**self.facts).split())


class Invalid(PracticeError):
    """Please mend: {reasons}"""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(reasons="; ".join(problems.values()))
