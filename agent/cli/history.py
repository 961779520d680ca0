"""Commands over several inspections: the history, its problems, comparison."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agent.cli.app import (
    AdvisoriesOption,
    BaselineOption,
    DataOption,
    HistoryOption,
    InventoryOption,
    JsonOption,
    WaiversOption,
    app,
    console_for,
    usage_errors,
)

if TYPE_CHECKING:
    from agent.problems import Store

history_app = typer.Typer(help="Look at all inspections that are remembered.", no_args_is_help=True)
problems_app = typer.Typer(help="Follow problems until they are closed.", no_args_is_help=True)
app.add_typer(history_app, name="history")
app.add_typer(problems_app, name="problems")

SiteOption = Annotated[str, typer.Option("--site", "-s", help="Name of the site.", metavar="NAME")]
AnySiteOption = Annotated[
    str | None,
    typer.Option("--site", "-s", help="Name of the site.  [default: the only one]", metavar="NAME"),
]
IdsArgument = Annotated[
    list[str], typer.Argument(help="Ids, or numbers in the last inspection.", metavar="PROBLEM...")
]
AllOption = Annotated[bool, typer.Option("--all", help="Also those that are solved.")]


@history_app.command("list", epilog="Example:  xunjian history list --site hq")
def history_list(
    site: Annotated[
        str | None, typer.Option("--site", "-s", help="Only runs of this site.", metavar="NAME")
    ] = None,
    last: Annotated[int, typer.Option("--last", min=0, help="So many; 0: all.", metavar="COUNT")] = 50,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """List the runs that are remembered, the newest first."""
    from agent.history.recording import history_url
    from agent.history.telling import list_runs
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(list_runs(data or data_folder(), history_url(history), site, last, console))


@history_app.command("show", epilog="Example:  xunjian history show 20260102T030405Z-hq-1a2b")
def history_show(
    run: Annotated[str, typer.Argument(help="Id of a run.")],
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show what is remembered of one run, device by device."""
    from agent.history.recording import history_url
    from agent.history.telling import show_run
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(show_run(data or data_folder(), history_url(history), run, console))


@history_app.command("device", epilog="Example:  xunjian history device core-1 --site hq")
def history_device(
    name: Annotated[str, typer.Argument(help="Name of the device.")],
    site: SiteOption,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show one device through all inspections, and its problems as they stand."""
    from agent.history.recording import history_url
    from agent.history.telling import show_device
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(show_device(data or data_folder(), history_url(history), site, name, console))


@history_app.command("metric", epilog="Example:  xunjian history metric core-1 memory_pct --site hq")
def history_metric(
    device: Annotated[str, typer.Argument(help="Name of the device.")],
    metric: Annotated[str, typer.Argument(help="Name of the value, e.g. memory_pct, rx_power_dbm.")],
    site: SiteOption,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show the values of one metric of a device, inspection by inspection."""
    from agent.history.recording import history_url
    from agent.history.telling import show_metric
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        folder, url = data or data_folder(), history_url(history)
        raise typer.Exit(show_metric(folder, url, site, device, metric, console))


@history_app.command("rebuild", epilog="Example:  xunjian history rebuild")
def history_rebuild(
    data: DataOption = None, history: HistoryOption = None, *, json_: JsonOption = False
) -> None:
    """Make the history anew from the run folders; decisions, waivers and deliveries stay as they are."""
    from agent.history.recording import history_url
    from agent.history.telling import rebuild_all
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(rebuild_all(data or data_folder(), history_url(history), console))


@history_app.command("export", epilog="Example:  xunjian history export --output decided.json")
def history_export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write.", metavar="FILE")
    ] = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Write down as JSON what no run folder holds: owners, due dates, notes, waivers, deliveries."""
    from agent.history.recording import history_url
    from agent.history.telling import export_decided
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(export_decided(data or data_folder(), history_url(history), output, console))


def _store(data: Path | None, history: str | None, site: str | None) -> "Store":
    from agent.history.recording import history_url
    from agent.problems import Store
    from collector.run_folder import data_folder

    return Store(data or data_folder(), history_url(history), site)


@problems_app.command("list", epilog="Example:  xunjian problems list --site hq")
def problems_list(
    site: AnySiteOption = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    all_: AllOption = False,
    json_: JsonOption = False,
) -> None:
    """List the open problems of a site with their age, owner and due date. Exit code 1: there are some."""
    from agent.problems import list_problems
    from agent.run import now

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(list_problems(_store(data, history, site), now(), console, everything=all_))


@problems_app.command(
    "assign", epilog="Example:  xunjian problems assign Q-1a2b3c4d --owner 张三 --due 2026-06-30"
)
def problems_assign(
    problems: IdsArgument,
    owner: Annotated[str, typer.Option("--owner", help="Who takes care of it.")],
    due: Annotated[
        datetime | None, typer.Option("--due", help="Until when.", formats=["%Y-%m-%d"], metavar="DAY")
    ] = None,
    site: AnySiteOption = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Say who takes care of problems, and until when."""
    from agent.problems import change
    from agent.run import now

    console = console_for(json_=json_)
    day: date | None = None if due is None else due.date()
    with usage_errors(console):
        raise typer.Exit(change(_store(data, history, site), problems, now(), console, owner=owner, due=day))


