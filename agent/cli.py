"""The command line: options, help and exit codes. What the commands do is elsewhere.

Everything heavy is imported inside the commands, so that `--help` answers at once.
"""

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from agent.console import Console

app = typer.Typer(
    name="xunjian",
    help="Inspect H3C, Huawei and Inspur switches, read-only, and write the inspection report.",
    epilog="Exit codes: 0 clean, 1 findings at or above --fail-on, 2 wrong usage or configuration, "
    "3 run incomplete, 4 refused by the authorisation record.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
inventory_app = typer.Typer(help="Check inventory files.", no_args_is_help=True)
checks_app = typer.Typer(help="Look at the catalogue of checks.", no_args_is_help=True)
app.add_typer(inventory_app, name="inventory")
app.add_typer(checks_app, name="checks")


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


class CommandsAs(StrEnum):
    """What the commands of a platform are printed for."""

    LIST = "list"
    SCRIPT = "script"


InventoryOption = Annotated[
    Path, typer.Option("--inventory", "-i", help="Inventory: YAML, Excel (.xlsx) or CSV.", metavar="FILE")
]
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
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the summary as one line of JSON.")]
CheckOption = Annotated[
    list[str] | None,
    typer.Option("--check", "-c", help="Run only this check or group of checks, e.g. NTP-001; repeatable."),
]
BaselineOption = Annotated[
    Path | None, typer.Option("--baseline", help="Baseline file to use instead of the built-in one.")
]
AdvisoriesOption = Annotated[
    list[Path] | None,
    typer.Option("--advisories", help="Advisory file (our YAML form, see docs/advisories.md); repeatable."),
]


@app.command(
    short_help="Inspect the built-in simulated site.", epilog="Example:  xunjian demo --output demo-output"
)
def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the documents.")] = Path(
        "demo-output"
    ),
    data: DataOption = None,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Inspect the built-in simulated site over real SSH and say where the PDF is.

    The demo has faults planted in it, so findings are what it should end with: its exit code is 0
    when the run went as planned.
    """
    from agent.demo import run_demo

    console = _console(quiet=quiet, json_=json_)
    with _usage_errors(console):
        raise typer.Exit(run_demo(output, data, console))


@app.command(
    short_help="Inspect the sites of an inventory.",
    epilog="Examples:  xunjian scan -i inventory.yaml --dry-run    "
    "xunjian scan -i inventory.yaml --site hq --tag core --json",
)
def scan(
    inventory: InventoryOption,
    site: Annotated[
        list[str] | None, typer.Option("--site", "-s", help="Only this site; repeatable.")
    ] = None,
    device: Annotated[
        list[str] | None, typer.Option("--device", "-d", help="Only this device; repeatable.")
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option("--tag", "-t", help="Only devices with this tag; repeatable.")
    ] = None,
    check: CheckOption = None,
    data: DataOption = None,
    output: OutputOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    kind: Annotated[Kind, typer.Option(help="What the inspection is for.")] = Kind.ROUTINE,
    fail_on: FailOnOption = FailOn.MINOR,
    known_hosts: Annotated[
        Path | None, typer.Option(help="Host keys to trust.  [default: ~/.ssh/known_hosts]")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=200, help="Devices inspected at the same time.")] = 20,
    device_limit: Annotated[float, typer.Option(min=1, help="Longest time for one device, seconds.")] = 300,
    run_limit: Annotated[float, typer.Option(min=1, help="Longest time for the whole run, seconds.")] = 7200,
    *,
    trust_new_hosts: Annotated[
        bool,
        typer.Option(
            "--trust-new-hosts", help="Accept and record host keys not seen before; never changed ones."
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say which devices, which commands and how long.")
    ] = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Inspect the sites of an inventory and write PDF, workbook and JSON.

    Passwords come from the environment variables that the inventory names, or are asked for. Needs an
    authorisation record in the inventory that is valid now and covers every selected device.
    """
    from agent.rules import load_rules
    from agent.run import KINDS, Options, Selection, scan_inventory
    from checks.verdict import Severity
    from collector.host_keys import HostKeyRules
    from collector.run_folder import data_folder
    from collector.visit import Limits

    console = _console(quiet=quiet, json_=json_)
    hosts = known_hosts or Path("~/.ssh/known_hosts")
    with _usage_errors(console):
        options = Options(
            rules=load_rules(check or (), baseline, advisories or ()),
            data=data or data_folder(),
            output=output,
            kind=KINDS[kind.value],
            fail_on=Severity(fail_on.value),
            host_keys=HostKeyRules((hosts,), hosts if trust_new_hosts else None),
            limits=Limits(threads=workers, device_s=device_limit, run_s=run_limit),
        )
        selection = Selection(
            sites=frozenset(site or ()), devices=frozenset(device or ()), tags=frozenset(tag or ())
        )
        raise typer.Exit(scan_inventory(inventory, selection, options, console, dry_run=dry_run))


