"""From a run folder to the Inspection: everything read again from the captures, no device touched."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from agent.history.recording import Earlier
from agent.previous import LAST, Before, Previous
from agent.run_facts import Work, facts_of, keep, read_in_order, sample_of
from agent.since_last import since_last
from baselines.advisory import AdvisoryFile
from baselines.baseline import Baseline
from baselines.site_form import FilledForm, SiteFormError
from baselines.waivers import Waiver
from checks.assembly import Collected, RunRecord, build_inspection
from checks.check import Check
from checks.evaluation import VersionJudge
from checks.evidence import Output
from checks.identity import serial_numbers
from checks.inspection import AdvisorySource, CommandRecord, Inspection, LastInspection
from collector.inventory import Device, Site
from collector.profile import ProfileName
from collector.run_folder import RunFolder
from collector.run_record import Damage, Stored
from parsers.facts import Facts, Reason
from parsers.garbage import no_search
from parsers.guarded import ReadDevice
from parsers.ledger import ReadResult, read_results


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what a run is judged."""

    checks: tuple[Check, ...]
    baseline: Baseline
    advisories: tuple[AdvisoryFile, ...]
    waivers: tuple[Waiver, ...] = ()
    form: FilledForm | None = None
    """What was seen on site."""
    previous: str | None = LAST
    """The run to compare with, by id or folder; None: with none."""
    history: str = ""
    """URL of the store of earlier inspections; empty: the file in the data folder."""


def judge_run(
    run: RunFolder,
    rules: Rules,
    on_device: Callable[[str], None] | None = None,
    earlier: Earlier | None = None,
) -> tuple[Inspection, tuple[Damage, ...]]:
    """Judge a run by these rules; also gives what in its folder is damaged and was not used.

    `on_device` is told the name of every device that has been read; `earlier` has the values of inspections
    before, for trends.
    What was read of each device is kept in the folder. Raises RunFolderError when that cannot be read at all,
    or the run to compare with; PreviousError when it cannot be compared with.
    """
    with no_search:
        return _judged(run, rules, on_device, earlier)


def _judged(
    run: RunFolder,
    rules: Rules,
    on_device: Callable[[str], None] | None,
    earlier: Earlier | None,
) -> tuple[Inspection, tuple[Damage, ...]]:
    plan = run.plan
    if rules.form is not None:
        _fits(rules.form, plan.site)
    before = Previous(run, rules.previous)
    damage: list[Damage] = []
    outcomes, broken_outcomes = run.outcomes()
    resumptions, broken_resumptions = run.resumptions()
    sessions, broken_sessions = run.sessions()
    devices = {device.name: device for device in plan.selected}
    present = frozenset(device.name for device in plan.site.devices)
    collected: list[Collected] = []
    advisories = (advisory for file in rules.advisories for advisory in file.advisories)
    today = plan.created_at.astimezone(plan.site.zone).date()
    limit = rules.baseline.params("VER-004")["source_days_max"]
    judge = VersionJudge(advisories, rules.baseline, plan.site.name, today)
    times = [plan.created_at, *(outcome.ended_at for outcome in outcomes if outcome.ended_at)]
    for work, read in read_in_order(run, outcomes, damage):
        times += [stored.capture.started_at for stored in work.stored]
        each = _collected(devices[work.outcome.device], work, read, judge, plan.profile, before)
        if unkept := read and keep(run, work.outcome.device, each.facts):
            damage.append(unkept)
        if earlier is not None:
            each = replace(each, series=earlier.series(each.device.name, serial_numbers(each.facts), present))
        collected.append(each if rules.form is None else _with_form(each, rules.form))
        if on_device is not None:
            on_device(work.outcome.device)
    record = RunRecord(
        run_id=plan.run_id,
        kind=plan.kind,
        site=plan.site,
        authorization=plan.authorization,
        profile=plan.profile,
        override=plan.override,
        resumptions=resumptions,
        sessions=sessions,
        started_at=plan.created_at,
        ended_at=max(times),
        interrupted=run.interrupted,
        engineer=plan.engineer or plan.site.engineer,
        tool_version=plan.tool_version,
        advisory_sources=tuple(_source(file, today, limit) for file in rules.advisories),
    )
    inspection = build_inspection(
        record, collected, checks=rules.checks, baseline=rules.baseline, waivers=rules.waivers
    )
    changes = since_last(inspection, collected, before, earlier or Earlier())
    inspection = replace(inspection, comparison=changes)
    broken = (*broken_outcomes, *broken_resumptions, *broken_sessions, *before.unusable)
    return inspection, (*damage, *broken)


