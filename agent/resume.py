"""A run taken up again: what is missing is asked, what was answered stays as it is."""

from collections.abc import Sequence
from pathlib import Path

from agent.account import account
from agent.console import Console
from agent.delivery import check_deliverable
from agent.exit_codes import ExitCode
from agent.judging import judge_run
from agent.run import (
    Options,
    SelectionError,
    check_host_keys,
    collect_run,
    exit_code,
    judge_and_deliver,
    logins_for,
    now,
)
from collector.authorization import permitted
from collector.gates import admitted
from collector.inventory import Inventory, Site
from collector.inventory_file import load_inventory
from collector.resumption import Rest, kept, missing, settle
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import Plan, Resumption, RunState


def resume_run(
    run: RunFolder, inventory_file: Path, options: Options, console: Console, *, dry_run: bool = False
) -> ExitCode:
    """Ask what is missing in a run, judge the whole and write its documents anew.

    Site, devices and commands are those of the plan; permission, periods, credentials, jump hosts and AAA
    servers those that the inventory gives now. A run in which nothing is missing is left as it is, unless
    it was killed before its documents were written. Raises RunBusyError when another process works on it,
    and before any device is touched all that a scan raises.
    """
    if dry_run:
        return _show(run, missing(run), console)
    with run_lock(run.path, now=now()):
        if not missing(run) and run.state is RunState.REPORTED:
            console.say(f"nothing is missing in run {run.path.name}: nothing was done")
            console.result({"run": run.path.name, "resumed": False, "missing": []})
            # Nothing to do is no verdict: the code is that of what the run has found.
            return exit_code(judge_run(run, options.rules)[0], options.fail_on)
        resume_collecting(run, inventory_file, options, console)
        return judge_and_deliver(run, options.rules, options.output, options.fail_on, console)


def resume_collecting(run: RunFolder, inventory_file: Path, options: Options, console: Console) -> None:
    """Ask what is missing in a run whose lock the caller holds; raises what `resume_run` does."""
    rest = missing(run)
    if rest:
        _collect(run, rest, inventory_file, options, console)
    elif run.state in (RunState.PLANNED, RunState.COLLECTING):
        run.advance(RunState.COLLECTED)
    settle(run)


def _show(run: RunFolder, rest: Sequence[Rest], console: Console) -> ExitCode:
    rows = [(r.device, "all: not reached" if r.commands is None else f"{r.commands} commands") for r in rest]
    console.table(("device", "missing"), rows, title=f"run {run.path.name}: devices to ask: {len(rows)}")
    console.result({"run": run.path.name, "missing": {r.device: r.commands for r in rest}})
    return ExitCode.CLEAN


def _collect(
    run: RunFolder, rest: Sequence[Rest], inventory_file: Path, options: Options, console: Console
) -> None:
    inventory = load_inventory(inventory_file)
    part = _part(run.plan, rest, inventory, options.override)
    check_deliverable(part.site, options.output)
    check_host_keys(options.host_keys)
    logins = logins_for(inventory, [(part.site, part.devices)], console)
    resumption = Resumption(
        at=now(),
        by=account(),
        devices=part.devices,
        authorization=part.authorization,
        override=options.override,
        interrupted=run.interrupted,
    )
    had = kept(run)
    run.resume(resumption)
    collect_run(run, part, inventory, logins, options, console, kept=had)


def _part(plan: Plan, rest: Sequence[Rest], inventory: Inventory, override: str) -> Plan:
    """Make the plan of the part to come; the run's own stays as it was written.

    Raises AuthorizationError when it is not permitted now, SelectionError when the inventory does not have
    what the plan refers to.
    """
    today = next((site for site in inventory.sites if site.name == plan.site.name), None)
    if today is None:
        raise SelectionError(f"the inventory has no site {plan.site.name}, which the run is of")
    names = tuple(r.device for r in rest)
    part = plan.model_copy(
        update={
            "devices": names,
            "authorization": permitted(today, names, now()),
            "site": _as_today(plan.site, today),
            "override": override,
        }
    )
    admitted(part.site, part.profile, now(), override)
    for what, needed, known in (
        ("jump host", {hop for d in part.selected for hop in d.jump}, inventory.jump_hosts),
        ("credential", {d.credential for d in part.selected}, inventory.credentials),
    ):
        if needed - known.keys():
            gone = ", ".join(sorted(needed - known.keys()))
            raise SelectionError(f"the inventory has no {what} {gone}, which the run's plan refers to")
    return part


def _as_today(planned: Site, today: Site) -> Site:
    """Give the planned site with what the customer permits now."""
    permission = ("authorization", "sensitive_periods", "maintenance_windows")
    return planned.model_copy(update={name: getattr(today, name) for name in permission})
