"""The command line: options, help and exit codes. What the commands do is elsewhere.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

import signal
import sys
import traceback
from io import TextIOWrapper
from types import FrameType

# Importing them is what adds their commands, in the order that `--help` lists them.
from agent.cli import inspecting  # noqa: F401

# isort: split
from agent.cli import (  # noqa: F401
    advisories,
    assuring,
    devices,
    history,
    looking,
    matching,
    planning,
    reading,
    unattended,
    versions,
)
from agent.cli.app import app

__all__ = ["app", "main"]


def main() -> None:
    """Entry point of the console script.

    A crash of ours ends with code 3 and a traceback, never with Python's 1, which means findings. SIGTERM
    is taken as Ctrl-C is.
    """
    signal.signal(signal.SIGTERM, _terminate)
    # Chinese on a terminal that has no Chinese is shown as \uXXXX, which JSON reads as well.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception:  # noqa: BLE001 - whatever it is, a script must not take it for a result
        from parsers.masking import mask_lines

        sys.stderr.write("\n".join(mask_lines(traceback.format_exc().splitlines())) + "\n")
        sys.exit(3)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt("收到终止信号")
