"""Commands that hold advisories against devices."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import (
    AdvisoriesOption,
    DataOption,
    JsonOption,
    QuietOption,
    app,
    console_for,
    usage_errors,
)
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


@advisories_app.command(
    "watch",
    short_help="Say what became known for the devices of earlier runs.",
    epilog="Examples:  xunjian advisories watch    xunjian advisories watch --site hq --json    "
    "cron:  0 7 * * * xunjian advisories import -q /feeds; xunjian advisories watch --json > news.json",
)
def watch(
    data: DataOption = None,
    site: Annotated[str | None, typer.Option("--site", help="Only this site.")] = None,
    advisories: AdvisoriesOption = None,
    *,
    keep_telling: Annotated[
        bool, typer.Option("--keep-telling", help="Do not record what was told: it is new again next time.")
    ] = False,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Match what the newest run found of every device again, and tell what is new or worse since last time.

    No device is touched. What was told is recorded in advisories/watch.json of the data folder. Exit code 1
    says that something is new, 0 that nothing is.
    """
    from agent.rules import advisory_files
    from agent.watch import watch as look
    from collector.run_folder import data_folder

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        folder = data or data_folder()
        known = [each for file in advisory_files(advisories or (), folder) for each in file.advisories]
        raise typer.Exit(look(folder, known, console, site=site, record=not keep_telling))
