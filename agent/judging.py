"""From a run folder to the Inspection: everything read again from the captures, no device touched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from baselines.advisory import AdvisoryFile
from baselines.baseline import Baseline
from checks.assembly import Collected, RunRecord, build_inspection
from checks.check import Check
from checks.evidence import Output
from checks.inspection import AdvisorySource, CommandRecord, Inspection
from checks.matching import match
from collector.inventory import Device
from collector.platform import Platform, platforms
from collector.run_folder import Damage, DeviceOutcome, RunFolder, Stored
from parsers.facts import FACT_NAMES, Facts, Reason, Unknown
from parsers.ledger import ReadResult, read_results
from parsers.reader import read_facts
from parsers.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what a run is judged."""

    checks: tuple[Check, ...]
    baseline: Baseline
    advisories: tuple[AdvisoryFile, ...]


def judge_run(run: RunFolder, rules: Rules) -> tuple[Inspection, tuple[Damage, ...]]:
    """Judge a run by these rules; also gives what in its folder is damaged and was not used.

    Raises RunFolderError when the folder cannot be read at all.
    """
    plan = run.plan
    captures, broken_captures = run.captures()
    outcomes, broken_outcomes = run.outcomes()
    devices = {device.name: device for device in plan.selected}
    collected = [
        _collected(devices[o.device], o, [s for s in captures if s.capture.device == o.device], rules)
        for o in outcomes
    ]
    record = RunRecord(
        run_id=plan.run_id,
        kind=plan.kind,
        site=plan.site,
        authorization=plan.authorization,
        started_at=plan.created_at,
        ended_at=_ended(plan.created_at, outcomes, captures),
        interrupted=run.interrupted,
        engineer=plan.engineer or plan.site.engineer,
        tool_version=plan.tool_version,
        advisory_sources=tuple(_source(file) for file in rules.advisories),
    )
    inspection = build_inspection(record, collected, checks=rules.checks, baseline=rules.baseline)
    return inspection, (*broken_captures, *broken_outcomes)


def _collected(device: Device, outcome: DeviceOutcome, stored: Sequence[Stored], rules: Rules) -> Collected:
    platform = platforms().get(outcome.platform) if outcome.platform else None
    if platform is None or not outcome.reached:
        reason = Reason(outcome.reason) if outcome.reason else Reason.NOT_COLLECTED
        return Collected(
            device=device, platform=platform, reason=reason, detail=outcome.detail, source=outcome.source
        )
    captures = [s.capture for s in stored]
    facts = _explained(read_facts(platform, captures), outcome)
    advisories = [advisory for file in rules.advisories for advisory in file.advisories]
    return Collected(
        device=device,
        platform=platform,
        detail=outcome.detail,
        collected_at=outcome.started_at,
        source=outcome.source,
        facts=facts,
        outputs={
            c.sha256: Output(lines=clean(c.raw, c.command, platform.prompt), collected_at=c.collected_at)
            for c in captures
        },
        commands=_records(platform, stored, facts),
        exposures=match(device, facts, platform.id, advisories),
    )


def _explained(facts: Facts, outcome: DeviceOutcome) -> Facts:
    """Say why commands were never sent, where the work on the device ended early."""
    if outcome.reason is None:
        return facts
    reason = Reason(outcome.reason)
    values = {name: getattr(facts, name) for name in FACT_NAMES}
    return Facts(
        **{
            name: Unknown(reason, f"{fact.detail}：{outcome.detail}")
            if isinstance(fact, Unknown) and fact.reason is Reason.NOT_COLLECTED
            else fact
            for name, fact in values.items()
        }
    )


def _records(platform: Platform, stored: Sequence[Stored], facts: Facts) -> tuple[CommandRecord, ...]:
    results = read_results(platform, [s.capture for s in stored], facts)
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


def _ended(begun: datetime, outcomes: Sequence[DeviceOutcome], captures: Sequence[Stored]) -> datetime:
    times = [begun, *(o.ended_at for o in outcomes if o.ended_at), *(s.capture.started_at for s in captures)]
    return max(times)


def _source(file: AdvisoryFile) -> AdvisorySource:
    return AdvisorySource(name=file.name, dated=file.dated, count=len(file.advisories), note=file.note)
