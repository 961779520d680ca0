"""Commands that show what is understood of outputs."""

from pathlib import Path
from typing import Annotated

import typer

from agent.cli.app import DataOption, JsonOption, app, console_for, usage_errors


@app.command(
    short_help="Show what is read out of one output.",
    epilog="Example:  xunjian parse -p huawei_vrp8 --command 'display cpu' output.txt",
)
def parse(
    file: Annotated[Path, typer.Argument(help="What the device printed.")],
    platform: Annotated[str, typer.Option("--platform", "-p", help="Platform id, e.g. h3c_comware7.")],
    command: Annotated[str, typer.Option("--command", help="The command that it answers, in full.")],
    *,
    json_: JsonOption = False,
) -> None:
    """Show what the parsers make of one output: rows, facts, and the lines nobody understands.

    Exit code 1 says that something was not understood.
    """
    from agent.reading import parse_file

    raise typer.Exit(parse_file(platform, command, file, console_for(json_=json_)))


@app.command(
    short_help="Show it for a folder of outputs.",
    epilog="Example:  xunjian coverage samples --json > coverage.json",
)
def coverage(
    folder: Annotated[
        Path, typer.Argument(help="Folder laid out as <platform>/<command_in_snake_case>/<sample>.txt.")
    ],
    *,
    json_: JsonOption = False,
) -> None:
    """Show the same for a whole folder of outputs, with totals per platform and command.

    Exit code 1 says that something was not understood.
    """
    from agent.reading import coverage as cover

    raise typer.Exit(cover(folder, console_for(json_=json_)))


@app.command(
    short_help="Show what was not understood of a run.",
    epilog="Example:  xunjian unread 20260102T030405Z-hq-1a2b --bundle unread.zip",
)
def unread(
    run: Annotated[str, typer.Argument(help="Id or folder of a run.")],
    data: DataOption = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle", "-b", help="Write the outputs into this zip, secrets masked and names made up."
        ),
    ] = None,
    *,
    json_: JsonOption = False,
) -> None:
    """Show which answers of a run were not, or only partly, understood.

    The bundle is what the next template is written with: names, addresses and serial numbers are replaced
    by made-up ones of the same form. Look through it before it leaves the house. Exit code 1 says that
    something was not understood.
    """
    from agent.unread import show_unread
    from collector.run_folder import data_folder

    console = console_for(json_=json_)
    with usage_errors(console):
        raise typer.Exit(show_unread(run, data or data_folder(), bundle, console))
