"""Commands that carry a team through a critical period (重保) or a change window (变更保障)."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.cli.app import (
    AdvisoriesOption,
    BaselineOption,
    DataOption,
    HistoryOption,
    InventoryOption,
    JsonOption,
    ManualOption,
    OutputOption,
    ProfileChoice,
    ProfileOption,
    QuietOption,
    WaiversOption,
    WorkersOption,
    app,
    console_for,
    usage_errors,
)

if TYPE_CHECKING:
    from agent.assurance.holding import Assurance

assure_app = typer.Typer(
    help="Critical periods and change windows: checked before, watched during, compared after.",
    no_args_is_help=True,
)
app.add_typer(assure_app, name="assure")

EventArgument = Annotated[
    Path, typer.Argument(help="YAML file of the event (docs/assurance.md).", metavar="EVENT")
]
NotifyOption = Annotated[
    Path | None,
    typer.Option("--notify", help="Channels to tell what changed (docs/notices.md).", metavar="FILE"),
]
KnownHostsOption = Annotated[
    Path, typer.Option("--known-hosts", help="File of known host keys.", metavar="FILE")
]
DeviceLimitOption = Annotated[float, typer.Option(min=1, help="Longest time for one device, seconds.")]
RunLimitOption = Annotated[float, typer.Option(min=1, help="Longest time for one run, seconds.")]
SampleGapOption = Annotated[
    float,
    typer.Option(min=0, max=600, help="Least time between two readings of counters, seconds; 0: read once."),
]
KNOWN_HOSTS = Path("~/.ssh/known_hosts")


@assure_app.command(
    "plan",
    epilog="Examples:  xunjian assure plan event.yaml --name 春节重保-2027 --site hq "
    "--start 2027-02-05T00:00+08:00 --end 2027-02-13T00:00+08:00    "
    "xunjian assure plan change.yaml --change --name CHG-1234 --site hq --start ... --end ...    "
    "xunjian assure plan event.yaml -i inventory.yaml",
)
def plan(
    event: EventArgument,
    name: Annotated[str | None, typer.Option(help="What the event is called; not used twice.")] = None,
    site: Annotated[list[str] | None, typer.Option("--site", "-s", help="Site; repeatable.")] = None,
    device: Annotated[
        list[str] | None, typer.Option("--device", "-d", help="Only this device; repeatable.")
    ] = None,
    start: Annotated[
        str | None, typer.Option(help="Begin of the period, with its offset from UTC.", metavar="TIME")
    ] = None,
    end: Annotated[
        str | None, typer.Option(help="End of the period, with its offset from UTC.", metavar="TIME")
    ] = None,
    lead_days: Annotated[
        int | None, typer.Option(help="The check before is held so many days earlier.  [default: 7]")
    ] = None,
    inventory: Annotated[
        Path | None, typer.Option("--inventory", "-i", help="Check against this inventory.", metavar="FILE")
    ] = None,
    *,
    change: Annotated[bool, typer.Option("--change", help="A change window, not a critical period.")] = False,
    json_: JsonOption = False,
) -> None:
    """Write the file of an event where there is none, check it, and say what is to be done when.

    Exit codes: 0 all in order, 1 something is too late or missing, 2 the file is wrong.
    """
    from agent.assurance.steps import plan as make_plan

    console = console_for(json_=json_)
    said: dict[str, Any] = {"name": name, "kind": "change" if change else None}
    said |= {"period": {"start": start, "end": end} if start or end else None}
    said |= {"sites": site, "devices": device, "lead_days": lead_days}
    given = {key: value for key, value in said.items() if value is not None}
    with usage_errors(console):
        raise typer.Exit(make_plan(event, given, inventory, console))


def _assurance(
    event: Path,
    inventory: Path,
    data: Path | None,
    history: str | None,
    *,
    notify: Path | None = None,
    known_hosts: Path = KNOWN_HOSTS,
    profile: ProfileChoice = ProfileChoice.FULL,
    workers: int = 20,
    device_limit: float = 300,
    run_limit: float = 7200,
    sample_gap: float = 30,
    judging: dict[str, Any] | None = None,
) -> "Assurance":
    from agent.assurance.holding import Assurance
    from agent.assurance.steps import event_of
    from agent.notices.settings import load_channels
    from agent.rules import load_rules
    from agent.run import Options
    from collector.host_keys import HostKeyRules
    from collector.profile import ProfileName
    from collector.run_folder import data_folder
    from collector.visit import Limits

    folder = data or data_folder()
    given = {"baseline": None, "advisories": (), **(judging or {})}
    return Assurance(
        event=event_of(event),
        inventory_file=inventory,
        options=Options(
            rules=load_rules((), history=history, data=folder, **given),
            data=folder,
            host_keys=HostKeyRules((known_hosts,)),
            limits=Limits(threads=workers, device_s=device_limit, run_s=run_limit, sample_gap_s=sample_gap),
            profile=ProfileName(profile.value),
        ),
        channels={} if notify is None else load_channels(notify),
    )


@assure_app.command(
    "before", epilog="Example:  xunjian assure before event.yaml -i inventory.yaml --manual hq-form.yaml"
)
def before(
    event: EventArgument,
    inventory: InventoryOption,
    data: DataOption = None,
    history: HistoryOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    waivers: WaiversOption = None,
    manual: ManualOption = None,
    notify: NotifyOption = None,
    profile: ProfileOption = ProfileChoice.FULL,
    known_hosts: KnownHostsOption = KNOWN_HOSTS,
    workers: WorkersOption = 20,
    device_limit: DeviceLimitOption = 300,
    run_limit: RunLimitOption = 7200,
    sample_gap: SampleGapOption = 30,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Inspect in full, and say by the checklist whether the site is ready.

    What is accepted only until before the period's end counts as not accepted; what was not looked at can
    never make a site ready. A check that was killed is taken up again. Exit codes: 0 ready, 1 ready under
    conditions or not ready, 2 wrong input or too late, 3 the run is not whole, 4 refused.
    """
    from agent.assurance.steps import before as hold

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        work = _assurance(
            event, inventory, data, history, notify=notify, known_hosts=known_hosts, profile=profile,
            workers=workers, device_limit=device_limit, run_limit=run_limit, sample_gap=sample_gap,
            judging=_judging(baseline, advisories, waivers, manual),
        )  # fmt: skip
        with work.folder.locked():
            raise typer.Exit(hold(work, console))


