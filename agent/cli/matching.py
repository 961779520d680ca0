"""Commands that hold advisories against devices."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import AdvisoriesOption, DataOption, JsonOption, app, console_for, usage_errors
from agent.cli.versions import VendorOption

advisories_app = typer.Typer(help="Look at advisories and match them.", no_args_is_help=True)
app.add_typer(advisories_app, name="advisories")


@advisories_app.command(
    "match",
    short_help="Say which advisories concern a device that you describe.",
    epilog="Examples:  xunjian advisories match --vendor huawei --model CE6857-48S6CQ-EI "
    "--version V200R019C10SPC800 --patch V200R019SPH008 --config running.cfg    "
    "xunjian advisories match --vendor h3c --model S6520X-54QC-EI --version 'Release 6616P05' --json",
)
def match(
    vendor: VendorOption,
    model: Annotated[str, typer.Option("--model", help="Product model, as the device prints it.")],
    version: Annotated[str, typer.Option("--version", help="Software version, as the device prints it.")],
    patch: Annotated[
        list[str] | None,
        typer.Option(
            "--patch", help="A patch that is in force, or `none`; repeatable. Without it: not known."
        ),
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", help="The running configuration, as printed.", metavar="FILE")
    ] = None,
    advisory: Annotated[
        str, typer.Option("--advisory", help="Only this one, by any of its numbers (SA, CVE, CNVD).")
    ] = "",
    advisories: AdvisoriesOption = None,
    data: DataOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Answer for a device that is in no inventory, each advisory with its reasons, fix and workaround.

    Exit code 0 says that none affects it; 1 that one does, or may, or that no advisory covers the product;
    2 that the question is wrong.
    """
    from agent.matching import Asked, match_device
    from agent.rules import advisory_files
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        files = advisory_files(advisories or (), data or data_folder())
        asked = Asked(
            vendor=vendor,
            model=model,
            version=version,
            patches=None if patch is None else tuple(each for each in patch if each.lower() != "none"),
            config=config,
            advisory=advisory,
        )
        found = [each for file in files for each in file.advisories]
        raise typer.Exit(match_device(asked, found, console))
