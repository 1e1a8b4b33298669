"""The terminal: screens, widgets and keys. It shows values and sends them to records/ over one thread."""
