"""What a therapist waits for, each as a ratio to a bare Textual app with the same kind of widgets: `python -m tests.benchmarks`."""
