"""Commands around inspecting: which hosts to trust, what keeps a device from being inspected, old runs."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import (
    DataOption,
    HistoryOption,
    InventoryOption,
    JsonOption,
    app,
    console_for,
    usage_errors,
)

hosts_app = typer.Typer(help="Look at host keys and trust them.", no_args_is_help=True)
app.add_typer(hosts_app, name="hosts")

KnownHostsOption = Annotated[
    Path, typer.Option("--known-hosts", help="File of host keys, in OpenSSH's form.", metavar="FILE")
]
SiteOption = Annotated[list[str] | None, typer.Option("--site", "-s", help="Only this site; repeatable.")]
DeviceOption = Annotated[
    list[str] | None, typer.Option("--device", "-d", help="Only this device; repeatable.")
]
TagOption = Annotated[
    list[str] | None, typer.Option("--tag", "-t", help="Only devices with this tag; repeatable.")
]
KNOWN_HOSTS = Path("~/.ssh/known_hosts")


@hosts_app.command(
    "trust",
    short_help="Compare host keys and write them down.",
    epilog="Examples:  xunjian hosts trust -i inventory.yaml --site hq    "
    "xunjian hosts trust -i inventory.yaml --device core-1 --fingerprint SHA256:...    "
    "xunjian hosts trust -i inventory.yaml --device core-1 --replace",
)
def trust(
    inventory: InventoryOption,
    site: SiteOption = None,
    device: DeviceOption = None,
    tag: TagOption = None,
    known_hosts: KnownHostsOption = KNOWN_HOSTS,
    fingerprint: Annotated[
        list[str] | None,
        typer.Option(
            help="Trust the device that shows this key, and no other; repeatable.", metavar="SHA256:..."
        ),
    ] = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Trust every new key that is shown, unasked.")] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Offer to replace changed keys; the device's name must be typed."),
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Show every device's host key, and write those that you confirm to the file of known hosts.

    Connects as far as the host key; nobody is logged in. Compare the fingerprint with the one on the
    device's console: `display public-key local ... public` and alike; old switches show it as MD5. A device
    behind a jump host is not asked. The exit code is 3 when a selected device's key is not known in the end.
    """
    from agent.hosts import Trust, trust_hosts
    from agent.run import Selection

    console = console_for(json_=json_)
    with usage_errors(console):
        selection = Selection(
            sites=frozenset(site or ()), devices=frozenset(device or ()), tags=frozenset(tag or ())
        )
        wanted = Trust(everything_new=yes, fingerprints=frozenset(fingerprint or ()), replace=replace)
        raise typer.Exit(trust_hosts(inventory, selection, known_hosts, wanted, console))


@hosts_app.command(
    "list",
    short_help="List the host keys that are known.",
    epilog="Examples:  xunjian hosts list    xunjian hosts list -i inventory.yaml --known-hosts hosts",
)
def list_(
    inventory: Annotated[
        Path | None,
        typer.Option("--inventory", "-i", help="List by the devices of this inventory.", metavar="FILE"),
    ] = None,
    known_hosts: KnownHostsOption = KNOWN_HOSTS,
    *,
    json_: JsonOption = False,
) -> None:
    """List the host keys in the file; with an inventory, those of its devices.

    The exit code is 3 when nothing is known of one of the inventory's devices.
    """
    from agent.hosts import list_hosts

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(list_hosts(known_hosts, inventory, console))


@app.command(
    short_help="Find out what would spoil an inspection.",
    epilog="Examples:  xunjian doctor -i inventory.yaml --site hq    "
    "xunjian doctor -i inventory.yaml --no-login --json",
)
def doctor(
    inventory: InventoryOption,
    site: SiteOption = None,
    device: DeviceOption = None,
    tag: TagOption = None,
    known_hosts: KnownHostsOption = KNOWN_HOSTS,
    data: DataOption = None,
    *,
    no_login: Annotated[
        bool, typer.Option("--no-login", help="Stop at the host key; this needs no authorisation.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Say of this machine and of each device what would spoil an inspection, and what to do about it.

    Of a device: whether it is reached, shows the known key, lets us in, forbids what it is asked, switches
    its pager off, and how its clock stands to ours. It is asked a few commands of the light profile. Exit
    codes: 0 all is well, 1 an inspection would give less than it could, 3 something keeps it from working.
    """
    from agent.doctor import CLOCK, diagnose
    from agent.rules import load_rules
    from agent.run import Options, Selection
    from collector.host_keys import HostKeyRules
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        options = Options(
            rules=load_rules((CLOCK,), None, ()),
            data=data or data_folder(),
            host_keys=HostKeyRules((known_hosts,)),
        )
        selection = Selection(
            sites=frozenset(site or ()), devices=frozenset(device or ()), tags=frozenset(tag or ())
        )
        raise typer.Exit(diagnose(inventory, selection, options, console, log_in=not no_login))


@app.command(
    short_help="Delete old runs, on the record.",
    epilog="Examples:  xunjian purge --older-than 365    xunjian purge --site hq --older-than 90 --yes    "
    "xunjian purge 20260102T030405Z-hq-1a2b --yes",
)
def purge(
    runs: Annotated[list[str] | None, typer.Argument(help="Ids of runs.", metavar="[RUN]...")] = None,
    older_than: Annotated[
        int | None,
        typer.Option(
            "--older-than", min=0, help="Only runs planned more than so many days ago.", metavar="DAYS"
        ),
    ] = None,
    site: Annotated[str, typer.Option("--site", "-s", help="Only runs of this site.", metavar="NAME")] = "",
    keep: Annotated[
        int, typer.Option("--keep", min=0, help="The newest so many runs of each site stay.", metavar="COUNT")
    ] = 0,
    data: DataOption = None,
    history: HistoryOption = None,
    *,
    forget: Annotated[
        bool, typer.Option("--forget", help="Delete them from the history too; decisions stay.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Delete; without it only what would go is shown.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Delete runs with all that was collected in them, and their documents in the run's folder.

    The history remembers what was found in them, unless `--forget` is given.

    Who deleted which run when stays in `purge.jsonl` in the data folder. A run that is being worked on and
    a folder that is no run are left alone: then the exit code is 3.
    """
    from agent.history.recording import history_url
    from agent.purge import Chosen
    from agent.purge import purge as delete
    from agent.run import now
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        age = None if older_than is None else timedelta(days=older_than)
        chosen = Chosen(names=tuple(runs or ()), site=site, older_than=age, keep=keep)
        url = history_url(history) if forget else None
        raise typer.Exit(delete(data or data_folder(), chosen, now(), console, sure=yes, forget=url))
