"""Commands for work that nobody watches: what is owed, doing it, and the ledger of what was handed over."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import (
    AdvisoriesOption,
    BaselineOption,
    DataOption,
    HistoryOption,
    InventoryOption,
    JsonOption,
    ProcessesOption,
    ProfileChoice,
    ProfileOption,
    QuietOption,
    WaiversOption,
    WorkersOption,
    app,
    console_for,
    usage_errors,
)

LevelsOption = Annotated[
    Path | None,
    typer.Option("--levels", help="Service levels of your own (docs/unattended.md).", metavar="FILE"),
]
ledger_app = typer.Typer(help="What was handed over to whom, and when.", no_args_is_help=True)
app.add_typer(ledger_app, name="ledger")


@app.command(
    short_help="List what is owed to each site, by when.",
    epilog="Examples:  xunjian due -i inventory.yaml    xunjian due -i inventory.yaml --json",
)
def due(
    inventory: InventoryOption,
    data: DataOption = None,
    history: HistoryOption = None,
    levels: LevelsOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """List what the service level of each site promises, and the last working day on which it is in time.

    Exit code 1 says that something is overdue, or that a site's service level is not known.
    """
    from agent.history.recording import history_url
    from agent.schedule.overview import show_due
    from baselines.service_levels import load_service_levels
    from collector.inventory_file import load_inventory
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        sites = load_inventory(inventory).sites
        promised = load_service_levels(levels)
        code = show_due(sites, data or data_folder(), history_url(history), promised, console)
        raise typer.Exit(code)


@app.command(
    "run-due",
    short_help="Do what is owed, unattended.",
    epilog="Examples:  xunjian run-due -i inventory.yaml --profile normal    "
    "xunjian run-due -i inventory.yaml --notify notices.yaml --time-limit 180",
)
def run_due(
    inventory: InventoryOption,
    data: DataOption = None,
    history: HistoryOption = None,
    levels: LevelsOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    waivers: WaiversOption = None,
    notify: Annotated[
        Path | None,
        typer.Option("--notify", help="Channels to tell what changed (docs/notices.md).", metavar="FILE"),
    ] = None,
    profile: ProfileOption = ProfileChoice.NORMAL,
    known_hosts: Annotated[
        Path | None, typer.Option(help="Host keys to trust.  [default: ~/.ssh/known_hosts]")
    ] = None,
    workers: WorkersOption = 20,
    processes: ProcessesOption = 1,
    device_limit: Annotated[float, typer.Option(min=1, help="Longest time for one device, seconds.")] = 300,
    run_limit: Annotated[float, typer.Option(min=1, help="Longest time for one site, seconds.")] = 7200,
    time_limit: Annotated[float, typer.Option(min=1, help="Longest time for everything, minutes.")] = 240,
) -> None:
    """Do what is due within the lead time, for cron or a systemd timer; nobody is asked anything.

    Takes up first what a reboot broke off. A site in a sensitive period, or without a valid authorisation, is
    postponed. Every document is entered in the ledger. Ends with one line of JSON; events are in
    `schedule/run-due.jsonl` and the last sign of life in `schedule/heartbeat.json` of the data folder.
    """
    from agent.journal import journal
    from agent.notices.settings import load_channels
    from agent.rules import load_rules
    from agent.run import Options
    from agent.schedule.heartbeat import rotated_log
    from agent.schedule.run_due import Unattended
    from agent.schedule.run_due import run_due as do_what_is_owed
    from baselines.service_levels import load_service_levels
    from collector.host_keys import HostKeyRules
    from collector.profile import ProfileName
    from collector.run_folder import data_folder
    from collector.visit import Limits

    console = console_for(json_=True)
    folder = data or data_folder()
    with usage_errors(console), journal(rotated_log(folder), console, verbose=False) as kept:
        options = Options(
            rules=load_rules((), baseline, advisories or (), waivers, history=history, data=folder),
            data=folder,
            host_keys=HostKeyRules((known_hosts or Path("~/.ssh/known_hosts"),)),
            limits=Limits(threads=workers, processes=processes, device_s=device_limit, run_s=run_limit),
            profile=ProfileName(profile.value),
            journal=kept,
        )
        work = Unattended(
            options=options,
            inventory_file=inventory,
            levels=load_service_levels(levels),
            channels={} if notify is None else load_channels(notify),
            time_limit_s=time_limit * 60,
        )
        raise typer.Exit(do_what_is_owed(work, console))


@ledger_app.command("list", epilog="Example:  xunjian ledger list --site hq")
def ledger_list(
    site: Annotated[str | None, typer.Option("--site", "-s", help="Only of this site.")] = None,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """List every document that was handed over, with its SHA-256."""
    from agent.history.recording import history_url
    from agent.schedule.overview import show_ledger
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(show_ledger(data or data_folder(), history_url(history), site, console))


@ledger_app.command(
    "add",
    epilog="Example:  xunjian ledger add guide.pdf --site hq --deliverable daily_guide -i inventory.yaml",
)
def ledger_add(
    files: Annotated[list[Path], typer.Argument(help="Documents that were handed over.", metavar="FILES...")],
    inventory: InventoryOption,
    site: Annotated[str, typer.Option("--site", "-s", help="To which site.")],
    deliverable: Annotated[str, typer.Option(help="What it is, e.g. daily_guide; `xunjian due` names them.")],
    run: Annotated[str, typer.Option(help="The run that it rests on, if any.")] = "",
    data: DataOption = None,
    history: HistoryOption = None,
    levels: LevelsOption = None,
    *,
    quiet: QuietOption = False,
) -> None:
    """Enter documents that people made or handed over into the ledger."""
    from agent.history.recording import history_url
    from agent.schedule.overview import enter
    from collector.run_folder import data_folder

    console = console_for(quiet=quiet)
    with usage_errors(console):
        folder = data or data_folder()
        code = enter(files, inventory, site, deliverable, run, folder, history_url(history), levels, console)
        raise typer.Exit(code)
