"""Inspecting from logs that somebody else recorded: no device is touched."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from pydantic import ValidationError

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.run import Options, Selection, SelectionError, judge_and_deliver, make_plan, now, with_logo
from collector.authorization import recorded
from collector.capture import Capture, Source
from collector.errors import AuthorizationError, XunjianError
from collector.inventory import Device, Site
from collector.inventory_file import load_inventory
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import DeviceOutcome, OutcomeReason, Plan, RunState
from collector.terminal_log import Logs, read_logs
from collector.terminal_log.devices import Fate, LoggedDevice
from collector.visit import steps_for
from parsers.facts import Unknown
from parsers.reader import read_facts

LEDGER = "pieces.json"
"""In `imported/` of the run: what became of every stretch of every file."""
_UNKNOWN_HOST = "未知（离线日志）"
_SHOWN = 20
_NAME_CHARACTERS = 60
_UNUSED = {
    Fate.UNATTRIBUTED: "belongs to no device and command",
    Fate.UNRECOGNISED: "of a device of unknown platform",
    Fate.DOUBTFUL: "several devices may go by this name",
    Fate.NOT_ASKED_FOR: "no command that this platform is asked",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What is to be imported, and how."""

    files: tuple[Path, ...]
    inventory: Path
    selection: Selection
    add_unknown: bool = False
    """Also take devices that the inventory does not have."""
    nameless: str = ""
    """Device to which answers belong that name none."""
    zone: tzinfo | None = None
    """Of the times in logs; None: of the site."""


def import_logs(what: Import, options: Options, console: Console) -> ExitCode:
    """Judge and report one site from logs.

    The authorisation record must be there and name every device, since the report prints it; its
    window is not enforced, because it permits touching devices and none is touched.
    """
    try:
        site, names = _site(what)
        configured = {device.name: device.platform for device in site.devices}
        zone = what.zone or site.zone
        logs = read_logs(what.files, configured=configured, nameless=what.nameless, zone=zone)
        site, names, found = _matched(site, names, logs, add_unknown=what.add_unknown)
        begun = now()
        # Nobody left out on purpose what a log does not hold.
        everything = replace(options, profile=ProfileName.FULL)
        plan = make_plan(site, names, everything, begun, authorization=recorded(site, names))
        run = RunFolder.create(options.data, plan)
        with run_lock(run.path, now=begun):
            _store(run, plan, logs, found, zone)
    except AuthorizationError as error:
        console.error(str(error))
        return ExitCode.REFUSED
    except XunjianError as error:
        console.error(str(error))
        return ExitCode.USAGE
    except OSError as error:
        console.error(f"{error}: nothing was reported")
        return ExitCode.INCOMPLETE
    _print_unused(logs, run, console)
    with run_lock(run.path, now=now()):
        return judge_and_deliver(run, options.rules, options.output, options.fail_on, console)


def _site(what: Import) -> tuple[Site, tuple[str, ...]]:
    chosen = what.selection.of(load_inventory(what.inventory))
    if len(chosen) > 1:
        known = ", ".join(site.name for site, _ in chosen)
        raise SelectionError(f"the inventory has several sites, name one with --site: {known}")
    site, names = chosen[0]
    return with_logo(site, what.inventory.parent), names


def _matched(
    site: Site, names: tuple[str, ...], logs: Logs, *, add_unknown: bool
) -> tuple[Site, tuple[str, ...], dict[str, LoggedDevice]]:
    """Find the inventory's devices in the logs, by name; also gives the site with those added.

    Raises SelectionError for devices that the inventory does not have, unless they are to be added,
    and when no device is left.
    """
    known = {device.name.casefold(): device.name for device in site.devices}
    strangers = [device for device in logs.devices if device.name.casefold() not in known]
    if strangers and not add_unknown:
        raise SelectionError(
            f"site {site.name} has no such device: {', '.join(device.name for device in strangers)}; "
            "write them into the inventory, or take them as they are with --add-unknown"
        )
    added = tuple(_added(device.name) for device in strangers)
    known |= {device.name.casefold(): device.name for device in added}
    names = (*names, *(device.name for device in added))
    found = {known[device.name.casefold()]: device for device in logs.devices}
    if not found.keys() & set(names):
        raise SelectionError("no selected device is in these files")
    return site.model_copy(update={"devices": (*site.devices, *added)}), names, found


def _added(name: str) -> Device:
    try:
        return Device(name=name, host=_UNKNOWN_HOST)
    except ValidationError as error:
        raise SelectionError(f"{name!r}: cannot be the name of a device") from error