@assure_app.command(
    "during",
    epilog="Examples:  xunjian assure during event.yaml -i inventory.yaml --notify notices.yaml    "
    "xunjian assure during event.yaml -i inventory.yaml --every 30 --until 2027-02-05T18:00+08:00",
)
def during(
    event: EventArgument,
    inventory: InventoryOption,
    data: DataOption = None,
    history: HistoryOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    waivers: WaiversOption = None,
    notify: NotifyOption = None,
    every: Annotated[
        float | None,
        typer.Option(min=1, help="Hold a round every so many minutes.  [default: one round]", metavar="MIN"),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(help="Until then, with its offset from UTC.  [default: end of the period]"),
    ] = None,
    known_hosts: KnownHostsOption = KNOWN_HOSTS,
    workers: WorkersOption = 20,
    device_limit: DeviceLimitOption = 120,
    run_limit: RunLimitOption = 1800,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Hold one light round, for cron, or one every so many minutes; heavy commands are never sent.

    Only what changed since the round before is told, and once a day a digest. Exit codes: 0 no change,
    1 something has changed, 2 wrong input, 3 a round was not whole or another process is at it, 4 refused,
    or outside the period.
    """
    from agent.assurance.steps import during as hold

    console = console_for(quiet=quiet, json_=json_)
    if until is not None and every is None:
        raise typer.BadParameter("--until goes with --every")
    end = None if until is None else _moment(until)
    with usage_errors(console):
        work = _assurance(
            event, inventory, data, history, notify=notify, known_hosts=known_hosts,
            profile=ProfileChoice.LIGHT, workers=workers, device_limit=device_limit, run_limit=run_limit,
            sample_gap=0, judging=_judging(baseline, advisories, waivers, None),
        )  # fmt: skip
        with work.folder.locked():
            pause_s = None if every is None else every * 60
            raise typer.Exit(hold(work, console, every_s=pause_s, until=end))


@assure_app.command("after", epilog="Example:  xunjian assure after event.yaml -i inventory.yaml")
def after(
    event: EventArgument,
    inventory: InventoryOption,
    data: DataOption = None,
    history: HistoryOption = None,
    baseline: BaselineOption = None,
    advisories: AdvisoriesOption = None,
    waivers: WaiversOption = None,
    manual: ManualOption = None,
    notify: NotifyOption = None,
    profile: ProfileOption = ProfileChoice.FULL,
    known_hosts: KnownHostsOption = KNOWN_HOSTS,
    workers: WorkersOption = 20,
    device_limit: DeviceLimitOption = 300,
    run_limit: RunLimitOption = 7200,
    sample_gap: SampleGapOption = 30,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Inspect in full once the period is over, and compare with the check before.

    Exit codes: 0 no change needs an explanation, 1 one does, 2 wrong input or too early, 3 the run is not
    whole or no check was held before, 4 refused.
    """
    from agent.assurance.steps import after as hold

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        work = _assurance(
            event, inventory, data, history, notify=notify, known_hosts=known_hosts, profile=profile,
            workers=workers, device_limit=device_limit, run_limit=run_limit, sample_gap=sample_gap,
            judging=_judging(baseline, advisories, waivers, manual),
        )  # fmt: skip
        with work.folder.locked():
            raise typer.Exit(hold(work, console))


@assure_app.command("report", epilog="Example:  xunjian assure report event.yaml --output delivery")
def report(
    event: EventArgument,
    data: DataOption = None,
    history: HistoryOption = None,
    output: OutputOption = None,
    *,
    quiet: QuietOption = False,
    json_: JsonOption = False,
) -> None:
    """Write the closing report, PDF and workbook, and enter it into the ledger; no device is touched.

    Exit codes: 0 nothing is left to explain, 1 a change needs an explanation, 2 no check was held after,
    3 the report is not the whole story, and says so.
    """
    from agent.assurance.closing import report as write

    console = console_for(quiet=quiet, json_=json_)
    with usage_errors(console):
        work = _assurance(event, Path(), data, history)
        with work.folder.locked():
            raise typer.Exit(write(work, output, console))


def _judging(
    baseline: Path | None, advisories: list[Path] | None, waivers: Path | None, manual: Path | None
) -> dict[str, Any]:
    return {"baseline": baseline, "advisories": advisories or (), "waivers": waivers, "form": manual}


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time such as 2027-02-05T18:00+08:00") from None
    if found.tzinfo is None:
        raise typer.BadParameter(f"{text!r} lacks its offset from UTC, such as +08:00")
    return found
