"""Commands that import advisories and look at what is known."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import DataOption, JsonOption, QuietOption, console_for, usage_errors
from agent.cli.matching import advisories_app

AllOption = Annotated[bool, typer.Option("--all", help="Also those of makers that are not inspected.")]


@advisories_app.command(
    "import",
    short_help="Import feeds and tables of advisories into the data folder.",
    epilog="Examples:  xunjian advisories import nvdcve-2.0-2026.json.gz kev.json    "
    "xunjian advisories import cvelistV5/cves/2026/ 技术公告.xlsx",
)
def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="CVE 5, NVD 1.1 or 2.0, CSAF, CVRF, CNVD, KEV, EPSS, our YAML, CSV or Excel; or folders.",
            exists=True,
            metavar="FILE...",
        ),
    ],
    data: DataOption = None,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Import feeds and tables into a new version of the bundle, which scans and reports use by default.

    The form of a file is found out from what is in it. Records that were imported before are kept, those
    that come again in a newer state are replaced. A file that cannot be used stops the import, and nothing
    is changed. Exit code 1 says that records were skipped for other reasons than that they are withdrawn.
    """
    from agent.advisories import import_advisories
    from collector.run_folder import data_folder

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        raise typer.Exit(import_advisories(files, data or data_folder(), console))


@advisories_app.command(
    "list",
    short_help="List the advisories that are known.",
    epilog="Example:  xunjian advisories list --vendor huawei ospf",
)
def list_(
    text: Annotated[str, typer.Argument(help="Word in number, title or product.")] = "",
    vendor: Annotated[str, typer.Option("--vendor", help="Only this maker's, e.g. huawei.")] = "",
    data: DataOption = None,
    *,
    all_: AllOption = False,
    json_: JsonOption = False,
) -> None:
    """List the advisories that are known, shipped and imported."""
    from agent.advisories import list_advisories
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(list_advisories(data or data_folder(), vendor, text, console, every=all_))


@advisories_app.command(
    "show",
    short_help="Show one advisory and where each part of it is from.",
    epilog="Example:  xunjian advisories show CVE-2021-22377",
)
def show(
    number: Annotated[str, typer.Argument(help="Any of its numbers: SA, CVE, CNVD.")],
    data: DataOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show one advisory: products, versions, fixes, scores, what sources say differently, and its origins."""
    from agent.advisories import show_advisory
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(show_advisory(number, data or data_folder(), console))


@advisories_app.command(
    "diff",
    short_help="Say what changed between two versions of the bundle.",
    epilog="Example:  xunjian advisories diff",
)
def diff(
    old: Annotated[str, typer.Argument(help="Version; the last but one where none is named.")] = "",
    new: Annotated[str, typer.Argument(help="Version; the last where none is named.")] = "",
    data: DataOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Say which advisories are new, changed or gone between two versions of the bundle."""
    from agent.advisories import diff_versions
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(diff_versions(data or data_folder(), old, new, console))


@advisories_app.command(
    "verify",
    short_help="Check the bundle's hashes and its signature.",
    epilog="Example:  xunjian advisories verify --key team.pem",
)
def verify(
    version: Annotated[str, typer.Argument(help="Version; the one in use where none is named.")] = "",
    key: Annotated[
        Path | None, typer.Option("--key", help="Public key (PEM) to check against.", metavar="FILE")
    ] = None,
    data: DataOption = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Check every file of the bundle against its hash, and the signature against the trusted keys."""
    from agent.advisories import verify_bundle
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(verify_bundle(data or data_folder(), version, key, console))


@advisories_app.command(
    "age",
    short_help="Say how old each source is.",
    epilog="Example:  xunjian advisories age",
)
def age(data: DataOption = None, *, json_: JsonOption = False) -> None:
    """Say up to which day each source is complete; exit code 1 where one is too old by the baseline."""
    from agent.advisories import show_age
    from baselines.baseline import load_baseline
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        limit = load_baseline().params("VER-004")["source_days_max"]
        raise typer.Exit(show_age(data or data_folder(), int(limit), console))
