"""Commands that look something up, and the simulated site."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import (
    BaselineOption,
    CheckOption,
    InventoryOption,
    JsonOption,
    ProfileChoice,
    ProfileOption,
    app,
    console_for,
    usage_errors,
)

inventory_app = typer.Typer(help="Check inventory files.", no_args_is_help=True)
checks_app = typer.Typer(help="Look at the catalogue of checks.", no_args_is_help=True)
app.add_typer(inventory_app, name="inventory")
app.add_typer(checks_app, name="checks")
baseline_app = typer.Typer(help="Look at what ought to be.", no_args_is_help=True)
app.add_typer(baseline_app, name="baseline")


class CommandsAs(StrEnum):
    """What the commands of a platform are printed for."""

    LIST = "list"
    SCRIPT = "script"


@app.command(
    short_help="List every command that may be sent.",
    epilog="Examples:  xunjian commands --platform huawei_vrp8    "
    "xunjian commands --platform huawei_vrp8 --as script > script.txt    "
    "xunjian commands --platform huawei_vrp8 --profile light",
)
def commands(
    platform: Annotated[str, typer.Option("--platform", "-p", help="Platform id, e.g. h3c_comware7.")],
    check: CheckOption = None,
    profile: ProfileOption = ProfileChoice.FULL,
    as_: Annotated[
        CommandsAs, typer.Option("--as", help="A list for approval, or a script to paste into a terminal.")
    ] = CommandsAs.LIST,
) -> None:
    """List every command that may be sent: for the AAA role and the customer's approval.

    As a script: what a customer pastes into a terminal that is being logged, for `xunjian import`.
    """
    from agent.listing import print_commands, print_script

    print_ = print_script if as_ is CommandsAs.SCRIPT else print_commands
    raise typer.Exit(print_(platform, tuple(check or ()), profile.value, console_for()))


@app.command(short_help="Run the simulated site by hand.", epilog="Example:  xunjian simulate --port 10022")
def simulate(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on every loopback address; 0: any.")] = 0,
) -> None:
    """Run the simulated demo site by hand until Ctrl-C."""
    from agent.demo import run_simulator

    raise typer.Exit(run_simulator(port, console_for()))


@inventory_app.command("check", epilog="Example:  xunjian inventory check inventory.yaml")
def inventory_check(file: Annotated[Path, typer.Argument(help="Inventory: YAML, Excel or CSV.")]) -> None:
    """Say whether an inventory can be used, or everything that is wrong with it."""
    from agent.listing import check_inventory

    raise typer.Exit(check_inventory(file, console_for()))


@baseline_app.command("show", epilog="Example:  xunjian baseline show core-1 -i inventory.yaml")
def baseline_show(
    device: Annotated[str, typer.Argument(help="Name of a device in the inventory.")],
    inventory: InventoryOption,
    baseline: BaselineOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show what holds for one device: every parameter with the file and line it came from."""
    from agent.listing import show_baseline

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(show_baseline(device, inventory, baseline, console))


@checks_app.command("list", epilog="Example:  xunjian checks list")
def checks_list() -> None:
    """List every check with its severity."""
    from agent.listing import list_checks

    raise typer.Exit(list_checks(console_for()))


@checks_app.command("show", epilog="Example:  xunjian checks show NTP-001")
def checks_show(check_id: Annotated[str, typer.Argument(help="Id, e.g. NTP-001.")]) -> None:
    """Show one check: meaning, rule, why, remedy."""
    from agent.listing import show_check

    raise typer.Exit(show_check(check_id, console_for()))
