"""What keeps devices from being inspected well, and what to do about it, before an inspection is due."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from agent.console import Console
from agent.exit_codes import ExitCode
from agent.hosts import Seen, look
from agent.judging import judge_run
from agent.machine import Diagnosis, State, examine
from agent.run import Options, Selection, collect_run, logins_for, make_plan, now
from checks.inspection import DeviceReport
from checks.verdict import Outcome
from collector.authorization import permitted
from collector.capture import Capture, CaptureStatus
from collector.credentials import Login
from collector.errors import RunBusyError
from collector.host_keys import fingerprint
from collector.inventory import Inventory, Site
from collector.inventory_file import load_inventory
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import DeviceOutcome, OutcomeReason

CLOCK = "NTP-004"
"""The check that the clock is judged by; what it needs is what is asked, beside who the device is."""
_FOLDER = "doctor"
"""In the data folder, for as long as devices are looked at."""
_PAGER = re.compile(rb"-{2,} ?more ?-{2,}", re.IGNORECASE)
_PAGE_LINES = 50
"""More lines than any device prints in one page by default."""

_ADVICE = {
    OutcomeReason.UNREACHABLE: "check address, port and the way there",
    OutcomeReason.LOGIN_FAILED: "check user name and secret of the credential, and the account on the device",
    OutcomeReason.TIMED_OUT: "log in by hand and see what the device waits for",
    OutcomeReason.CUT: "log in by hand and see when the device hangs up; are its sessions used up?",
    OutcomeReason.UNSUPPORTED: "check `platform` in the inventory, or leave the device out",
    OutcomeReason.NOT_COLLECTED: "try again",
}
_STEPS = ("reach", "key", "login", "privilege", "paging", "clock")


@dataclass(frozen=True, slots=True)
class _Visited:
    """What logging in to a device gave."""

    outcome: DeviceOutcome
    captures: tuple[Capture, ...]
    report: DeviceReport


def diagnose(
    inventory_file: Path, selection: Selection, options: Options, console: Console, *, log_in: bool
) -> ExitCode:
    """Look at this machine and at every selected device, and say what is wrong with each.

    Logging in needs the same permission as a scan: raises AuthorizationError without, before anything is
    asked. INCOMPLETE when something keeps a device from being inspected, FINDINGS when something only
    makes it worse.
    """
    inventory = load_inventory(inventory_file)
    chosen = selection.of(inventory)
    if log_in:
        for site, names in chosen:
            permitted(site, names, now())
    logins = logins_for(inventory, chosen, console) if log_in else {}
    machine = examine(options.data, options.host_keys.known_hosts[0])
    found: dict[str, tuple[Diagnosis, ...]] = {}
    for site, names in chosen:
        found |= _site(site, names, inventory, logins, options, console, log_in=log_in)
    _tell(machine, found, console)
    states = {d.state for each in (machine, *found.values()) for d in each}
    if State.BAD in states:
        return ExitCode.INCOMPLETE
    return ExitCode.FINDINGS if State.WARN in states else ExitCode.CLEAN


def _site(
    site: Site,
    names: tuple[str, ...],
    inventory: Inventory,
    logins: dict[str, Login],
    options: Options,
    console: Console,
    *,
    log_in: bool,
) -> dict[str, tuple[Diagnosis, ...]]:
    with console.working(f"{site.name}: asking for host keys"):
        seen = look([d for d in site.devices if d.name in names], options.host_keys)
    may = tuple(each.device.name for each in seen if each.key is None or each.key.is_known)
    unseen = {each.device.name for each in seen if each.key is None and not each.is_roundabout}
    able = tuple(name for name in may if name not in unseen)
    visits = _visits(site, able, inventory, logins, options, console) if log_in and able else {}
    return {each.device.name: (*_way(each), *_inside(visits.get(each.device.name))) for each in seen}


def _visits(
    site: Site,
    names: tuple[str, ...],
    inventory: Inventory,
    logins: dict[str, Login],
    options: Options,
    console: Console,
) -> dict[str, _Visited]:
    """Log in as a run of the light profile does, which every period allows; its folder does not stay."""
    plan = make_plan(site, names, replace(options, profile=ProfileName.LIGHT), now())
    _sweep(options.data / _FOLDER)
    run = RunFolder.create(options.data, plan, _FOLDER)
    with run_lock(run.path, now=now()):
        try:
            collect_run(run, plan, inventory, logins, options, console)
            inspection, _ = judge_run(run, replace(options.rules, previous=None))
            outcomes, _ = run.outcomes()
            stored, _ = run.captures()
        finally:
            shutil.rmtree(run.path)
    captures = {name: tuple(s.capture for s in stored if s.capture.device == name) for name in plan.devices}
    return {
        outcome.device: _Visited(outcome, captures[outcome.device], report)
        for outcome, report in zip(outcomes, inspection.devices, strict=True)
    }


def _sweep(folder: Path) -> None:
    """Remove what a call that was killed has left."""
    for left in folder.iterdir() if folder.is_dir() else ():
        with suppress(RunBusyError), run_lock(left, now=now()):
            shutil.rmtree(left)


def _way(seen: Seen) -> Iterator[Diagnosis]:
    """Say whether the device is there and is the one that it claims to be."""
    if seen.is_roundabout:
        yield Diagnosis("reach", State.SKIPPED, seen.why)
        yield Diagnosis("key", State.SKIPPED, seen.why)
    elif seen.key is None:
        yield Diagnosis("reach", State.BAD, seen.why, _ADVICE[OutcomeReason.UNREACHABLE])
        yield Diagnosis("key", State.SKIPPED, "not reached")
    else:
        yield Diagnosis("reach", State.OK, f"{seen.device.host}:{seen.device.port} answers")
        said = f"{seen.key.shown.get_name()} {fingerprint(seen.key.shown)}"
        if seen.key.is_known:
            yield Diagnosis("key", State.OK, said)
        elif seen.key.has_changed:
            known = ", ".join(fingerprint(key) for key in seen.key.known)
            todo = "find out why; then `xunjian hosts trust --replace`"
            yield Diagnosis("key", State.BAD, f"CHANGED to {said}; known is {known}", todo)
        else:
            yield Diagnosis("key", State.BAD, f"{said} is not known", "compare it; `xunjian hosts trust`")


def _inside(visited: _Visited | None) -> Iterator[Diagnosis]:
    """Say how it goes on from the login; all is skipped where nobody logged in."""
    if visited is None:
        for what in _STEPS[2:]:
            yield Diagnosis(what, State.SKIPPED, "not logged in")
        return
    outcome = visited.outcome
    if outcome.reason is not None:
        said = (
            f"recognised as {outcome.platform}, then: {outcome.detail}" if outcome.reached else outcome.detail
        )
        yield Diagnosis("login", State.BAD, said, _ADVICE[outcome.reason])
    else:
        yield Diagnosis("login", State.OK, f"recognised as {outcome.platform}")
    yield _privilege(visited.captures)
    yield _paging(visited.captures)
    yield _clock(visited)


def _privilege(captures: Sequence[Capture]) -> Diagnosis:
    denied = [c.command for c in captures if c.status is CaptureStatus.NO_PRIVILEGE]
    if denied:
        todo = "give the account the right to these, see docs/accounts.md"
        return Diagnosis("privilege", State.WARN, f"not permitted: {', '.join(denied)}", todo)
    answered = [c for c in captures if c.status is CaptureStatus.OK]
    if not answered:
        return Diagnosis("privilege", State.SKIPPED, "nothing was answered")
    return Diagnosis("privilege", State.OK, f"none of the {len(answered)} commands asked is forbidden")


def _paging(captures: Sequence[Capture]) -> Diagnosis:
    if any(_PAGER.search(capture.raw) for capture in captures):
        said = "stays on although it was switched off; answers are read page by page"
        return Diagnosis("paging", State.WARN, said, "allow the account the command that switches it off")
    longest = max((capture.raw.count(b"\n") for capture in captures), default=0)
    if longest <= _PAGE_LINES:
        return Diagnosis("paging", State.SKIPPED, "no answer was long enough to tell")
    return Diagnosis("paging", State.OK, f"off: {longest} lines in one piece")


def _clock(visited: _Visited) -> Diagnosis:
    verdict = next((v for v in visited.report.verdicts if v.check_id == CLOCK), None)
    said = "not read" if verdict is None else "; ".join(result.message for result in verdict.results)
    if verdict is None or verdict.outcome is Outcome.NOT_ASSESSED:
        return Diagnosis("clock", State.SKIPPED, said)
    if verdict.outcome is Outcome.FAIL:
        return Diagnosis("clock", State.WARN, said, "set the clock, or see why NTP is not followed")
    return Diagnosis("clock", State.OK, said)


def _tell(machine: Sequence[Diagnosis], found: dict[str, tuple[Diagnosis, ...]], console: Console) -> None:
    groups = {"this machine": tuple(machine), **found}
    for name, diagnoses in groups.items():
        console.say(name)
        for each in diagnoses:
            console.say(f"  {each.what:<11} {each.state:<4} {each.said}")
            if each.todo:
                console.say(f"  {'':<16} -> {each.todo}")
    console.result(
        {
            "machine": [asdict(each) for each in machine],
            "devices": {name: [asdict(each) for each in diagnoses] for name, diagnoses in found.items()},
        }
    )
