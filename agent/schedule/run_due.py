"""`xunjian run-due`: do what is owed, unattended, and be the same after any reboot.

Every step is written down before the next, and none does harm when it is done again: a run is taken up where
it stopped, a delivery stands in the ledger once, a notice is told at least once.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from filelock import FileLock, Timeout

from agent.console import Console
from agent.exit_codes import ExitCode, loudest
from agent.history.store import open_history
from agent.journal import Level
from agent.notices.inspected import notice_of
from agent.notices.outbox import Outbox
from agent.notices.settings import Mail, Webhook
from agent.resume import resume_collecting
from agent.run import (
    Options,
    check_host_keys,
    collect_run,
    exit_code,
    judged,
    logins_for,
    make_plan,
    now,
    with_logo,
)
from agent.schedule.deliverables import MAKERS
from agent.schedule.due import DueState
from agent.schedule.heartbeat import Heartbeat
from agent.schedule.job import MOST_ATTEMPTS, Job, Jobs
from agent.schedule.overview import add_to_ledger, owed_to
from baselines.service_levels import ServiceLevels
from collector.authorization import permitted
from collector.errors import AuthorizationError, XunjianError
from collector.gates import admitted
from collector.inventory import Inventory, Site
from collector.inventory_file import load_inventory
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import RunState


@dataclass(frozen=True, slots=True, kw_only=True)
class Unattended:
    """How unattended work is done."""

    options: Options
    inventory_file: Path
    levels: ServiceLevels
    channels: Mapping[str, Mail | Webhook] = field(default_factory=dict)
    time_limit_s: float = 4 * 3600.0
    """No job is begun, and no run goes on, after so long."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one job ended, for the line of JSON."""

    site: str
    deliverables: tuple[str, ...]
    run: str
    state: str
    """`done`, `postponed`, `interrupted` or `failed`."""
    why: str
    code: ExitCode


def run_due(work: Unattended, console: Console) -> ExitCode:
    """Do everything that is owed; ends with one line of JSON on standard output.

    INCOMPLETE while another process does it. Raises XunjianError for what is wrong with inventory or store.
    """
    folder = work.options.data / "schedule"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with FileLock(folder / "lock", timeout=0):
            return _run(work, console)
    except Timeout:
        console.result({"jobs": [], "code": int(ExitCode.INCOMPLETE), "why": "another process does it"})
        console.error("run-due: another process is doing what is owed")
        return ExitCode.INCOMPLETE


def _run(work: Unattended, console: Console) -> ExitCode:
    until = monotonic() + work.time_limit_s
    heart = Heartbeat(work.options.data)
    heart.beat("running", now())
    inventory = load_inventory(work.inventory_file)
    jobs = Jobs(work.options.data)
    outcomes: list[Outcome] = []
    for job in _to_do(work, inventory, jobs):
        left = until - monotonic()
        if left <= 0:
            outcomes.append(_outcome(job, "postponed", "the time limit is over", ExitCode.INCOMPLETE))
            continue
        heart.beat("running", now(), site=job.site)
        outcomes.append(_done(job, work, inventory, jobs, left, console))
        if outcomes[-1].state == "interrupted":
            # Whoever stops one run wants the rest of them stopped.
            break
    outbox = Outbox(work.options.data)
    outbox.send(work.channels, os.environ, now, console.note)
    code = loudest({outcome.code for outcome in outcomes}) if outcomes else ExitCode.CLEAN
    _tell(outcomes, code, console)
    heart.beat("idle", now(), code=int(code), jobs={o.site: o.state for o in outcomes})
    return code


def _to_do(work: Unattended, inventory: Inventory, jobs: Jobs) -> list[Job]:
    """What a reboot broke first, then what is owed and can be made, the most urgent site first."""
    begun = jobs.open()
    busy = {job.site for job in begun}
    with open_history(work.options.data, work.options.rules.history) as history:
        due, _ = owed_to(inventory.sites, history, work.levels, now())
    wanted: dict[str, list[str]] = {}
    for each in due:
        if each.state is not DueState.UPCOMING and each.deliverable in MAKERS and each.site not in busy:
            wanted.setdefault(each.site, []).append(each.deliverable)
    new = [Job(site=site, deliverables=tuple(what), made_at=now()) for site, what in wanted.items()]
    return [*begun, *new]


