"""The check before, one round, the check after: each a run of its own, taken up where it was killed."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from agent.assurance.folder import AssuranceError, EventFolder, Phase
from agent.assurance.telling import digest, told_of_end, told_of_readiness, told_of_round
from agent.comparing import side_of
from agent.console import Console
from agent.notices.notice import Notice
from agent.notices.outbox import Outbox
from agent.notices.settings import Mail, Webhook
from agent.resume import resume_collecting
from agent.run import (
    Options,
    Selection,
    check_host_keys,
    collect_run,
    delivered,
    judged,
    logins_for,
    make_plan,
    now,
    with_logo,
)
from baselines.assurance_event import Event
from baselines.comparing import ComparisonRules, load_comparison_rules
from baselines.readiness import readiness_rules
from checks.comparison import Comparison, compare, known_fields
from checks.event_readiness import ReadinessReport, assess
from checks.inspection import Inspection
from checks.rounds import Round, new_round
from collector.authorization import permitted
from collector.errors import AuthorizationError
from collector.gates import admitted
from collector.inventory import Inventory, Site
from collector.inventory_file import load_inventory
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.run_lock import run_lock
from collector.run_record import RunState

RESUMED_WITHIN = timedelta(days=1)
"""A check that was killed longer ago is held anew: its first half would be too old."""
KINDS: Mapping[Phase, tuple[str, str]] = {
    "before": ("重保前", "变更前"),
    "during": ("重保中", "变更中"),
    "after": ("重保后", "变更后"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assurance:
    """One event and how its checks are done."""

    event: Event
    inventory_file: Path
    options: Options
    channels: Mapping[str, Mail | Webhook] = field(default_factory=dict)

    @property
    def folder(self) -> EventFolder:
        """What is kept of the event."""
        return EventFolder(self.options.data, self.event)

    def sites(self) -> tuple[Inventory, tuple[tuple[Site, tuple[str, ...]], ...]]:
        """Give the inventory and the event's sites with their devices; raises SelectionError."""
        inventory = load_inventory(self.inventory_file)
        selection = Selection(sites=frozenset(self.event.sites), devices=frozenset(self.event.devices))
        chosen = selection.of(inventory)
        if gone := set(self.event.sites) - {site.name for site, _ in chosen}:
            raise AssuranceError(f"no device of the event is at site {', '.join(sorted(gone))}")
        return inventory, tuple((with_logo(s, self.inventory_file.parent), names) for s, names in chosen)

    def tell(self, notices: list[Notice], console: Console) -> None:
        """Have people told; a channel that fails is tried again by the next call."""
        outbox = Outbox(self.options.data)
        for notice in notices:
            outbox.add(notice, self.channels, now())
        if self.channels:
            outbox.send(self.channels, os.environ, now, console.note)


def rules_of(event: Event) -> ComparisonRules:
    """By what runs of an event are compared: what was declared beforehand is expected."""
    base = load_comparison_rules(None, known_fields())
    return base.model_copy(update={"expected": (*event.expected, *base.expected)})


def compared(event: Event, before: str, after: str, data: Path) -> Comparison:
    """Compare two runs of an event, be they complete or not: what could not be compared is told as a gap."""
    first, second = (side_of(name, data, incomplete=True) for name in (before, after))
    return compare(first, second, rules_of(event))


def hold_before(work: Assurance, console: Console) -> list[tuple[Inspection, ReadinessReport]]:
    """Hold the full check before at every site, and judge by the checklist whether it is ready.

    Raises AssuranceError when the period has begun, and what a scan raises.
    """
    if now() >= work.event.period.start:
        raise AssuranceError(
            f"event {work.event.name} has begun at {work.event.period.start}: "
            "what is asked now is no check before it"
        )
    held = []
    for site, run in _runs(work, "before", work.options, console):
        with run_lock(run.path, now=now()):
            inspection, _ = delivered(run, work.options.rules, None, console)
        report = assess(inspection, work.event, readiness_rules())
        work.folder.keep_readiness(report)
        work.tell([told_of_readiness(work.event, site, report)], console)
        _entered(work, site, "before", run)
        held.append((inspection, report))
    return held


