"""What can be wrong with a request or with a knowledge file, in the reader's words."""

from therapist_tui.domain.errors import PracticeError


class BadRequest(PracticeError):
    """The request cannot be screened: {reasons}"""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__(reasons=" ".join(problems))


class BrokenKnowledge(PracticeError):
    """{file}: {entry}: {field}: {fault}."""

    def __init__(self, file: str, entry: str, field: str, fault: str) -> None:
        super().__init__(file=file, entry=entry, field=field, fault=fault)
