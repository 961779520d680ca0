"""Commands about software versions."""

from typing import Annotated

import typer

from agent.cli.app import (
    AdvisoriesOption,
    BaselineOption,
    DataOption,
    JsonOption,
    OutputOption,
    QuietOption,
    app,
    console_for,
    usage_errors,
)

versions_app = typer.Typer(help="Compare software versions and report on them.", no_args_is_help=True)
app.add_typer(versions_app, name="versions")

VendorOption = Annotated[
    str, typer.Option("--vendor", help="huawei, h3c or inspur, or the vendor's Chinese name.", metavar="V")
]


@versions_app.command(
    "compare",
    short_help="Say which of two versions is later, and why.",
    epilog="Examples:  xunjian versions compare V200R019C10SPC900 V200R019C10SPCa00 --vendor huawei    "
    "xunjian versions compare R6616P2701 R6616P29 --vendor h3c",
)
def compare(
    left: Annotated[str, typer.Argument(help="A version or patch, as printed by a device or a notice.")],
    right: Annotated[str, typer.Argument(help="Another one of the same vendor.")],
    vendor: VendorOption,
    *,
    json_: JsonOption = False,
) -> None:
    """Say how two versions stand to each other: less, equal, greater or incomparable, and why.

    Exit code 1 says that they have no order, 2 that one is no version of this vendor.
    """
    from agent.versions import compare_versions

    raise typer.Exit(compare_versions(left, right, vendor, console_for(json_=json_)))


@versions_app.command(
    "report",
    short_help="Write the list of versions and the version evaluation of a run.",
    epilog="Examples:  xunjian versions report 20260102T030405Z-hq-1a2b    "
    "xunjian versions report 20260102T030405Z-hq-1a2b --baseline own.yaml --output versions",
)
def report(
    run: Annotated[str, typer.Argument(help="Id or folder of a run.")],
    data: DataOption = None,
    output: OutputOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Write what runs on each device, which advisories concern it and where to go, from a run's captures.

    versions.xlsx and versions.pdf list the devices; version-evaluation.pdf gives every reason. Approved
    versions and lifecycle come from the baseline (docs/versions.md). Exit code 1 says that an advisory
    affects a device, 3 that a device was not seen.
    """
    from agent.rules import load_rules
    from agent.version_report import write_versions
    from collector.run_folder import data_folder

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        folder = data or data_folder()
        rules = load_rules((), baseline, advisories or (), data=folder)
        raise typer.Exit(write_versions(run, rules, folder, output, console))
