"""Commands that plan work on devices, for people to carry out."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import (
    AdvisoriesOption,
    BaselineOption,
    DataOption,
    InventoryOption,
    JsonOption,
    OutputOption,
    QuietOption,
    WaiversOption,
    app,
    console_for,
    usage_errors,
)


@app.command(
    short_help="Write the hardening plan of a run.",
    epilog="Examples:  xunjian harden 20260102T030405Z-hq-1a2b    "
    "xunjian harden 20260102T030405Z-hq-1a2b --baseline own.yaml --output plan",
)
def harden(
    run: Annotated[str, typer.Argument(help="Id or folder of a run.")],
    data: DataOption = None,
    output: OutputOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    waivers: WaiversOption = None,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Write the hardening plan of a run: commands, risk, verification and way back for each device.

    It is text for people; nothing is sent to a device. The section `hardening` of the baseline fills in what
    only the customer knows (docs/hardening.md). Exit code 1 says that there is something to harden.
    """
    from agent.hardening import write_plan
    from agent.rules import load_rules
    from collector.run_folder import data_folder

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        rules = load_rules((), baseline, advisories or (), waivers, data=data or data_folder())
        raise typer.Exit(write_plan(run, rules, data or data_folder(), output, console))


@app.command(
    short_help="Write a form for what only somebody on site can see.",
    epilog="Example:  xunjian manual --site hq --inventory inventory.yaml --output hq-form.yaml",
)
def manual(
    inventory: InventoryOption,
    site: Annotated[str, typer.Option("--site", "-s", help="Site that the form is for.", metavar="NAME")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; one that is there is left alone.")
    ] = Path("manual.yaml"),
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Write a form for what only somebody on site can see: rooms, power feeds, panels, backups.

    The engineer fills it in; `scan`, `import` and `report` judge it with `--manual FILE`. What is left blank
    is reported as not assessed. No device is touched (docs/manual-checks.md).
    """
    from agent.manual_form import write_form

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        raise typer.Exit(write_form(inventory, site, output, console))
