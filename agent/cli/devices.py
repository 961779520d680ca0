"""Commands around inspecting: which hosts to trust, what keeps a device from being inspected, old runs."""

from datetime import timedelta
from typing import Annotated

import typer

from agent.cli.app import DataOption, JsonOption, app, console_for, usage_errors


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
    data: DataOption = None,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Delete; without it only what would go is shown.")
    ] = False,
    json_: JsonOption = False,
) -> None:
    """Delete runs with all that was collected in them, and their documents in the run's folder.

    Who deleted which run when stays in `purge.jsonl` in the data folder. A run that is being worked on and
    a folder that is no run are left alone: then the exit code is 3.
    """
    from agent.purge import Chosen
    from agent.purge import purge as delete
    from agent.run import now
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        age = None if older_than is None else timedelta(days=older_than)
        chosen = Chosen(names=tuple(runs or ()), site=site, older_than=age)
        raise typer.Exit(delete(data or data_folder(), chosen, now(), console, sure=yes))
