"""What a therapist waits for, each as a ratio to a bare Textual app: `python -m tests.benchmarks`."""
