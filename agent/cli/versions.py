"""Commands about software versions."""

from typing import Annotated

import typer

from agent.cli.app import JsonOption, app, console_for

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
