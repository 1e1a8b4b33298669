"""therapist-tui: a massage therapist's day, clients and notes in a terminal, over one encrypted file."""

__version__ = "0.1.0"
