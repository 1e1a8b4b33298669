"""The ways from the day into the rooms of the practice: none of them concerns the highlighted appointment."""

from therapist_tui.domain.therapist import Therapist

from ..told import told
from .base import PracticeScreen


class WaysFromToday(PracticeScreen):
    """What opens the client list, the desk, search, moving in and out, safekeeping and the therapist's own card."""

    @property
    def therapist(self) -> Therapist | None:
        """Whose practice it is, as the day was read; None before it was."""
        raise NotImplementedError

    def action_clients(self) -> None:
        """Find a client, or add one."""
        from .clients import ClientsScreen

        self.app.push_screen(ClientsScreen())

    def action_imports(self) -> None:
        """Bring in what another program holds."""
        from .imports import ImportScreen

        self.app.push_screen(ImportScreen())

    def action_search(self) -> None:
        """Find any word of the record."""
        from .search import SearchScreen

        self.app.push_screen(SearchScreen())

    @told
    async def action_desk(self) -> None:
        """What is owed. It is read first, so that the next key finds it there."""
        from .desk import DeskScreen

        desk = await self.app.records.run(self.app.practice.desk.owed, self.app.clock())
        self.app.push_screen(DeskScreen(desk))

    def action_export(self) -> None:
        """Write the practice or the calendar for other programs."""
        from .exporting import ask_and_export

        ask_and_export(self.app)

    def action_safety(self) -> None:
        """Keys, backups and the trail."""
        from .safety import SafetyScreen

        self.app.push_screen(SafetyScreen())

    def action_profile(self) -> None:
        """Name, licence and certifications."""
        from ..forms.profile import ProfileForm
        from .form import FormScreen

        if self.therapist:
            self.app.push_screen(FormScreen(ProfileForm(self.therapist, self.app.today())))

    def action_course(self) -> None:
        """Add a course of continuing education."""
        from ..forms.profile import CourseForm
        from .form import FormScreen

        if self.therapist:
            self.app.push_screen(FormScreen(CourseForm(self.therapist, self.app.today())))