def _fits(filled: FilledForm, site: Site) -> None:
    """Raise SiteFormError where a form is not about this site and its devices."""
    form, names = filled.form, {device.name for device in site.devices}
    problems = [] if form.site == site.name else [f"site: value {form.site!r}: this run is of {site.name}"]
    named = [*form.devices, *(name for room in form.rooms for name in room.devices)]
    problems += [f"device {name}: the site has none of this name" for name in named if name not in names]
    if problems:
        raise SiteFormError(filled.file, problems)


def _with_form(each: Collected, form: FilledForm) -> Collected:
    lines = Output(lines=form.text, collected_at=None)
    return replace(each, form=form, outputs={**each.outputs, form.sha256: lines})


def _collected(
    device: Device,
    work: Work,
    read: ReadDevice | None,
    judge: VersionJudge,
    profile: ProfileName,
    previous: Previous,
) -> Collected:
    platform, outcome = work.platform, work.outcome
    if platform is None or read is None:
        reason = Reason(outcome.reason) if outcome.reason else Reason.NOT_COLLECTED
        return Collected(
            device=device, platform=platform, reason=reason, detail=outcome.detail, source=outcome.source
        )
    facts = facts_of(work, read, profile)
    before = previous.of(device.name, facts)
    times = {s.capture.sha256: s.capture.collected_at for s in work.stored}
    exposures, evaluation = judge.of(device, platform, facts)
    return Collected(
        device=device,
        platform=platform,
        broken_off=Reason(outcome.reason) if outcome.reason else None,
        detail=outcome.detail,
        collected_at=outcome.started_at,
        source=outcome.source,
        facts=facts,
        sample=sample_of(work, read),
        outputs={sha: Output(lines=lines, collected_at=times[sha]) for sha, lines in read.lines.items()},
        commands=_records(work.stored, facts, read.lines),
        exposures=exposures,
        evaluation=evaluation,
        previous=before.facts if before else None,
        previous_at=before.collected_at if before else None,
        previous_run=_last(before),
    )


def _last(before: Before | None) -> LastInspection | None:
    if before is None:
        return None
    return LastInspection(run_id=before.run_id, planned_at=before.planned_at, name=before.name)


def _records(
    stored: Sequence[Stored], facts: Facts, lines: Mapping[str, Sequence[str]]
) -> tuple[CommandRecord, ...]:
    results = read_results([s.capture for s in stored], facts, lines)
    return tuple(_record(s, results[s.capture.sha256]) for s in stored)


def _record(stored: Stored, result: ReadResult) -> CommandRecord:
    capture = stored.capture
    return CommandRecord(
        command=capture.command,
        status=capture.status.value,
        parsed=result,
        elapsed_s=capture.elapsed_s,
        size_bytes=len(capture.raw),
        sha256=capture.sha256,
        file=stored.file,
        detail=capture.detail,
    )


def _source(file: AdvisoryFile, today: date, limit_days: int) -> AdvisorySource:
    age = None if file.as_of is None else (today - file.as_of).days
    return AdvisorySource(
        name=file.name,
        dated=file.dated,
        count=file.count,
        note=file.note,
        age_days=age,
        stale=age is None or age > limit_days,
    )
