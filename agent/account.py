"""Who is at this machine, for records of what was done."""

import getpass
import os


def account() -> str:
    """Give the name of the account, or its number where the system has no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"uid {os.getuid()}"