def hold_after(work: Assurance, console: Console) -> list[tuple[Inspection, Comparison | None]]:
    """Hold the full check after at every site, and compare it with the one before.

    Raises AssuranceError while the period lasts, and what a scan raises.
    """
    if now() < work.event.period.end:
        raise AssuranceError(
            f"event {work.event.name} lasts until {work.event.period.end}; "
            "where it ended earlier, correct its `end`"
        )
    held = []
    for site, run in _runs(work, "after", work.options, console):
        with run_lock(run.path, now=now()):
            inspection, _ = delivered(run, work.options.rules, None, console)
        before = work.folder.state(site.name).before
        comparison = compared(work.event, before, run.path.name, work.options.data) if before else None
        work.tell([told_of_end(work.event, site, run.path.name, comparison)], console)
        _entered(work, site, "after", run)
        held.append((inspection, comparison))
    return held


def hold_round(work: Assurance, console: Console) -> list[tuple[Site, Round]]:
    """Hold one light round at every site, and enter before it what a killed one has left.

    Raises AuthorizationError outside the period, and what a scan raises.
    """
    period = work.event.period
    if not period.start <= now() < period.end:
        raise AuthorizationError(
            f"event {work.event.name} lasts from {period.start} to {period.end}: rounds are held in it only"
        )
    options = replace(work.options, profile=ProfileName.LIGHT, override="")
    held = []
    for site, run in _runs(work, "during", options, console):
        held.append((site, _entered_round(work, site, run, console)))
    return held


def _runs(work: Assurance, phase: Phase, options: Options, console: Console) -> list[tuple[Site, RunFolder]]:
    """Collect at every site, or take up what was killed; permission for all of them first."""
    inventory, chosen = work.sites()
    for site, names in chosen:
        permitted(site, names, now())
        admitted(site, options.profile, now(), options.override)
    check_host_keys(options.host_keys)
    logins = logins_for(inventory, chosen, console)
    options = replace(options, kind=KINDS[phase][work.event.is_change])
    runs = []
    for site, names in chosen:
        left = _left(work, site, phase, console)
        if left is not None:
            runs.append((site, left))
            continue
        plan = make_plan(site, names, options, now())
        state = work.folder.state(site.name)
        # Written down before the folder is made: whoever finds the id without a folder plans anew.
        pending = {**state.pending, phase: plan.run_id}
        work.folder.keep(site.name, state.model_copy(update={"pending": pending}))
        run = RunFolder.create(options.data, plan)
        with run_lock(run.path, now=now()):
            collect_run(run, plan, inventory, logins, options, console)
        runs.append((site, run))
    return runs


def _left(work: Assurance, site: Site, phase: Phase, console: Console) -> RunFolder | None:
    """Give what a killed process has left of a check, collected to its end; a round is only entered."""
    name = work.folder.state(site.name).pending.get(phase)
    path = work.options.data / "runs" / (name or "-")
    if name is None or not (path / "state.json").is_file():
        return None
    run = RunFolder.open(path)
    if phase == "during":
        _entered_round(work, site, run, console)
        return None
    if now() - run.plan.created_at > RESUMED_WITHIN:
        return None
    if run.state in (RunState.PLANNED, RunState.COLLECTING):
        with run_lock(run.path, now=now()):
            resume_collecting(run, work.inventory_file, work.options, console)
    return run


def _entered_round(work: Assurance, site: Site, run: RunFolder, console: Console) -> Round:
    """Judge a round, keep it, and have people told what has changed."""
    with run_lock(run.path, now=now()):
        judged(run, work.options.rules, console)
    folder, data = work.folder, work.options.data
    earlier = [held for held in folder.rounds(site.name) if held.run_id != run.path.name]
    base = folder.state(site.name).before or (earlier[0].run_id if earlier else "")
    comparison = compared(work.event, base, run.path.name, data) if base else None
    side = side_of(run.path.name, data, incomplete=True)
    held = new_round(comparison, side, earlier[-1] if earlier else None, run.interrupted)
    folder.keep_round(site.name, held)
    notices = [told_of_round(work.event, site, held)] if held.alerts or held.interrupted else []
    notices += digest(work.event, site, folder.rounds(site.name), now())
    work.tell(notices, console)
    _entered(work, site, "during", run)
    return held


def _entered(work: Assurance, site: Site, phase: Phase, run: RunFolder) -> None:
    """Strike a run off what is pending, and make it the one of its phase."""
    state = work.folder.state(site.name)
    pending = {key: value for key, value in state.pending.items() if key != phase}
    update: dict[str, object] = {"pending": pending}
    if phase != "during":
        update[phase] = run.path.name
    work.folder.keep(site.name, state.model_copy(update=update))
