"""The command line, run in this process: fast enough for tables of cases."""

import os
from dataclasses import dataclass

from typer.testing import CliRunner

from agent.cli import app


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def command(*arguments: str, typed: str = "", **environment: str) -> Ended:
    """Run `xunjian` with these arguments; `typed` is what comes on standard input."""
    wide = {"COLUMNS": "200", "NO_COLOR": "1"}
    result = CliRunner().invoke(app, arguments, input=typed, env={**os.environ, **wide, **environment})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.stdout, result.stderr)