@app.command(
    "import",
    short_help="Inspect from recorded terminal logs.",
    epilog="Examples:  xunjian import core.log access.zip -i inventory.yaml --site hq    "
    "xunjian import logs/ -i inventory.yaml --utc-offset +08:00 --add-unknown",
)
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(help="Logs, folders, zip or tar archives.", exists=True, metavar="FILES..."),
    ],
    inventory: InventoryOption,
    site: Annotated[str | None, typer.Option("--site", "-s", help="Site that the logs are of.")] = None,
    device: Annotated[
        list[str] | None, typer.Option("--device", "-d", help="Only this device; repeatable.")
    ] = None,
    check: CheckOption = None,
    data: DataOption = None,
    output: OutputOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    kind: Annotated[Kind, typer.Option(help="What the inspection is for.")] = Kind.ROUTINE,
    fail_on: FailOnOption = FailOn.MINOR,
    belongs_to: Annotated[
        str, typer.Option("--belongs-to", help="Device of answers that show no prompt.", metavar="NAME")
    ] = "",
    utc_offset: Annotated[
        str | None,
        typer.Option(help="Zone of times in the logs, e.g. +08:00.  [default: that of the site]"),
    ] = None,
    *,
    add_unknown: Annotated[
        bool, typer.Option("--add-unknown", help="Also take devices that the inventory does not have.")
    ] = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Inspect from terminal logs that somebody else recorded; no device is touched.

    Reads logs of SecureCRT, Xshell, MobaXterm and PuTTY, files with the answer to one command, dumps of
    many commands. `xunjian commands --as script` prints what to type. Needs the authorisation record of
    the site; its window is not enforced. What cannot be attributed is listed.
    """
    from agent.importing import Import, import_logs
    from agent.rules import load_rules
    from agent.run import KINDS, Options, Selection
    from checks.verdict import Severity
    from collector.run_folder import data_folder

    console = _console(quiet=quiet, json_=json_)
    with _usage_errors(console):
        options = Options(
            rules=load_rules(check or (), baseline, advisories or ()),
            data=data or data_folder(),
            output=output,
            kind=KINDS[kind.value],
            fail_on=Severity(fail_on.value),
        )
        what = Import(
            files=tuple(files),
            inventory=inventory,
            selection=Selection(sites=frozenset({site} if site else ()), devices=frozenset(device or ())),
            add_unknown=add_unknown,
            nameless=belongs_to,
            zone=_zone(utc_offset),
        )
        raise typer.Exit(import_logs(what, options, console))


def _zone(offset: str | None) -> tzinfo | None:
    if offset is None:
        return None
    try:
        return datetime.strptime(offset, "%z").tzinfo
    except ValueError:
        raise typer.BadParameter(f"{offset!r} is no offset such as +08:00") from None


@app.command(
    short_help="Judge a run again from its captures.",
    epilog="Example:  xunjian report 20260102-030405-hq --output delivery",
)
def report(
    run: Annotated[str, typer.Argument(help="Id or folder of a run.")],
    check: CheckOption = None,
    data: DataOption = None,
    output: OutputOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    fail_on: FailOnOption = FailOn.MINOR,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Judge a run again from its captures and write its documents anew; no device is touched."""
    from agent.rules import load_rules
    from agent.run import report_run
    from checks.verdict import Severity
    from collector.run_folder import data_folder

    console = _console(quiet=quiet, json_=json_)
    with _usage_errors(console):
        rules = load_rules(check or (), baseline, advisories or ())
        raise typer.Exit(
            report_run(run, rules, data or data_folder(), output, Severity(fail_on.value), console)
        )


@app.command(
    short_help="List every command that may be sent.",
    epilog="Examples:  xunjian commands --platform huawei_vrp8    "
    "xunjian commands --platform huawei_vrp8 --as script > script.txt",
)
def commands(
    platform: Annotated[str, typer.Option("--platform", "-p", help="Platform id, e.g. h3c_comware7.")],
    check: CheckOption = None,
    as_: Annotated[
        CommandsAs, typer.Option("--as", help="A list for approval, or a script to paste into a terminal.")
    ] = CommandsAs.LIST,
) -> None:
    """List every command that may be sent: for the AAA role and the customer's approval.

    As a script: what a customer pastes into a terminal that is being logged, for `xunjian import`.
    """
    from agent.listing import print_commands, print_script

    print_ = print_script if as_ is CommandsAs.SCRIPT else print_commands
    raise typer.Exit(print_(platform, tuple(check or ()), _console()))


