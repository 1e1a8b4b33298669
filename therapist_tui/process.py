"""What this process leaves behind: no core dump, and nothing that another program of the same user could look into."""

import sys
from contextlib import suppress

PR_SET_DUMPABLE = 4
"""prctl(2) on Linux: without it a dump that is piped to a collector passes by the limit, and a debugger may attach."""


def leave_nothing_behind() -> None:
    """Before a passphrase is asked for: a core dump would hold the key and the clients' text in clear.

    Children have the limit too: they read files that are brought in.
    """
    try:
        import resource
    except ImportError:  # Windows has none
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # a C library without it
            ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
