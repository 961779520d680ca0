"""From a run folder to the Inspection: everything read again from the captures, no device touched."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from baselines.advisory import AdvisoryFile
from baselines.baseline import Baseline
from baselines.waivers import Waiver
from checks.assembly import Collected, RunRecord, build_inspection
from checks.check import Check
from checks.evidence import Output
from checks.inspection import AdvisorySource, CommandRecord, Inspection
from checks.matching import match
from collector.inventory import Device
from collector.platform import Platform, platforms
from collector.profile import ProfileName, profiles
from collector.run_folder import RunFolder
from collector.run_record import Damage, DeviceOutcome, Stored
from parsers.facts import FACT_NAMES, Facts, Reason, Unknown
from parsers.guarded import Printed, ReadDevice, read_devices
from parsers.ledger import ReadResult, read_results
from parsers.time_limit import Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """By what a run is judged."""

    checks: tuple[Check, ...]
    baseline: Baseline
    advisories: tuple[AdvisoryFile, ...]
    waivers: tuple[Waiver, ...] = ()


def judge_run(
    run: RunFolder, rules: Rules, on_device: Callable[[str], None] | None = None
) -> tuple[Inspection, tuple[Damage, ...]]:
    """Judge a run by these rules; also gives what in its folder is damaged and was not used.

    `on_device` is told the name of every device that has been read.
    Raises RunFolderError when the folder cannot be read at all.
    """
    plan = run.plan
    damage: list[Damage] = []
    outcomes, broken_outcomes = run.outcomes()
    resumptions, broken_resumptions = run.resumptions()
    sessions, broken_sessions = run.sessions()
    devices = {device.name: device for device in plan.selected}
    collected: list[Collected] = []
    times = [plan.created_at, *(outcome.ended_at for outcome in outcomes if outcome.ended_at)]
    for work, read in _read_in_order(run, outcomes, damage):
        times += [stored.capture.started_at for stored in work.stored]
        collected.append(_collected(devices[work.outcome.device], work, read, rules, plan.profile))
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
        advisory_sources=tuple(_source(file) for file in rules.advisories),
    )
    inspection = build_inspection(
        record, collected, checks=rules.checks, baseline=rules.baseline, waivers=rules.waivers
    )
    return inspection, (*damage, *broken_outcomes, *broken_resumptions, *broken_sessions)


@dataclass(frozen=True, slots=True)
class _Work:
    """One device of the run, as long as it is being read: what it printed can be much."""

    outcome: DeviceOutcome
    stored: tuple[Stored, ...]

    @property
    def platform(self) -> Platform | None:
        return platforms().get(self.outcome.platform) if self.outcome.platform else None

    @property
    def printed(self) -> Printed | None:
        """What is to be read; None for a device that gave nothing."""
        if self.platform is None or not self.outcome.reached:
            return None
        return Printed(platform=self.platform.id, captures=tuple(s.capture for s in self.stored))


def _read_in_order(
    run: RunFolder, outcomes: Sequence[DeviceOutcome], damage: list[Damage]
) -> Iterator[tuple[_Work, ReadDevice | None]]:
    """Read every device, a few at a time; adds what is damaged. None for one that gave nothing."""
    index = run.index(damage)
    begun: deque[tuple[_Work, bool]] = deque()

    def to_read() -> Iterator[Printed]:
        for outcome in outcomes:
            work = _Work(outcome, run.load(index.get(outcome.device, ()), damage))
            printed = work.printed
            begun.append((work, printed is not None))
            if printed is not None:
                yield printed

    def gave_nothing() -> Iterator[tuple[_Work, None]]:
        while begun and not begun[0][1]:
            yield begun.popleft()[0], None

    for _, read in read_devices(to_read(), sum(outcome.reached for outcome in outcomes), budget=Budget()):
        yield from gave_nothing()
        yield begun.popleft()[0], read
    yield from gave_nothing()


def _collected(
    device: Device, work: _Work, read: ReadDevice | None, rules: Rules, profile: ProfileName
) -> Collected:
    platform, outcome = work.platform, work.outcome
    if platform is None or read is None:
        reason = Reason(outcome.reason) if outcome.reason else Reason.NOT_COLLECTED
        return Collected(
            device=device, platform=platform, reason=reason, detail=outcome.detail, source=outcome.source
        )
    facts = without(_explained(read.facts, outcome), platform, profile)
    times = {s.capture.sha256: s.capture.collected_at for s in work.stored}
    advisories = [advisory for file in rules.advisories for advisory in file.advisories]
    return Collected(
        device=device,
        platform=platform,
        broken_off=Reason(outcome.reason) if outcome.reason else None,
        detail=outcome.detail,
        collected_at=outcome.started_at,
        source=outcome.source,
        facts=facts,
        outputs={sha: Output(lines=lines, collected_at=times[sha]) for sha, lines in read.lines.items()},
        commands=_records(work.stored, facts, read.lines),
        exposures=match(device, facts, platform.id, advisories),
    )


def without(facts: Facts, platform: Platform, profile: ProfileName) -> Facts:
    """Make unknown what the profile leaves out, also where commands of other facts happen to tell it.

    A fact made without the rest of its commands would look whole.
    """
    how = profiles()[profile]
    left = {name: commands for name in FACT_NAMES if (commands := how.left_out(platform, name))}
    unknown = {
        name: Unknown(Reason.NOT_COLLECTED, f"「{how.label}」档位不采集：{' / '.join(commands)}")
        for name, commands in left.items()
    }
    return replace(facts, **unknown)


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


def _source(file: AdvisoryFile) -> AdvisorySource:
    return AdvisorySource(name=file.name, dated=file.dated, count=len(file.advisories), note=file.note)