def _done(
    job: Job, work: Unattended, inventory: Inventory, jobs: Jobs, left_s: float, console: Console
) -> Outcome:
    """Do one job as far as it can be done now; one that fails does not keep the others from being done."""
    limits = replace(work.options.limits, run_s=min(work.options.limits.run_s, left_s))
    options = replace(work.options, limits=limits)
    try:
        outcome = _do(job, replace(work, options=options), inventory, jobs, console)
    except AuthorizationError as error:
        outcome = _outcome(job, "postponed", str(error), ExitCode.REFUSED)
    except XunjianError as error:
        outcome = _outcome(job, "failed", str(error), ExitCode.INCOMPLETE)
    level: Level = "info" if outcome.state == "done" else "warning"
    work.options.journal.write(outcome.state, level, run=outcome.run, site=job.site, detail=outcome.why)
    if outcome.why:
        console.note(f"{job.site}: {outcome.state}: {outcome.why}")
    return outcome


def _do(job: Job, work: Unattended, inventory: Inventory, jobs: Jobs, console: Console) -> Outcome:
    site = next((site for site in inventory.sites if site.name == job.site), None)
    if site is None:
        jobs.done(job)
        return _outcome(job, "failed", "the inventory has this site no more", ExitCode.USAGE)
    job, run = _collected(job, with_logo(site, work.inventory_file.parent), work, inventory, jobs, console)
    with run_lock(run.path, now=now()):
        if run.interrupted and job.attempts < MOST_ATTEMPTS:
            why = f"{run.interrupted}; it is taken up again by the next run"
            return _outcome(job, "interrupted", why, ExitCode.INCOMPLETE)
        return _delivered(job, run, work, jobs, console)


def _collected(
    job: Job, site: Site, work: Unattended, inventory: Inventory, jobs: Jobs, console: Console
) -> tuple[Job, RunFolder]:
    """Collect, or take up what a reboot broke off; gives the job as it is written down."""
    options = work.options
    begun = options.data / "runs" / job.run_id
    if job.run_id and (begun / "plan.json").is_file():
        run = RunFolder.open(begun)
        if run.state in (RunState.PLANNED, RunState.COLLECTING) or run.interrupted:
            job = job.model_copy(update={"attempts": job.attempts + 1})
            jobs.keep(job)
            with run_lock(run.path, now=now()):
                resume_collecting(run, work.inventory_file, options, console)
        return job, run
    names = tuple(device.name for device in site.devices)
    permitted(site, names, now())
    admitted(site, options.profile, now(), options.override)
    check_host_keys(options.host_keys)
    logins = logins_for(inventory, [(site, names)], console)
    plan = make_plan(site, names, options, now())
    # Written down before the folder is made: whoever finds the job without the folder plans anew.
    job = job.model_copy(update={"run_id": plan.run_id, "attempts": 1})
    jobs.keep(job)
    run = RunFolder.create(options.data, plan)
    with run_lock(run.path, now=now()):
        collect_run(run, plan, inventory, logins, options, console)
    return job, run


def _delivered(job: Job, run: RunFolder, work: Unattended, jobs: Jobs, console: Console) -> Outcome:
    """Judge, write the documents, enter them, have people told, and strike the job off."""
    rules = work.options.rules
    inspection = judged(run, rules, console)
    folder = run.path / "output"
    attachments: tuple[Path, ...] = ()
    with open_history(work.options.data, rules.history) as history:
        for deliverable in job.deliverables:
            files = MAKERS[deliverable](inspection, rules, folder)
            attachments += files[:1]
            add_to_ledger(history, job.site, deliverable, run.path.name, files, now())
    if run.state is not RunState.REPORTED:
        run.advance(RunState.REPORTED)
    Outbox(work.options.data).add(notice_of(inspection, attachments), work.channels, now())
    jobs.done(job)
    return _outcome(job, "done", "", exit_code(inspection, work.options.fail_on))


def _outcome(job: Job, state: str, why: str, code: ExitCode) -> Outcome:
    return Outcome(job.site, job.deliverables, job.run_id, state, why, code)


def _tell(outcomes: Sequence[Outcome], code: ExitCode, console: Console) -> None:
    told: list[dict[str, Any]] = [
        {
            "site": outcome.site,
            "deliverables": list(outcome.deliverables),
            "run": outcome.run,
            "state": outcome.state,
            "why": outcome.why,
        }
        for outcome in outcomes
    ]
    console.result({"at": _moment(now()), "jobs": told, "code": int(code)})


def _moment(when: datetime) -> str:
    return when.isoformat(timespec="seconds")
