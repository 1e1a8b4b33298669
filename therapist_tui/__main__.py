"""`python -m therapist_tui`."""

import sys

from therapist_tui.cli import main

sys.exit(main())
