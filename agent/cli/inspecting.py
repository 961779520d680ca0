"""Commands that inspect: from devices, from logs, from what a run has collected."""

from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.app import (
    AdvisoriesOption,
    BaselineOption,
    CheckOption,
    DataOption,
    FailOn,
    FailOnOption,
    HistoryOption,
    InventoryOption,
    JsonOption,
    Kind,
    LogJsonOption,
    ManualOption,
    NoPreviousOption,
    OutputOption,
    PreviousOption,
    ProcessesOption,
    ProfileChoice,
    ProfileOption,
    QuietOption,
    VerboseOption,
    WaiversOption,
    WorkersOption,
    app,
    console_for,
    usage_errors,
)

if TYPE_CHECKING:
    from agent.exit_codes import ExitCode
    from agent.journal import Journal


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

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        raise typer.Exit(run_demo(output, data, console))


@app.command(
    short_help="Inspect the sites of an inventory.",
    epilog="Examples:  xunjian scan -i inventory.yaml --dry-run    "
    "xunjian scan -i inventory.yaml --site hq --tag core --json    "
    "xunjian scan -i inventory.yaml --profile light    "
    "xunjian scan -i inventory.yaml --resume 20260102T030405Z-hq-1a2b",
)
def scan(
    context: typer.Context,
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
    waivers: WaiversOption = None,
    manual: ManualOption = None,
    previous: PreviousOption = None,
    history: HistoryOption = None,
    kind: Annotated[Kind, typer.Option(help="What the inspection is for.")] = Kind.ROUTINE,
    fail_on: FailOnOption = FailOn.MINOR,
    profile: ProfileOption = ProfileChoice.NORMAL,
    known_hosts: Annotated[
        Path | None, typer.Option(help="Host keys to trust.  [default: ~/.ssh/known_hosts]")
    ] = None,
    workers: WorkersOption = 20,
    processes: ProcessesOption = 1,
    device_limit: Annotated[float, typer.Option(min=1, help="Longest time for one device, seconds.")] = 300,
    run_limit: Annotated[float, typer.Option(min=1, help="Longest time for the whole run, seconds.")] = 7200,
    sample_gap: Annotated[
        float,
        typer.Option(
            min=0, max=600, help="Least time between two readings of counters, seconds; 0: read once."
        ),
    ] = 30,
    *,
    trust_new_hosts: Annotated[
        bool,
        typer.Option(
            "--trust-new-hosts", help="Accept and record host keys not seen before; never changed ones."
        ),
    ] = False,
    resume: Annotated[
        str,
        typer.Option(
            "--resume",
            help="Ask only what is missing in this run (id or folder), as it was planned.",
            metavar="RUN",
        ),
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say which devices, which commands and how long.")
    ] = False,
    override_sensitive: Annotated[
        str,
        typer.Option(
            "--override-sensitive",
            help="Run in a sensitive period of the site for this reason, which the report prints.",
            metavar="REASON",
        ),
    ] = "",
    no_previous: NoPreviousOption = False,
    log_json: LogJsonOption = None,
    verbose: VerboseOption = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Inspect the sites of an inventory and write PDF, workbook and JSON.

    Passwords come from the environment variables that the inventory names, or are asked for. Needs an
    authorisation record in the inventory that is valid now and covers every selected device. In a
    sensitive period of the site only `--profile light` runs; where it has maintenance windows, `--profile
    full` runs only in one.

    A run that was cut short, killed, or did not reach every device is taken up again with `--resume`: with
    its own devices, checks and profile, and the permission, passwords and limits of now.
    """
    from agent.journal import journal
    from agent.resume import resume_run
    from agent.rules import load_rules
    from agent.run import KINDS, Options, Selection, scan_inventory
    from checks.verdict import Severity
    from collector.host_keys import HostKeyRules
    from collector.profile import ProfileName
    from collector.run_folder import data_folder
    from collector.runs import open_run
    from collector.visit import Limits

    console = console_for(quiet=quiet, json_=json_, verbose=verbose)
    hosts = known_hosts or Path("~/.ssh/known_hosts")
    if resume:
        _planned(context, "site", "device", "tag", "check", "kind", "profile")
    with usage_errors(console), journal(log_json, console, verbose=verbose) as kept:
        run = open_run(resume, data or data_folder()) if resume else None
        checks = run.plan.checks if run else check or ()
        options = Options(
            rules=load_rules(
                checks,
                baseline,
                advisories or (),
                waivers,
                _previous(previous, no_previous=no_previous),
                history,
                data or data_folder(),
                manual,
            ),
            data=data or data_folder(),
            output=output,
            kind=KINDS[kind.value],
            fail_on=Severity(fail_on.value),
            host_keys=HostKeyRules((hosts,), hosts if trust_new_hosts else None),
            limits=Limits(
                threads=workers,
                processes=processes,
                device_s=device_limit,
                run_s=run_limit,
                sample_gap_s=sample_gap,
            ),
            profile=ProfileName(profile.value),
            override=override_sensitive.strip(),
            journal=kept,
        )
        if run is not None:
            raise typer.Exit(_ended(kept, resume_run(run, inventory, options, console, dry_run=dry_run)))
        selection = Selection(
            sites=frozenset(site or ()), devices=frozenset(device or ()), tags=frozenset(tag or ())
        )
        code = scan_inventory(inventory, selection, options, console, dry_run=dry_run)
        raise typer.Exit(_ended(kept, code))


def _ended(journal: "Journal", code: "ExitCode") -> "ExitCode":
    journal.write("ended", exit_code=int(code))
    return code


def _previous(named: str | None, *, no_previous: bool) -> str | None:
    from agent.previous import LAST

    if named and no_previous:
        raise typer.BadParameter("--previous and --no-previous exclude each other")
    return None if no_previous else named or LAST


def _planned(context: typer.Context, *options: str) -> None:
    """Refuse options that would make another run of the one that is resumed."""
    for option in options:
        source = context.get_parameter_source(option)
        if source is not None and source.name == "COMMANDLINE":
            raise typer.BadParameter(f"--{option} is as the run was planned, and goes not with --resume")


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
    waivers: WaiversOption = None,
    manual: ManualOption = None,
    previous: PreviousOption = None,
    history: HistoryOption = None,
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
    no_previous: NoPreviousOption = False,
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

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        options = Options(
            rules=load_rules(
                check or (),
                baseline,
                advisories or (),
                waivers,
                _previous(previous, no_previous=no_previous),
                history,
                data or data_folder(),
                manual,
            ),
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
    waivers: WaiversOption = None,
    manual: ManualOption = None,
    previous: PreviousOption = None,
    history: HistoryOption = None,
    fail_on: FailOnOption = FailOn.MINOR,
    *,
    no_previous: NoPreviousOption = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Judge a run again from its captures and write its documents anew; no device is touched."""
    from agent.rules import load_rules
    from agent.run import report_run
    from checks.verdict import Severity
    from collector.run_folder import data_folder

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        rules = load_rules(
            check or (),
            baseline,
            advisories or (),
            waivers,
            _previous(previous, no_previous=no_previous),
            history,
            data or data_folder(),
            manual,
        )
        raise typer.Exit(
            report_run(run, rules, data or data_folder(), output, Severity(fail_on.value), console)
        )