def _store(run: RunFolder, plan: Plan, logs: Logs, found: dict[str, LoggedDevice], zone: tzinfo) -> None:
    run.advance(RunState.COLLECTING)
    kept = {
        file.name: run.keep(f"{number:04d}-{Path(file.name).name[-_NAME_CHARACTERS:]}", file.data)
        for number, file in enumerate(logs.files, 1)
    }
    for name in plan.devices:
        device = found.get(name)
        captures = () if device is None else _timed(device, name, plan.created_at, zone)
        for capture in captures:
            run.add_capture(capture)
        run.add_outcome(_outcome(name, device, captures, plan, zone))
    ledger = [asdict(piece) | {"kept": kept[piece.file]} for piece in logs.pieces]
    run.keep(LEDGER, json.dumps(ledger, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace"))
    run.advance(RunState.COLLECTED)


def _timed(device: LoggedDevice, name: str, begun: datetime, zone: tzinfo) -> tuple[Capture, ...]:
    """Give the captures their times: of the log, else of the device's clock in it, else unknown.

    A time to come is none: then the zone is mistaken, or a clock wrong.
    """
    shown = _device_time(device, zone)
    captures = []
    for capture in device.captures:
        told = capture.collected_at or shown
        if told is not None and told <= begun:
            captures.append(replace(capture, device=name, started_at=told, source=Source.LOG))
        else:
            written = min(capture.started_at, begun)
            captures.append(replace(capture, device=name, started_at=written, source=Source.UNTIMED_LOG))
    return tuple(captures)


def _device_time(device: LoggedDevice, zone: tzinfo) -> datetime | None:
    if device.platform is None:
        return None
    commands = {c for step in device.platform.facts.get("clock", ()) for c in step.any_of}
    clock = read_facts(device.platform, [c for c in device.captures if c.command in commands]).clock
    if isinstance(clock, Unknown):
        return None
    shown = clock.value.device_time
    if shown.tzinfo is None:
        shown = shown.replace(tzinfo=zone)
    return shown.astimezone(UTC)


def _outcome(
    name: str,
    device: LoggedDevice | None,
    captures: Sequence[Capture],
    plan: Plan,
    zone: tzinfo,
) -> DeviceOutcome:
    if device is None or device.platform is None:
        return DeviceOutcome(
            device=name,
            reached=False,
            platform=None,
            reason=OutcomeReason.NOT_COLLECTED if device is None else device.reason,
            detail="导入的文件中没有这台设备" if device is None else device.detail,
            ended_at=plan.created_at,
            source=Source.UNTIMED_LOG,
        )
    answered = {capture.command for capture in captures}
    steps = [step for step in steps_for(device.platform, plan.facts) if not step.optional]
    missing = sum(answered.isdisjoint(step.any_of) for step in steps)
    times = [capture.collected_at for capture in captures]
    known = [time for time in times if time is not None]
    whole = len(known) == len(times)
    said = [_files(device), _when(device, captures, zone), device.detail]
    said += [f"缺 {missing} 项命令的输出"] if missing else []
    return DeviceOutcome(
        device=name,
        reached=True,
        platform=device.platform.id,
        reason=OutcomeReason.NOT_COLLECTED if missing else None,
        detail="；".join(part for part in said if part),
        started_at=min(known) if known and whole else None,
        ended_at=plan.created_at,
        source=Source.LOG if known and whole else Source.UNTIMED_LOG,
    )


def _files(device: LoggedDevice) -> str:
    more = f" 等 {len(device.files)} 个文件" if len(device.files) > 1 else ""
    return f"离线日志 {Path(device.files[0]).name}{more}"


def _when(device: LoggedDevice, captures: Sequence[Capture], zone: tzinfo) -> str:
    if not captures:
        return ""
    if any(capture.source is Source.UNTIMED_LOG for capture in captures):
        written = max(capture.started_at for capture in captures)
        return f"采集时间未知，文件写于 {written.astimezone(zone):%Y-%m-%d %H:%M}"
    if any(capture.source is Source.UNTIMED_LOG for capture in device.captures):
        return "采集时间取自设备自身的时钟"
    offset = f"{captures[0].started_at.astimezone(zone):%z}"
    return f"采集时间取自日志，按 UTC{offset[:3]}:{offset[3:]} 换算"


def _print_unused(logs: Logs, run: RunFolder, console: Console) -> None:
    """Say what of the files was not used; all of it is in the ledger."""
    # A command of one line, such as `quit`, printed nothing that could be missed.
    unused = [p for p in logs.pieces if p.fate in _UNUSED and (p.last_line > p.first_line or not p.device)]
    for piece in unused[:_SHOWN]:
        device = f" {piece.device}:" if piece.device else ""
        where = f"{piece.file}:{piece.first_line}-{piece.last_line}"
        console.note(f"not used: {where}:{device} {piece.typed[:60]!r}: {_UNUSED[piece.fate]}")
    if unused:
        more = f"{len(unused) - _SHOWN} more; " if len(unused) > _SHOWN else ""
        console.note(f"not used: {more}all of it is in {run.path / 'imported' / LEDGER}")