@problems_app.command("note", epilog="Example:  xunjian problems note Q-1a2b3c4d --text 备件已订")
def problems_note(
    problems: IdsArgument,
    text: Annotated[str, typer.Option("--text", help="What is to be remembered of it.")],
    site: AnySiteOption = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Note something about problems, in place of what was noted before."""
    from agent.problems import change
    from agent.run import now

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(change(_store(data, history, site), problems, now(), console, note=text))


@problems_app.command("export", epilog="Example:  xunjian problems export open.xlsx --site hq")
def problems_export(
    file: Annotated[Path, typer.Argument(help="Excel file to write.")],
    site: AnySiteOption = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    all_: AllOption = False,
    json_: JsonOption = False,
) -> None:
    """Write the Excel list of problems in which owner, date and note are filled in."""
    from agent.problems import export_list
    from agent.run import now

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(export_list(_store(data, history, site), file, now(), console, everything=all_))


@problems_app.command("import", epilog="Example:  xunjian problems import returned.xlsx --site hq")
def problems_import(
    file: Annotated[Path, typer.Argument(help="Excel file that was filled in.")],
    site: AnySiteOption = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Take over owner, date and note from a list that came back; with one cell wrong, nothing is taken."""
    from agent.problems import import_list
    from agent.run import now

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(import_list(_store(data, history, site), file, now(), console))


@app.command(
    "compare",
    short_help="Compare two runs of a site.",
    epilog="Examples:  xunjian compare 20260102T030405Z-hq-1a2b 20260202T030405Z-hq-3c4d    "
    "xunjian compare BEFORE AFTER --rules change-1234.yaml --xlsx changes.xlsx",
)
def compare(
    before: Annotated[str, typer.Argument(help="Id or folder of the earlier run.")],
    after: Annotated[str, typer.Argument(help="Id or folder of the later run.")],
    rules: Annotated[
        Path | None,
        typer.Option("--rules", help="Tolerances and expected changes (docs/comparison.md).", metavar="FILE"),
    ] = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Excel file to write.", metavar="FILE")] = None,
    data: DataOption = None,
    *,
    incomplete: Annotated[
        bool,
        typer.Option("--incomplete", help="Also where devices were not reached, or a run was cut short."),
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Say what differs between two runs, collected or imported, and what of it needs an explanation.

    Exit codes: 0 nothing needs an explanation, 1 something does, 2 the runs cannot be compared, 3 nothing
    does, but not everything could be compared.
    """
    from agent.comparing import compare_runs
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(
            compare_runs(before, after, rules, data or data_folder(), xlsx, console, incomplete=incomplete)
        )


@app.command(
    "verify",
    short_help="Look whether problems are solved.",
    epilog="Example:  xunjian verify 20260102T030405Z-hq-1a2b -i inventory.yaml --problem P003",
)
def verify(
    run: Annotated[str, typer.Argument(help="Id or folder of the run that found them.")],
    inventory: InventoryOption,
    problem: Annotated[
        list[str],
        typer.Option(
            "--problem", help="Id of a problem, or its number in that run; repeatable.", metavar="PROBLEM"
        ),
    ],
    known_hosts: Annotated[
        Path, typer.Option("--known-hosts", help="File of known host keys.", metavar="FILE")
    ] = Path("~/.ssh/known_hosts"),
    data: DataOption = None,
    history: HistoryOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    waivers: WaiversOption = None,
    override_sensitive: Annotated[
        str,
        typer.Option(
            "--override-sensitive",
            help="Run in a sensitive period of the site for this reason, which the report prints.",
            metavar="REASON",
        ),
    ] = "",
    *,
    json_: JsonOption = False,
) -> None:
    """Go back to the devices of some problems, and ask just what the checks that found them need.

    It is a run of its own, permitted as any other, and its result goes into the history. Exit codes: 0 all
    are solved, 1 one remains, 3 one could not be looked at, 4 not permitted.
    """
    from agent.history.recording import history_url
    from agent.rules import load_rules
    from agent.run import Options
    from agent.verifying import verify as look_again
    from collector.host_keys import HostKeyRules
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        options = Options(
            rules=load_rules(
                (),
                baseline,
                advisories or (),
                waivers,
                history=history_url(history),
                data=data or data_folder(),
            ),
            data=data or data_folder(),
            host_keys=HostKeyRules((known_hosts,)),
            override=override_sensitive.strip(),
        )
        raise typer.Exit(look_again(run, problem, inventory, options, console))
