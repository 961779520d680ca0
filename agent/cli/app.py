"""The command line: the program itself, and the options that several commands share."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.console import Console

app = typer.Typer(
    name="xunjian",
    help="Inspect H3C, Huawei and Inspur switches, read-only, and write the inspection report.",
    epilog="Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or configuration, "
    "3 run incomplete, 4 refused by the authorisation record, a sensitive period or a maintenance window.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class FailOn(StrEnum):
    """Severities, as `--fail-on` takes them."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"
    INFO = "info"


class Kind(StrEnum):
    """What the inspection is for, as the report prints it."""

    ROUTINE = "routine"
    SPECIAL = "special"
    BEFORE = "before-assurance"
    AFTER = "after-assurance"


class ProfileChoice(StrEnum):
    """Names of the profiles, as `--profile` takes them; the same as `collector.profile.ProfileName`."""

    LIGHT = "light"
    NORMAL = "normal"
    FULL = "full"


InventoryOption = Annotated[
    Path, typer.Option("--inventory", "-i", help="Inventory: YAML, Excel (.xlsx) or CSV.", metavar="FILE")
]


def _on_posix(processes: int) -> int:
    if processes > 1 and os.name != "posix":
        # Elsewhere two processes that add a line to a file at once can lose one of them.
        raise typer.BadParameter("more than one process needs Linux or macOS")
    return processes


DataOption = Annotated[
    Path | None,
    typer.Option("--data", help="Data folder for runs.  [default: $XUNJIAN_DATA or the user's data folder]"),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="Folder for the documents.  [default: `output` in the run's folder]"),
]
FailOnOption = Annotated[
    FailOn, typer.Option("--fail-on", help="Least severity of a finding that makes the exit code 1.")
]
WorkersOption = Annotated[int, typer.Option(min=1, max=200, help="Devices inspected at the same time.")]
ProcessesOption = Annotated[
    int,
    typer.Option(
        min=1,
        max=64,
        help="Processes that share the work; more than one pays with hundreds of devices at the same time.",
        callback=_on_posix,
    ),
]
ProfileOption = Annotated[
    ProfileChoice,
    typer.Option(
        "--profile",
        help="How much to ask: light: only state, for sensitive periods; normal: no heavy commands; full.",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say on standard error what happens, line by line.")
]
LogJsonOption = Annotated[
    Path | None,
    typer.Option(
        "--log-json", help="Append what happens to this file, a JSON object per line.", metavar="FILE"
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the summary as one line of JSON.")]
CheckOption = Annotated[
    list[str] | None,
    typer.Option("--check", "-c", help="Run only this check or group of checks, e.g. NTP-001; repeatable."),
]
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", help="Baseline file to use instead of the built-in one.")
]
WaiversOption = Annotated[
    Path | None, typer.Option("--waivers", help="Accepted risks (docs/waivers.md).", metavar="FILE")
]
ManualOption = Annotated[
    Path | None,
    typer.Option(
        "--manual", help="Filled-in form of what was seen on site (docs/manual-checks.md).", metavar="FILE"
    ),
]
PreviousOption = Annotated[
    str | None,
    typer.Option(
        "--previous", help="Run to compare with.  [default: the last one of each device]", metavar="RUN"
    ),
]
HistoryOption = Annotated[
    str | None,
    typer.Option(
        "--history",
        help="Database of earlier inspections, e.g. postgresql://user@host/name.  [default: $XUNJIAN_HISTORY "
        "or history.sqlite in the data folder]",
        metavar="URL",
    ),
]
NoPreviousOption = Annotated[bool, typer.Option("--no-previous", help="Compare with no earlier run.")]
AdvisoriesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--advisories",
        help="Advisory file of any known form (docs/advisories.md), instead of those that were imported; "
        "repeatable.",
    ),
]


def console_for(*, quiet: bool = False, json_: bool = False, verbose: bool = False) -> "Console":
    """Make the console that a command talks through."""
    from agent.console import Console

    return Console(quiet=quiet, json=json_, verbose=verbose)


@contextmanager
def usage_errors(console: "Console") -> Iterator[None]:
    """Turn what is wrong with the input into one clear error and its exit code."""
    from agent.assurance.folder import EventBusyError
    from agent.exit_codes import ExitCode
    from agent.run import RunStoppedError
    from collector.errors import AuthorizationError, XunjianError

    try:
        yield
    except XunjianError as error:
        console.error(str(error))
        match error:
            case AuthorizationError():
                code = ExitCode.REFUSED
            case RunStoppedError() | EventBusyError():
                code = ExitCode.INCOMPLETE
            case _:
                code = ExitCode.USAGE
        raise typer.Exit(code) from error
    except KeyboardInterrupt as interrupt:
        console.error("interrupted; what was collected before is kept, and `xunjian report RUN` reports it")
        raise typer.Exit(ExitCode.INCOMPLETE) from interrupt
