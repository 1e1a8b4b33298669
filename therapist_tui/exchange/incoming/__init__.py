"""Reads what other programs wrote: clients and appointments (CSV), calendars (iCalendar), contacts (vCard)."""
