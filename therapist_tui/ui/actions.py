"""The one table of actions: it gives the bindings, the key line, the help, the palette and the user's remapping.

Letters act where no text field has the focus. In a text field only function keys, escape, tab and the ctrl keys that
terminals and multiplexers leave alone (shared/reference/textual.md, «Keys»). What is made of the table is in keys.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a key does. `id` is "scope.name"; the name is the screen's `action_<name>`."""

    id: str
    keys: str
    label: str
    help: str
    group: str
    in_line: bool = False
    """Whether it stands in the key line at the bottom (six at most on each screen)."""
    first: bool = False
    """Whether it goes before the field in focus: the focus then moves in the order of the keys."""
    each: bool = False
    """Whether the method is told which of the keys it was; such keys are no matter of taste and are not remapped."""

    @property
    def scope(self) -> str:
        """The screen or widget that the action belongs to; "app" acts everywhere."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """The method behind it, without `action_`."""
        return self.id.partition(".")[2]


ACTIONS: tuple[Action, ...] = (
    # Everywhere
    Action("app.help", "question_mark,f1", "all keys", "Show every key that works here", "Everywhere", True),
    Action("app.command_palette", "ctrl+p", "palette", "Find any action by its name", "Everywhere"),
    Action("app.next_client", "ctrl+n", "next client", "Brief and note of who is next", "Everywhere", first=True),
    Action("app.undo", "u", "undo", "Take the last act back; a signature stays", "Everywhere"),
    Action("app.mask", "f2", "mask names", "Show initials instead of names, for eyes that pass by", "Everywhere"),
    Action("app.switch_theme", "f3", "theme", "Dark, light, or the terminal's own colours", "Everywhere"),
    Action("app.lock", "ctrl+l", "lock", "Save what is typed and lock the screen", "Everywhere"),
    Action("app.quit", "ctrl+q", "quit", "Save what is typed and leave", "Everywhere"),
    # Today
    Action("today.note", "n", "note", "Write or read the note of the highlighted appointment", "Client", True),
    Action("today.chart", "enter", "chart", "Open the chart: history, plan, goals, referrals, consents", "Client"),
    Action("today.measure", "m", "measure", "Type a new value for a goal", "Client", True),
    Action("today.no_change", "y", "no change", "Asked today, nothing new in the history", "Client", True),
    Action("today.history", "h", "history", "Add something new to the health history", "Client"),
    Action("today.trends", "v", "trends", "Plot the goals, with target and measurement error", "Client"),
    Action("today.step", "s", "status", "Booked → arrived → in session → done", "Appointment", True),
    Action("today.step_back", "S", "step back", "Take the last step of the status back", "Appointment"),
    Action("today.next_client", "space", "next client", "Jump to the next client that is not done", "Day", True),
    Action("today.book", "a", "add", "Book an appointment on this day", "Appointment"),
    Action("today.move", "e", "move, edit", "Move or change the highlighted appointment", "Appointment"),
    Action("today.cancel", "x", "cancel", "Cancel the appointment, or mark a no-show, with a reason", "Appointment"),
    Action("today.go_to", "g", "go to date", "Go to a date: “tue”, “3 dec”, “+2w”", "Day"),
    Action("today.previous_day", "left,less_than_sign", "previous day", "Show the day before", "Day"),
    Action("today.next_day", "right,greater_than_sign", "next day", "Show the day after", "Day"),
    Action("today.today", "t", "today", "Come back to today", "Day"),
    Action("today.switch_pane", "tab", "other pane", "Go to the brief and back", "Day"),
    Action("today.week", "w", "week", "The week: free time, moving, series; the month from there", "Day"),
    Action("today.repeat", "r", "repeat", "Repeat the appointment, or change its series", "Appointment"),
    Action("today.desk", "d", "desk", "What is owed: notes, outcomes, histories, goals, papers", "Practice"),
    Action("today.clients", "c", "clients", "Find a client, or add a new one", "Practice"),
    Action("today.search", "slash", "search", "Find any word of any note, history, goal or plan", "Practice"),
    Action("today.profile", "l", "licence", "Your name, licence and certifications", "Practice"),
    Action("today.course", "L", "add a course", "Add a course of continuing education", "Practice"),
    Action("today.section_cautions", "1", "cautions", "Show the cautions in the brief", "Client"),
    Action("today.section_goals", "2", "goals", "Show the goals in the brief", "Client"),
    Action("today.section_last", "3", "last time", "Show the last note in the brief", "Client"),
    Action("today.export", "E", "export", "Write the practice or the calendar for other programs", "Practice"),
    Action("today.imports", "i", "import", "Bring clients and appointments from another program's file", "Practice"),
    Action("app.leave", "q", "quit", "Save what is typed and leave", "Everywhere"),
    # The brief beside the day and the note
    Action("brief.up", "up,k", "up", "Move up through cautions and goals", "Brief"),
    Action("brief.down", "down,j", "down", "Move down through cautions and goals", "Brief"),
    Action("brief.choose", "enter", "why / measure", "Caution: why. Goal: type a new value", "Brief"),
    Action("brief.previous_section", "left", "section before", "Show the section before", "Brief"),
    Action("brief.next_section", "right", "next section", "Show the next section", "Brief"),
    # The day's list
    Action("day.up", "up,k", "up", "Move up", "Day"),
    Action("day.down", "down,j", "down", "Move down", "Day"),
    Action("day.first", "home", "first", "Move to the first appointment", "Day"),
    Action("day.last", "end", "last", "Move to the last appointment", "Day"),
    # The desk
    Action("desk.open", "enter", "open", "Go where it is settled", "Desk", True),
    Action("desk.done", "d", "done", "The session took place", "Desk", True),
    Action("desk.cancel", "x", "cancel", "It was cancelled, or a no-show: asks why", "Desk"),
    Action("desk.no_change", "y", "no change", "Asked, nothing new in the history", "Desk", True),
    Action("desk.close_day", "c", "close the day", "Run through what the sessions left open, one by one", "Desk", True),
    Action("desk.up", "up,k", "up", "Move up", "Desk"),
    Action("desk.down", "down,j", "down", "Move down", "Desk"),
    Action("desk.first", "home", "first", "Move to the first", "Desk"),
    Action("desk.last", "end", "last", "Move to the last", "Desk"),
    Action("desk.close", "escape", "back", "Back to the day", "Desk", True),
    # Closing the day
    Action("closing.open", "enter", "write, sign", "Write the note and sign it", "Closing", True),
    Action("closing.done", "d", "done", "The session took place", "Closing", True),
    Action("closing.no_show", "n", "no-show", "The client did not come: asks why", "Closing", True),
    Action("closing.cancelled", "c", "cancelled", "It was called off: asks why", "Closing"),
    Action("closing.no_change", "y", "no change", "Asked, nothing new in the history", "Closing"),
    Action("closing.history", "h", "history", "Add something new to the health history", "Closing"),
    Action("closing.measure", "m", "measure", "Type a new value for the goal", "Closing"),
    Action("closing.skip", "space", "later", "Leave it for later", "Closing", True),
    Action("closing.close", "escape", "back", "Back to the desk, where the rest waits", "Closing", True),
    # The week and the month
    Action("week.open", "enter", "open, book", "Open the client's chart; in free time book there", "Week", True),
    Action("week.next_free", "f", "next free", "Go to the next time with room; again: the one after", "Week", True),
    Action("week.free_for", "F", "free for …", "The next time with room for what a client usually books", "Week"),
    Action("week.repeat", "r", "repeat", "Repeat it, or change its series: this, later, all", "Week", True),
    Action("week.month", "m", "month", "How full the month is", "Week", True),
    Action("week.note", "n", "note", "Write or read the note of the appointment", "Week"),
    Action("week.book", "a", "add", "Book an appointment at the cursor", "Week"),
    Action("week.move", "e", "move, edit", "Change the appointment in its form", "Week"),
    Action("week.cancel", "x", "cancel", "Cancel it with a reason; of a series this, later or all", "Week"),
    Action("week.show_day", "d", "the day", "Show that day, with every caution", "Week"),
    Action("week.longer", "plus,equals_sign", "longer", "Look for, and book, a longer time", "Week"),
    Action("week.shorter", "minus", "shorter", "Look for, and book, a shorter time", "Week"),
    Action("week.previous", "less_than_sign,pageup", "week before", "Show the week before", "Week"),
    Action("week.next", "greater_than_sign,pagedown", "next week", "Show the week after", "Week"),
    Action("week.today", "t", "today", "Come back to this week", "Week"),
    Action("week.go_to", "g", "go to date", "Go to a date: “tue”, “3 dec”, “+2w”", "Week"),
    Action("week.close", "escape,w", "back", "Back to the day", "Week"),
    Action("grid.pick_up", "space", "move", "Pick it up; the arrows carry it, enter puts it down", "Week", True),
    Action("grid.up", "up,k", "up", "Move up; a picked-up appointment goes earlier", "Week"),
    Action("grid.down", "down,j", "down", "Move down; a picked-up appointment goes later", "Week"),
    Action("grid.left", "left", "day before", "Move to the day before, with what was picked up", "Week"),
    Action("grid.right", "right", "day after", "Move to the day after, with what was picked up", "Week"),
    Action("grid.first", "home", "first", "Move to the day's first time", "Week"),
    Action("grid.last", "end", "last", "Move to the day's last time", "Week"),
    Action("grid.earlier", "shift+up", "earlier", "Pick up and move earlier", "Week"),
    Action("grid.later", "shift+down", "later", "Pick up and move later", "Week"),
    Action("grid.day_before", "shift+left", "to day before", "Pick up and move to the day before", "Week"),
    Action("grid.day_after", "shift+right", "to day after", "Pick up and move to the day after", "Week"),
    Action("moving.put_down", "enter", "put here", "Move it here; of a series asks which dates", "Week", True),
    Action("moving.leave", "escape", "leave it", "Leave it where it was", "Week", True),
    Action("scope.choose", "enter", "do it", "Do it to the dates that are listed", "Series", True),
    Action("scope.close", "escape", "not now", "Leave all of them as they are", "Series", True),
    Action("month.open", "enter", "the week", "Show the week of that day", "Month", True),
    Action("month.up", "up,k", "week before", "Move to the week before", "Month"),
    Action("month.down", "down,j", "next week", "Move to the week after", "Month"),
    Action("month.left", "left", "day before", "Move to the day before", "Month"),
    Action("month.right", "right", "day after", "Move to the day after", "Month"),
    Action("month.previous", "less_than_sign,pageup", "month before", "Show the month before", "Month", True),
    Action("month.next", "greater_than_sign,pagedown", "next month", "Show the month after", "Month", True),
    Action("month.today", "t", "today", "Come back to today", "Month", True),
    Action("month.close", "escape,m", "back", "Back to the week", "Month", True),
    # Note
    Action("note.sign", "f9", "sign", "Sign the note: it never changes afterwards", "Note", True),
    Action("note.shorthand", "f4", "shorthand", "Go to the shorthand line, which fills the sections", "Note"),
    Action("note.carry", "f6", "carry forward", "Carry sections from the last note, never S", "Note", True),
    Action("note.confirm", "ctrl+o", "confirm carried", "Take carried lines on as today's, section by section", "Note"),
    Action("note.clock", "ctrl+t", "start, end", "Start the session's clock, or end it", "Note"),
    Action("note.body_map", "f7", "body map", "Go to the body map, and back to where you were", "Note", True, True),
    Action("note.measure", "f8", "measure", "Type a new value for a goal", "Note", True),
    Action("note.brief", "f5", "cautions, goals", "Go to cautions, goals and the last note, and back", "Note"),
    Action("note.which", "ctrl+g", "which one?", "Say what an abbreviation of the shorthand line means", "Note"),
    Action("note.close", "escape", "back", "Back to the day; the draft is kept", "Note", True),
    # The body map on the note
    Action("body.up", "up", "up", "Go to the region above", "Body map"),
    Action("body.down", "down", "down", "Go to the region below", "Body map"),
    Action("body.left", "left", "left", "Go to the region on the left", "Body map"),
    Action("body.right", "right", "right", "Go to the region on the right", "Body map"),
    Action("body.pain", "p", "pain", "Mark pain, or take it away", "Body map"),
    Action("body.tension", "t", "tension", "Mark tension, or take it away", "Body map"),
    Action("body.trigger_point", "x", "trigger point", "Mark a trigger point, or take it away", "Body map"),
    Action("body.numbness", "n", "numbness", "Mark numbness, or take it away", "Body map"),
    Action("body.avoided", "a", "avoided", "Mark a region that was left out, or take it away", "Body map"),
    Action("body.number", "0,1,2,3,4,5,6,7,8,9", "pain", "Pain before the work; 1, 0 is 10", "Body map", each=True),
    Action("body.after", "greater_than_sign", "pain after", "The next number is the pain after", "Body map", True),
    Action("body.both", "b", "both sides", "Mark both sides at once, or one again", "Body map", True),
    Action("body.clear", "backspace,delete", "clear", "Take away all that is marked on the region", "Body map", True),
    Action("body.earlier", "left_square_bracket", "earlier", "Show the session before, to read", "Body map", True),
    Action("body.later", "right_square_bracket", "later", "Show the session after; at last today's", "Body map"),
    Action("body.done", "escape", "back", "Back to today's marks, and then to the note", "Body map", True),
    # The shorthand line
    Action("shorthand.accept", "right", "complete", "At the end of the line: take the word shown in grey", "Shorthand"),
    Action("shorthand.choose_previous", "up", "word before", "Choose the word before", "Shorthand"),
    Action("shorthand.choose_next", "down", "next word", "Choose among the words that fit", "Shorthand"),
    Action("shorthand.finish", "enter", "to the note", "Go on to S; the line has filled the note", "Shorthand"),
    Action("shorthand.next_stop", "tab", "next stop", "Snippet: expand its name, then the next stop", "Shorthand"),
    Action("shorthand.previous_stop", "shift+tab", "stop before", "Snippet: go to the stop before", "Shorthand"),
    Action("which.choose", "enter", "take it", "Take the highlighted meaning; a digit takes its own", "Which", True),
    Action("which.close", "escape", "leave it", "Leave the abbreviation as it is", "Which", True),
    # Clients
    Action("clients.up", "up", "up", "Move up", "Clients"),
    Action("clients.down", "down", "down", "Move down", "Clients"),
    Action("clients.choose", "enter", "open chart", "Open the chart of the highlighted client", "Clients", True),
    Action("clients.new", "f6", "new client", "Add a new client", "Clients", True),
    Action("clients.book", "f7", "book", "Book an appointment for the highlighted client", "Clients", True),
    Action("clients.set_aside", "f5", "set aside", "Set the client aside, or bring one back", "Clients", True),
    Action("clients.aside", "f4", "those set aside", "Show those who were set aside, or those who come", "Clients"),
    Action("clients.merge", "f8", "same person", "Make two cards of one person into one; nothing is lost", "Clients"),
    Action("clients.separate", "ctrl+t", "take apart", "Take two cards apart that were made into one", "Clients"),
    Action("cards.choose", "enter", "take apart", "Take the highlighted card apart again", "Clients", True),
    Action("cards.close", "escape", "leave them", "Leave the cards one", "Clients", True),
    Action("clients.close", "escape", "back", "Back to the day", "Clients", True),
    # Search
    Action("search.up", "up", "up", "Move up", "Search"),
    Action("search.down", "down", "down", "Move down", "Search"),
    Action("search.page_up", "pageup", "page up", "Move up a page", "Search"),
    Action("search.page_down", "pagedown", "page down", "Move down a page", "Search"),
    Action("search.open", "enter", "go there", "Go to the line that was found", "Search", True),
    Action("search.close", "escape", "back", "Back", "Search", True),
    # Chart
    Action("chart.change", "enter", "change", "Change the highlighted entry, or read the note", "Chart", True),
    Action("chart.card", "e", "card", "Change name, phone and the rest of the card", "Chart"),
    Action("chart.health", "h", "add history", "Add a condition, medication, allergy, surgery …", "Chart", True),
    Action("chart.intake", "i", "intake", "The history as it is told, read into entries, and the consent", "Chart"),
    Action("chart.resolve", "x", "resolved", "Mark the highlighted entry as over, or a consent as withdrawn", "Chart"),
    Action("chart.no_change", "y", "no change", "Asked today, nothing new in the history", "Chart"),
    Action("chart.plan", "p", "plan", "Start or change the treatment plan", "Chart"),
    Action("chart.goal", "g", "add goal", "Add a goal to the plan", "Chart", True),
    Action("chart.measure", "m", "measure", "Type a new value for the highlighted goal", "Chart"),
    Action("chart.goal_review", "s", "how it stands", "Confirm how far the goal has come, or close it", "Chart"),
    Action("chart.referral", "r", "add referral", "Add a referral", "Chart"),
    Action("chart.consent", "o", "add consent", "Add a consent", "Chart"),
    Action("chart.review", "R", "review plan", "Look at the plan again: go on, change, pause, refer", "Chart"),
    Action("chart.plan_status", "P", "plan's status", "Hold, resume, complete or stop the plan", "Chart"),
    Action("chart.book", "a", "book", "Book an appointment", "Chart", True),
    Action("chart.section", "1,2,3,4,5", "section", "Overview, history, plan, notes, papers", "Chart", each=True),
    Action("chart.previous_section", "left", "section before", "Show the section before", "Chart"),
    Action("chart.next_section", "right", "next section", "Show the next section", "Chart"),
    Action("chart.up", "up,k", "up", "Move up", "Chart"),
    Action("chart.down", "down,j", "down", "Move down", "Chart"),
    Action("chart.first", "home", "first", "Move to the first entry", "Chart"),
    Action("chart.last", "end", "last", "Move to the last entry", "Chart"),
    Action("chart.more", "pagedown,space", "more", "Scroll the highlighted entry on", "Chart"),
    Action("chart.back", "pageup", "back", "Scroll the highlighted entry back", "Chart"),
    Action("chart.report", "w", "report", "Read, change and write the progress report", "Chart"),
    Action("chart.close", "escape", "back", "Back; from an earlier day, to today", "Chart", True),
    Action("chart.trends", "v", "trends", "Plot the goals, with target and measurement error", "Chart"),
    Action("chart.as_of", "d", "as of a date", "Read the chart as it stood on an earlier day", "Chart"),
    # The progress report
    Action("report.pdf", "p", "PDF", "Write the report as PDF, and the release into the log", "Report", True),
    Action("report.markdown", "m", "Markdown", "Write the report as Markdown", "Report", True),
    Action("report.change", "e", "change", "Say to whom, why, for which time, and what you recommend", "Report", True),
    Action("report.file", "f", "client's file", "Write the whole file, to hand to the client", "Report", True),
    Action("report.close", "escape", "back", "Back to the chart", "Report", True),
    # The trends of goals
    Action("trend.values", "v", "values", "The values as a table, and the plots again", "Trends", True),
    Action("trend.alone", "enter", "one, all", "The highlighted goal alone with its figures, or all", "Trends", True),
    Action("trend.period", "p", "period", "From the baseline on, the last year, the last three months", "Trends", True),
    Action("trend.measure", "m", "measure", "Type a new value for the highlighted goal", "Trends", True),
    Action("trend.up", "up,k", "up", "Move up", "Trends"),
    Action("trend.down", "down,j", "down", "Move down", "Trends"),
    Action("trend.close", "escape", "back", "Back", "Trends", True),
    # The signed note
    Action("reading.addendum", "a", "addendum", "Add a dated addendum; the note stays as it was signed", "Note", True),
    Action("reading.in_error", "e", "entered in error", "Mark the note as entered in error, with a reason", "Note"),
    Action("reading.close", "escape", "back", "Back", "Note", True),
    # Why a caution is there
    Action("why.close", "escape,enter", "back", "Back", "Why", True),
    # Goals, typed one after the other
    Action("measure.in_error", "f6", "wrong value", "Mark this goal's last value as entered in error", "Goals", True),
    Action("measure.close", "escape", "done", "Close", "Goals", True),
    # Import
    Action("import.complete", "tab", "complete", "Complete the name of the file or folder", "Import"),
    Action("import.up", "up", "up", "Move up through the files that fit", "Import"),
    Action("import.down", "down", "down", "Move down through the files that fit", "Import"),
    Action("import.take_back", "f8", "take back", "Choose an import to take back", "Import", True),
    Action("import.close", "escape", "back", "Stop, go a step back, or back to the day", "Import", True),
    Action("choices.take", "enter", "take it", "Take the highlighted answer; a digit takes its own", "Import", True),
    Action("choices.less", "left", "other meaning", "The column holds what is before in the list", "Import"),
    Action("choices.more", "right", "other meaning", "The column holds what is next in the list", "Import"),
    Action("choices.kind", "a", "clients/appointments", "The file holds clients, or appointments", "Import"),
    Action("choices.nobody", "x", "nobody's", "The calendar's entry is no client's", "Import"),
    Action("choices.new", "n", "new client", "The calendar's entry is a new client's", "Import"),
    Action("choices.pick", "c", "choose client", "Choose whose the calendar's entry is", "Import"),
    Action("choices.write", "w", "write list", "Write what is left out as a CSV file beside the file", "Import"),
    # What takes its time
    Action("working.stop", "escape", "stop", "Stop what is under way; nothing of it is left", "Working", True),
    # Keys and backups, the audit trail
    Action("today.safety", "b", "backups", "Keys, backups and the audit trail", "Practice"),
    Action("safety.back_up", "b", "back up", "Take a backup now, read it back and compare", "Safety", True),
    Action("safety.drill", "r", "try a restore", "Restore the newest backup into a scratch folder", "Safety"),
    Action("safety.verify", "v", "verify", "Look whether anything was altered, taken out or put back", "Safety", True),
    Action("safety.passphrase", "p", "passphrase", "Change the passphrase", "Safety", True),
    Action("safety.sheet", "s", "sheet", "Write the recovery sheet, and prove it", "Safety", True),
    Action("safety.trail", "t", "trail", "Who did and read what, and when", "Safety"),
    Action("safety.close", "escape", "back", "Back", "Safety", True),
    Action("trail.up", "up", "up", "Move up", "Trail"),
    Action("trail.down", "down", "down", "Move down", "Trail"),
    Action("trail.write", "f6", "write it", "Write this client's trail as a file, for the client", "Trail", True),
    Action("trail.close", "escape", "back", "Back", "Trail", True),
    Action("chart.trail", "l", "who read it", "The audit trail of this client", "Chart"),
    # Forms
    Action("form.save", "f9", "save", "Save (enter does the same in a one-line field)", "Form", True),
    Action("form.more", "f6", "more fields", "Show the form's second part, or fold it away", "Form", True),
    Action("form.start_over", "f5", "start over", "Throw away what was typed, start from what is saved", "Form", True),
    Action("form.close", "escape", "back", "Leave; what is typed is kept for the next time", "Form", True),
)  # fmt: skip

AT_ONCE = {"shorthand.finish", "note.which"}
"""These have priority, as tab has: the focus moves in the order of the keys, and the next key finds the new focus."""

TOGETHER = (
    {"week", "grid"},
    {"week", "moving"},
    {"grid", "moving"},
    {"today", "day"},
    {"today", "brief"},
    {"note", "brief"},
    {"note", "body"},
    {"note", "shorthand"},
    {"import", "choices"},
)
"""Screens and the widgets on them: both hear the same key press, the widget first."""
TYPED_IN = {"note", "shorthand", "clients", "measure", "form", "import", "search", "trail"}
"""Screens where a text field has the focus."""
KEY_LINE_LIMIT = 6
WIDGETS = {"brief", "day", "body", "grid", "moving", "choices"}
"""Scopes that are widgets: their actions are the focused widget's."""
BY_ID = {action.id: action for action in ACTIONS}


def in_line(scope: str) -> list[Action]:
    """What the key line shows of one screen or widget; "app" gives what it shows everywhere."""
    return [action for action in ACTIONS if action.in_line and action.scope == scope]