@app.command(
    short_help="Show what is read out of one output.",
    epilog="Example:  xunjian parse -p huawei_vrp8 --command 'display cpu' output.txt",
)
def parse(
    file: Annotated[Path, typer.Argument(help="What the device printed.")],
    platform: Annotated[str, typer.Option("--platform", "-p", help="Platform id, e.g. h3c_comware7.")],
    command: Annotated[str, typer.Option("--command", help="The command that it answers, in full.")],
    *,
    json_: JsonOption = False,
) -> None:
    """Show what the parsers make of one output: rows, facts, and the lines nobody understands.

    Exit code 1 says that something was not understood.
    """
    from agent.reading import parse_file

    raise typer.Exit(parse_file(platform, command, file, _console(json_=json_)))


@app.command(
    short_help="Show it for a folder of outputs.",
    epilog="Example:  xunjian coverage samples --json > coverage.json",
)
def coverage(
    folder: Annotated[
        Path, typer.Argument(help="Folder laid out as <platform>/<command_in_snake_case>/<sample>.txt.")
    ],
    *,
    json_: JsonOption = False,
) -> None:
    """Show the same for a whole folder of outputs, with totals per platform and command.

    Exit code 1 says that something was not understood.
    """
    from agent.reading import coverage as cover

    raise typer.Exit(cover(folder, _console(json_=json_)))


@app.command(
    short_help="Show what was not understood of a run.",
    epilog="Example:  xunjian unread 20260102T030405Z-hq-1a2b --bundle unread.zip",
)
def unread(
    run: Annotated[str, typer.Argument(help="Id or folder of a run.")],
    data: DataOption = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle", "-b", help="Write the outputs into this zip, secrets masked and names made up."
        ),
    ] = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show which answers of a run were not, or only partly, understood.

    The bundle is what the next template is written with: names, addresses and serial numbers are replaced
    by made-up ones of the same form. Look through it before it leaves the house. Exit code 1 says that
    something was not understood.
    """
    from agent.unread import show_unread
    from collector.run_folder import data_folder

    console = _console(json_=json_)
    with _usage_errors(console):
        raise typer.Exit(show_unread(run, data or data_folder(), bundle, console))


@app.command(short_help="Run the simulated site by hand.", epilog="Example:  xunjian simulate --port 10022")
def simulate(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on every loopback address; 0: any.")] = 0,
) -> None:
    """Run the simulated demo site by hand until Ctrl-C."""
    from agent.demo import run_simulator

    raise typer.Exit(run_simulator(port, _console()))


@inventory_app.command("check", epilog="Example:  xunjian inventory check inventory.yaml")
def inventory_check(file: Annotated[Path, typer.Argument(help="Inventory: YAML, Excel or CSV.")]) -> None:
    """Say whether an inventory can be used, or everything that is wrong with it."""
    from agent.listing import check_inventory

    raise typer.Exit(check_inventory(file, _console()))


@checks_app.command("list", epilog="Example:  xunjian checks list")
def checks_list() -> None:
    """List every check with its severity."""
    from agent.listing import list_checks

    raise typer.Exit(list_checks(_console()))


@checks_app.command("show", epilog="Example:  xunjian checks show NTP-001")
def checks_show(check_id: Annotated[str, typer.Argument(help="Id, e.g. NTP-001.")]) -> None:
    """Show one check: meaning, rule, why, remedy."""
    from agent.listing import show_check

    raise typer.Exit(show_check(check_id, _console()))


def _console(*, quiet: bool = False, json_: bool = False) -> "Console":
    from agent.console import Console

    return Console(quiet=quiet, json=json_)


@contextmanager
def _usage_errors(console: "Console") -> Iterator[None]:
    """Turn what is wrong with the input into one clear error and its exit code."""
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
            case RunStoppedError():
                code = ExitCode.INCOMPLETE
            case _:
                code = ExitCode.USAGE
        raise typer.Exit(code) from error
    except KeyboardInterrupt as interrupt:
        console.error("interrupted; what was collected before is kept, and `xunjian report RUN` reports it")
        raise typer.Exit(ExitCode.INCOMPLETE) from interrupt


def main() -> None:
    """Entry point of the console script.

    A crash of ours ends with code 3 and a traceback, never with Python's 1, which means findings.
    """
    # Chinese on a terminal that has no Chinese is shown as \uXXXX, which JSON reads as well.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        app()
    except Exception:  # noqa: BLE001 - whatever it is, a script must not take it for a result
        traceback.print_exc()
        sys.exit(3)
