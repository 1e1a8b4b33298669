"""One step per file; each one says its number in `user_version`."""
